import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Customers of folded resellers are not listed: what a caller gives is asked of the marketplace.
@Suite(.onComputingThreads) struct `The account tree's filter for what callers give` {
    @Test func `a whole e-mail address finds the customer under its folded reseller`() async throws {
        let stage = await Stage()
        let witness = stage.witness()
        let customer = try await witness.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        let email = try #require(customer.contacts.first?.email)
        await stage.press("2/\(email)")
        #expect(stage.effects.contains(.watch(.accounts(.customersWithEmail(email)), whenSettled: true)))
        #expect(stage.screen.contains(customer.name))
    }

    @Test(arguments: ["jorg", "joerg", "JØRG", "jo\u{308}rgensen", "son jørgensen", "soen", "1000412"])
    func `customers of folded resellers are found by every spelling from the first filter on`(text: String) async {
        let stage = await Stage()
        await stage.press("2/\(text)")
        #expect(stage.effects.contains(.watch(.accounts(.customers), whenSettled: false)))
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.accounts.selected?.name.hasPrefix("Jørgensen") == true || text == "soen")
    }

    @Test func `without the filter the cursor is on the reseller of the customer that it found`() async {
        let stage = await Stage()
        await stage.press("2/brightwater<Enter>")
        #expect(stage.dashboard.accounts.selected?.name == "Brightwater™ Dental")
        await stage.press("<Esc>")
        #expect(stage.dashboard.accounts.selected?.name == "Sierra Peak Cloud")
    }

    @Test func `customers of folded resellers are found by their status`() async {
        let stage = await Stage(columns: 120, rows: 60)
        await stage.press("2/status:credit")
        #expect(stage.screen.contains("Brightwater™ Dental"))
        #expect(stage.dashboard.accounts.selected?.status == .creditHold)
    }

    @Test func `names are read when a filter is begun, and not before`() async {
        let stage = await Stage()
        await stage.press("2j<Right>j")
        #expect(!stage.effects.contains(.watch(.accounts(.customers), whenSettled: false)))
        await stage.press("/")
        #expect(stage.effects.contains(.watch(.accounts(.customers), whenSettled: false)))
    }

    @Test func `nothing is said to match only when all names were read`() {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        func answer(_ query: AccountQuery, _ names: [String], isComplete: Bool) {
            let kind: Account.Kind = query == .resellers ? .reseller : .customer
            let rows = names.map { Account(id: .init($0), kind: kind, name: $0, status: .active) }
            let listing = Listing(rows: rows, total: 3, isComplete: isComplete)
            _ = dashboard.update(.accounts(query, Snapshot(value: listing, readAt: Stage.start)))
        }
        for key in Stage.keys("2/zz") { _ = dashboard.update(.key(key)) }
        answer(.resellers, ["Nordwind"], isComplete: true)
        #expect(dashboard.draw().text.contains("Nothing read so far matches “zz”; names are being read."))
        answer(.customers, ["One", "Two"], isComplete: false)
        #expect(dashboard.draw().text.contains("names of 2 of 3 customers read."))
        answer(.customers, ["One", "Two", "Three"], isComplete: true)
        #expect(dashboard.draw().text.contains("No account matches “zz”."))
        #expect(dashboard.draw().text.contains("Esc shows all 4."))
        for key in Stage.keys("<BS><BS>thr") { _ = dashboard.update(.key(key)) }
        // The rows did not say whose customer it is.
        #expect(dashboard.accounts.selected?.name == "Three")
        #expect(dashboard.draw().text.contains("1 match of 4"))
    }

    @Test func `the cursor goes to the first account that a filter finds, and stays where it is moved`() async {
        let stage = await Stage()
        await stage.press("2/nordwind")
        #expect(stage.dashboard.accounts.selected?.name == "Nordwind Handel GmbH")
        await stage.press("<Enter><Up>")
        #expect(stage.dashboard.accounts.selected == nil)
        await stage.press("r")
        #expect(stage.dashboard.accounts.selected == nil)
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
