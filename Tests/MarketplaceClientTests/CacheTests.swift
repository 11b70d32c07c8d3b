import Marketplace
import MarketplaceClient
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(30))) struct CacheTests {
    private let source = Source()
    private let clock = ManualClock()
    private let cache: Cache<String, Int>

    init() {
        let source = source
        cache = Cache(
            freshness: 60, clock: clock, replaces: { partial, known in partial > known },
            load: { _, publish throws(MarketplaceError) in try await source.load(publish) })
    }

    private func read() -> Task<Result<Int, MarketplaceError>, Never> {
        Task { [cache] in
            do throws(MarketplaceError) { return .success(try await cache.value(for: "a")) } catch {
                return .failure(error)
            }
        }
    }

    @Test func `two readers share one request`() async {
        let (one, two) = (read(), read())
        await source.call(1, .success(7))
        #expect(await one.value == .success(7))
        #expect(await two.value == .success(7))
        #expect(source.calls == 1)
    }

    @Test func `a fresh value is served without a request, an old one is not`() async {
        let first = read()
        await source.call(1, .success(1))
        _ = await first.value
        clock.advance(seconds: 59)
        #expect(await read().value == .success(1))
        clock.advance(seconds: 1)
        let later = read()
        await source.call(2, .success(2))
        #expect(await later.value == .success(2))
    }

    @Test func `a value's age counts from the moment its read began`() async {
        let first = read()
        await source.begun(1)
        clock.advance(seconds: 50)
        await source.call(1, .success(1))
        _ = await first.value
        clock.advance(seconds: 10)
        let later = read()
        await source.call(2, .success(2))
        #expect(await later.value == .success(2))
    }

    @Test func `a watcher sees loading, then parts, then the whole, then later refreshes`() async {
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        let begin = clock.now()
        #expect(await snapshots.next() == Snapshot(isLoading: true))
        await source.publish(1, 3)
        #expect(await snapshots.next() == Snapshot(value: 3, readAt: begin, isLoading: true))
        await source.call(1, .success(9))
        #expect(await snapshots.next() == Snapshot(value: 9, readAt: begin))
        clock.advance(seconds: 5)
        await cache.refresh("a")
        #expect(await snapshots.next() == Snapshot(value: 9, readAt: begin, isLoading: true))
        await source.call(2, .success(10))
        #expect(await snapshots.next() == Snapshot(value: 10, readAt: begin.adding(seconds: 5)))
    }

    @Test func `a watcher of a fresh value sees it and asks for nothing`() async {
        let first = read()
        await source.call(1, .success(1))
        _ = await first.value
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        #expect(await snapshots.next() == Snapshot(value: 1, readAt: clock.now()))
        #expect(source.calls == 1)
    }

    @Test func `a reader who leaves cancels nobody else's read`() async {
        let leaver = read()
        await source.begun(1)
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        #expect(await snapshots.next()?.isLoading == true)
        leaver.cancel()
        #expect(await leaver.value == .failure(.cancelled))
        await source.call(1, .success(4))
        #expect(await snapshots.next()?.value == 4)
        #expect(source.calls == 1)
    }

    @Test func `the last reader leaving cancels the read`() async {
        let reader = read()
        await source.begun(1)
        reader.cancel()
        await source.cancelled(1)
        #expect(await reader.value == .failure(.cancelled))
    }

    @Test func `the last watcher leaving cancels the read`() async {
        let watcher = Task { [cache] in for await _ in cache.snapshots(for: "a") {} }
        await source.begun(1)
        watcher.cancel()
        await source.cancelled(1)
    }

    @Test func `a failed refresh keeps the last good value with the failure beside it`() async {
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        _ = await snapshots.next()
        await source.call(1, .success(5))
        let good = await snapshots.next()
        await cache.refresh("a")
        _ = await snapshots.next()
        await source.call(2, .failure(.timedOut(seconds: 60)))
        #expect(
            await snapshots.next()
                == Snapshot(value: 5, readAt: good?.readAt, failure: .timedOut(seconds: 60)))
        await cache.refresh("a")
        #expect(await snapshots.next()?.failure == .timedOut(seconds: 60))
        await source.call(3, .success(6))
        #expect(await snapshots.next() == Snapshot(value: 6, readAt: clock.now()))
    }

    @Test func `a command gets the failure and never a part`() async {
        let reader = read()
        await source.publish(1, 3)
        await source.call(1, .failure(.timedOut(seconds: 60)))
        #expect(await reader.value == .failure(.timedOut(seconds: 60)))
        let again = read()
        await source.call(2, .success(8))
        #expect(await again.value == .success(8))
    }

    @Test func `a part takes the place of a smaller part, never of a cached value that holds more`() async {
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        _ = await snapshots.next()
        await source.call(1, .success(50))
        _ = await snapshots.next()
        await cache.refresh("a")
        #expect(await snapshots.next()?.value == 50)
        await source.publish(2, 10)
        await source.publish(2, 60)
        #expect(await snapshots.next()?.value == 60)
    }

    @Test func `a read begun before a write is never kept as fresh`() async {
        let reader = read()
        await source.begun(1)
        cache.makeStale { $0 == "a" }
        await source.cancelled(1)
        await source.call(2, .success(2))
        #expect(await reader.value == .success(2))
        #expect(await read().value == .success(2))
        #expect(source.calls == 2)
    }

    @Test func `what a write made stale is read again while somebody watches`() async {
        var snapshots = cache.snapshots(for: "a").makeAsyncIterator()
        _ = await snapshots.next()
        await source.call(1, .success(1))
        _ = await snapshots.next()
        cache.makeStale { $0 == "b" }
        cache.makeStale { $0 == "a" }
        #expect(await snapshots.next() == Snapshot(value: 1, readAt: clock.now(), isLoading: true))
        await source.call(2, .success(2))
        #expect(await snapshots.next()?.value == 2)
    }

    @Test func `what a write made stale waits for its next reader when nobody watches`() async {
        let first = read()
        await source.call(1, .success(1))
        _ = await first.value
        cache.makeStale { _ in true }
        #expect(source.calls == 1)
        let later = read()
        await source.call(2, .success(2))
        #expect(await later.value == .success(2))
    }

    @Test func `a refresh joins the read in flight`() async {
        let reader = read()
        await source.begun(1)
        await cache.refresh("a")
        await source.call(1, .success(1))
        #expect(await reader.value == .success(1))
        #expect(source.calls == 1)
    }
}

