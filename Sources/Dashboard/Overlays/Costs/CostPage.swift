import Marketplace
import Rows
import Screen

/// What a number of units is asked the price of: a product, or what a subscription holds.
enum CostSubject: Equatable {
    case product(Product)
    case subscription(SubscriptionDetail)
}

/// What n units would cost, side by side for all offers with one MPN, and what a subscription would cost on the plans that
/// it can be switched to: a month and over the term by the prices, and at once by an estimate. It asks questions only: nothing is written, and no form is begun before Enter.
struct CostPage {
    let subject: CostSubject
    /// Whose price it is; nil while no customer is in view.
    let customer: Account.ID?
    private(set) var field: TextField
    /// Whether nothing was typed: the first digit takes the place of the units that stand there.
    private var isFirst = true
    private(set) var offers = Snapshot<[Product]>()
    private(set) var cursor = ListCursor<Row.ID>()
    /// The subscription's plan, and those it can be switched to.
    private(set) var plans: [Plan.ID: Snapshot<PlanDetail>] = [:]
    /// What was answered, by what was asked.
    private(set) var estimates: [OrderDraft: Result<Estimate, MarketplaceError>] = [:]
    /// What is being asked: one estimate at a time.
    private(set) var asked: OrderDraft?

    /// Estimates that are asked for at most, the offer on the cursor first.
    private static let mostAsked = 8
    private static let mostDigits = 6

    init(_ subject: CostSubject, _ model: Model) {
        self.subject = subject
        switch subject {
        case .product(let product):
            customer = model.customer
            let least = Int(product.minimumQuantity?.cut(fractionDigits: 0) ?? "1") ?? 1
            field = TextField(String(max(1, least)))
            cursor = ListCursor(selected: .offer(product.id))
        case .subscription(let detail):
            customer = detail.subscription.customer
            field = TextField(detail.products.first?.quantity.map(String.init) ?? "1")
        }
    }

    var mpn: String {
        switch subject {
        case .product(let product): product.mpn
        case .subscription(let detail): detail.products.first?.mpn ?? ""
        }
    }

    var title: String {
        switch subject {
        case .product(let product): product.title
        case .subscription(let detail): detail.products.first?.title ?? detail.subscription.title
        }
    }

    var units: Int { Int(field.text) ?? 0 }

    // MARK: Offers

    /// The product as the subscription holds it, where this offer is the one it holds.
    private func held(_ product: Product) -> SubscriptionProduct? {
        guard case .subscription(let detail) = subject, let held = detail.products.first else { return nil }
        if let id = held.product { return id == product.id ? held : nil }
        let row = detail.subscription
        let isSame =
            held.vendor == product.vendor && row.subscriptionPeriod == product.subscriptionPeriod
            && row.billingPeriod == product.billingPeriod
        return isSame ? held : nil
    }

    /// What each offer would cost.
    var simulations: [CostSimulation] {
        (offers.value ?? []).map { CostSimulation($0, units: units, held: held($0)) }
    }

    /// A way of the subscription's plan to another plan or term.
    struct Way: Equatable {
        var target: PlanSwitch
        var period: Period
        /// The new plan; nil until it was read.
        var plan: Plan?
        /// What it would cost, once the estimate names the offer; of the units that are held.
        var simulation: CostSimulation?

        var name: String {
            guard let name = plan?.name, !name.isEmpty else { return "plan \(target.plan)" }
            return name
        }
    }

    enum Row: Identifiable {
        case offer(CostSimulation)
        case way(Way)

        enum ID: Hashable, Sendable {
            case offer(Product.ID)
            case way(Plan.ID, Period)
        }

        var id: ID {
            switch self {
            case .offer(let offer): .offer(offer.id)
            case .way(let way): .way(way.target.plan, way.period)
            }
        }
    }

    var detail: SubscriptionDetail? { if case .subscription(let detail) = subject { detail } else { nil } }

    /// The switches that the subscription's plan allows, as far as plans were read.
    var ways: [Way] {
        guard let detail, let plan = detail.plan.flatMap({ plans[$0]?.value }) else { return [] }
        return plan.switches(from: detail.subscription.subscriptionPeriod).compactMap { target in
            let plan = plans[target.plan]?.value?.plan
            guard let period = target.period(on: plan) else { return nil }
            var way = Way(target: target, period: period, plan: plan)
            if let draft = draft(way), case .success(let estimate)? = estimates[draft],
                let product = offers.value?.first(where: { offer in estimate.lines.contains { $0.product == offer.id } }
                ),
                let units = detail.quantity
            {
                way.simulation = CostSimulation(product, units: units)
            }
            return way
        }
    }

    var rows: [Row] { simulations.map { .offer($0) } + ways.map { .way($0) } }

    var selected: Row? { rows.first { $0.id == cursor.selected } }

    private var products: ProductQuery { ProductQuery(mpn: mpn) }

    /// The order whose estimate says what an offer costs at once; nil where there is nothing to ask.
    func draft(_ simulation: CostSimulation) -> OrderDraft? {
        guard let customer, simulation.refusal == nil else { return nil }
        if let held = held(simulation.product), case .subscription(let detail) = subject {
            guard simulation.units != held.quantity else { return nil }
            return .change(ChangeOrder(of: detail, held, total: simulation.units, poNumber: "", waitsForRenewal: false))
        }
        let line = SalesOrder.Line(product: simulation.product, quantity: simulation.units, parameters: [])
        return .sales(SalesOrder(customer: customer, lines: [line], poNumber: ""))
    }

    func draft(_ way: Way) -> OrderDraft? {
        guard let row = detail?.subscription else { return nil }
        return .planSwitch(
            PlanSwitchOrder(
                customer: row.customer, subscription: row.id, plan: way.target.plan, period: way.period, poNumber: ""))
    }

