import Marketplace
import Screen

/// What renews and ends in the next weeks: counts by day, and what each week comes to in a month.
extension HomePane {
    func drawCalendar(on canvas: inout Canvas, in rect: Rect, weeks: Int, _ model: Model) {
        guard let schedule = overview?.schedule, weeks > 0 else { return }
        let top = rect.y + 1
        canvas.write("RENEW + END", x: rect.x + 1, y: top, width: 12, style: .title)
        let columns = CalendarColumns(width: rect.width, currencies: stake.value?.currencies ?? [])
        let step = columns.step
        guard step >= 4 else { return }
        for day in 0..<7 {
            canvas.write(
                schedule.firstDay.adding(days: day).weekday, x: rect.x + 11 + day * step, y: top, width: step,
                style: .faint, alignment: .right)
        }
        for (title, x, width) in columns.titles {
            canvas.write(title, x: rect.x + x, y: top, width: width, style: .faint, alignment: .right)
        }
        for week in 0..<weeks {
            let y = top + 1 + week
            canvas.write(
                schedule.firstDay.adding(days: week * 7).shortSpoken, x: rect.x + 3, y: y, width: 7, style: .faint)
            for day in 0..<7 {
                let date = schedule.firstDay.adding(days: week * 7 + day)
                Self.draw(
                    schedule.count(on: date), isToday: date == model.today, on: &canvas,
                    x: rect.x + 11 + day * step, y: y, width: step)
            }
            if columns.hasCounts {
                Self.draw(
                    schedule.count(inWeek: week), isToday: false, on: &canvas, x: rect.x + 11 + 7 * step, y: y,
                    width: 11)
            }
            if let amounts = stake.value?.renewals.amounts(inWeek: week) {
                columns.draw(amounts, on: &canvas, x: rect.x, y: y)
            }
        }
    }

    /// `10+3`: ten renew, three end. A dot stands for none.
    static func draw(
        _ day: RenewalSchedule.Count, isToday: Bool, on canvas: inout Canvas, x: Int, y: Int, width: Int
    ) {
        func write(_ text: String, _ style: Style, end: Int) {
            let style = Style(style.tone, strong: isToday || style.isStrong, underlined: isToday)
            canvas.write(text, x: x, y: y, width: end, style: style, alignment: .right)
        }
        guard !day.isEmpty else { return write(".", .faint, end: width) }
        let ends = "+" + (day.ending == 0 ? "." : grouped(day.ending))
        write(ends, day.ending == 0 ? .faint : .warning, end: width)
        let left = width - ends.utf8.count
        if left > 0 { write(day.renewing == 0 ? "." : grouped(day.renewing), .plain, end: left) }
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
