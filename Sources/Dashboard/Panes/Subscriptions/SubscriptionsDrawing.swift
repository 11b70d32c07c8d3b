import Marketplace
import Rows
import Screen

extension SubscriptionsPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        if let opened {
            let area = area.detail == nil ? area : Bands.opened(area.whole)
            let isWhole = area.detail == nil
            draw(
                openedPage(of: opened, width: area.main.width, isWhole: isWhole, model), on: &canvas, in: area.main,
                isScrolled: true)
            guard let aside = area.detail else { return }
            canvas.verticalRule(x: aside.x - 1, y: aside.y, height: aside.height)
            draw(openedAside(of: opened, width: aside.width, model), on: &canvas, in: aside, isScrolled: false)
            return
        }
        drawList(on: &canvas, in: area.main, model, focused: focused)
        guard let detail = area.detail else { return }
        canvas.verticalRule(x: detail.x - 1, y: detail.y, height: detail.height)
        if let id = list.selected?.id { page(of: id, width: detail.width, model).draw(on: &canvas, in: detail) }
    }

    private func drawList(on canvas: inout Canvas, in rect: Rect, _ model: Model, focused: Bool) {
        drawListHead(
            "SUBSCRIPTIONS", filter: list.filter, problem: list.problem, sorting: sortingWords(model),
            extent: headExtent(model, width: rect.width), on: &canvas, in: rect)
        list.drawRows(
            columns(model), rowStamp(model), note: restLine(model, width: rect.width), read: readCount(model),
            orWhyEmpty: list.emptiness(of: "subscriptions", rest: restSentence(model)), on: &canvas,
            in: rect.droppingTop(1), focused: focused)
    }

    func page(of id: Subscription.ID, width: Int, _ model: Model) -> Page {
        var page = Page.preview(width: width)
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
        page.field("units", detail?.quantity.map(grouped) ?? unknown, style: .strong)
        if let rate = detail?.monthlyRate, row.billingPeriod != Period(1, .month) {
            page.field("rate", "\(rate)/mo, \(Self.price(detail))")
        } else {
            page.field("rate", detail?.monthlyRate.map { "\($0)/mo" } ?? detail.map { Self.price($0) } ?? unknown)
        }
        page.field("term", Self.term(row))
        page.field("auto-renew", Self.renewal(row), style: row.autoRenews == false ? .warning : .plain)
        for (name, date) in row.namedDates {
            page.field(name, date.map { Self.distant($0, model, isNarrow: width < 48) } ?? "none reported")
        }
        page.field("created", row.created?.spoken ?? "not reported")
        page.field("last changed", row.modified?.spoken ?? "not reported")
        page.lastWrite(to: .subscription(id), model)
        appendProducts(detail, failure: snapshot?.failure, as: .brief, to: &page)
        appendParameters(detail, to: &page)
        return page
    }

    /// What is charged each billing period: `2,060.00 EUR yearly`.
    private static func price(_ detail: SubscriptionDetail?) -> String {
        let rhythm = detail?.subscription.billingPeriod?.rhythm ?? "each billing period"
        return detail?.totalPrice.map { "\($0) \(rhythm)" } ?? "not reported"
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
    /// - Parameter isNarrow: Whether the distance is left out when it is long.
    static func distant(_ date: CalendarDate, _ model: Model, isNarrow: Bool = false) -> String {
        let days = date.days(since: model.today)
        if isNarrow, abs(days) > 99 { return date.spoken }
        let distance = days < 0 ? "\(counted(-days, "day")) ago" : days == 0 ? "today" : "in \(counted(days, "day"))"
        return "\(date.spoken), \(distance)"
    }

    /// How much is shown of the products.
    enum ProductExtent {
        /// What tells them apart.
        case brief
        case whole
        /// What does not stand above already: of a single product its price tiers and what the vendor calls it.
        case besides
    }

    func appendProducts(
        _ detail: SubscriptionDetail?, failure: MarketplaceError?, as extent: ProductExtent, to page: inout Page
    ) {
        if extent == .besides, let product = detail?.products.first, detail?.products.count == 1 {
            var besides = Page(width: page.width)
            besides.labelWidth = page.labelWidth
            appendRest(of: product, isWhole: true, to: &besides)
            guard !besides.lines.isEmpty else { return }
            page.blank()
            page.heading("PRODUCT")
            return appendRest(of: product, isWhole: true, to: &page)
        }
        page.blank()
        page.heading("PRODUCTS")
        guard let detail else {
            page.paragraph(failure?.message ?? "Loading…", style: failure == nil ? .faint : .bad)
            return
        }
        if detail.products.isEmpty {
            page.paragraph("No products reported.", style: .faint)
        }
        for product in detail.products {
            page.paragraph(product.title, style: .strong)
            page.field("MPN", [product.mpn, product.vendor].filter { !$0.isEmpty }.joined(separator: "  by "))
            if let quantity = product.quantity {
                let unit = product.unitPrice.map { " at \($0) each" } ?? ""
                page.field("units", grouped(quantity) + unit)
            }
            if extent == .whole {
                if let cost = product.unitCost { page.field("you pay", "\(cost) each") }
                if let price = product.extendedPrice { page.field("in all", price.description) }
            }
            appendRest(of: product, isWhole: extent == .whole, to: &page)
        }
    }

    private func appendRest(of product: SubscriptionProduct, isWhole: Bool, to page: inout Page) {
        page.tiers(product.priceTiers)
        if isWhole {
            page.tiers(product.costTiers, label: "you pay")
            if let cost = product.unitProviderCost { page.field("provider", "pays \(cost.words) each") }
        }
        if let id = product.vendorSubscriptionID { page.field("vendor's id", id) }
        if isWhole { for other in product.others { page.field(other.name, other.value, style: .faint) } }
    }

    /// `charge before billing period` of `chargeBeforeBillingPeriod`.
    private static func plainWords(_ word: String) -> String {
        word.reduce(into: "") { words, letter in
            if letter.isUppercase, words.last?.isLowercase == true { words += " " }
            words += letter.lowercased()
        }
    }

    /// The rest of what was read: nothing is hidden.
    func appendOthers(_ detail: SubscriptionDetail, _ model: Model, to page: inout Page) {
        var rows: [(String, String)] = []
        if let price = detail.termPrice { rows.append(("term price", price.description)) }
        if let cost = detail.termCost { rows.append(("term cost", cost.description)) }
        if let plan = detail.plan { rows.append(("plan", model.plans[plan]?.plan.name ?? plan.rawValue)) }
        if let model = detail.billingModel { rows.append(("billing", Self.plainWords(model))) }
        rows += detail.attributes.sorted { $0.key < $1.key }.map { ($0.key, $0.key.speaksOfSecret ? "•••" : $0.value) }
        rows += detail.others.map { ($0.name, $0.value) }
        guard !rows.isEmpty else { return }
        page.blank()
        page.heading("MORE")
        for (name, value) in rows { page.field(name, value) }
    }

    func appendParameters(_ detail: SubscriptionDetail?, to page: inout Page) {
        let parameters = (detail?.orderParameters ?? []) + (detail?.fulfillmentParameters ?? [])
        guard !parameters.isEmpty else { return }
        page.blank()
        page.heading("PARAMETERS")
        let longest = parameters.map { TerminalText.width(of: $0.name) }.max() ?? 0
        page.labelWidth = min(longest + 2, max(page.labelWidth, page.width / 2))
        for parameter in parameters { page.field(parameter.name, parameter.isSecret ? "•••" : parameter.value) }
    }
}
