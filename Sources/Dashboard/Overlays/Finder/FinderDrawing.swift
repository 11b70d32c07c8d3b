import Marketplace
import Screen

extension Finder {
    func draw(on canvas: inout Canvas, in rect: Rect, _ own: [FoundPlace], _ model: Model) {
        canvas.fill(rect)
        let title = "GO TO"
        var x = rect.x + 1 + canvas.write(title, x: rect.x + 1, y: rect.y, style: .title) + 1
        x += canvas.write(":", x: x, y: rect.y, style: .faint) + 1
        field.draw(
            on: &canvas, x: x, y: rect.y, width: max(1, rect.maxX - x - 2), style: Style(.plain, underlined: true),
            focused: true)
        var body = rect.droppingTop(2)
        let rows = rows(own)
        if let reason = reason(own), !Self.fits(reason, width: rect.width) {
            var page = Page(width: rect.width)
            page.paragraph(reason, style: .warning, indent: 1)
            page.draw(on: &canvas, in: body.droppingTop(body.height - page.lines.count))
            body = body.droppingBottom(page.lines.count + 1)
        }
        if let coverage = coverage(own) {
            var page = Page(width: rect.width)
            page.paragraph(coverage, style: .faint, indent: 1)
            page.draw(on: &canvas, in: body.droppingTop(body.height - page.lines.count))
            body = body.droppingBottom(page.lines.count + 1)
        }
        let height = body.height
        guard height > 0 else { return }
        if rows.isEmpty { return drawHint(on: &canvas, in: body) }
        let top = max(0, min(selected - height + 1, rows.count - height))
        let kindWidth = 14
        let detailWidth = max(16, rect.width / 4)
        let titleWidth = max(16, rect.width - kindWidth - detailWidth - 6)
        for (line, place) in rows.dropFirst(top).prefix(height).enumerated() {
            let y = body.y + line
            let isHere = top + line == selected
            let style: Style = place.unavailable == nil ? .plain : .faint
            if isHere { canvas.write(">", x: rect.x + 1, y: y, style: .title) }
            canvas.write(place.target.kind.word, x: rect.x + 3, y: y, width: kindWidth, style: .faint)
            let start = rect.x + 3 + kindWidth
            let detail = detail(of: place, model)
            let width = detail.isEmpty ? rect.maxX - start - 1 : titleWidth
            canvas.write(place.title, x: start, y: y, width: width, style: style)
            canvas.write(
                detail, x: start + titleWidth + 2, y: y, width: rect.maxX - start - titleWidth - 3, style: .faint)
            if isHere { canvas.select(Rect(x: rect.x, y: y, width: rect.width, height: 1)) }
        }
        let hidden = rows.count - top - height
        guard hidden > 0 else { return }
        let note = " \(hidden) more below "
        canvas.write(note, x: rect.maxX - note.count - 1, y: body.maxY - 1, style: .faint)
    }

    func detail(of place: FoundPlace, _ model: Model) -> String {
        switch place.target {
        case .subscription(_, let customer), .order(_, let customer):
            return "\(place.detail)  \(model.name(of: customer))"
        default: return place.unavailable == nil ? place.detail : "not now"
        }
    }

    private func drawHint(on canvas: inout Canvas, in rect: Rect) {
        var page = Page(width: rect.width)
        page.paragraph(
            "A view, an account's name or id, a subscription's id, an order's number or id, an MPN or a product's name, "
                + "or an action.", style: .faint)
        page.draw(on: &canvas, in: rect)
    }
}
