import Marketplace
import Screen

/// What a review says of an intent, in words. One place for every kind of write, so that none forgets a part.
struct ReviewWords {
    /// Something that is one way and shall be another.
    struct Change: Equatable {
        var label: String
        var before: String
        var after: String
        var difference = ""
    }

    /// What is bought or acted on: its name, then what makes it exact.
    struct Thing: Equatable {
        var name: String
        var exact: String
    }

    /// `new order`, as the heading says it.
    var title = ""
    /// What the person is about to do, after "to": `place an order`.
    var act = ""
    var things: [Thing] = []
    var changes: [Change] = []
    /// Lines of a difference: `+`, `-`, `~` or nothing, then the words.
    var marked: [(mark: String, text: String, style: Style)] = []
    /// Further rows by label.
    var facts: [(label: String, text: String)] = []
    var commits = ""
    /// Whether `commits` names something to pay for, and not only what it means.
    var isCommitment = true
    var undo = ""
    /// What the typed phrase is, where it is not just a word: `the number of units`.
    var asks = ""
    /// The button that sends.
    var button = ""

    init(_ intent: WriteIntent, _ run: DryRun?, _ model: Model) {
        switch intent {
        case .place(.sales(let order)): describe(order)
        case .place(.change(let order)): describe(order, run)
        case .place(.planSwitch(let order)): describe(order, run, model)
        case .place(.renewal): describeRenewal(run)
        case .place(.cancellation): describeCancellation(run)
        case .place(.migration(let order)): describe(order)
        case .withdraw(let order): describe(withdrawing: run?.order ?? order, model)
        case .change(let subscription, let changes): describe(changes, of: run?.subscription, subscription)
        case .create(let draft): describe(draft, model)
        case .edit(let account, let changes): describe(changes, of: run?.account ?? account)
        }
    }

    /// What must be typed before it is sent: the more harm, the more typing.
    static func phrase(of intent: WriteIntent) -> String {
        switch intent {
        case .place(.sales(let order)): String(order.totalQuantity)
        case .place(.change(let order)): order.lines.first.map { String($0.quantity.total) } ?? "change"
        case .place(.planSwitch): "switch"
        case .place(.renewal): "renew"
        case .place(.cancellation(let order)): order.subscription.rawValue
        case .place(.migration): "migrate"
        case .withdraw: "withdraw"
        case .change(_, let changes):
            switch changes.autoRenews {
            case true: "on"
            case false: "off"
            case nil: "change"
            }
        case .create: "create"
        case .edit(let account, let changes): phrase(of: changes, account)
        }
    }

    static func exact(_ product: Product) -> String {
        let billing = product.billingPeriod.map { ", billed \($0.rhythm)" } ?? ""
        let term = product.subscriptionPeriod?.spoken ?? "term not reported"
        return "\(product.mpn) by \(product.vendor), \(term)\(billing)"
    }

    static func exact(_ product: SubscriptionProduct, of subscription: Subscription) -> String {
        let term = subscription.subscriptionPeriod.map { ", \($0.spoken)" } ?? ""
        let billing = subscription.billingPeriod.map { ", billed \($0.rhythm)" } ?? ""
        let vendor = product.vendor.isEmpty ? "" : " by \(product.vendor)"
        return product.mpn + vendor + term + billing
    }

    // MARK: Orders

    private mutating func describe(_ order: SalesOrder) {
        title = "new order"
        act = "place an order"
        for line in order.lines {
            things.append(
                Thing(name: "\(grouped(line.quantity)) x \(line.product.title)", exact: Self.exact(line.product)))
            facts += line.parameters.map { ($0.name, $0.value) }
        }
        let terms = order.lines.compactMap(\.product.subscriptionPeriod)
        var spoken: [String] = []
        for term in terms.map(\.spoken) where !spoken.contains(term) { spoken.append(term) }
        switch order.alignment {
        case .onSubscription(let id): commits = "until the end of subscription \(id), whose end date it takes"
        case .endOfMonth: commits = "\(spoken.joined(separator: " and ")), to the end of that month"
        case .partialUpgrade: commits = "the end date of the subscription it upgrades"
        case nil:
            commits =
                spoken.isEmpty
                ? "a term the catalogue does not give"
                : spoken.joined(separator: " and ")
                    + " from the day it is fulfilled"
        }
        undo = "withdraw it while it is open; after that only a cancellation order ends the subscription"
        asks = order.lines.count == 1 ? "the number of units" : "the number of all units"
        button = "Place order"
    }

