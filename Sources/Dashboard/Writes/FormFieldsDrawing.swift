import Screen

extension FormFields {
    /// Column at which values stand.
    private var valueColumn: Int { labelColumns + 6 }

    /// Lines of the screen that the rows take.
    var height: Int { rows.reduce(0) { $0 + Self.height(of: $1) } }

    private static func height(of row: FormField) -> Int {
        if case .choice(let choices, _) = row.content, !FormField.isOneLine(choices) {
            max(1, choices.count)
        } else {
            1
        }
    }

    /// Draws the rows from the top of `rect`; where they do not fit, so that the one with the cursor is in view.
    func draw(on canvas: inout Canvas, in rect: Rect) {
        var tops: [Int] = []
        var line = 0
        for row in rows {
            tops.append(line)
            line += Self.height(of: row)
        }
        var first = 0
        let outer = rect
        // Where they do not fit, the last line says how many there are.
        let rect = Rect(
            x: rect.x, y: rect.y, width: rect.width,
            height: rect.height - (line > rect.height && rect.height > 3 ? 1 : 0))
        if line > rect.height, let place = rows.firstIndex(where: { $0.id == focus }) {
            first = max(0, tops[place] + Self.height(of: rows[place]) - rect.height)
        }
        for (row, top) in zip(rows, tops) {
            let y = rect.y + top - first
            if y >= rect.maxY || y + Self.height(of: row) <= rect.y { continue }
            draw(row, on: &canvas, in: rect, y)
        }
        guard rect.height < outer.height else { return }
        let above = zip(rows, tops).count { $1 + Self.height(of: $0) <= first }
        let below = tops.count { $0 - first >= rect.height }
        let notes = [above > 0 ? "\(above) above" : "", below > 0 ? "\(below) more below" : ""]
        let note = notes.filter { !$0.isEmpty }.joined(separator: ", ")
        canvas.write(note, x: rect.maxX - note.count - 1, y: rect.maxY, style: .faint)
    }

    private func draw(_ row: FormField, on canvas: inout Canvas, in rect: Rect, _ y: Int) {
        let isHere = row.id == focus
        if isHere, y >= rect.y { canvas.write(">", x: rect.x + 1, y: y, style: .title) }
        if y >= rect.y {
            canvas.write(row.label, x: rect.x + 3, y: y, width: labelColumns, style: isHere ? .strong : .faint)
        }
        let x = rect.x + valueColumn
        switch row.content {
        case .text(let field, let width): draw(field, row, width, on: &canvas, in: rect, y)
        case .secret(let field, let width):
            let stars = TextField(String(repeating: "*", count: field.characters.count))
            draw(stars, row, width, on: &canvas, in: rect, y)
        case .choice(let choices, let selected) where FormField.isOneLine(choices):
            let label = choices.indices.contains(selected) ? choices[selected].label : ""
            canvas.write("<", x: x - 2, y: y, style: .faint)
            let used = canvas.write(
                label, x: x, y: y, width: rect.width - valueColumn - 14, style: Style(.plain, strong: isHere))
            canvas.write(
                ">  \(selected + 1) of \(choices.count)", x: x + used + 1, y: y,
                width: rect.width - valueColumn - used - 2, style: .faint)
            if isHere { canvas.cursor = (x, y) }
        case .choice(let choices, let selected):
            for (place, choice) in choices.enumerated() where y + place >= rect.y && y + place < rect.maxY {
                let isChosen = place == selected
                canvas.write(isChosen ? "(x)" : "( )", x: x - 2, y: y + place, style: isChosen ? .plain : .faint)
                let used = canvas.write(
                    choice.label, x: x + 2, y: y + place, width: rect.width - valueColumn - 3,
                    style: isChosen ? Style(.plain, strong: isHere) : .faint)
                guard place == 0 else { continue }
                canvas.write(
                    row.note, x: x + used + 4, y: y, width: rect.width - valueColumn - used - 5,
                    style: row.noteStyle)
            }
            if isHere { canvas.cursor = (x - 1, min(rect.maxY - 1, y + selected)) }
        case .opens(let value): drawValue(value, row, on: &canvas, in: rect, y, Style(.plain, underlined: isHere))
        case .fact(let value): drawValue(value, row, on: &canvas, in: rect, y, .plain)
        }
    }

    private func draw(
        _ field: TextField, _ row: FormField, _ width: Int, on canvas: inout Canvas, in rect: Rect, _ y: Int
    ) {
        let isHere = row.id == focus
        let x = rect.x + valueColumn
        let columns = min(width, rect.width - valueColumn - 4)
        canvas.write("[", x: x - 2, y: y, style: .faint)
        // A proposal that the next character replaces is shown as selected.
        field.draw(on: &canvas, x: x, y: y, width: columns, style: Style(.plain, strong: isHere), focused: isHere)
        if isHere, isProposal(row.id) {
            canvas.select(Rect(x: x, y: y, width: min(columns, TerminalText.width(of: field.text)), height: 1))
        }
        canvas.write("]", x: x + columns + 1, y: y, style: .faint)
        canvas.write(
            row.note, x: x + columns + 4, y: y, width: rect.width - valueColumn - columns - 5, style: row.noteStyle
        )
    }

    private func drawValue(
        _ value: String, _ row: FormField, on canvas: inout Canvas, in rect: Rect, _ y: Int, _ style: Style
    ) {
        let columns = rect.width - valueColumn - 1
        // A status has its fixed width; of a longer note the value, which may end in an id, takes what it needs.
        let noteWidth = row.note.isEmpty ? 0 : min(TerminalText.width(of: row.note), columns / 2, 12) + 2
        let x = rect.x + valueColumn
        let used = canvas.write(
            value, x: x, y: y, width: columns - noteWidth, style: row.label.isEmpty ? .faint : style)
        canvas.write(row.note, x: x + used + 2, y: y, width: columns - used - 2, style: row.noteStyle)
    }
}
