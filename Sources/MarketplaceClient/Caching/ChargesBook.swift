import Marketplace
import Synchronization

/// The charges of every subscription whose detail was read, by whomever and for whatever.
final class ChargesBook: Sendable {
    private let state = Mutex(ReadCharges())
    private let broadcast = Broadcast<Void>()
    private let clock: any ClientClock

    init(clock: any ClientClock) { self.clock = clock }

    var charges: ReadCharges { state.withLock { $0 } }

    func note(_ detail: SubscriptionDetail) { change { $0.take(detail, on: clock.now().utcDate) } }

    /// Forgets what a write may have changed.
    /// - Parameter id: Nil for all.
    func drop(_ id: Subscription.ID?) { change { $0.drop(id) } }

    private func change(_ body: (inout ReadCharges) -> Void) {
        state.withLock { body(&$0) }
        broadcast.send(())
    }

    /// Something now, then something whenever they changed, until the reader leaves. Many changes may come as one.
    func changes() -> AsyncStream<Void> { broadcast.stream(first: { () }) }
}
