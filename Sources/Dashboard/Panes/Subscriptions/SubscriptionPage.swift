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
        appendHead(row, detail, to: &page)
        page.labelWidth = 12
        appendFacts(row, detail, model, to: &page)
        if let failure = snapshot?.failure { page.paragraph(failure.message, style: .bad) }
        var ordersAt: Int?
        if isWhole {
            page.blank()
            ordersAt = page.lines.count + 1
            appendOrders(of: id, model, to: &page)
            page.blank()
            appendActs(model, to: &page)
            page.blank()
            appendCustomer(row.customer, model, to: &page)
        }
        page.labelWidth = 14
        page.blank()
        appendProducts(detail, failure: snapshot?.failure, isWhole: true, to: &page)
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
        if next + TerminalText.width(of: origin) + 2 < statusAt, page.width < Self.widest {
            runs.append((x: next, text: origin, style: .plain))
        }
        runs.append((x: statusAt, text: status, style: Style(row.status.tone, strong: true)))
        page.runs(runs)
    }

    private func appendFacts(_ row: Subscription, _ detail: SubscriptionDetail?, _ model: Model, to page: inout Page) {
        let missing = detail == nil ? "…" : "not reported"
        let seller = model.accounts[row.customer]?.vendorAccount.map { ", sold by \(model.name(of: $0))" } ?? ""
        page.field("customer", "\(model.name(of: row.customer)) \(row.customer)\(seller)")
        if row.status != .active { page.field("status", model.reason(of: row), style: Style(row.status.tone)) }
        let rate = detail?.monthlyRate
        let cost = detail?.monthlyCost
        let each = detail?.quantity.flatMap { $0 > 0 ? $0 : nil }
        func withEach(_ money: Money) -> String {
            guard let each, let unit = money.divided(by: each) else { return "\(money)/mo" }
            return "\(money)/mo, \(unit.bare) a unit"
        }
        var pairs: [(Fact, Fact)] = [
            (
                Fact("units", unitsWords(detail) ?? missing, .strong),
                Fact(
                    "auto-renew", row.autoRenews.map { $0 ? "ON" : "OFF" } ?? "not reported",
                    row.autoRenews == false ? .warning : .plain)
            ),
            (
                Fact(
                    "rate", rate.map(withEach) ?? detail?.totalPrice.map { "\($0), \(row.rhythm)" } ?? missing, .strong),
                Fact("term", Self.termWords(row))
            ),
        ]
        if let cost {
            let margin = rate.flatMap { Margin(rate: $0, cost: cost) }
            pairs.append(
                (
                    Fact("your cost", withEach(cost)),
                    Fact("margin", margin?.words ?? "not reported", margin?.style ?? .plain)
                ))
        }
        for (left, right) in pairs { append(left, right, to: &page) }
        for (name, date) in row.namedDates {
            page.field(name, date.map { Self.distant($0, model) } ?? "not reported")
        }
        append(
            Fact("created", row.created?.spoken ?? "not reported"),
            Fact("changed", row.modified?.spoken ?? "not reported"), to: &page)
        for order in model.waitingChanges(of: row.id) {
            page.field("scheduled", "\(order.label), \(order.waitingWords)", style: .warning)
        }
        page.field("id", row.id.rawValue)
        page.lastWrite(to: .subscription(row.id), model)
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

    /// Two facts on a line where there is space for them.
    private func append(_ left: Fact, _ right: Fact, to page: inout Page) {
        guard (70..<Self.widest).contains(page.width) else {
            page.field(left.label, left.value, style: left.style)
            page.field(right.label, right.value, style: right.style)
            return
        }
        let middle = max(45, page.width * 57 / 100)
        page.runs([
            (3, left.label, .faint), (15, TerminalText.cut(left.value, to: middle - 16), left.style),
            (middle, right.label, .faint),
            (middle + 12, TerminalText.cut(right.value, to: page.width - middle - 13), right.style),
        ])
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
            let isHere = row.id == orderCursor.selected
            let isBrief = page.width < 52
            var runs: [(x: Int, text: String, style: Style)] = [
                (3, order.label, .plain), (13, order.created.map { model.zone.date(of: $0).spoken } ?? "", .plain),
                (26, TerminalText.cut(order.kind.word, to: isBrief ? 6 : 12), .plain),
            ]
            if isHere { runs.insert((1, ">", .title), at: 0) }
            let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
            let (status, style) = (state.word(order.status), state.style)
            let total = isBrief ? "" : order.total?.description ?? ""
            if !total.isEmpty { runs.append((54 - TerminalText.width(of: total), total, .plain)) }
            let start = isBrief ? 33 : 56
            runs.append((start, TerminalText.cut(status, to: max(0, page.width - start - 1)), style))
            page.runs(runs)
        }
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
        page.field("call", call.joined(separator: "  "), style: .strong)
        if !person.email.isEmpty { page.field("", person.email) }
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
