import Marketplace
import MarketplaceClient
import Synchronization
import Testing

/// What the review says, and the gate does, when others write too and when the profile becomes read-only.
@Suite(.timeLimit(.minutes(30))) struct `Permission and other users` {
    /// The journal's record of the order that `bench` would send, as if `user` had sent it.
    private func leave(_ bench: Bench, user: String, place: String? = nil) async throws {
        let other = MemoryJournal()
        _ = try await bench.anotherClient(other).place(try await bench.order("PO-9"))
        guard case .intended(var sent) = await other.records().first?.event else { return }
        sent.user = user
        sent.place = place ?? sent.place
        try await bench.journal.append(
            JournalRecord(id: "theirs", at: bench.clock.now(), event: .intended(sent)))
        try await bench.journal.append(
            JournalRecord(id: "theirs", at: bench.clock.now(), event: .ended(.unknown(reason: "No answer came."))))
    }

    private func sale(_ bench: Bench) async throws -> WriteIntent { .place(.sales(try await bench.order("PO-1"))) }

    @Test func `an equal open order of another user warns and holds nothing back`() async throws {
        let bench = try Bench(isSmall: true)
        try await leave(bench, user: "b.api")
        let run = try await bench.client.dryRun(try await sale(bench))
        #expect(run.refusal == nil && run.asksForMore)
        #expect(run.checks.contains { $0.text.hasPrefix("b.api sent an equal sales order on") }, "\(run.checks)")
        guard case .done = await bench.client.send(try await sale(bench), agreed: run) else {
            Issue.record("not done")
            return
        }
    }

    @Test func `the same order of the same user holds it back, and one at another marketplace says nothing`()
        async throws
    {
        let own = try Bench(isSmall: true)
        try await leave(own, user: "demo.api")
        // The first order was taken by the marketplace, and so the look finds it.
        let run = try await own.client.dryRun(try await sale(own))
        #expect(run.equalOrders.contains { $0.entry == "theirs" }, "\(run.equalOrders)")
        let elsewhere = try Bench(isSmall: true)
        try await leave(elsewhere, user: "b.api", place: "http://sandbox.invalid/marketplace/de de")
        let other = try await elsewhere.client.dryRun(try await sale(elsewhere))
        #expect(!other.checks.contains { $0.text.contains("b.api") })
        #expect(try await elsewhere.client.journalEntries().first?.sender.isOwn == false)
    }

    @Test func `read-only between review and sending refuses, and so does every later review`() async throws {
        let bench = try Bench(isSmall: true)
        let reason = Reason()
        let client = Client(
            profile: Bench.profile(), transport: bench.transport, clock: bench.clock, journal: bench.journal,
            pacing: .unlimited, refusal: { reason.text })
        let intent = try await sale(bench)
        let run = try await client.dryRun(intent)
        #expect(run.refusal == nil)
        reason.text = "the profile test is read-only now"
        #expect(
            await client.send(intent, agreed: run)
                == .failed(.writeRefused(reason: "the profile test is read-only now.")))
        #expect(try await client.dryRun(intent).refusal == "The profile test is read-only now")
        #expect(bench.transport.writes.isEmpty)
        #expect(try await bench.journal.records().isEmpty)
    }
}

private final class Reason: Sendable {
    private let kept = Mutex<String?>(nil)

    var text: String? {
        get { kept.withLock { $0 } }
        set { kept.withLock { $0 = newValue } }
    }
}
