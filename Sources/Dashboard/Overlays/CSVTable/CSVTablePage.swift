import Marketplace
import Rows
import Screen

/// A csv file over the view, as a table with the keys of every list.
struct CSVTablePage: PanePage {
    var list: CSVTablePane

    init(_ table: CSVTable, path: String) { list = CSVTablePane(table, path: path) }

    var keyPlace: KeyPlace { list.isTyping ? .text : .table }
    var readingID: String { "table \(list.path)" }
    /// No marketplace is behind it: the header has no age of its rows.
    var standing: Notice? { list.caution.map { Notice(.problem, $0) } ?? Notice(.info, list.path) }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        guard case .arranged = event else { return [] }
        return list.update(event, below.model)
    }

    mutating func advance(_ model: Model) -> [Effect] {
        list.show(model)
        return list.takeEffects()
    }

    func sentences(over below: Dashboard) -> [Sentence] { below.sentences(of: list, place: "Table of \(list.name).") }
}
