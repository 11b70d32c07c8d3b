import Marketplace
import Screen

/// The saved views: one is gone to, the present view is named or put in the place of another, and each can be renamed or
/// removed. What is done is done in the configuration file, and shown as it stands there afterwards.
struct SavedViewList {
    /// What the view below shows; nil where it has no list.
    private let present: SavedContent?
    private(set) var cursor = ListCursor<SavedView.ID>()
    /// The name that is typed, and what it is for.
    private(set) var naming: Naming?
    /// What a second press of the key does.
    private var armed: Armed?

    struct Naming: Equatable {
        var field = TextField()
        /// The view that gets it; nil for the present one.
        var renamed: SavedView?
    }

    private enum Armed: Equatable {
        case remove(SavedView)
        case replace(SavedView)
        /// The name typed is that of this one.
        case nameOver(SavedView)
    }

    init(present: SavedContent?, _ model: Model) {
        self.present = present
        cursor.settle(in: model.savedViews.all.map(\.id))
    }

    private func selected(_ model: Model) -> SavedView? { model.savedViews.all.first { $0.id == cursor.selected } }

    // MARK: Keys

    mutating func take(_ key: Key, _ model: Model, visible: Int) -> [Reaction] {
        let before = armed
        armed = nil
        if naming != nil { return takeName(key, before, model) }
        let views = model.savedViews.all
        cursor.settle(in: views.map(\.id))
        if let motion = ListCursor<SavedView.ID>.Motion(key) {
            cursor.move(motion, in: views.map(\.id), visible: visible)
            return []
        }
        switch key {
        case .escape, "q", "v": return [.close]
        case .enter: return selected(model).map { [.close, .open(.savedView($0))] } ?? [.close]
        case .character(let character) where "123456789".contains(character):
            let place = (character.wholeNumberValue ?? 1) - 1
            guard views.indices.contains(place) else { return [say("There is no view v\(place + 1).")] }
            return [.close, .open(.savedView(views[place]))]
        case "n":
            guard present != nil else { return [say(Self.nothingHere)] }
            naming = Naming()
            return []
        case "R": return replace(before, model)
        case "e":
            guard let selected = selected(model) else { return [say("There is no view to rename.")] }
            naming = Naming(field: TextField(selected.name), renamed: selected)
            return []
        case "x":
            guard let selected = selected(model) else { return [say("There is no view to remove.")] }
            if before == .remove(selected) { return [.effect(.saveView(.remove(selected)))] }
            armed = .remove(selected)
            return [.say(Notice(.warning, "x once more removes \u{201C}\(selected.name)\u{201D} for good."))]
        default:
            return [say("\(key.name) does nothing here. Enter opens, n names the present view, Esc closes.")]
        }
    }

    private func say(_ text: String) -> Reaction { .say(Notice(.info, text)) }

    private static let nothingHere = "There is no list here to name: open this from a view with one."

    private mutating func replace(_ before: Armed?, _ model: Model) -> [Reaction] {
        guard let selected = selected(model) else { return [say("There is no view to replace.")] }
        guard let present else { return [say(Self.nothingHere)] }
        if before == .replace(selected) {
            return [.effect(.saveView(.save(model.view(named: selected.name, present), over: selected)))]
        }
        armed = .replace(selected)
        let words = "R once more puts what is shown here in the place of \u{201C}\(selected.name)\u{201D}."
        return [.say(Notice(.warning, words))]
    }

