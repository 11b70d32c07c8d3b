import Screen

/// Where a key goes: to what lies in front, then to the frame's table, then to the pane.
extension Dashboard {
    mutating func take(_ pressed: Key) -> [Reaction] {
        if pressed == .control("c") { return interrupt() }
        if case .mouse(let mouse) = pressed { return take(mouse) }
        interruptIsArmed = false
        let meant = model.keymap.key(pressed, at: keyPlace)
        // Where the message line is the overlay's own, notices of before wait below it.
        if let meant, overlays.top?.hasOwnMessage == true { return perform(meant) }
        noticeBefore = notice
        notice = nil
        lastKey = meant
        return meant.map { perform($0, pressed: pressed) } ?? [.unused(pressed)]
    }

    /// Keys that waited for a list or a row go on as soon as it is there. When one of them cannot act, those after it were
    /// meant for what it did not do, and go nowhere.
    mutating func takeWaitingKeys() -> [Effect] {
        guard let first = waiting.first else { return [] }
        if let key = model.keymap.key(first, at: keyPlace), pane.waits(key, model) { return [] }
        let keys = waiting
        waiting = []
        var effects: [Effect] = []
        for key in keys {
            let isRefused = isRefused(key)
            effects += run(take(key))
            if isRefused { break }
        }
        return effects
    }

    /// Whether the key belongs to an action of the pane that cannot act now.
    private func isRefused(_ pressed: Key) -> Bool {
        guard overlays.top == nil, let key = model.keymap.key(pressed, at: keyPlace) else { return false }
        return pane.help(model).contains { $0.inner == key && $0.unavailable != nil }
    }

    /// - Parameters:
    ///   - key: As the tables have it.
    ///   - pressed: The key it was in fact.
    mutating func perform(_ key: Key, pressed: Key? = nil) -> [Reaction] {
        let top = overlays.top
        if top?.claims(key) != true, let reactions = Self.everywhere.perform(key, on: &self, model) {
            return reactions
        }
        if let top, top.pane == nil {
            if key == .escape, top.isWriting, let stopped = stopWaiting() { return stopped }
            return withTop { overlay, below in overlay.take(key, over: below) }
        }
        let (pane, meansTheRow) = (pane, Self.rowBindings.contains { $0.row.keys.contains(key) })
        let (isTyping, waits) = (pane.isTyping, pane.waits(key, model))
        // What is typed after a key that waits belongs to what that key will open.
        let mayAct = waiting.isEmpty && !(meansTheRow && waits)
        if !isTyping, mayAct, let reactions = Self.bindings.perform(key, on: &self, model) {
            waiting = []
            return reactions
        }
        if waits || (!waiting.isEmpty && key != .escape) {
            waiting.append(pressed ?? key)
            return [.say(Notice(.info, "\((pressed ?? key).name) waits for \(pane.awaitedWords)."))]
        }
        waiting = []
        if !isTyping, key == .escape, let stopped = stopWaiting() ?? stopReadingRest() { return stopped }
        if !isTyping, isOnLanding, key == .escape || key == "q" { return [.open(.back)] }
        return toPane(key)
    }

    private mutating func stopReadingRest() -> [Reaction]? {
        overlays.isEmpty ? panes[view].stopReadingRest(model) : nil
    }

    /// Lets the pane that keys go to take one.
    private mutating func toPane(_ key: Key) -> [Reaction] {
        if overlays.top != nil { return withTop { overlay, below in overlay.take(key, over: below) } }
        return panes[view].update(.key(key), model)
    }

    private var keyPlace: KeyPlace {
        overlays.top?.keyPlace ?? (panes[view].isTyping ? .text : .view(view))
    }

    private mutating func interrupt() -> [Reaction] {
        if interruptIsArmed { return [.effect(.quit)] }
        interruptIsArmed = true
        let leaves = "Press ^C once more to leave souk."
        for place in overlays.stack.indices {
            if let ending = withOverlay(at: place, { overlay, _ in overlay.interrupt() }) {
                return [.say(Notice(ending.kind, "\(ending.text) \(leaves)"))]
            }
        }
        return [.say(Notice(.warning, leaves))]
    }

    func unusedNotice(_ key: Key) -> Notice {
        let keymap = model.keymap
        if case .paste = key {
            let filter = keymap.name(of: .filter)
            return Notice(.warning, "Pasted text was not used: only a text box takes it. Press \(filter) first.")
        }
        let help = keymap.name(of: overlays.isWriting ? .guide : .help)
        return Notice(.info, "\(key.name) does nothing here. \(help) shows the keys.")
    }

    // MARK: Tables

