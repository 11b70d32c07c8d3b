import Marketplace
import Screen

/// A pane that is a list of rows, with the keys that every list has.
protocol ListPane: Pane, SendableMetatype {
    associatedtype Row: Identifiable & Sendable where Row.ID: Sendable
    var list: RowList<Row> { get set }
    func columns(_ known: Known) -> [ListColumn<Row>]
    func setting(_ known: Known) -> ListSetting<Row>
    /// What the texts of its rows hang on.
    func rowStamp(_ known: Known) -> RowStamp
    /// Columns of the screen that its list takes of its room.
    func listWidth(_ room: Room) -> Int
    /// Whether the list is what keys go to, and not one of its rows in full.
    var isListed: Bool { get }
    /// The row that is open, or on the cursor.
    func focused(_ known: Known) -> Row?
    /// What can be copied of one row.
    func copies(of row: Row, _ known: Known) -> [CopyOffer]
}

extension ListPane {
    func setting(_ known: Known) -> ListSetting<Row> { ListSetting(columns(known), known) }
    /// A key that acts on rows waits until the rows are there that it was pressed for.
    func waits(_ key: Key) -> Bool {
        guard list.isSettling, isListed, !isTyping else { return false }
        let rows = Self.bindings.map(\.row) + Dashboard.rowBindings.map(\.row)
        let name = rows.first { $0.keys.contains(key) }?.name
        return name.map { !Self.harmless.contains($0) } ?? false
    }

    /// Actions that mean the list as a whole.
    private static var harmless: Set<ActionName> {
        [
            .filter, .back, .sort, .sortLeft, .sortRight, .sortReverse, .columns, .unmark, .settle, .supportBundle,
        ]
    }

    /// Below the list's name and the columns' titles stands a row in each line.
    mutating func point(atLine line: Int) -> Bool? {
        isListed && line >= 2 ? list.point(at: list.cursor.top + line - 2) : nil
    }

    /// A key of the list itself, or of the pane's table.
    mutating func takeInList(_ key: Key, _ known: Known) -> [Reaction] {
        // The setting is long to make, and a key that moves needs none.
        if list.takeMotion(key) || list.take(key, setting(known)) { return [] }
        var looking = Looking(pane: self, known: known)
        guard let reactions = Self.bindings.perform(key, on: &looking) else { return [.unused(key)] }
        self = looking.pane
        list.arrange(setting(known))
        return reactions
    }

    var isTyping: Bool { list.isTyping }
    var typingHelp: [KeyHelp] { list.menu?.help ?? Self.filterHelp }
    mutating func takeEffects() -> [Effect] { list.takeEffects() }
    var isArranging: Bool { list.isWaiting }
    func filterColumns(_ known: Known) -> [FilterColumn] { columns(known).map(\.filterColumn) }
    var caution: String? { list.filter.isEditing ? list.problem?.message : nil }

    func copyRefusal(_ known: Known) -> String? {
        if isListed, list.markCount > Self.mostCopied {
            return "\(grouped(list.markCount)) rows are marked, and \(grouped(Self.mostCopied)) can be copied at most."
        }
        return focused(known) == nil ? "There is nothing to copy." : nil
    }

    func copied(_ known: Known) -> String {
        isListed && list.markCount > 0 ? counted(list.markCount, "marked row") : subject(known) ?? ""
    }

    func copies(_ known: Known) -> [CopyOffer] {
        if isListed, list.markCount > 0 { return CopyOffer.joined(list.marked.map { copies(of: $0, known) }) }
        return focused(known).map { copies(of: $0, known) } ?? []
    }

    /// More rows are never copied at once: terminals would not take their texts anyway.
    static var mostCopied: Int { 2000 }
}

extension ListPane {
    /// Why a key that acts on one row cannot act: rows are marked, and nobody could say which it would mean.
    func oneRowRefusal(_ known: Known) -> String? {
        guard isListed, list.markCount > 0 || list.marks.isWaiting else { return nil }
        let key = known.keymap.name(of: .unmark)
        return "\(list.markWords.prefix(1).uppercased() + list.markWords.dropFirst()), and this acts on one row: "
            + "\(key) takes the marks away."
    }

    /// Keys that every list has.
    static var listBindings: [Binding<Looking<Self>>] {
        func binding(
            _ name: ActionName, _ key: Key, _ title: String, _ action: @escaping @Sendable (inout Looking<Self>) -> Void
        ) -> Binding<Looking<Self>> {
            Binding(
                name, key, title: title, topic: .list,
                unavailable: { $0.pane.isListed ? nil : "Go back to the list first." },
                action: { looking in
                    action(&looking)
                    return []
                })
        }
        return [
            binding(.sort, "s", "sort by a column, chosen from a menu") { looking in
                looking.pane.list.openMenu(.sorting, looking.pane.columns(looking.known))
            },
            binding(.sortReverse, "S", "sort in the other direction") { looking in
                looking.pane.list.order?.isDescending.toggle()
            },
            binding(.sortLeft, "<", "sort by the column to the left") { looking in
                looking.pane.list.moveSorting(by: -1, looking.pane.columns(looking.known))
            },
            binding(.sortRight, ">", "sort by the column to the right") { looking in
                looking.pane.list.moveSorting(by: 1, looking.pane.columns(looking.known))
            },
            binding(.columns, ",", "choose the columns") { looking in
                looking.pane.list.openMenu(.columns, looking.pane.columns(looking.known))
            },
            binding(.mark, " ", "mark the row, or take its mark away") { $0.pane.list.toggleMark() },
            binding(.markRange, "V", "mark from here to where V is pressed again") { $0.pane.list.markRange() },
            binding(.markAll, "*", "mark all rows that the filter shows") { $0.pane.list.markAll() },
            binding(.unmark, "U", "take all marks away") { $0.pane.list.clearMarks() },
        ]
    }
}

extension ListColumn.Content {
    /// An account that a row names by its id: its name, once that is known, and its id.
    static func account(_ account: @escaping @Sendable (Row) -> Account.ID, _ known: Known) -> Self {
        .linked(key: { account($0).rawValue }, lines: { [known.name(of: Account.ID($0)), $0] })
    }
}

extension SubscriptionStatus {
    /// Its place in the life of a subscription, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .hold: 2
        case .terminated: 3
        case .removed: 4
        case .other: 5
        }
    }
}

extension OrderStatus {
    /// Its place in the life of an order, for sorting.
    var rank: Int {
        switch self {
        case .submitted: 0
        case .processing: 1
        case .error: 2
        case .completed: 3
        case .cancelled: 4
        case .other: 5
        }
    }
}

extension AccountStatus {
    /// Its place in the life of an account, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .creditHold: 2
        case .adminHold: 3
        case .error: 4
        case .cancelled: 5
        case .other: 6
        }
    }
}
