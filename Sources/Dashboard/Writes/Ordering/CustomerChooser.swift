import Marketplace
import Rows
import Screen

/// Finds the customer that an order is for, by words of its name or its id.
struct CustomerChooser {
    private(set) var list = RowList<Account>(.chosenCustomers)
    private var everyone = Snapshot<Listing<Account>>()
    private var found: [Account] = []

    init() { list.filter.isEditing = true }

    func requests() -> [DataQuery] { [.accounts(.customers)] }

    func settledQueries() -> [DataQuery] {
        guard everyone.value?.isComplete != true, let word = searchWord else { return [] }
        return [.accounts(.customersNamed(word))]
    }

    private var searchWord: String? {
        list.filter.words.max { $0.count < $1.count }.flatMap { $0.count > 1 ? Folding.plainPart(of: $0) : nil }
    }

    mutating func layout(_ rect: Rect) {
        list.visible = max(1, rect.height - 2)
        list.settle()
    }

    mutating func takeEffects() -> [Effect] { list.takeEffects() }

    mutating func receive(_ event: Event, _ model: Model) {
        var isNew = true
        switch event {
        case .accounts(.customers, let latest):
            isNew = latest.value?.rows.isSame(as: everyone.value?.rows ?? []) != true
            everyone = latest
        case .accounts(.customersNamed(let word), let latest) where word == searchWord:
            found = latest.value?.rows ?? []
        case .arranged(let result): return list.take(result)
        default: return
        }
        let (listed, found) = (everyone.value?.rows ?? [], found)
        let extent = everyone.map { ListExtent(total: $0.total, isComplete: $0.isComplete) }
        list.receive(extent, from: listed.count, isNew: isNew, ListSetting(ListColumn.accounts(model.entities), model))
        {
            if found.isEmpty { return listed }
            let ids = Set(listed.map(\.id))
            return listed + found.filter { !ids.contains($0.id) }
        }
    }

    enum Outcome: Equatable {
        case chosen(Account.ID)
        case left
    }

    /// - Returns: what was decided, or nil while the menu stays open.
    mutating func take(_ key: Key, _ model: Model) -> Outcome? {
        switch key {
        case .enter: return list.selected.map { .chosen($0.id) }
        case .escape: return .left
        case .up, .down, .pageUp, .pageDown: if let motion = ListCursor<Account.ID>.Motion(key) { list.move(motion) }
        default: _ = list.take(key, ListSetting(ListColumn.accounts(model.entities), model))
        }
        return nil
    }

    static let help = [
        KeyHelp("Enter", "take this customer", "choose"), KeyHelp("Up Down", "move", "move"),
        KeyHelp("Esc", "leave", "back"),
    ]

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        drawListHead("CUSTOMER", filter: list.filter, problem: list.problem, extent: list.extent, on: &canvas, in: rect)
        list.drawRows(
            ListColumn.accounts(model.entities), orWhyEmpty: list.emptiness(of: "customers"), on: &canvas,
            in: rect.droppingTop(1), focused: true)
    }
}
