import Marketplace
import Rows
import Screen

/// A pane that is a list of rows, with the keys that every list has.
protocol ListPane: Pane {
    associatedtype Row: Identifiable & Sendable where Row.ID: Sendable
    var list: RowList<Row> { get set }
    func columns(_ model: Model) -> [ListColumn<Row>]
    func setting(_ model: Model) -> ListSetting<Row>
    /// What the texts of its rows hang on.
    func rowStamp(_ model: Model) -> RowStamp
    /// Columns of the screen that its list takes of the pane's width.
    func listWidth(_ area: PaneArea) -> Int
    /// Whether the list is what keys go to, and not one of its rows in full.
    var isListed: Bool { get }
    /// The row that is open, or on the cursor.
    func focused(_ model: Model) -> Row?
    /// What can be copied of one row.
    func copies(of row: Row, _ model: Model) -> [CopyOffer]
}

extension ListPane {
    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 2)
        list.settle()
    }

    static func filterBinding(
        _ title: String, hint: String = "filter",
        unavailable: @escaping @Sendable (Self) -> String? = { _ in nil }
    ) -> Binding<Self> {
        Binding(
            .filter, "/", title: title, hint: hint, topic: .list, unavailable: { pane, _ in unavailable(pane) },
            action: { pane, _ in
                pane.list.filter.isEditing = true
                return []
            })
    }

    func setting(_ model: Model) -> ListSetting<Row> { ListSetting(columns(model), model) }
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

    /// Below the list's name and the columns' titles each line is a row.
    mutating func point(atLine line: Int) -> Bool? {
        isListed && line >= 2 ? list.point(at: list.cursor.top + line - 2) : nil
    }

    /// A key of the list itself, or of the pane's table.
    mutating func takeInList(_ key: Key, _ model: Model) -> [Reaction] {
        // The setting is long to make, and a key that moves needs none.
        if list.takeMotion(key) || list.take(key, setting(model)) { return [] }
        guard let reactions = Self.bindings.perform(key, on: &self, model) else { return [.unused(key)] }
        list.arrange(setting(model))
        return reactions
    }

    var isTyping: Bool { list.isTyping }
    var typingHelp: [KeyHelp] { list.menu?.help ?? Self.filterHelp }
    mutating func takeEffects() -> [Effect] { list.takeEffects() }
    var isArranging: Bool { list.isWaiting }
    var filterText: String { list.filter.field.text }

    mutating func narrow(to filter: String, _ model: Model) {
        list.filter = Filter()
        list.filter.field.text = filter
        list.arrange(setting(model))
        list.move(.first)
    }

    var marks: String { isListed ? list.markWords : "" }
    func filterColumns(_ model: Model) -> [FilterColumn] { columns(model).map(\.filterColumn) }
    var caution: String? { list.filter.isEditing ? list.problem?.message : nil }

    func copyRefusal(_ model: Model) -> String? {
        if isListed, list.markCount > Self.mostCopied {
            return "\(grouped(list.markCount)) rows are marked, and \(grouped(Self.mostCopied)) can be copied at most."
        }
        return focused(model) == nil ? "There is nothing to copy." : nil
    }

    func copied(_ model: Model) -> String {
        isListed && list.markCount > 0 ? counted(list.markCount, "marked row") : subject(model) ?? ""
    }

    func copies(_ model: Model) -> [CopyOffer] {
        if isListed, list.markCount > 0 { return CopyOffer.joined(list.marked.map { copies(of: $0, model) }) }
        return focused(model).map { copies(of: $0, model) } ?? []
    }

    /// More rows are never copied at once: terminals would not take their texts anyway.
    static var mostCopied: Int { 2000 }
}

extension ListPane {
    /// Why a key that acts on one row cannot act: rows are marked, and it would be unclear which row it means.
    func oneRowRefusal(_ model: Model) -> String? {
        guard isListed, list.markCount > 0 || list.marks.isWaiting else { return nil }
        let key = model.keymap.name(of: .unmark)
        return "\(list.markWords.prefix(1).uppercased() + list.markWords.dropFirst()), and this acts on one row: "
            + "\(key) takes the marks away."
    }

    /// Keys that every list has.
    static var listBindings: [Binding<Self>] {
        func binding(
            _ name: ActionName, _ key: Key, _ title: String, _ action: @escaping @Sendable (inout Self, Model) -> Void
        ) -> Binding<Self> {
            Binding(
                name, key, title: title, topic: .list,
                unavailable: { pane, _ in pane.isListed ? nil : "Go back to the list first." },
                action: { pane, model in
                    action(&pane, model)
                    return []
                })
        }
        return [
            binding(.sort, "s", "sort by a column, chosen from a menu") { pane, model in
                pane.list.openMenu(.sorting, pane.columns(model))
            },
            binding(.sortReverse, "S", "sort in the other direction") { pane, _ in
                pane.list.order?.isDescending.toggle()
            },
            binding(.sortLeft, "<", "sort by the column to the left") { pane, model in
                pane.list.moveSorting(by: -1, pane.columns(model))
            },
            binding(.sortRight, ">", "sort by the column to the right") { pane, model in
                pane.list.moveSorting(by: 1, pane.columns(model))
            },
            binding(.columns, ",", "choose the columns") { pane, model in
                pane.list.openMenu(.columns, pane.columns(model))
            },
            binding(.mark, " ", "mark the row, or take its mark away") { pane, _ in pane.list.toggleMark() },
            binding(.markRange, "V", "mark from here to where V is pressed again") { pane, _ in pane.list.markRange() },
            binding(.markAll, "*", "mark all rows that the filter shows") { pane, _ in pane.list.markAll() },
            binding(.unmark, "U", "take all marks away") { pane, _ in pane.list.clearMarks() },
        ]
    }
}
