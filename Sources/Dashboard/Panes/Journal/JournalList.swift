import Marketplace
import Rows

extension JournalPane: OpeningPane {
    func countedQueries(_ model: Model) -> [DataQuery] { [.journal] }

    static var ownOrderWords: String { "own unknown first, then the newest" }

    func columns(_ model: Model) -> [ListColumn<JournalEntry>] {
        ListColumn.journal(model.entities, zone: model.zone, now: model.now)
    }
}
