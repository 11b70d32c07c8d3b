import Marketplace
import Testing

@Suite struct `The credit check of an order` {
    private static func order(_ status: OrderStatus, checks: Bool?) -> Order {
        Order(id: "42", number: "CH42", kind: .change, customer: "7", status: status, checksCredit: checks)
    }

    private static func run(_ wanted: Bool, _ order: Order) -> DryRun {
        // As it was read before the review: nothing of it counts.
        let intent = WriteIntent.creditCheck(wanted, of: Self.order(.processing, checks: !wanted))
        return DryRun(intent, at: Instant(millisecondsSince1970: 0), WriteFacts(order: order))
    }

    @Test(
        arguments: [
            (.submitted, true, false, nil), (.processing, true, false, nil), (.error, false, true, nil),
            (.processing, nil, false, nil),
            (.processing, false, false, "The credit check of order CH42 is off already"),
            (.submitted, true, true, "The credit check of order CH42 is on already"),
            (.completed, true, false, "Order CH42 is completed: no credit is checked for it any more"),
            (.cancelled, true, false, "Order CH42 is cancelled: no credit is checked for it any more"),
        ] as [(OrderStatus, Bool?, Bool, String?)])
    func `can be switched while the order has not ended, by fresh answers`(
        status: OrderStatus, now: Bool?, wanted: Bool, refusal: String?
    ) {
        let run = Self.run(wanted, Self.order(status, checks: now))
        #expect(run.refusal == refusal)
        let before = now.map { $0 ? "on" : "off" } ?? "not reported"
        #expect(run.intent.changes(since: run) == ["credit check \(before) → \(wanted ? "on" : "off")"])
    }

    @Test func `that changed since the review is not switched unseen`() {
        let agreed = Self.run(false, Self.order(.processing, checks: true))
        let now = Self.run(false, Self.order(.processing, checks: nil))
        #expect(now.differences(since: agreed) == ["The credit check of the order is not reported now; you saw on."])
        #expect(agreed.differences(since: agreed).isEmpty)
    }

    @Test(
        arguments: [
            (.processing, true, "on: credit is checked while it is processed"),
            (.submitted, false, "off: it is processed without a check"), (.completed, true, "on"),
            (.cancelled, false, "off"), (.processing, nil, nil),
        ] as [(OrderStatus, Bool?, String?)])
    func `is said in words, and not where it is not reported`(status: OrderStatus, checks: Bool?, words: String?) {
        #expect(Self.order(status, checks: checks).creditCheckWords == words)
    }
}
