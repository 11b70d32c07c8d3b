import Marketplace
import Rows
import Screen

/// A subscription that is opened: what it is and costs, what becomes of it and when, its orders, what can be done, and
/// whom to call.
extension SubscriptionsPane {
    /// - Parameter isWhole: Whether nothing stands beside it.
    func openedPage(of id: Subscription.ID, width: Int, isWhole: Bool, _ model: Model) -> OpenedPage {
        var page = Page(width: width)
        let snapshot = loading[id]
        let detail = snapshot?.value ?? model.details[id]
        guard let row = detail?.subscription ?? list.row(id) else {
            page.heading("subscription \(id)")
            page.blank()
            page.paragraph(snapshot?.failure?.message ?? "Loading…", style: snapshot?.failure == nil ? .faint : .bad)
            return OpenedPage(page: page)
        }
        page.labelWidth = 12
        appendHead(row, detail, to: &page)
        appendFacts(row, detail, isWhole: isWhole, model, to: &page)
        if !isWhole, let table = detail?.moneyTable {
            page.blank()
            page.heading("MONEY")
            page.table(table, isSpoken: false, isNarrow: false)
        }
        appendTimeline(detail, isWhole: isWhole, model, to: &page)
        if let failure = snapshot?.failure { page.paragraph(failure.message, style: .bad) }
        var ordersAt: Int?
        if isWhole {
            appendWindows(detail, model, to: &page)
            page.blank()
            ordersAt = page.lines.count + 1
            appendOrders(of: id, model, to: &page)
            page.blank()
            appendActs(model, to: &page)
            page.blank()
            appendCustomer(row.customer, model, to: &page)
        }
        page.labelWidth = 14
        appendProducts(
            detail, failure: snapshot?.failure, onlyMore: !isWhole && detail?.moneyTable != nil, to: &page)
        appendParameters(detail, to: &page)
        if let detail { appendOthers(detail, model, to: &page) }
        return OpenedPage(page: page, ordersAt: ordersAt)
    }

    /// What stands beside the opened one.
    func openedAside(of id: Subscription.ID, width: Int, _ model: Model) -> OpenedPage {
        var page = Page(width: width)
        page.labelWidth = 12
        let ordersAt = 1
        appendOrders(of: id, model, to: &page)
        appendWindows(model.details[id], model, to: &page)
        page.blank()
        appendActs(model, to: &page)
        if let customer = model.details[id]?.subscription.customer ?? list.row(id)?.customer {
            page.blank()
            appendCustomer(customer, model, to: &page)
        }
        return OpenedPage(page: page, ordersAt: ordersAt)
    }

    /// A page, and the line of its first order, where it has any.
    struct OpenedPage {
        var page: Page
        var ordersAt: Int?
    }

    /// Draws it from where the person scrolled to, or so that the order on the cursor is in view.
    func draw(_ opened: OpenedPage, on canvas: inout Canvas, in rect: Rect, isScrolled: Bool) {
        var first = isScrolled ? scroll : 0
        if followsOrder, let start = opened.ordersAt {
            // One more for the note of what is hidden.
            first = max(first, start + orderCursor.index + 2 - rect.height)
        }
        opened.page.draw(on: &canvas, in: rect, from: first)
    }

    // MARK: Parts

    private func appendHead(_ row: Subscription, _ detail: SubscriptionDetail?, to page: inout Page) {
        let product = detail?.products.count == 1 ? detail?.products.first : nil
        let origin = product.map { [$0.mpn, $0.vendor].filter { !$0.isEmpty }.joined(separator: " by ") } ?? ""
        let status = row.status.word.uppercased()
        let statusAt = page.width - 1 - TerminalText.width(of: status)
        let name = TerminalText.cut(row.title, to: max(10, statusAt - 3))
        var runs = [(x: 1, text: name, style: Style.strong)]
        let next = 1 + TerminalText.width(of: name) + 3
        let hasOrigin = next + TerminalText.width(of: origin) + 2 < statusAt && page.width < Self.widest
        if hasOrigin { runs.append((x: next, text: origin, style: .plain)) }
        runs.append((x: statusAt, text: status, style: Style(row.status.tone, strong: true)))
        page.runs(runs)
        if !hasOrigin, !origin.isEmpty { page.field("MPN", origin) }
    }

