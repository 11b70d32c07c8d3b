import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// A row that is opened before anything of it was read, as from a search by its id.
@Suite(.onComputingThreads) struct `Keys for a row that is being read` {
    private static let detail = SubscriptionDetail(
        subscription: Subscription(id: "1000917", name: "Aurora", customer: "1000412", status: .active),
        products: [SubscriptionProduct(mpn: "A", vendor: "aurora", name: "Aurora", quantity: 25)])

    private func dashboard(_ keys: String) -> Dashboard {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        _ = dashboard.run([.open(.subscription("1000917"))])
        for key in Stage.keys(keys) { _ = dashboard.update(.key(key)) }
        return dashboard
    }

    @Test func `wait with all that come after them, and act when it is there`() {
        var dashboard = dashboard("c31")
        #expect(dashboard.view == .subscriptions && dashboard.flow == nil)
        #expect(dashboard.draw().text.contains("1 waits for the row to be read."))
        _ = dashboard.update(.subscription("1000917", Snapshot(value: Self.detail, readAt: Stage.start)))
        #expect(dashboard.view == .subscriptions)
        #expect(dashboard.flow?.form.fields["units"] == "31")
    }

    @Test func `go nowhere when it cannot be read`() {
        var dashboard = dashboard("c31")
        let failure = MarketplaceError.unreachable(host: "api.example.com", reason: "connection refused")
        _ = dashboard.update(.subscription("1000917", Snapshot(failure: failure)))
        #expect(dashboard.view == .subscriptions && dashboard.flow == nil)
        #expect(dashboard.draw().text.contains("No subscription selected."))
    }

    @Test func `go into the first box of a form that was opened before its subscription was read`() {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start)
        let listing = Listing(rows: [Self.detail.subscription], total: 1)
        for key in Stage.keys("3") { _ = dashboard.update(.key(key)) }
        _ = dashboard.update(.subscriptions(SubscriptionQuery(), Snapshot(value: listing, readAt: Stage.start)))
        for key in Stage.keys("c31") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.flow != nil && dashboard.flow?.form.fields["units"] == "")
        #expect(dashboard.draw().text.contains("1 waits for the subscription to be read."))
        _ = dashboard.update(.subscription("1000917", Snapshot(value: Self.detail, readAt: Stage.start)))
        #expect(dashboard.flow?.form.fields["units"] == "31")
        for key in Stage.keys("<BS>") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.flow?.form.fields["units"] == "3", "they are typed once")
    }

    @Test func `are dropped by Esc`() {
        var dashboard = dashboard("c31<Esc>")
        #expect(dashboard.view == .home, "Esc leads back to where the row was opened from")
        _ = dashboard.update(.subscription("1000917", Snapshot(value: Self.detail, readAt: Stage.start)))
        #expect(dashboard.flow == nil && dashboard.view == .home)
    }

    // MARK: In the tree

    private static let customers = ["1000411", "1000412"].map {
        Account(id: .init($0), kind: .customer, name: "Customer \($0)", status: .active, vendorAccount: "1000100")
    }

    private func listing(_ accounts: [Account], isComplete: Bool = true) -> Snapshot<Listing<Account>> {
        Snapshot(value: Listing(rows: accounts, total: accounts.count, isComplete: isComplete), readAt: Stage.start)
    }

    /// The tree with its resellers, on the way to a customer whose row is not there yet.
    private func tree() -> Dashboard {
        var dashboard = dashboard("")
        let resellers = ["1000100", "1000200"].map {
            Account(id: .init($0), kind: .reseller, name: "Reseller \($0)", status: .active)
        }
        _ = dashboard.update(.accounts(.resellers, listing(resellers)))
        _ = dashboard.update(.accounts(.customers, listing(Self.customers)))
        _ = dashboard.run([.open(.tree("1000412"))])
        return dashboard
    }

    @Test func `wait for an account that is shown in the tree, too`() {
        var dashboard = tree()
        for key in Stage.keys("k<Enter>") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.view == .accounts)
        #expect(dashboard.draw().text.contains("Enter waits for the account's row."))
        _ = dashboard.update(.accounts(.customersOf("1000100"), listing(Self.customers)))
        #expect(dashboard.view == .subscriptions && dashboard.model.scope == "1000411", "k went up from the account")
    }

    @Test func `go nowhere when the account has no row in the tree`() {
        var dashboard = tree()
        for key in Stage.keys("jE") { _ = dashboard.update(.key(key)) }
        let before = dashboard.accounts.cursor.selected
        _ = dashboard.update(.accounts(.customersOf("1000100"), listing([], isComplete: false)))
        #expect(dashboard.accounts.awaited == "1000412")
        _ = dashboard.update(.accounts(.customersOf("1000100"), listing([])))
        #expect(dashboard.accounts.awaited == nil && dashboard.flow == nil)
        #expect(dashboard.accounts.cursor.selected == before)
        #expect(dashboard.draw().text.contains("Customer 1000412 is not in the tree as it was read."))
    }

    @Test func `take the account along that is not in the tree yet, and Esc drops those that wait`() {
        var dashboard = tree()
        _ = dashboard.update(.key("4"))
        #expect(dashboard.view == .orders && dashboard.model.scope == "1000412")
        dashboard = tree()
        for key in Stage.keys("j<Esc>") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.view == .subscriptions)
        _ = dashboard.update(.accounts(.customersOf("1000100"), listing(Self.customers)))
        #expect(dashboard.view == .subscriptions)
    }

    @Test func `do so for an order too`() {
        var dashboard = dashboard("")
        _ = dashboard.run([.open(.order("77"))])
        for key in Stage.keys("x31") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.view == .orders)
        let order = Order(id: "77", number: "SO77", kind: .sales, customer: "1000412", status: .processing)
        _ = dashboard.update(.order("77", Snapshot(value: order, readAt: Stage.start)))
        #expect(dashboard.view == .orders)
        #expect(dashboard.flow?.form.title == "withdraw order")
    }
}
