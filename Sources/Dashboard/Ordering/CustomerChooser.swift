import Marketplace
import Screen

/// Finds the customer that an order is for, by words of its name or its id.
struct CustomerChooser {
    private(set) var list = RowList<Account>()
    private var everyone = Snapshot<Listing<Account>>()
    private var found: [Account] = []

    init() { list.filter.isEditing = true }

    func requests() -> [Request] { [.accounts(.customers)] }

    func settledRequests() -> [Request] {
        guard everyone.value?.isComplete != true, let word = searchWord else { return [] }
        return [.accounts(.customersNamed(word))]
    }

    private var searchWord: String? {
        list.filter.words.max { $0.count < $1.count }.flatMap { $0.count > 1 ? $0 : nil }
    }

    mutating func layout(_ rect: Rect) {
        list.visible = max(1, rect.height - 2)
        list.settle()
    }

    mutating func receive(_ event: Event) {
        switch event {
        case .accounts(.customers, let latest): everyone = latest
        case .accounts(.customersNamed(let word), let latest) where word == searchWord:
            found = latest.value?.rows ?? []
        default: return
        }
        let listed = Set(everyone.value?.rows.map(\.id) ?? [])
        let more = found.filter { !listed.contains($0.id) }
        list.receive(
            everyone.map { listing in
                Listing(rows: listing.rows + more, total: listing.total, isComplete: listing.isComplete)
            }, passes: Self.passes)
    }

    enum Outcome: Equatable {
        case chosen(Account.ID)
        case left
    }

    /// - Returns: what was decided, or nil while the person is still looking.
    mutating func take(_ key: Key) -> Outcome? {
        switch key {
        case .enter: return list.selected.map { .chosen($0.id) }
        case .escape: return .left
        case .up, .down, .pageUp, .pageDown: _ = list.move(key)
        default: if list.filter.take(key) { list.refilter(passes: Self.passes) }
        }
        return nil
    }

    static let help = [
        KeyHelp("Enter", "take this customer", "choose"), KeyHelp("Up Down", "move", "move"),
        KeyHelp("Esc", "leave", "back"),
    ]

    private static func passes(_ account: Account, _ words: [String]) -> Bool {
        Filter.matches(AccountTree.searchText(account), words: words)
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ known: Known) {
        drawListHead("CUSTOMER", filter: list.filter, extent: list.extent, on: &canvas, in: rect)
        let table = Table<Account?>([
            .init("ID", width: 8) { ($0?.id.rawValue ?? "", .plain) },
            .init("NAME", width: 20, grows: 3, upTo: 60) { ($0?.name ?? "", .plain) },
            .init("STATUS", width: 11) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
            .init("SOLD BY", width: 14, grows: 1, upTo: 30, leaves: 1) { row in
                (row?.vendorAccount.map { known.name(of: $0) } ?? "", .faint)
            },
        ])
        list.drawRows(
            table, orWhyEmpty: list.emptiness(of: "customers"), on: &canvas, in: rect.droppingTop(1), focused: true)
    }
}
