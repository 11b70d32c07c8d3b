import FoundationEssentials
import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `From a row to the tree` {
    @Test(arguments: ["3", "4", "6", "3<Enter>", "4<Enter>"])
    func `t leads to its customer, and Esc back`(keys: String) async throws {
        let stage = await Stage()
        await stage.press(keys)
        let account = try #require(stage.dashboard.pane.namedAccount(stage.dashboard.model))
        let before = stage.dashboard.here
        await stage.press("t")
        #expect(stage.dashboard.view == .accounts)
        #expect(stage.dashboard.accounts.selected?.id == account)
        await stage.press("<Esc>")
        #expect(stage.dashboard.here == before)
    }

    @Test func `t leads to a customer whose reseller was not read yet`() throws {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: false),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .subscriptions)
        let row = Subscription(id: "5", name: "P", customer: "1000412", status: .active)
        _ = dashboard.update(
            .subscriptions(SubscriptionQuery(), Snapshot(value: Listing(rows: [row], total: 1, isComplete: true))))
        var effects = dashboard.update(.key("t"))
        #expect(dashboard.view == .accounts)
        let key = AccountKey(kind: .customer, id: "1000412")
        #expect(effects.contains(.watch(.account(key), whenSettled: false)))
        let customer = Account(
            id: "1000412", kind: .customer, name: "Jørgensen & Søn A/S", status: .active, vendorAccount: "1000100")
        let seller = Account(id: "1000100", kind: .reseller, name: "Nordwind Handel GmbH", status: .active)
        // A lone reseller would be unfolded in any case.
        let other = Account(id: "1000101", kind: .reseller, name: "Sierra Peak Cloud", status: .active)
        _ = dashboard.update(
            .accounts(.resellers, Snapshot(value: Listing(rows: [seller, other], total: 2, isComplete: true))))
        effects = dashboard.update(.account(key, Snapshot(value: customer)))
        #expect(effects.contains(.watch(.accounts(.customersOf("1000100")), whenSettled: false)))
        _ = dashboard.update(
            .accounts(
                .customersOf("1000100"), Snapshot(value: Listing(rows: [customer], total: 1, isComplete: true))))
        #expect(dashboard.accounts.selected?.id == "1000412")
    }

    @Test func `where no customer is named it says so`() async {
        let stage = await Stage()
        await stage.press("1t")
        #expect(stage.screen.contains("No customer is named here."))
        await stage.press("2t")
        #expect(stage.screen.contains("This is the tree."))
    }

    @Test func `a lone reseller is unfolded, and folded again it stays so`() async {
        let stage = await Stage(user: "reseller.api")
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        await stage.press("j<Left>r")
        #expect(!stage.screen.contains("Jørgensen & Søn A/S"))
    }

    @Test func `of several resellers none is unfolded`() async {
        let stage = await Stage()
        #expect(!stage.screen.contains("Jørgensen & Søn A/S"))
    }
}
