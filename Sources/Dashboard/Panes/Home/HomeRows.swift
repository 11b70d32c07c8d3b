import FoundationEssentials
import Marketplace
import Rows
import Screen

/// The rows of the lane on the cursor, and the latest writes: what, how many, who, why, and how old.
extension HomePane {
    /// Where there are so many columns each row takes one line of the screen.
    private static let tableWidth = 90

    static func rowsBeside(in rect: Rect) -> Int {
        rect.width >= tableWidth ? max(0, rect.height - 3) : max(0, (rect.height - 2) / 3)
    }

    func drawRows(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        if isWatchSelected, !rect.isEmpty { return drawWatched(on: &canvas, in: rect, model) }
        if let line = selectedView, !rect.isEmpty { return drawView(line, on: &canvas, in: rect, model) }
        guard !rect.isEmpty, let lane = selectedLane else { return }
        let title = canvas.write(lane.title, x: rect.x + 1, y: rect.y, style: .title)
        let words = "\(countWords(lane)) \(meaning(of: lane, model))\(unreadable(lane))"
        let end = canvas.write(words, x: rect.x + title + 3, y: rect.y, width: rect.width - title - 4) + title + 3
        if end + 12 <= rect.width { canvas.write("Enter all", x: rect.maxX - 10, y: rect.y, style: .faint) }
        let shown = rowsInView
        var y = rect.y + 1
        if rect.width >= Self.tableWidth {
            let table = Self.table(lane, model)
            let cursor = ListCursor<Overview.Subject>()
            table.draw(
                on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: shown.count + 1),
                count: shown.count, cursor: cursor, focused: false
            ) { shown[$0] }
            y += shown.count + 1
        } else {
            for item in shown {
                draw(item, on: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: 3), model)
                y += 3
            }
        }
        let more = rows.count - shown.count
        if more > 0, y < rect.maxY { canvas.write("\(grouped(more)) more", x: rect.x + 3, y: y, style: .faint) }
    }

    /// What the lane's count counts, with the time that orders usually take.
    private func meaning(of lane: Overview.Lane, _ model: Model) -> String {
        guard lane == .stuck, let usual = model.orderTimes.usual else { return lane.meaning(rows.count, model.today) }
        return "\(rows.count == 1 ? "order" : "orders") past the usual \(briefDuration(seconds: usual))"
    }

    /// Three lines: number or units, why, and how old; then what; then who.
    private func draw(_ item: Overview.Item, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let facts = RowFacts(item, model)
        let age = facts.age
        canvas.write(age, x: rect.maxX - 1 - TerminalText.width(of: age), y: rect.y)
        let head = [facts.number, facts.units].filter { !$0.isEmpty }.joined(separator: "  ")
        var x = rect.x + 3
        x += canvas.write(head, x: x, y: rect.y, width: rect.width - 14) + 2
        canvas.write(
            facts.reason, x: x, y: rect.y, width: rect.maxX - x - TerminalText.width(of: age) - 2, style: .faint)
        for (line, text) in [facts.product, facts.customer].filter({ !$0.isEmpty }).enumerated() {
            canvas.write(text, x: rect.x + 6, y: rect.y + 1 + line, width: rect.width - 7)
        }
    }

    private static func table(_ lane: Overview.Lane, _ model: Model) -> Table<Overview.Item> {
        typealias Column = Table<Overview.Item>.Column
        func column(
            _ title: String, _ width: ColumnLayout.Cells, _ rank: Int, alignment: Canvas.Alignment = .left,
            _ text: @escaping @Sendable (RowFacts) -> String
        ) -> Column {
            Column(title, width, .first(rank), alignment: alignment) { (text(RowFacts($0, model)), .plain) }
        }
        let who = column("CUSTOMER", .name(16, 40), 2) { $0.customer }
        switch lane {
        case .failed, .stuck:
            return Table([
                column("ORDER", .whole(8), 1) { $0.number },
                column("PRODUCT", .product(18, 40), 4) { $0.product },
                column("UNITS", .whole(5), 5, alignment: .right) { $0.units }, who,
                column("REASON", .name(19, 30), 3) { $0.reason },
                column("AGE", .whole(6), 6, alignment: .right) { $0.age },
            ])
        case .held:
            return Table([
                column("ACCOUNT", .whole(7), 1) { $0.number }, who, column("STATUS", .whole(11), 3) { $0.reason },
                column("SOLD BY", .name(16, 34), 4) { $0.product },
            ])
        case .renewing, .ending:
            return Table([
                column("UNITS", .whole(5), 4, alignment: .right) { $0.units },
                column("PRODUCT", .product(18, 40), 1) { $0.product }, who,
                column(lane == .renewing ? "RENEWS" : "ENDS", .whole(8), 3) { $0.age },
            ])
        }
    }

    /// A row in words, for linear mode.
    func words(of item: Overview.Item, _ model: Model) -> String {
        let facts = RowFacts(item, model)
        let units = facts.units.isEmpty || facts.units == "…" ? "" : "\(facts.units) units"
        return [facts.number, units, facts.product, facts.customer, facts.reason, facts.age].filter {
            !$0.isEmpty && $0 != "…"
        }.joined(separator: ", ")
    }

    // MARK: Writes

    /// The latest writes, the newest first: when, what, for whom, and what became of it.
    func draw(_ writes: ArraySlice<JournalEntry>, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        guard rect.height >= writes.count + 2 else { return }
        let pointer = changesPointer(model)
        let width = TerminalText.width(of: pointer)
        if width + 12 < rect.width { canvas.write(pointer, x: rect.maxX - 1 - width, y: rect.y + 1, style: .faint) }
        guard !writes.isEmpty else { return }
        canvas.write("JUST NOW", x: rect.x + 1, y: rect.y + 1, style: .title)
        for (line, entry) in writes.enumerated() {
            let facts = LatestWrite(entry, model)
            let y = rect.y + 2 + line
            canvas.write(facts.time, x: rect.x + 3, y: y, width: 6, style: .faint)
            canvas.write(facts.number, x: rect.x + 10, y: y, width: 9)
            let outcome = TerminalText.width(of: facts.outcome)
            canvas.write(facts.outcome, x: rect.maxX - 1 - outcome, y: y, style: facts.style)
            let free = rect.maxX - 3 - outcome - (rect.x + 20)
            let change = canvas.write(facts.change, x: rect.x + 20, y: y, width: min(free, 14))
            let names = free - change - 2
            guard names > 12 else { continue }
            let customer = min(names / 2, max(0, names - TerminalText.width(of: facts.what) - 2))
            let what = names - (customer > 8 ? customer + 2 : 0)
            canvas.write(facts.what, x: rect.x + 22 + change, y: y, width: what)
            guard customer > 8 else { continue }
            canvas.write(facts.customer, x: rect.x + 24 + change + what, y: y, width: customer)
        }
    }
}

