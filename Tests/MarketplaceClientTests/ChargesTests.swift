import Marketplace
import Testing

@testable import MarketplaceClient

@Suite(.timeLimit(.minutes(30))) struct `The charges that a client has read` {
    private let transport = StubTransport()

    private func expect(_ id: String) {
        transport.expect(
            "GET /subscriptions/\(id)",
            .ok(
                #"{"id":"\#(id)","customerId":"7","status":"active","billingPeriod":{"type":"month","duration":1},"#
                    + #""totalPrice":{"currency":"EUR","amount":10}}"#))
    }

    private func row(_ id: Subscription.ID) -> Subscription {
        Subscription(id: id, name: "A", customer: "7", status: .active)
    }

    @Test func `are those of every detail, whoever read it`() async throws {
        for id in ["1", "2", "3"] { expect(id) }
        let client = makeClient(transport)
        #expect(client.charges.count == 0)
        _ = try await client.subscriptions.value(for: "1")
        _ = try await client.subscriptions.snapshot(for: "2", readSince: nil, priority: .likelyNext)
        for await snapshot in client.subscriptions.snapshots(for: "3") where !snapshot.isLoading { break }
        #expect(client.charges.count == 3)
        #expect(client.charges[row("2")]?.currency == "EUR")
        transport.verify()
    }

    @Test func `are forgotten where a write may have changed them, also of what the cache has dropped`() async throws {
        for id in ["1", "2"] { expect(id) }
        let client = makeClient(transport)
        for id in ["1", "2"] as [Subscription.ID] { _ = try await client.subscriptions.value(for: id) }
        client.makeStale("1" as Subscription.ID)
        #expect(client.charges[row("1")] == nil && client.charges[row("2")] != nil)
        client.makeOrdersStale(of: "7", subscription: "2")
        #expect(client.charges.count == 0)
        transport.verify()
    }

    @Test func `announce each change`() async throws {
        expect("1")
        let client = makeClient(transport)
        var changes = client.chargesChanges().makeAsyncIterator()
        #expect(await changes.next() != nil)
        _ = try await client.subscriptions.value(for: "1")
        #expect(await changes.next() != nil)
        #expect(client.charges.count == 1)
    }
}
