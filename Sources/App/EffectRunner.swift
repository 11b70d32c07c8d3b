import Dashboard
import Marketplace
import MarketplaceClient
import Rows
import Synchronization

/// Runs the dashboard's effects on the client and posts what comes of them as events. Called from the screen's thread;
/// everything it starts runs elsewhere.
final class EffectRunner: Sendable {
    private let client: Client
    private let clock: any ClientClock
    private let mailbox: Mailbox
    private let drafts: Drafts
    private let exports: Exports
    private let support: SupportBundle
    private let questions: Questions
    private let state = Mutex(State())
    let bin = Bin()

    private struct State {
        var watching: [DataQuery: Task<Void, Never>] = [:]
        var resting = RestingRequests()
        var estimate: Task<Void, Never>?
        var draftWriter: Task<Void, Never>?
        var finding: Task<Void, Never>?
        var findingTenants: Task<Void, Never>?
        var validations: [Product.ID: Task<Void, Never>] = [:]
        var details = WantedDetails()
        var arranging: [ListJob.Slot: Task<Void, Never>] = [:]
    }

    /// How long a text must rest before a question is asked about it.
    private static let restSeconds = 0.2

    init(
        client: Client, clock: any ClientClock, drafts: Drafts, support: SupportBundle,
        permission: WritePermission? = nil,
        exports: Exports = Exports(environment()), mailbox: Mailbox
    ) {
        self.client = client
        self.clock = clock
        self.mailbox = mailbox
        self.drafts = drafts
        self.exports = exports
        self.support = support
        questions = Questions(client: client, mailbox: mailbox)
        Task { [budgets = client.budgets()] in
            for await budget in budgets { mailbox.post(.budget(budget), stateOf: nil) }
        }
        Task { [progresses = client.index.progresses()] in
            for await progress in progresses { mailbox.post(.index(progress), stateOf: nil) }
        }
        Task { self.readDrafts() }
        if !client.profile.isReadOnly { Task { permission?.onReadOnly { mailbox.post(.readOnly) } } }
        // What an earlier session left open: only reads at the marketplace.
        Task { await client.settleUnknowns() }
    }

    func run(_ effect: Effect) {
        switch effect {
        case .watch(let request, false): watch(request)
        case .watch(let request, true): watchAfterRest(request)
        case .unwatch(let request):
            state.withLock { state in
                state.resting.remove(request)
                return state.watching.removeValue(forKey: request)
            }?.cancel()
        case .refresh(let request): Task { await self.refresh(request) }
        case .stopReading(let request): stopReading(request)
        case .want(let requests): want(requests)
        case .estimate(let order):
            replace(\.estimate) { [client, questions, mailbox] in
                let result = await questions.ask { () async throws(MarketplaceError) in
                    try await client.estimate(order)
                }
                if !Task.isCancelled { mailbox.post(.estimated(order, result)) }
            }
        case .validate(let order):
            guard let product = order.lines.first?.product.id else { return }
            replace(\.validations[product]) { [client, questions, mailbox] in
                let result = await questions.ask { () async throws(MarketplaceError) in
                    try await client.validate(order)
                }
                if !Task.isCancelled { mailbox.post(.validated(order, result)) }
            }
        case .dryRun(let intent):
            Task { [client, questions, mailbox] in
                let result = await questions.ask { () async throws(MarketplaceError) in
                    try await client.dryRun(intent)
                }
                mailbox.post(.dryRan(intent, result))
            }
        case .stopAsking: questions.stop()
        case .send(let intent, let agreed, let group):
            Task { [client, mailbox] in
                mailbox.post(.sent(intent, await client.send(intent, agreed: agreed, group: group)))
            }
        case .settle:
            Task { [client, mailbox] in
                await client.lookForUnknowns()
                // Whoever watches the journal is told why, when it cannot be read.
                guard let entries = try? await client.journalEntries() else { return }
                mailbox.post(.lookedUp(stillUnknown: entries.count(where: \.isUnknown)))
            }
        case .export(let name, let text):
            Task { [exports, mailbox] in mailbox.post(.exported(exports.write(text, name: name))) }
        case .supportBundle: Task { await self.writeSupportBundle() }
        case .arrange(let job): arrange(job)
        case .discard(let discarded): bin.add(discarded)
        case .saveDraft(let draft):
            drafts.keep(draft)
            replace(\.draftWriter) { self.writeDrafts() }
        case .dropDraft(let id):
            drafts.drop(id)
            Task { self.writeDrafts() }
        case .find(let text):
            search(\.finding) { [client, mailbox] in
                let findings = Finding.places(for: text, in: client.cachedLists) { Task.isCancelled }
                if !Task.isCancelled { mailbox.post(.found(findings)) }
            }
        case .findTenants(let search):
            self.search(\.findingTenants) { [client, mailbox] in
                let holders = search.holders(in: client.cachedLists) { Task.isCancelled }
                if !Task.isCancelled { mailbox.post(.foundTenants(holders)) }
            }
        case .copy, .rest, .dropTypeAhead, .redraw, .suspend, .quit: break
        }
    }

