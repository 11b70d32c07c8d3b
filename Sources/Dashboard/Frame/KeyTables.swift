import Screen

/// What an action is about: what belongs together stands together in help, in this order.
enum KeyTopic: CaseIterable, Sendable {
    /// The row on the cursor, or what is open; actions that name no topic.
    case row
    case list, places, program, moves, filters

    var title: String {
        switch self {
        case .row: "THIS ROW"
        case .list: "THE LIST"
        case .places: "GO TO"
        case .program: "EVERYWHERE"
        case .moves: "MOVE"
        case .filters: "IN A FILTER"
        }
    }
}

/// An action with the keys that the tables give it.
struct KeyAction: Equatable, Sendable {
    /// For configuration and scripts: `change-seats`.
    let name: String
    let keys: [Key]
    let title: String
    let hint: String?
    let topic: KeyTopic
    /// Why its keys cannot be changed; nil when they can.
    let reasonFixed: String?

    init(
        _ name: String, _ keys: [Key], title: String, hint: String? = nil, topic: KeyTopic = .row,
        reasonFixed: String? = nil
    ) {
        self.name = name
        self.keys = keys
        self.title = title
        self.hint = hint
        self.topic = topic
        self.reasonFixed = reasonFixed
    }

    /// The key that stands for the action inside the dashboard, whatever key the person has given it.
    var inner: Key { keys.first { !$0.alwaysMeansTheSame } ?? keys[0] }
}

extension Key {
    /// Esc goes back and ^C leaves, whatever the configuration says: nobody may be locked in.
    var alwaysMeansTheSame: Bool { self == .escape || self == .control("c") }
}

/// Keys that work at the same places.
struct KeyTable: Sendable {
    /// Where they work, as `souk keys` says it.
    let name: String
    let actions: [KeyAction]
    /// Whether letters are text there.
    var isTypedIn = false
}

/// Where a key is pressed. It decides which tables have a say.
enum KeyPlace: Hashable {
    case view(View)
    case log, form, review, bulk
    /// A box where letters are text.
    case text

    static let all = View.allCases.map { KeyPlace.view($0) } + [.log, .form, .review, .bulk, .text]