    private mutating func takeName(_ key: Key, _ before: Armed?, _ model: Model) -> [Reaction] {
        guard var typed = naming else { return [] }
        switch key {
        case .escape:
            naming = nil
            return []
        case .enter:
            let name = typed.field.text.trimmingSpaces()
            if let flaw = Self.flaw(of: name) { return [.say(Notice(.warning, flaw))] }
            let there = model.savedViews.all.first { $0.name == name }
            if let renamed = typed.renamed {
                guard name != renamed.name else {
                    naming = nil
                    return []
                }
                if there != nil {
                    return [
                        .say(Notice(.warning, "There is a view \u{201C}\(name)\u{201D} already; give another name."))
                    ]
                }
                naming = nil
                return [.effect(.saveView(.rename(renamed, to: name)))]
            }
            guard let present else { return [] }
            if let there, before != .nameOver(there) {
                armed = .nameOver(there)
                let words = "There is a view \u{201C}\(name)\u{201D} already: Enter once more replaces it."
                return [.say(Notice(.warning, words))]
            }
            naming = nil
            return [.effect(.saveView(.save(model.view(named: name, present), over: there)))]
        default:
            guard typed.field.take(key) else { return [say("\(key.name) does nothing here. Enter keeps the name.")] }
            naming = typed
            return []
        }
    }

    private static func flaw(of name: String) -> String? {
        if name.isEmpty { return "A view needs a name." }
        if name.count > SavedView.longestName {
            return "The name is too long: \(name.count) of at most \(SavedView.longestName) characters."
        }
        return nil
    }

    /// The cursor stands on what was changed last.
    mutating func take(_ report: SavedViewReport, _ model: Model) {
        switch report.ending {
        case .done(.save(let view, _)): cursor = ListCursor(selected: view.name)
        case .done(.rename(_, let name)): cursor = ListCursor(selected: name)
        default: break
        }
        cursor.settle(in: model.savedViews.all.map(\.id))
    }

    // MARK: Drawing

    /// Lines below the list.
    private static let footLines = 8