    /// Ends everything that only reads, and brings the last changes of drafts to the disk. A write on its way is left
    /// to end by itself.
    func stop() {
        writeDrafts()
        state.withLock { state in
            for task in state.watching.values { task.cancel() }
            for task in state.arranging.values { task.cancel() }
            state.watching = [:]
            state.resting.removeAll()
            state.details.clear()
        }
    }

    private func writeSupportBundle() async {
        let now = clock.now()
        let text = await support.text(of: client, at: now)
        let name = SupportBundle.fileName(profile: client.profile.name, at: now)
        mailbox.post(.exported(exports.write(text, name: name)))
    }

    private func readDrafts() {
        do {
            mailbox.post(.drafts(try drafts.kept()))
            if let problem = drafts.problem {
                mailbox.post(.draftsLost(problem))
            } else {
                _ = try drafts.older()
            }
        } catch {
            mailbox.post(.draftsLost(drafts.problem ?? error.message))
        }
    }

    private func writeDrafts() {
        do {
            let kept = try drafts.write()
            if !kept.isEmpty { mailbox.post(.draftsKept(kept)) }
        } catch {
            mailbox.post(.draftsLost(error.message))
        }
    }

    private func watch(_ request: DataQuery) {
        state.withLock { state in
            state.resting.remove(request)
            return begin(request, in: &state)
        }?.cancel()
    }

    /// - Returns: the reader before, to be cancelled. The new one stands before the old one leaves, so that a request in
    ///   flight is not given up.
    private func begin(_ request: DataQuery, in state: inout State) -> Task<Void, Never>? {
        state.watching.updateValue(Task { await self.follow(request) }, forKey: request)
    }

    private func watchAfterRest(_ request: DataQuery) {
        guard let time = state.withLock({ $0.resting.add(request, at: .now) }) else { return }
        Task {
            var next: ContinuousClock.Instant? = time
            while let time = next {
                try? await Task.sleep(until: time, clock: .continuous)
                let (before, later) = self.state.withLock { state in
                    let rested = state.resting.rested(at: .now)
                    return (rested.due.compactMap { self.begin($0, in: &state) }, rested.next)
                }
                for reader in before { reader.cancel() }
                next = later
            }
        }
    }

    private func replace(
        _ slot: WritableKeyPath<State, Task<Void, Never>?> & Sendable, _ body: @escaping @Sendable () async -> Void
    ) {
        let task = Task { [clock] in
            if (try? await clock.sleep(seconds: Self.restSeconds)) == nil { return }
            await body()
        }
        state.withLock { state in
            let old = state[keyPath: slot]
            state[keyPath: slot] = task
            return old
        }?.cancel()
    }

    // MARK: Long lists

    /// One job of a list at a time: the one before is cancelled and has ended when the next begins.
    private func arrange(_ job: ListJob) {
        state.withLock { state in
            let before = state.arranging[job.slot]
            before?.cancel()
            state.arranging[job.slot] = Task(priority: .userInitiated) { [mailbox] in
                await before?.value
                job.run(isCancelled: { Task.isCancelled }, post: { mailbox.post(.arranged($0)) })
            }
        }
    }

    /// Looks through what is known, beside the screen; what was looked for before in `slot` is given up.
    private func search(
        _ slot: WritableKeyPath<State, Task<Void, Never>?> & Sendable, _ body: @escaping @Sendable () -> Void
    ) {
        let task = Task { body() }
        state.withLock { state in
            let old = state[keyPath: slot]
            state[keyPath: slot] = task
            return old
        }?.cancel()
    }

    /// The request log whenever it changes, ten times a second at most.
    private func followLog() async {
        for await _ in client.requestLogChanges() {
            if Task.isCancelled { return }
            mailbox.post(.requestLog(client.requestLog), stateOf: .requestLog)
            if (try? await clock.sleep(seconds: 0.1)) == nil { return }
        }
    }

    // MARK: Reading

