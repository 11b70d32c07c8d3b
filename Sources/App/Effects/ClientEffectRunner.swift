import Dashboard
import Dispatch
import Marketplace
import MarketplaceClient
import Rows
import Synchronization

/// Runs the dashboard's client effects and posts what comes of them as events. Called from the screen's thread;
/// everything it starts runs elsewhere.
final class ClientEffectRunner: Sendable {
    private let client: any DashboardClient
    private let clock: any ClientClock
    let mailbox: Mailbox
    let drafts: Drafts
    private let choices: ChoicesFile
    let watch: WatchFile
    let views: ViewsFile
    let lastSession: SessionFile
    let exports: Exports
    let files = FileQueue()
    private let state = Mutex(State())
    let deallocations = DeallocationQueue()
    private let reportFiles: ReportFiles

    private struct State {
        var readers = Readers()
        var debounced = DebouncedQueries()
        var details = DetailScheduler()
        /// What reads the rest of the details, by list.
        var rests: [ListName: Task<Void, Never>] = [:]
        /// When the list was read whose rows lack details.
        var detailsSince: Instant?
        var index: Task<Void, Never>?
        var estimate: Task<Void, Never>?
        var validations: [Product.ID: Task<Void, Never>] = [:]
        var draftWriter: Task<Void, Never>?
        var placeSearch: Task<Void, Never>?
        var findingTenants: Task<Void, Never>?
        var arranging: [ListJob.Slot: Task<Void, Never>] = [:]
    }

    /// How long a form must stay unchanged before it is saved, and before a question about it is asked.
    private static let debounceSeconds = 0.2
    /// How long quitting waits for files: longer than they wait for another program's lock.
    private static let quittingLimit = DispatchTimeInterval.seconds(5)

    init(
        client: any DashboardClient, clock: any ClientClock, drafts: Drafts,
        choices: ChoicesFile = ChoicesFile(path: nil), watch: WatchFile = WatchFile(path: nil),
        lastSession: SessionFile = SessionFile(path: nil), views: ViewsFile = ViewsFile(path: nil),
        exports: Exports = Exports(environment()), mailbox: Mailbox
    ) {
        self.client = client
        self.clock = clock
        self.mailbox = mailbox
        self.drafts = drafts
        self.choices = choices
        self.watch = watch
        self.lastSession = lastSession
        self.views = views
        self.exports = exports
        reportFiles = ReportFiles(client, mailbox)
    }

    convenience init(_ backend: Backend, mailbox: Mailbox) {
        self.init(
            client: LiveClient(backend, mailbox: mailbox), clock: backend.clock, drafts: backend.drafts,
            choices: backend.choices, watch: backend.watch, lastSession: backend.lastSession, views: backend.views,
            mailbox: mailbox)
    }

    /// Begins what nobody asks for: the drafts of earlier sessions, writes whose outcome is unknown, the background
    /// index, and what changes by itself.
    func start() {
        for changes in client.changes() {
            Task { [mailbox] in
                for await event in changes { mailbox.post(event) }
            }
        }
        files.add { [choices, mailbox] in if let kept = choices.read() { mailbox.post(.choices(kept)) } }
        files.add { self.readLastSession() }
        files.add { self.readWatched() }
        files.add { [views, mailbox] in
            let kept = views.read()
            if kept.views?.isEmpty != true { mailbox.post(.savedViews(kept)) }
        }
        files.add { self.readDrafts() }
        Task { [client, mailbox] in client.onReadOnly { mailbox.post(.readOnly) } }
        // Only reads at the marketplace.
        Task { [client] in await client.settleAtStart() }
        readIndex()
    }

