import Marketplace
import Screen

/// The catalogue, searched as one types; twins of an MPN side by side.
struct CatalogPane: ListPane {
    var list = RowList<Product>(.products)
    private var catalogue = Snapshot<Listing<Product>>()
    private(set) var opened: Product.ID?
    private(set) var scroll = 0

    init() {}

    /// A catalogue to choose from, over a form: the search takes keys from the start.
    init(choosing list: ListName) {
        self.list = RowList(list)
        self.list.filter.isEditing = true
    }

    func subject(_ known: Known) -> String? { selected.map { "\($0.mpn) \($0.title)" } }

    var isListed: Bool { opened == nil }
    var crumb: String? { opened == nil ? nil : "product" }

    /// The product on the cursor.
    var selected: Product? { list.selected }

    func requests(_ known: Known) -> [Request] {
        var requests: [Request] = [.products(ProductQuery())]
        if let customer = known.customer {
            requests.append(.subscriptions(SubscriptionQuery(customer: customer)))
        }
        return requests
    }

    mutating func layout(_ room: Room) {
        list.visible = max(1, room.main.height - 2 - (room.detail == nil ? Self.twinRows(room.main) : 0))
        list.settle()
    }

    /// Rows kept below the list for the twins of the product on the cursor, when nothing stands beside it.
    static func twinRows(_ rect: Rect) -> Int { rect.height >= 14 ? 6 : 0 }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        switch event {
        case .products(let query, let latest) where query == ProductQuery(): receive(latest, known)
        case .arranged(let result): list.take(result)
        case .key(let key): return take(key, known)
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

    mutating func close() { opened = nil }

    /// Searches for one MPN, and selects the first row of the vendor.
    mutating func show(mpn: String, vendor: String, _ known: Known) {
        list.filter = Filter()
        list.filter.field.text = mpn.contains { " :<>=!~".contains($0) } ? "\"\(mpn)\"" : mpn
        list.arrange(setting(known))
        list.move(.first)
        if let row = list.first(100).first(where: { $0.mpn == mpn && $0.vendor == vendor }) { list.select(row.id) }
    }

    /// Rows of one name and MPN stand together, the shortest commitment first.
    private mutating func receive(_ latest: Snapshot<Listing<Product>>, _ known: Known) {
        let rows = latest.value?.rows ?? []
        let isNew = !rows.isSame(as: catalogue.value?.rows ?? [])
        catalogue = latest
        list.receive(latest.map { ListExtent($0) }, from: rows.count, isNew: isNew, setting(known)) {
            rows.sorted(by: Product.precedes)
        }
    }

    func setting(_ known: Known) -> ListSetting<Product> {
        ListSetting(columns(known), leads: "mpn", grouped: "mpn", known)
    }

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        if opened != nil, let motion = ListCursor<Int>.Motion(key) {
            scroll = scrolled(scroll, motion)
            return []
        }
        let before = setting(known)
        if list.take(key, before, fromTop: true) { return [] }
        var looking = Looking(pane: self, known: known)
        guard let reactions = Self.bindings.perform(key, on: &looking) else { return [.unused(key)] }
        self = looking.pane
        list.arrange(setting(known))
        return reactions
    }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<Looking<CatalogPane>>] = [
        Binding(
            .open, .enter, title: "open the product", hint: "detail",
            unavailable: {
                $0.pane.opened != nil || $0.pane.selected == nil ? "There is nothing to open." : nil
            },
            action: { looking in
                looking.pane.opened = looking.pane.selected?.id
                looking.pane.scroll = 0
                return []
            }),
        Binding(
            .filter, "/", title: "search: MPN or its beginning, or words of the name", hint: "search", topic: .list
        ) { looking in
            looking.pane.opened = nil
            looking.pane.list.filter.isEditing = true
            return []
        },
        Binding(
            .order, "o", title: "order this product", hint: "order",
            unavailable: {
                $0.pane.selected == nil ? "Choose a product first." : $0.pane.oneRowRefusal($0.known)
            },
            action: { looking in
                looking.pane.selected.map { [.open(.newOrder($0))] } ?? []
            }),
        Binding(
            .changeUnits, "c", title: "change the units of what the customer holds already…",
            unavailable: { $0.known.readOnlyRefusal ?? $0.pane.oneRowRefusal($0.known) ?? $0.holdingRefusal },
            action: { looking in
                guard let held = looking.held else { return [] }
                return [.open(.form(.units, ["subscription": held.subscription.id.rawValue]))]
            }),
        Binding(.back, .escape, "q", title: "back: detail, then search, marks", topic: .places) { looking in
            if looking.pane.opened != nil {
                looking.pane.opened = nil
            } else if !looking.pane.list.takeBack() {
                return [.open(.back)]
            }
            return []
        },
    ]

    func focused(_ known: Known) -> Product? { selected }
    func copies(of row: Product, _ known: Known) -> [CopyOffer] { row.copies }

    var position: String? { opened == nil ? list.position : nil }

    func freshness(_ known: Known) -> Freshness { Freshness(list.snapshot) }

    /// All rows with the MPN of `product`, itself among them, in the order of the list.
    func twins(of product: Product) -> [Product] {
        let shown = list.shown
        guard let place = shown.place(of: product.id, near: list.cursor.index), let groups = shown.groups else {
            return [product]
        }
        return groups.members(with: shown.base(at: place)).map { shown.rows[Int($0)] }
    }
}

extension Looking<CatalogPane> {
    /// The running subscription of the customer in view that holds the product on the cursor.
    fileprivate var held: SubscriptionDetail? {
        pane.selected.flatMap { known.subscription(of: known.customer, with: $0.mpn, by: $0.vendor) }
    }

    fileprivate var holdingRefusal: String? {
        guard let product = pane.selected else { return "Choose a product first." }
        guard let customer = known.customer else { return "Choose a customer first, in the accounts." }
        return held == nil
            ? "No running subscription of \(known.name(of: customer)) is known to hold \(product.mpn)." : nil
    }
}
