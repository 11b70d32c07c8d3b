import Testing

@testable import Marketplace

@Suite struct `The charges that were read` {
    private func row(_ id: Subscription.ID, modified: String? = nil) -> Subscription {
        Subscription(id: id, name: "A", customer: "9", status: .active, modified: modified.flatMap { CalendarDate($0) })
    }

    private func detail(_ id: Subscription.ID, modified: String? = nil) -> SubscriptionDetail {
        SubscriptionDetail(subscription: row(id, modified: modified))
    }

    @Test(arguments: [
        ("2026-11-20", "2026-11-20", true), ("2026-11-20", "2026-11-19", true), ("2026-11-20", "2026-11-21", false),
        (nil, "2026-11-21", true), ("2026-11-20", nil, true), (nil, nil, true),
    ]) func `are none once the list says a later day of change`(read: String?, listed: String?, isKept: Bool) {
        var charges = ReadCharges()
        charges.take(detail("1", modified: read))
        #expect((charges[row("1", modified: listed)] != nil) == isKept)
    }

    @Test func `are forgotten when a write may have changed them`() {
        var charges = ReadCharges()
        for id in ["1", "2", "3"] as [Subscription.ID] { charges.take(detail(id)) }
        let version = charges.version
        charges.drop("2")
        #expect(charges[row("1")] != nil && charges[row("2")] == nil && charges.count == 2)
        #expect(charges.version != version)
        charges.drop(nil)
        #expect(charges.count == 0)
    }
}
