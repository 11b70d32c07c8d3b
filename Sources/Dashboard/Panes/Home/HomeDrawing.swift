import Marketplace
import Screen

extension HomePane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        drawMain(on: &canvas, in: area.main, model, focused: focused)
        guard let detail = area.detail else { return }
        canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
        drawRows(on: &canvas, in: detail, model)
    }

    /// How many rows each part gets.
    struct Parts: Equatable {
        var weeks: Int
        var writes: Int

        /// What the window leaves after the lanes and what is said of them. Short windows lose writes first, then weeks,
        /// then the calendar; tall ones show twelve weeks.
        init(height: Int, writes: Int) {
            let choices = [
                (12, 8), (8, 8), (5, 8), (5, 5), (4, 3), (4, 2), (4, 1), (3, 1), (2, 1), (2, 0), (1, 0), (0, 0),
            ]
            func rows(_ choice: (weeks: Int, writes: Int)) -> Int {
                let shown = min(choice.writes, writes)
                return (choice.weeks > 0 ? choice.weeks + 2 : 0) + (shown > 0 ? shown + 2 : 0)
            }
            let choice = choices.first { rows($0) <= height } ?? (0, 0)
            (weeks, self.writes) = (choice.0, min(choice.1, writes))
        }
    }

    private func drawMain(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        guard !rect.isEmpty else { return }
        canvas.write("NEEDS YOU NOW", x: rect.x + 1, y: rect.y, width: rect.width - 1, style: .title)
        let sizes = extent
        let width = TerminalText.width(of: sizes)
        if width + 16 < rect.width { canvas.write(sizes, x: rect.maxX - width - 1, y: rect.y, style: .faint) }
        let lines = lines
        for (place, lane) in lines.enumerated() where place + 1 < rect.height {
            let line = Rect(x: rect.x, y: rect.y + 1 + place, width: rect.width, height: 1)
            switch lane {
            case .overview(let lane): draw(lane, on: &canvas, in: line, model)
            case .watch: drawWatch(on: &canvas, in: line, model)
            case .view(let name): drawView(name, on: &canvas, in: line)
            }
            if lane == lanes.selected {
                canvas.write(">", x: line.x + 1, y: line.y, style: focused ? .title : .faint)
                if focused { canvas.select(line) }
            }
        }
        var words = Page(width: rect.width)
        for (text, style) in standingWords(model) { words.paragraph(text, style: style) }
        let rest = rect.droppingTop(1 + lines.count)
        words.draw(on: &canvas, in: rest)
        let latest = latestWrites(model)
        var free = rest.droppingTop(words.lines.count)
        let coverage = coverageWords(model, width: rect.width - 2)
        if !coverage.isEmpty, free.height > 0 {
            canvas.write(coverage, x: rect.x + 1, y: free.maxY - 1, width: rect.width - 2, style: .faint)
            free = Rect(x: free.x, y: free.y, width: free.width, height: free.height - 1)
        }
        let parts = Parts(height: free.height, writes: latest.count)
        drawCalendar(on: &canvas, in: free, weeks: parts.weeks, model)
        let below = free.droppingTop(parts.weeks > 0 ? parts.weeks + 2 : 0)
        draw(latest.prefix(parts.writes), on: &canvas, in: below, model)
    }

    private func draw(_ lane: Overview.Lane, on canvas: inout Canvas, in line: Rect, _ model: Model) {
        let count = rows(of: lane).count
        canvas.write(lane.title, x: line.x + 3, y: line.y, width: 6, style: lane.style)
        canvas.write(countWords(lane), x: line.x + 8, y: line.y, width: 6, style: .strong, alignment: .right)
        canvas.write(
            lane.meaning(count, model.today) + unreadable(lane), x: line.x + 16, y: line.y,
            width: line.width - 17)
        let start = unreadable(lane).isEmpty ? 42 : 57
        guard line.width > start + 10 else { return }
        let width = line.width - start - 1
        let money = moneyWords(lane, width: width)
        guard !money.isEmpty else {
            canvas.write(why(lane, model, width: width), x: line.x + start, y: line.y, width: width)
            return
        }
        let end = canvas.write(money, x: line.x + start, y: line.y, width: width) + 2
        let left = width - end
        guard left >= 20 else { return }
        canvas.write(why(lane, model, width: left), x: line.x + start + end, y: line.y, width: left, style: .faint)
    }

    private func rows(of lane: Overview.Lane) -> [Overview.Item] { overview?.items[lane] ?? [] }

    /// `74`, or `74+` while its list is not read to its end.
    func countWords(_ lane: Overview.Lane) -> String {
        grouped(rows(of: lane).count) + (overview?.partlyRead.contains(lane) == true ? "+" : "")
    }

    /// `, 3 unreadable`; empty when all could be read.
    func unreadable(_ lane: Overview.Lane) -> String {
        overview?.unreadable[lane].map { ", \(grouped($0)) unreadable" } ?? ""
    }

    /// Why its rows are in it, or what comes first: `provisioning failed 5, other 1`, `first today: Faÿ SA`.
    /// - Parameter width: What it has space in: reasons beyond that are counted together.
    func why(_ lane: Overview.Lane, _ model: Model, width: Int = .max) -> String {
        if let reasons = overview?.reasons[lane], !reasons.isEmpty {
            let words = reasons.map { "\($0.reason) \(grouped($0.count))" }
            return (1...words.count).reversed().lazy.map { shown in
                let other = reasons.dropFirst(shown).reduce(0) { $0 + $1.count }
                return (words.prefix(shown) + (other > 0 ? ["other \(grouped(other))"] : [])).joined(separator: ", ")
            }.first { TerminalText.width(of: $0) <= width } ?? words[0]
        }
        guard let first = rows(of: lane).first, let day = first.on else { return "" }
        return "first \(model.near(day)): \(model.name(of: first.customer))"
    }

    /// What there is to say in place of lanes, or of what they do not show.
    func standingWords(_ model: Model) -> [(text: String, style: Style)] {
        guard let overview else {
            guard let failure = snapshot.failure else { return [("Reading what needs you…", .faint)] }
            return [
                (failure.isOfConnection ? "Not read: no connection." : "Not read.", .strong), (failure.message, .bad),
            ]
        }
        var words: [(String, Style)] = []
        let missing = Overview.Lane.allCases.filter { overview.items[$0] == nil }
        if shownLanes.isEmpty, watched.changed.isEmpty, views.isEmpty {
            let isCertain = missing.isEmpty && overview.partlyRead.isEmpty
            words.append(
                (isCertain ? "Nothing needs you.\(nextWords(model))" : "Nothing read so far needs you.", .plain))
        }
        if !missing.isEmpty {
            let names = missing.map { $0.title }.joined(separator: ", ")
            words.append(("Not read: \(names).", .warning))
        }
        if !overview.partlyRead.isEmpty { words.append(("Partly read: counts with + may grow.", .warning)) }
        return words
    }

    /// ` Next: 12 renew on Sun 29 Nov.`
    private func nextWords(_ model: Model) -> String {
        guard let next = overview?.schedule?.next else { return "" }
        let parts = [
            next.count.renewing == 0
                ? "" : "\(grouped(next.count.renewing)) renew\(next.count.renewing == 1 ? "s" : "")",
            next.count.ending == 0 ? "" : "\(grouped(next.count.ending)) end\(next.count.ending == 1 ? "s" : "")",
        ].filter { !$0.isEmpty }
        return " Next: \(parts.joined(separator: ", ")) on \(next.on.weekday) \(next.on.shortSpoken)."
    }

    /// `400 customers, 1,500 subscriptions`, and how many of them are read.
    var extent: String {
        guard let overview else { return "" }
        var parts: [String] = []
        if let customers = overview.customers { parts.append(counted(customers, "customer")) }
        if let count = overview.subscriptions {
            let all = overview.subscriptionsInAll.map {
                ExtentWords.read(count, among: $0, what: $0 == 1 ? "subscription" : "subscriptions")
            }
            parts.append(all ?? counted(count, "subscription"))
        }
        return parts.joined(separator: ", ")
    }
}

extension Model {
    /// `today`, `tomorrow`, `22 Nov`.
    func near(_ day: CalendarDate) -> String {
        switch day.days(since: today) {
        case 0: "today"
        case 1: "tomorrow"
        default: day.shortSpoken
        }
    }
}