    func run(_ effect: ClientEffect) {
        switch effect {
        case .watch(let query, false): watch(query)
        case .watch(let query, true): watchDebounced(query)
        case .unwatch(let query): unwatch(query)
        case .refresh(let query): refresh(query)
        case .stopReading(let query): client.stopReading(query)
        case .want(let queries, let readSince):
            let step = state.withLock { state in
                state.detailsSince = readSince
                return state.details.schedule(queries, at: .now)
            }
            perform(step)
        case .readRest(let queries, let list): readRest(queries, of: list)
        case .stopReadingRest(let list): state.withLock { $0.rests.removeValue(forKey: list) }?.cancel()
        case .rest(let rests): if rests { pauseIndex() } else { readIndex() }
        case .estimate(let order):
            debounce(\.estimate) { [client, mailbox] in
                let event = await client.estimate(order)
                if !Task.isCancelled { mailbox.post(event) }
            }
        case .validate(let order):
            guard let product = order.lines.first?.product.id else { return }
            debounce(\.validations[product]) { [client, mailbox] in
                let event = await client.validate(order)
                if !Task.isCancelled { mailbox.post(event) }
            }
        case .dryRun(let intent): Task { [client, mailbox] in mailbox.post(await client.dryRun(intent)) }
        case .send(let intent, let agreed, let group):
            Task { [client, mailbox] in mailbox.post(await client.send(intent, agreed: agreed, group: group)) }
        case .settle: Task { [client, mailbox] in if let event = await client.settle() { mailbox.post(event) } }
        case .export(let name, let text): export(name, text)
        case .supportBundle:
            Task { [client] in
                let bundle = await client.supportBundle()
                self.export(bundle.name, bundle.text)
            }
        case .reportFile(let effect): reportFiles.run(effect)
        case .arrange(let job): arrange(job)
        case .discard(let discarded): deallocations.add(discarded)
        case .saveDraft(let draft):
            drafts.keep(draft)
            debounce(\.draftWriter) { self.files.add { self.writeDrafts() } }
        case .dropDraft(let id):
            drafts.drop(id)
            files.add { self.writeDrafts() }
        case .saveChoices(let latest): files.add { [choices] in choices.write(latest) }
        case .saveWatch(let edit):
            files.add { [watch, mailbox] in
                do throws(WatchFile.Problem) {
                    try watch.apply(edit)
                } catch {
                    mailbox.post(.watchLost(error.message))
                }
            }
        case .saveSession(let seen): keepSession(seen)
        case .readViews: files.add { [views, mailbox] in mailbox.post(.savedViews(views.read())) }
        case .saveView(let edit): files.add { [views, mailbox] in mailbox.post(.savedViews(views.apply(edit))) }
        case .stopAsking: client.stopAsking()
        case .find(let text): search(\.placeSearch) { $0.find(text) }
        case .findTenants(let tenants): search(\.findingTenants) { $0.findTenants(tenants) }
        }
    }

    /// Ends everything that only reads, and saves the last changes of drafts. A write on its way is left to end by
    /// itself. Waits a few seconds at most, whatever other programs and the disk do.
    /// - Returns: What could not be saved, as sentences for the person; nil when everything was.
    func stop() -> String? {
        let tasks = state.withLock { state in
            defer {
                state.debounced.removeAll()
                state.details.clear()
            }
            return state.readers.removeAll() + state.arranging.values + state.rests.values
                + [state.index, state.draftWriter].compactMap(\.self)
        }
        for task in tasks { task.cancel() }
        reportFiles.stop()
        let answer = files.finish(within: Self.quittingLimit) { [drafts] () -> String? in
            do throws(Drafts.Problem) {
                try drafts.write()
                return nil
            } catch {
                return error.message
            }
        }
        guard let reason = answer ?? "The disk did not answer in time." else { return nil }
        return drafts.loss(because: reason)
    }

