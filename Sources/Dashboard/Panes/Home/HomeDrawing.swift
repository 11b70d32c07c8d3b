import Marketplace
import Screen

extension HomePane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            drawLanes(on: &canvas, in: area.main, model, focused: focused && opened == nil)
            canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
            drawRows(on: &canvas, in: detail, model, focused: focused && opened != nil)
        } else if opened != nil {
            drawRows(on: &canvas, in: area.main, model, focused: focused)
        } else {
            drawLanes(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawLanes(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        guard !rect.isEmpty else { return }
        canvas.write("NEEDS YOU NOW", x: rect.x + 1, y: rect.y, width: rect.width - 1, style: .title)
        let sizes = extent
        let width = TerminalText.width(of: sizes)
        if width + 16 < rect.width {
            canvas.write(sizes, x: rect.maxX - width - 1, y: rect.y, style: .faint)
        }
        for (place, lane) in Overview.Lane.allCases.enumerated() where place + 1 < rect.height {
            let line = Rect(x: rect.x, y: rect.y + 1 + place, width: rect.width, height: 1)
            draw(lane, on: &canvas, in: line, model)
            if lane == selectedLane, opened == nil {
                canvas.write(">", x: line.x + 1, y: line.y, style: focused ? .title : .faint)
                if focused { canvas.select(line) }
            }
        }
        let rest = rect.droppingTop(Overview.Lane.allCases.count + 2)
        drawCalendar(on: &canvas, in: rest, model)
    }

    private func draw(_ lane: Overview.Lane, on canvas: inout Canvas, in line: Rect, _ model: Model) {
        let rows = overview?.items[lane]
        let count = rows?.count ?? 0
        canvas.write(lane.title, x: line.x + 3, y: line.y, width: 7, style: count > 0 ? lane.style : .faint)
        canvas.write(
            rows == nil ? "…" : grouped(count), x: line.x + 9, y: line.y, width: 6,
            style: count > 0 ? .strong : .faint, alignment: .right)
        canvas.write(
            rows == nil ? "not read yet" : lane.meaning(count) + unreadable(lane), x: line.x + 17, y: line.y,
            width: min(28, line.width - 18), style: count > 0 ? .plain : .faint)
        guard let first = rows?.first else { return }
        canvas.write(
            when(first, model), x: line.x + 46, y: line.y, width: min(20, line.width - 47), style: .faint)
        let free = line.width - 68
        guard free > 8 else { return }
        var names: [String] = []
        for row in rows ?? [] where names.count < 3 {
            let name = model.name(of: row.customer)
            if !names.contains(name) { names.append(name) }
        }
        canvas.write(
            TerminalText.cut(names.joined(separator: ", "), to: free), x: line.x + 67, y: line.y, width: free)
    }

    /// `, 3 unreadable`; empty when all could be read.
    private func unreadable(_ lane: Overview.Lane) -> String {
        overview?.unreadable[lane].map { ", \(grouped($0)) unreadable" } ?? ""
    }

    /// How urgent a lane's first row is.
    private func when(_ row: Overview.Item, _ model: Model) -> String {
        if let since = row.since {
            return "oldest \(spokenDuration(seconds: model.marketplaceNow.seconds(since: since)))"
        }
        if let day = row.on { return "first \(Self.spoken(day, model))" }
        return row.label
    }

    private static func spoken(_ day: CalendarDate, _ model: Model) -> String {
        switch day.days(since: model.today) {
        case 0: "today"
        case 1: "tomorrow"
        default: day.shortSpoken
        }
    }

    /// `400 customers  1,500 subscriptions`, and how many of them are read.
    var extent: String {
        guard let overview else { return snapshot.failure == nil ? "loading" : "" }
        var parts: [String] = []
        if let customers = overview.customers { parts.append(counted(customers, "customer")) }
        if let count = overview.subscriptions {
            let all = overview.subscriptionsInAll.map { " of \(grouped($0))" } ?? ""
            parts.append("\(grouped(count))\(all) subscriptions")
        }
        return parts.joined(separator: "  ")
    }

    // MARK: Renewals and ends

    private func drawCalendar(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        guard let overview, overview.subscriptions != nil, rect.height > 2 else { return }
        canvas.write("RENEWALS AND ENDS", x: rect.x + 1, y: rect.y, width: 18, style: .title)
        let columns = 7
        let step = 6
        let left = rect.x + 19
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        for (place, day) in days.enumerated() {
            canvas.write(day, x: left + place * step, y: rect.y, width: step, style: .faint, alignment: .right)
        }
        let most = max(1, stride(from: 0, to: 28, by: columns).map { overview.inWeek($0 / columns) }.max() ?? 1)
        let barWidth = rect.width - 19 - columns * step - 12
        for week in 0..<4 where week + 1 < rect.height {
            let y = rect.y + 1 + week
            canvas.write(
                overview.firstDay.adding(days: week * columns).shortSpoken, x: rect.x + 3, y: y, width: 12,
                style: .faint)
            for day in 0..<columns {
                let count = overview.turning[week * columns + day]
                let isToday = overview.firstDay.adding(days: week * columns + day) == model.today
                canvas.write(
                    count == 0 ? "." : grouped(count), x: left + day * step, y: y, width: step,
                    style: Style(count == 0 ? .faint : .plain, strong: isToday, underlined: isToday),
                    alignment: .right)
            }
            guard barWidth >= 8 else { continue }
            let sum = overview.inWeek(week)
            let length = sum * min(24, barWidth) / most
            let x = left + columns * step + 2
            canvas.write(grouped(sum), x: x, y: y, width: 7, style: .strong, alignment: .right)
            canvas.write(String(repeating: "#", count: length), x: x + 9, y: y, width: barWidth, style: .accent)
        }
    }

    // MARK: Rows of a lane

    private func drawRows(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        guard !rect.isEmpty else { return }
        let lane = opened ?? selectedLane
        let rows = rows
        canvas.write(lane.title, x: rect.x + 1, y: rect.y, width: 8, style: .title)
        canvas.write(
            "\(grouped(rows.count)) \(lane.meaning(rows.count))\(unreadable(lane))", x: rect.x + 10, y: rect.y,
            width: rect.width - 11,
            style: .faint)
        guard !rows.isEmpty else {
            let words =
                overview?.items[lane] == nil
                ? "Not read yet."
                : unreadable(lane).isEmpty ? "Nothing is in this lane." : "Nothing readable is in this lane."
            canvas.write(words, x: rect.x + 3, y: rect.y + 2, width: rect.width - 4, style: .faint)
            return
        }
        let cursor = opened == nil ? ListCursor<Overview.Subject>() : items
        table(lane, model).draw(
            on: &canvas, in: rect.droppingTop(1), count: rows.count, cursor: cursor, focused: focused
        ) { rows[$0] }
    }

    /// A row in words, for linear mode.
    func words(of row: Overview.Item, _ model: Model) -> String { table(opened ?? selectedLane, model).words(of: row) }

    private func table(_ lane: Overview.Lane, _ model: Model) -> Table<Overview.Item> {
        let isDated = lane == .renewing || lane == .ending
        return Table([
            .init(
                isDated ? "PRODUCT" : lane == .held ? "STATUS" : "ORDER", isDated ? .product(16, 40) : .whole(8),
                .first(2)
            ) {
                ($0.label + ($0.ends.map { ", ends \($0.spoken)" } ?? ""), .plain)
            },
            .init("CUSTOMER", .name(12, 44), .first(1)) { (model.name(of: $0.customer), .plain) },
            .init(isDated ? "DAY" : lane == .held ? "" : "AGE", .whole(6), .first(3)) { item in
                if let day = item.on { return (Self.spoken(day, model), lane.style) }
                guard let since = item.since else { return (lane == .held ? "" : "not reported", .faint) }
                return (spokenDuration(seconds: model.marketplaceNow.seconds(since: since)), lane.style)
            },
        ])
    }
}

extension Overview {
    fileprivate func inWeek(_ week: Int) -> Int { turning[(week * 7)..<(week * 7 + 7)].reduce(0, +) }
}
