import Marketplace
import Screen

/// What renews and ends in the next weeks: counts by day, and what each week comes to in a month.
struct CalendarGrid {
    let schedule: RenewalSchedule
    /// Nil before anything can be said of the money.
    let renewals: Renewals?
    let currencies: [String]
    let today: CalendarDate
    /// The day on the cursor; nil where there is none.
    var selected: CalendarDate?

    func draw(_ title: String, weeks: Int, on canvas: inout Canvas, in rect: Rect) {
        canvas.write(title, x: rect.x + 1, y: rect.y, width: 12, style: .title)
        let columns = CalendarColumns(width: rect.width, currencies: currencies)
        let step = columns.step
        guard step >= 4 else { return }
        for day in 0..<7 {
            canvas.write(
                schedule.firstDay.adding(days: day).weekday, x: rect.x + 11 + day * step, y: rect.y, width: step,
                style: .faint, alignment: .right)
        }
        for (title, x, width) in columns.titles {
            canvas.write(title, x: rect.x + x, y: rect.y, width: width, style: .faint, alignment: .right)
        }
        for week in 0..<weeks where week + 1 < rect.height {
            let y = rect.y + 1 + week
            canvas.write(
                schedule.firstDay.adding(days: week * 7).shortSpoken, x: rect.x + 3, y: y, width: 7, style: .faint)
            for day in 0..<7 {
                let date = schedule.firstDay.adding(days: week * 7 + day)
                let x = rect.x + 11 + day * step
                let width = Self.draw(
                    schedule.count(on: date), isToday: date == today, on: &canvas, x: x, y: y, width: step)
                guard date == selected else { continue }
                let cell = Rect(x: x + step - width - 1, y: y, width: width + 2, height: 1)
                canvas.write("[", x: cell.x, y: y, style: .title)
                canvas.write("]", x: cell.maxX - 1, y: y, style: .title)
                canvas.select(cell)
            }
            if columns.hasCounts {
                Self.draw(
                    schedule.count(inWeek: week), isToday: false, on: &canvas, x: rect.x + 11 + 7 * step, y: y,
                    width: 11)
            }
            if let renewals { columns.draw(renewals.amounts(inWeek: week), on: &canvas, x: rect.x, y: y) }
        }
    }

    /// `10+3`: ten renew, three end. A dot stands for none.
    /// - Returns: How many columns it takes, up to the right end.
    @discardableResult
    static func draw(
        _ day: RenewalSchedule.Count, isToday: Bool, on canvas: inout Canvas, x: Int, y: Int, width: Int
    ) -> Int {
        func write(_ text: String, _ style: Style, end: Int) {
            let style = Style(style.tone, strong: isToday || style.isStrong, underlined: isToday)
            canvas.write(text, x: x, y: y, width: end, style: style, alignment: .right)
        }
        guard !day.isEmpty else {
            write(".", .faint, end: width)
            return 1
        }
        let ends = "+" + (day.ending == 0 ? "." : grouped(day.ending))
        let renews = day.renewing == 0 ? "." : grouped(day.renewing)
        write(ends, day.ending == 0 ? .faint : .warning, end: width)
        let left = width - ends.utf8.count
        if left > 0 { write(renews, .plain, end: left) }
        return ends.utf8.count + renews.utf8.count
    }
}

extension HomePane {
    func drawCalendar(on canvas: inout Canvas, in rect: Rect, weeks: Int, _ model: Model) {
        guard let schedule = overview?.schedule, weeks > 0 else { return }
        let grid = CalendarGrid(
            schedule: schedule, renewals: stake.value?.renewals, currencies: stake.value?.currencies ?? [],
            today: model.today)
        grid.draw("RENEW + END", weeks: weeks, on: &canvas, in: rect.droppingTop(1))
    }
}

/// What stands beside the days of a week: before any money was read its counts, then what renews and what ends of one
/// currency, and in wide places of a second one.
struct CalendarColumns {
    /// Columns of the screen that a day has.
    let step: Int
    let currencies: [String]
    /// How many more currencies there are than are shown.
    let hidden: Int
    /// Whether the counts of the week stand there.
    let hasCounts: Bool

    private static let (rate, ends) = (12, 10)
    private static var pair: Int { rate + ends }
    private static let label = 11

    init(width: Int, currencies all: [String]) {
        let most = width >= Self.label + 35 + 2 * Self.pair + 1 ? 2 : width >= Self.label + 35 + Self.pair + 1 ? 1 : 0
        currencies = Array(all.prefix(most))
        hidden = all.count - currencies.count
        guard currencies.isEmpty else {
            step = min(7, (width - Self.label - 1 - Self.pair * currencies.count) / 7)
            hasCounts = false
            return
        }
        // Where there is space each day has the sum of its week beside it.
        step = min(7, (width - 13) / 7)
        hasCounts = width >= 13 + step * 7 + 12
    }

    var titles: [(title: String, x: Int, width: Int)] {
        if hasCounts { return [("WEEK", Self.label + 7 * step, 11)] }
        return currencies.enumerated().flatMap { place, currency in
            let x = start(place)
            return [("\(currency)/mo", x, Self.rate), ("ends", x + Self.rate, Self.ends)]
        }
    }

    private func start(_ place: Int) -> Int { Self.label + 7 * step + place * Self.pair }

    func draw(_ amounts: Renewals.Amounts, on canvas: inout Canvas, x: Int, y: Int) {
        for (place, currency) in currencies.enumerated() {
            let start = x + start(place)
            let (renews, ends) = (amounts.renewing.brief(currency), amounts.ending.brief(currency))
            canvas.write(renews.text, x: start, y: y, width: Self.rate, style: renews.style, alignment: .right)
            canvas.write(ends.text, x: start + Self.rate, y: y, width: Self.ends, style: ends.style, alignment: .right)
        }
    }
}

extension MonthlyMoney {
    /// `9,902` of one currency, in whole units; `9,120+` when not all was read, `…` when nothing was, `.` for none.
    func brief(_ currency: String) -> (text: String, style: Style) {
        if subscriptions == 0 { return (".", .faint) }
        if unread == subscriptions { return ("…", .faint) }
        guard let sum = self[currency] else { return isComplete ? (".", .faint) : ("0+", .faint) }
        return (sum.rate.wholeWords + (isComplete ? "" : "+"), .plain)
    }
}
