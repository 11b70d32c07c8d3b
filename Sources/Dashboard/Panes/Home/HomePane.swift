import Marketplace
import Screen

/// What needs a person now, in lanes; and the rows of one lane.
struct HomePane: ViewPane {
    static let view = View(1, "Home", split: .halves)

    private(set) var snapshot = Snapshot<Overview>()
    private(set) var lanes = ListCursor<Overview.Lane>(selected: .failed)
    /// The lane whose rows take the place of all lanes.
    private(set) var opened: Overview.Lane?
    private(set) var items = ListCursor<Overview.Subject>()
    private var visible = 10

    var overview: Overview? { snapshot.value }

    var crumb: String? { opened?.title.lowercased() }

    var selectedLane: Overview.Lane { lanes.selected ?? .failed }

    /// The rows of the opened lane, or of the one on the cursor.
    var rows: [Overview.Item] { overview?.items[opened ?? selectedLane] ?? [] }

    func subject(_ model: Model) -> String? { opened == nil ? selectedLane.title : crumb }

    func queries(_ model: Model) -> [DataQuery] { [.overview, .accounts(.customers)] }

    mutating func layout(_ area: PaneArea) { visible = max(1, area.main.height - 3) }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .overview(let latest):
            snapshot = latest
            if opened != nil { items.settle(in: rows.lazy.map(\.subject)) }
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        if let motion = ListCursor<Overview.Subject>.Motion(key), opened != nil {
            items.move(motion, in: rows.lazy.map(\.subject), visible: visible)
            return []
        }
        if let motion = ListCursor<Overview.Lane>.Motion(key) {
            lanes.move(motion, in: Overview.Lane.allCases, visible: Overview.Lane.allCases.count)
            return []
        }
        guard let reactions = Self.bindings.perform(key, on: &self, model) else { return [.unused(key)] }
        return reactions
    }

    static let bindings: [Binding<HomePane>] = [
        Binding(
            .open, .enter, title: "open the lane; in a lane, the row's own view", hint: "open",
            unavailable: { pane, _ in pane.rows.isEmpty ? "Nothing is in this lane." : nil },
            action: { pane, _ in pane.open() }),
        Binding(.back, .escape, "q", title: "back: to all lanes, then to where one came from", topic: .places) {
            pane, _ in
            guard pane.opened != nil else { return [.open(.back)] }
            pane.opened = nil
            return []
        },
    ]

    /// All lanes, a line each below their title; or the rows of one below its title and the columns'.
    mutating func point(atLine line: Int) -> Bool? {
        if opened == nil {
            let all = Overview.Lane.allCases
            guard line >= 1, line <= all.count else { return nil }
            let wasThere = selectedLane == all[line - 1]
            lanes.put(on: all[line - 1], at: line - 1)
            return wasThere
        }
        let place = items.top + line - 2
        guard line >= 2, place < rows.count else { return nil }
        let wasThere = items.index == place
        items.put(on: rows[place].subject, at: place)
        return wasThere
    }

    private mutating func open() -> [Reaction] {
        guard opened != nil else {
            opened = selectedLane
            items = ListCursor()
            items.settle(in: rows.lazy.map(\.subject))
            return []
        }
        switch items.selected {
        case .order(let id): return [.open(.order(id))]
        case .subscription(let id): return [.open(.subscription(id))]
        case .account(let id): return [.open(.subscriptions(of: id))]
        case nil: return []
        }
    }

    mutating func reset() { opened = nil }

    func copyRefusal(_ model: Model) -> String? {
        opened == nil ? "Open a lane first." : rows.isEmpty ? "Nothing is in this lane." : nil
    }

    func copies(_ model: Model) -> [CopyOffer] {
        rows.first { $0.subject == items.selected }?.copies(model) ?? []
    }

    var position: String? {
        opened == nil || rows.isEmpty ? nil : "\(grouped(items.index + 1)) of \(grouped(rows.count))"
    }

    func freshness(_ model: Model) -> Freshness { Freshness(snapshot) }
}

extension Overview.Lane {
    var title: String {
        switch self {
        case .failed: "ERROR"
        case .stuck: "STUCK"
        case .held: "HOLD"
        case .renewing: "RENEW"
        case .ending: "EXPIRE"
        }
    }

    func meaning(_ count: Int) -> String {
        switch self {
        case .failed: count == 1 ? "order failed" : "orders failed"
        case .stuck: count == 1 ? "order past its usual time" : "orders past their usual time"
        case .held: count == 1 ? "customer on hold" : "customers on hold"
        case .renewing: count == 1 ? "renews within 7 days" : "renew within 7 days"
        case .ending: count == 1 ? "ends within 7 days" : "end within 7 days"
        }
    }

    var style: Style {
        switch self {
        case .failed: .bad
        case .stuck, .held: .warning
        case .renewing: .accent
        case .ending: .warning
        }
    }
}
