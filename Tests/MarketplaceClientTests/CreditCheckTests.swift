import Marketplace
import MarketplaceClient
import Testing

/// A credit check whose answer was lost.
@Suite struct `A credit check without an answer` {
    private let transport = StubTransport()

    private func settled(_ shown: String, looks: Int) async throws -> JournalEntry.Outcome {
        let answer = Examples.withdrawnOrder.replacing("{\"id\"", with: "{\(shown)\"id\"")
        for _ in 0..<looks { transport.expect("GET /orders/1000702", .ok(answer)) }
        transport.expect("POST /token", .ok(#"{"token":"t","expiresInSeconds":1000000}"#))
        let journal = LeftJournal([
            JournalRecord(
                id: "1", at: Instant(millisecondsSince1970: 1_900_000_000_000),
                event: .intended(
                    .init(
                        profile: "test", method: "PATCH", path: "/orders/1000702", customer: "1000101",
                        poNumber: nil, request: #"{"creditCheck":false}"#, existing: [])))
        ])
        let client = Client(profile: .test(), transport: transport, clock: ManualClock(), journal: journal)
        await client.settleUnknowns()
        return try #require(try await client.journalEntries().first).outcome
    }

    @Test func `was taken when the order shows it`() async throws {
        #expect(try await settled(#""creditCheck": false, "#, looks: 1) == .taken(made: "1000702"))
    }

    @Test func `was not taken when the order goes on showing the other state`() async throws {
        #expect(
            try await settled(#""creditCheck": true, "#, looks: 7)
                == .refused(reason: "It was not taken: the credit check of order 1000702 is as it was."))
    }

    @Test func `stays unknown while the order shows neither`() async throws {
        #expect(
            try await settled("", looks: 11)
                == .unknown(
                    reason:
                        "Order 1000702 does not show whether its credit is checked. Look at it in the marketplace's "
                        + "panel before you send it again."))
    }
}
