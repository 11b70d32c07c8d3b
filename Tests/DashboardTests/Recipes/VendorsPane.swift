import Marketplace
import Screen

@testable import Dashboard

/// The vendors of the catalogue: the view of the contributors' page, which shows this file.
struct VendorsPane: ViewPane {
    static let view = View(8, "Vendors")

    private var snapshot = Snapshot<Listing<Product>>()
    private var vendors: [String] = []
    private var cursor = ListCursor<String>()
    private var visible = 10

    func queries(_ model: Model) -> [DataQuery] { [.products(ProductQuery())] }
    func freshness(_ model: Model) -> Freshness { Freshness(snapshot) }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .products(let query, let latest) where query == ProductQuery():
            snapshot = latest
            vendors = Set(latest.value?.rows.map(\.vendor) ?? []).sorted()
            cursor.settle(in: vendors)
        case .key(let key):
            if let motion = ListCursor<String>.Motion(key) {
                cursor.move(motion, in: vendors, visible: visible)
                return []
            }
            return Self.bindings.perform(key, on: &self, model) ?? [.unused(key)]
        default: break
        }
        return []
    }

    static let bindings: [Binding<VendorsPane>] = [
        Binding(
            "vendor-products", .enter, title: "to the catalogue, for this vendor's products", hint: "products",
            unavailable: { pane, _ in pane.cursor.selected == nil ? "There is no vendor to open." : nil },
            action: { _, _ in [.open(.catalog)] }),
        Binding(.back, .escape, "q", title: "one step back", topic: .places) { _, _ in [.open(.back)] },
    ]

    mutating func layout(_ area: PaneArea) { visible = max(1, area.main.height - 1) }

    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        let rect = area.main
        canvas.write("VENDORS", x: rect.x + 1, y: rect.y, style: .title)
        for (line, vendor) in vendors.dropFirst(cursor.top).prefix(visible).enumerated() {
            let style = Style(.plain, selected: vendor == cursor.selected)
            canvas.write(vendor, x: rect.x + 1, y: rect.y + 1 + line, width: rect.width - 2, style: style)
        }
    }

    func subject(_ model: Model) -> String? { cursor.selected }
    func copyRefusal(_ model: Model) -> String? { cursor.selected == nil ? "Nothing to copy." : nil }
    func copies(_ model: Model) -> [CopyOffer] { [CopyOffer("n", "name", cursor.selected)].compactMap { $0 } }
}
