import Marketplace
import Synchronization

extension Client {
    /// What needs a person now, kept up to date while it is looked at. Orders in error and open orders are read; so
    /// are customers. Subscriptions and all orders are read only where calls are not limited: elsewhere the background
    /// index brings them, and the overview grows with it.
    public func overviews() -> AsyncStream<Overview> {
        let isFree = budget().perMinute == nil
        let (orders, subscriptions, accounts) = (orderLists, subscriptionLists, accountLists)
        return AsyncStream(bufferingPolicy: .bufferingNewest(1)) { [clock] continuation in
            let gatherer = OverviewGatherer(clock: clock, continuation: continuation)
            let gathering = Task {
                await withTaskGroup { group in
                    for (status, part) in OverviewGatherer.statuses {
                        group.addTask {
                            await gatherer.gather(orders.snapshots(for: OrderQuery(status: status)), part)
                        }
                    }
                    group.addTask { await gatherer.gather(accounts.snapshots(for: .customers), \.customers) }
                    group.addTask {
                        let all = OrderQuery()
                        await gatherer.gather(
                            isFree ? orders.snapshots(for: all) : orders.observations(of: all), \.orders)
                    }
                    group.addTask {
                        let all = SubscriptionQuery()
                        await gatherer.gather(
                            isFree ? subscriptions.snapshots(for: all) : subscriptions.observations(of: all),
                            \.subscriptions)
                    }
                }
            }
            continuation.onTermination = { _ in gathering.cancel() }
        }
    }

    /// Reads again what the overview reads itself.
    public func refreshOverview() async {
        for (status, _) in OverviewGatherer.statuses { await orderLists.refresh(OrderQuery(status: status)) }
        await accountLists.refresh(.customers)
        if budget().perMinute == nil { await subscriptionLists.refresh(SubscriptionQuery()) }
    }
}

/// Brings the lists together as they come, and tells what they mean after each.
private final class OverviewGatherer: Sendable {
    typealias Part<Value> = WritableKeyPath<Overview.Sources, Value?> & Sendable

    static var statuses: [(OrderStatus, Part<Listing<Order>>)] {
        [(.error, \.failed), (.submitted, \.submitted), (.processing, \.processing)]
    }

    private let sources = Mutex(Overview.Sources())
    private let clock: any ClientClock
    private let continuation: AsyncStream<Overview>.Continuation

    init(clock: any ClientClock, continuation: AsyncStream<Overview>.Continuation) {
        self.clock = clock
        self.continuation = continuation
    }

    func gather<Value>(_ snapshots: AsyncStream<Snapshot<Value>>, _ part: Part<Value>) async {
        for await snapshot in snapshots {
            guard let value = snapshot.value else { continue }
            let latest = sources.withLock { sources in
                sources[keyPath: part] = value
                return sources
            }
            continuation.yield(Overview(latest, now: clock.now()))
        }
    }
}
