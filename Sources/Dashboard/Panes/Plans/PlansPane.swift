import Marketplace
import Rows
import Screen

/// The service plans that the user may see, and one of them in full with the switches it allows.
struct PlansPane: OpeningPane {
    /// From where the plans were opened.
    enum Origin: Equatable, Sendable {
        case everywhere
        /// From a subscription; its detail names its plan, unless it is not read or the marketplace reports none.
        case subscription(Subscription.ID, isRead: Bool, plan: Plan.ID?)
        /// From a product, whose catalogue row names no plan.
        case product(Product)
    }

    let origin: Origin
    var list = RowList<Plan>(.plans)
    var scroll = 0
    private(set) var area = PaneArea(main: Rect(x: 0, y: 0, width: 80, height: 18))
    /// Every plan that was listed, whatever the filter lets pass.
    private(set) var listed: [Plan.ID: Plan] = [:]
    /// The plan that the cursor goes to as soon as it is listed, unless the person moves it before.
    private var sought: Plan.ID?
    private var details: [Plan.ID: Snapshot<PlanDetail>] = [:]
    /// The filter that the list was opened with.
    private let ownFilter: String

    static var ownOrderWords: String { "as the marketplace lists them" }

    init(_ origin: Origin = .everywhere) {
        self.origin = origin
        switch origin {
        case .everywhere: ownFilter = ""
        case .subscription(_, _, let plan):
            ownFilter = ""
            sought = plan
        case .product(let product): ownFilter = Self.filter(for: product)
        }
        list.filter.field.text = ownFilter
    }

    /// A plan has its products' term and billing; what of the name they share is a guess, and stays out of it.
    private static func filter(for product: Product) -> String {
        let term = product.subscriptionPeriod.map { "terms:\($0.short)" }
        let billing = product.billingPeriod.map { period in
            period.rhythm.contains(" ") ? "billing:\"\(period.rhythm)\"" : "billing:\(period.rhythm)"
        }
        return [term, billing].compactMap(\.self).joined(separator: " ")
    }

    var crumb: String? { opened.map { name(of: $0) } ?? "plans" }
    func subject(_ model: Model) -> String? { focused(model).map { "plan \($0.id), \($0.name)" } }

    /// The plan that is open, or on the cursor.
    func focused(_ model: Model) -> Plan? {
        guard let opened else { return list.selected }
        return details[opened]?.value?.plan ?? model.plans[opened]?.plan ?? listed[opened]
    }

    /// Its switches, where they were read.
    func detail(of plan: Plan.ID, _ model: Model) -> PlanDetail? { details[plan]?.value ?? model.plans[plan] }
    func failure(of plan: Plan.ID) -> MarketplaceError? { details[plan]?.failure }

    /// The name of a plan as far as it was read; its id otherwise.
    func name(of plan: Plan.ID) -> String {
        let name = details[plan]?.value?.plan.name ?? listed[plan]?.name ?? ""
        return name.isEmpty ? "plan \(plan)" : name
    }

    func queries(_ model: Model) -> [DataQuery] { [.plans(PlanQuery())] + (opened.map { [.plan($0)] } ?? []) }

    func settledQueries(_ model: Model) -> [DataQuery] {
        guard opened == nil, area.detail != nil, let row = list.selected else { return [] }
        return [.plan(row.id)]
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .plans(PlanQuery(), let latest): receive(latest, model)
        case .plan(let id, let latest): details[id] = latest
        case .arranged(let result): list.take(result)
        case .key(let key):
            sought = nil
            return take(key, model)
        default: break
        }
        return []
    }

    private mutating func receive(_ latest: Snapshot<Listing<Plan>>, _ model: Model) {
        for row in latest.value?.rows ?? [] { listed[row.id] = row }
        list.receive(latest, setting(model))
        if let plan = sought, list.row(plan) != nil {
            list.select(plan)
            sought = nil
        }
        layout(area)
    }

    func columns(_ model: Model) -> [ListColumn<Plan>] { ListColumn.plans }

    mutating func layout(_ area: PaneArea) {
        self.area = area
        list.visible = max(1, area.main.height - 2 - note(width: area.main.width).lines.count)
        list.settle()
    }

    // MARK: Where they were opened from

    /// What is to be said of the way here, in lines of that width.
    func note(width: Int) -> (lines: [String], style: Style) {
        guard let note = note else { return ([], .plain) }
        return (TerminalText.wrap(note.text, width: max(1, width - 2)), note.style)
    }

    var note: (text: String, style: Style)? {
        switch origin {
        case .everywhere: return nil
        case .subscription(let id, false, _):
            return (
                "The detail of subscription \(id) is not read, so its plan is not known. These are all plans.", .warning
            )
        case .subscription(let id, true, nil):
            return ("The marketplace reports no plan of subscription \(id). These are all plans.", .warning)
        case .subscription(let id, true, let plan?):
            if let row = listed[plan] { return ("Subscription \(id) has plan \(plan), \(row.name).", .plain) }
            guard list.snapshot.value?.isComplete == true else {
                return ("Subscription \(id) has plan \(plan); it is not among those loaded so far.", .faint)
            }
            return ("Subscription \(id) has plan \(plan), which is not among the plans that you may see.", .warning)
        case .product(let product):
            let start = "The catalogue does not say of which plan \(product.mpn) is."
            guard !ownFilter.isEmpty, list.filter.field.text == ownFilter else {
                return ("\(start) These are all plans.", .warning)
            }
            return ("\(start) These are the plans of its term and billing; Esc shows all.", .warning)
        }
    }

    // MARK: Keys

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<PlansPane>] = [
        Binding(
            .open, .enter, title: "open the plan: periods, billing, switches", hint: "open",
            unavailable: { pane, _ in pane.opened != nil || pane.list.selected == nil ? "Nothing to open." : nil },
            action: { pane, _ in
                if let id = pane.list.selected?.id { pane.open(id) }
                return []
            }),
        filterBinding("filter: words of name, summary, id; terms:1Y, billing:monthly, published:no"),
        backBinding("one step back"),
    ]

    // MARK: What the shell asks

    func copies(of row: Plan, _ model: Model) -> [CopyOffer] {
        [CopyOffer("y", "id", row.id.rawValue), CopyOffer("n", "name", row.name)].compactMap(\.self)
    }

    func freshness(_ model: Model) -> Freshness {
        if let opened, let snapshot = details[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }

    var isArranging: Bool { list.isWaiting }
}