    private func appendFacts(
        _ row: Subscription, _ detail: SubscriptionDetail?, isWhole: Bool, _ model: Model, to page: inout Page
    ) {
        let missing = detail == nil ? "…" : "not reported"
        let seller = model.accounts[row.customer]?.vendorAccount.map { ", sold by \(model.name(of: $0))" } ?? ""
        page.field("customer", "\(model.name(of: row.customer)) \(row.customer)\(seller)")
        if row.status != .active { page.field("status", model.reason(of: row), style: Style(row.status.tone)) }
        var left = [Fact("units", unitsWords(detail) ?? missing, .strong)]
        var right = [
            Fact(
                "auto-renew", row.autoRenews.map { $0 ? "ON" : "OFF" } ?? "not reported",
                row.autoRenews == false ? .warning : .plain),
            Fact("term", Self.termWords(row)),
        ]
        if isWhole || detail?.moneyTable == nil {
            left += moneyFacts(row, detail, missing: missing)
            if detail?.monthlyCost != nil {
                let margin = detail?.monthlyMargin
                right.append(Fact("margin", margin?.words ?? "not reported", margin?.style ?? .plain))
            }
        }
        for (name, date) in row.namedDates {
            left.append(Fact(name, date.map { Self.distant($0, model) } ?? "not reported"))
        }
        left.append(Fact("id", row.id.rawValue))
        right.append(Fact("created", row.created?.spoken ?? "not reported"))
        right.append(Fact("changed", row.modified?.spoken ?? "not reported"))
        append(left, right, to: &page)
        for order in model.waitingChanges(of: row.id) {
            page.field("scheduled", "\(order.label), \(order.waitingWords)", style: .warning)
        }
        page.lastWrite(to: .subscription(row.id), model)
    }

    /// How the units went over the term, once all orders that tell it are read.
    private func appendTimeline(_ detail: SubscriptionDetail?, isWhole: Bool, _ model: Model, to page: inout Page) {
        guard let detail, let orders = model.subscriptionOrders[detail.subscription.id] else { return }
        // Of more orders the older ones have no lines: then the history says that it does not reach back.
        guard orders.prefix(Self.mostOrders).allSatisfy({ model.orders[$0.id] != nil }),
            let history = UnitsHistory(
                of: detail, orders: orders.map { model.orders[$0.id] ?? $0 }, today: model.today,
                day: { model.zone.date(of: $0) })
        else { return }
        page.blank()
        page.timeline(history, hasLevels: !isWhole, isSpoken: page.width >= Self.widest)
    }

    /// Rate and cost a month, with those of a unit, a line each.
    private func moneyFacts(_ row: Subscription, _ detail: SubscriptionDetail?, missing: String) -> [Fact] {
        let each = detail?.quantity.flatMap { $0 > 0 ? $0 : nil }
        func withEach(_ money: Money) -> String {
            guard let each, let unit = money.divided(by: each) else { return "\(money)/mo" }
            return "\(money)/mo, \(unit.bare) a unit"
        }
        let rate = detail?.monthlyRate.map(withEach) ?? detail?.totalPrice.map { "\($0), \(row.rhythm)" }
        return [Fact("rate", rate ?? missing, .strong)]
            + (detail?.monthlyCost.map { [Fact("your cost", withEach($0))] } ?? [])
    }

    private struct Fact {
        var label: String
        var value: String
        var style: Style

        init(_ label: String, _ value: String, _ style: Style = .plain) {
            (self.label, self.value, self.style) = (label, value, style)
        }
    }

    /// Pages for reading aloud are wider: there each fact is a line.
    private static let widest = 1000

    /// Facts in two columns where there is space for all of them, else below one another.
    private func append(_ left: [Fact], _ right: [Fact], to page: inout Page) {
        func widest(_ facts: [Fact]) -> Int { facts.map { TerminalText.width(of: $0.value) }.max() ?? 0 }
        let latest = page.width - 13 - widest(right)
        let middle = max(min(60, page.width * 57 / 100, latest), 15 + widest(left) + 2)
        guard (70..<Self.widest).contains(page.width), middle <= latest else {
            for fact in left + right { page.field(fact.label, fact.value, style: fact.style) }
            return
        }
        for place in 0..<max(left.count, right.count) {
            var runs: [(x: Int, text: String, style: Style)] = []
            if place < left.count {
                runs += [(3, left[place].label, .faint), (15, left[place].value, left[place].style)]
            }
            if place < right.count {
                runs += [(middle, right[place].label, .faint), (middle + 12, right[place].value, right[place].style)]
            }
            page.runs(runs)
        }
    }

    private func unitsWords(_ detail: SubscriptionDetail?) -> String? {
        guard let detail else { return nil }
        if let quantity = detail.quantity { return grouped(quantity) }
        guard detail.products.count > 1 else { return nil }
        let first = detail.products[0].quantity.map(grouped) ?? ""
        return "\(first)+, \(counted(detail.products.count, "product"))"
    }

