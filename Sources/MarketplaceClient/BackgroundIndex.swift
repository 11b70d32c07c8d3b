import Marketplace
import Synchronization

/// Everything that the signed-in person may see, read ahead: all subscriptions, all orders, and on request the detail
/// of each subscription.
///
/// Promises:
/// - Its calls leave only when nothing more urgent waits, and never take more than their share of the budget.
/// - Lists are read at 500 rows a call. What was read survives a cancellation or failure: the next run goes on there.
/// - Complete lists become the cache's lists of all subscriptions and all orders; details go into their cache: what renews
///   or ends within 30 days first, then the customers with most subscriptions.
/// - Half an hour after their reading began, or later where there are many, the lists are read again. A detail that was read
///   is read again when a list says that the subscription was changed since, however old it is and whether or not the
///   cache still has it.
public final class BackgroundIndex: Sendable {
    fileprivate struct State {
        var subscriptions = ListReader<Subscription>.Reading()
        var orders = ListReader<Order>.Reading()
        /// How far the list is that is being read; its rows stay with who reads them, so that they are not copied.
        var subscriptionFigures = ListReader<Subscription>.Reading.Figures()
        var orderFigures = ListReader<Order>.Reading.Figures()
        /// Subscriptions whose details are still to be read, the next one last.
        var planned: [Planned]?
        /// Those of which a detail brought nothing for the day of change that the list has: it is asked for again when that
        /// day moves.
        var withoutAnswer: [Subscription.ID: CalendarDate?] = [:]
        /// How often both lists were read to their end and begun again.
        var passes = 0
        var detailsRead = 0
        var detailsInAll = 0
        var detailCalls = 0
        var share = 1.0 / 3
        var wantsDetails = false
        var isRunning = false
        var failure: MarketplaceError?

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
    private let book: ChargesBook
    /// Says whenever a list of subscriptions was read, by whomever.
    private let listed: Broadcast<Void>
    private let broadcast = Broadcast<IndexProgress>()
    private let state = Mutex(State())

    init(
        connection: Connection, clock: any ClientClock,
        subscriptionLists: Cache<SubscriptionQuery, Listing<Subscription>>,
        subscriptions: Cache<Subscription.ID, SubscriptionDetail>, orderLists: Cache<OrderQuery, Listing<Order>>,
        book: ChargesBook, listed: Broadcast<Void>
    ) {
        self.connection = connection
        self.clock = clock
        self.subscriptionLists = subscriptionLists
        self.subscriptions = subscriptions
        self.orderLists = orderLists
        self.book = book
        self.listed = listed
    }

    // MARK: Reading

    /// Reads what is missing, to the end: the lists again when they are due. Does nothing while another run goes on.
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
        if isDue { state.withLock { $0.beginAgain() } }
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
        let (changed, charges) = (changedRows(today), book.charges)
        state.withLock { $0.plan(changed, charges, today: today) }
        while let next = state.withLock({ $0.planned?.last }) {
            // Somebody else may have read it since.
            if book.charges.lacks(next.id, modified: next.modified, today: today) {
                state.withLock { $0.detailCalls += 1 }
                do throws(MarketplaceError) {
                    _ = try await subscriptions.currentValue(for: next.id, priority: .index)
                } catch {
                    // A subscription that has gone meanwhile stops nothing.
                    guard case .notFound = error else { throw error }
                }
            }
            let isAnswered = !book.charges.lacks(next.id, modified: next.modified, today: today)
            state.withLock { state in
                if state.planned?.last?.id == next.id { state.planned?.removeLast() }
                state.withoutAnswer[next.id] = isAnswered ? nil : .some(next.modified)
                state.detailsRead += 1
            }
            notify()
        }
    }

    /// The rows of all lists in memory whose details are to be read: other lists may be newer than the index's own.
    private func changedRows(_ today: CalendarDate) -> [Subscription] {
        let (charges, withoutAnswer) = (book.charges, state.withLock { $0.withoutAnswer })
        return subscriptionLists.cachedValues.flatMap { list in
            list.rows.filter { $0.isLacking(in: charges, withoutAnswer, today: today) }
        }
    }

    // MARK: Going on

    private static let secondsBetweenPasses = 1800.0
    private static let leastWait = 60.0

