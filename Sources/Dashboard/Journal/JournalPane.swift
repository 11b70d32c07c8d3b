import Marketplace
import Screen

/// Every write of this profile: those without a known outcome first, then the newest.
struct JournalPane: Pane {
    var list = RowList<JournalEntry>(.journal)
    private(set) var opened: JournalEntry.ID?
    private(set) var scroll = 0
    /// How many writes nobody can say yet what became of.
    private(set) var unknownCount = 0
    /// The warnings that stood in the journal when it was last read; nil before it was.
    private var warned: [JournalEntry.ID: String]?

    var isListed: Bool { opened == nil }
    var crumb: String? { opened == nil ? nil : entry?.name }

    func subject(_ model: Model) -> String? { entry?.name }

    func queries(_ model: Model) -> [DataQuery] { [.journal, .accounts(.customers)] }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 2)
        list.settle()
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .journal(let entries):
            let open = entries.filter(\.isUnknown)
            unknownCount = open.count
            let reaction = warn(of: entries)
            let rows = open + entries.filter { !$0.isUnknown }
            let listing = Listing(rows: rows, total: rows.count, isComplete: true)
            list.receive(Snapshot(value: listing, readAt: model.now), setting(model))
            return reaction
        case .journalUnreadable(let reason):
            list.receive(
                Snapshot(
                    failure: .writeRefused(
                        reason: "the journal cannot be read: \(reason). Until it can, nothing can be sent.")),
                setting(model))
        case .accounts: list.arrange(setting(model))
        case .arranged(let result):
            list.take(result)
            list.arrange(setting(model))
        case .exported(let ending): return [.say(Self.notice(of: ending))]
        case .lookedUp(let open): return [.say(Self.notice(ofUnknown: open))]
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    /// Says a warning that has come to a write of this profile since the journal was first read, such as a second order
    /// with its PO number.
    private mutating func warn(of entries: [JournalEntry]) -> [Reaction] {
        let warnings = Dictionary(
            uniqueKeysWithValues: entries.compactMap { entry in
                entry.sender.isOwn ? entry.warning.map { (entry.id, $0) } : nil
            })
        defer { warned = warnings }
        guard let warned,
            let news = entries.first(where: { warnings[$0.id] != nil && warned[$0.id] != warnings[$0.id] })
        else { return [] }
        return [.say(Notice(.warning, "The \(news.name): \(warnings[news.id] ?? "")"))]
    }

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        if opened != nil, let motion = ListCursor<Int>.Motion(key) {
            scroll = scrolled(scroll, motion)
            return []
        }
        return takeInList(key, model)
    }

    /// The entry that is opened, or on the cursor.
    var entry: JournalEntry? { opened.flatMap { list.row($0) } ?? list.selected }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<JournalPane>] = [
        Binding(
            .open, .enter, title: "open the entry; in an open entry, its order, subscription or account", hint: "open",
            unavailable: { pane, _ in pane.enterRefusal },
            action: { pane, _ in
                guard let entry = pane.entry else { return [] }
                guard pane.opened != nil else {
                    pane.opened = entry.id
                    pane.scroll = 0
                    return []
                }
                return entry.subject.map { [.open(.subject($0, of: entry.customer))] } ?? []
            }),
        Binding(
            .filter, "/", title: "filter: words of what, customer, outcome, number, change", hint: "filter",
            topic: .list,
            unavailable: { pane, _ in pane.opened != nil ? "Close the entry with Esc first." : nil },
            action: { pane, _ in
                pane.list.filter.isEditing = true
                return []
            }),
        Binding(
            .settle, "u", title: "look up now what became of the writes without a known outcome", hint: "look up",
            topic: .list,
            unavailable: { pane, _ in
                pane.unknownCount > 0 ? nil : "Every write here has a known outcome."
            },
            action: { pane, _ in
                let what = pane.unknownCount == 1 ? "it" : "them"
                return [.effect(.settle), .say(Notice(.info, "Asking the marketplace what became of \(what)…"))]
            }),
        Binding(
            .export, "e", title: "export what is shown, as CSV and as JSON lines", hint: "export", topic: .list,
            unavailable: { pane, _ in pane.list.isEmpty ? "There is nothing to export." : nil },
            action: { pane, model in pane.export(model) }),
        Binding(
            .supportBundle, "W", title: "write a support bundle: writes, requests, settings; no secrets",
            topic: .list
        ) { _, _ in
            [.effect(.supportBundle), .say(Notice(.info, "Putting the support bundle together…"))]
        },
        Binding(.back, .escape, "q", title: "back: entry, then filter, marks", topic: .places) { pane, _ in
            if pane.opened != nil {
                pane.opened = nil
            } else if !pane.list.takeBack() {
                return [.open(.back)]
            }
            return []
        },
    ]

    private var enterRefusal: String? {
        guard let entry else { return "There is nothing to open." }
        guard opened != nil else { return nil }
        if let words = entry.sender.words {
            return "It was sent \(words): what bears its ids here may be something else."
        }
        guard entry.subject == nil else { return nil }
        return "The journal does not tell which \(entry.path.hasPrefix("/orders") ? "order" : "account") it made."
    }

    private func export(_ model: Model) -> [Reaction] {
        let entries = (0..<list.count).compactMap { list.row($0) }
        let name = "souk-journal-\(model.profile.name)-\(model.stamp)"
        return [
            .effect(.export(name: name + ".csv", text: JournalExport.csv(entries, model))),
            .effect(.export(name: name + ".jsonl", text: JournalExport.jsonLines(entries, model))),
            .say(Notice(.info, "Writing \(grouped(entries.count)) \(entries.count == 1 ? "entry" : "entries")…")),
        ]
    }

    private static func notice(of ending: Result<String, ExportProblem>) -> Notice {
        switch ending {
        case .success(let path): Notice(.done, "Written: \(path)")
        case .failure(let problem): Notice(.problem, problem.message)
        }
    }

    private static func notice(ofUnknown open: Int) -> Notice {
        open == 0
            ? Notice(.done, "Every write here has a known outcome now.")
            : Notice(
                .warning,
                "The marketplace does not tell yet what became of \(counted(open, "write")). It is looked up again by "
                    + "itself.")
    }

    mutating func open(_ id: JournalEntry.ID) {
        list.select(id)
        opened = id
        scroll = 0
    }

    mutating func close() { opened = nil }

    func focused(_ model: Model) -> JournalEntry? { entry }
    func copies(of row: JournalEntry, _ model: Model) -> [CopyOffer] { row.copies(model) }

    var position: String? { opened == nil ? list.position : nil }

    func freshness(_ model: Model) -> Freshness { Freshness(list.snapshot) }
}
