import Marketplace
import MarketplaceClient
import Synchronization
import Testing

@Suite struct `Read-only from now on` {
    /// Refuses from a given moment on.
    private final class Switch: Sendable {
        private let reason = Mutex<String?>(nil)
        func turn(_ latest: String?) { reason.withLock { $0 = latest } }
        func refusal() -> String? { reason.withLock { $0 } }
    }

    private let clock = ManualClock()
    private let journal = MemoryJournal()
    private let permission = Switch()

    private func makeClient(_ transport: StubTransport) -> Client {
        transport.expect("POST /token", .ok(Examples.token))
        return Client(
            profile: .test(), transport: transport, clock: clock, journal: journal,
            refusal: { [permission] in permission.refusal() })
    }

    @Test func `nothing is sent or written down, and the reason is said`() async throws {
        let transport = StubTransport()
        let client = makeClient(transport)
        permission.turn("the profile test is read-only now")
        let refused = MarketplaceError.writeRefused(reason: "the profile test is read-only now.")
        #expect(await failure { () async throws(MarketplaceError) in try await client.place(.sample) } == refused)
        #expect(
            await failure { () async throws(MarketplaceError) in
                try await client.exchange(method: "POST", path: "/orders", body: Array("{}".utf8), writes: true)
            } == refused)
        #expect(transport.lines.isEmpty)
        #expect(await journal.records().isEmpty)
    }

    @Test func `a write that waits to be sent again is not sent`() async throws {
        let transport = StubTransport { [permission] line in
            if line == "POST /orders" { permission.turn("the profile test is read-only now") }
        }
        transport.expect("POST /orders", .answer(429, Examples.rateLimit))
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)))
        let client = makeClient(transport)
        let error = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        guard case .outcomeUnknown(_, let reason, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.hasSuffix("It could not be sent again: Not sent: the profile test is read-only now."))
        #expect(transport.lines.filter { $0 == "POST /orders" }.count == 1)
        #expect(await journal.records().last?.event == .ended(.unknown(reason: reason)))
    }

    @Test func `reading goes on`() async throws {
        let transport = StubTransport()
        transport.expect("GET /orders*", .ok(page([], total: 0)))
        permission.turn("the profile test is read-only now")
        #expect(try await makeClient(transport).orderLists.value(for: OrderQuery()).rows.isEmpty)
    }
}