    private func debounce(
        _ slot: WritableKeyPath<State, Task<Void, Never>?> & Sendable, _ body: @escaping @Sendable () async -> Void
    ) {
        let task = Task { [clock] in
            if (try? await clock.sleep(seconds: Self.debounceSeconds)) == nil { return }
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

    /// A search in a slot replaces the one before.
    private func search(
        _ slot: WritableKeyPath<State, Task<Void, Never>?> & Sendable,
        _ body: @escaping @Sendable (any DashboardClient) -> Event?
    ) {
        let task = Task { [client, mailbox] in if let event = body(client) { mailbox.post(event) } }
        state.withLock { state in
            let old = state[keyPath: slot]
            state[keyPath: slot] = task
            return old
        }?.cancel()
    }

    // MARK: The background index

    /// Begins the index, or goes on where it was paused.
    private func readIndex() {
        state.withLock { state in
            if state.index == nil { state.index = Task { [client] in await client.readIndex() } }
        }
    }

    private func pauseIndex() { state.withLock { $0.index.take() }?.cancel() }

    // MARK: Reading

    /// - Returns: The task that reads.
    @discardableResult
    func watch(_ query: DataQuery) -> Task<Void, Never> {
        let (task, old) = state.withLock { state in
            state.debounced.remove(query)
            return begin(query, in: &state)
        }
        old?.cancel()
        return task
    }

    /// The new reader is there before the old one leaves, so that the client goes on with a call in flight.
    /// - Returns: The task that reads, and the one before, to be cancelled.
    private func begin(
        _ query: DataQuery, in state: inout State
    ) -> (task: Task<Void, Never>, old: Task<Void, Never>?) {
        let states = client.states(of: query)
        let number = state.readers.next()
        let task = Task { await self.post(states, of: query, number) }
        return (task, state.readers.replaceWatcher(of: query, by: number, task))
    }

    private func post(
        _ states: any AsyncSequence<Event, Never> & Sendable, of query: DataQuery, _ number: Int
    ) async {
        for await event in states {
            let isPosted = state.withLock { state in
                guard state.readers.mayPost(query, fromWatcher: number) else { return false }
                mailbox.post(event, stateOf: query)
                return true
            }
            if !isPosted { return }
        }
    }

    private func unwatch(_ query: DataQuery) {
        state.withLock { state in
            state.debounced.remove(query)
            return state.readers.removeWatcher(of: query)
        }?.cancel()
    }

    private func watchDebounced(_ query: DataQuery) {
        guard let time = state.withLock({ $0.debounced.add(query, at: .now) }) else { return }
        Task {
            var next: ContinuousClock.Instant? = time
            while let time = next {
                try? await Task.sleep(until: time, clock: .continuous)
                let (old, later) = self.state.withLock { state in
                    let (due, later) = state.debounced.takeDue(at: .now)
                    return (due.compactMap { self.begin($0, in: &state).old }, later)
                }
                for task in old { task.cancel() }
                next = later
            }
        }
    }

    private func refresh(_ query: DataQuery) {
        switch query {
        case .requestLog, .journal, .charges:
            if state.withLock({ $0.readers.isWatched(query) }) {
                watch(query)
            } else {
                let number = state.withLock { $0.readers.next() }
                Task { [client] in
                    for await event in client.states(of: query) {
                        self.postOnce(event, of: query, number)
                        return
                    }
                }
            }
        case .followedOrder, .followedSubscription, .followedAccount, .report:
            // Followed anew, it is read at once, also when following had ended.
            Task {
                await self.client.refresh(query)
                self.watch(query)
            }
        default: Task { [client] in await client.refresh(query) }
        }
    }

    /// Posts a state that was read once.
    private func postOnce(_ event: Event, of query: DataQuery, _ number: Int) {
        state.withLock { state in
            if state.readers.mayPost(query, readOnceBy: number) { mailbox.post(event, stateOf: query) }
        }
    }

    // MARK: Details of rows in the viewport

    private func perform(_ step: DetailScheduler.Step) {
        switch step {
        case .nothing: break
        case .read(let queries): for query in queries { Task { await self.readDetails(from: query) } }
        case .wait(let time):
            Task {
                try? await Task.sleep(until: time, clock: .continuous)
                self.perform(self.state.withLock { $0.details.resume(at: .now) })
            }
        }
    }

    /// Reads the details one after the other, a few at the same time, until they are all read or the task is cancelled.
    /// - Returns: The task that reads.
    @discardableResult
    func readRest(_ queries: [DataQuery], of list: ListName) -> Task<Void, Never> {
        let next = Mailslot<ArraySlice<DataQuery>>()
        next.put(queries[...])
        let task = Task {
            await withDiscardingTaskGroup { group in
                for _ in 0..<DetailScheduler.atOnce {
                    group.addTask {
                        while !Task.isCancelled, let query = next.takeFirst() { await self.readDetail(query) }
                    }
                }
            }
        }
        state.withLock { $0.rests.updateValue(task, forKey: list) }?.cancel()
        return task
    }

    private func readDetail(_ query: DataQuery) async {
        let number = state.withLock { $0.readers.next() }
        guard let event = await client.detail(query, readSince: nil), !Task.isCancelled else { return }
        postOnce(event, of: query, number)
    }

    private func readDetails(from first: DataQuery) async {
        var next: DataQuery? = first
        while let query = next {
            let number = state.withLock { $0.readers.next() }
            let readSince = state.withLock { $0.detailsSince }
            if let event = await client.detail(query, readSince: readSince) { postOnce(event, of: query, number) }
            next = state.withLock { $0.details.finish(query) }
        }
    }
}
