import Marketplace
import Rows
import Screen

/// One line of an order being filled in.
struct OrderFormLine: Sendable {
    /// Stays the same while lines come and go; the line's rows are named after it.
    let number: Int
    /// What is wanted, until the catalogue's product was read.
    let wanted: Wanted
    /// The catalogue's row; nil while it is looked for.
    var product: Product?
    /// Why there is no product, once the catalogue was asked.
    var problem: String?
    /// Parameters that the marketplace asked for, with its verdict on their values.
    private(set) var verdicts: [ParameterVerdict] = []
    /// Names of parameters that stand in the form because an earlier order or a draft had them.
    private let given: [String]
    /// How the values of those are written that are no text.
    private let forms: [String: Parameter.Form]
    /// The parameters that the verdicts are about.
    private var judged: [Parameter]?
    /// Parameters about which the marketplace was asked without an answer.
    private var unjudged: [Parameter]?
    let firstQuantity: String

    /// How a draft, or an earlier order, names a product.
    struct Wanted: Equatable, Sendable {
        var id: Product.ID?
        var mpn: String
        var vendor: String?
        /// In words.
        var term: String?
        var billing: String?
    }

    init(number: Int, product: Product) {
        self.number = number
        wanted = Wanted(id: product.id, mpn: product.mpn, vendor: product.vendor)
        given = []
        forms = [:]
        self.product = product
        firstQuantity = String(max(1, Int(product.minimumQuantity?.cut(fractionDigits: 0) ?? "1") ?? 1))
    }

