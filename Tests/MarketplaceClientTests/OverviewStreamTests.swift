import Marketplace
import Synchronization
import Testing

@testable import MarketplaceClient

@Suite struct `Observing without reading` {
    @Test func `an observer gets what others read and reads nothing itself`() async throws {
        let reads = Atomic(0)
        let cache = Cache<String, Int>(freshness: 60, clock: HeldClock()) { (_, _) async throws(MarketplaceError) in
            reads.add(1, ordering: .relaxed).newValue
        }
        var seen: [Int?] = []
        for await snapshot in cache.observations(of: "a") {
            if !snapshot.isLoading { seen.append(snapshot.value) }
            if snapshot.value != nil { break }
            if reads.load(ordering: .relaxed) == 0 { _ = try await cache.value(for: "a") }
        }
        #expect(seen == [nil, 1])
        #expect(reads.load(ordering: .relaxed) == 1)
    }

    @Test func `an observer makes nothing be read again after a write`() async throws {
        let reads = Atomic(0)
        let cache = Cache<String, Int>(freshness: 60, clock: HeldClock()) { (_, _) async throws(MarketplaceError) in
            reads.add(1, ordering: .relaxed).newValue
        }
        _ = try await cache.value(for: "a")
        let stream = cache.observations(of: "a")
        cache.makeStale { _ in true }
        for await snapshot in stream {
            #expect(snapshot.value == 1)
            #expect(!snapshot.isLoading)
            break
        }
        #expect(reads.load(ordering: .relaxed) == 1)
    }

    @Test func `an observed value may be forgotten when memory is full, and comes again with the next read`()
        async throws
    {
        let memory = CacheMemory(limit: 1000)
        let cache = Cache<String, Int>(
            Cache.Rules(freshness: { _ in 60 }, cost: { _ in 600 }), clock: HeldClock(), memory: memory
        ) { (key, _) async throws(MarketplaceError) in key.count }
        _ = try await cache.value(for: "a")
        let stream = cache.observations(of: "a")
        _ = try await cache.value(for: "bb")
        #expect(cache.cached("a").value == nil)
        _ = try await cache.value(for: "a")
        for await snapshot in stream where snapshot.value != nil {
            #expect(snapshot.value == 1)
            break
        }
    }
}
