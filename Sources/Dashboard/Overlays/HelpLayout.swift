import Screen

/// Where the texts of help stand in a window: each section in a column of its own where there are enough, texts wrapped,
/// nothing cut.
struct HelpLayout {
    /// A line of the screen.
    struct Piece: Equatable {
        enum Content: Equatable {
            case title(String)
            /// A key with the first line of its text, or a further line of it.
            case row(key: String, text: String)
        }

        var x: Int
        var y: Int
        var width: Int
        var content: Content
        /// The row's place among those shown.
        var place: Int?
        var canRun = true
    }

    private(set) var pieces: [Piece] = []
    private(set) var height = 0
    let keyWidth: Int
    /// Whether a reason stands in the place of what the key would do, and not after it.
    let isBrief: Bool

    /// - Parameters:
    ///   - isTitled: Whether sections bear their headings; the rows of a search stand without.
    ///   - isBrief: Whether what cannot act says only why.
    init(_ sections: [HelpOverlay.Section], width: Int, isTitled: Bool, isBrief: Bool) {
        self.isBrief = isBrief
        let rows = sections.flatMap(\.rows)
        keyWidth = min(14, rows.map { TerminalText.width(of: $0.key) }.max() ?? 0)
        let count = Self.columns(width)
        guard isTitled, sections.count > 1 else {
            add(rows, from: 0, x: 0, y: 0, width: width)
            return
        }
        var first = 0
        let starts = sections.map { section in
            defer { first += section.rows.count }
            return first
        }
        let columnWidth = width / count
        func place(_ number: Int, x: Int, y: Int, width: Int) -> Int {
            add(title: sections[number].title, x: x, y: y, width: width)
            return add(sections[number].rows, from: starts[number], x: x, y: y + 1, width: width)
        }
        switch count {
        case 1:
            var y = 0
            for number in sections.indices { y = place(number, x: 0, y: y, width: width) + 1 }
        case 2:
            let split = split(sections, width: columnWidth)
            var ends = [0, 0]
            for number in sections.indices {
                let column = number < split ? 0 : 1
                ends[column] = place(number, x: column * columnWidth, y: ends[column], width: columnWidth) + 1
            }
        default:
            for number in sections.indices.prefix(count) {
                _ = place(number, x: number * columnWidth, y: 0, width: columnWidth)
            }
            for number in sections.indices.dropFirst(count) {
                let y = height + 1
                add(title: sections[number].title, x: 0, y: y, width: width)
                spread(sections[number].rows, from: starts[number], over: count, x: 0, y: y + 1, width: width)
            }
        }
    }

    /// How many columns stand side by side.
    static func columns(_ width: Int) -> Int {
        switch width {
        case ..<80: 1
        case ..<120: 2
        case ..<180: 3
        default: 4
        }
    }

    /// How many sections stand in the first of two columns, so that the longer one is as short as can be.
    private func split(_ sections: [HelpOverlay.Section], width: Int) -> Int {
        let heights = sections.map { section in
            section.rows.reduce(2) { $0 + lines(of: $1, width: width).count }
        }
        func longest(_ split: Int) -> Int {
            max(heights[..<split].reduce(0, +), heights[split...].reduce(0, +))
        }
        return (1..<max(2, sections.count)).min { longest($0) < longest($1) } ?? 1
    }

    // MARK: Adding

    private mutating func add(title: String, x: Int, y: Int, width: Int) {
        pieces.append(Piece(x: x, y: y, width: width, content: .title(title)))
        height = max(height, y + 1)
    }

    /// - Returns: The line after the last one.
    @discardableResult
    private mutating func add(_ rows: [KeyHelp], from first: Int, x: Int, y: Int, width: Int) -> Int {
        var y = y
        for (number, row) in rows.enumerated() {
            for (line, text) in lines(of: row, width: width).enumerated() {
                pieces.append(
                    Piece(
                        x: x, y: y, width: width, content: .row(key: line == 0 ? row.key : "", text: text),
                        place: first + number, canRun: row.unavailable == nil))
                y += 1
            }
        }
        height = max(height, y)
        return y
    }

    /// Rows side by side in columns of nearly one height; one too long for a column takes the whole width below them.
    private mutating func spread(_ rows: [KeyHelp], from first: Int, over count: Int, x: Int, y: Int, width: Int) {
        let columnWidth = width / count
        let long = rows.lastIndex { lines(of: $0, width: columnWidth).count > 3 && count > 1 }
        let split = long == rows.count - 1 ? rows.count - 1 : rows.count
        let heights = rows[..<split].map { lines(of: $0, width: columnWidth).count }
        let all = heights.reduce(0, +)
        let most = max(heights.max() ?? 1, (all + count - 1) / count)
        var (column, used, start) = (0, 0, 0)
        var end = y
        for place in 0...split {
            guard place == split || (used > 0 && used + heights[place] > most && column < count - 1) else {
                used += heights[place]
                continue
            }
            let part = Array(rows[start..<place])
            end = max(end, add(part, from: first + start, x: x + column * columnWidth, y: y, width: columnWidth))
            (column, start) = (column + 1, place)
            used = place < split ? heights[place] : 0
        }
        add(Array(rows[split...]), from: first + split, x: x, y: end, width: width)
    }

    /// The text of a row, or in its place why it cannot run.
    private func lines(of row: KeyHelp, width: Int) -> [String] {
        let lines = TerminalText.wrap(text(of: row), width: max(8, width - Self.textStart(keyWidth) - 1))
        return lines.isEmpty ? [""] : lines
    }

    func text(of row: KeyHelp) -> String {
        row.unavailable.map { isBrief ? "no: \($0)" : "\(row.title), no: \($0)" } ?? row.title
    }

    /// Where texts begin in a column.
    static func textStart(_ keyWidth: Int) -> Int { 3 + keyWidth + 2 }
}