    func draw(on canvas: inout Canvas, in rect: Rect, _ model: Model) {
        canvas.fill(rect)
        let lines = model.savedViewLines
        var head = Page(width: rect.width)
        head.heading("SAVED VIEWS", right: Self.sizes(model))
        head.draw(on: &canvas, in: rect)
        let foot = Rect(
            x: rect.x, y: max(rect.y + 2, rect.maxY - Self.footLines), width: rect.width,
            height: min(Self.footLines, rect.height - 2))
        let list = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: foot.y - rect.y - 1)
        if lines.isEmpty {
            var empty = Page(width: rect.width)
            empty.blank()
            empty.paragraph(Self.nothing, style: .faint)
            empty.draw(on: &canvas, in: list)
        } else {
            Self.table(model).draw(on: &canvas, in: list, count: lines.count, cursor: cursor, focused: naming == nil) {
                lines[$0]
            }
        }
        var page = Page(width: rect.width)
        if let line = lines.first(where: { $0.view.id == cursor.selected }) {
            page.line("\(line.label)  \(line.view.name)", style: .strong)
            page.paragraph(Self.words(of: line.view, model), style: .plain)
            if !line.note.isEmpty { page.paragraph(line.note.asSentence, style: line.isRefused ? .warning : .faint) }
        }
        page.blank()
        if let naming {
            page.draw(on: &canvas, in: foot)
            let y = min(foot.maxY - 1, foot.y + page.lines.count)
            let label = naming.renamed == nil ? "NAME OF THE VIEW HERE" : "NEW NAME"
            let x = foot.x + 3 + canvas.write(label, x: foot.x + 1, y: y, style: .title)
            naming.field.draw(on: &canvas, x: x, y: y, width: foot.maxX - x - 1, focused: true)
            return
        }
        page.paragraph(hereWords(model), style: .faint)
        page.draw(on: &canvas, in: foot)
    }

    private static func table(_ model: Model) -> Table<SavedViewLine> {
        typealias Column = Table<SavedViewLine>.Column
        return Table([
            Column("KEY", .whole(3), .first(1)) { ($0.label, .faint) },
            Column("NAME", .name(20, 44), .first(2)) { ($0.view.name, $0.isRefused ? .warning : .plain) },
            Column("ROWS", .whole(7), .first(3), alignment: .right) { ($0.count, .strong) },
            Column("VIEW", .whole(13), .first(4)) { ($0.view.target?.title ?? "unknown", .plain) },
            Column("SHOWS", .name(16, 60), .first(5)) { ($0.isRefused ? $0.note : $0.view.content.words, .faint) },
            Column("ACCOUNT", .name(14, 34), .then(1)) { (model.accountWords(of: $0.view), .faint) },
        ])
    }

    private static func sizes(_ model: Model) -> String {
        let count = counted(model.savedViews.all.count, "view")
        return count + (model.savedViews.place.map { ", in \($0)" } ?? ", kept until souk ends")
    }

    private static let nothing =
        "No view is saved. In a list, v and then n names what is shown: its filter, order, columns and account. v and a "
        + "digit goes there, and Home counts its rows."

    /// `Subscriptions, all accounts: vendor:zenix; by next.`
    static func words(of view: SavedView, _ model: Model) -> String {
        let profile = view.profile.map { ", profile \($0)" } ?? ""
        let place = view.origin.map { " It stands in \($0.words())." } ?? ""
        return "\(model.words(of: view.content, view))\(profile).\(place)"
    }

    private func hereWords(_ model: Model) -> String {
        guard let present else { return "HERE: \(Self.nothingHere)" }
        let words = model.words(of: present, SavedView("", present))
        let note = model.savedViews.note.map { " \($0)" } ?? ""
        return "HERE: \(words). n names it.\(note)"
    }

    // MARK: Linear mode

    func spoken(_ model: Model) -> [Sentence] {
        var sentences = [Sentence(.place, "Saved views, \(Self.sizes(model)).")]
        if let naming {
            let what = naming.renamed.map { "New name of \($0.name)" } ?? "Name of the view here"
            sentences.append(Sentence(.extent, "\(what): \(naming.field.text)"))
            return sentences
        }
        let lines = model.savedViewLines
        guard let place = lines.firstIndex(where: { $0.view.id == cursor.selected }) else {
            return sentences + [Sentence(.page, "\(Self.nothing) \(hereWords(model))")]
        }
        let line = lines[place]
        let rows = line.isRefused ? "cannot be opened" : line.spokenCount
        let note = line.note.isEmpty ? "" : ", \(line.note)"
        sentences.append(
            Sentence(
                .selected,
                "\(place + 1) of \(lines.count), selected: \(line.view.name), \(rows)\(note). ".trimmingSpaces()
                    + " " + Self.words(of: line.view, model)))
        sentences.append(Sentence(.page, hereWords(model)))
        return sentences
    }

    private static let listKeys = [
        KeyHelp("1 to 9", "go to that view", "go to"), KeyHelp("Enter", "go to the view on the cursor", "open"),
        KeyHelp("n", "name what is shown here", "name"),
        KeyHelp("R", "put what is shown here in the place of the view; twice", "replace"),
        KeyHelp("e", "give the view another name", "rename"), KeyHelp("x", "remove the view; twice", "remove"),
        KeyHelp("Esc", "close", "close"),
    ]
    private static let nameKeys = [
        KeyHelp("Enter", "keep the name", "keep"), KeyHelp("Esc", "back to the list", "back"),
    ]
    var keys: [KeyHelp] { naming == nil ? Self.listKeys : Self.nameKeys }
}

extension SavedViewLine {
    /// `14 rows`, `at least 9 rows`; empty before it was counted.
    var spokenCount: String {
        guard let first = count.first, first.isNumber else { return "" }
        let isPart = count.hasSuffix("+")
        let number = isPart ? String(count.dropLast()) : count
        return "\(isPart ? "at least " : "")\(number) \(number == "1" ? "row" : "rows")"
    }
}

extension SavedViewList: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] {
        take(key, below.model, visible: max(1, below.bands.body.height - 2 - Self.footLines))
    }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        if case .savedViews(let report) = event { take(report, below.model) }
        return []
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.model)
    }
    func position(_ below: String) -> String { cursor.selected == nil ? "" : grouped(cursor.index + 1) }
    func hints(_ model: Model, all: Bool) -> [Hint]? { keys.hints() }
    func helpSection(_ model: Model) -> HelpOverlay.Section? { HelpOverlay.Section(title: "SAVED VIEWS", rows: keys) }
    func sentences(over below: Dashboard) -> [Sentence] { spoken(below.model) }
}