    private mutating func describe(_ order: ChangeOrder, _ run: DryRun?) {
        title = "change of units"
        act = "change a subscription"
        let held = run?.subscription
        for line in order.lines {
            let now = held?.products.first { $0.mpn == line.product.mpn && $0.vendor == line.product.vendor }
            let exact = held.map { Self.exact(line.product, of: $0.subscription) } ?? line.product.mpn
            things.append(Thing(name: line.product.title, exact: exact))
            let before = now?.quantity
            changes.append(
                Change(
                    label: "units", before: before.map(grouped) ?? "not reported", after: grouped(line.quantity.total),
                    difference: before.map { line.quantity.difference(from: $0).description } ?? ""))
            facts += line.parameters.map { ($0.name, $0.value) }
        }
        addSubscription(held, order.subscription)
        let end = held?.subscription.turningDate.map { "to \($0.spoken)" } ?? "to the end of its term"
        commits =
            order.waitsForRenewal
            ? "from the renewal on; until then nothing changes" : "from now on, \(end)"
        undo = "another change, as far as the vendor lets units be taken away before the term ends"
        asks = "the new total"
        button = "Change units"
    }

    private mutating func describe(_ order: PlanSwitchOrder, _ run: DryRun?, _ model: Model) {
        title = "plan switch"
        act = "switch a plan"
        addProducts(run)
        addSubscription(run?.subscription, order.subscription)
        let before = run?.subscription?.plan
        changes.append(
            Change(
                label: "plan", before: before.map(model.planName) ?? "not reported", after: model.planName(order.plan)))
        if let period = run?.subscription?.subscription.subscriptionPeriod, period != order.period {
            changes.append(Change(label: "term", before: period.spoken, after: order.period.spoken))
        }
        if let way = model.plans[before ?? ""]?.switches.first(where: {
            $0.plan == order.plan && ($0.period == nil || $0.period == order.period)
        }) {
            facts.append(("takes effect", way.effective.word))
            facts.append(("charged", way.charging.word))
        }
        commits = "\(order.period.spoken) on the new plan"
        undo = "only by another switch, where the new plan offers one"
        button = "Switch plan"
    }

    private mutating func describeRenewal(_ run: DryRun?) {
        title = "renewal"
        act = "renew a subscription"
        addProducts(run)
        addSubscription(run?.subscription, run?.intent.subscription)
        let row = run?.subscription?.subscription
        commits =
            "one more term" + (row?.subscriptionPeriod.map { " of \($0.spoken)" } ?? "")
            + (row?.expires.map { ", after \($0.spoken)" } ?? "")
        undo = "withdraw it while it is open; after that the term is bought"
        button = "Renew"
    }

    private mutating func describeCancellation(_ run: DryRun?) {
        title = "cancellation"
        act = "END a subscription"
        addProducts(run)
        addSubscription(run?.subscription, run?.intent.subscription)
        changes.append(
            Change(
                label: "status", before: run?.subscription?.subscription.status.word ?? "not reported",
                after: "terminated"))
        isCommitment = false
        commits = "its services stop; what it still costs or refunds is in the price above"
        undo = "none once the order has ended: it must be bought anew. While it is open it can be withdrawn"
        asks = "the subscription's id"
        button = "End it"
    }

    private mutating func describe(_ order: MigrationOrder) {
        title = "migration"
        act = "bring a running subscription into the marketplace"
        things = order.lines.map {
            Thing(name: "\(grouped($0.quantity)) x \($0.product.title)", exact: Self.exact($0.product))
        }
        commits = "from \(order.migrates.spoken) to \(order.expires.spoken)"
        undo = "withdraw it while it is open; after that only a cancellation order ends the subscription"
        button = "Migrate"
    }

