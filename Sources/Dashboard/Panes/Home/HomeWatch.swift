import Marketplace
import Screen

/// A row below NEEDS YOU NOW.
enum HomeLane: Hashable, Sendable {
    case overview(Overview.Lane)
    /// The rows that the person watches.
    case watch
    /// A saved view, by its name.
    case view(SavedView.ID)
}

/// The line of what is watched, and its rows beside the lanes.
extension HomePane {
    /// The lanes with something in them, what is watched, and the saved views, as they stand below each other.
    var lines: [HomeLane] {
        shownLanes.map { .overview($0) } + (watched.rows.isEmpty ? [] : [.watch]) + views.map { .view($0.view.id) }
    }

    var isWatchSelected: Bool { lanes.selected == .watch && !watched.rows.isEmpty }

    func drawWatch(on canvas: inout Canvas, in line: Rect, _ model: Model) {
        let changed = watched.changed
        canvas.write("WATCH", x: line.x + 3, y: line.y, width: 6, style: changed.isEmpty ? .plain : .warning)
        canvas.write(
            grouped(changed.count), x: line.x + 8, y: line.y, width: 6, style: .strong, alignment: .right)
        canvas.write(watchMeaning, x: line.x + 16, y: line.y, width: line.width - 17)
        guard line.width > 52, let first = changed.first else { return }
        canvas.write(news(of: first, model), x: line.x + 42, y: line.y, width: line.width - 43)
    }

    /// `of 3 watched changed`
    private var watchMeaning: String { "of \(grouped(watched.rows.count)) watched changed" }

    /// `SO000705 failed 08:12`
    private func news(of row: WatchedRow, _ model: Model) -> String {
        let when = row.changedAt.map { " \(model.when($0))" } ?? ""
        // The change has to fit: an id is shorter than a product's name.
        return "\(row.id.kind == .subscription ? row.id.id : row.title) \(row.changeWords)\(when)"
    }

    /// Beside the lanes: each row with what changed, or as it is.
    func drawWatched(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        let title = canvas.write("WATCHING", x: rect.x + 1, y: rect.y, style: .title)
        canvas.write(grouped(watched.rows.count), x: rect.x + title + 3, y: rect.y, style: .strong)
        if rect.width > 40 { canvas.write("Enter all", x: rect.maxX - 10, y: rect.y, style: .faint) }
        let rows = watched.ordered
        let shown = rows.prefix(max(0, (rect.height - 2) / 2))
        for (place, row) in shown.enumerated() {
            let y = rect.y + 1 + place * 2
            canvas.write(model.name(of: row), x: rect.x + 3, y: y, width: rect.width - 4)
            let (words, style): (String, Style) =
                row.hasChanged
                ? (row.changeWords + (row.changedAt.map { " \(model.when($0))" } ?? ""), .warning)
                : (row.standing, .faint)
            canvas.write(words, x: rect.x + 6, y: y + 1, width: rect.width - 7, style: style)
        }
        let more = rows.count - shown.count
        guard more > 0 else { return }
        canvas.write("\(grouped(more)) more", x: rect.x + 3, y: rect.y + 1 + shown.count * 2, style: .faint)
    }

    /// The line in words, for linear mode.
    func watchWords(_ model: Model) -> String {
        let changed = watched.changed
        let news = changed.map { self.news(of: $0, model).replacing(" > ", with: " to ") }
        return (["watch", "\(grouped(changed.count)) \(watchMeaning)"] + news).joined(separator: ", ")
    }
}
