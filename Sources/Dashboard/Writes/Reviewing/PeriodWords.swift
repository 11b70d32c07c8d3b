import Marketplace

extension Period {
    /// `a month`, `every 3 months`: after an amount.
    var each: String {
        guard count == 1 else { return "every \(spoken)" }
        return "a " + String(spoken.dropFirst(2))
    }
}

extension CalendarDate {
    /// `today`, `in 1 day`, `in 12 days`; empty for the past.
    func distance(from today: CalendarDate) -> String {
        let days = days(since: today)
        return days == 0 ? "today" : days > 0 ? "in \(counted(days, "day"))" : ""
    }
}
