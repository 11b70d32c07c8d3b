/// Lines of styled text for reading: headings, labelled values, paragraphs. Built for a width, drawn from any line on.
public struct Page: Equatable {
    public struct Run: Equatable {
        public var x: Int
        public var text: String
        public var style: Style
    }

    public let width: Int
    public private(set) var lines: [[Run]] = []
    /// Columns of the labels of `field`.
    public var labelWidth = 14
    /// Columns before them.
    public var indent = 3

    public init(width: Int) { self.width = max(0, width) }

    /// A page beside a list, whose labels leave its values what a narrow one has.
    public static func preview(width: Int) -> Page {
        var page = Page(width: width)
        if width < 48 { (page.indent, page.labelWidth) = (2, 13) }
        return page
    }

    public mutating func blank() { lines.append([]) }

    /// A heading, with words at its right end.
    public mutating func heading(_ text: String, right: String = "", rightStyle: Style = .faint) {
        line(text, style: .title, right: right, rightStyle: rightStyle)
    }

    public mutating func line(
        _ text: String, style: Style = .plain, indent: Int = 1, right: String = "", rightStyle: Style = .faint
    ) {
        let rightWidth = right.isEmpty ? 0 : TerminalText.width(of: right)
        let available = width - indent - (rightWidth == 0 ? 0 : rightWidth + 2)
        var runs = [Run(x: indent, text: TerminalText.cut(text, to: available), style: style)]
        if rightWidth > 0, rightWidth < width {
            runs.append(Run(x: width - rightWidth - 1, text: right, style: rightStyle))
        }
        lines.append(runs)
    }

    /// A label and its value; a long value goes on under itself.
    /// - Parameter mark: A sign before the value, in a column of its own.
    public mutating func field(
        _ label: String, _ value: String, style: Style = .plain, indent: Int? = nil, mark: String? = nil
    ) {
        let indent = indent ?? self.indent
        let start = indent + labelWidth + (mark == nil ? 0 : 2)
        let wrapped = TerminalText.wrap(value, width: max(1, width - start - 1))
        for (number, part) in (wrapped.isEmpty ? [""] : wrapped).enumerated() {
            var runs: [Run] = []
            if number == 0 {
                runs.append(Run(x: indent, text: TerminalText.cut(label, to: labelWidth - 1), style: .faint))
                if let mark { runs.append(Run(x: indent + labelWidth, text: mark, style: style)) }
            }
            runs.append(Run(x: start, text: part, style: style))
            lines.append(runs)
        }
    }

    public mutating func paragraph(_ text: String, style: Style = .plain, indent: Int = 3) {
        for part in TerminalText.wrap(text, width: max(1, width - indent - 1)) {
            lines.append([Run(x: indent, text: part, style: style)])
        }
    }

    /// Runs placed by the caller, one line.
    public mutating func runs(_ runs: [(x: Int, text: String, style: Style)]) {
        lines.append(runs.map { Run(x: $0.x, text: $0.text, style: $0.style) })
    }

    /// Draws the lines from `top` on, and says at the lower right how many are hidden.
    public func draw(on canvas: inout Canvas, in rect: Rect, from top: Int = 0) {
        let first = max(0, min(top, lines.count - rect.height))
        var hidden = lines.count - first - rect.height
        var shown = rect.height
        // A text that reaches into the note would be half hidden: it counts as hidden.
        if hidden > 0, rect.height > 1, reach(of: lines[first + rect.height - 1]) > rect.width - 17 {
            (hidden, shown) = (hidden + 1, shown - 1)
        }
        for (row, runs) in lines.dropFirst(first).prefix(shown).enumerated() {
            for run in runs {
                canvas.write(
                    run.text, x: rect.x + run.x, y: rect.y + row, width: rect.width - run.x, style: run.style)
            }
        }
        if hidden > 0, rect.height > 0 {
            let note = " \(hidden) more below "
            canvas.write(
                note, x: rect.maxX - note.count - 1, y: rect.maxY - 1, width: note.count, style: Style(.faint))
        }
    }

    /// The column after the last text of a line.
    private func reach(of runs: [Run]) -> Int {
        runs.map { $0.x + TerminalText.width(of: $0.text) }.max() ?? 0
    }
}
