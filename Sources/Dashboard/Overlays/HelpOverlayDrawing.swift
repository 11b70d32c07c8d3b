import Screen

extension HelpOverlay {
    /// - Parameter subject: What the actions act on, in few words; the view's name for the keys.
    func draw(on canvas: inout Canvas, in rect: Rect, _ sections: [Section], subject: String) {
        canvas.fill(rect)
        drawHead(on: &canvas, in: rect, subject: subject)
        var body = rect.droppingTop(rect.height < 16 ? 1 : 2)
        if kind == .keys, search.isEmpty, TerminalText.width(of: message) > rect.width - 20 {
            var page = Page(width: rect.width)
            page.paragraph(message, style: .warning, indent: 1)
            page.blank()
            page.draw(on: &canvas, in: body)
            body = body.droppingTop(page.lines.count)
        }
        guard body.height > 0 else { return }
        let layout = layout(sections, width: rect.width)
        // The last line says how much is hidden.
        if layout.height > body.height { body = body.droppingBottom(1) }
        if layout.pieces.isEmpty {
            canvas.write(
                "No key matches \u{201C}\(search.text)\u{201D}.", x: body.x + 3, y: body.y, width: body.width - 4,
                style: .faint)
        }
        let top = firstLine(layout, height: body.height)
        for piece in layout.pieces where piece.y >= top && piece.y < top + body.height {
            draw(piece, on: &canvas, x: body.x + piece.x, y: body.y + piece.y - top, layout)
        }
        let hidden = layout.height - top - body.height
        guard hidden > 0 else { return }
        let note = " \(hidden) more below "
        canvas.write(note, x: rect.maxX - note.count - 1, y: body.maxY, style: .faint)
    }

    func layout(_ sections: [Section], width: Int) -> HelpLayout {
        HelpLayout(
            shownSections(sections), width: width, isTitled: search.isEmpty,
            isBrief: search.isEmpty && kind == .keys)
    }

    /// The line that is uppermost, so that the row on the cursor is in view with what is around it.
    private func firstLine(_ layout: HelpLayout, height: Int) -> Int {
        let lines = layout.pieces.filter { $0.place == selected }.map(\.y)
        guard layout.height > height, let first = lines.first, let last = lines.last else { return 0 }
        return max(0, min(layout.height - height, first - 1, last - height / 2))
    }

    private func drawHead(on canvas: inout Canvas, in rect: Rect, subject: String) {
        let title = kind == .keys ? "KEYS" : "ACTIONS"
        var x = rect.x + 1
        x += canvas.write(title, x: x, y: rect.y, style: .title) + 2
        let label = "type to search:"
        let box = min(24, rect.width / 4)
        let start = rect.maxX - 1 - box - label.count - 1
        x += canvas.write(subject, x: x, y: rect.y, width: max(0, start - x - 2), style: .strong)
        guard start > x else { return }
        canvas.write(label, x: start, y: rect.y, style: .faint)
        search.draw(
            on: &canvas, x: start + label.count + 1, y: rect.y, width: box, style: Style(.plain, underlined: true),
            focused: true)
    }

    private func draw(_ piece: HelpLayout.Piece, on canvas: inout Canvas, x: Int, y: Int, _ layout: HelpLayout) {
        switch piece.content {
        case .title(let title): canvas.write(title, x: x + 1, y: y, width: piece.width - 1, style: .title)
        case .row(let key, let text):
            let isHere = piece.place == selected
            if isHere, !key.isEmpty { canvas.write(">", x: x + 1, y: y, style: .title) }
            canvas.write(key, x: x + 3, y: y, width: layout.keyWidth, style: piece.canRun ? Style(.key) : .faint)
            let start = HelpLayout.textStart(layout.keyWidth)
            canvas.write(
                text, x: x + start, y: y, width: piece.width - start, style: piece.canRun ? .plain : .faint)
            if isHere { canvas.select(Rect(x: x, y: y, width: piece.width, height: 1)) }
        }
    }
}
