import Marketplace
import Rows

extension JournalPane: OpeningPane {
    func columns(_ model: Model) -> [ListColumn<JournalEntry>] {
        ListColumn.journal(model.entities, zone: model.zone, now: model.now)
    }
}
