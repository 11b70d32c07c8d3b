import Marketplace
import Synchronization

/// Everything that the signed-in person may see, read ahead: all subscriptions, all orders, and on request the detail
/// of each subscription.
///
/// Promises:
/// - Its calls leave only when nothing more urgent waits, and never take more than their share of the budget.
/// - Lists are read at 500 rows a call. What was read survives a cancellation or failure: the next run goes on there.
/// - Complete lists become the cache's lists of all subscriptions and all orders; details go into their cache: what renews
///   or ends within 30 days first, then the customers with most subscriptions. One that was read is read again when the
///   list says that it was changed since.
public final class BackgroundIndex: Sendable {
    fileprivate struct State {
        var subscriptions = ListReader<Subscription>.Reading()
        var orders = ListReader<Order>.Reading()
        /// How far the list is that is being read; its rows stay with who reads them, so that they are not copied.
        var subscriptionFigures = ListReader<Subscription>.Reading.Figures()
        var orderFigures = ListReader<Order>.Reading.Figures()
        /// Subscriptions whose details are still to be read, the next one last.
        var planned: [Planned]?
        var detailsRead = 0
        var detailsInAll = 0
        var detailCalls = 0
        var share = 1.0 / 3
        var wantsDetails = false
        var isRunning = false
        var failure: MarketplaceError?
        var watchers: [Int: AsyncStream<IndexProgress>.Continuation] = [:]
        var lastID = 0

        struct Planned {
            var id: Subscription.ID
            /// The day of its last change, as the list has it.
            var modified: CalendarDate?
        }
    }

    private let connection: Connection
    private let clock: any ClientClock
    private let subscriptionLists: Cache<SubscriptionQuery, Listing<Subscription>>
    private let subscriptions: Cache<Subscription.ID, SubscriptionDetail>
    private let orderLists: Cache<OrderQuery, Listing<Order>>
    private let state = Mutex(State())

    init(
        connection: Connection, clock: any ClientClock,
        subscriptionLists: Cache<SubscriptionQuery, Listing<Subscription>>,
        subscriptions: Cache<Subscription.ID, SubscriptionDetail>, orderLists: Cache<OrderQuery, Listing<Order>>
    ) {
        self.connection = connection
        self.clock = clock
        self.subscriptionLists = subscriptionLists
        self.subscriptions = subscriptions
        self.orderLists = orderLists
    }

    // MARK: Reading

    /// Reads what is missing, to the end. Does nothing while another run goes on.
    /// - Parameters:
    ///   - share: The part of the minute's and of the day's calls that it may use, from 0 to 1.
    ///   - details: Whether the detail of each subscription is read too: one call for each.
    /// - Throws: Why it stopped; run again, it goes on from there.
    public func run(share: Double = 1.0 / 3, details: Bool = false) async throws(MarketplaceError) {
        let begins = state.withLock { state in
            defer { state.isRunning = true }
            state.share = share
            state.wantsDetails = details
            state.failure = nil
            return !state.isRunning
        }
        guard begins else { return }
        connection.pacer.setIndexShare(share)
        notify()
        let result = await CallContext.$current.withValue(CallContext(priority: .index)) {
            await self.readAll(details: details)
        }
        state.withLock { state in
            state.isRunning = false
            if case .failure(let error) = result, error != .cancelled { state.failure = error }
        }
        notify()
        try result.get()
    }

    /// Forgets what was read, so that the next run begins anew. A run that goes on is not stopped.
    public func forget() {
        state.withLock { state in
            guard !state.isRunning else { return }
            state.subscriptions = .init()
            state.orders = .init()
            state.subscriptionFigures = .init()
            state.orderFigures = .init()
            state.planned = nil
            state.detailsRead = 0
            state.detailCalls = 0
        }
        notify()
    }

