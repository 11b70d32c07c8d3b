/// Lines of styled text for reading: headings, labelled values, paragraphs. Built for a width, drawn from any line on.
public struct Page: Equatable {
    public struct Run: Equatable {
        public var x: Int
        public var text: String
        public var style: Style
        /// Whether it has a fixed place: it stands there whatever row the page is of.
        public var isLabel = false
    }

    public let width: Int
    public private(set) var lines: [[Run]] = []
    /// Columns of the labels of `field`.
    public var labelWidth = 14
    /// Columns before them.
    public var indent = 3

    /// Whether the next lines have fixed places: each field takes the rows that it is given, whatever its value.
    public private(set) var hasFixedPlaces = false
    /// Whether any of its lines have.
    private var isPreview = false

    public init(width: Int) { self.width = max(0, width) }

    /// A page beside a list, whose labels leave its values what a narrow one has.
    /// - Parameter isOpened: Whether it is of one row that the person has opened. Otherwise it follows the cursor, and its
    ///   labels keep their places from row to row, until ``endFixedPlaces()``.
    public static func preview(width: Int, isOpened: Bool = false) -> Page {
        var page = Page(width: width)
        if width < 48 { (page.indent, page.labelWidth) = (2, 13) }
        (page.hasFixedPlaces, page.isPreview) = (!isOpened, !isOpened)
        return page
    }

    /// From here on each field takes as many rows as its value needs.
    public mutating func endFixedPlaces() { hasFixedPlaces = false }

    /// Columns that the value of a field has.
    public var valueWidth: Int { max(1, width - indent - labelWidth - 1) }

    public mutating func blank() { lines.append([]) }

    /// Where places are fixed: makes the lines from `start` on so many, whatever there was to say.
    public mutating func fill(from start: Int, rows: Int) {
        while hasFixedPlaces, lines.count < start + rows { blank() }
    }

    /// A heading, with words at its right end. Where places are fixed, those after the first one are labels.
    /// - Parameter name: What the part is of, after a label.
    public mutating func heading(
        _ text: String, name: String = "", right: String = "", rightStyle: Style = .faint
    ) {
        guard hasFixedPlaces, !lines.isEmpty else {
            return line(text, style: .title, right: right, rightStyle: rightStyle)
        }
        let next = 1 + TerminalText.width(of: text) + 2
        line(name, indent: next, right: TerminalText.cut(right, to: width - next - 2), rightStyle: rightStyle)
        lines[lines.count - 1].insert(Run(x: 1, text: text, style: .title, isLabel: true), at: 0)
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
    ///
    /// Where places are fixed it is cut at the end of its rows, and a dash stands for one that is missing. Elsewhere a
    /// field without a value is left out.
    /// - Parameters:
    ///   - mark: A sign before the value, in a column of its own.
    ///   - rows: Rows of the field where places are fixed.
    public mutating func field(
        _ label: String, _ value: String?, style: Style = .plain, indent: Int? = nil, mark: String? = nil, rows: Int = 1
    ) {
        let isMissing = hasFixedPlaces && value?.isEmpty != false
        guard let value = isMissing ? "-" : value else { return }
        let style = isMissing ? .faint : style
        let indent = indent ?? self.indent
        let start = indent + labelWidth + (mark == nil ? 0 : 2)
        let parts = fitted(TerminalText.wrap(value, width: max(1, width - start - 1)), width - start - 1, rows: rows)
        for (number, part) in (parts.isEmpty ? [""] : parts).enumerated() {
            var runs: [Run] = []
            if number == 0 {
                let label = TerminalText.cut(label, to: labelWidth - 1)
                runs.append(Run(x: indent, text: label, style: .faint, isLabel: hasFixedPlaces))
                if let mark { runs.append(Run(x: indent + labelWidth, text: mark, style: style)) }
            }
            runs.append(Run(x: start, text: part, style: style))
            lines.append(runs)
        }
    }

    /// A label and its value in the first of several forms, the longest first, that its row has space for.
    public mutating func field(_ label: String, fitting forms: [String], style: Style = .plain) {
        let form = forms.first { !hasFixedPlaces || TerminalText.width(of: $0) <= valueWidth }
        field(label, form ?? forms.last, style: style)
    }

    /// - Parameter rows: Rows of the paragraph where places are fixed.
    public mutating func paragraph(_ text: String, style: Style = .plain, indent: Int = 3, rows: Int = 1) {
        let available = max(1, width - indent - 1)
        for part in fitted(TerminalText.wrap(text, width: available), available, rows: rows) {
            lines.append([Run(x: indent, text: part, style: style)])
        }
    }

    /// `parts` as they are, or as so many rows where places are fixed.
    private func fitted(_ parts: [String], _ width: Int, rows: Int) -> [String] {
        guard hasFixedPlaces, parts.count != rows else { return parts }
        if parts.count < rows { return parts + Array(repeating: "", count: rows - parts.count) }
        let last = parts[(rows - 1)...].joined(separator: " ")
        return parts.prefix(rows - 1) + [TerminalText.cut(last, to: max(1, width))]
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
        // A text that reaches into the note would be half hidden: it counts as hidden. A preview's last row does always,
        // whatever it holds.
        if hidden > 0, rect.height > 1, isPreview || reach(of: lines[first + rect.height - 1]) > rect.width - 17 {
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
