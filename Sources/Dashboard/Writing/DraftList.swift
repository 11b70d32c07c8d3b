import Marketplace
import Screen

/// The forms that are kept, newest first: one opens again, or is dropped.
struct DraftList {
    private(set) var drafts: [FormDraft]
    private var cursor = ListCursor<FormDraft.ID>()
    /// The draft that x was pressed on; a second x drops it.
    private(set) var doomed: FormDraft.ID?

    init(_ drafts: [FormDraft]) {
        self.drafts = drafts
        cursor.settle(in: self.drafts.map(\.id))
    }

    enum Outcome: Equatable {
        case open(FormDraft)
        case drop(FormDraft)
        case close
        case say(Notice)
    }

    private var selected: FormDraft? { drafts.first { $0.id == cursor.selected } }

    mutating func take(_ key: Key, visible: Int) -> Outcome? {
        let wasDoomed = doomed
        doomed = nil
        if let motion = ListCursor<FormDraft.ID>.Motion(key) {
            cursor.move(motion, in: drafts.map(\.id), visible: visible)
            return nil
        }
        switch key {
        case .escape, "q", "B": return .close
        case .enter: return selected.map { .open($0) } ?? .close
        case "x":
            guard let selected else { return nil }
            if wasDoomed == selected.id {
                drafts.removeAll { $0.id == selected.id }
                cursor.settle(in: drafts.map(\.id))
                return .drop(selected)
            }
            doomed = selected.id
            return .say(Notice(.warning, "x once more drops this draft for good."))
        default: return .say(Notice(.info, "\(key.name) does nothing here. Enter opens, x drops, Esc closes."))
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        canvas.fill(rect)
        var page = Page(width: rect.width)
        page.heading("DRAFTS", right: counted(drafts.count, "form"))
        page.draw(on: &canvas, in: rect)
        let room = rect.droppingTop(1)
        guard !drafts.isEmpty else {
            var empty = Page(width: rect.width)
            empty.blank()
            empty.paragraph(
                "No form is kept. One that is left with Esc, or cut off by a crash, comes back here.", style: .faint)
            return empty.draw(on: &canvas, in: room)
        }
        let table = Table<FormDraft>([
            .init("KEPT UTC", width: 17) { ($0.savedAt.spoken, .faint) },
            .init("FORM", width: 20, grows: 1) { ($0.title, .plain) },
        ])
        table.draw(on: &canvas, in: room, count: drafts.count, cursor: cursor, focused: true) { drafts[$0] }
    }

    /// What it says of itself in linear mode.
    var spoken: [Sentence] {
        var sentences = [Sentence(.place, "Drafts, \(counted(drafts.count, "form")).")]
        if let selected {
            let place = "\(grouped(cursor.index + 1)) of \(grouped(drafts.count))"
            sentences.append(
                Sentence(.selected, "\(place), selected: \(selected.title), kept \(selected.savedAt.spoken) UTC."))
        }
        return sentences
    }

    static let help = [
        KeyHelp("Enter", "open the form again", "open"), KeyHelp("x", "drop the draft", "drop"),
        KeyHelp("Esc", "close", "close"),
    ]
}
