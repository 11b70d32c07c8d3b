import Marketplace
import Rows
import Screen

/// Twelve weeks of what renews by itself and what ends, day by day, with a cursor on one day.
struct RenewalCalendar {
    private(set) var day: CalendarDate
    private(set) var stake = StakeCounting("renewals of the calendar")
    private(set) var overview = Snapshot<Overview>()
    /// Entries of the day that are shown.
    private var rows = 0

    init(on day: CalendarDate) { self.day = day }

    var schedule: RenewalSchedule? { overview.value?.schedule }
    var freshness: Freshness { Freshness(overview) }

    mutating func take(_ latest: Snapshot<Overview>, _ model: Model) {
        overview = latest
        stake.overviewChanged()
        day = max(day, model.today)
    }

    mutating func clear() {
        overview = Snapshot()
        stake.overviewChanged()
    }

    mutating func advance(_ event: Event, isShown: Bool, _ model: Model) -> [Effect] {
        stake.advance(event, overview.value, isShown: isShown, model)
    }

    // MARK: The day

    /// - Returns: Whether the key moves the cursor.
    mutating func move(_ key: Key, _ model: Model) -> Bool {
        let days: Int
        switch key {
        case .left, "h": days = -1
        case .right, "l": days = 1
        default:
            switch ListCursor<Int>.Motion(key) {
            case .up: days = -7
            case .down: days = 7
            case .pageUp, .halfPageUp: days = -28
            case .pageDown, .halfPageDown: days = 28
            case .first: days = model.today.days(since: day)
            case .last: days = last(model).days(since: day)
            case nil: return false
            }
        }
        day = min(max(day.adding(days: days), model.today), last(model))
        return true
    }

    /// The last day of the twelve weeks.
    private func last(_ model: Model) -> CalendarDate {
        model.today.adding(days: RenewalSchedule.weeks * 7 - 1 - model.today.daysSinceMonday)
    }

    /// What view 3 is narrowed to, to show the day.
    var filter: String { "next=\(day)" }

    var openRefusal: String? {
        guard let schedule else { return "Subscriptions are not read yet." }
        return schedule.count(on: day).isEmpty ? "Nothing renews or ends on \(day.spoken)." : nil
    }

    /// The subscriptions of the day that are shown and were not read.
    var unreadShown: [Subscription.ID] {
        TurnKind.allCases.flatMap { entries($0) }.prefix(rows).filter { $0.charges == nil }
            .map(\.turn.subscription.id)
    }

    func entries(_ kind: TurnKind) -> [Renewals.Entry] { stake.value?.renewals.entries(on: day, kind) ?? [] }

    mutating func layout(_ area: PaneArea) { rows = area.detail.map { max(0, ($0.height - 3) / 2) } ?? 0 }

    // MARK: Words

    /// `Sun 06 Dec  8 renew, 3 end`.
    var dayWords: String {
        let count = schedule?.count(on: day) ?? RenewalSchedule.Count()
        return "\(day.weekday) \(day.shortSpoken)  " + Self.words(count)
    }

    static func words(_ count: RenewalSchedule.Count) -> String {
        if count.isEmpty { return "nothing renews or ends" }
        let renews = "\(grouped(count.renewing)) renew\(count.renewing == 1 ? "s" : "")"
        let ends = "\(grouped(count.ending)) end\(count.ending == 1 ? "s" : "")"
        return [count.renewing > 0 ? renews : "", count.ending > 0 ? ends : ""].filter { !$0.isEmpty }
            .joined(separator: ", ")
    }

    /// Until which day all money is read.
    func coverage(_ rest: String, _ model: Model) -> String {
        guard let stake = stake.value else { return overview.value == nil ? "" : "counting" }
        guard stake.read < stake.count else { return "all \(grouped(stake.count)) read" }
        let complete =
            stake.renewals.firstUnreadDay.map { $0.adding(days: -1) }
            .map { $0 < model.today ? "" : "complete to \($0.shortSpoken); " } ?? ""
        return "\(grouped(stake.read)) of \(grouped(stake.count)) read, \(complete)\(rest)"
    }
}

extension MonthlyMoney {
    /// `2,140 EUR  196 USD a month`, with a plus where not all of it was read; empty where nothing was.
    var monthWords: String {
        let sums = sums.map { "\($0.rate.wholeWords)\(isComplete ? "" : "+") \($0.currency)" }
        return sums.isEmpty
            ? (subscriptions > 0 && unread > 0 ? "not read" : "") : sums.joined(separator: "  ") + " a month"
    }
}

