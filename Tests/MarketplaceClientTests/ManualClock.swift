import Marketplace
import MarketplaceClient
import Synchronization

/// Time that passes only when it is moved, or when somebody sleeps: a sleep moves it on and is over at once.
final class ManualClock: ClientClock {
    private struct State {
        var steady = Instant(millisecondsSince1970: 1_900_000_000_000)
        /// Seconds by which the time of day was set ahead.
        var step = 0.0
        var sleeps: [Double] = []
    }

    private let state = Mutex(State())

    /// Every sleep so far, in seconds.
    var sleeps: [Double] { state.withLock { $0.sleeps } }

    func now() -> Instant { state.withLock { $0.steady.adding(seconds: $0.step) } }
    func steady() -> Instant { state.withLock { $0.steady } }
    func advance(seconds: Double) { state.withLock { $0.steady = $0.steady.adding(seconds: seconds) } }
    /// Sets the time of day, while no time passes.
    func step(seconds: Double) { state.withLock { $0.step += seconds } }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        state.withLock { state in
            state.sleeps.append(seconds)
            state.steady = state.steady.adding(seconds: seconds)
        }
    }
}

/// Time that passes only when it is moved; who sleeps wakes up by being cancelled alone.
final class HeldClock: ClientClock {
    private let moment = Mutex((steady: Instant(millisecondsSince1970: 1_900_000_000_000), step: 0.0))

    func now() -> Instant { moment.withLock { $0.steady.adding(seconds: $0.step) } }
    func steady() -> Instant { moment.withLock { $0.steady } }
    func advance(seconds: Double) { moment.withLock { $0.steady = $0.steady.adding(seconds: seconds) } }
    /// Sets the time of day, while no time passes.
    func step(seconds: Double) { moment.withLock { $0.step += seconds } }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        throw CancellationError()
    }
}
