import HashTreeCollections
import Marketplace
import Screen

/// What needs a person now, in lanes that open their lists; what renews and ends in the next weeks; and the last writes.
struct HomePane: ViewPane, FiguresPane {
    static let view = View(1, "Home", split: .halves)

    private(set) var snapshot = Snapshot<Overview>()
    private(set) var lanes = ListCursor<HomeLane>()
    /// Whether a person has put the cursor where it is. Before, it stands on the first lane, whichever is read first.
    private var isPlaced = false
    /// The newest writes of this profile's user, newest first.
    private(set) var writes: [JournalEntry] = []
    /// Orders whose lines were asked for, so that none is asked for twice.
    private var read: TreeSet<Order.ID> = []
    /// Subscriptions that could not be read, and are not asked for again by themselves.
    private(set) var failed: TreeSet<Subscription.ID> = []
    /// What renews, ends and is on hold, with its money; made anew when the overview or what was read has changed.
    var stake = StakeCounting()
    /// Details that are being read because the person asked for the rest of the money.
    var rest: RestReading?
    /// The rows that the person watches.
    private(set) var watched = WatchList()
    /// The saved views that have a lane.
    private(set) var views: [SavedViewLine] = []
    /// Rows of the lane that the right part has.
    private var rowsBeside = 0

    /// More of them are not shown, however tall the window is.
    private static let mostWrites = 8

    var overview: Overview? { snapshot.value }

    /// The lanes with something in them: what holds nothing, or is not read, takes no row.
    var shownLanes: [Overview.Lane] {
        guard let overview else { return [] }
        return Overview.Lane.allCases.filter { lane in
            overview.items[lane].map { !$0.isEmpty || overview.unreadable[lane] != nil } ?? false
        }
    }

    /// The lane of the overview on the cursor; nil on what is watched.
    var selectedLane: Overview.Lane? {
        guard case .overview(let lane)? = lanes.selected, shownLanes.contains(lane) else { return nil }
        return lane
    }

    /// The rows of the lane on the cursor.
    var rows: [Overview.Item] { selectedLane.flatMap { overview?.items[$0] } ?? [] }

    /// Those of them that are shown beside the lanes.
    var rowsInView: ArraySlice<Overview.Item> { rows.prefix(rowsBeside) }

    func subject(_ model: Model) -> String? {
        isWatchSelected ? "WATCH" : selectedView?.view.name ?? selectedLane?.title
    }

    func queries(_ model: Model) -> [DataQuery] {
        [.overview(model.overviewQuery), .accounts(.customers), .accounts(.resellers), .charges]
    }

    /// What the rows beside the lanes lack: the products of orders and the units of subscriptions. Where calls are not
    /// limited, also the rest of the money.
    func rowDetails(_ model: Model) -> RowDetails {
        RowDetails(
            queries: rowsInView.compactMap { item in
                switch item.subject {
                case .order(let id):
                    if !read.contains(id) { return .order(id) }
                    guard let order = model.orders[id], order.lines.isEmpty, let held = order.subscription else {
                        return nil
                    }
                    return model.detailAges.isMissing(held, since: nil) ? .subscription(held) : nil
                case .subscription(let id): return model.detailAges.isMissing(id, since: nil) ? .subscription(id) : nil
                case .account: return nil
                }
            } + moneyReadUnasked(model), readSince: nil)
    }

    mutating func layout(_ area: PaneArea) {
        rowsBeside = area.detail.map { Self.rowsBeside(in: $0) } ?? 0
    }

    mutating func scopeChanged(_ model: Model) {
        (snapshot, isPlaced) = (Snapshot(), false)
        stake.overviewChanged()
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .overview(let query, let latest) where query == model.overviewQuery:
            snapshot = latest
            stake.overviewChanged()
            settleLanes()
        case .order(let id, let latest): if latest.value != nil || latest.failure != nil { read.insert(id) }
        case .subscription(let id, let latest): if latest.failure != nil { failed.insert(id) }
        case .journal(let entries):
            writes = entries.lazy.filter(\.sender.isOwn).prefix(100).sorted { $0.at > $1.at }
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    /// Takes in what is watched now.
    mutating func watch(_ latest: WatchList) {
        guard latest != watched else { return }
        watched = latest
        settleLanes()
    }

    /// Takes in the saved views as they are now.
    mutating func show(_ latest: [SavedViewLine]) {
        guard latest != views else { return }
        views = latest
        settleLanes()
    }

    private mutating func settleLanes() {
        if !isPlaced, let first = lines.first { lanes.put(on: first, at: 0) }
        lanes.settle(in: lines)
    }

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        if let motion = ListCursor<HomeLane>.Motion(key) {
            guard !lines.isEmpty else { return [] }
            isPlaced = true
            lanes.move(motion, in: lines, visible: lines.count)
            return []
        }
        return Self.bindings.perform(key, on: &self, model) ?? [.unused(key)]
    }