    /// A line as `fields` keep it.
    init?(number: Int, _ fields: [String: String]) {
        guard let mpn = fields["line.\(number).mpn"], !mpn.isEmpty else { return nil }
        self.number = number
        wanted = Wanted(
            id: fields["line.\(number).id"].map { .init($0) }, mpn: mpn, vendor: fields["line.\(number).vendor"],
            term: fields["line.\(number).term"], billing: fields["line.\(number).billing"])
        firstQuantity = "1"
        let prefix = "line.\(number).parameter."
        given = fields.keys.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }.sorted()
        var forms: [String: Parameter.Form] = [:]
        for name in given { forms[name] = fields["line.\(number).form.\(name)"].flatMap(Parameter.Form.init) }
        self.forms = forms
    }

    func row(_ name: String) -> String { "line.\(number).\(name)" }

    var kept: [String: String] {
        var kept = [row("mpn"): wanted.mpn]
        kept[row("id")] = wanted.id?.rawValue
        kept[row("vendor")] = wanted.vendor
        kept[row("term")] = wanted.term
        kept[row("billing")] = wanted.billing
        for (name, form) in forms { kept[row("form.\(name)")] = form.rawValue }
        return kept
    }

    /// Takes the product from the catalogue's rows of its MPN. More than one that may be meant is none.
    mutating func find(in rows: [Product]) {
        guard product == nil else { return }
        var alike = rows.filter { $0.mpn == wanted.mpn && (wanted.vendor == nil || $0.vendor == wanted.vendor) }
        if wanted.id == nil, alike.count > 1, wanted.term != nil || wanted.billing != nil {
            alike = alike.filter {
                $0.subscriptionPeriod?.spoken == wanted.term && $0.billingPeriod?.spoken == wanted.billing
            }
        }
        if let exact = rows.first(where: { $0.id == wanted.id }) {
            product = exact
        } else if alike.count == 1, wanted.id == nil {
            product = alike[0]
        } else {
            problem =
                alike.isEmpty
                ? "The catalogue has no \(wanted.mpn) any more: remove the line."
                : "\(wanted.mpn) is sold in \(alike.count) ways: remove the line and add the one you mean."
        }
        if product != nil { problem = nil }
    }

    // MARK: Rows

    /// - Parameters:
    ///   - held: A running subscription of the customer with the same MPN.
    ///   - addingKey: Adds the units there instead.
    ///   - isOpen: Whether its own rows are shown; the others are one row each.
    func rows(
        label: String, _ fields: FormFields, held: SubscriptionDetail?, addingKey: String, isOpen: Bool
    ) -> [FormField] {
        guard let product else {
            return [
                .opens(
                    row("head"), label, wanted.mpn, note: problem ?? "being read…",
                    noteStyle: problem == nil ? .faint : .warning)
            ]
        }
        guard isOpen else {
            return [
                .opens(
                    row("head"), label, "\(fields[row("quantity")]) x \(product.title)",
                    note: "\(product.mpn)  "
                        + termAndBilling(term: product.subscriptionPeriod, billing: product.billingPeriod))
            ]
        }
        var rows: [FormField] = [
            .opens(row("head"), label, product.title),
            .fact(row("offer"), "", ReviewWords.exact(product)),
            .text(
                row("quantity"), "units", firstQuantity, width: 10,
                note: product.quantityLimits + Self.words(of: held, key: addingKey),
                noteStyle: held == nil ? .faint : .warning),
        ]
        let isJudged = isJudged(fields)
        let pending = isUnjudged(fields) ? "not checked: no answer" : "being checked…"
        rows += parameterNames.map { name in row(ofParameter: name, isJudged: isJudged, pending: pending) }
        rows.append(.text(row("others"), "parameters", note: "name=value; optional"))
        return rows
    }

    private static func words(of held: SubscriptionDetail?, key: String) -> String {
        guard let held else { return "" }
        return "; \(held.subscription.id) holds \(held.quantity.map(grouped) ?? "some"): \(key) adds there"
    }

    /// Parameters that have a row: those asked for, and those that stood there from the start.
    private var parameterNames: [String] {
        verdicts.map(\.name) + given.filter { name in !verdicts.contains { $0.name == name } }
    }

    /// - Parameter pending: Where the marketplace has not judged, why.
    private func row(ofParameter name: String, isJudged: Bool, pending: String) -> FormField {
        let id = row("parameter.\(name)")
        guard let verdict = verdicts.first(where: { $0.name == name }) else {
            return .text(id, name, note: isJudged ? "not asked for" : pending)
        }
        let (note, style): (String, Style) =
            switch (isJudged, verdict.isAccepted) {
            case (false, _): (pending, .faint)
            case (true, true): ("checked: valid", .good)
            case (true, false): (verdict.message ?? "refused", .warning)
            }
        guard !verdict.choices.isEmpty else {
            return .text(id, verdict.name, note: note, noteStyle: style)
        }
        let choices =
            [FormField.Choice(value: "", label: "not chosen")]
            + verdict.choices.map { FormField.Choice(value: $0, label: $0) }
        return .choice(id, verdict.name, choices, note: note)
    }

    // MARK: What the rows say

    func line(_ fields: FormFields) -> Result<SalesOrder.Line, FormProblem> {
        guard let product else {
            return .failure(FormProblem(field: row("head"), text: problem ?? "\(wanted.mpn) is being read; wait."))
        }
        let typed = fields[row("quantity")].trimmingSpaces()
        if let how = TypedNumber(typed).howToWrite {
            return .failure(FormProblem(field: row("quantity"), text: "\u{201C}\(typed)\u{201D} \(how)"))
        }
        guard let units = TypedNumber(typed).whole, units <= 1_000_000 else {
            return .failure(
                FormProblem(field: row("quantity"), text: "The units must be a whole number."))
        }
        if let reason = product.refusal(ofQuantity: units) {
            return .failure(FormProblem(field: row("quantity"), text: reason))
        }
        return parameters(fields).map { SalesOrder.Line(product: product, quantity: units, parameters: $0) }
    }

    private func parameters(_ fields: FormFields) -> Result<[Parameter], FormProblem> {
        var given: [Parameter] = parameterNames.compactMap { name in
            let value = fields[row("parameter.\(name)")]
            return value.isEmpty ? nil : Parameter(name: name, value: value, form: forms[name] ?? .text)
        }
        for pair in fields[row("others")].split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                return .failure(
                    FormProblem(
                        field: row("others"), text: "Write other parameters as name=value, separated by spaces."))
            }
            given.append(Parameter(name: parts[0], value: parts[1]))
        }
        return .success(given)
    }

    /// Whether the marketplace judged the parameters as they stand.
    func isJudged(_ fields: FormFields) -> Bool {
        guard case .success(let given) = parameters(fields) else { return false }
        return given == judged
    }

    private func isUnjudged(_ fields: FormFields) -> Bool {
        guard case .success(let given) = parameters(fields) else { return false }
        return given == unjudged && given != judged
    }

    mutating func missVerdict(on asked: [Parameter]) { unjudged = asked }

    /// What the marketplace refused of the parameters as they stand.
    func refusal(_ fields: FormFields) -> FormProblem? {
        guard isJudged(fields), let verdict = verdicts.first(where: { !$0.isAccepted }) else { return nil }
        let id = row("parameter.\(verdict.name)")
        return FormProblem(
            field: id,
            text: fields[id].isEmpty
                ? "This product needs the parameter \(verdict.name)."
                : verdict.message ?? "The marketplace refuses this \(verdict.name).")
    }

    /// - Parameter asked: The parameters that were judged.
    mutating func receive(_ latest: [ParameterVerdict], on asked: [Parameter]) {
        judged = asked
        for verdict in latest {
            if let place = verdicts.firstIndex(where: { $0.name == verdict.name }) {
                verdicts[place] = verdict
            } else {
                verdicts.append(verdict)
            }
        }
    }
}
