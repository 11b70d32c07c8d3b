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

    @Test(
        arguments: [
            // Read, changed by the detail, changed by the list, today.
            ("2026-11-20", "2026-11-10", "2026-11-10", "2026-11-25", false),
            ("2026-11-20", "2026-11-10", "2026-11-21", "2026-11-21", true),
            // Read on the day of the change: another one of that day is in no list, so that it is read when the day is over.
            ("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-20", false),
            ("2026-11-20", "2026-11-20", "2026-11-20", "2026-11-21", true),
            ("2026-11-21", "2026-11-20", "2026-11-20", "2026-11-22", false),
            // The marketplace's day begins earlier.
            ("2026-11-20", "2026-11-21", "2026-11-21", "2026-11-21", false),
            ("2026-11-20", "2026-11-21", "2026-11-21", "2026-11-22", true),
            ("2026-11-20", nil, "2026-11-20", "2026-11-21", false),
            (nil, "2026-11-20", "2026-11-20", "2026-11-25", false),
        ] as [(String?, String?, String, String, Bool)]) func `are lacking where they may have moved`(
            read: String?, changed: String?, listed: String, today: String, isLacking: Bool
        ) throws
    {
        var charges = ReadCharges()
        charges.take(detail("1", modified: changed), on: read.flatMap { CalendarDate($0) })
        let day = try #require(CalendarDate(today))
        #expect(charges.lacks("1", modified: CalendarDate(listed), today: day) == isLacking)
        #expect(charges.lacks("2", modified: nil, today: day))
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