    /// Waits until something is to be read again: the lists are due, or a list that somebody read shows subscriptions that
    /// are new or were changed.
    /// - Throws: `.cancelled` when the task was.
    public func waitForChanges() async throws(MarketplaceError) {
        let seconds = max(Self.leastWait, secondsUntilDue ?? 0)
        let wantsDetails = state.withLock { $0.wantsDetails }
        let lists = listed.stream(first: { () })
        await withTaskGroup { group in
            group.addTask { [clock] in _ = try? await clock.sleep(seconds: seconds) }
            if wantsDetails {
                group.addTask { [self] in
                    for await _ in lists where !changedRows(clock.now().utcDate).isEmpty { return }
                }
            }
            await group.next()
            group.cancelAll()
        }
        if Task.isCancelled { throw .cancelled }
    }

    private var isDue: Bool { secondsUntilDue.map { $0 <= 0 } ?? false }

    /// Nil while the lists are still being read, or their details.
    private var secondsUntilDue: Double? {
        let (beganAt, calls, share) = state.withLock { state in
            (state.isOver ? state.subscriptions.beganAt : nil, state.listCalls, state.share)
        }
        guard let beganAt else { return nil }
        let pause = Self.pause(afterCalls: calls, share: share, perDay: connection.pacer.budget().perDay)
        return pause - clock.steady().seconds(since: beganAt)
    }

    /// Seconds from the beginning of one pass to that of the next: half an hour, or as much more as keeps the lists within
    /// half of what the index may use of a day's calls.
    static func pause(afterCalls calls: Int, share: Double, perDay: Int?) -> Double {
        guard let perDay else { return secondsBetweenPasses }
        let passes = max(1, Double(perDay) * share) / 2 / Double(max(1, calls))
        return max(secondsBetweenPasses, 86_400 / passes)
    }

    // MARK: Progress

    public var progress: IndexProgress { progress(state.withLock { $0.figures }) }

    /// The progress now, then every change of it until the reader leaves. Only the newest is kept for a slow reader.
    public func progresses() -> AsyncStream<IndexProgress> { broadcast.stream(first: { progress }) }

    private func notify() { broadcast.send(progress) }

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
    /// - Parameter changed: Rows of other lists whose details are to be read.
    fileprivate mutating func plan(_ changed: [Subscription], _ charges: ReadCharges, today: CalendarDate) {
        guard planned?.isEmpty ?? true else { return }
        let rows = subscriptions.listing.rows.filter { !$0.hasEnded }
        let last = today.adding(days: Self.daysFirst)
        func day(_ row: Subscription) -> CalendarDate? {
            row.comingDate(from: today).flatMap { $0 <= last ? $0 : nil }
        }
        var held: [Account.ID: Int] = [:]
        for row in rows { held[row.customer, default: 0] += 1 }
        let far = CalendarDate(daysSince1970: .max)
        var taken = Set<Subscription.ID>()
        let lacking = (rows.filter { $0.isLacking(in: charges, withoutAnswer, today: today) } + changed)
            .filter { taken.insert($0.id).inserted }
        let keyed = lacking.map { row in (row: row, day: day(row), held: held[row.customer] ?? 0) }
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
        detailsRead = 0
    }

    /// Whether there is nothing more to read before the lists are due again.
    fileprivate var isOver: Bool {
        subscriptions.isOver && orders.isOver && (!wantsDetails || planned?.isEmpty == true)
    }

    fileprivate var listCalls: Int { subscriptionFigures.calls + orderFigures.calls }

    fileprivate mutating func beginAgain() {
        subscriptions = .init()
        orders = .init()
        subscriptionFigures = .init()
        orderFigures = .init()
        detailCalls = 0
        passes += 1
    }

    private static var daysFirst: Int { 30 }

    fileprivate var figures: (IndexProgress, share: Double) {
        var progress = IndexProgress(isRunning: isRunning, failure: failure)
        progress.isAgain = passes > 0
        progress.calls = listCalls + detailCalls
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

extension Subscription {
    /// Whether its detail is to be read: its charges are not there, and may be had.
    fileprivate func isLacking(
        in charges: ReadCharges, _ withoutAnswer: [ID: CalendarDate?], today: CalendarDate
    ) -> Bool {
        guard !hasEnded, charges.lacks(id, modified: modified, today: today) else { return false }
        return withoutAnswer[id].map { $0 != modified } ?? true
    }
}
