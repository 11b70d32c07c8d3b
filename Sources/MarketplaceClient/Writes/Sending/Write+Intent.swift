import Marketplace

extension Write {
    /// The request that brings `intent` about.
    init(_ intent: WriteIntent) {
        switch intent {
        case .place(let order): self.init(method: .post, path: ["orders"], body: .json(order.json), what: intent.name)
        case .withdraw(let order):
            self.init(
                method: .patch, path: ["orders", order.id.rawValue],
                body: .json(.object(["statusCode": .string("CL")])), what: intent.name)
        case .creditCheck(let checks, let order):
            self.init(
                method: .patch, path: ["orders", order.id.rawValue],
                body: .json(.object(["creditCheck": .bool(checks)])), what: intent.name)
        case .change(let subscription, let changes) where changes.isOnlyPrices:
            self.init(
                method: .post, path: ["subscriptions", subscription.id.rawValue, "specialPricing"],
                body: .json(changes.json), what: intent.name)
        case .change(let subscription, let changes):
            self.init(
                method: .patch, path: ["subscriptions", subscription.id.rawValue], body: .json(changes.json),
                what: intent.name)
        case .create(let draft):
            self.init(method: .post, path: draft.path, body: .json(draft.json), what: intent.name)
        case .edit(let account, let changes):
            self.init(AccountKey(kind: account.kind, id: account.id), changes)
        case .schedule(let draft):
            self.init(method: .post, path: ["reports"], body: .json(draft.json), what: intent.name)
        }
        customer = intent.customer
        subscription = intent.subscription
        poNumber = intent.poNumber
    }

    init(_ account: AccountKey, _ changes: AccountChanges) {
        let (collection, word) = account.kind == .customer ? ("customers", "customer") : ("resellers", "reseller")
        self.init(
            method: .patch, path: [collection, account.id.rawValue], body: .json(changes.json),
            what: "change of \(word) \(account.id)", customer: account.kind == .customer ? account.id : nil)
    }
}

extension Client {
    /// Sends `write` and keeps what the marketplace answers.
    func pass(_ write: Write, for intent: WriteIntent) async throws(MarketplaceError) -> WriteGate.Passage<WriteResult>
    {
        let passage = try await gate.send(
            write, lookups: lookups { await self.result(made: $0, by: intent) }, read: { WriteResult($0, for: intent) },
            stale: { self.makeStale(after: intent) })
        if case .made(let result, _) = passage {
            switch result {
            case .order(let order): orders.store(order, for: order.id)
            case .subscription(let detail): subscriptions.store(detail, for: detail.subscription.id)
            case .account(let account): accounts.store(account, for: AccountKey(kind: account.kind, id: account.id))
            case .report(let report): reports.store(report, for: report.id)
            }
        }
        return passage
    }

    /// How the write gate looks at this marketplace.
    /// - Parameter read: Reads what was made, by its id; nil when it cannot be read.
    func lookups<Made>(_ read: @escaping @Sendable (String) async -> Made?) -> WriteGate.Lookups<Made> {
        WriteGate.Lookups(look: { await self.look(for: $0, among: $1) }, read: read)
    }

    /// Looks once for the write whose intent is `begun`.
    func look(for begun: JournalRecord, among records: [JournalRecord]) async -> LookupResult {
        switch begun.event {
        case .intended(let intent): await find(intent, begun, among: records)
        case .damaged(let line): await find(line, begun, among: records)
        case .ended, .checked, .noticed: .unclear(reason: "It is no intent.")
        }
    }

    private func result(made id: String, by intent: WriteIntent) async -> WriteResult? {
        switch intent {
        case .place, .withdraw, .creditCheck: try? await .order(fresh(Order.ID(id)))
        case .change: try? await .subscription(fresh(Subscription.ID(id)))
        case .create(let draft): try? await .account(fresh(AccountKey(kind: draft.createdKind, id: Account.ID(id))))
        case .edit(let account, _): try? await .account(fresh(AccountKey(kind: account.kind, id: account.id)))
        case .schedule: try? await .report(reports.value(for: Report.ID(id)))
        }
    }

    /// As above, without having looked at the marketplace before. An open twin in the journal holds it back.
    /// - Parameter part: The kind of result that such an intent has.
    func perform<Made>(
        _ intent: WriteIntent, _ part: (WriteResult) -> Made?
    ) async throws(MarketplaceError) -> Made {
        let write = Write(intent)
        guard let made = part(try await pass(write, for: intent).result()) else {
            throw .outcomeUnknown(of: write.what, reason: "The answer is about something else.", correlationID: nil)
        }
        return made
    }

    /// Makes stale what a write may have changed.
    func makeStale(after intent: WriteIntent) {
        switch intent {
        case .place(let order): makeOrdersStale(of: order.customer, subscription: order.subscription)
        case .withdraw(let order), .creditCheck(_, let order):
            makeOrdersStale(of: order.customer, subscription: order.subscription)
            orders.makeStale { $0 == order.id }
        case .change(let subscription, _): makeStale(subscription)
        case .create: accountLists.makeStale { _ in true }
        case .edit(let account, _): makeStale(AccountKey(kind: account.kind, id: account.id))
        case .schedule: reportLists.makeStale { _ in true }
        }
    }

    func makeStale(_ account: AccountKey) {
        accountLists.makeStale { _ in true }
        accounts.makeStale { $0 == account }
    }

    func makeStale(_ subscription: Subscription) {
        subscriptionLists.makeStale { $0.customer == nil || $0.customer == subscription.customer }
        makeStale(subscription.id)
    }

    func makeStale(_ subscription: Subscription.ID) {
        book.drop(subscription)
        subscriptions.makeStale { $0 == subscription }
    }
}

extension WriteResult {
    /// What the marketplace answers to `intent`; nil when it is something else.
    fileprivate init?(_ json: JSONValue, for intent: WriteIntent) {
        let result: WriteResult? =
            switch intent {
            case .place, .withdraw, .creditCheck: Order(json).map(WriteResult.order)
            case .change: SubscriptionDetail(json).map(WriteResult.subscription)
            case .create(let draft): Account(json, kind: draft.createdKind).map(WriteResult.account)
            case .edit(let account, _): Account(json, kind: account.kind).map(WriteResult.account)
            case .schedule: Report(json).map(WriteResult.report)
            }
        guard let result else { return nil }
        self = result
    }
}

extension WriteResult {
    var order: Order? { if case .order(let order) = self { order } else { nil } }
    var subscription: SubscriptionDetail? { if case .subscription(let detail) = self { detail } else { nil } }
    var report: Report? { if case .report(let report) = self { report } else { nil } }
    var account: Account? { if case .account(let account) = self { account } else { nil } }
}

extension WriteGate.Passage {
    /// What was made.
    /// - Throws: `.writeRefused` when an equal write holds it back.
    func result() throws(MarketplaceError) -> Made {
        switch self {
        case .made(let made, _): return made
        case .heldBack(let twin): throw .writeRefused(reason: twin.objection + ".")
        case .spent: throw .writeRefused(reason: "this intent was sent already.")
        }
    }
}

extension Twin {
    /// What the journal says of it; a sentence without its full stop.
    var sentence: String {
        isOpen
            ? "An equal \(name) was sent on \(at.spoken) UTC and nobody knows yet whether it was taken; the journal looks "
                + "it up"
            : "An equal \(name) was sent on \(at.spoken) UTC"
    }

    /// Why nothing equal may be sent now; the same after "Not sent:".
    var objection: String { sentence.prefix(1).lowercased() + sentence.dropFirst() }
}
