import Marketplace
import Synchronization

extension Client {
    /// What needs a person now, kept up to date while it is looked at. Orders in error and open orders are read; so
    /// are customers. Subscriptions and all orders are read only where calls are not limited: elsewhere the background
    /// index brings them, and the overview grows with it. Each says how old the oldest list in it is, what of it is being
    /// read, and what that waits for; its value is nil before the first list is there.
    /// - Parameters:
    ///   - scope: Whose rows are counted.
    ///   - zone: In which days are counted; nil for the client's own.
    public func overviews(of scope: Overview.Scope = .all, zone: Zone? = nil) -> AsyncStream<Snapshot<Overview>> {
        let zone = zone ?? self.zone
        let isFree = readsAll
        let (orders, subscriptions, accounts) = (orderLists, subscriptionLists, accountLists)
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { [connection, clock] continuation in
            // Orders bear times of the marketplace's clock, so their age is counted by that.
            let gatherer = OverviewGatherer(
                scope: scope, now: { clock.now().adding(seconds: connection.secondsAhead ?? 0) }, zone: zone,
                continuation: continuation)
            let gathering = Task {
                await withTaskGroup { group in
                    for (status, part) in OverviewGatherer.statuses {
                        group.addTask {
                            await gatherer.gather(orders.snapshots(for: OrderQuery(status: status)), part)
                        }
                    }
                    if let reseller = scope.reseller {
                        group.addTask {
                            await gatherer.gather(accounts.snapshots(for: .customersOf(reseller)), \.members)
                        }
                    } else {
                        group.addTask { await gatherer.gather(accounts.snapshots(for: .customers), \.customers) }
                    }
                    group.addTask {
                        let all = OrderQuery()
                        await gatherer.gather(
                            isFree ? orders.snapshots(for: all) : orders.observations(of: all), \.orders,
                            isOwn: isFree)
                    }
                    group.addTask {
                        let all = SubscriptionQuery()
                        await gatherer.gather(
                            isFree ? subscriptions.snapshots(for: all) : subscriptions.observations(of: all),
                            \.subscriptions, isOwn: isFree)
                    }
                }
            }
            continuation.onTermination = { _ in gathering.cancel() }
        }
    }

    /// Reads again what the overview reads itself.
    public func refreshOverview(of scope: Overview.Scope = .all) async {
        for (status, _) in OverviewGatherer.statuses { await orderLists.refresh(OrderQuery(status: status)) }
        await accountLists.refresh(scope.customerQuery)
        if readsAll { await subscriptionLists.refresh(SubscriptionQuery()) }
    }

    /// Ends what the overview reads itself, for everybody who waits for it. What was read before stays.
    public func stopReadingOverview(of scope: Overview.Scope = .all) {
        for (status, _) in OverviewGatherer.statuses { orderLists.stopReading(OrderQuery(status: status)) }
        accountLists.stopReading(scope.customerQuery)
        guard readsAll else { return }
        orderLists.stopReading(OrderQuery())
        subscriptionLists.stopReading(SubscriptionQuery())
    }

    /// Whether calls are not limited, so that the overview reads long lists itself.
    private var readsAll: Bool { budget().perMinute == nil }
}

extension Overview.Scope {
    /// The list of customers it is read from.
    fileprivate var customerQuery: AccountQuery { reseller.map { .customersOf($0) } ?? .customers }
}

/// Brings the lists together as they come, and says what they mean after each.
private final class OverviewGatherer: Sendable {
    typealias Part<Value> = WritableKeyPath<Overview.Sources, Value?> & Sendable

    static var statuses: [(OrderStatus, Part<Listing<Order>>)] {
        [(.error, \.failed), (.submitted, \.submitted), (.processing, \.processing)]
    }

    private struct State {
        var sources = Overview.Sources()
        /// How the reads stand whose lists are in the overview, without their values.
        var reads: [AnyKeyPath: Snapshot<Never>] = [:]

        /// As old as its oldest list, and failed when one of them has.
        var standing: Snapshot<Never> {
            Snapshot(
                readAt: reads.values.compactMap(\.readAt).min(), failure: reads.values.lazy.compactMap(\.failure).first,
                isLoading: reads.values.contains(where: \.isLoading),
                waiting: reads.values.compactMap(\.waiting).min { $0.until < $1.until })
        }
    }

    private let state = Mutex(State())
    private let scope: Overview.Scope
    private let now: @Sendable () -> Instant
    private let zone: Zone
    private let continuation: AsyncStream<Snapshot<Overview>>.Continuation

    init(
        scope: Overview.Scope, now: @escaping @Sendable () -> Instant, zone: Zone,
        continuation: AsyncStream<Snapshot<Overview>>.Continuation
    ) {
        self.scope = scope
        self.now = now
        self.zone = zone
        self.continuation = continuation
    }

    /// - Parameter isOwn: Whether the list is read for the overview; one that others read adds rows and nothing else.
    func gather<Value>(_ snapshots: AsyncStream<Snapshot<Value>>, _ part: Part<Value>, isOwn: Bool = true) async {
        for await snapshot in snapshots {
            let (sources, standing) = state.withLock { state in
                if let value = snapshot.value { state.sources[keyPath: part] = value }
                if isOwn {
                    state.reads[part] = Snapshot(
                        readAt: snapshot.readAt, failure: snapshot.failure, isLoading: snapshot.isLoading,
                        waiting: snapshot.waiting)
                }
                return (state.sources, state.standing)
            }
            let overview = sources.isEmpty ? nil : Overview(sources, of: scope, now: now(), zone: zone)
            continuation.yield(
                Snapshot(
                    value: overview, readAt: standing.readAt, failure: standing.failure,
                    isLoading: standing.isLoading, waiting: standing.waiting))
        }
    }
}
