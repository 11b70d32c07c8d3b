import Marketplace
import Screen

/// A sales order being filled in: a customer, lines from the catalogue, an end date, a PO number. Or a migration, which has
/// the dates of the subscription that runs elsewhere.
struct OrderForm: WriteForm {
    static let kind = FormKind.order
    var title: String { isMigration ? "migration" : "new order" }
    /// Whether what is ordered runs elsewhere, and is brought into the marketplace.
    let isMigration: Bool
    var fields: FormFields
    private(set) var customer: Account.ID?
    private(set) var lines: [OrderFormLine]
    /// What is being chosen over the form.
    private(set) var choice: Choice?
    /// Active subscriptions of the customer that have an end date, soonest first.
    private(set) var running: [Subscription] = []
    private var validated: [Int: [Parameter]] = [:]
    private let firstNumber: String
    private var nextNumber: Int

    enum Choice {
        case customer(CustomerChooser)
        case product(CatalogPane)
    }

    /// Lines that one order may have; what a person can still look over.
    static let mostLines = 20

    init(product: Product, customer: Account.ID?, isMigration: Bool = false, _ model: Model) {
        self.init(
            customer: customer, lines: [OrderFormLine(number: 1, product: product)], isMigration: isMigration, [:],
            model)
    }

    init?(_ fields: [String: String], _ model: Model) {
        let numbers = fields["lines"]?.split(separator: " ").compactMap { Int($0) } ?? []
        let lines = numbers.compactMap { OrderFormLine(number: $0, fields) }
        guard !lines.isEmpty else { return nil }
        let customer = fields["customer"].flatMap { $0.isEmpty ? nil : Account.ID($0) }
        self.init(
            customer: customer, lines: lines, isMigration: fields["migration"] == "yes", fields, model)
    }

    func account(_ model: Model) -> Account.ID? { customer }

    private init(
        customer: Account.ID?, lines: [OrderFormLine], isMigration: Bool, _ fields: [String: String], _ model: Model
    ) {
        self.isMigration = isMigration
        self.fields = FormFields(restoring: fields)
        self.customer = customer
        self.lines = lines
        firstNumber = model.freshPONumber
        nextNumber = (lines.map(\.number).max() ?? 0) + 1
        if customer == nil { choice = .customer(CustomerChooser()) }
        self.fields.lay(out: rows(model))
        self.fields.focus(on: lines[0].row(lines[0].product == nil ? "head" : "quantity"))
    }

    func subject(_ model: Model) -> String {
        let first = lines.first.map { line in
            "\(fields[line.row("quantity")]) x \(line.product?.title ?? line.wanted.mpn)"
        }
        let more = lines.count > 1 ? " and \(lines.count - 1) more" : ""
        return (first ?? "no lines") + more + (customer.map { " for \(model.idFirst($0))" } ?? "")
    }

    var kept: [String: String] {
        var kept = ["lines": lines.map { String($0.number) }.joined(separator: " ")]
        kept["customer"] = customer?.rawValue
        if isMigration { kept["migration"] = "yes" }
        for line in lines { kept.merge(line.kept) { _, latest in latest } }
        return kept
    }

    // MARK: Rows

    /// The line whose own rows are shown: the one with the cursor, else the first.
    private var openLine: Int? {
        let focused = lines.first { fields.focus?.hasPrefix("line.\($0.number).") == true }
        return (focused ?? (lines.count == 1 ? lines.first : nil))?.number
    }

    func rows(_ model: Model) -> [FormField] {
        let entry = customer.flatMap { model.accounts[$0] }
        var rows: [FormField] = [
            .opens(
                "customer", "customer", customer.map { "\(model.name(of: $0))  \($0)" } ?? "Enter chooses one",
                note: customer.map { model.standing(of: $0) } ?? "",
                noteStyle: entry?.status == .active ? .faint : .warning)
        ]
        for (place, line) in lines.enumerated() {
            let label = lines.count == 1 ? "product" : "line \(place + 1)"
            rows += line.rows(
                label: label, fields, held: holding(line, model), addingKey: model.keymap.name(of: .addUnits),
                isOpen: openLine == line.number)
        }
        if lines.count < Self.mostLines { rows.append(.opens("add", "", "+ add a line from the catalogue")) }
        let ends = endDates
        if isMigration {
            rows += migrationRows(model)
        } else if ends.count > 1 {
            rows.append(.choice("end", "term ends", ends))
        }
        rows.append(.poNumber(firstNumber))
        return rows
    }