extension MoneyPane {
    func draw(_ calendar: RenewalCalendar, on canvas: inout Canvas, in area: PaneArea, _ model: Model) {
        let main = area.main
        let title = "RENEWALS  12 weeks: renew + end"
        canvas.write("RENEWALS", x: main.x + 1, y: main.y, style: .title)
        let coverage = calendar.coverage(restWords(model), model)
        let width = TerminalText.width(of: coverage)
        if width + title.utf8.count + 4 < main.width {
            canvas.write("12 weeks: renew + end", x: main.x + 11, y: main.y, style: .faint)
        }
        canvas.write(
            coverage, x: max(main.x + 11, main.maxX - width - 1), y: main.y, width: min(width, main.width - 12),
            style: .faint)
        guard let schedule = calendar.schedule else {
            let words = calendar.overview.failure?.message ?? "Loading subscriptions…"
            canvas.write(words, x: main.x + 1, y: main.y + 2, width: main.width - 2, style: .faint)
            return
        }
        let grid = CalendarGrid(
            schedule: schedule, renewals: calendar.stake.value?.renewals,
            currencies: calendar.stake.value?.currencies ?? [], today: model.today, selected: calendar.day)
        let body = main.droppingTop(1)
        grid.draw("week of", weeks: RenewalSchedule.weeks, on: &canvas, in: body)
        let below = body.droppingTop(RenewalSchedule.weeks + 1)
        if let detail = area.detail {
            drawWithin(calendar, schedule, on: &canvas, in: below.droppingTop(1))
            canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
            drawDay(calendar, on: &canvas, in: detail, model)
        } else {
            drawWithin(calendar, schedule, on: &canvas, in: below)
            drawDay(calendar, on: &canvas, in: below.droppingTop(3), model)
        }
    }

    /// How many renew and end within 7, 30 and 90 days.
    private func drawWithin(
        _ calendar: RenewalCalendar, _ schedule: RenewalSchedule, on canvas: inout Canvas, in rect: Rect
    ) {
        let spans = [7, 30, RenewalSchedule.daysAhead]
        func row(_ y: Int, _ title: String, _ style: Style, _ text: (Int) -> String) {
            guard y < rect.height else { return }
            canvas.write(title, x: rect.x + 3, y: rect.y + y, width: 8, style: .faint)
            for (place, days) in spans.enumerated() {
                canvas.write(
                    text(days), x: rect.x + 11 + place * 10, y: rect.y + y, width: 8, style: style, alignment: .right)
            }
        }
        row(0, "within", .faint) { "\($0) d" }
        row(1, "renew", .plain) { grouped(schedule.count(within: $0).renewing) }
        row(2, "end", .warning) { grouped(schedule.count(within: $0).ending) }
    }

    /// What renews and what ends on the day, the largest rate first: units, product and rate, and whose it is.
    private func drawDay(_ calendar: RenewalCalendar, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        guard rect.height > 0 else { return }
        canvas.write(calendar.dayWords, x: rect.x + 1, y: rect.y, width: rect.width - 2, style: .title)
        if calendar.openRefusal == nil, TerminalText.width(of: calendar.dayWords) + 14 < rect.width {
            canvas.write("Enter list", x: rect.maxX - 11, y: rect.y, style: .faint)
        }
        var y = rect.y + 1
        for kind in TurnKind.allCases {
            let entries = calendar.entries(kind)
            guard !entries.isEmpty, y < rect.maxY else { continue }
            let amounts = calendar.stake.value?.renewals.amounts(on: calendar.day)[kind]
            canvas.write(
                kind == .renews ? "RENEW" : "END", x: rect.x + 2, y: y, width: 6,
                style: kind == .renews ? .strong : .warning)
            canvas.write(amounts?.monthWords ?? "", x: rect.x + 9, y: y, width: rect.width - 10, style: .faint)
            y += 1
            for (place, entry) in entries.enumerated() where y + 1 < rect.maxY {
                if y + 3 >= rect.maxY, place + 1 < entries.count {
                    canvas.write("\(grouped(entries.count - place)) more", x: rect.x + 3, y: y, style: .faint)
                    y = rect.maxY
                    break
                }
                draw(entry, on: &canvas, in: Rect(x: rect.x + 2, y: y, width: rect.width - 3, height: 2), model)
                y += 2
            }
        }
    }

    private func draw(_ entry: Renewals.Entry, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let units = entry.charges?.units.map(grouped) ?? (entry.charges == nil ? "…" : "")
        let rate = entry.rate?.description ?? (entry.charges == nil ? "…" : "no rate")
        let width = TerminalText.width(of: rate)
        canvas.write(units, x: rect.x, y: rect.y, width: 5, style: .strong, alignment: .right)
        canvas.write(
            TerminalText.cutKeepingLastWord(entry.turn.subscription.title, to: max(4, rect.width - 8 - width)),
            x: rect.x + 7, y: rect.y)
        canvas.write(rate, x: rect.maxX - width, y: rect.y)
        let day = entry.charges.flatMap { charges in
            model.profile.vendorRules[charges]?.decideBy(entry.turn.subscription, today: model.today)
        }
        let decision = day.map { "decide by \($0.shortSpoken)" } ?? ""
        let decisionAt = rect.maxX - TerminalText.width(of: decision)
        canvas.write(
            TerminalText.cut(
                model.name(of: entry.turn.subscription.customer),
                to: max(4, decisionAt - rect.x - (decision.isEmpty ? 7 : 9))),
            x: rect.x + 7, y: rect.y + 1, style: .faint)
        if let day {
            let isNear = day.days(since: model.today) <= 7
            canvas.write(decision, x: decisionAt, y: rect.y + 1, style: isNear ? .warning : .faint)
        }
    }
}
