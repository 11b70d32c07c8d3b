import Marketplace
import Rows
import Screen

/// A csv file over the view, as a table with the keys of every list.
struct CSVTablePage: Overlay {
    private(set) var table: CSVTablePane

    init(_ table: CSVTable, path: String) { self.table = CSVTablePane(table, path: path) }

    var extent: OverlayExtent { .page }
    var keyPlace: KeyPlace { table.isTyping ? .text : .table }
    var pane: (any Pane)? { table }
    var crumb: String? { table.crumb }
    var readingID: String { "table \(table.path)" }
    /// No marketplace is behind it: the header has no age of its rows.
    var standing: Notice? { table.caution.map { Notice(.problem, $0) } ?? Notice(.info, table.path) }
    var isAwaiting: Bool { table.isArranging }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { table.update(.key(key), below.model) }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        guard case .arranged = event else { return [] }
        return table.update(event, below.model)
    }

    mutating func advance(_ model: Model) -> [Effect] {
        table.show(model)
        return table.takeEffects()
    }

    mutating func layout(in bands: Bands, _ model: Model) { table.layout(PaneArea(main: bands.body)) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        table.draw(on: &canvas, in: PaneArea(main: bands.body), below.model, focused: true)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? { nil }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }
    func position(_ below: String) -> String {
        [table.marks, table.position ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    func sentences(over below: Dashboard) -> [Sentence] { below.sentences(of: table, place: "Table of \(table.name).") }
}
