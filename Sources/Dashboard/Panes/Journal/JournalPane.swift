import Marketplace
import Screen

/// Every write of this profile: those of unknown outcome first, then the newest.
struct JournalPane: ViewPane {
    static let view = View(7, "Journal")

    var list = RowList<JournalEntry>(.journal)
    var scroll = 0
    /// When the journal was read last.
    private var readAt: Moment?
    /// The warnings that stood in the journal when it was last read; nil before it was.
    private var warned: [JournalEntry.ID: String]?

    var crumb: String? { opened == nil ? nil : entry?.name }

    func subject(_ model: Model) -> String? { entry?.name }

    /// Ids of what was sent elsewhere may mean something else here.
    func namedAccount(_ model: Model) -> Account.ID? {
        switch entry?.sender {
        case .own?, .user?: entry?.customer
        case .elsewhere?, .profile?, nil: nil
        }
    }

    func queries(_ model: Model) -> [DataQuery] { [.journal, .accounts(.customers)] }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .journal(let entries):
            readAt = model.moment
            let open = entries.filter(\.isUnknown)
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

    /// What the entry was about, as far as it was read.
    func watchable(_ model: Model) -> WatchedRow? {
        switch entry?.subject {
        case .order(let id): model.orders[id].map { WatchedRow($0) }
        case .subscription(let id): model.details[id].map { WatchedRow($0.subscription, $0) }
        case .account(let id): model.watchableCustomer(id)
        case .orders, .report, nil:
            entry?.subscription.flatMap { model.details[$0] }.map { WatchedRow($0.subscription, $0) }
        }
    }

    /// The entry that is opened, or on the cursor.
    var entry: JournalEntry? { opened.flatMap { list.row($0) } ?? list.selected }

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<JournalPane>] = [
        Binding(
            .open, .enter, title: "open; again: its order, subscription or account", hint: "open",
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
        filterBinding("filter: words of what, customer, outcome, number, change"),
        Binding(
            .settle, "u", title: "check the unknown outcomes now", hint: "check",
            topic: .list,
            unavailable: { _, model in
                model.unknownWrites > 0 ? nil : "No outcome is unknown."
            },
            action: { _, model in
                let what = model.unknownWrites == 1 ? "it" : "them"
                return [.effect(.settle), .say(Notice(.info, "Checking \(what)…"))]
            }),
        Binding(
            .export, "e", title: "export what is shown, as CSV and as JSON lines", hint: "export", topic: .list,
            unavailable: { pane, _ in pane.list.isEmpty ? "Nothing to export." : nil },
            action: { pane, model in pane.export(model) }),
        Binding(
            .supportBundle, "W", title: "write a support bundle: writes, requests, settings; no secrets",
            topic: .list
        ) { _, _ in
            [.effect(.supportBundle), .say(Notice(.info, "Putting the support bundle together…"))]
        },
        backBinding("one step back"),
    ]

    private var enterRefusal: String? {
        guard let entry else { return "Nothing to open." }
        guard opened != nil else { return nil }
        if let words = entry.sender.words {
            return "It was sent \(words): its ids may mean something else here."
        }
        guard entry.subject == nil else { return nil }
        return "The journal does not say which \(Self.madeWord(entry)) it made."
    }

    private static func madeWord(_ entry: JournalEntry) -> String {
        entry.path.hasPrefix("/orders") ? "order" : entry.path.hasPrefix("/reports") ? "report" : "account"
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
            ? Notice(.done, "No outcome is unknown any more.")
            : Notice(
                .warning,
                "\(counted(open, "outcome")) still unknown; souk keeps checking.")
    }

    /// Kept on this disk: it costs no call, and an unknown outcome is reported in every view.
    func backgroundQueries(isResting: Bool) -> [DataQuery] { [.journal] }

    func words(for row: OpenRow, _ model: Model) -> String? {
        row.id(as: JournalEntry.ID.self).map { list.row($0)?.name ?? "entry" }
    }

    func focused(_ model: Model) -> JournalEntry? { entry }
    func copies(of row: JournalEntry, _ model: Model) -> [CopyOffer] { row.copies(model) }

    func freshness(_ model: Model) -> Freshness {
        var freshness = Freshness(list.snapshot)
        if freshness.readAt != nil { freshness.readAt = readAt.map(model.timeOfDay) }
        return freshness
    }
}