    /// Keys of every view.
    static let bindings: [Binding<Dashboard>] =
        View.all.map { target in
            Binding(
                target.action, .character(Character(String(target.number))),
                title: "view \(target.title)", topic: .places
            ) { frame, _ in
                frame.go(to: target)
                return []
            }
        } + [
            Binding(
                .changes, "0", title: "what changed since the last session or a day, by customer", topic: .places,
                unavailable: { frame, _ in frame.overlays.top is ChangesPage ? "This is what changed." : nil },
                action: { frame, _ in
                    frame.openChanges()
                    return []
                }),
            Binding(
                .goTo, ":", .control("p"), title: "go to anything: account, order, subscription, MPN, action",
                hint: "go to", topic: .places
            ) { _, _ in [.open(.goTo)] },
            Binding(
                .historyBack, "[", title: "back", topic: .places,
                unavailable: { frame, _ in frame.navigation.canGoBack ? nil : "Nothing to go back to." },
                action: { frame, _ in
                    frame.travel(to: frame.navigation.back())
                    return []
                }),
            Binding(
                .historyForward, "]", title: "forward", topic: .places,
                unavailable: { frame, _ in frame.navigation.canGoForward ? nil : "Nothing to go forward to." },
                action: { frame, _ in
                    frame.travel(to: frame.navigation.forward())
                    return []
                }),
            Binding(
                .lastView, "-", title: "last view", topic: .places,
                unavailable: { frame, _ in frame.navigation.lastView == nil ? "No other view yet." : nil },
                action: { frame, _ in
                    frame.travel(to: frame.navigation.lastView)
                    return []
                }),
            Binding(
                .refresh, "r", .control("r"), title: "refresh the screen's data", hint: "refresh",
                topic: .program
            ) { frame, _ in
                let requests = frame.focusedQueries
                return requests.map { .effect(.refresh($0)) } + [.say(Notice(.info, "Reading again…"))]
            },
            Binding(
                .copy, "y", title: "copy: id, name, MPN, correlation id, JSON", hint: "copy",
                unavailable: { frame, model in frame.pane.copyRefusal(model) },
                action: { frame, model in
                    let pane = frame.pane
                    frame.overlays.open(CopyMenu(pane.copies(model), of: pane.copied(model)))
                    return []
                }),
            Binding(
                .showInTree, "t", title: "show the account in the tree",
                unavailable: { frame, model in frame.treeRefusal },
                action: { frame, model in
                    (frame.pane.namedAccount(model) ?? model.scope).map { [.open(.tree($0))] } ?? []
                }),
            Binding(
                .card, "i", title: "customer card, for a telephone call",
                unavailable: { frame, _ in frame.cardRefusal },
                action: { frame, _ in
                    if let id = frame.customerNamed { frame.openCard(of: id) }
                    return []
                }),
            Binding(
                .watch, "w", title: "watch, or watch no longer; on Home: what is watched",
                unavailable: { frame, model in frame.watchRefusal },
                action: { frame, model in frame.toggleWatch() }),
            Binding(.savedViews, "v", title: "saved views", topic: .list) { frame, _ in frame.openSavedViews() },
            Binding(.actions, "a", title: "all actions", hint: "actions", topic: .program) {
                _, _ in
                [.open(.actions)]
            },
            Binding(.drafts, "B", title: "drafts", topic: .program) { _, _ in
                [.open(.drafts)]
            },
            Binding(.requestLog, "L", title: "request log", topic: .program) { frame, _ in
                if frame.overlays.top is RequestLog { return [.close] }
                frame.overlays.open(RequestLog())
                return []
            },
            Binding(.timeZone, "T", title: "UTC or local time", topic: .program) { frame, _ in
                frame.model.usesUTC.toggle()
                let zone = frame.model.zone.name(at: frame.model.now)
                return [.say(Notice(.info, "Times are shown in \(zone)."))]
            },
            Binding(.help, "?", title: "keys", hint: "keys", topic: .program) { _, _ in
                [.open(.help)]
            },
        ]

    private var treeRefusal: String? {
        if view == .accounts, overlays.isEmpty { return "This is the tree." }
        return pane.namedAccount(model) ?? model.scope == nil ? "No customer is named here." : nil
    }

    /// Those that act on the row, whatever the view.
    static let rowBindings = bindings.filter { $0.row.topic == .row }

    /// Keys that work in text boxes too.
    static let everywhere: [Binding<Dashboard>] = [
        Binding(.guide, .function(1), title: "keys, in forms too", topic: .program) { _, _ in
            [.open(.help)]
        },
        Binding(.redraw, .control("l"), title: "redraw", topic: .program) { _, _ in [.effect(.redraw)] },
        Binding(.suspend, .control("z"), title: "suspend; fg returns", topic: .program) { _, _ in
            [.effect(.suspend)]
        },
    ]

    // MARK: Help

    /// What help or the list of actions offers just now, with the keys in force.
    func helpSections(_ kind: HelpOverlay.Kind) -> [HelpOverlay.Section] {
        let everywhere = KeyTables.everywhere.actions.map { KeyHelp($0) }
        if let own = helpInFront {
            return inForce([own, HelpOverlay.Section(title: KeyTopic.program.title, rows: everywhere)])
        }
        let pane = pane
        let own = pane.help(model) + Self.bindings.help(for: self, model)
        if kind == .actions {
            let rows = own.filter { $0.topic == .row }
            return inForce([HelpOverlay.Section(title: KeyTopic.row.title, rows: rows)])
        }
        let rows =
            own + everywhere + KeyTables.moves.map { KeyHelp($0) } + KeyHelp.filters(pane.filterColumns(model))
        return inForce(
            KeyTopic.titles.map { title in
                let topics = KeyTopic.allCases.filter { $0.title == title }
                return HelpOverlay.Section(
                    title: title, rows: topics.flatMap { topic in rows.filter { $0.topic == topic } })
            })
    }

    /// The keys of what takes letters as text or lies over the view; nil when the view itself is in front.
    private var helpInFront: HelpOverlay.Section? {
        if let section = overlays.top?.helpSection(model) { return section }
        guard pane.isTyping else { return nil }
        return HelpOverlay.Section(
            title: "HERE", rows: pane.typingHelp + KeyHelp.filters(pane.filterColumns(model)))
    }

    private func inForce(_ sections: [HelpOverlay.Section]) -> [HelpOverlay.Section] {
        sections.filter { !$0.rows.isEmpty }.map {
            HelpOverlay.Section(title: $0.title, rows: model.keymap.inForce($0.rows))
        }
    }

    /// What help is about: the form in front or the view for its keys, the row for its actions.
    func helpSubject(_ kind: HelpOverlay.Kind) -> String {
        if let title = overlays.band(model)?.title { return title }
        return (kind == .actions ? pane.subject(model) : nil) ?? overlays.crumb ?? view.title
    }
}
