import Marketplace
import Rows
import Screen

/// The catalogue, searched as one types; twins of an MPN side by side.
struct CatalogPane: ViewPane, OpeningPane {
    static let view = View(5, "Catalog")

    var list = RowList<Product>(.products)
    private var catalogue = Snapshot<Listing<Product>>()
    var scroll = 0

    init() {}

    /// A catalogue to choose from, over a form: the search takes keys from the start.
    init(choosing list: ListName) {
        self.list = RowList(list)
        self.list.filter.isEditing = true
    }

    func subject(_ model: Model) -> String? { selected.map { "\($0.mpn) \($0.title)" } }

    var crumb: String? { opened == nil ? nil : "product" }

    /// The product on the cursor.
    var selected: Product? { list.selected }

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = [.products(ProductQuery())]
        if let customer = model.customer {
            requests.append(.subscriptions(SubscriptionQuery(customer: customer)))
        }
        return requests
    }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 2 - (area.detail == nil ? twinRows(area.main) : 0))
        list.settle()
    }

    /// Rows kept below the list for the twins of the product on the cursor, when nothing is shown beside it.
    func twinRows(_ rect: Rect) -> Int { rect.height >= 14 && !list.hidesPreview ? 6 : 0 }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .products(let query, let latest) where query == ProductQuery(): receive(latest, model)
        case .arranged(let result): list.take(result)
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    /// Opens a product, where the list holds it.
    mutating func open(_ id: Product.ID) {
        guard list.row(id) != nil else { return }
        list.select(id)
        opened = id
        scroll = 0
    }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        if case .search(let mpn, let vendor) = message { show(mpn: mpn, vendor: vendor, model) }
        return []
    }

    func words(for row: OpenRow, _ model: Model) -> String? {
        row.id(as: Product.ID.self).map { list.row($0)?.title ?? "product" }
    }

    /// Searches for one MPN, and selects the first row of the vendor.
    private mutating func show(mpn: String, vendor: String, _ model: Model) {
        list.filter = Filter()
        list.filter.field.text = mpn.contains { " :<>=!~".contains($0) } ? "\"\(mpn)\"" : mpn
        list.arrange(setting(model))
        list.move(.first)
        if let row = list.first(100).first(where: { $0.mpn == mpn && $0.vendor == vendor }) { list.select(row.id) }
    }

    /// Rows of one name and MPN stand together, the shortest commitment first.
    private mutating func receive(_ latest: Snapshot<Listing<Product>>, _ model: Model) {
        let rows = latest.value?.rows ?? []
        let isNew = !rows.isSame(as: catalogue.value?.rows ?? [])
        catalogue = latest
        list.receive(latest.map { ListExtent($0) }, from: rows.count, isNew: isNew, setting(model)) {
            rows.sorted(by: Product.precedes)
        }
    }

    func setting(_ model: Model) -> ListSetting<Product> {
        ListSetting(columns(model), leads: "mpn", grouped: "mpn", model)
    }

    func countedQueries(_ model: Model) -> [DataQuery] { model.readsListsUnasked ? [.products(ProductQuery())] : [] }

    mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        if takeInPage(key) { return [] }
        if list.take(key, setting(model)) { return [] }
        guard let reactions = Self.bindings.perform(key, on: &self, model) else { return [.unused(key)] }
        list.arrange(setting(model))
        return reactions
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<CatalogPane>] = [
        Binding(
            .open, .enter, title: "open the product", hint: "detail",
            unavailable: { pane, _ in
                pane.opened != nil || pane.selected == nil ? "Nothing to open." : nil
            },
            action: { pane, _ in
                pane.opened = pane.selected?.id
                pane.scroll = 0
                return []
            }),
        Binding(
            .filter, "/", title: "search: MPN or its beginning, or words of the name", hint: "search", topic: .list
        ) { pane, _ in
            pane.opened = nil
            pane.list.filter.isEditing = true
            return []
        },
        Binding(
            .order, "o", title: "order this product", hint: "order",
            unavailable: { pane, model in
                pane.selected == nil ? "Choose a product first." : pane.oneRowRefusal(model)
            },
            action: { pane, _ in
                pane.selected.map { [.open(.newOrder($0))] } ?? []
            }),
        Binding(
            .migrate, "m", title: "migrate: bring what runs elsewhere into the marketplace",
            unavailable: { pane, model in
                model.readOnlyRefusal
                    ?? (pane.selected == nil ? "Choose a product first." : pane.oneRowRefusal(model))
            },
            action: { pane, _ in pane.selected.map { [.open(.migration($0))] } ?? [] }),
        Binding(
            .costs, "$", title: "what n units would cost",
            unavailable: { pane, model in
                pane.selected == nil ? "Choose a product first." : pane.oneRowRefusal(model)
            },
            action: { pane, _ in pane.selected.map { [.open(.costs(.product($0)))] } ?? [] }),
        Binding(
            .plans, "O", title: "service plans, those of its term and billing",
            unavailable: { pane, model in
                pane.selected == nil ? "Choose a product first." : pane.oneRowRefusal(model)
            },
            action: { pane, _ in pane.selected.map { [.open(.plans(from: .product($0)))] } ?? [] }),
        Binding(
            .changeUnits, "c", title: "change the units of what the customer has",
            unavailable: { pane, model in
                model.readOnlyRefusal ?? pane.oneRowRefusal(model) ?? pane.holdingRefusal(model)
            },
            refused: { pane, model in pane.held(model).flatMap { model.refusal(of: .units, on: $0.subscription) } },
            action: { pane, model in
                guard let held = pane.held(model) else { return [] }
                return [.open(.form(.units, ["subscription": held.subscription.id.rawValue]))]
            }),
        backBinding("one step back"),
    ]

    func focused(_ model: Model) -> Product? { selected }
    func copies(of row: Product, _ model: Model) -> [CopyOffer] { row.copies }

    func freshness(_ model: Model) -> Freshness { Freshness(list.snapshot) }

    /// All rows with the MPN of `product`, itself among them, in the order of the list.
    func twins(of product: Product) -> [Product] {
        let shown = list.shown
        guard let place = shown.place(of: product.id, near: list.cursor.index), let groups = shown.groups else {
            return [product]
        }
        return groups.members(with: shown.base(at: place)).map { shown.rows[Int($0)] }
    }
}

extension CatalogPane {
    /// The running subscription of the customer in view that holds the product on the cursor.
    fileprivate func held(_ model: Model) -> SubscriptionDetail? {
        selected.flatMap { model.subscription(of: model.customer, with: $0.mpn, by: $0.vendor) }
    }

    fileprivate func holdingRefusal(_ model: Model) -> String? {
        guard let product = selected else { return "Choose a product first." }
        guard let customer = model.customer else { return "Choose a customer first, in the accounts." }
        return held(model) == nil
            ? "No subscription read so far of \(model.name(of: customer)) has \(product.mpn)." : nil
    }
}