    private func follow(_ request: DataQuery) async {
        switch request {
        case .accounts(let query):
            await pass(client.accountLists.snapshots(for: query), of: request) { .accounts(query, $0) }
        case .account(let key): await pass(client.accounts.snapshots(for: key), of: request) { .account(key, $0) }
        case .subscriptions(let query):
            await pass(client.subscriptionLists.snapshots(for: query), of: request) { .subscriptions(query, $0) }
        case .subscription(let id):
            await pass(client.subscriptions.snapshots(for: id), of: request) { .subscription(id, $0) }
        case .orders(let query):
            await pass(client.orderLists.snapshots(for: query), of: request) { .orders(query, $0) }
        case .order(let id): await pass(client.orders.snapshots(for: id), of: request) { .order(id, $0) }
        case .followedOrder(let id): await pass(client.follow(id), of: request) { .order(id, $0) }
        case .products(let query):
            await pass(client.productLists.snapshots(for: query), of: request) { .products(query, $0) }
        case .plan(let id): await pass(client.plans.snapshots(for: id), of: request) { .plan(id, $0) }
        case .requestLog: await followLog()
        case .overview:
            for await overview in client.overviews() { mailbox.post(.overview(overview), stateOf: request) }
        case .journal:
            // A journal that cannot be read tells nothing to those who wait for its changes.
            await readJournal(of: request)
            for await entries in client.journalUpdates() { mailbox.post(.journal(entries), stateOf: request) }
        }
    }

    private func pass<Value>(
        _ snapshots: AsyncStream<Snapshot<Value>>, of request: DataQuery, as event: (Snapshot<Value>) -> Event
    ) async {
        for await snapshot in snapshots {
            if Task.isCancelled { return }
            mailbox.post(event(snapshot), stateOf: request)
        }
    }

    private func refresh(_ request: DataQuery) async {
        client.allowTry()
        switch request {
        case .accounts(let query): await client.accountLists.refresh(query)
        case .account(let key): await client.accounts.refresh(key)
        case .subscriptions(let query): await client.subscriptionLists.refresh(query)
        case .subscription(let id): await client.subscriptions.refresh(id)
        case .orders(let query): await client.orderLists.refresh(query)
        case .order(let id): await client.orders.refresh(id)
        // Followed anew, it is read at once, also when following had ended.
        case .followedOrder: watch(request)
        case .products(let query): await client.productLists.refresh(query)
        case .plan(let id): await client.plans.refresh(id)
        case .overview: await client.refreshOverview()
        case .requestLog: mailbox.post(.requestLog(client.requestLog), stateOf: request)
        case .journal: await readJournal(of: request)
        }
    }

    private func stopReading(_ request: DataQuery) {
        switch request {
        case .accounts(let query): client.accountLists.stopReading(query)
        case .account(let key): client.accounts.stopReading(key)
        case .subscriptions(let query): client.subscriptionLists.stopReading(query)
        case .subscription(let id): client.subscriptions.stopReading(id)
        case .orders(let query): client.orderLists.stopReading(query)
        case .order(let id), .followedOrder(let id): client.orders.stopReading(id)
        case .products(let query): client.productLists.stopReading(query)
        case .plan(let id): client.plans.stopReading(id)
        case .overview: client.stopReadingOverview()
        case .requestLog, .journal: break
        }
    }

    private func readJournal(of request: DataQuery) async {
        do {
            mailbox.post(.journal(try await client.journalEntries()), stateOf: request)
        } catch {
            mailbox.post(.journalUnreadable(error.reason), stateOf: request)
        }
    }

    // MARK: Details of rows in view

    private func want(_ requests: [DataQuery]) {
        let now = ContinuousClock.now
        perform(state.withLock { $0.details.want(requests, at: now) })
    }

    private func perform(_ step: WantedDetails.Step) {
        switch step {
        case .nothing: break
        case .read(let requests): for request in requests { Task { await self.readOneByOne(from: request) } }
        case .rest(let time):
            Task {
                try? await Task.sleep(until: time, clock: .continuous)
                let now = ContinuousClock.now
                self.perform(self.state.withLock { $0.details.rested(at: now) })
            }
        }
    }

    private func readOneByOne(from first: DataQuery) async {
        var next: DataQuery? = first
        while let request = next {
            await read(request)
            next = state.withLock { $0.details.finish(request) }
        }
    }

    private func read(_ request: DataQuery) async {
        guard case .subscription(let id) = request else { return }
        do {
            let detail = try await client.subscriptions.value(for: id, priority: .likelyNext)
            mailbox.post(.subscription(id, Snapshot(value: detail, readAt: clock.now())), stateOf: request)
        } catch {
            mailbox.post(.subscription(id, Snapshot(failure: error)), stateOf: request)
        }
    }
}
