import Marketplace
import Screen

/// Another number of units for a subscription: typed as the new total or as a difference, sent as the total.
struct UnitsForm: SubscriptionForm {
    static let kind = FormKind.units
    let title = "change of units"
    var fields: FormFields
    let target: SubscriptionSubject
    private let firstNumber: String
    /// The catalogue's rows of the chosen product's MPN, for the limits.
    private var offers: [Product] = []

    init?(_ fields: [String: String], _ known: Known) {
        guard let target = SubscriptionSubject(fields) else { return nil }
        self.target = target
        firstNumber = known.freshPONumber
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: rows(known))
        self.fields.focus(on: "units")
    }

    func subject(_ known: Known) -> String {
        let units = fields["units"]
        return (units.isEmpty ? "" : "\(units) units, ") + target.subject(known)
    }

    /// The product whose units change.
    private func product(_ known: Known) -> SubscriptionProduct? {
        let products = target.detail(known)?.products ?? []
        guard products.count > 1 else { return products.first }
        return Int(fields["product"]).flatMap { products.indices.contains($0) ? products[$0] : nil } ?? products.first
    }

    private func offer(_ known: Known) -> Product? {
        guard let product = product(known) else { return nil }
        if let id = product.product, let exact = offers.first(where: { $0.id == id }) { return exact }
        let row = target.detail(known)?.subscription
        return offers.first {
            $0.mpn == product.mpn && $0.vendor == product.vendor && $0.subscriptionPeriod == row?.subscriptionPeriod
                && $0.billingPeriod == row?.billingPeriod
        }
    }

    func rows(_ known: Known) -> [FormField] {
        var rows = target.rows(known)
        guard let detail = target.detail(known) else { return rows }
        if detail.products.count > 1 {
            let choices = detail.products.enumerated().map { place, product in
                FormField.Choice(
                    value: String(place),
                    label: "\(product.quantity.map(grouped) ?? "?") x \(product.title)  \(product.mpn)")
            }
            rows.append(.choice("product", "product", choices))
        } else if let product = detail.products.first {
            rows.append(.fact("product", "product", product.title, note: product.mpn))
        }
        let held = product(known)?.quantity
        rows.append(.fact("held", "units now", held.map(grouped) ?? "not told"))
        rows.append(.text("units", "units", width: 10, note: note(held: held)))
        let day = detail.subscription.turningDate.map { ", \($0.spoken)" } ?? ""
        rows.append(
            .choice(
                "moment", "when",
                [
                    .init(value: "now", label: "at once"),
                    .init(value: "renewal", label: "at the renewal\(day)"),
                ]))
        rows.append(.poNumber(firstNumber))
        return rows
    }

    private func note(held: Int?) -> String {
        guard let held, let total = UnitsRule(fields["units"])?.total(from: held) else { return "28, or +3, or -2" }
        return "\(grouped(held)) → \(grouped(total)), \(TotalQuantity(total: total).difference(from: held))"
    }

    func intent(_ known: Known) -> Result<WriteIntent, FormProblem> {
        target.target(for: .units, field: "units", known).flatMap { detail in
            guard let product = product(known) else {
                return problem("The marketplace tells no products of this subscription, so no units can be changed.")
            }
            guard let held = product.quantity else {
                return problem("The marketplace does not tell how many units there are now.")
            }
            let typed = fields["units"]
            guard let rule = UnitsRule(typed) else { return problem(UnitsRule.refusal(of: typed)) }
            let total: Int
            switch rule.wanted(from: held, cancelKey: known.keymap.name(of: .cancel)) {
            case .failure(let refusal): return problem(refusal.text)
            case .success(let wanted): total = wanted
            }
            if total > held, let refusal = creditRefusal(detail, known) { return problem(refusal) }
            if let reason = offer(known)?.refusal(ofQuantity: total) { return problem(reason) }
            return fields.poNumber.map { number in
                .place(
                    .change(
                        ChangeOrder(
                            of: detail, product, total: total, poNumber: number,
                            waitsForRenewal: fields["moment"] == "renewal")))
            }
        }
    }

    private func creditRefusal(_ detail: SubscriptionDetail, _ known: Known) -> String? {
        guard let entry = known.accounts[detail.subscription.customer] else { return nil }
        return Account(
            id: detail.subscription.customer, kind: .customer, name: entry.name, status: entry.status
        ).orderingRefusal
    }

    private func problem(_ text: String) -> Result<WriteIntent, FormProblem> {
        .failure(FormProblem(field: "units", text: text))
    }

    func requests(_ known: Known) -> [Request] {
        var requests = target.requests(known)
        if let mpn = product(known)?.mpn, !mpn.isEmpty { requests.append(.products(ProductQuery(mpn: mpn))) }
        return requests
    }

    mutating func receive(_ event: Event, _ known: Known) {
        guard case .products(let query, let latest) = event, let rows = latest.value?.rows, let mpn = query.mpn,
            mpn == product(known)?.mpn
        else { return }
        offers = rows
    }

    func append(to page: inout Page, _ known: Known) {
        guard let offer = offer(known) else { return }
        page.blank()
        page.heading("LIMITS")
        page.field("units", offer.quantityLimits)
        if let price = offer.price { page.field("price each", price.description) }
    }
}
