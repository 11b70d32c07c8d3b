import Marketplace
import Synchronization
import TestSupport
import Testing

@testable import MarketplaceClient

/// Reads, writes, failures and cancellations in random order, against what a marketplace with one number would say.
@Suite(.timeLimit(.minutes(30))) struct CachePropertyTests {
    private struct Read {
        var task: Task<Result<Int, MarketplaceError>, Never>
        /// What the marketplace held when it was asked.
        var atLeast: Int
        var wasCancelled = false
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `whatever happens in whatever order, nobody sees the past and nobody waits for ever`(seed: UInt64) async {
        var dice = Dice(seed: seed)
        let clock = ManualClock()
        let server = Server()
        let cache = Cache<String, Int>(
            freshness: 60, clock: clock, load: { _, _ throws(MarketplaceError) in try await server.load() })
        var reads: [Read] = []
        var watchers: [AsyncStream<Snapshot<Int>>] = []
        var newest = 0

        for step in 0..<200 {
            let before = cache.cached("a")
            switch Int.random(in: 0..<10, using: &dice) {
            case 0, 1:
                let hit = cache.freshValue(for: "a")
                if let hit {
                    #expect(hit == server.version, "a fresh value is the present one, at step \(step)")
                    #expect(clock.now().seconds(since: before.readAt ?? Instant(millisecondsSince1970: 0)) < 60)
                }
                let task = Task.immediate { () -> Result<Int, MarketplaceError> in
                    do throws(MarketplaceError) { return .success(try await cache.value(for: "a")) } catch {
                        return .failure(error)
                    }
                }
                reads.append(Read(task: task, atLeast: server.version))
                #expect(hit != nil || cache.cached("a").isLoading)
            case 2: watchers.append(cache.snapshots(for: "a"))
            case 3: if !watchers.isEmpty { watchers.remove(at: Int.random(in: 0..<watchers.count, using: &dice)) }
            case 4:
                if let index = reads.indices.randomElement(using: &dice) {
                    reads[index].task.cancel()
                    reads[index].wasCancelled = true
                }
            case 5, 6: await finish(server, cache, .success(()))
            case 7:
                let wasLoading = before.isLoading
                await finish(server, cache, .failure(.timedOut(seconds: 60)))
                if wasLoading, let value = before.value { #expect(cache.cached("a").value == value) }
            case 8:
                server.write()
                cache.makeStale { $0 == "a" }
                #expect(cache.freshValue(for: "a") == nil)
            default:
                clock.advance(seconds: Double.random(in: 0..<40, using: &dice))
                if Bool.random(using: &dice) { await cache.refresh("a") }
            }
            await server.settle(at: { cache.cached("a").isLoading ? 1 : 0 })
            if let value = cache.cached("a").value {
                #expect(value >= newest, "no value is older than the one before")
                newest = value
            } else {
                #expect(newest == 0, "a value is never lost")
            }
        }

        while cache.cached("a").isLoading { await finish(server, cache, .success(())) }
        for read in reads {
            switch await read.task.value {
            case .success(let value): #expect(value >= read.atLeast, "no answer is older than the question")
            case .failure(.cancelled): #expect(read.wasCancelled)
            case .failure(let error): #expect(error == .timedOut(seconds: 60))
            }
        }
    }

    /// Ends the read in flight, if there is one, and waits until the cache knows.
    private func finish(
        _ server: Server, _ cache: Cache<String, Int>, _ result: Result<Void, MarketplaceError>
    ) async {
        guard cache.cached("a").isLoading else { return }
        await server.settle(at: { 1 })
        await server.finish(result)
        while cache.cached("a").isLoading { await Task.yield() }
    }
}

/// Holds a number that writes raise; each read returns what the number was when the read began.
private final class Server: Sendable {
    private struct State {
        var version = 1
        var loads: [Int: AsyncStream<Result<Void, MarketplaceError>>.Continuation] = [:]
        var lastID = 0
    }

    private let state = Mutex(State())

    var version: Int { state.withLock { $0.version } }
    func write() { state.withLock { $0.version += 1 } }

    func load() async throws(MarketplaceError) -> Int {
        let (stream, end) = AsyncStream<Result<Void, MarketplaceError>>.makeStream()
        let (id, version) = state.withLock { state in
            state.lastID += 1
            // A read that is cancelled before it began asks nothing.
            if !Task.isCancelled { state.loads[state.lastID] = end }
            return (state.lastID, state.version)
        }
        defer { state.withLock { $0.loads[id] = nil } }
        let result = await withTaskCancellationHandler {
            for await result in stream { return result }
            return .failure(MarketplaceError.cancelled)
        } onCancel: {
            state.withLock { $0.loads[id] = nil }
        }
        try result.get()
        return version
    }

    /// Waits until so many reads are under way: as many as the cache believes, so never two.
    func settle(at count: () -> Int) async {
        while state.withLock({ $0.loads.count }) != count() { await Task.yield() }
    }

    func finish(_ result: Result<Void, MarketplaceError>) async {
        for load in state.withLock({ $0.loads.values.map(\.self) }) { load.yield(result) }
    }
}
