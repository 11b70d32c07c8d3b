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
    /// Whether something is shown beside or below its list.
    static var hasPreview: Bool { get }
    /// Whether what the action needs of the row on the cursor, or of the open one, is being read.
    func isBeingRead(for action: ActionName, _ model: Model) -> Bool
    /// What is read to learn what the list lacks of a row; nil where it lacks nothing.
    func detail(of row: Row.ID) -> DataQuery?
    /// Whether that was read of a row.
    func isRead(_ row: Row.ID, _ model: Model) -> Bool
    /// Of how many rows of the list it was; nil where that is not counted.
    func readCount(_ model: Model) -> Int?
    /// Whose a row is, where saved views may be of one account; nil where rows are nobody's.
    static var owner: (@Sendable (Row) -> Account.ID?)? { get }
    /// The order that the list has before the person chooses one, in few words.
    static var ownOrderWords: String { get }
    /// Why ``ActionName/readRest`` cannot act; nil when it can.
    func readRestRefusal(_ model: Model) -> String?
    /// Reads the details that the list lacks.
    mutating func readRest(_ model: Model) -> [Reaction]
    /// What can be copied of one row.
    func copies(of row: Row, _ model: Model) -> [CopyOffer]
}

extension ListPane {
    var wantsDetail: Bool { !list.hidesPreview }

    var choices: ViewChoices {
        get { list.choices }
        set { list.choices = newValue }
    }

    static var hasPreview: Bool { true }
    static var ownOrderWords: String { "" }
    static var owner: (@Sendable (Row) -> Account.ID?)? { nil }

    /// The list's order for its head.
    func sortingWords(_ model: Model) -> String { list.sortingWords(columns(model), own: Self.ownOrderWords) }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 2 - list.linesAbove)
        list.settle()
    }

    func detail(of row: Row.ID) -> DataQuery? { nil }
    func isRead(_ row: Row.ID, _ model: Model) -> Bool { true }
    func readCount(_ model: Model) -> Int? { nil }

    static func filterBinding(
        _ title: String, hint: String = "filter",
        unavailable: @escaping @Sendable (Self) -> String? = { $0.listRefusal }
    ) -> Binding<Self> {
        Binding(
            .filter, "/", title: title, hint: hint, topic: .list, unavailable: { pane, _ in unavailable(pane) },
            action: { pane, _ in
                pane.list.filter.isEditing = true
                return []
            })
    }

    /// Why what means the list cannot be done; nil when the list is in front.
    var listRefusal: String? { isListed ? nil : "Works in the list: Esc first." }

    func setting(_ model: Model) -> ListSetting<Row> { ListSetting(columns(model), model) }
    func isBeingRead(for action: ActionName, _ model: Model) -> Bool { false }

    /// A key that acts on rows waits until the rows are there that it was pressed for, are marked and are read; one that
    /// marks them all, also until those are read that may be among them, where that takes no person's word.
    func waits(_ key: Key, _ model: Model) -> Bool {
        if isTyping { return false }
        let rows = Self.bindings.map(\.row) + Dashboard.rowBindings.map(\.row)
        guard let row = rows.first(where: { $0.keys.contains(key) }) else { return false }
        if row.topic == .row, isBeingRead(for: row.name, model) { return true }
        guard isListed else { return false }
        if list.isSettling { return !Self.harmless.contains(row.name) }
        if list.marks.isWaiting { return row.topic == .row && !Self.harmless.contains(row.name) }
        return list.rest?.isUnasked == true && row.name == .markAll
    }

    var awaitedWords: String { isListed ? "the list" : "the row to be read" }

    /// Actions that mean the list as a whole.
    private static var harmless: Set<ActionName> {
        [
            .filter, .back, .sort, .sortLeft, .sortRight, .sortReverse, .columns, .preview, .unmark, .settle,
            .supportBundle, .readRest,
        ]
    }

    /// Below the list's name and the columns' titles each line is a row.
    mutating func point(atLine line: Int) -> Bool? {
        let first = 2 + list.linesAbove
        return isListed && line >= first ? list.point(at: list.cursor.top + line - first) : nil
    }

    /// A key of the list itself, or of the pane's table.
    mutating func takeInList(_ key: Key, _ model: Model) -> [Reaction] {
        // The setting is long to make, and a key that moves needs none.
        if list.takeMotion(key) || list.take(key, setting(model)) { return [] }
        if !list.isSettling { list.touch() }
        guard let reactions = Self.bindings.perform(key, on: &self, model) else { return [.unused(key)] }
        list.arrange(setting(model))
        return reactions
    }

    var isTyping: Bool { list.isTyping }
    var typingHelp: [KeyHelp] { list.menu?.help ?? Self.filterHelp }
    mutating func takeEffects() -> [Effect] { list.takeEffects() }
    var isArranging: Bool { list.isWaiting || list.rest?.isUnasked == true }
    var filterText: String { list.filter.field.text }

    var listOrder: SortOrder? { list.order }

    mutating func narrow(to filter: String, sortedBy order: SortOrder?, _ model: Model) {
        list.order = order
        list.filter = Filter()
        list.filter.field.text = filter
        list.arrange(setting(model))
        list.move(.first)
    }

    var marks: String { isListed ? list.markWords : "" }
    func filterColumns(_ model: Model) -> [FilterColumn] { columns(model).filterColumns() }
    var caution: String? { list.filter.isEditing ? list.problem?.message : nil }

    func copyRefusal(_ model: Model) -> String? {
        if isListed, list.chosenCount > Self.mostCopied {
            return "\(grouped(list.chosenCount)) rows are marked, and \(grouped(Self.mostCopied)) can be copied at "
                + "most."
        }
        return focused(model) == nil ? "There is nothing to copy." : nil
    }

    func copied(_ model: Model) -> String {
        isListed && list.chosenCount > 0 ? counted(list.chosenCount, "marked row") : subject(model) ?? ""
    }

    func copies(_ model: Model) -> [CopyOffer] {
        if isListed, list.chosenCount > 0 { return CopyOffer.joined(list.chosen.map { copies(of: $0, model) }) }
        return focused(model).map { copies(of: $0, model) } ?? []
    }

    /// More rows are never copied at once: terminals would not take their texts anyway.
    static var mostCopied: Int { 2000 }
}

