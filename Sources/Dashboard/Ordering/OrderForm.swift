import Marketplace
import Screen

/// A sales order being filled in, reviewed and sent. Nothing leaves before the review, and the review sends only after
/// the number of units was typed.
struct OrderForm {
    enum Field: Hashable {
        case customer, quantity, poNumber
        case parameter(Int)
        /// `name=value` pairs for parameters that the marketplace did not ask for.
        case others
    }

    struct ParameterField: Equatable {
        var name: String
        var field = TextField()
        var verdict: ParameterVerdict?
    }

    enum Stage {
        case filling
        case choosingCustomer(CustomerChooser)
        case reviewing(OrderReview)
        case sending(SalesOrder)
        /// The order was sent and nobody can say whether it was taken.
        case unknown(SalesOrder, MarketplaceError)
    }

    let product: Product
    private(set) var customer: Account.ID?
    private(set) var quantity = TextField("1")
    private(set) var poNumber: TextField
    private(set) var parameters: [ParameterField] = []
    private(set) var others = TextField()
    private(set) var focus = Field.quantity
    private(set) var stage = Stage.filling
    /// The latest answer for the order as it stands, and when it came.
    private(set) var estimate: (result: Result<Estimate, MarketplaceError>, at: Instant)?
    /// Why the marketplace refused the order as it was sent last.
    private(set) var refusal: MarketplaceError?
    private var estimatedOrder: SalesOrder?
    private var validatedOrder: SalesOrder?

    init(product: Product, customer: Account.ID?, now: Instant) {
        self.product = product
        self.customer = customer
        let minimum = Int(product.minimumQuantity?.cut(fractionDigits: 0) ?? "1") ?? 1
        quantity = TextField(String(max(1, minimum)))
        let stamp = now.description.filter { $0.isNumber }
        poNumber = TextField("SOUK-\(stamp.prefix(8))-\(stamp.dropFirst(8))")
        if customer == nil {
            focus = .customer
            stage = .choosingCustomer(CustomerChooser())
        }
    }

    var fields: [Field] {
        [.customer, .quantity, .poNumber] + parameters.indices.map { .parameter($0) } + [.others]
    }

