import Marketplace
import TestSupport
import Testing

@testable import Dashboard

/// What an order made is compared in the client alone; the dashboard shows what the journal says of it.
@Suite(.onComputingThreads) struct `The journal's verdict on an order` {
    private static let model = Model(
        profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false))
    private static let order = Order(id: "5", number: "CH5", kind: .change, customer: "1", status: .processing)

    private static func found(_ units: String) -> Verification {
        Verification(
            order: "CH5", subscription: "7",
            parts: [.init(.units, of: "AUR", asked: "28", found: units, isMet: units == "28")])
    }

    private static func entry(
        _ found: Verification?, made: String = "5", isVerified: Bool = true, sender: JournalEntry.Sender = .own
    ) -> Event {
        var entry = JournalEntry(
            id: "1", at: Stage.start, profile: "test", sender: sender, name: "change order", method: "POST",
            path: "/orders", request: "{}", outcome: .taken(made: made), warning: found?.warning)
        entry.verification = found
        entry.isVerified = isVerified && found != nil
        return .journal([entry])
    }

    private static func said(_ reactions: [Reaction]) -> [Notice] {
        reactions.compactMap { if case .say(let notice) = $0 { notice } else { nil } }
    }

    @Test func `is said once of what this session ordered`() {
        var pane = OrdersPane()
        pane.follow(Self.order, Self.model)
        #expect(pane.update(Self.entry(nil), Self.model).isEmpty)
        #expect(
            Self.said(pane.update(Self.entry(Self.found("28")), Self.model))
                == [Notice(.done, "Order CH5 completed: subscription 7 holds 28 units now.")])
        #expect(pane.update(Self.entry(Self.found("28")), Self.model).isEmpty)
    }

    @Test func `is not said of what another session, or another user, ordered`() {
        var pane = OrdersPane()
        #expect(pane.update(Self.entry(Self.found("28")), Self.model).isEmpty)
        pane.follow(Self.order, Self.model)
        #expect(pane.update(Self.entry(Self.found("28"), made: "6"), Self.model).isEmpty)
        #expect(pane.update(Self.entry(Self.found("28"), sender: .user("y.api")), Self.model).isEmpty)
    }

    @Test func `is a warning where something else is there, and that of the journal`() {
        var (orders, journal) = (OrdersPane(), JournalPane())
        orders.follow(Self.order, Self.model)
        _ = journal.update(Self.entry(nil), Self.model)
        let event = Self.entry(Self.found("53"))
        #expect(orders.update(event, Self.model).isEmpty)
        let said = Self.said(journal.update(event, Self.model))
        #expect(said.map(\.kind) == [.warning])
        #expect(
            said.first?.text.hasPrefix(
                "The change order: Order CH5 completed, but subscription 7 holds 53 units of AUR, not the 28") == true)
    }

    @Test func `is shown with the order, its subscription and its entry`() async throws {
        let stage = await Stage(columns: 80, rows: 40)
        await stage.press("j<Right>j<Enter>/1000917<Enter>c28<F10>28<Enter>")
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("completed: subscription 1000917 holds 28 units now."))
        for keys in ["", "<Enter>", "7<Enter>"] {
            await stage.press(keys)
            // The message line apart; the page breaks its lines.
            let page = stage.screen.split(separator: "\n").dropLast(3).flatMap { $0.split(separator: " ") }
                .joined(separator: " ")
            #expect(page.contains("completed: subscription 1000917 holds 28 units now."), "\(keys)")
            #expect(page.contains(" checked "), "\(keys)")
        }
    }
}
