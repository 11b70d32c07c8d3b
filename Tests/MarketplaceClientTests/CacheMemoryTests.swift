import Marketplace
import Synchronization
import Testing

@testable import MarketplaceClient

@Suite(.timeLimit(.minutes(30))) struct CacheMemoryTests {
    private let memory = CacheMemory(limit: 10_000)
    private let reads = Reads()

    /// A cache whose values take 700 bytes and 300 for their entries.
    private func cache() -> Cache<String, String> {
        Cache(
            Cache.Rules(freshness: { _ in 60 }, cost: { _ in 700 }), clock: ManualClock(), memory: memory,
            load: { [reads] key, _ throws(MarketplaceError) in
                reads.add(key)
                return "value of \(key)"
            })
    }

    @Test func `all caches together stay within the limit`() async throws {
        let (one, other) = (cache(), cache())
        for number in 0..<100 {
            _ = try await one.value(for: "a\(number)")
            _ = try await other.value(for: "b\(number)")
            #expect(memory.bytes <= 10_000)
        }
        #expect(memory.bytes >= 8000)
    }

    @Test func `what was used least recently goes first`() async throws {
        let cache = cache()
        for number in 0..<10 { _ = try await cache.value(for: "\(number)") }
        _ = try await cache.value(for: "0")
        _ = try await cache.value(for: "10")
        #expect(cache.freshValue(for: "0") != nil)
        #expect(cache.freshValue(for: "1") == nil)
        #expect(cache.freshValue(for: "10") != nil)
        _ = try await cache.value(for: "1")
        #expect(reads.keys == (0...10).map(String.init) + ["1"])
    }

    @Test func `what somebody watches stays, whatever else comes`() async throws {
        let cache = cache()
        var watched = cache.snapshots(for: "watched").makeAsyncIterator()
        while let snapshot = await watched.next(), snapshot.isLoading {}
        for number in 0..<50 { _ = try await cache.value(for: "\(number)") }
        #expect(cache.freshValue(for: "watched") != nil)
        #expect(memory.bytes <= 10_000)
        await cache.refresh("watched")
        while let snapshot = await watched.next(), snapshot.isLoading {}
        #expect(reads.keys.count { $0 == "watched" } == 2)
    }

    @Test func `what is watched may pass the limit, and then neither pushes out all else nor is sorted at each page`()
        async throws
    {
        let small = cache()
        let pages = 400
        let large = Cache<String, Int>(
            Cache.Rules(freshness: { _ in 60 }, cost: { $0 * 100 }), clock: ManualClock(), memory: memory,
            load: { _, publish throws(MarketplaceError) in
                for page in 1...pages { await publish(page) }
                return pages
            })
        for number in 0..<2 { _ = try await small.value(for: "\(number)") }
        var watched = large.snapshots(for: "all").makeAsyncIterator()
        while let snapshot = await watched.next(), snapshot.isLoading {}
        #expect(memory.bytes > 40_000)
        #expect(small.freshValue(for: "0") != nil && small.freshValue(for: "1") != nil)
        #expect(memory.sortings == 0)
        for number in 2..<50 { _ = try await small.value(for: "\(number)") }
        #expect(memory.bytes < 40_300 + 2500 + 1000)
        #expect(small.freshValue(for: "49") != nil)
    }

    @Test func `a value larger than all the memory is answered, and not kept`() async throws {
        let cache = Cache<String, String>(
            Cache.Rules(freshness: { _ in 60 }, cost: { _ in 20_000 }), clock: ManualClock(), memory: memory,
            load: { _, _ throws(MarketplaceError) in "large" })
        #expect(try await cache.value(for: "x") == "large")
        #expect(cache.freshValue(for: "x") == nil)
        #expect(memory.bytes == 0)
    }

    @Test func `the weight of a list counts a repeated name once, and grows with its rows`() {
        func weight(_ count: Int, name: (Int) -> String) -> Int {
            Subscription.bytes(
                of: (0..<count).map { Subscription(id: .init("\($0)"), name: name($0), customer: "1", status: .active) }
            )
        }
        let row = MemoryLayout<Subscription>.stride
        #expect(weight(100) { _ in "Sample Office Suite" } == 100 * row + 19 + 32)
        #expect(weight(100) { "Sample Office Suite \(100 + $0)" } == 100 * (row + 23 + 32))
        #expect(weight(100_000) { "Sample Office Suite \(100_000 + $0)" } == 100_000 * (row + 26 + 32))
    }
}

private final class Reads: Sendable {
    private let kept = Mutex<[String]>([])

    var keys: [String] { kept.withLock { $0 } }
    func add(_ key: String) { kept.withLock { $0.append(key) } }
}
