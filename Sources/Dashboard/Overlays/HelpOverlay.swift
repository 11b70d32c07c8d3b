import Screen

/// The keys that work here and now, or the actions of what is selected, made from the key tables. Typing narrows them,
/// Enter runs the one on the cursor.
struct HelpOverlay {
    enum Kind: Equatable { case keys, actions }

    /// Rows that belong together.
    struct Section: Equatable {
        var title: String
        var rows: [KeyHelp]
    }

    let kind: Kind
    /// The text of the message line when it was opened, which may be longer than the line.
    let message: String
    private(set) var search = TextField()
    /// Place of the row on the cursor among those that pass the search.
    private(set) var selected = 0

    init(_ kind: Kind, message: String = "") {
        self.kind = kind
        self.message = message
    }

    /// - Parameter sections: What may be chosen from just now.
    mutating func take(_ key: Key, _ sections: [Section]) -> [Reaction] {
        let rows = shown(sections)
        switch key {
        case .escape, .function(1): return [.close]
        case "?" where search.isEmpty, "q" where search.isEmpty: return [.close]
        case .enter:
            // What cannot run says why, in the message line.
            guard rows.indices.contains(selected), rows[selected].unavailable == nil, let key = rows[selected].inner
            else { return [] }
            return [.close, .press(key)]
        case .down: move(by: 1, rows.count)
        case .up: move(by: -1, rows.count)
        case .pageDown: move(by: 10, rows.count)
        case .pageUp: move(by: -10, rows.count)
        default:
            let before = search.characters
            _ = search.take(key)
            if search.characters != before { selected = 0 }
        }
        return []
    }

    private mutating func move(by count: Int, _ rows: Int) { selected = max(0, min(rows - 1, selected + count)) }

    /// The rows that pass the search, in the order of the tables.
    func shown(_ sections: [Section]) -> [KeyHelp] { sections.flatMap { $0.rows.filter(passes) } }

    private func passes(_ row: KeyHelp) -> Bool {
        let words = search.text.lowercased().split(separator: " ").map(String.init)
        return Filter.matches("\(row.key) \(row.title) \(row.action?.rawValue ?? "")", words: words)
    }

    /// What the message line says of the row on the cursor: why it cannot run, or what does not fit into its row.
    /// - Parameter width: Columns of the window.
    func note(_ sections: [Section], width: Int) -> Notice {
        let rows = shown(sections)
        guard rows.indices.contains(selected) else { return Notice(.info, "") }
        let row = rows[selected]
        if row.unavailable != nil {
            // In lists with longer reasons it is below the rows.
            return Notice(.warning, reasonRows(rows, width: width) > 0 ? "" : Self.reason(of: row))
        }
        let columns = Columns(rows, width: width)
        return Notice(.info, TerminalText.width(of: row.title) > columns.titleWidth ? row.title : "")
    }

    static func reason(of row: KeyHelp) -> String { row.unavailable.map { "Not now: \($0)" } ?? "" }

    /// Lines kept below the rows for the reasons, where one of them is longer than the message line.
    func reasonRows(_ rows: [KeyHelp], width: Int) -> Int {
        let columns = max(1, width - 4)
        let most = rows.map { TerminalText.wrap(Self.reason(of: $0), width: columns).count }.max() ?? 0
        return most > 1 ? most + 1 : 0
    }

    /// How rows stand side by side in a window of some width.
    struct Columns {
        static let leastWidth = 58
        let count: Int
        let width: Int
        let keyWidth: Int

        init(_ rows: [KeyHelp], width: Int) {
            count = max(1, width / Self.leastWidth)
            self.width = width / count
            keyWidth = min(16, rows.map { TerminalText.width(of: $0.key) }.max() ?? 0)
        }

        /// Where titles begin in a column.
        var titleStart: Int { 3 + keyWidth + 2 }
        var titleWidth: Int { max(0, width - 1 - titleStart) }
    }
}

extension HelpOverlay: Overlay {
    var extent: OverlayExtent { .popup }
    func claims(_ key: Key) -> Bool { key == .function(1) }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { take(key, below.helpSections(kind)) }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.helpSections(kind), subject: below.helpSubject(kind))
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? {
        [Hint("Enter", "run it"), Hint("Up Down", "move"), Hint("a-z", "search"), Hint("Esc", "close")]
    }

    func helpSection(_ model: Model) -> Section? { nil }

    func message(over below: Dashboard) -> Notice? { note(below.helpSections(kind), width: below.size.columns) }
    var hasOwnMessage: Bool { true }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { "" }
}
