import Marketplace
import Rows
import Screen

/// What subscriptions bring and cost in a month, by customer, reseller, vendor, product or term.
struct MoneyPane: ViewPane, ListPane, FiguresPane {
    static let view = View(8, "Money")

    var list = RowList<MoneyLine>(.money)
    private(set) var grouping = MoneyAnswer.Grouping.customer
    private(set) var subscriptions = Snapshot<Listing<Subscription>>()
    private var rowsVersion = 0
    private(set) var counting = MoneyCounting()
    /// Subscriptions that could not be read, and are not asked for again by themselves.
    private var failed: Set<Subscription.ID> = []
    var rest: RestReading?
    /// Whether a person has put the cursor where it is. Before, it stays on the first row, whichever that becomes.
    private var isPlaced = false
    /// What renews and ends, over the money; nil while the money is in front.
    var calendar: RenewalCalendar?
    /// The lines below the rows, drawn ahead.
    var foot: MoneyFoot?

    /// The groupings in the order in which keys step through them.
    static let groupings = MoneyAnswer.Grouping.allCases

    var isListed: Bool { calendar == nil }
    static var hasPreview: Bool { false }

    func subject(_ model: Model) -> String? {
        if let calendar { return calendar.day.spoken }
        return list.selected.map { "\($0.grouping.rawValue) \($0.spokenName)" }
    }

    func namedAccount(_ model: Model) -> Account.ID? {
        switch focused(model)?.row.group {
        case .customer(let id), .reseller(let id): id
        default: nil
        }
    }

    func watchable(_ model: Model) -> WatchedRow? { model.watchableCustomer(namedAccount(model)) }

    private static func query(_ model: Model) -> SubscriptionQuery { SubscriptionQuery(customer: model.customer) }

    func queries(_ model: Model) -> [DataQuery] {
        [.subscriptions(Self.query(model)), .accounts(.customers), .accounts(.resellers), .charges]
            + (calendar == nil ? [] : [.overview(model.overviewQuery)])
    }

    /// Details that are asked for at a time where calls are not limited.
    private static let mostUnasked = 600

    /// Where calls are not limited nobody has to ask for the rest: it is read part by part, the next part once more of it
    /// is counted.
    func rowDetails(_ model: Model) -> RowDetails {
        guard rest == nil else { return RowDetails() }
        var missing = calendar?.unreadShown ?? []
        if model.budget?.isUnlimited == true, let all = missingDetails, all.count <= DetailAges<Subscription.ID>.most {
            missing += all.prefix(Self.mostUnasked)
        }
        return RowDetails(
            queries: missing.filter { !failed.contains($0) && model.detailAges.isMissing($0, since: nil) }
                .map { .subscription($0) })
    }

    mutating func layout(_ area: PaneArea) {
        list.visible = max(1, area.main.height - 2 - footLines(height: area.main.height))
        list.settle()
        calendar?.layout(area)
    }

    mutating func scopeChanged(_ model: Model) {
        list.clear()
        counting.clear()
        (subscriptions, isPlaced) = (Snapshot(), false)
        rowsVersion += 1
        calendar?.clear()
    }

    /// What the person asked to read goes on, so that Esc can stop it here.
    mutating func reset() { calendar = nil }

