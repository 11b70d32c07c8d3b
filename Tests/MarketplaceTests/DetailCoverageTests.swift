import Marketplace
import Testing

@Suite struct `How many details were read` {
    private static func row(_ id: Subscription.ID) -> Subscription {
        Subscription(id: id, name: "Aurora", customer: "7", status: .active)
    }

    private static func coverage(_ read: [Subscription.ID], of list: Listing<Subscription>?) -> DetailCoverage {
        CachedLists(
            details: read.map { SubscriptionDetail(subscription: row($0)) }, everySubscription: list
        ).detailCoverage
    }

    @Test func `without a list nobody knows how many there are`() {
        let coverage = Self.coverage(["1"], of: nil)
        #expect(coverage == DetailCoverage(read: 1))
        #expect(!coverage.isComplete)
    }

    @Test func `details of other subscriptions do not make a list complete`() {
        let list = Listing(rows: [Self.row("1"), Self.row("2")], total: 2, isComplete: true)
        #expect(Self.coverage(["1", "8", "9"], of: list) == DetailCoverage(read: 1, total: 2))
        #expect(!Self.coverage(["1", "8", "9"], of: list).isComplete)
        #expect(Self.coverage(["2", "1", "9"], of: list).isComplete)
    }

    @Test func `a list that is still read is never complete`() {
        let part = Listing(rows: [Self.row("1")], total: 2)
        #expect(Self.coverage(["1"], of: part) == DetailCoverage(read: 1, total: 2))
        #expect(!Self.coverage(["1", "2", "3"], of: part).isComplete)
    }

    @Test func `a row that cannot be read may hold anything`() {
        let list = Listing(
            rows: [Self.row("1")], total: 2, isComplete: true, problems: [RowProblem(index: 1, reason: "no id")])
        #expect(!Self.coverage(["1"], of: list).isComplete)
    }

    @Test func `where there are no subscriptions nothing is left to read`() {
        #expect(Self.coverage([], of: Listing(isComplete: true)).isComplete)
    }
}
