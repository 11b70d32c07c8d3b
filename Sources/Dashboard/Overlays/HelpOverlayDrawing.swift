import Screen

extension HelpOverlay {
    private enum Line {
        case blank
        case title(String)
        /// A row and its place among the rows shown.
        case row(KeyHelp, Int)
    }

    /// - Parameter subject: What the actions act on, in few words; the view's name for the keys.
    func draw(on canvas: inout Canvas, in rect: Rect, _ sections: [Section], subject: String) {
        canvas.fill(rect)
        drawHead(on: &canvas, in: rect, subject: subject)
        var body = rect.droppingTop(2)
        if kind == .keys, search.isEmpty, TerminalText.width(of: message) > rect.width - 20 {
            var page = Page(width: rect.width)
            page.paragraph(message, style: .warning, indent: 1)
            page.blank()
            page.draw(on: &canvas, in: body)
            body = body.droppingTop(page.lines.count)
        }
        let rows = shown(sections)
        let reasonRows = min(reasonRows(rows, width: rect.width), max(0, body.height - 3))
        if reasonRows > 0, rows.indices.contains(selected) {
            var page = Page(width: rect.width)
            page.paragraph(Self.reason(of: rows[selected]), style: .warning, indent: 1)
            page.draw(on: &canvas, in: body.droppingTop(body.height - reasonRows + 1))
        }
        body = body.droppingBottom(reasonRows)
        guard body.height > 0 else { return }
        let lines = lines(sections, height: body.height)
        let columns = stride(from: 0, to: lines.count, by: body.height).map {
            Array(lines[$0..<min(lines.count, $0 + body.height)])
        }
        let place = columns.firstIndex { column in
            column.contains { if case .row(_, selected) = $0 { true } else { false } }
        }
        let look = Columns(rows, width: rect.width)
        let first = max(0, min((place ?? 0) - look.count + 1, columns.count - look.count))
        for (number, column) in columns.dropFirst(first).prefix(look.count).enumerated() {
            for (y, line) in column.enumerated() {
                draw(line, on: &canvas, x: rect.x + number * look.width, y: body.y + y, look)
            }
        }
        if lines.isEmpty {
            canvas.write(
                "Nothing here matches \u{201C}\(search.text)\u{201D}.", x: body.x + 3, y: body.y,
                width: body.width - 4, style: .faint)
        }
        let hidden = columns.dropFirst(first + look.count).joined().count { if case .row = $0 { true } else { false } }
        guard hidden > 0 else { return }
        let note = " \(hidden) more below "
        canvas.write(note, x: rect.maxX - note.count - 1, y: body.maxY - 1, style: .faint)
    }

    private func drawHead(on canvas: inout Canvas, in rect: Rect, subject: String) {
        let title = kind == .keys ? "KEYS HERE: \(subject)" : "ACTIONS: \(subject)"
        let columns = max(20, rect.width - 36)
        let x = rect.x + 1 + canvas.write(title, x: rect.x + 1, y: rect.y, width: columns, style: .title) + 2
        let label = "search:"
        guard rect.maxX - x > label.count + 4 else { return }
        canvas.write(label, x: x, y: rect.y, style: .faint)
        search.draw(
            on: &canvas, x: x + label.count + 1, y: rect.y, width: rect.maxX - x - label.count - 2,
            style: Style(.plain, underlined: true), focused: true)
    }

    /// Rows with their titles; a search leaves out the titles. A title is never alone at the foot of a column.
    private func lines(_ sections: [Section], height: Int) -> [Line] {
        var lines: [Line] = []
        var place = 0
        for section in sections {
            let rows = shown([section])
            if rows.isEmpty { continue }
            if search.isEmpty, sections.count > 1 {
                if lines.count % height != 0 { lines.append(.blank) }
                if lines.count % height == height - 1 { lines.append(.blank) }
                lines.append(.title(section.title))
            }
            for row in rows {
                lines.append(.row(row, place))
                place += 1
            }
        }
        return lines
    }

    private func draw(_ line: Line, on canvas: inout Canvas, x: Int, y: Int, _ look: Columns) {
        switch line {
        case .blank: break
        case .title(let title): canvas.write(title, x: x + 1, y: y, width: look.width - 1, style: .title)
        case .row(let row, let place):
            let isHere = place == selected
            let canRun = row.unavailable == nil
            if isHere { canvas.write(">", x: x + 1, y: y, style: .title) }
            canvas.write(row.key, x: x + 3, y: y, width: look.keyWidth, style: canRun ? Style(.key) : .faint)
            let word = "not now"
            let width = look.titleWidth - (canRun ? 0 : word.count + 2)
            let start = x + look.titleStart
            let used = canvas.write(row.title, x: start, y: y, width: width, style: canRun ? .plain : .faint)
            if !canRun { canvas.write(word, x: start + used + 2, y: y, style: .faint) }
            if isHere { canvas.select(Rect(x: x, y: y, width: look.width, height: 1)) }
        }
    }
}