    static let bindings: [Binding<HomePane>] = [
        Binding(
            .open, .enter, title: "open the list", hint: "list",
            unavailable: { pane, _ in
                if let line = pane.selectedView { return line.isRefused ? line.note : nil }
                if pane.selectedLane != nil || pane.isWatchSelected { return nil }
                return pane.snapshot.value == nil ? "Nothing was read yet." : "No list needs you."
            },
            action: { pane, _ in
                if let line = pane.selectedView { return [.open(.savedView(line.view))] }
                return pane.isWatchSelected ? [.open(.watched)] : pane.selectedLane.map { [$0.list] } ?? []
            }),
        Binding(
            "renewals", "R", title: "what renews within a week", topic: .list,
            unavailable: { pane, _ in
                guard let overview = pane.overview else { return "Nothing was read yet." }
                guard let rows = overview.items[.renewing] else { return "Subscriptions are not read yet." }
                return rows.isEmpty && !overview.partlyRead.contains(.renewing) ? "Nothing renews within a week." : nil
            },
            action: { _, _ in [Overview.Lane.renewing.list] }),
        Binding(
            .readRest, "F", title: "read the rest of the money at stake", topic: .list,
            unavailable: { pane, _ in pane.restRefusal("All money shown here is read.") },
            action: { pane, model in pane.beginRest(model) }),
        Binding(.back, .escape, "q", title: "one step back", topic: .places) { _, _ in [.open(.back)] },
    ]

    /// The lanes, a row each below their title.
    mutating func point(atLine line: Int) -> Bool? {
        let all = lines
        guard line >= 1, line <= all.count else { return nil }
        let wasThere = lanes.selected == all[line - 1]
        isPlaced = true
        lanes.put(on: all[line - 1], at: line - 1)
        return wasThere
    }

    func reason(_ model: Model) -> String? { selectedView.flatMap { $0.isRefused ? $0.note : nil } }

    func copyRefusal(_ model: Model) -> String? { "Works in the list: Enter first." }
    func copies(_ model: Model) -> [CopyOffer] { [] }

    var position: String? {
        lanes.selected.flatMap { lines.firstIndex(of: $0) }.map { "\($0 + 1) of \(lines.count)" }
    }

    func freshness(_ model: Model) -> Freshness { Freshness(snapshot) }

    /// The newest writes whose customer is in scope.
    func latestWrites(_ model: Model) -> [JournalEntry] {
        Array(writes.lazy.filter { model.isInScope($0.customer) }.prefix(Self.mostWrites))
    }
}

extension Overview.Lane {
    var title: String {
        switch self {
        case .failed: "ERROR"
        case .stuck: "STUCK"
        case .held: "HOLD"
        case .renewing: "RENEW"
        case .ending: "END"
        }
    }

    /// What its count counts.
    func meaning(_ count: Int, _ today: CalendarDate) -> String {
        let end = today.adding(days: Overview.daysAhead).shortSpoken
        return switch self {
        case .failed: count == 1 ? "order failed" : "orders failed"
        case .stuck: count == 1 ? "order past usual time" : "orders past usual time"
        case .held: count == 1 ? "customer on hold" : "customers on hold"
        case .renewing: "by \(end), auto-renew on"
        case .ending: "by \(end), auto-renew off"
        }
    }

    var style: Style {
        switch self {
        case .failed, .held: .bad
        case .stuck, .ending: .warning
        case .renewing: .strong
        }
    }

    /// The view whose list has its rows.
    var view: View {
        switch self {
        case .failed, .stuck: .orders
        case .held: .accounts
        case .renewing, .ending: .subscriptions
        }
    }

    /// What that list is narrowed to.
    var filter: String {
        switch self {
        case .failed: "state:error"
        case .stuck: "state:stuck"
        case .held: "held=yes"
        case .renewing: "auto=on next<=+\(Overview.daysAhead)d"
        case .ending: "auto!=on next<=+\(Overview.daysAhead)d"
        }
    }
}

extension Overview.Lane {
    /// The column by which the list is sorted, as the lane is: the oldest order first, what comes soonest first; nil in the
    /// list's own order.
    var order: String? {
        switch self {
        case .failed, .stuck: "created"
        case .held: nil
        case .renewing, .ending: "next"
        }
    }

    /// The way to that list.
    fileprivate var list: Reaction { .open(.list(view, filter: filter, sortedBy: order)) }
}

extension Model {
    /// Whose rows Home counts: those of the account in view.
    var overviewScope: Overview.Scope {
        guard let scope else { return .all }
        return scopeEntry?.kind == .reseller ? .customersOf(scope) : .customer(scope)
    }

    /// The same, with days counted in the zone that is shown.
    var overviewQuery: OverviewQuery { OverviewQuery(overviewScope, zone: zone) }

    /// Whether what concerns this customer belongs to the account in view.
    func isInScope(_ customer: Account.ID?) -> Bool {
        guard let scope else { return true }
        guard let customer else { return false }
        return customer == scope || accounts[customer]?.vendorAccount == scope
    }
}
