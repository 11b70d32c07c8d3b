import Marketplace
import Screen

/// Prices of its own for the products of a subscription: a box for each amount that may be set.
struct SpecialPricesForm: SubscriptionForm {
    static let kind = FormKind.specialPrices
    let title = "special prices"
    var fields: FormFields
    let target: SubscriptionSubject
    private var originals: FormOriginals
    /// The subscription as the boxes stand for it.
    private var base: SubscriptionDetail?

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = SubscriptionSubject(fields, model) else { return nil }
        self.init(fields: FormFields(restoring: fields), target: target)
        originals = FormOriginals(fields)
        if let detail = model.details[target.id] { follow(detail) }
        self.fields.lay(out: rows(model))
    }

    init(fields: FormFields, target: SubscriptionSubject) {
        self.fields = fields
        self.target = target
        originals = FormOriginals([:])
    }

    var kept: [String: String] {
        target.kept.merging(originals.kept(beside: fields)) { _, latest in latest }
    }

    private static func row(_ kind: PriceAnswer.Kind, of place: Int) -> String { "\(kind.rawValue).\(place)" }

    private static func values(_ detail: SubscriptionDetail) -> [String: String] {
        var values: [String: String] = [:]
        for (place, product) in detail.products.enumerated() {
            for kind in PriceAnswer.Kind.allCases { values[row(kind, of: place)] = product.amount(kind)?.text ?? "" }
        }
        return values
    }

    /// The subscription was read anew.
    private mutating func follow(_ detail: SubscriptionDetail) {
        guard detail.products != base?.products else {
            base = detail
            return
        }
        base = detail
        originals.follow(Self.values(detail), &fields)
    }

    // MARK: Rows

    func rows(_ model: Model) -> [FormField] {
        var rows = target.rows(model)
        guard let base else { return rows }
        if base.products.isEmpty { rows.append(.fact("products", "products", "none reported")) }
        for (place, product) in base.products.enumerated() {
            let units = product.quantity.map { "\(grouped($0)) x " } ?? ""
            rows.append(.fact("product.\(place)", "product", units + product.title, note: product.mpn))
            guard base.target(of: place) != nil else {
                rows.append(
                    .fact("unnamed.\(place)", "", "has no MPN or id of its own: its prices cannot be set here"))
                continue
            }
            for kind in PriceAnswer.Kind.allCases { rows.append(row(kind, of: place, product)) }
        }
        return rows
    }

    private func row(_ kind: PriceAnswer.Kind, of place: Int, _ product: SubscriptionProduct) -> FormField {
        let id = Self.row(kind, of: place)
        let label =
            switch kind {
            case .price: "unit price"
            case .cost: "unit cost"
            case .providerCost: "provider's"
            }
        let before = product.amount(kind)
        let width = before?.hasTiers == true || fields[id].contains(":") ? 44 : 16
        let beside = note(kind, of: place, before)
        return .text(id, label, originals.values[id] ?? "", width: width, note: beside.text, noteStyle: beside.style)
    }

    /// Beside a box: the currency, and by how much a unit changes.
    private func note(
        _ kind: PriceAnswer.Kind, of place: Int, _ before: TieredMoney?
    ) -> (text: String, style: Style) {
        let code = currency(kind, of: place) ?? ""
        guard originals.differs(Self.row(kind, of: place), in: fields) else {
            return (before == nil ? "not reported" : code, .faint)
        }
        guard case .success(let after?) = price(kind, of: place), let base else {
            return ("not readable yet", .warning)
        }
        let part = PriceAnswer.Part(kind: kind, product: base.products[place], before: before, after: after)
        let typed = after.amount.currency
        return (part.difference.map { "\(typed), \($0.signed)" } ?? typed, .plain)
    }

    /// In which an amount counts that names none.
    private func currency(_ kind: PriceAnswer.Kind, of place: Int) -> String? {
        guard let base else { return nil }
        let product = base.products[place]
        let known = [product.amount(kind)] + PriceAnswer.Kind.allCases.map(product.amount)
        return known.compactMap { $0?.amount.currency }.first ?? base.totalPrice?.currency
    }

    /// What is typed in a box that the person changed; nil of one that is as it was.
    private func price(_ kind: PriceAnswer.Kind, of place: Int) -> Result<TieredMoney?, FormProblem> {
        let id = Self.row(kind, of: place)
        guard let base, originals.differs(id, in: fields) else { return .success(nil) }
        let text = fields[id].trimmingSpaces()
        if text.isEmpty {
            let was = originals.values[id] ?? ""
            return .failure(
                FormProblem(
                    field: id, text: "This API takes no amount away: write another one, or \(was) again.",
                    short: "cannot be taken away"))
        }
        return TypedPrice.read(
            text, currency: currency(kind, of: place), units: base.products[place].quantity
        ).map(Optional.some).mapError { FormProblem(field: id, text: $0.text, short: "not readable") }
    }

    // MARK: The write

    private var boxes: [(place: Int, kind: PriceAnswer.Kind)] {
        (base?.products.indices ?? 0..<0).flatMap { place in PriceAnswer.Kind.allCases.map { (place, $0) } }
    }

    /// The amounts that can be read and differ from those that are there.
    private var prices: [SpecialPrice] {
        guard let base else { return [] }
        let wanted = boxes.compactMap { place, kind -> PriceAnswer.Wanted? in
            guard case .success(let amount?) = price(kind, of: place) else { return nil }
            return PriceAnswer.Wanted(place: place, kind: kind, amount: amount)
        }
        return PriceAnswer.prices(wanted, of: base)
    }

    func problems(_ model: Model) -> [FormProblem] {
        let found = boxes.compactMap { place, kind -> FormProblem? in
            if case .failure(let problem) = price(kind, of: place) { problem } else { nil }
        }
        if found.isEmpty, case .failure(let problem) = intent(model) { return [problem] }
        return found
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        let first = fields.focus ?? ""
        return target.target(for: .attributes, field: first, model).flatMap { detail in
            for (place, kind) in boxes {
                if case .failure(let problem) = price(kind, of: place) { return .failure(problem) }
            }
            let changed = prices
            guard !changed.isEmpty else {
                return .failure(FormProblem(field: first, text: "No amount is another one yet: nothing would be sent."))
            }
            return .success(.change(detail.subscription, SubscriptionChanges(prices: changed)))
        }
    }

    mutating func receive(_ event: Event, _ model: Model) {
        if case .subscription(target.id, let latest) = event, let detail = latest.value { follow(detail) }
    }

    mutating func outdated(by run: DryRun) -> String? {
        guard let now = run.subscription, let base, Self.values(now) != Self.values(base) else { return nil }
        follow(now)
        return "The prices of subscription \(target.id) were changed meanwhile: look at them again."
    }

    func subject(_ model: Model) -> String { target.subject(model) }

    func append(to page: inout Page, _ model: Model) {
        page.blank()
        page.heading("HOW TO WRITE IT")
        page.paragraph("20.00, or by quantity 1-9: 20.00, 10-: 18.50. A currency may stand behind.", style: .faint)
        guard let base, !prices.isEmpty else { return }
        let answer = PriceAnswer(prices, of: base)
        page.heading("WHAT IT MAKES")
        for line in answer.lines { page.field(line.label, line.text) }
        for warning in answer.warnings { page.paragraph(warning.text + ".", style: .warning) }
        for gap in answer.gaps { page.paragraph(gap + ".", style: .faint) }
    }
}
