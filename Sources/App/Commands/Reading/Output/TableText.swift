import Screen

/// A table as it is printed for people: columns as wide as their longest cell, cut where the terminal is narrower.
struct TableText {
    struct Column {
        var title: String
        var isRightAligned = false
        /// Whether it may be cut first: names, not ids and dates.
        var isFlexible = false
    }

    typealias Cell = (text: String, tone: Tone)

    var columns: [Column]
    var width: Int
    var isColoured: Bool

    private static let gap = 2
    private static let leastWidth = 8

    func lines(_ rows: [[Cell]]) -> [String] {
        let texts = rows.map { $0.map { TerminalText.safe($0.text) } }
        let widths = fitted(texts)
        let titles = columns.indices.map { (columns[$0].title, isColoured ? Tone.faint : .plain) }
        let head = line(columns.map(\.title), titles.map(\.1), widths)
        return [head] + zip(texts, rows).map { texts, row in line(texts, row.map(\.tone), widths) }
    }

    /// The widths of the columns that fit; those at the end that do not are left out.
    private func fitted(_ rows: [[String]]) -> [Int] {
        var widths = columns.map { TerminalText.width(of: $0.title) }
        for row in rows {
            for (place, text) in row.enumerated() { widths[place] = max(widths[place], TerminalText.width(of: text)) }
        }
        func need() -> Int { widths.reduce(0, +) + Self.gap * (widths.count - 1) }
        for onlyFlexible in [true, false] {
            while need() > width {
                let candidates = widths.indices.filter { place in
                    widths[place] > Self.leastWidth && (!onlyFlexible || columns[place].isFlexible)
                }
                guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
                widths[widest] -= 1
            }
        }
        while widths.count > 1, need() > width { widths.removeLast() }
        return widths
    }

    private func line(_ texts: [String], _ tones: [Tone], _ widths: [Int]) -> String {
        var line = ""
        for (place, width) in widths.enumerated() {
            let text = TerminalText.cut(texts[place], to: width)
            let space = String(repeating: " ", count: max(0, width - TerminalText.width(of: text)))
            let coloured = isColoured ? Self.coloured(text, tones[place]) : text
            if place > 0 { line += String(repeating: " ", count: Self.gap) }
            let isLast = place == widths.count - 1
            line += columns[place].isRightAligned ? space + coloured : coloured + (isLast ? "" : space)
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    static func coloured(_ text: String, _ tone: Tone) -> String {
        let code =
            switch tone {
            case .good: "32"
            case .warning: "33"
            case .bad: "31"
            case .faint: "2"
            default: ""
            }
        return code.isEmpty || text.isEmpty ? text : "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