    /// The end dates that every product of the order lets be chosen; one or none is no choice.
    private var endDates: [FormField.Choice] {
        let products = lines.compactMap(\.product)
        guard products.count == lines.count,
            products.allSatisfy({ ["ALLOWED", "MANDATORY"].contains($0.coterming?.uppercased()) })
        else { return [] }
        var choices: [FormField.Choice] = []
        if products.allSatisfy({ $0.coterming?.uppercased() == "ALLOWED" }) {
            choices.append(.init(value: "own", label: "its own term"))
        }
        if products.allSatisfy({ $0.cotermingType?.uppercased() == "SUBSCRIPTION" }) {
            choices += running.map { row in
                .init(
                    value: row.id.rawValue,
                    label: "co-terms with \(row.id), ends \(row.termEnd?.spoken ?? "not reported"), \(row.name)")
            }
        }
        if products.allSatisfy({ $0.cotermingType?.uppercased() == "END_OF_MONTH" }) {
            choices.append(.init(value: "month", label: "the end of a month"))
        }
        return choices
    }

    private var alignment: EndDateAlignment? {
        guard endDates.count > 1 else { return nil }
        switch fields["end"] {
        case "own", "": return nil
        case "month": return .endOfMonth
        case let id: return .onSubscription(.init(id))
        }
    }

    // MARK: What the rows say

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        order(model).flatMap { order in
            if let problem = lines.compactMap({ $0.refusal(fields) }).first { return .failure(problem) }
            return draft(of: order, model).map { .place($0) }
        }
    }

    func priced(_ model: Model) -> OrderDraft? { try? order(model).flatMap { draft(of: $0, model) }.get() }

    private func draft(of order: SalesOrder, _ model: Model) -> Result<OrderDraft, FormProblem> {
        isMigration ? migration(of: order, model).map { .migration($0) } : .success(.sales(order))
    }

    /// The order as the rows say it, whether or not its parameters suffice.
    private func order(_ model: Model) -> Result<SalesOrder, FormProblem> {
        guard let customer else { return .failure(FormProblem(field: "customer", text: "Choose a customer first.")) }
        if let reason = model.orderingRefusal(of: customer) {
            return .failure(FormProblem(field: "customer", text: reason))
        }
        var ordered: [SalesOrder.Line] = []
        for line in lines {
            switch line.line(fields) {
            case .success(let line): ordered.append(line)
            case .failure(let problem): return .failure(problem)
            }
        }
        return fields.poNumber.map { number in
            SalesOrder(customer: customer, lines: ordered, poNumber: number, alignment: alignment)
        }
    }

    // MARK: Questions and answers

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = []
        switch choice {
        case .customer(let chooser): requests += chooser.requests()
        case .product(let pane): requests += pane.queries(model)
        case nil: break
        }
        if let customer {
            requests.append(.account(AccountKey(kind: .customer, id: customer)))
            requests.append(.subscriptions(SubscriptionQuery(customer: customer)))
        }
        for line in lines where line.product == nil { requests.append(.products(ProductQuery(mpn: line.wanted.mpn))) }
        return requests + twins.map { .subscription($0.id) }
    }

    func settledQueries(_ model: Model) -> [DataQuery] {
        if case .customer(let chooser) = choice { return chooser.settledQueries() }
        return []
    }

    /// A verdict on the parameters of each line whose parameters changed since the last one.
    mutating func questions(_ model: Model) -> [Effect] {
        guard let customer else { return [] }
        var effects: [Effect] = []
        for line in lines {
            guard case .success(let ordered) = line.line(fields), validated[line.number] != ordered.parameters else {
                continue
            }
            validated[line.number] = ordered.parameters
            effects.append(.validate(SalesOrder(customer: customer, lines: [ordered], poNumber: "")))
        }
        return effects
    }

    mutating func askAboutParametersAgain() {
        for line in lines where !line.isJudged(fields) { validated[line.number] = nil }
    }

    mutating func takeEffects() -> [Effect] {
        var effects: [Effect] = []
        switch choice {
        case .customer(var chooser):
            effects = chooser.takeEffects()
            choice = .customer(chooser)
        case .product(var pane):
            effects = pane.takeEffects()
            choice = .product(pane)
        case nil: break
        }
        return effects
    }

    mutating func receive(_ event: Event, _ model: Model) {
        switch event {
        case .validated(let asked, .success(let verdicts)): receive(verdicts, on: asked)
        case .validated(let asked, .failure):
            for line in asked.lines {
                for place in lines.indices where lines[place].product?.id == line.product.id {
                    lines[place].missVerdict(on: line.parameters)
                }
            }
        case .products(let query, let latest):
            guard let rows = latest.value?.rows, let mpn = query.mpn else { break }
            for place in lines.indices where lines[place].wanted.mpn == mpn { find(place, in: rows, model) }
        case .subscriptions(let query, let latest) where query == SubscriptionQuery(customer: customer):
            let active = latest.value?.rows.filter { $0.status == .active && $0.termEnd != nil } ?? []
            running = active.sorted { ($0.expires ?? model.today) < ($1.expires ?? model.today) }
        default: break
        }
        switch choice {
        case .customer(var chooser):
            chooser.receive(event, model)
            choice = .customer(chooser)
        case .product(var pane):
            _ = pane.update(event, model)
            choice = .product(pane)
        case nil: break
        }
    }

    /// Takes a line's product from the catalogue. Whoever waited on the line goes to its units.
    private mutating func find(_ place: Int, in rows: [Product], _ model: Model) {
        let isAwaited = lines[place].product == nil && fields.focus == lines[place].row("head")
        lines[place].find(in: rows)
        guard isAwaited, lines[place].product != nil else { return }
        fields.lay(out: self.rows(model))
        fields.focus(on: lines[place].row("quantity"))
    }

    private mutating func receive(_ verdicts: [ParameterVerdict], on asked: SalesOrder) {
        guard asked.customer == customer, let judged = asked.lines.first,
            let place = lines.firstIndex(where: { $0.product?.id == judged.product.id }),
            case .success(let current) = lines[place].line(fields), current.parameters == judged.parameters
        else { return }
        lines[place].receive(verdicts, on: judged.parameters)
    }

    /// Subscriptions of the customer that hold the same by name; their details say whether it is the same MPN.
    private var twins: [Subscription] {
        let names = lines.compactMap(\.product?.title)
        return Array(running.filter { names.contains($0.name) }.prefix(3))
    }

    /// The line with the cursor, or the first, whose MPN a running subscription of the customer holds already.
    func holding(_ model: Model) -> (detail: SubscriptionDetail, line: OrderFormLine)? {
        let here = lines.filter { $0.number == openLine }
        for line in here + lines { if let detail = holding(line, model) { return (detail, line) } }
        return nil
    }

    private func holding(_ line: OrderFormLine, _ model: Model) -> SubscriptionDetail? {
        model.subscription(of: customer, with: line.wanted.mpn, by: line.wanted.vendor)
    }
}