/// What the rows beside the lanes say of one of them.
struct RowFacts {
    var number = ""
    /// Of a change the difference.
    var units = ""
    /// Of an account on hold, who sells to it.
    var product = ""
    var customer: String
    var reason = ""
    var age = ""

    init(_ item: Overview.Item, _ model: Model) {
        customer = model.name(of: item.customer)
        reason = item.reason ?? ""
        if let since = item.since { age = briefDuration(seconds: model.marketplaceNow.seconds(since: since)) }
        if let day = item.on { age = model.near(day) }
        switch item.subject {
        case .order(let id):
            number = item.label
            reason = item.reason ?? "no reason reported"
            let order = model.orders[id]
            let held = order?.subscription.flatMap { model.details[$0] }
            product = order?.productName ?? held?.subscription.title ?? "…"
            units = order?.unitsWords ?? ""
        case .subscription(let id):
            let detail = model.details[id]
            product = item.label
            units =
                detail.map { detail in
                    detail.products.count > 1
                        ? "\(detail.products.first?.quantity.map(grouped) ?? "")+" : detail.quantity.map(grouped) ?? ""
                } ?? "…"
        case .account(let id):
            number = id.rawValue
            product = model.accounts[id]?.vendorAccount.map { model.name(of: $0) } ?? ""
        }
    }
}

/// What Home says of a write.
struct LatestWrite {
    var time: String
    /// Of the order it made or was about; of a subscription or account its id.
    var number: String
    var change: String
    /// The product, or the kind of the write.
    var what: String
    var customer: String
    var outcome: String
    var style: Style

    init(_ entry: JournalEntry, _ model: Model) {
        let day = model.zone.date(of: entry.at)
        time = day == model.today ? String(model.zone.time(of: entry.at).prefix(5)) : day.shortSpoken
        customer = entry.customer.map { model.name(of: $0) } ?? ""
        outcome = entry.outcomeWord
        style = entry.outcomeStyle == .good ? .plain : entry.outcomeStyle
        var order: Order?
        switch entry.subject {
        case .order(let id):
            order = model.orders[id]
            number = order?.label ?? id.rawValue
        case .subscription(let id): number = id.rawValue
        case .account(let id): number = id.rawValue
        case .orders, nil: number = entry.subscription?.rawValue ?? ""
        }
        if let order, entry.outcome.made != nil {
            outcome = order.status.word
            style = order.status == .completed ? .good : order.status == .error ? .bad : .plain
        }
        let first = entry.changes.first ?? ""
        if let held = entry.subscription.flatMap({ model.details[$0]?.subscription.title }) {
            (change, what) = (Self.short(first), held)
        } else if let line = Self.line(of: first) {
            (change, what) = line
        } else {
            (change, what) = ("", entry.name)
        }
    }

    /// `25 > 28` of `quantity 25 → 28`.
    private static func short(_ change: String) -> String {
        let parts = change.replacing("quantity ", with: "").replacing("automatic renewal ", with: "auto-renew ")
        return parts.replacing("→", with: ">")
    }

    /// Units and product of a line of a new order: `3 x Aurora 365 (AUR-365-BP)`.
    private static func line(of change: String) -> (units: String, product: String)? {
        guard let sign = change.firstRange(of: " x ") else { return nil }
        let units = change[..<sign.lowerBound]
        guard !units.isEmpty, units.allSatisfy(\.isNumber) else { return nil }
        let product = change[sign.upperBound...]
        let name = product.lastIndex(of: "(").map { product[..<$0] } ?? product
        return (String(units), String(name).trimmingSpaces())
    }
}
