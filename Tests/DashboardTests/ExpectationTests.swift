import Marketplace
import Testing

@testable import Dashboard

/// An order that completed is not believed before the subscription was read again.
@Suite struct `What an order should have made of a subscription` {
    private static let product = SubscriptionProduct(mpn: "AUR-1", vendor: "aurora", name: "Aurora", quantity: 25)

    private static var model: Model {
        var model = Model(
            profile: ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false))
        model.now = Stage.start
        return model
    }

    private static func change(waitsForRenewal: Bool = false) -> WriteIntent {
        var change = ChangeOrder(
            customer: "1", subscription: "7", lines: [.init(product: product, quantity: TotalQuantity(total: 28))],
            poNumber: "P")
        change.waitsForRenewal = waitsForRenewal
        return .place(.change(change))
    }

    private static func order(_ status: OrderStatus) -> Order {
        Order(id: "5", number: "CH5", kind: .change, customer: "1", status: status)
    }

    private static func read(_ quantity: Int?, after seconds: Double = 1, failure: MarketplaceError? = nil) -> Event {
        var product = product
        product.quantity = quantity
        let detail = SubscriptionDetail(
            subscription: Subscription(id: "7", name: "Aurora", customer: "1", status: .active), products: [product])
        return .subscription(
            "7",
            Snapshot(
                value: failure == nil ? detail : nil, readAt: Stage.start.adding(seconds: seconds), failure: failure))
    }

    private static func words(_ reactions: [Reaction]) -> [String] {
        reactions.compactMap { if case .say(let notice) = $0 { notice.text } else { nil } }
    }

    @Test func `while its order is open nothing is read, and at its end everything`() {
        var expectations = Expectations()
        #expect(expectations.expect(Self.order(.processing), of: Self.change(), Self.model).isEmpty)
        #expect(expectations.requests.isEmpty)
        let reactions = expectations.receive(.order("5", Snapshot(value: Self.order(.completed))), Self.model)
        #expect(reactions == [.effect(.refresh(.subscription("7")))])
        #expect(expectations.requests == [.subscription("7")])
    }

    @Test(arguments: [
        (28, "Order CH5 completed: subscription 7 holds 28 units now."),
        (53, "Order CH5 completed, but subscription 7 shows 53 units, not 28."),
        (nil, "Order CH5 completed, but subscription 7 shows no number of units, not 28."),
    ])
    func `the units are compared with what was asked for`(told: Int?, words: String) {
        var expectations = Expectations()
        _ = expectations.expect(Self.order(.completed), of: Self.change(), Self.model)
        let said = Self.words(expectations.receive(Self.read(told), Self.model))
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix(words) == true)
        #expect(expectations.requests.isEmpty)
    }

    @Test func `what was read before the order ended tells nothing`() {
        var expectations = Expectations()
        _ = expectations.expect(Self.order(.completed), of: Self.change(), Self.model)
        #expect(expectations.receive(Self.read(25, after: -1), Self.model).isEmpty)
        #expect(expectations.requests == [.subscription("7")])
    }

    @Test func `a subscription that cannot be read is told, not taken for changed`() {
        var expectations = Expectations()
        _ = expectations.expect(Self.order(.completed), of: Self.change(), Self.model)
        let said = Self.words(
            expectations.receive(Self.read(nil, failure: .timedOut(seconds: 60)), Self.model))
        #expect(said.first?.hasPrefix("Order CH5 completed, but subscription 7 could not be read to see it:") == true)
    }

    @Test func `an order that failed, or waits for the renewal, makes nothing to compare`() {
        var expectations = Expectations()
        _ = expectations.expect(Self.order(.error), of: Self.change(), Self.model)
        _ = expectations.expect(Self.order(.completed), of: Self.change(waitsForRenewal: true), Self.model)
        #expect(expectations.entries.isEmpty)
    }
}