    /// The tables that have a say here, the place's own first.
    var tables: [KeyTable] {
        switch self {
        case .view(let view):
            [KeyTable(name: view.title, actions: Self.actions(of: view)), KeyTables.views, KeyTables.everywhere]
        case .log:
            [
                KeyTable(name: "request log", actions: RequestsPane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .form: [KeyTables.form, KeyTables.everywhere]
        case .review: [KeyTables.review, KeyTables.everywhere]
        case .bulk: [KeyTables.bulk, KeyTables.everywhere]
        case .text: [KeyTables.everywhere]
        }
    }

    private static func actions(of view: View) -> [KeyAction] {
        switch view {
        case .home: HomePane.bindings.map(\.row)
        case .accounts: AccountsPane.bindings.map(\.row)
        case .subscriptions: SubscriptionsPane.bindings.map(\.row)
        case .orders: OrdersPane.bindings.map(\.row)
        case .catalog: CatalogPane.bindings.map(\.row)
        case .users: UsersPane.bindings.map(\.row)
        case .journal: JournalPane.bindings.map(\.row)
        }
    }
}

/// The tables that belong to no pane.
enum KeyTables {
    /// What moves the cursor in every list and scrolls every page: ``ListCursor`` knows what they mean.
    static let moves = [
        KeyAction("down", [.down, "j"], title: "down", topic: .moves),
        KeyAction("up", [.up, "k"], title: "up", topic: .moves),
        KeyAction("first", [.home, "g"], title: "the first row", topic: .moves),
        KeyAction("last", [.end, "G"], title: "the last row", topic: .moves),
        KeyAction("page-down", [.pageDown, .control("f")], title: "a page down", topic: .moves),
        KeyAction("page-up", [.pageUp, .control("b")], title: "a page up", topic: .moves),
        KeyAction("half-page-down", [.control("d")], title: "half a page down", topic: .moves),
        KeyAction("half-page-up", [.control("u")], title: "half a page up", topic: .moves),
    ]

    static let views = KeyTable(name: "all views", actions: moves + Dashboard.bindings.map(\.row))

    static let everywhere = KeyTable(
        name: "everywhere",
        actions: Dashboard.everywhere.map(\.row) + [
            KeyAction(
                "leave-at-once", [.control("c")], title: "leave at once, pressed twice", topic: .program,
                reasonFixed: "^C leaves whatever happens")
        ], isTypedIn: true)

    static let form = KeyTable(
        name: "forms",
        actions: [
            KeyAction("next-row", [.tab], title: "next row", hint: "next"),
            KeyAction("row-before", [.backTab], title: "row before"),
            KeyAction("estimate", [.function(5)], title: "ask for the price again", hint: "estimate"),
            KeyAction("add-line", [.function(2)], title: "add a line from the catalogue", hint: "add line"),
            KeyAction("remove-line", [.function(8)], title: "take the line with the cursor out of the order"),
            KeyAction(
                "add-units", [.function(6)],
                title: "add the units to the subscription that the customer holds already"),
            KeyAction("scroll-words", [.pageDown, .pageUp], title: "more of the words beside or below the rows"),
            KeyAction("review", [.function(10), .control("o")], title: "to the review", hint: "review"),
            KeyAction(
                "choose", [" "], title: "choose, where there is a choice", reasonFixed: "it is text in a text row"),
            KeyAction(
                "edit",
                [
                    .enter, .up, .down, .left, .right, .home, .end, .backspace, .delete, .control("a"), .control("e"),
                    .control("k"), .control("u"), .control("w"),
                ], title: "edit the row and move between rows", reasonFixed: "they edit text in every box"),
            KeyAction(
                "leave-form", [.escape], title: "leave the form; what was typed is kept, nothing is sent",
                hint: "leave",
                reasonFixed: "Esc goes back whatever happens"),
        ], isTypedIn: true)

    static let review = KeyTable(
        name: "review",
        actions: [
            KeyAction("estimate", [.function(5)], title: "ask the marketplace once more", hint: "check again"),
            KeyAction(
                "confirm", [.enter], title: "send it when the words are typed, else go back", hint: "send, once typed",
                reasonFixed: "the review asks for typed words and Enter, so that no single key writes"),
            KeyAction(
                "scroll-review", [.up, .down, .pageUp, .pageDown], title: "more of the review",
                reasonFixed: "a review must be read to its end"),
            KeyAction(
                "leave-review", [.escape], title: "back to the form; nothing is sent", hint: "back to the form",
                reasonFixed: "Esc goes back whatever happens"),
        ], isTypedIn: true)

    static let bulk = KeyTable(
        name: "bulk changes",
        actions: [
            KeyAction(
                "take-in", [" "], title: "take the row in, or leave it out", hint: "in or out",
                reasonFixed: "it is text once words are typed"),
            KeyAction(
                "estimate", [.function(5)], title: "ask the marketplace about each row once more", hint: "check again"),
            KeyAction(
                "review", [.function(10), .control("o")], title: "after a stop, to the review of the rest",
                hint: "review the rest"),
            KeyAction(
                "confirm", [.enter], title: "send them when the words are typed, else go back",
                hint: "send, once typed",
                reasonFixed: "the review asks for typed words and Enter, so that no single key writes"),
            KeyAction(
                "scroll-review", [.up, .down, .pageUp, .pageDown], title: "to the other rows",
                reasonFixed: "a review must be read to its end"),
            KeyAction(
                "leave-review", [.escape], title: "back; while rows are sent, stop after the one on its way",
                hint: "back", reasonFixed: "Esc goes back whatever happens"),
        ], isTypedIn: true)

    /// Every table once, with the place it belongs to.
    static let all: [KeyTable] = {
        var tables: [KeyTable] = []
        for place in KeyPlace.all {
            for table in place.tables where !tables.contains(where: { $0.name == table.name }) { tables.append(table) }
        }
        return tables
    }()
}

extension KeyTable {
    /// A row of the table as help shows it.
    /// - Parameter name: An action of this table.
    func help(_ name: String) -> KeyHelp {
        guard let row = actions.first(where: { $0.name == name }) else { preconditionFailure("no action \(name)") }
        return KeyHelp(row)
    }
}
