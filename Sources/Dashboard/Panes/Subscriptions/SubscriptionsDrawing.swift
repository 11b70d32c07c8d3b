import Marketplace
import Screen

extension SubscriptionsPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let detail = area.detail {
            if let opened {
                // The opened one keeps the wide place; its neighbours stay in sight beside it.
                page(of: opened, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
                canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
                aside(of: opened, width: detail.width, model).draw(on: &canvas, in: detail)
            } else {
                drawList(on: &canvas, in: area.main, model, focused: focused)
                canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
                if let id = list.selected?.id {
                    page(of: id, width: detail.width, model).draw(on: &canvas, in: detail)
                }
            }
        } else if let opened {
            page(of: opened, width: area.main.width, model).draw(on: &canvas, in: area.main, from: scroll)
        } else {
            drawList(on: &canvas, in: area.main, model, focused: focused)
        }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        drawListHead(
            "SUBSCRIPTIONS", filter: list.filter, problem: list.problem, extent: list.extent, on: &canvas, in: rect)
        list.drawRows(
            columns(model), rowStamp(model), note: restLine(model, width: rect.width),
            orWhyEmpty: list.emptiness(of: "subscriptions", rest: restSentence(model)), on: &canvas,
            in: rect.droppingTop(1), focused: focused)
    }

    func page(of id: Subscription.ID, width: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        let snapshot = loading[id]
        let detail = snapshot?.value ?? model.details[id]
        guard let row = detail?.subscription ?? list.row(id) else {
            page.heading("subscription \(id)")
            page.blank()
            page.paragraph(snapshot?.failure?.message ?? "Loading…", style: snapshot?.failure == nil ? .faint : .bad)
            return page
        }
        page.heading(row.title, right: row.status.word.uppercased(), rightStyle: row.status.style)
        page.field("subscription", row.id.rawValue)
        page.field("customer", model.name(of: row.customer))
        page.field("account", row.customer.rawValue)
        // In the preview each field has one line, even when it is empty, so that it keeps its place from row to row.
        let unknown = detail == nil ? "…" : "not reported"
        if opened == id {
            page.field("status", "\(row.status.word). \(row.status.meaning)", style: row.status.style)
            if let advice = row.status.advice { page.field("", advice) }
        } else {
            page.field("status", row.status.word, style: row.status.style)
        }
        page.field("units", detail?.quantity.map(grouped) ?? unknown, style: .strong)
        let rhythm = row.billingPeriod?.rhythm ?? "each billing period"
        page.field("price", detail?.totalPrice.map { "\($0) \(rhythm)" } ?? unknown)
        page.field("term", Self.term(row))
        page.field("auto-renew", Self.renewal(row), style: row.autoRenews == false ? .warning : .plain)
        for (name, date) in row.namedDates { page.field(name, date.map { Self.distant($0, model) } ?? "not reported") }
        page.field("since", row.created?.spoken ?? "not reported")
        page.field("last changed", row.modified?.spoken ?? "not reported")
        page.lastWrite(to: .subscription(id), model)
        page.blank()
        appendProducts(detail, failure: snapshot?.failure, isWhole: opened == id, to: &page)
        appendParameters(detail, to: &page)
        if opened == id { appendHistory(of: id, model, to: &page) }
        if opened == id, let detail { appendOthers(detail, model, to: &page) }
        return page
    }

    func aside(of id: Subscription.ID, width: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        page.heading("CUSTOMER")
        if let customer = model.details[id]?.subscription.customer {
            page.field("name", model.name(of: customer))
            page.field("account", customer.rawValue)
            if let entry = model.accounts[customer] {
                page.field("status", entry.status.word, style: entry.status.style)
                if let vendor = entry.vendorAccount { page.field("sold by", model.name(of: vendor)) }
            }
        }
        page.blank()
        appendActs(model, to: &page)
        page.blank()
        page.heading("IN THE LIST", right: list.extent)
        for row in list.inView.prefix(12) {
            page.runs([
                (1, row.id == id ? ">" : " ", .title), (3, row.id.rawValue, .plain),
                (13, row.status.word, row.status.style), (24, TerminalText.cut(row.title, to: width - 25), .plain),
            ])
        }
        return page
    }

    private static func term(_ row: Subscription) -> String {
        let term = row.subscriptionPeriod?.spoken ?? "not reported"
        guard let billing = row.billingPeriod else { return term }
        return "\(term), billed \(billing.rhythm)"
    }

    private static func renewal(_ row: Subscription) -> String {
        switch row.autoRenews {
        case true?: "on"
        case false?: "off"
        case nil: "not reported"
        }
    }

    /// `20 Nov 2027, in 364 days`.
    private static func distant(_ date: CalendarDate, _ model: Model) -> String {
        let days = date.days(since: model.today)
        let distance = days < 0 ? "\(counted(-days, "day")) ago" : days == 0 ? "today" : "in \(counted(days, "day"))"
        return "\(date.spoken), \(distance)"
    }

    /// - Parameter isWhole: Whether everything is shown that was read.
    private func appendProducts(
        _ detail: SubscriptionDetail?, failure: MarketplaceError?, isWhole: Bool, to page: inout Page
    ) {
        page.heading("PRODUCTS")
        guard let detail else {
            page.paragraph(failure?.message ?? "Loading…", style: failure == nil ? .faint : .bad)
            return
        }
        if detail.products.isEmpty {
            page.paragraph("The marketplace gives no products of this subscription.", style: .faint)
        }
        for product in detail.products {
            page.paragraph(product.title, style: .strong)
            page.field("MPN", [product.mpn, product.vendor].filter { !$0.isEmpty }.joined(separator: "  by "))
            if let quantity = product.quantity {
                let unit = product.unitPrice.map { " at \($0) each" } ?? ""
                page.field("units", grouped(quantity) + unit)
            }
            page.tiers(product.priceTiers)
            if isWhole {
                if let cost = product.unitCost { page.field("you pay", "\(cost) each") }
                page.tiers(product.costTiers, label: "you pay")
                if let price = product.extendedPrice { page.field("in all", price.description) }
            }
            if let id = product.vendorSubscriptionID { page.field("vendor's id", id) }
            if isWhole { for other in product.others { page.field(other.name, other.value, style: .faint) } }
        }
    }

    /// The rest of what was read: nothing is hidden.
    private func appendOthers(_ detail: SubscriptionDetail, _ model: Model, to page: inout Page) {
        var rows: [(String, String)] = []
        if let price = detail.termPrice { rows.append(("term price", price.description)) }
        if let cost = detail.termCost { rows.append(("term cost", cost.description)) }
        if let plan = detail.plan { rows.append(("plan", model.planName(plan))) }
        if let model = detail.billingModel { rows.append(("billing", model)) }
        rows += detail.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.key.speaksOfSecret ? "•••" : $0.value) }
        rows += detail.others.map { ($0.name, $0.value) }
        guard !rows.isEmpty else { return }
        page.blank()
        page.heading("MORE")
        for (name, value) in rows { page.field(name, value) }
    }

    private func appendParameters(_ detail: SubscriptionDetail?, to page: inout Page) {
        let parameters = (detail?.orderParameters ?? []) + (detail?.fulfillmentParameters ?? [])
        guard !parameters.isEmpty else { return }
        page.blank()
        page.heading("PARAMETERS")
        let longest = parameters.map { TerminalText.width(of: $0.name) }.max() ?? 0
        page.labelWidth = min(longest + 2, max(page.labelWidth, page.width / 2))
        for parameter in parameters { page.field(parameter.name, parameter.isSecret ? "•••" : parameter.value) }
    }
}