    /// The rows are between the titles and the totals.
    mutating func point(atLine line: Int) -> Bool? {
        let place = line - 2
        guard isListed, (0..<list.visible).contains(place) else { return nil }
        isPlaced = true
        return list.point(at: list.cursor.top + place)
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .subscriptions(let query, let latest) where query == Self.query(model):
            if latest.value?.rows.isSame(as: subscriptions.value?.rows ?? []) != true { rowsVersion += 1 }
            subscriptions = latest
            show(isNew: false, model)
        case .overview(let query, let latest) where query == model.overviewQuery: calendar?.take(latest, model)
        case .subscription(let id, let latest): if latest.failure != nil { failed.insert(id) }
        case .arranged(let result):
            if counting.take(result) { show(isNew: true, model) } else { list.take(result) }
        case .key(let key):
            if calendar?.move(key, model) == true { return [] }
            if ListCursor<MoneyLine.ID>.Motion(key) != nil || key == " " || key == "V" { isPlaced = true }
            return takeInList(key, model)
        default: break
        }
        return []
    }

    mutating func advance(_ event: Event, _ model: Model) -> [Reaction] {
        // Nothing is counted for nobody.
        let isShown = model.view == Self.view
        if isShown, let charges = model.charges, subscriptions.value != nil {
            let basis = MoneyCounting.Basis(
                grouping: grouping, rows: subscriptions.value?.rows ?? [], rowsVersion: rowsVersion,
                reseller: model.customer == nil ? model.scope : nil, charges: charges, accounts: model.accounts,
                today: model.today)
            let (isNew, job) = counting.count(basis)
            if let job { list.post(.arrange(job)) }
            if isNew { show(isNew: true, model) }
        }
        let counted = calendar?.advance(event, isShown: isShown, model) ?? []
        return counted.map { .effect($0) } + takeRest(event, "The money of", model)
    }

    private mutating func show(isNew: Bool, _ model: Model) {
        let lines = counting.value?.lines ?? []
        let extent = subscriptions.map { listing in
            ListExtent(isComplete: listing.isComplete && counting.value != nil, problems: 0)
        }
        list.receive(extent, from: lines.count, isNew: isNew, setting(model)) { lines }
        if !isPlaced { list.move(.first) }
    }

    /// Goes from the money to the calendar, or back.
    mutating func chosenAgain(_ model: Model) -> [Reaction]? { turnOver(model) }

    private mutating func turnOver(_ model: Model) -> [Reaction] {
        let reactions = endRest(model) ?? []
        calendar = calendar == nil ? RenewalCalendar(on: model.today) : nil
        return reactions
    }

    private mutating func group(by step: Int) -> [Reaction] {
        let (all, place) = (Self.groupings, Self.groupings.firstIndex(of: grouping) ?? 0)
        grouping = all[(place + step + all.count) % all.count]
        list.filter = Filter()
        list.clearMarks()
        isPlaced = false
        return []
    }

    // MARK: Keys

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<MoneyPane>] = [
        Binding(
            .open, .enter, title: "open the subscriptions of the group, or of the day", hint: "rows",
            unavailable: { pane, model in pane.openRefusal(model) },
            action: { pane, _ in
                if let calendar = pane.calendar {
                    return [.open(.list(.subscriptions, filter: calendar.filter, sortedBy: nil))]
                }
                return pane.rowsFilter.map { [.open(.list(.subscriptions, filter: $0, sortedBy: nil))] } ?? []
            }),
        filterBinding("filter: words of the group; currency=EUR, rate>100, margin-percent<5"),
        Binding(
            "next-grouping", "l", .right, title: "group by the next; in the calendar a day on", hint: "by",
            topic: .list,
            unavailable: { pane, _ in pane.listRefusal },
            action: { pane, _ in pane.group(by: 1) }),
        Binding(
            "grouping-before", "h", .left, title: "group by the one before; in the calendar a day back", topic: .list,
            unavailable: { pane, _ in pane.listRefusal },
            action: { pane, _ in pane.group(by: -1) }),
        Binding(
            "renewals", "R", title: "the calendar of what renews and ends, or back", hint: "calendar", topic: .list
        ) { pane, model in pane.turnOver(model) },
        Binding(
            .export, "e", title: "export what is shown, as CSV", hint: "export", topic: .list,
            unavailable: { pane, _ in pane.listRefusal ?? (pane.list.isEmpty ? "Nothing to export." : nil) },
            action: { pane, model in pane.export(model) }),
        Binding(.back, .escape, "q", title: "one step back", topic: .places) { pane, model in
            if pane.calendar != nil { return pane.turnOver(model) }
            return pane.list.takeBack() ? [] : [.open(.back)]
        },
    ]

    private func openRefusal(_ model: Model) -> String? {
        if let calendar { return calendar.openRefusal }
        guard let line = list.selected else { return "No group selected." }
        guard rowsFilter == nil else { return nil }
        switch line.row.group {
        case .unread: return "Nobody knows yet whose these are: \(model.keymap.name(of: .readRest)) reads them."
        case .several: return "Their prices are for several products together, which no filter names."
        case .unpriced: return "They are paid once, by days, or their price is not reported; no filter names them."
        default: return "The marketplace did not report it, and no filter names what is not reported."
        }
    }

    /// What view 3 is narrowed to, to show the subscriptions of the group on the cursor; nil where no filter names them.
    private var rowsFilter: String? {
        guard let line = list.selected, let key = line.key else { return nil }
        let column: String
        switch line.row.group {
        case .customer: column = "customer"
        case .reseller: column = "reseller"
        case .vendor: column = "vendor"
        case .product(let product, _): column = product == line.row.title ? "product" : "mpn"
        case .term: column = "term"
        case .several, .unknown, .unpriced, .unread, .all: return nil
        }
        guard !key.isEmpty, !key.contains("\"") else { return nil }
        let isPlain = key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        // The row is of one currency; where the group has another one too, so is the list.
        let others = counting.value?.lines.contains { $0.row.group == line.row.group && $0.id != line.id } ?? false
        let currency = others ? line.row.currency.map { " rate>=0\($0)" } ?? "" : ""
        return "\(column)=\(isPlain ? key : "\"\(key)\"")\(currency) status!=terminated status!=removed"
    }

    func focused(_ model: Model) -> MoneyLine? { isListed ? list.selected : nil }
    func copies(of row: MoneyLine, _ model: Model) -> [CopyOffer] { row.copies }
    var position: String? { isListed ? list.position : nil }
    func freshness(_ model: Model) -> Freshness { calendar?.freshness ?? Freshness(subscriptions) }

    // MARK: The rest

    static let restName: ListName = "the money"

    var missingDetails: [Subscription.ID]? {
        calendar == nil ? counting.value?.unread : calendar?.stake.value?.unread
    }

    func readRestRefusal(_ model: Model) -> String? { restRefusal("All money shown here is read.") }
    mutating func readRest(_ model: Model) -> [Reaction] { beginRest(model) }
    mutating func stopReadingRest(_ model: Model) -> [Reaction]? { endRest(model) }
    func wantsTicks(_ model: Model) -> Bool { rest != nil }
    var isArranging: Bool { list.isWaiting }
}