    private func readAll(details: Bool) async -> Result<Void, MarketplaceError> {
        do throws(MarketplaceError) {
            try await read(
                \.subscriptions, \.subscriptionFigures, Lists.subscriptions(SubscriptionQuery(), connection),
                into: subscriptionLists, SubscriptionQuery())
            try await read(
                \.orders, \.orderFigures, Lists.orders(OrderQuery(), connection), into: orderLists, OrderQuery())
            if details { try await readDetails() }
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func read<Key, Row>(
        _ path: WritableKeyPath<State, ListReader<Row>.Reading> & Sendable,
        _ figures: WritableKeyPath<State, ListReader<Row>.Reading.Figures> & Sendable, _ reader: ListReader<Row>,
        into cache: Cache<Key, Listing<Row>>, _ key: Key
    ) async throws(MarketplaceError) {
        var reading = state.withLock { state in
            defer { state[keyPath: path] = .init() }
            return state[keyPath: path]
        }
        defer { keep(reading, path, figures) }
        if reading.isOver { return }
        try await reader.readOn(
            &reading, firstLimit: Pages.laterLimit, clock: clock,
            onPage: { [self] latest in
                state.withLock { $0[keyPath: figures] = latest }
                notify()
            },
            publish: { partial in
                let cached = cache.cached(key).value
                if cached.map({ !$0.isComplete && $0.rows.count <= partial.rows.count }) ?? true {
                    cache.store(partial, for: key)
                }
            })
        cache.store(reading.listing, for: key, readSince: reading.beganAt)
    }

    private func keep<Row>(
        _ reading: ListReader<Row>.Reading, _ path: WritableKeyPath<State, ListReader<Row>.Reading>,
        _ figures: WritableKeyPath<State, ListReader<Row>.Reading.Figures>
    ) {
        state.withLock { state in
            state[keyPath: path] = reading
            state[keyPath: figures] = reading.figures
        }
    }

    private func readDetails() async throws(MarketplaceError) {
        let today = clock.now().utcDate
        state.withLock { $0.plan(today: today) }
        while let next = state.withLock({ $0.planned?.last }) {
            if !holds(next) {
                state.withLock { $0.detailCalls += 1 }
                do throws(MarketplaceError) {
                    _ = try await subscriptions.currentValue(for: next.id, priority: .index)
                } catch {
                    // A subscription that has gone meanwhile stops nothing.
                    guard case .notFound = error else { throw error }
                }
            }
            state.withLock { state in
                if state.planned?.last?.id == next.id { state.planned?.removeLast() }
                state.detailsRead += 1
            }
            notify()
        }
    }

    /// Whether the detail that is cached is still what the list speaks of. It is read again when the list says a later day
    /// of change, or the day on which it was read; its age counts only where no day of change is reported.
    private func holds(_ planned: State.Planned) -> Bool {
        let isFresh = subscriptions.freshValue(for: planned.id) != nil
        let cached = subscriptions.cached(planned.id)
        guard let detail = cached.value, let readAt = cached.readAt, let modified = planned.modified,
            let known = detail.subscription.modified
        else { return isFresh }
        return modified <= known && (isFresh || modified < readAt.utcDate)
    }

    // MARK: Progress

    public var progress: IndexProgress { progress(state.withLock { $0.figures }) }

    /// The progress now, then every change of it until the reader leaves. Only the newest is kept for a slow reader.
    public func progresses() -> AsyncStream<IndexProgress> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let id = state.withLock { state in
                state.lastID += 1
                state.watchers[state.lastID] = continuation
                return state.lastID
            }
            continuation.onTermination = { [weak self] _ in self?.state.withLock { $0.watchers[id] = nil } }
            continuation.yield(progress)
        }
    }

    private func notify() {
        // Outside the lock: whoever cancels a reader holds the runtime's lock on it, and then wants this one.
        let watchers = state.withLock { Array($0.watchers.values) }
        if watchers.isEmpty { return }
        let progress = progress
        for watcher in watchers { watcher.yield(progress) }
    }

