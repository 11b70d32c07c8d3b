import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// The main job from the first screen to the new subscription, by keys alone, as a person does it.
@Suite(.onComputingThreads) struct `The main job` {
    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func `three units of the yearly premium offer billed monthly are ordered for Jørgensen`(
        columns: Int, rows: Int
    ) async throws {
        let stage = await Stage(columns: columns, rows: rows)
        await stage.press("j<Right>")
        #expect(stage.screen.contains("v Nordwind Handel GmbH"))
        await stage.press("j")
        #expect(stage.dashboard.accounts.selected?.name == "Jørgensen & Søn A/S")

        await stage.press("6")
        #expect(stage.screen.contains("Mette Jørgensen"))
        #expect(stage.screen.contains("administrator"))

        await stage.press("3/1000917<Enter><Enter>")
        for words in ["Aurora 365 Business Premium", "ACTIVE", "25", "renews"] {
            #expect(stage.screen.contains(words))
        }

        await stage.press("5/AUR-365-BP<Enter>")
        #expect(stage.screen.contains("exact 3"))
        await stage.press("jo<BS>3<F10>")
        #expect(stage.words.contains("units 3; the customer has 25 in 1000917, F6 adds there"))
        #expect(stage.screen.contains("61.80 EUR"))
        #expect(stage.transport.writes.isEmpty)

        await stage.press("3<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
        #expect(stage.screen.contains("SUBMITTED"))
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("COMPLETED"))
        #expect(stage.screen.contains("active, 3 units"))

        await stage.press("<Enter>")
        // As a line, or as a table beside the orders.
        #expect(stage.words.contains(columns < 100 ? "rate 61.80 EUR/mo" : "rate 20.60 61.80 741.60 EUR"))
        #expect(stage.screen.contains("ACTIVE"))
    }

    @Test func `the order names the row chosen, so that its MPN cannot be ambiguous`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>3<Enter>")
        let sent = stage.effects.compactMap { effect -> SalesOrder? in
            if case .client(.send(.place(.sales(let order)), _, _)) = effect { order } else { nil }
        }
        let order = try #require(sent.first)
        #expect(sent.count == 1)
        #expect(order.customer == "1000412")
        #expect(order.lines.count == 1)
        #expect(order.lines[0].quantity == 3)
        #expect(order.lines[0].product.vendor == "aurora")
        #expect(order.lines[0].product.subscriptionPeriod == Period(1, .year))
        #expect(order.lines[0].product.billingPeriod == Period(1, .month))
    }

    @Test func `an order for a customer chosen by search stays open until it ends`() async {
        let stage = await Stage()
        await stage.press("5/AUR-365-BP<Enter>josøn a/s<Enter><BS>3<F10>3<Enter>")
        #expect(stage.dashboard.orders.opened != nil)
        #expect(stage.screen.contains("SUBMITTED"))
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("COMPLETED"))
        #expect(stage.screen.contains("active, 3 units"))
    }
}
