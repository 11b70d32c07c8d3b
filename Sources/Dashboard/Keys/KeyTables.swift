import Screen

/// What an action is about: help groups the actions by it, in this order.
enum KeyTopic: CaseIterable, Sendable {
    /// The row on the cursor, or what is open; actions that name no topic.
    case row
    case list, moves, places, program, filters

    /// The heading under which help shows it; topics of one heading stand together.
    var title: String {
        switch self {
        case .row: "THIS ROW"
        case .list, .moves: "THE LIST"
        case .places, .program: "EVERYWHERE"
        case .filters: "FILTER"
        }
    }

    /// Every heading once, in this order.
    static let titles = ["THIS ROW", "THE LIST", "EVERYWHERE", "FILTER"]
}

/// An action with the keys that the tables give it.
struct KeyAction: Equatable, Sendable {
    let name: ActionName
    let keys: [Key]
    let title: String
    let hint: String?
    let topic: KeyTopic
    /// Why its keys cannot be changed; nil when they can.
    let reasonFixed: String?

    init(
        _ name: ActionName, _ keys: [Key], title: String, hint: String? = nil, topic: KeyTopic = .row,
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
    /// A key that the menus of many terminals take, so that it is never named without the other key of its action.
    static let lackedByMany = Key.function(10)

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

    func has(_ name: ActionName) -> Bool { actions.contains { $0.name == name } }
}

/// Where a key is pressed. It decides which tables have a say.
enum KeyPlace: Hashable {
    case view(View)
    case card, changes, plans, log, table, form, review, bulk, setup
    /// A box where letters are text.
    case text

    static let all =
        View.all.map { KeyPlace.view($0) } + [
            .card, .changes, .plans, .log, .table, .form, .review, .bulk, .setup, .text,
        ]

    /// The tables that have a say here, the place's own first.
    var tables: [KeyTable] {
        switch self {
        case .view(let view):
            [
                KeyTable(name: view.title, actions: Panes.registry[view.number - 1].actions), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .card:
            [
                KeyTable(name: "customer card", actions: CustomerCardPane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .changes:
            [
                KeyTable(name: "what changed", actions: ChangesPane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .plans:
            [
                KeyTable(name: "plans", actions: PlansPane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .log:
            [
                KeyTable(name: "request log", actions: RequestsPane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .table:
            [
                KeyTable(name: "csv table", actions: CSVTablePane.bindings.map(\.row)), KeyTables.views,
                KeyTables.everywhere,
            ]
        case .form: [FormKeys.table, KeyTables.everywhere]
        case .review: [ReviewKeys.table, KeyTables.everywhere]
        case .bulk: [BulkKeys.table, KeyTables.everywhere]
        case .setup: [SetupKeys.table, KeyTables.everywhere]
        case .text: [KeyTables.everywhere]
        }
    }
}

/// The tables that belong to no pane.
enum KeyTables {
    /// What moves the cursor in every list and scrolls every page: ``ListCursor`` knows what they mean.
    static let moves = [
        KeyAction(.down, [.down, "j"], title: "down", topic: .moves),
        KeyAction(.up, [.up, "k"], title: "up", topic: .moves),
        KeyAction(.first, [.home, "g"], title: "the first row", topic: .moves),
        KeyAction(.last, [.end, "G"], title: "the last row", topic: .moves),
        KeyAction(.pageDown, [.pageDown, .control("f")], title: "a page down", topic: .moves),
        KeyAction(.pageUp, [.pageUp, .control("b")], title: "a page up", topic: .moves),
        KeyAction(.halfPageDown, [.control("d")], title: "half a page down", topic: .moves),
        KeyAction(.halfPageUp, [.control("u")], title: "half a page up", topic: .moves),
    ]

    static let views = KeyTable(name: "all views", actions: moves + Dashboard.bindings.map(\.row))

    static let everywhere = KeyTable(
        name: "everywhere",
        actions: Dashboard.everywhere.map(\.row) + [
            KeyAction(
                .leaveAtOnce, [.control("c")], title: "leave at once (twice)", topic: .program,
                reasonFixed: "^C leaves whatever happens")
        ], isTypedIn: true)

    /// Every table once, with the place it belongs to.
    static let all: [KeyTable] = {
        var tables: [KeyTable] = []
        for place in KeyPlace.all {
            for table in place.tables where !tables.contains(where: { $0.name == table.name }) { tables.append(table) }
        }
        return tables
    }()

    /// What sentences call the keys that the tables give to each action.
    static let sentenceNames: [ActionName: String] = {
        let actions = all.flatMap(\.actions)
        return Dictionary(actions.map { ($0.name, $0.keys) }) { first, _ in first }.compactMapValues(\.inSentences)
    }()

    /// The rows of an action: one in each table that has it.
    static func rows(of action: ActionName) -> [KeyAction] {
        all.flatMap { table in table.actions.filter { $0.name == action } }
    }
}
