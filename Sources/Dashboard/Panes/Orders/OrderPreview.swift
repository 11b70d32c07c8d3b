import Marketplace
import Rows
import Screen

extension OrdersPane {
    /// The order on the cursor. First what each order has, in fixed places; then what only some have.
    func preview(of row: Order, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width)
        let snapshot = details[row.id]
        let order = snapshot?.value ?? row
        let state = OrderState(order, now: model.marketplaceNow, overdueAfter: model.overdueAfter)
        page.heading(
            "\(order.label)  \(order.kind.word) order", right: state.word(order.status).uppercased(),
            rightStyle: state.style)
        page.paragraph(
            order.explanation, style: state.style == .faint ? .plain : state.style, indent: page.indent, rows: 2)
        page.field("customer", model.name(of: order.customer))
        page.field("account", order.customer.rawValue)
        page.field("created", order.created.map(model.zone.spoken) ?? "not reported")
        page.field("done", fitting: order.doneForms(model.zone))
        page.field("PO number", order.poNumber)
        page.field("total", order.total?.description, style: .strong)
        appendPreview(ofSubscription: order.subscription, model, to: &page)
        appendPreview(ofLines: order, isRead: snapshot?.value != nil, to: &page)
        page.endFixedPlaces()
        for line in order.lines.dropFirst() { append(line, of: order, to: &page) }
        if let failure = snapshot?.failure { page.paragraph(failure.message, style: .bad) }
        let age = ageWords(of: order, isFollowed: following.contains(order.id), model)
        if age != nil || order.advice != nil {
            page.blank()
            page.heading("WHAT NOW")
            for words in [order.advice, age?.capitalised.asSentence].compactMap(\.self) {
                page.paragraph(words, indent: page.indent)
            }
        }
        appendConditions(of: order, to: &page)
        page.lastWrite(to: .order(order.id), model)
        for parameter in order.lines.first?.parameters ?? [] {
            page.field(parameter.name, parameter.isSecret ? "•••" : parameter.value)
        }
        appendCharges(order, to: &page)
        return page
    }

    private func appendPreview(ofSubscription id: Subscription.ID?, _ model: Model, to page: inout Page) {
        let detail = id.flatMap { model.details[$0] }
        page.blank()
        page.heading("SUBSCRIPTION")
        page.field("id", id?.rawValue)
        let unknown = id == nil ? nil : "not read"
        page.field("name", detail?.subscription.name ?? unknown)
        let status = detail?.subscription.status
        page.field(
            "status", status.map { $0.word + (detail?.quantity.map { ", " + counted($0, "unit") } ?? "") } ?? unknown,
            style: status?.style ?? .plain)
    }

    private func appendPreview(ofLines order: Order, isRead: Bool, to page: inout Page) {
        page.blank()
        page.heading("LINES", right: order.lines.count > 1 ? grouped(order.lines.count) : "")
        let line = order.lines.first
        let unknown = isRead ? nil : "…"
        page.paragraph(
            line.map { $0.name ?? $0.mpn } ?? (isRead ? order.noLinesWords : "Loading…"),
            style: line == nil ? .faint : .strong)
        page.field("MPN", line?.mpn ?? unknown)
        page.field("vendor", line.map { $0.vendor ?? "" } ?? unknown)
        page.field("units", fitting: line?.unitsForms(of: order) ?? [unknown ?? ""])
        page.field("price", line.map { $0.extendedPrice?.description ?? "" } ?? unknown)
        page.field("term", line.map { $0.termWords ?? "" } ?? unknown)
    }
}

extension Order {
    /// `20 Nov 2026 10:52, after 3 h`, and shorter; none where it is not done.
    func doneForms(_ zone: Zone) -> [String] {
        guard let provisioned else { return [] }
        let took = created.map { ", after \(spokenDuration(seconds: provisioned.seconds(since: $0)))" } ?? ""
        return [zone.spoken(provisioned) + took, zone.spoken(provisioned)]
    }

    var noLinesWords: String { "No lines reported of a \(kind.word) order." }
}

extension OrderLine {
    /// Its units, and shorter; none where they are not reported. A change answers with the difference, but with the new
    /// total when it waits for the renewal.
    func unitsForms(of order: Order) -> [String] {
        guard let quantity else { return [] }
        let text = quantity.grouped(fractionDigits: 0)
        return switch (order.kind, order.scheduledOn) {
        case (.change, nil): ["\(quantity > 0 ? "+" : "")\(text), the difference"]
        case (.change, _): ["\(text) in all, from the renewal on", "\(text) from the renewal"]
        default: [text]
        }
    }

    /// `1 year, billed monthly`; nil where neither is reported.
    var termWords: String? {
        let words = [subscriptionPeriod?.spoken, billingPeriod.map { "billed \($0.rhythm)" }].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: ", ")
    }
}
