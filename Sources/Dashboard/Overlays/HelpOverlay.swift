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
            // What cannot run says why in its place.
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

    /// The rows on the screen in their order: those that pass the search, or all, with what belongs together on one line.
    func shown(_ sections: [Section]) -> [KeyHelp] { shownSections(sections).flatMap(\.rows) }

    func shownSections(_ sections: [Section]) -> [Section] {
        sections.map { section in
            let rows = search.isEmpty && kind == .keys ? KeyGroups.joined(section.rows) : section.rows.filter(passes)
            return Section(title: section.title, rows: rows)
        }.filter { !$0.rows.isEmpty }
    }

    private func passes(_ row: KeyHelp) -> Bool {
        let words = search.text.lowercased().split(separator: " ").map(String.init)
        return Filter.matches("\(row.key) \(row.title) \(row.action?.rawValue ?? "")", words: words)
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
        [Hint("Enter", "run"), Hint("Up Down", "move"), Hint("a-z", "search"), Hint("Esc", "close")]
    }

    func helpSection(_ model: Model) -> Section? { nil }

    // What stands on the screen is whole: nothing is left to be said below it.
    func message(over below: Dashboard) -> Notice? { Notice(.info, "") }
    var hasOwnMessage: Bool { true }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { "" }
}
