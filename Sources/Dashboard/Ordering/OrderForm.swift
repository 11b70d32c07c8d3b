import Marketplace
import Screen

/// A sales order being filled in.
struct OrderForm: WriteForm {
    static let kind = FormKind.order
    let title = "new order"
    var fields = FormFields()
    let product: Product
    private(set) var customer: Account.ID?
    /// Open while the customer is being chosen.
    private(set) var chooser: CustomerChooser?
    /// Parameters that the marketplace asked for, with its verdict on what stands there.
    private(set) var verdicts: [ParameterVerdict] = []
    private var validated: SalesOrder?
    private let firstNumber: String

    init(product: Product, customer: Account.ID?, _ known: Known) {
        self.product = product
        self.customer = customer
        firstNumber = known.freshPONumber
        fields.lay(out: rows(known))
        fields.focus(on: customer == nil ? "customer" : "quantity")
        if customer == nil { chooser = CustomerChooser() }
    }

    func rows(_ known: Known) -> [FormField] {
        let minimum = Int(product.minimumQuantity?.cut(fractionDigits: 0) ?? "1") ?? 1
        var rows: [FormField] = [
            .opens(
                "customer", "customer", customer.map { "\(known.name(of: $0))  \($0)" } ?? "Enter chooses one",
                note: customer.flatMap { known.accounts[$0]?.status.word } ?? ""),
            .fact("product", "product", product.name),
            .fact("offer", "", ReviewWords.exact(product)),
            .text("quantity", "quantity", String(max(1, minimum)), width: 10, note: product.quantityLimits),
            .text("po", "PO number", firstNumber, width: 26, note: "recognises the order"),
        ]
        for verdict in verdicts {
            let note = verdict.isAccepted ? "ok" : verdict.message ?? "refused"
            rows.append(
                .text(
                    "parameter.\(verdict.name)", verdict.name, note: note,
                    noteStyle: verdict.isAccepted ? .good : .warning))
        }
        rows.append(.text("others", "parameters", note: "name=value, if any"))
        return rows
    }

    func intent(_ known: Known) -> Result<WriteIntent, FormProblem> {
        order(known).flatMap { order in
            if let verdict = verdicts.first(where: { !$0.isAccepted && fields["parameter.\($0.name)"].isEmpty }) {
                return .failure(
                    FormProblem(
                        field: "parameter.\(verdict.name)", text: "This product needs the parameter \(verdict.name)."))
            }
            return .success(.place(.sales(order)))
        }
    }

    func priced(_ known: Known) -> OrderDraft? { (try? order(known).get()).map { .sales($0) } }

    /// The order as the rows say it, whether or not its parameters suffice.
    private func order(_ known: Known) -> Result<SalesOrder, FormProblem> {
        guard let customer else { return .failure(FormProblem(field: "customer", text: "Choose a customer first.")) }
        if let status = known.accounts[customer]?.status {
            let account = Account(id: customer, kind: .customer, name: known.name(of: customer), status: status)
            if let reason = account.orderingRefusal { return .failure(FormProblem(field: "customer", text: reason)) }
        }
        guard let units = Int(fields["quantity"].trimmingSpaces()), units <= 1_000_000 else {
            return .failure(FormProblem(field: "quantity", text: "The quantity must be a whole number of units."))
        }
        if let reason = product.refusal(ofQuantity: units) {
            return .failure(FormProblem(field: "quantity", text: reason))
        }
        let number = fields["po"].trimmingSpaces()
        guard !number.isEmpty else {
            return .failure(
                FormProblem(
                    field: "po",
                    text: "Give a PO number: it is how the order is recognised if the answer gets lost."))
        }
        return parameters().map { given in
            SalesOrder(
                customer: customer,
                lines: [SalesOrder.Line(product: product, quantity: units, parameters: given)], poNumber: number)
        }
    }

    private func parameters() -> Result<[Parameter], FormProblem> {
        var given: [Parameter] = verdicts.compactMap { verdict in
            let value = fields["parameter.\(verdict.name)"]
            return value.isEmpty ? nil : Parameter(name: verdict.name, value: value)
        }
        for pair in fields["others"].split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                return .failure(
                    FormProblem(field: "others", text: "Write other parameters as name=value, separated by spaces."))
            }
            given.append(Parameter(name: parts[0], value: parts[1]))
        }
        return .success(given)
    }

    // MARK: Questions and answers

    func requests(_ known: Known) -> [Request] {
        var requests = chooser?.requests() ?? []
        if let customer {
            requests.append(.account(AccountKey(kind: .customer, id: customer)))
            requests.append(.subscriptions(SubscriptionQuery(customer: customer)))
        }
        return requests
    }

    func settledRequests(_ known: Known) -> [Request] { chooser?.settledRequests() ?? [] }

    /// A verdict on the parameters, when they or the customer changed since the last one.
    mutating func questions(_ known: Known) -> [Effect] {
        guard case .success(let order) = order(known) else { return [] }
        var alike = order
        alike.poNumber = ""
        alike.lines[0].quantity = 1
        guard validated != alike else { return [] }
        validated = alike
        return [.validate(order)]
    }

    mutating func takeEffects() -> [Effect] { chooser?.takeEffects() ?? [] }

    mutating func receive(_ event: Event, _ known: Known) {
        chooser?.receive(event, known)
        guard case .validated(let asked, .success(let latest)) = event, case .success(let order) = order(known),
            order.customer == asked.customer, order.lines[0].parameters == asked.lines[0].parameters
        else { return }
        for verdict in latest {
            if let place = verdicts.firstIndex(where: { $0.name == verdict.name }) {
                verdicts[place] = verdict
            } else {
                verdicts.append(verdict)
            }
        }
    }

    // MARK: Choosing the customer

    var isChoosing: Bool { chooser != nil }

    mutating func open(_ row: String, _ known: Known) -> [Reaction] {
        if row == "customer" { chooser = CustomerChooser() }
        return []
    }

    mutating func take(_ key: Key, _ known: Known) -> [Reaction]? {
        guard var chooser else { return nil }
        let outcome = chooser.take(key, known)
        self.chooser = chooser
        switch outcome {
        case .chosen(let id):
            customer = id
            self.chooser = nil
            fields.focus(on: "quantity")
        case .left:
            self.chooser = nil
            if customer == nil { return [.open(.back)] }
        case nil: break
        }
        return []
    }

    mutating func layout(_ room: Room) { chooser?.layout(room.whole) }

    func drawChoice(on canvas: inout Canvas, in room: Room, _ known: Known) {
        chooser?.draw(on: &canvas, in: room.whole, known)
    }

    func append(to page: inout Page, _ known: Known) {
        let held = known.details.values.filter { detail in
            detail.subscription.customer == customer && detail.subscription.status == .active
                && detail.products.contains { $0.mpn == product.mpn }
        }
        guard let detail = held.min(by: { $0.subscription.id.rawValue < $1.subscription.id.rawValue }) else { return }
        let units = detail.quantity.map { " with \(counted($0, "unit"))" } ?? ""
        page.paragraph(
            "The customer already holds this MPN: subscription \(detail.subscription.id)\(units). This order makes a "
                + "separate one.", style: .warning)
    }

    func help() -> [KeyHelp] { chooser == nil ? [] : CustomerChooser.help }
}