extension ListPane {
    /// Why a key that acts on one row cannot act: rows are marked, and it would be unclear which row it means.
    func oneRowRefusal(_ model: Model) -> String? {
        guard isListed, list.chosenCount > 0 || list.marks.isWaiting else { return nil }
        let key = model.keymap.name(of: .unmark)
        return "\(list.markWords.capitalised), and this acts on one row: \(key) clears the marks."
    }

    /// Keys that every list has.
    static var listBindings: [Binding<Self>] {
        func binding(
            _ name: ActionName, _ key: Key, _ title: String, _ action: @escaping @Sendable (inout Self, Model) -> Void
        ) -> Binding<Self> {
            Binding(
                name, key, title: title, topic: .list,
                unavailable: { pane, _ in pane.listRefusal },
                action: { pane, model in
                    action(&pane, model)
                    return []
                })
        }
        return [
            binding(.sort, "s", "sort by a column, chosen from a menu") { pane, model in
                pane.list.openMenu(.sorting, pane.columns(model), own: Self.ownOrderWords)
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
            Binding(
                .preview, "p", title: "preview of the row on or off", topic: .list,
                unavailable: { pane, _ in
                    !pane.isListed
                        ? "Works in the list: Esc first." : Self.hasPreview ? nil : "This list has no preview."
                },
                action: { pane, _ in
                    pane.list.hidesPreview.toggle()
                    return [
                        .say(
                            Notice(
                                .info,
                                pane.list.hidesPreview
                                    ? "Preview off." : "Preview on: windows of 120 columns and more show it."))
                    ]
                }),
            binding(.mark, " ", "mark or unmark") { pane, _ in pane.list.toggleMark() },
            binding(.markRange, "V", "select from here to the cursor; V marks, an action takes them") { pane, _ in
                pane.list.markRange()
            },
            Binding(
                .markAll, "*", title: "mark all rows that the filter shows", topic: .list,
                unavailable: { pane, _ in pane.listRefusal },
                action: { pane, model in pane.markAll(model) }),
            binding(.unmark, "U", "clear marks") { pane, _ in pane.list.clearMarks() },
            Binding(
                .readRest, "F", title: "read the rest of what the filter or the order looks into", topic: .list,
                unavailable: { pane, model in pane.readRestRefusal(model) },
                action: { pane, model in pane.readRest(model) }),
        ]
    }
}