/// Reads whose parts and ends the test decides. Calls are counted from 1.
private final class Source: Sendable {
    private enum Step: Sendable {
        case part(Int, done: AsyncStream<Void>.Continuation)
        case end(Result<Int, MarketplaceError>)
    }

    private struct Call {
        let stream = AsyncStream<Step>.makeStream()
        let begun = AsyncStream<Void>.makeStream()
        let cancelled = AsyncStream<Void>.makeStream()
    }

    private struct State {
        var begun = 0
        var calls: [Int: Call] = [:]
    }

    private let state = Mutex(State())

    var calls: Int { state.withLock { $0.begun } }

    func load(_ publish: @Sendable (Int) async -> Void) async throws(MarketplaceError) -> Int {
        let call = state.withLock { state in
            state.begun += 1
            return Self.call(state.begun, in: &state)
        }
        call.begun.continuation.finish()
        for await step in call.stream.stream {
            switch step {
            case .part(let value, let done):
                await publish(value)
                done.finish()
            case .end(let result): return try result.get()
            }
        }
        call.cancelled.continuation.finish()
        throw .cancelled
    }

    /// Ends the call, now or when it comes.
    func call(_ number: Int, _ result: Result<Int, MarketplaceError>) async {
        call(number).stream.continuation.yield(.end(result))
        await begun(number)
    }

    /// Publishes a part; returns when the cache has it.
    func publish(_ number: Int, _ value: Int) async {
        let done = AsyncStream<Void>.makeStream()
        call(number).stream.continuation.yield(.part(value, done: done.continuation))
        for await _ in done.stream {}
    }

    func begun(_ number: Int) async { for await _ in call(number).begun.stream {} }
    func cancelled(_ number: Int) async { for await _ in call(number).cancelled.stream {} }

    private func call(_ number: Int) -> Call { state.withLock { Self.call(number, in: &$0) } }

    private static func call(_ number: Int, in state: inout State) -> Call {
        let call = state.calls[number] ?? Call()
        state.calls[number] = call
        return call
    }
}