    private mutating func describe(withdrawing order: Order, _ model: Model) {
        title = "withdrawal"
        act = "withdraw an order"
        facts.append(("order", "\(order.label), \(order.kind.word) order"))
        if let created = order.created { facts.append(("created", model.zone.spoken(created))) }
        if let total = order.total { facts.append(("its total", total.description)) }
        if let id = order.subscription { facts.append(("subscription", id.rawValue)) }
        changes.append(Change(label: "status", before: order.status.word, after: "cancelled"))
        isCommitment = false
        commits = "what the order asked for does not happen"
        undo = "none: it must be ordered anew"
        button = "Withdraw it"
    }

    // MARK: Subscriptions

    private mutating func describe(
        _ changes: SubscriptionChanges, of detail: SubscriptionDetail?, _ subscription: Subscription
    ) {
        title = changes.autoRenews == nil ? "change of a subscription" : "automatic renewal"
        act = "change a subscription"
        let row = detail?.subscription ?? subscription
        for product in detail?.products ?? [] {
            things.append(Thing(name: product.title, exact: Self.exact(product, of: row)))
        }
        if things.isEmpty { things = [Thing(name: row.name, exact: "")] }
        addSubscription(detail, subscription.id)
        if let wanted = changes.autoRenews {
            let word = { (on: Bool?) in on.map { $0 ? "on" : "off" } ?? "not reported" }
            self.changes.append(
                Change(label: "auto-renew", before: word(row.autoRenews), after: word(wanted)))
            let day = (wanted ? row.renews ?? row.expires : row.expires)?.spoken
            if wanted {
                let units = detail?.quantity.map { " with \(counted($0, "unit"))" } ?? ""
                commits = "another term\(day.map { " on \($0)" } ?? " at its end")\(units), at the price of that day"
            } else {
                isCommitment = false
                commits =
                    "it ends\(day.map { " on \($0)" } ?? " with its term"), and its services with it"
            }
            undo = "switch it back" + ((row.renews ?? row.expires).map { " before \($0.spoken)" } ?? " before its end")
            button = wanted ? "Switch it on" : "Switch it off"
            return
        }
        for (name, value) in (changes.attributes ?? [:]).sorted(by: { $0.key < $1.key }) {
            self.changes.append(Change(label: name, before: detail?.attributes[name] ?? "none", after: value))
        }
        for price in changes.prices ?? [] {
            let target =
                switch price.product {
                case .mpn(let mpn): mpn
                case .product(let id): id.rawValue
                }
            let now = detail?.products.first { $0.mpn == target || $0.product?.rawValue == target }
            let after = (price.unitPrice ?? price.unitCost ?? price.unitProviderCost)?.amount.description
            self.changes.append(
                Change(
                    label: "unit price", before: now?.unitPrice?.description ?? "not reported",
                    after: after ?? "not reported"))
        }
        commits = "from the next charge on"
        undo = "change it back in the same way"
        button = "Change it"
    }

    private mutating func addProducts(_ run: DryRun?) {
        guard let detail = run?.subscription else { return }
        for product in detail.products {
            let units = product.quantity.map { "\(grouped($0)) x " } ?? ""
            things.append(
                Thing(name: units + product.title, exact: Self.exact(product, of: detail.subscription)))
        }
        if things.isEmpty { things = [Thing(name: detail.subscription.name, exact: "")] }
    }

    private mutating func addSubscription(_ detail: SubscriptionDetail?, _ id: Subscription.ID?) {
        guard let id else { return }
        var text = id.rawValue
        if let row = detail?.subscription {
            text += ", \(row.status.word)"
            if let day = row.turningDate { text += ", \(row.autoRenews == true ? "renews" : "ends") \(day.spoken)" }
        }
        facts.insert(("subscription", text), at: 0)
    }
}
