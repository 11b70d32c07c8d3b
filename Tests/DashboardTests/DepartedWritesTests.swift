import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Writes that the person leaves before their outcome is known.
@Suite(.onComputingThreads) struct `Writes that are left` {
    private static let units = "j<Right>j<Enter>/1000917<Enter>c28<F10>"

    @Test func `while it is sent the band says so, and no key but those that leave does anything`() async {
        let stage = await Stage()
        var screens: [String] = []
        stage.whileSending = { _, stage in
            screens.append(stage.screen)
            stage.interject("x<Enter><F5><F10>")
            screens.append(stage.screen)
        }
        await stage.press(Self.units + "28<Enter>")
        #expect(screens.allSatisfy { $0.contains("3 RESULT") && $0.contains("SENDING since 14:04:12") })
        #expect(screens.last?.contains("It cannot be recalled.") == true)
        #expect(stage.transport.writes.count == 1)
        #expect(stage.screen.contains("accepted; souk follows it."))
    }

    @Test(arguments: ["<Esc>", "q", "4"]) func `left while it is sent, its ending is said wherever one is`(
        key: String
    ) async throws {
        let stage = await Stage()
        var left = ""
        stage.whileSending = { _, stage in
            stage.interject(key)
            left = stage.screen
        }
        await stage.press(Self.units + "28<Enter>")
        #expect(left.contains("is still being sent. 7 shows it"))
        #expect(stage.dashboard.flow == nil)
        #expect(stage.transport.writes.count == 1)
        #expect(stage.screen.contains("accepted; souk follows it."))
        #expect(stage.drafts.isEmpty)
        #expect(stage.dashboard.orders.following.count == 1)
        await stage.pass(seconds: 3)
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""quantity":28"#))
    }

    @Test func `one that is refused after it was left keeps its draft and says why`() async throws {
        let stage = await Stage()
        stage.whileSending = { _, stage in stage.interject("<Esc>") }
        await stage.press(Self.units)
        try await stage.breakIt("POST /orders: 400")
        await stage.press("28<Enter>")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.drafts.count == 1)
        #expect(stage.dashboard.notice?.kind == .problem)
        #expect(stage.dashboard.notice?.text.hasSuffix("B has the form.") == true)
        #expect(stage.dashboard.overlays.departed.flows.isEmpty)
    }

    @Test func `a digit leaves an unknown outcome, and what became of it is said in the other view`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/TIMEOUT-1<Enter>o<F10>1<Enter>")
        #expect(stage.screen.contains("OUTCOME UNKNOWN"))
        await stage.press("4")
        #expect(stage.dashboard.view == .orders && stage.dashboard.overlays.isEmpty)
        #expect(stage.screen.contains("Outcome unknown: sales order. souk keeps checking; 7 shows it."))
        var entry = try #require(try await stage.client.journalEntries().first)
        entry.outcome = .taken(made: "1003990")
        entry.settledBy = "found by its PO number"
        await stage.send(.journal([entry]))
        #expect(stage.screen.contains("The sales order was taken: order SO003990. 7 shows it."))
        #expect(stage.drafts.isEmpty)
        #expect(stage.dashboard.overlays.departed.flows.isEmpty)
        #expect(stage.transport.writes.count == 1)
    }
}
