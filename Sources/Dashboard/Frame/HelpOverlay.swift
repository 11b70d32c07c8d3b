import Screen

/// The keys that work here and now, made from the key tables; typing narrows them.
struct HelpOverlay {
    var rows: [KeyHelp]
    var title: String
    /// The text of the message line, which may be longer than the line.
    var message: String
    private(set) var search = TextField()
    private(set) var top = 0

    init(title: String, message: String, rows: [KeyHelp]) {
        self.title = title
        self.message = message
        self.rows = rows
    }

    private var shown: [KeyHelp] {
        let words = search.text.lowercased().split(separator: " ").map(String.init)
        return rows.filter { Filter.matches("\($0.key) \($0.title)", words: words) }
    }

    /// - Returns: false when the help is to be closed.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .escape, .enter, "?": return false
        case "q" where search.isEmpty: return false
        case .down: top += 1
        case .up: top = max(0, top - 1)
        case .pageDown: top += 10
        case .pageUp: top = max(0, top - 10)
        default:
            _ = search.take(key)
            top = 0
        }
        return true
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        canvas.fill(rect)
        var page = Page(width: rect.width)
        page.labelWidth = 16
        page.heading("KEYS HERE: \(title)", right: search.isEmpty ? "type to search" : "")
        page.blank()
        if TerminalText.width(of: message) > rect.width - 20, search.isEmpty {
            page.paragraph(message, style: .warning)
            page.blank()
        }
        for row in shown {
            page.field(row.key, row.title, style: row.unavailable == nil ? .plain : .faint)
            if let reason = row.unavailable { page.field("", reason, style: .faint) }
        }
        if shown.isEmpty { page.paragraph("No key matches \u{201C}\(search.text)\u{201D}.", style: .faint) }
        page.draw(on: &canvas, in: rect, from: top)
        if !search.isEmpty || rect.width > 50 {
            let x = rect.x + 15 + TerminalText.width(of: title)
            let width = rect.maxX - x - 18
            if width > 6 {
                search.draw(on: &canvas, x: x, y: rect.y, width: width, style: Style(.plain), focused: true)
            }
        }
    }
}