    /// Adds how long the calls left take: in its share of the minutes, and of the days when they are many.
    private func progress(_ figures: (IndexProgress, share: Double)) -> IndexProgress {
        var (progress, share) = figures
        guard let left = progress.callsLeft, progress.phase != .complete else { return progress }
        let budget = connection.pacer.budget()
        if let perMinute = budget.perMinute {
            let calls = max(1, (Double(perMinute) * share).rounded(.down))
            progress.secondsLeft = Double(left) / calls * SlidingWindow.length
        }
        if let perDay = budget.perDay {
            let days = (Double(left) / max(1, Double(perDay) * share)).rounded(.down)
            progress.secondsLeft = max(progress.secondsLeft ?? 0, days * 86_400)
        }
        return progress
    }
}

extension BackgroundIndex.State {
    /// Lists the subscriptions whose details are to be read: first those that renew or end within 30 days, the soonest
    /// first; then those of the customers with most subscriptions, so that answers about the largest are whole soon.
    fileprivate mutating func plan(today: CalendarDate) {
        guard planned == nil else { return }
        let rows = subscriptions.listing.rows.filter { !$0.hasEnded }
        let last = today.adding(days: Self.daysFirst)
        func day(_ row: Subscription) -> CalendarDate? {
            row.comingDate(from: today).flatMap { $0 <= last ? $0 : nil }
        }
        var held: [Account.ID: Int] = [:]
        for row in rows { held[row.customer, default: 0] += 1 }
        let far = CalendarDate(daysSince1970: .max)
        let keyed = rows.map { row in (row: row, day: day(row), held: held[row.customer] ?? 0) }
        let sorted = keyed.sorted { left, right in
            if left.day != right.day { return left.day ?? far < right.day ?? far }
            if left.day != nil { return left.row.id.rawValue < right.row.id.rawValue }
            if left.held != right.held { return left.held > right.held }
            if left.row.customer != right.row.customer {
                return left.row.customer.rawValue < right.row.customer.rawValue
            }
            return left.row.turningDate ?? far < right.row.turningDate ?? far
        }
        // The next one is last.
        planned = sorted.reversed().map { .init(id: $0.row.id, modified: $0.row.modified) }
        detailsInAll = sorted.count
    }

    private static var daysFirst: Int { 30 }

    fileprivate var figures: (IndexProgress, share: Double) {
        var progress = IndexProgress(isRunning: isRunning, failure: failure)
        progress.calls = subscriptionFigures.calls + orderFigures.calls + detailCalls
        if !subscriptionFigures.isOver {
            progress.phase = subscriptionFigures.calls == 0 && !isRunning ? .notBegun : .subscriptions
            (progress.rows, progress.of) = (subscriptionFigures.rows, subscriptionFigures.total)
        } else if !orderFigures.isOver {
            progress.phase = .orders
            (progress.rows, progress.of) = (orderFigures.rows, orderFigures.total)
        } else if wantsDetails, planned?.isEmpty != true {
            progress.phase = .details
            (progress.rows, progress.of) = (detailsRead, planned == nil ? nil : detailsInAll)
        } else {
            progress.phase = .complete
            progress.rows = subscriptionFigures.rows + orderFigures.rows
            progress.of = progress.rows
        }
        progress.callsLeft = callsLeft
        return (progress, share)
    }

    /// Nil before both lists have said how long they are.
    private var callsLeft: Int? {
        func pages<Row>(_ figures: ListReader<Row>.Reading.Figures) -> Int? {
            if figures.isOver { return 0 }
            guard let total = figures.total else { return nil }
            return (max(0, total - figures.next) + Pages.laterLimit - 1) / Pages.laterLimit
        }
        guard let first = pages(subscriptionFigures),
            let second = pages(orderFigures) ?? (subscriptionFigures.isOver ? nil : 0)
        else {
            return nil
        }
        let details = wantsDetails ? planned?.count ?? subscriptionFigures.total ?? 0 : 0
        return first + second + details
    }
}