    /// The order as the form says it; nil with the reason when it cannot be made.
    func order(_ known: Known) -> Result<SalesOrder, FormProblem> {
        guard let customer else { return .failure(FormProblem(field: .customer, text: "Choose a customer first.")) }
        if let status = known.accounts[customer]?.status {
            let account = Account(id: customer, kind: .customer, name: known.name(of: customer), status: status)
            if let reason = account.orderingRefusal { return .failure(FormProblem(field: .customer, text: reason)) }
        }
        guard let units = Int(quantity.text.trimmingSpaces()), units <= 1_000_000 else {
            return .failure(FormProblem(field: .quantity, text: "The quantity must be a whole number of units."))
        }
        if let reason = product.refusal(ofQuantity: units) {
            return .failure(FormProblem(field: .quantity, text: reason))
        }
        let number = poNumber.text.trimmingSpaces()
        guard !number.isEmpty else {
            return .failure(
                FormProblem(
                    field: .poNumber,
                    text: "Give a PO number: it is how the order is recognised if the answer gets lost."))
        }
        var given: [Parameter] = parameters.compactMap { entry in
            entry.field.isEmpty ? nil : Parameter(name: entry.name, value: entry.field.text)
        }
        for pair in others.text.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                return .failure(
                    FormProblem(field: .others, text: "Write other parameters as name=value, separated by spaces."))
            }
            given.append(Parameter(name: parts[0], value: parts[1]))
        }
        return .success(
            SalesOrder(
                customer: customer,
                lines: [SalesOrder.Line(product: product, quantity: units, parameters: given)], poNumber: number))
    }

    struct FormProblem: Error, Equatable {
        var field: Field
        var text: String
    }

    var isTyping: Bool { true }

    func requests(_ known: Known) -> [Request] {
        var requests: [Request] = []
        if case .choosingCustomer(let chooser) = stage { requests += chooser.requests() }
        if let customer {
            requests.append(.account(AccountKey(kind: .customer, id: customer)))
            requests.append(.subscriptions(SubscriptionQuery(customer: customer)))
        }
        return requests
    }

    func settledRequests() -> [Request] {
        if case .choosingCustomer(let chooser) = stage { return chooser.settledRequests() }
        return []
    }

    mutating func layout(_ rect: Rect) {
        guard case .choosingCustomer(var chooser) = stage else { return }
        chooser.layout(rect)
        stage = .choosingCustomer(chooser)
    }

    /// Asks for a price and a verdict on the parameters when the order changed since the last time.
    mutating func questions(_ known: Known) -> [Effect] {
        guard case .filling = stage, case .success(let order) = order(known) else { return [] }
        var effects: [Effect] = []
        if estimatedOrder != order {
            estimatedOrder = order
            estimate = nil
            effects.append(.estimate(order))
        }
        var validated = order
        validated.poNumber = ""
        validated.lines[0].quantity = 1
        if validatedOrder != validated {
            validatedOrder = validated
            effects.append(.validate(order))
        }
        return effects
    }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        switch event {
        case .key(let key): return take(key, known)
        case .estimated(let order, let result): receive(result, for: order, known)
        case .validated(let order, .success(let verdicts)): receive(verdicts, for: order, known)
        case .placed(_, .failure(let error)): return fail(error, known)
        default:
            if case .choosingCustomer(var chooser) = stage {
                chooser.receive(event)
                stage = .choosingCustomer(chooser)
            }
        }
        return []
    }

    private mutating func receive(
        _ result: Result<Estimate, MarketplaceError>, for order: SalesOrder, _ known: Known
    ) {
        if case .reviewing(var review) = stage {
            review.receive(result, for: order, at: known.now)
            stage = .reviewing(review)
        } else if order == estimatedOrder {
            estimate = (result, known.now)
        }
    }

    private mutating func receive(_ verdicts: [ParameterVerdict], for order: SalesOrder, _ known: Known) {
        guard case .success(let current) = self.order(known), current.lines[0].parameters == order.lines[0].parameters,
            current.customer == order.customer
        else { return }
        for verdict in verdicts {
            if let place = parameters.firstIndex(where: { $0.name == verdict.name }) {
                parameters[place].verdict = verdict
            } else {
                parameters.append(ParameterField(name: verdict.name, verdict: verdict))
            }
        }
    }

    private mutating func fail(_ error: MarketplaceError, _ known: Known) -> [Reaction] {
        guard case .sending(let order) = stage else { return [] }
        if case .outcomeUnknown = error {
            stage = .unknown(order, error)
            return [.say(Notice(.warning, "Not confirmed: the order may or may not exist."))]
        }
        refusal = error
        stage = .filling
        return [.say(Notice(.problem, "Not placed. The reason is above the estimate."))]
    }

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        switch stage {
        case .choosingCustomer(var chooser):
            let outcome = chooser.take(key)
            stage = .choosingCustomer(chooser)
            switch outcome {
            case .chosen(let id):
                customer = id
                stage = .filling
                focus = .quantity
            case .left:
                stage = .filling
                if customer == nil { return [.open(.back)] }
            case nil: break
            }
            return []
        case .reviewing(var review):
            let outcome = review.take(key)
            stage = .reviewing(review)
            switch outcome {
            case .back:
                stage = .filling
                estimatedOrder = nil
                return []
            case .place(let order):
                stage = .sending(order)
                refusal = nil
                return [.effect(.place(order))]
            case .refused(let reason): return [.say(Notice(.warning, reason))]
            case nil: return []
            }
        case .sending:
            return [.say(Notice(.warning, "The order is on its way and cannot be called back; the answer is awaited."))]
        case .unknown(let order, _):
            if key == .enter || key == .escape || key == "q" { return [.open(.orders(of: order.customer))] }
            return [.say(Notice(.info, "Enter shows this customer's orders."))]
        case .filling: return fill(key, known)
        }
    }

    private mutating func fill(_ key: Key, _ known: Known) -> [Reaction] {
        switch key {
        case .escape: return [.open(.back)]
        case .function(10), .control("o"): return review(known)
        case .tab, .down: step(1)
        case .backTab, .up: step(-1)
        case .enter where focus == .customer: stage = .choosingCustomer(CustomerChooser())
        case .enter where focus == fields.last: return review(known)
        case .enter: step(1)
        case .function(5): estimatedOrder = nil
        default: return edit(key)
        }
        return []
    }

    private mutating func edit(_ key: Key) -> [Reaction] {
        let isTaken: Bool
        switch focus {
        case .customer:
            if case .character = key { stage = .choosingCustomer(CustomerChooser()) }
            return []
        case .quantity: isTaken = quantity.take(key)
        case .poNumber: isTaken = poNumber.take(key)
        case .parameter(let place): isTaken = parameters[place].field.take(key)
        case .others: isTaken = others.take(key)
        }
        return isTaken ? [] : [.unused(key)]
    }

    private mutating func step(_ count: Int) {
        let all = fields
        let place = all.firstIndex(of: focus) ?? 0
        focus = all[(place + count + all.count) % all.count]
    }

    private mutating func review(_ known: Known) -> [Reaction] {
        switch order(known) {
        case .failure(let problem):
            focus = problem.field
            return [.say(Notice(.warning, problem.text))]
        case .success(let order):
            if let entry = parameters.first(where: { $0.verdict?.isAccepted == false && $0.field.isEmpty }) {
                focus = parameters.firstIndex(of: entry).map { .parameter($0) } ?? focus
                return [.say(Notice(.warning, "This product needs the parameter \(entry.name)."))]
            }
            var shown: Money?
            if case .success(let latest) = estimate?.result { shown = latest.total }
            stage = .reviewing(OrderReview(order: order, shownTotal: shown))
            return [.effect(.estimate(order)), .effect(.dropTypeAhead)]
        }
    }
}
