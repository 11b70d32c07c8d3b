import Marketplace
import Rows

extension JournalPane: ListPane {
    func columns(_ model: Model) -> [ListColumn<JournalEntry>] { ListColumn.journal(model.entities) }
}
