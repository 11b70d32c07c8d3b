/// The generators' reports of the last 120 days, made when asked for, and those that were scheduled through the API.
struct Reports: Sendable {
    /// Files are kept that many days.
    static let keptDays = 90
    private static let listedDays = 120

    let seed: UInt64
    private var scheduled: [(report: Report, seconds: Double)] = []

    init(seed: UInt64, now: Moment) {
        self.seed = seed
    }

    mutating func schedule(_ report: Report, at seconds: Double) -> Report {
        var report = report
        var dice = Dice(seed: seed, .report, -1 - scheduled.count)
        report.id = dice.uuid()
        scheduled.append((report, seconds))
        return report
    }

    /// All reports of that owner, newest first.
    /// - Parameter orderSeconds: how long a scheduled one takes.
    func all(of owner: Int?, now: Double, orderSeconds: Double) -> [Report] {
        let made = scheduled.reversed().filter { $0.report.owner == owner }.map { entry in
            var report = entry.report
            let age = now - entry.seconds
            report.status = age >= orderSeconds ? .completed : age >= orderSeconds / 4 ? .processing : .submitted
            return report
        }
        let moment = Moment(seconds: Int64(now.rounded(.down)))
        let generated = (0..<Reports.listedDays).flatMap { age in
            self.generated(on: moment.day.adding(days: -age), age: age, owner: owner)
        }
        return (made + generated.filter { $0.created <= moment }).sorted { $0.created > $1.created }
    }

    private func generated(on day: CalendarDay, age: Int, owner: Int?) -> [Report] {
        let (year, month, date) = day.components
        var reports: [Report] = []
        func add(_ name: String, _ kind: Report.Kind, _ format: Report.Format, days: Int, second: Int) {
            var dice = Dice(
                seed: seed, .report, (Int(day.number) * 8 + reports.count) * 100_000 + (owner ?? -1) + 1)
            reports.append(
                Report(
                    id: dice.uuid(), owner: owner, name: name, customization: "CMP API", status: .completed, kind: kind,
                    format: format, created: Moment(day: day, second: second),
                    start: Moment(day: day.adding(days: -days), second: 0),
                    end: Moment(day: day.adding(days: -1), second: 86_399)))
        }
        let monthWords = "\(year)-" + Digits.padded(month, 2)
        if date == 3 || date == 17 {
            add("Every Invoice - \(monthWords)-\(date)", .onInvoice, .xlsx, days: 14, second: 7_200)
        }
        if date == 1 {
            let length = day - day.adding(months: -1)
            add("Monthly Report", .monthly, .csv, days: length, second: 3_600)
        }
        if day.number % 7 == 4 { add("Weekly Orders", .periodic, .xml, days: 7, second: 1_800) }
        add("Daily report", .daily, .json, days: 1, second: 300)
        if age == 7, !reports.isEmpty { reports[reports.count - 1].status = .error }
        return reports.reversed()
    }
}
