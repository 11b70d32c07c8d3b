import Marketplace
import MarketplaceClient
import Synchronization

/// Time that passes only when told to, or when somebody sleeps: a sleep moves it on and is over at once.
final class ManualClock: ClientClock {
    private struct State {
        var now = Instant(millisecondsSince1970: 1_900_000_000_000)
        var sleeps: [Double] = []
    }

    private let state = Mutex(State())

    /// Every sleep so far, in seconds.
    var sleeps: [Double] { state.withLock { $0.sleeps } }

    func now() -> Instant { state.withLock { $0.now } }
    func advance(seconds: Double) { state.withLock { $0.now = $0.now.adding(seconds: seconds) } }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        state.withLock { state in
            state.sleeps.append(seconds)
            state.now = state.now.adding(seconds: seconds)
        }
    }
}

/// Time that passes only when told to; who sleeps wakes up by being cancelled alone.
final class HeldClock: ClientClock {
    private let moment = Mutex(Instant(millisecondsSince1970: 1_900_000_000_000))

    func now() -> Instant { moment.withLock { $0 } }
    func advance(seconds: Double) { moment.withLock { $0 = $0.adding(seconds: seconds) } }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        throw CancellationError()
    }
}
