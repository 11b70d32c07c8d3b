import Marketplace
import Screen

/// The forms that are kept, newest first: one opens again, or is dropped. One that was made elsewhere can be read and
/// dropped, and never leads to a review: what bears its ids here may be something else.
struct DraftList {
    private(set) var drafts: [FormDraft]
    /// Whose drafts open here.
    private let owner: Owner?
    private var cursor: ListCursor<FormDraft.ID>
    /// The draft that x was pressed on; a second x drops it.
    private(set) var doomed: FormDraft.ID?
    /// The draft of somebody else that is read.
    private(set) var reading: FormDraft.ID?
    private var scroll = 0

    /// - Parameter reading: The draft to be read at once.
    init(_ drafts: [FormDraft], of owner: Owner?, reading: FormDraft.ID? = nil) {
        self.drafts = drafts
        self.owner = owner
        self.reading = reading
        cursor = ListCursor(selected: reading)
        cursor.settle(in: self.drafts.map(\.id))
    }

    private var selected: FormDraft? { drafts.first { $0.id == cursor.selected } }

    mutating func take(_ key: Key, visible: Int) -> [Reaction] {
        let wasDoomed = doomed
        doomed = nil
        if let motion = ListCursor<FormDraft.ID>.Motion(key) {
            if reading != nil {
                scroll = scrolled(scroll, ListCursor<Int>.Motion(key) ?? .up)
            } else {
                cursor.move(motion, in: drafts.map(\.id), visible: visible)
            }
            return []
        }
        switch key {
        case .escape where reading != nil, "q" where reading != nil:
            reading = nil
            return []
        case .escape, "q", "B": return [.close]
        case .enter:
            guard let selected else { return [.close] }
            guard selected.origin(for: owner) != nil else { return [.close, .open(.draft(selected))] }
            reading = selected.id
            scroll = 0
            return [.say(Notice(.warning, "It was made elsewhere: it can be read and dropped here, not sent."))]
        case "x":
            guard let selected else { return [] }
            if wasDoomed == selected.id {
                drafts.removeAll { $0.id == selected.id }
                cursor.settle(in: drafts.map(\.id))
                reading = nil
                return [.effect(.dropDraft(selected.id)), .say(Notice(.done, "Draft dropped."))]
            }
            doomed = selected.id
            return [.say(Notice(.warning, "x once more drops this draft for good."))]
        default: return [.say(Notice(.info, "\(key.name) does nothing here. Enter opens, x drops, Esc closes."))]
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect, _ zone: Zone) {
        canvas.fill(rect)
        if reading != nil, let selected {
            return page(of: selected, width: rect.width, zone).draw(on: &canvas, in: rect, from: scroll)
        }
        var page = Page(width: rect.width)
        page.heading("DRAFTS", right: counted(drafts.count, "form"))
        page.draw(on: &canvas, in: rect)
        let area = rect.droppingTop(1)
        guard !drafts.isEmpty else {
            var empty = Page(width: rect.width)
            empty.blank()
            empty.paragraph(
                "No drafts. A form left with Esc, or cut off by a crash, comes back here.", style: .faint)
            return empty.draw(on: &canvas, in: area)
        }
        var columns: [Table<FormDraft>.Column] = [
            .init("KEPT", .whole(17), .first(1)) { (zone.spoken($0.savedAt), .plain) },
            .init("FORM", .name(20, 60), .first(2)) { ($0.title, .plain) },
        ]
        if drafts.contains(where: { $0.origin(for: owner) != nil }) {
            columns.append(.init("MADE", .whole(16), .first(3)) { ($0.shortOrigin(for: owner) ?? "", .warning) })
        }
        Table(columns).draw(on: &canvas, in: area, count: drafts.count, cursor: cursor, focused: true) { drafts[$0] }
    }

    /// The content of a draft that does not open here.
    private func page(of draft: FormDraft, width: Int, _ zone: Zone) -> Page {
        var page = Page(width: width)
        page.heading(draft.title, right: "NOT SENT")
        if let origin = draft.origin(for: owner) {
            page.paragraph("It was \(origin).", style: .warning)
            page.paragraph(
                "It cannot be sent from here: its customer, subscription and products may bear other ids here. Read it, "
                    + "and begin a new form for what is still wanted.")
            page.blank()
        }
        page.field("kept", zone.spoken(draft.savedAt))
        page.field("form", draft.kind)
        for (name, value) in draft.fields.sorted(by: { $0.key < $1.key }) where !value.isEmpty {
            page.field(name, value)
        }
        return page
    }

    /// What it says of itself in linear mode.
    func spoken(_ zone: Zone) -> [Sentence] {
        if reading != nil, let selected {
            let lines = page(of: selected, width: 100, zone).lines.map { $0.map(\.text).joined(separator: " ") }
            return [Sentence(.place, "Draft."), Sentence(.page, lines.filter { !$0.isEmpty }.joined(separator: "\n"))]
        }
        var sentences = [Sentence(.place, "Drafts, \(counted(drafts.count, "form")).")]
        if let selected {
            let place = "\(grouped(cursor.index + 1)) of \(grouped(drafts.count))"
            let origin = selected.origin(for: owner).map { ", \($0)" } ?? ""
            sentences.append(
                Sentence(
                    .selected, "\(place), selected: \(selected.title), kept \(zone.spoken(selected.savedAt))\(origin).")
            )
        }
        return sentences
    }

    static let keys = [
        KeyHelp("Enter", "open the form again", "open"), KeyHelp("x", "drop the draft", "drop"),
        KeyHelp("Esc", "close", "close"),
    ]
}

extension DraftList: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        take(key, visible: max(1, below.bands.body.height - 2))
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.model.zone)
    }
    func hints(_ model: Model, all: Bool) -> [Hint]? { Self.keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "DRAFTS", rows: Self.keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model.zone) }
}

extension FormDraft {
    /// Where and by whom it was made, after "it was"; nil when it is one of `owner`'s own.
    func origin(for owner: Owner?) -> String? {
        guard self.owner != owner else { return nil }
        guard let maker = self.owner else {
            return "kept by an older version, which did not note at which marketplace and as which user"
        }
        return maker.place == owner?.place ? "made by \(maker.user)" : "made by \(maker.user) at \(maker.place)"
    }

    /// The same in few words.
    fileprivate func shortOrigin(for owner: Owner?) -> String? {
        guard self.owner != owner else { return nil }
        guard let maker = self.owner else { return "at unknown place" }
        return maker.place == owner?.place ? "by \(maker.user)" : "at another place"
    }
}
