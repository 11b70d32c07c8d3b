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
        drawBeside(
            list.selected.map { page(of: $0.id, width: detail.width, model) }, on: &canvas, in: detail, model)
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
        let unknown = detail == nil ? "…" : "not reported"
        page.field("units", detail?.quantity.map(grouped) ?? unknown, style: .strong)
        page.field("price", detail.map { Self.price($0) } ?? unknown)
        let isMonthly = row.billingPeriod == Period(1, .month) && detail?.monthlyRate == detail?.totalPrice
        page.field("rate", detail?.monthlyRate.map { isMonthly ? "the same" : "\($0)/mo" } ?? unknown)
        page.field("term", Self.term(row))
        page.field("auto-renew", Self.renewal(row), style: row.autoRenews == false ? .warning : .plain)
        // By what they are and not by what comes of them, which auto-renew says: words that come and go with a row cannot be
        // read while one moves.
        for (name, date) in [("renewal", row.ownRenewal), ("term ends", row.end)] {
            page.field(name, fitting: date.map { Self.distances($0, model) } ?? [])
        }
        page.field("created", row.created?.spoken ?? "not reported")
        page.field("last changed", row.modified?.spoken ?? "not reported")
        appendPreview(of: detail?.products, in: row, failure: snapshot?.failure, to: &page)
        page.lastWrite(to: .subscription(id), model)
        appendParameters(detail, to: &page)
        return page
    }

    /// The first product in fixed places, then the others. A single one mostly has the name of its subscription, and the
    /// units that stand above.
    private func appendPreview(
        of products: [SubscriptionProduct]?, in row: Subscription, failure: MarketplaceError?, to page: inout Page
    ) {
        page.blank()
        let first = products?.first
        let lack = products == nil ? (failure == nil ? "Loading…" : "not read") : "none reported"
        let name = first?.title ?? lack
        let count = products?.count ?? 0
        page.heading("PRODUCTS", name: name == row.title ? "" : name, right: count > 1 ? grouped(count) : "")
        let unknown = products == nil ? "…" : nil
        page.field("MPN", first.map(\.mpn) ?? unknown)
        page.field("vendor", first.map(\.vendor) ?? unknown)
        page.field("units", fitting: first.map { $0.unitsForms(isOnly: count == 1) } ?? [unknown ?? ""])
        // It is long, and others are told apart by the rest.
        if page.valueWidth >= 36 { page.field("vendor's id", first.map { $0.vendorSubscriptionID ?? "" } ?? unknown) }
        page.endFixedPlaces()
        if let failure, first == nil { page.paragraph(failure.message, style: .bad) }
        for product in (products ?? []).dropFirst() { page.line(product.countedTitle, indent: page.indent) }
    }

    /// What is charged each billing period: `2,060.00 EUR yearly`.
    private static func price(_ detail: SubscriptionDetail) -> String {
        let rhythm = detail.subscription.billingPeriod?.rhythm ?? "each billing period"
        return detail.totalPrice.map { "\($0) \(rhythm)" } ?? "not reported"
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

    /// `20 Nov 2027, in 364 days`, and shorter.
    private static func distances(_ date: CalendarDate, _ model: Model) -> [String] {
        let days = date.days(since: model.today)
        let short = days < 0 ? "\(grouped(-days)) d ago" : "in \(grouped(days)) d"
        return [distant(date, model), "\(date.spoken), \(short)"]
    }

    /// `20 Nov 2027, in 364 days`.
    static func distant(_ date: CalendarDate, _ model: Model) -> String {
        let days = date.days(since: model.today)
        let distance = days < 0 ? "\(counted(-days, "day")) ago" : days == 0 ? "today" : "in \(counted(days, "day"))"
        return "\(date.spoken), \(distance)"
    }

    /// - Parameter onlyMore: Whether what is known of a single product stands above already, but its price tiers and what the
    ///   vendor calls it.
    func appendProducts(
        _ detail: SubscriptionDetail?, failure: MarketplaceError?, onlyMore: Bool, to page: inout Page
    ) {
        if onlyMore, let product = detail?.products.first, detail?.products.count == 1 {
            var more = Page(width: page.width)
            more.labelWidth = page.labelWidth
            appendRest(of: product, to: &more)
            guard !more.lines.isEmpty else { return }
            page.blank()
            page.heading("PRODUCT")
            return appendRest(of: product, to: &page)
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
            let unit = product.unitPrice.map { " at \($0) each" } ?? ""
            page.field("units", product.quantity.map { grouped($0) + unit })
            page.field("you pay", product.unitCost.map { "\($0) each" })
            page.field("in all", product.extendedPrice?.description)
            appendRest(of: product, to: &page)
        }
    }

    private func appendRest(of product: SubscriptionProduct, to page: inout Page) {
        page.tiers(product.priceTiers)
        page.tiers(product.costTiers, label: "you pay")
        page.field("provider", product.unitProviderCost.map { "pays \($0.words) each" })
        page.field("vendor's id", product.vendorSubscriptionID)
        for other in product.others { page.field(other.name, other.value, style: .faint) }
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

extension SubscriptionProduct {
    /// `29 x Drumlin Identity Reader`.
    fileprivate var countedTitle: String { quantity.map { "\(grouped($0)) x \(title)" } ?? title }

    /// `29 at 108.61 USD, 3 tiers`, and shorter; of the only product without the count, which stands above.
    fileprivate func unitsForms(isOnly: Bool) -> [String] {
        let price = unitPrice.map { "at \($0)" } ?? ""
        let count = isOnly ? "" : quantity.map { grouped($0) } ?? ""
        let words = [count, price].filter { !$0.isEmpty }.joined(separator: " ")
        return [priceTiers.count > 1 ? "\(words), \(priceTiers.count) tiers" : words, words]
    }
}

extension Subscription {
    /// The day on which it renews, or could, where that is not the one on which it ends.
    fileprivate var ownRenewal: CalendarDate? {
        autoRenews == true || (expires != nil && renews != expires) ? renews : nil
    }

    fileprivate var end: CalendarDate? { expires ?? (autoRenews == true ? nil : renews) }
}