    private static func termWords(_ row: Subscription) -> String {
        let term = row.subscriptionPeriod?.spoken ?? "not reported"
        return row.billingPeriod.map { "\(term), paid \($0.rhythm)" } ?? term
    }

    /// Its orders, the newest first; Enter opens the one on the cursor.
    private func appendOrders(of id: Subscription.ID, _ model: Model, to page: inout Page) {
        guard let orders = model.subscriptionOrders[id] else {
            page.heading("ORDERS", right: "being read")
            return
        }
        page.heading("ORDERS \(grouped(orders.count))", right: orders.isEmpty ? "" : "Enter opens")
        if orders.isEmpty { page.paragraph("No orders reported.", style: .faint) }
        for row in orders {
            let order = model.orders[row.id] ?? row
            page.runs(runs(of: order, isHere: row.id == orderCursor.selected, width: page.width, model))
        }
    }

    /// A row of its orders: number, day, kind, state; between them units and total where there is space.
    private func runs(
        of order: Order, isHere: Bool, width: Int, _ model: Model
    ) -> [(x: Int, text: String, style: Style)] {
        let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
        var runs: [(x: Int, text: String, style: Style)] = [
            (3, order.label, .plain), (13, order.created.map { model.zone.date(of: $0).spoken } ?? "", .plain),
        ]
        if isHere { runs.insert((1, ">", .title), at: 0) }
        var start = 26
        if width >= 48 {
            runs.append((start, TerminalText.cut(order.kind.word, to: 12), .plain))
            start += 14
        }
        if width >= 72 {
            let (units, total) = (order.unitsWords ?? "", order.total?.description ?? "")
            runs.append((start + 5 - TerminalText.width(of: units), units, .plain))
            runs.append((start + 18 - TerminalText.width(of: total), total, .plain))
            start += 20
        } else if width < 48, let units = order.unitsWords {
            let text = TerminalText.cut(units, to: 6)
            runs.append((start, text, .plain))
            start += max(4, TerminalText.width(of: text) + 2)
        }
        runs.append((start, TerminalText.cut(state.word(order.status), to: max(0, width - start - 1)), state.style))
        return runs
    }

    /// Whom to call about it, and what its customer may do.
    private func appendCustomer(_ id: Account.ID, _ model: Model, to page: inout Page) {
        page.heading("CUSTOMER", right: "\(model.keymap.name(of: .showInTree)) shows it in the tree")
        let account = model.inFull[id]
        if let status = model.accounts[id]?.status, status != .active {
            page.field("status", "\(status.word). \(status.meaning)", style: Style(.bad))
        }
        let people = account?.contacts ?? []
        guard let person = people.first(where: { !$0.phone.isEmpty }) ?? people.first else {
            page.field("call", account == nil ? "…" : "no contact reported")
            return
        }
        let call = [person.name, person.phoneNumber.description].filter { !$0.isEmpty }
        let line = call.joined(separator: "  ")
        // A number is read in one piece.
        let isWhole = TerminalText.width(of: line) < page.width - page.indent - page.labelWidth
        for (place, part) in (isWhole ? [line] : call).enumerated() {
            page.field(place == 0 ? "call" : "", part, style: .strong)
        }
        if !person.email.isEmpty { page.field("", person.email) }
    }
}

extension SubscriptionDetail {
    /// Rate, cost and margin of a month and a year, and of a unit where its part can be stated; nil where the rate of a
    /// month is not reported.
    fileprivate var moneyTable: ReviewTable? {
        guard let period = subscription.billingPeriod, let rate = monthlyRate,
            let year = totalPrice?.perYear(paidEach: period)
        else { return nil }
        var table = ReviewTable(heads: ["A MONTH", "A YEAR"])
        var columns = [
            Rates(price: rate, cost: monthlyCost), Rates(price: year, cost: totalCost?.perYear(paidEach: period)),
        ]
        if let units = quantity, let each = rate.divided(by: units) {
            table.heads.insert("EACH", at: 0)
            columns.insert(Rates(price: each, cost: monthlyCost?.divided(by: units)), at: 0)
        }
        table.add(columns)
        return table
    }
}

extension Subscription {
    fileprivate var rhythm: String { billingPeriod?.rhythm ?? "each billing period" }
}

extension SubscriptionStatus {
    /// The emphasis that it asks for: what is as usual has none.
    var tone: Tone {
        switch self {
        case .active, .other: .plain
        case .pending: .warning
        case .hold: .bad
        case .terminated, .removed: .faint
        }
    }
}