    func draft(_ row: Row) -> OrderDraft? {
        switch row {
        case .offer(let offer): draft(offer)
        case .way(let way): draft(way)
        }
    }

    // MARK: Events

    mutating func receive(_ event: Event) {
        switch event {
        case .products(let query, let latest) where query == products:
            let mpn = mpn
            offers = latest.map { $0.rows.filter { $0.mpn == mpn }.sorted(by: Product.precedes) }
            if cursor.selected == nil, let own = offers.value?.first(where: { held($0) != nil }) {
                cursor = ListCursor(selected: .offer(own.id))
            }
            cursor.settle(in: rows.map(\.id))
        case .plan(let id, let latest):
            plans[id] = latest
            cursor.settle(in: rows.map(\.id))
        case .estimated(let order, let result) where order == asked:
            estimates[order] = result
            asked = nil
        default: break
        }
    }

    /// The next estimate to ask for.
    mutating func nextQuestion() -> [Effect] {
        let rows = rows
        let first = rows.filter { $0.id == cursor.selected } + rows.filter { $0.id != cursor.selected }
        let drafts = first.prefix(Self.mostAsked).compactMap { draft($0) }
        if let asked, drafts.contains(asked) { return [] }
        asked = drafts.first { estimates[$0] == nil }
        return asked.map { [.estimate($0)] } ?? []
    }

    mutating func take(_ key: Key, _ model: Model, visible: Int) -> [Reaction] {
        switch key {
        case .escape, "q", "$": return [.close]
        case .enter: return open(model)
        case .character(let character) where character.isNumber && character.isASCII:
            if isFirst { field = TextField() }
            isFirst = false
            if field.characters.count < Self.mostDigits { _ = field.take(key) }
            return []
        case .backspace, .delete, .left, .right, .control("u"), .control("a"), .control("e"), .control("w"):
            isFirst = false
            _ = field.take(key)
            return []
        default: break
        }
        if let motion = ListCursor<Row.ID>.Motion(key) {
            cursor.move(motion, in: rows.map(\.id), visible: visible)
            return []
        }
        return [.say(Notice(.info, "\(key.name) does nothing here. Type the units; Enter orders, Esc closes."))]
    }

    /// To the form, with the values taken over. What the subscription holds is changed, all else is a new order.
    private func open(_ model: Model) -> [Reaction] {
        let selected: CostSimulation
        switch self.selected {
        case .offer(let offer)?: selected = offer
        case .way(let way)?: return open(way, model)
        case nil: return [.say(Notice(.info, "No offer is read yet."))]
        }
        if let refusal = selected.refusal { return [.say(Notice(.warning, refusal))] }
        if held(selected.product) != nil, case .subscription(let detail) = subject {
            let act = model.refusal(of: .units, on: detail.subscription)
            if let reason = model.readOnlyRefusal ?? act { return [.say(Notice(.warning, reason))] }
            let id = detail.subscription.id.rawValue
            return [.close, .open(.form(.units, ["subscription": id, "units": String(units)]))]
        }
        if let reason = model.readOnlyRefusal { return [.say(Notice(.warning, reason))] }
        return [
            .close, .open(.form(.order, OrderForm.fields(of: selected.product, units: units, customer: customer))),
        ]
    }
}

extension CostPage {
    private func open(_ way: Way, _ model: Model) -> [Reaction] {
        guard let row = detail?.subscription else { return [] }
        if let reason = model.readOnlyRefusal ?? model.refusal(of: .planSwitch, on: row) {
            return [.say(Notice(.warning, reason))]
        }
        let fields = ["subscription": row.id.rawValue, "way": PlanSwitchForm.name(way.target)]
        return [.close, .open(.form(.planSwitch, fields))]
    }
}

extension CostPage: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        take(key, below.model, visible: max(1, below.bands.body.height - 12))
    }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        receive(event)
        return []
    }

    mutating func advance(_ model: Model) -> [Effect] { nextQuestion() }

    func leave(_ model: Model) -> [Reaction] { asked == nil ? [] : [.effect(.stopAsking)] }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.model)
    }
    func position(_ below: String) -> String {
        let count = rows.count
        return count == 0 ? "" : "\(grouped(cursor.index + 1)) of \(grouped(count))"
    }
    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "COST", rows: Self.keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }
    func account(_ model: Model) -> Account.ID? { customer }
    func queries(_ model: Model) -> [DataQuery] {
        guard let own = detail?.plan else { return [.products(products)] }
        let targets = plans[own]?.value?.switches(from: detail?.subscription.subscriptionPeriod).map(\.plan) ?? []
        let all = ([own] + targets).reduce(into: [Plan.ID]()) { if !$0.contains($1) { $0.append($1) } }
        return [.products(products)] + all.map { .plan($0) }
    }
    var asksQuestions: Bool { asked != nil }
    var isAwaiting: Bool { asked != nil }
    var readingID: String { "cost of \(mpn)" }
}

extension OrderForm {
    /// What the form begins with for so many units of one product.
    static func fields(of product: Product, units: Int, customer: Account.ID?) -> [String: String] {
        var fields = ["lines": "1", "line.1.mpn": product.mpn, "line.1.quantity": String(units)]
        fields["customer"] = customer?.rawValue
        fields["line.1.id"] = product.id.rawValue
        fields["line.1.vendor"] = product.vendor.isEmpty ? nil : product.vendor
        fields["line.1.term"] = product.subscriptionPeriod?.spoken
        fields["line.1.billing"] = product.billingPeriod?.spoken
        return fields
    }
}
