import Marketplace
import Screen

/// Another number of units for a subscription: typed as the new total or as a difference, sent as the total.
struct UnitsForm: SubscriptionForm {
    static let kind = FormKind.units
    let title = "change units"
    var fields: FormFields
    let target: SubscriptionSubject
    /// The catalogue's rows of the chosen product's MPN, for the limits.
    private var offers: [Product] = []

    static var firstRow: String? { "units" }

    init(fields: FormFields, target: SubscriptionSubject) {
        self.fields = fields
        self.target = target
    }

    func subject(_ model: Model) -> String {
        let units = fields["units"]
        return (units.isEmpty ? "" : "\(units) units, ") + target.subject(model)
    }

    /// The product whose units change.
    private func product(_ model: Model) -> SubscriptionProduct? {
        let products = target.detail(model)?.products ?? []
        guard products.count > 1 else { return products.first }
        return Int(fields["product"]).flatMap { products.indices.contains($0) ? products[$0] : nil } ?? products.first
    }

    private func offer(_ model: Model) -> Product? {
        guard let product = product(model) else { return nil }
        if let id = product.product, let exact = offers.first(where: { $0.id == id }) { return exact }
        let row = target.detail(model)?.subscription
        return offers.first {
            $0.mpn == product.mpn && $0.vendor == product.vendor && $0.subscriptionPeriod == row?.subscriptionPeriod
                && $0.billingPeriod == row?.billingPeriod
        }
    }

    func rows(_ model: Model) -> [FormField] {
        var rows = target.rows(model)
        guard let detail = target.detail(model) else { return rows }
        if detail.products.count > 1 {
            let choices = detail.products.enumerated().map { place, product in
                FormField.Choice(
                    value: String(place),
                    label: "\(product.quantity.map { "\(grouped($0)) x " } ?? "")\(product.title)  \(product.mpn)")
            }
            rows.append(.choice("product", "product", choices))
        } else if let product = detail.products.first {
            rows.append(.fact("product", "product", product.title, note: product.mpn))
        }
        let held = product(model)?.quantity
        rows.append(.fact("held", "units now", held.map(grouped) ?? "not reported"))
        rows.append(.text("units", "units", width: 10, note: note(held: held)))
        let row = detail.subscription
        let day = (row.renews ?? row.expires)?.real.map { ", \($0.spoken)" } ?? ""
        rows.append(
            .choice(
                "moment", "when",
                [
                    .init(value: "now", label: "at once"),
                    .init(value: "renewal", label: "at the renewal\(day)"),
                ]))
        rows.append(.poNumber(target.proposedNumber))
        return rows
    }

    private func note(held: Int?) -> String {
        guard let held, let total = UnitsRule(fields["units"])?.total(from: held) else { return "28, or +3, or -2" }
        return "\(grouped(held)) → \(grouped(total)), \(TotalQuantity(total: total).difference(from: held))"
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.target(for: .units, field: "units", model).flatMap { detail in
            guard let product = product(model) else {
                return problem("No products of this subscription are reported, so no units can be changed.")
            }
            guard let held = product.quantity else {
                return problem("The present number of units is not reported.")
            }
            let typed = fields["units"]
            guard let rule = UnitsRule(typed) else { return problem(UnitsRule.refusal(of: typed)) }
            let total = rule.total(from: held)
            if let objection = Rules.objection(toTotal: total, from: held, on: target.id) {
                return problem(objection.reason.sentence(model.keymap, isNamed: true))
            }
            if total > held, let reason = model.orderingRefusal(of: detail.subscription.customer) {
                return problem(reason)
            }
            if let reason = offer(model)?.refusal(ofQuantity: total) { return problem(reason) }
            return fields.poNumber.map { number in
                .place(
                    .change(
                        ChangeOrder(
                            of: detail, product, total: total, poNumber: number,
                            waitsForRenewal: fields["moment"] == "renewal")))
            }
        }
    }

    private func problem(_ text: String) -> Result<WriteIntent, FormProblem> {
        .failure(FormProblem(field: "units", text: text))
    }

    func queries(_ model: Model) -> [DataQuery] {
        var requests = target.queries(model)
        if let detail = target.detail(model) { requests += model.windowQueries(of: detail) }
        if let mpn = product(model)?.mpn, !mpn.isEmpty { requests.append(.products(ProductQuery(mpn: mpn))) }
        return requests
    }

    mutating func receive(_ event: Event, _ model: Model) {
        guard case .products(let query, let latest) = event, let rows = latest.value?.rows, let mpn = query.mpn,
            mpn == product(model)?.mpn
        else { return }
        offers = rows
    }

    func append(to page: inout Page, _ model: Model) {
        let offer = offer(model)
        let windows = target.detail(model).flatMap { model.windows(of: $0) }
        guard offer != nil || windows?.units != nil else { return }
        page.blank()
        page.heading("LIMITS")
        if let offer {
            page.field("units", offer.quantityLimits)
            if let price = offer.price { page.field("price each", price.description) }
        }
        if case .lots(let lots, _)? = windows?.units, let rule = windows?.rule {
            let parts = lots.map { "\(grouped($0.units)) until \(model.words(of: $0.until))" }
            page.field("removable", parts.isEmpty ? "none now" : parts.joined(separator: ", "))
            page.paragraph("By the \(rule.words).", style: .faint)
        }
    }
}
