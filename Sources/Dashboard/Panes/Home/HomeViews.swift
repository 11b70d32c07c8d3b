import Marketplace
import Screen

/// The lanes of the saved views.
extension HomePane {
    /// The saved view on the cursor.
    var selectedView: SavedViewLine? {
        guard case .view(let name)? = lanes.selected else { return nil }
        return views.first { $0.view.id == name }
    }

    /// `v1  14  Vendor zenix, auto-renew off`, and on what the count rests, or what the view shows.
    func drawView(_ name: SavedView.ID, on canvas: inout Canvas, in rect: Rect) {
        guard let line = views.first(where: { $0.view.id == name }) else { return }
        canvas.write(line.label, x: rect.x + 3, y: rect.y, width: 6, style: line.isRefused ? .warning : .plain)
        canvas.write(line.count, x: rect.x + 8, y: rect.y, width: 6, style: .strong, alignment: .right)
        let title = canvas.write(line.view.name, x: rect.x + 16, y: rect.y, width: rect.width - 17)
        let start = max(42, 16 + title + 2)
        guard rect.width > start + 10 else { return }
        let (words, style): (String, Style) =
            line.note.isEmpty ? (line.view.content.words, .faint) : (line.note, line.isRefused ? .warning : .faint)
        canvas.write(words, x: rect.x + start, y: rect.y, width: rect.width - start - 1, style: style)
    }

    /// Beside the lanes: what the view shows, and on what its count rests.
    func drawView(_ line: SavedViewLine, on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        var page = Page(width: rect.width)
        page.heading("\(line.label)  \(line.view.name)", right: line.isRefused ? "" : "Enter all")
        let content = line.view.content
        page.field("view", line.view.target?.title ?? content.view)
        page.field("account", model.accountWords(of: line.view))
        page.field("filter", content.filter.isEmpty ? "none" : content.filter)
        if !content.sort.isEmpty { page.field("sort", content.sort) }
        if !content.columns.isEmpty { page.field("columns", content.columns.joined(separator: ", ")) }
        if !line.isRefused { page.field("rows", line.count) }
        if !line.note.isEmpty { page.paragraph(line.note.asSentence, style: line.isRefused ? .warning : .faint) }
        if let origin = line.view.origin { page.paragraph("\(origin.words()).", style: .faint) }
        page.draw(on: &canvas, in: rect)
    }

    /// The lane in words, for linear mode.
    func words(of line: SavedViewLine, _ model: Model) -> String {
        let count = line.isRefused ? "cannot be opened" : line.spokenCount
        return ["view \(line.number)", line.view.name, count, line.note].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
