import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// A write of which nobody knows the outcome, on its page: it follows the journal.
@Suite(.onComputingThreads) struct `A write that is not confirmed` {
    private static let order = "j<Right>j5/TIMEOUT-1<Enter>o<F10>1<Enter>"

    /// After the answer of an order was lost.
    private func lost(_ columns: Int = 80, _ rows: Int = 24, isLinear: Bool = false) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear)
        await stage.press(Self.order)
        return stage
    }

    /// The journal as it would be if its one write had this outcome.
    private func journal(
        of stage: Stage, _ outcome: JournalEntry.Outcome, settledBy: String? = nil
    ) async throws -> Event {
        var entry = try #require(try await stage.client.journalEntries().first)
        entry.outcome = outcome
        entry.settledBy = settledBy
        return .journal([entry])
    }

    private func flow(_ stage: Stage) throws -> WriteFlow { try #require(stage.dashboard.flow) }

    @Test func `it says what happened, what comes by itself, and what one can do`() async {
        let stage = await lost(120, 40)
        for words in [
            "So the order may or may not exist.", "SOUK-261120-140412-7751", "souk keeps checking for a day",
            "u checks now.", "OUTCOME UNKNOWN",
        ] { #expect(stage.screen.contains(words), "\(words)") }
    }

    @Test func `u looks, the page turns to taken without a key, and Enter shows the order`() async throws {
        let stage = await lost()
        await stage.press("u")
        #expect(stage.screen.contains("found by its PO number SOUK-261120-140412-7751 at"))
        #expect(stage.words.contains("It was taken: order SO") && stage.words.contains("Enter opens it."))
        #expect(stage.screen.contains("3 RESULT") && stage.screen.contains(" TAKEN"))
        #expect(!stage.screen.contains("OUTCOME UNKNOWN"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.dashboard.orders.opened != nil)
        #expect(stage.transport.writes.count == 1)
    }

    @Test func `found taken by the background, its draft goes`() async throws {
        let stage = await lost()
        await stage.send(try await journal(of: stage, .taken(made: "1003990"), settledBy: "found by its PO number"))
        #expect(stage.screen.contains("TAKEN"))
        #expect(stage.screen.contains("found by its PO number"))
        #expect(stage.drafts.isEmpty)
        await stage.press("u")
        #expect(!stage.effects.contains(.settle))
    }

    @Test func `found not taken, Enter goes back to the form and it can be sent again`() async throws {
        let stage = await lost()
        await stage.send(
            try await journal(
                of: stage, .refused(reason: "It was not taken: customer 1000412 has no such order."), settledBy: "x"))
        #expect(stage.screen.contains("NOT TAKEN"))
        #expect(stage.screen.contains("customer 1000412 has no such order."))
        #expect(stage.screen.contains("It was not taken. Nothing was changed."))
        await stage.press("<Enter>")
        #expect(try !flow(stage).isReviewed)
        #expect(try flow(stage).form.fields["po"] == "SOUK-261120-140412-7751")
    }

    @Test func `another reason is shown at once`() async throws {
        let stage = await lost()
        await stage.send(try await journal(of: stage, .unknown(reason: "It could not be looked up: no network.")))
        #expect(stage.screen.contains("Checked: still unknown."))
        #expect(stage.screen.contains("It could not be looked up: no network."))
        #expect(!stage.screen.contains("HTTP 504"))
    }

    @Test func `other writes of the journal say nothing of it`() async throws {
        let stage = await lost()
        let own = try #require(try await stage.client.journalEntries().first)
        var earlier = own
        earlier = JournalEntry(
            id: "other", at: own.at.adding(seconds: -60), profile: own.profile, name: own.name, customer: own.customer,
            poNumber: own.poNumber, method: own.method, path: own.path, request: own.request,
            outcome: .taken(made: "7"))
        await stage.send(.journal([own, earlier]))
        #expect(stage.screen.contains("OUTCOME UNKNOWN"))
    }

    @Test func `a journal that cannot be read makes the page say that it may be old`() async {
        let stage = await lost(120, 40)
        await stage.send(.journalUnreadable("permission denied"))
        #expect(stage.screen.contains("It cannot be read just now (permission denied), so this may be old."))
    }

    @Test func `nothing on it sends again, and leaving says that it is still looked up`() async {
        let stage = await lost(120, 40)
        await stage.press("<F10><F5>o")
        #expect(stage.transport.writes.count == 1)
        await stage.press("<Esc>")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("Outcome unknown: sales order. souk keeps checking; 7 shows it."))
    }

    @Test func `7 shows the journal`() async {
        let stage = await lost()
        await stage.press("7")
        #expect(stage.dashboard.view == .journal)
        #expect(stage.screen.contains("1 UNKNOWN"))
    }

    @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)])
    func `found taken, and found not taken, as pictures`(size: Size) async throws {
        let stage = await lost(size.columns, size.rows)
        await stage.send(
            try await journal(
                of: stage, .refused(reason: "It was not taken: customer 1000412 has no such order."), settledBy: "x"))
        expectScreen(stage.screen, matches: "order-not-taken-\(size.columns)x\(size.rows)")
        let other = await lost(size.columns, size.rows)
        await other.press("u")
        expectScreen(other.screen, matches: "order-found-\(size.columns)x\(size.rows)")
    }

    @Test func `in linear mode the new sentence is written`() async throws {
        let stage = await lost(isLinear: true)
        var voice = Voice()
        #expect(voice.news(stage.dashboard.sentences).contains("New order, step 3 of 3: result. Outcome unknown."))
        await stage.send(try await journal(of: stage, .taken(made: "1003990"), settledBy: "found by its PO number"))
        let news = voice.news(stage.dashboard.sentences)
        #expect(news.contains("New order, step 3 of 3: result. Taken."))
        #expect(news.contains { $0.contains("found by its PO number") })
    }
}
