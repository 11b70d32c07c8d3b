import Dashboard
import Marketplace
import MarketplaceClient

/// The client of a backend, with its answers as the dashboard's events.
struct LiveClient: DashboardClient {
    let client: Client
    let clock: any ClientClock
    let support: SupportBundle
    let permission: WritePermission?
    let index: IndexPlan
    let questions: Questions

    init(_ backend: Backend, mailbox: Mailbox) {
        client = backend.client
        clock = backend.clock
        support = backend.support
        permission = backend.permission
        index = backend.index
        questions = Questions(client: backend.client, mailbox: mailbox)
    }

    func states(of query: DataQuery) -> any AsyncSequence<Event, Never> & Sendable {
        switch query {
        case .accounts(let query): client.accountLists.snapshots(for: query).map { Event.accounts(query, $0) }
        case .account(let key): client.accounts.snapshots(for: key).map { Event.account(key, $0) }
        case .subscriptions(let query):
            client.subscriptionLists.snapshots(for: query).map { Event.subscriptions(query, $0) }
        case .subscription(let id): client.subscriptions.snapshots(for: id).map { Event.subscription(id, $0) }
        case .orders(let query): client.orderLists.snapshots(for: query).map { Event.orders(query, $0) }
        case .order(let id): client.orders.snapshots(for: id).map { Event.order(id, $0) }
        case .followedOrder(let id): client.follow(id).map { Event.order(id, $0) }
        case .followedSubscription(let id):
            client.follow(id, in: client.subscriptions).map { Event.subscription(id, $0) }
        case .followedAccount(let key): client.follow(key, in: client.accounts).map { Event.account(key, $0) }
        case .products(let query): client.productLists.snapshots(for: query).map { Event.products(query, $0) }
        case .plans(let query): client.planLists.snapshots(for: query).map { Event.plans(query, $0) }
        case .plan(let id): client.plans.snapshots(for: id).map { Event.plan(id, $0) }
        case .reports(let query): client.reportLists.snapshots(for: query).map { Event.reports(query, $0) }
        case .report(let id): client.follow(report: id).map { Event.report(id, $0) }
        case .overview(let query):
            client.overviews(of: query.scope, zone: query.zone).map { Event.overview(query, $0) }
        case .requestLog: logStates()
        case .journal: journalStates()
        case .charges: chargesStates()
        }
    }

    /// The request log now and whenever it changes, ten times a second at most.
    private func logStates() -> AsyncStream<Event> {
        events { [client, clock] post in
            for await _ in client.requestLogChanges() {
                post(.requestLog(client.requestLog))
                if (try? await clock.sleep(seconds: 0.1)) == nil { return }
            }
        }
    }

    /// What details come to now and whenever one was read, four times a second at most.
    private func chargesStates() -> AsyncStream<Event> {
        events { [client, clock] post in
            for await _ in client.chargesChanges() {
                post(.charges(client.charges))
                if (try? await clock.sleep(seconds: 0.25)) == nil { return }
            }
        }
    }

    private func journalStates() -> AsyncStream<Event> {
        events { [client] post in
            // The changes of a journal that cannot be read do not say why.
            do throws(JournalError) {
                post(.journal(try await client.journalEntries()))
            } catch {
                post(.journalUnreadable(error.reason))
            }
            for await entries in client.journalUpdates() { post(.journal(entries)) }
        }
    }