extension OrderForm {
    // Changes that the choices and keys make.

    mutating func choose(_ latest: Choice?) { choice = latest }

    mutating func take(customer latest: Account.ID) {
        if latest != customer { running = [] }
        customer = latest
        validated = [:]
        choice = nil
        if let line = lines.first { fields.focus(on: line.row("quantity")) }
    }

    /// - Returns: what to say, or nil.
    mutating func add(_ product: Product, _ model: Model) -> Notice? {
        choice = nil
        if let line = lines.first(where: { $0.product?.id == product.id }) {
            fields.focus(on: line.row("quantity"))
            return Notice(.info, "\(product.title) for this term is in the order already: change its units.")
        }
        let line = OrderFormLine(number: nextNumber, product: product)
        nextNumber += 1
        lines.append(line)
        // The new line's head must stand before the cursor can go there, and the cursor before its rows open.
        fields.lay(out: rows(model))
        fields.focus(on: line.row("head"))
        fields.lay(out: rows(model))
        fields.focus(on: line.row("quantity"))
        return nil
    }

    mutating func removeLine() -> Notice {
        guard lines.count > 1 else { return Notice(.info, "An order needs one line. Esc leaves the form.") }
        guard let place = lines.firstIndex(where: { fields.focus?.hasPrefix("line.\($0.number).") == true }) else {
            return Notice(.info, "Put the cursor on the line first.")
        }
        let line = lines.remove(at: place)
        validated[line.number] = nil
        fields.forget("line.\(line.number).")
        return Notice(.done, "\(line.product?.title ?? line.wanted.mpn) removed from the order.")
    }
}
