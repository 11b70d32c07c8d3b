import Marketplace
import Screen

/// The catalogue, searched as one types; twins of an MPN side by side.
struct CatalogPane: Pane {
    private(set) var list = RowList<Product>()
    private(set) var search = Filter()
    private(set) var opened: Product.ID?
    private(set) var scroll = 0
    private(set) var exact = 0

    var isTyping: Bool { search.isEditing }
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
        case .products(let query, let latest) where query == ProductQuery():
            list.receive(latest) { _, _ in true }
            find()
        case .key(let key): return take(key, known)
        default: break
        }
        return []
    }

    private mutating func find() {
        let wanted = CatalogSearch(text: search.field.text)
        exact = wanted.exactMatches(in: list.rows)
        list.show(wanted.places(in: list.rows))
    }

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        if search.isEditing {
            if key == .down || key == .up { search.isEditing = false }
            if search.take(key) {
                find()
                _ = list.move(.home)
            }
            return []
        }
        if opened != nil {
            if let motion = ListCursor<Int>.Motion(key) {
                scroll = scrolled(scroll, motion)
                return []
            }
        } else if list.move(key) {
            return []
        }
        var looking = Looking(pane: self, known: known)
        guard let reactions = Self.bindings.perform(key, on: &looking) else { return [.unused(key)] }
        self = looking.pane
        return reactions
    }

    static let bindings: [Binding<Looking<CatalogPane>>] = [
        Binding(
            "open", .enter, title: "open the product", hint: "detail",
            unavailable: {
                $0.pane.opened != nil || $0.pane.selected == nil ? "There is nothing to open." : nil
            },
            action: { looking in
                looking.pane.opened = looking.pane.selected?.id
                looking.pane.scroll = 0
                return []
            }),
        Binding("filter", "/", title: "search: MPN or its beginning, or words of the name", hint: "search") { looking in
            looking.pane.opened = nil
            looking.pane.search.isEditing = true
            return []
        },
        Binding(
            "order", "o", title: "order this product", hint: "order",
            unavailable: { $0.pane.selected == nil ? "Choose a product first." : nil },
            action: { looking in
                looking.pane.selected.map { [.open(.newOrder($0))] } ?? []
            }),
        Binding("back", .escape, "q", title: "back: detail, then search") { looking in
            if looking.pane.opened != nil {
                looking.pane.opened = nil
            } else if looking.pane.search.isActive {
                looking.pane.search.field.text = ""
                looking.pane.find()
            } else {
                return [.open(.back)]
            }
            return []
        },
    ]

    func help(_ known: Known) -> [KeyHelp] { Self.bindings.help(for: Looking(pane: self, known: known)) }

    var position: String? { opened == nil ? list.position : nil }

    func freshness(_ known: Known) -> Freshness { Freshness(list.snapshot) }

    /// All rows with the MPN of `product`, itself among them, in the order of the list.
    func twins(of product: Product) -> [Product] {
        list.rows.filter { $0.mpn == product.mpn }.sorted(by: CatalogSearch.precedes)
    }
}
