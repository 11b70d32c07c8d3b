import Marketplace
import Screen
import Testing

@testable import Dashboard

/// A row that is opened before anything of it was read, as from a search by its id.
@Suite struct `Keys for a row that is being read` {
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

    @Test func `are dropped by Esc`() {
        var dashboard = dashboard("c31<Esc>")
        #expect(dashboard.view == .home, "Esc leads back to where the row was opened from")
        _ = dashboard.update(.subscription("1000917", Snapshot(value: Self.detail, readAt: Stage.start)))
        #expect(dashboard.flow == nil && dashboard.view == .home)
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