    private func events(_ body: @escaping @Sendable (_ post: (Event) -> Void) async -> Void) -> AsyncStream<Event> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let task = Task {
                await body { continuation.yield($0) }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    func detail(_ query: DataQuery, readSince: Instant?) async -> Event? {
        switch query {
        case .subscription(let id): .subscription(id, await detail(client.subscriptions, id, readSince))
        case .order(let id): .order(id, await detail(client.orders, id, readSince))
        default: nil
        }
    }

    private func detail<Key, Value>(
        _ cache: Cache<Key, Value>, _ key: Key, _ readSince: Instant?
    ) async -> Snapshot<Value> {
        do {
            return try await cache.snapshot(for: key, readSince: readSince, priority: .likelyNext)
        } catch {
            return Snapshot(failure: error)
        }
    }

    func refresh(_ query: DataQuery) async {
        client.allowTry()
        switch query {
        case .accounts(let query): await client.accountLists.refresh(query)
        case .account(let key): await client.accounts.refresh(key)
        case .subscriptions(let query): await client.subscriptionLists.refresh(query)
        case .subscription(let id): await client.subscriptions.refresh(id)
        case .orders(let query): await client.orderLists.refresh(query)
        case .order(let id): await client.orders.refresh(id)
        case .products(let query): await client.productLists.refresh(query)
        case .plans(let query): await client.planLists.refresh(query)
        case .plan(let id): await client.plans.refresh(id)
        case .reports(let query): await client.reportLists.refresh(query)
        case .report(let id): await client.reports.refresh(id)
        case .overview(let query): await client.refreshOverview(of: query.scope)
        // Watched anew by the runner. Log, charges and journal are in memory and on this disk: nothing is cached.
        case .followedOrder, .followedSubscription, .followedAccount, .requestLog, .journal, .charges: break
        }
    }

    func stopReading(_ query: DataQuery) {
        switch query {
        case .accounts(let query): client.accountLists.stopReading(query)
        case .account(let key), .followedAccount(let key): client.accounts.stopReading(key)
        case .subscriptions(let query): client.subscriptionLists.stopReading(query)
        case .subscription(let id), .followedSubscription(let id): client.subscriptions.stopReading(id)
        case .orders(let query): client.orderLists.stopReading(query)
        case .order(let id), .followedOrder(let id): client.orders.stopReading(id)
        case .products(let query): client.productLists.stopReading(query)
        case .plans(let query): client.planLists.stopReading(query)
        case .plan(let id): client.plans.stopReading(id)
        case .reports(let query): client.reportLists.stopReading(query)
        case .report(let id): client.reports.stopReading(id)
        case .overview(let query): client.stopReadingOverview(of: query.scope)
        case .requestLog, .journal, .charges: break
        }
    }

    func estimate(_ order: OrderDraft) async -> Event {
        .estimated(
            order,
            await questions.ask { [client] () async throws(MarketplaceError) in try await client.estimate(order) })
    }

    func validate(_ order: SalesOrder) async -> Event {
        .validated(
            order,
            await questions.ask { [client] () async throws(MarketplaceError) in try await client.validate(order) })
    }

    func dryRun(_ intent: WriteIntent) async -> Event {
        .dryRan(
            intent,
            await questions.ask { [client] () async throws(MarketplaceError) in try await client.dryRun(intent) })
    }

    func send(_ intent: WriteIntent, agreed: DryRun, group: String?) async -> Event {
        .sent(intent, await client.send(intent, agreed: agreed, group: group))
    }

    func settleAtStart() async { await client.settleUnknowns() }

    func settle() async -> Event? {
        await client.lookForUnknowns()
        // Readers of the journal's states get the reason when it cannot be read.
        guard let entries = try? await client.journalEntries() else { return nil }
        return .lookedUp(stillUnknown: entries.count(where: \.isUnknown))
    }

    func find(_ text: String) -> Event? {
        let results = PlaceSearch.places(for: text, in: client.cachedLists) { Task.isCancelled }
        return Task.isCancelled ? nil : .found(results)
    }

    func findTenants(_ search: TenantSearch) -> Event? {
        let holders = search.holders(in: client.cachedLists) { Task.isCancelled }
        return Task.isCancelled ? nil : .foundTenants(holders)
    }

    func stopAsking() { questions.stop() }

    func supportBundle() async -> (name: String, text: String) {
        let now = clock.now()
        let text = await support.text(of: client, at: now)
        return (SupportBundle.fileName(profile: client.profile.name, at: now), text)
    }

    func changes() -> [any AsyncSequence<Event, Never> & Sendable] {
        [client.budgets().map { Event.budget($0) }, client.index.progresses().map { Event.index($0) }]
    }

    func onReadOnly(_ action: @escaping @Sendable () -> Void) {
        if !client.profile.isReadOnly { permission?.onReadOnly(action) }
    }

    func readIndex() async { await IndexRunner(client: client, clock: clock, plan: index).run() }
}
