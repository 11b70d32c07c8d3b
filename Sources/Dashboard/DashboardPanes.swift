import Marketplace
import Screen

/// The panes of the dashboard, and which of them an event goes to.
extension Dashboard {
    var hasTree: Bool { bands.split(for: view, isForm: isWriting).tree != nil }
    var bands: Bands { Bands(size) }

    /// The pane that keys go to.
    var pane: any Pane {
        if let log { return log }
        return pane(of: focusedView)
    }

    func pane(of view: View) -> any Pane {
        switch view {
        case .home: home
        case .accounts: accounts
        case .subscriptions: subscriptions
        case .orders: orders
        case .catalog: catalog
        case .users: users
        case .journal: journal
        }
    }

    /// The view whose pane keys go to, where the request log does not lie over it.
    var focusedView: View { treeHasFocus && hasTree ? .accounts : view }

    // Each of these goes to the pane itself: `pane` is a copy of it.

    /// Whether plain letters are text just now and not commands.
    var isTyping: Bool {
        if let log { return log.isTyping }
        return switch focusedView {
        case .home: home.isTyping
        case .accounts: accounts.isTyping
        case .subscriptions: subscriptions.isTyping
        case .orders: orders.isTyping
        case .catalog: catalog.isTyping
        case .users: users.isTyping
        case .journal: journal.isTyping
        }
    }

    /// Whether `key` must wait until the list shows what the person has asked of it.
    func waits(_ key: Key) -> Bool {
        if let log { return log.waits(key) }
        return switch focusedView {
        case .home: home.waits(key)
        case .accounts: accounts.waits(key)
        case .subscriptions: subscriptions.waits(key)
        case .orders: orders.waits(key)
        case .catalog: catalog.waits(key)
        case .users: users.waits(key)
        case .journal: journal.waits(key)
        }
    }

    /// Lets the pane that keys go to take an event.
    mutating func updatePane(_ event: Event) -> [Reaction] {
        if log != nil { return toLog(event) }
        return switch focusedView {
        case .home: home.update(event, model)
        case .accounts: accounts.update(event, model)
        case .subscriptions: subscriptions.update(event, model)
        case .orders: orders.update(event, model)
        case .catalog: catalog.update(event, model)
        case .users: users.update(event, model)
        case .journal: journal.update(event, model)
        }
    }

    /// Puts the cursor of the pane that keys go to on what is drawn in its line `line`.
    /// - Returns: Whether it was there before; nil when there is nothing to be on.
    mutating func point(atLine line: Int) -> Bool? {
        switch focusedView {
        case .home: home.point(atLine: line)
        case .accounts: accounts.point(atLine: line)
        case .subscriptions: subscriptions.point(atLine: line)
        case .orders: orders.point(atLine: line)
        case .catalog: catalog.point(atLine: line)
        case .users: users.point(atLine: line)
        case .journal: journal.point(atLine: line)
        }
    }

    /// An answer goes to every pane: each takes what it asked for and lets the rest fall through.
    mutating func broadcast(_ event: Event) -> [Reaction] {
        home.update(event, model) + accounts.update(event, model) + subscriptions.update(event, model)
            + orders.update(event, model)
            + catalog.update(event, model) + users.update(event, model)
            + journal.update(event, model) + toLog(event) + toFlow(event) + toBulk(event)
    }

    mutating func takeListEffects() -> [Effect] {
        accounts.takeEffects() + subscriptions.takeEffects() + orders.takeEffects() + catalog.takeEffects()
            + users.takeEffects() + journal.takeEffects() + (log?.takeEffects() ?? []) + (flow?.takeEffects() ?? [])
    }

    mutating func toggleLog() {
        log = log == nil ? RequestsPane() : nil
        treeHasFocus = false
    }

    mutating func toLog(_ event: Event) -> [Reaction] {
        let model = model
        return log?.update(event, model) ?? []
    }

    mutating func toFlow(_ event: Event) -> [Reaction] {
        let model = model
        return flow?.update(event, model) ?? []
    }

    mutating func relayout() {
        let (tree, area) = Bands(size).split(for: view, isForm: flow != nil || bulk != nil)
        if tree == nil { treeHasFocus = false }
        accounts.layout(view == .accounts ? area : PaneArea(main: tree ?? area.main))
        home.layout(area)
        subscriptions.layout(area)
        orders.layout(area)
        catalog.layout(area)
        users.layout(area)
        journal.layout(area)
        let body = bands.body
        log?.layout(PaneArea(main: body))
        let model = model
        flow?.layout(area, model)
        bulk?.layout(area.whole, model)
    }
}
