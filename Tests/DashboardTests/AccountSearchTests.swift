import Marketplace
import Screen
import Testing

@testable import Dashboard

/// Customers of folded resellers are not listed: what a caller gives is asked of the marketplace.
@Suite struct `The account tree's filter for what callers give` {
    @Test func `a whole e-mail address finds the customer under its folded reseller`() async throws {
        let stage = await Stage()
        let witness = stage.witness()
        let customer = try await witness.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        let email = try #require(customer.contacts.first?.email)
        await stage.press("2/\(email)")
        #expect(stage.effects.contains(.watch(.accounts(.customersWithEmail(email)), whenSettled: true)))
        #expect(stage.screen.contains(customer.name))
    }

    @Test func `the beginning of an address is not asked for`() async {
        let stage = await Stage()
        await stage.press("2/jane@wren")
        let asked = stage.effects.contains { effect in
            if case .client(.watch(.accounts(.customersWithEmail), _)) = effect { true } else { false }
        }
        #expect(!asked)
    }

    @Test func `an external id finds the customer, though its row does not show it`() async throws {
        let stage = await Stage()
        let neighbour = try await stage.witness().accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        var found = Account(id: "77", kind: .customer, name: "Somebody", status: .active)
        found.vendorAccount = neighbour.vendorAccount
        await stage.press("2/K4711")
        await stage.send(
            .accounts(
                .customersWithExternalID("K4711"),
                Snapshot(value: Listing(rows: [found], total: 1, isComplete: true), readAt: Stage.start)))
        #expect(stage.screen.contains("Somebody"))
        await stage.press("<BS>")
        #expect(!stage.screen.contains("Somebody"), "what was found belongs to other words now")
    }
}
