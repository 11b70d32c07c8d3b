import Marketplace
import Screen

/// The rows that the person watches, those that changed first: one opens, or is watched no longer.
struct WatchedRows {
    private(set) var cursor = ListCursor<WatchedRow.ID>()

    init(_ model: Model) { cursor.settle(in: model.watched.ordered.map(\.id)) }

    private func selected(_ model: Model) -> WatchedRow? { model.watched.ordered.first { $0.id == cursor.selected } }

    mutating func take(_ key: Key, _ model: Model, visible: Int) -> [Reaction] {
        let rows = model.watched.ordered
        cursor.settle(in: rows.map(\.id))
        if let motion = ListCursor<WatchedRow.ID>.Motion(key) {
            cursor.move(motion, in: rows.map(\.id), visible: visible)
            return []
        }
        switch key {
        case .escape, "q": return [.close]
        case .enter:
            guard let row = selected(model) else { return [.close] }
            let seen: [Reaction] = model.watched.acknowledged(row.id).map { [.watch(.replace($0))] } ?? []
            return [.close, .open(row.destination)] + seen
        case "w", "x":
            guard let row = selected(model) else { return [] }
            cursor.settle(in: rows.map(\.id).filter { $0 != row.id })
            return [
                .watch(.remove(row.id)), .say(Notice(.info, "\(model.name(of: row)) is not watched any more.")),
            ]
        default:
            return [.say(Notice(.info, "\(key.name) does nothing here. Enter opens, w takes off, Esc closes."))]
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        canvas.fill(rect)
        let rows = model.watched.ordered
        var page = Page(width: rect.width)
        page.heading("WATCHED", right: Self.sizes(model))
        if rows.isEmpty {
            page.blank()
            page.paragraph(Self.nothing(model), style: .faint)
            return page.draw(on: &canvas, in: rect)
        }
        page.draw(on: &canvas, in: rect)
        typealias Column = Table<WatchedRow>.Column
        let columns: [Column] = [
            Column("WATCHED", .name(20, 44), .first(1)) { (model.name(of: $0), .plain) },
            Column("NOW", .name(30, 60), .first(2)) { row in
                row.hasChanged ? (row.changeWords, .warning) : (row.standing, .plain)
            },
            Column("CHANGED", .whole(7), .first(3)) { row in (row.changedAt.map { model.when($0) } ?? "", .faint) },
            Column("CUSTOMER", .name(16, 40), .first(4)) { row in
                (row.id.kind == .customer ? "" : model.name(of: row.customer), .plain)
            },
        ]
        Table(columns).draw(
            on: &canvas, in: rect.droppingTop(1), count: rows.count, cursor: cursor, focused: true
        ) { rows[$0] }
    }

    private static func sizes(_ model: Model) -> String {
        let changed = model.watched.changed.count
        return "\(counted(model.watched.rows.count, "row")), \(changed == 0 ? "none" : grouped(changed)) changed"
    }

    private static func nothing(_ model: Model) -> String {
        "Nothing is watched. \(model.keymap.name(of: .watch)) on an order, a subscription or a customer watches it: "
            + "Home says when it changes, and the bell rings."
    }

    /// What it says of itself in linear mode.
    func spoken(_ model: Model) -> [Sentence] {
        let rows = model.watched.ordered
        var sentences = [Sentence(.place, "Watched, \(Self.sizes(model)).")]
        guard let row = selected(model) else { return sentences + [Sentence(.page, Self.nothing(model))] }
        let place = "\(grouped(cursor.index + 1)) of \(grouped(rows.count))"
        let state = row.hasChanged ? "changed: \(row.changeWords)" : row.standing
        sentences.append(Sentence(.selected, "\(place), selected: \(model.name(of: row)), \(state)."))
        return sentences
    }

    static let keys = [
        KeyHelp("Enter", "open it", "open"), KeyHelp("w", "watch it no longer", "take off"),
        KeyHelp("Esc", "close", "close"),
    ]
}

extension Model {
    /// `08:12` of today, else the day: `22 Nov`.
    func when(_ instant: Instant) -> String {
        let day = zone.date(of: instant)
        return day == today ? String(zone.time(of: instant).prefix(5)) : day.shortSpoken
    }
}

extension WatchedRows: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        take(key, below.model, visible: max(1, below.bands.body.height - 2))
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.model)
    }
    func position(_ below: String) -> String { cursor.selected == nil ? "" : grouped(cursor.index + 1) }
    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "WATCHED", rows: Self.keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }
}
