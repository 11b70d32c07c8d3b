import FoundationEssentials
import Marketplace
import Testing

@Suite struct `A product` {
    private func product(_ minimum: Decimal?, _ maximum: Decimal?, prices: [Charge] = []) -> Product {
        Product(
            id: "P1", mpn: "AUR-365-BP", vendor: "Aurora", name: "Business Plan", minimumQuantity: minimum,
            maximumQuantity: maximum, prices: prices)
    }

    @Test(arguments: [
        (0, "Order at least 1 unit."), (-4, "Order at least 1 unit."), (4, "This product is sold from 5 units."),
        (1501, "This product is sold up to 1,500 units."), (5, nil), (1500, nil), (25, nil),
    ])
    func `refuses quantities outside its limits`(_ quantity: Int, _ reason: String?) {
        #expect(product(5, 1500).refusal(ofQuantity: quantity) == reason)
    }

    @Test func `without limits is sold from one unit on`() {
        #expect(product(nil, nil).refusal(ofQuantity: 0) != nil)
        #expect(product(nil, nil).refusal(ofQuantity: 1_000_000) == nil)
        #expect(product(nil, nil).quantityLimits == "from 1")
        #expect(product(0, 300).quantityLimits == "1 to 300")
    }

    @Test func `costs what its lowest tier costs each period`() {
        func charge(_ kind: Charge.Kind, _ amount: Decimal, from: Decimal? = nil) -> Charge {
            Charge(kind: kind, amount: Money(amount, "EUR"), fromQuantity: from)
        }
        let prices = [charge(.setup, 99), charge(.recurring, 8, from: 100), charge(.recurring, 10, from: 1)]
        #expect(product(nil, nil, prices: prices).price == Money(10, "EUR"))
        #expect(product(nil, nil, prices: [charge(.setup, 99)]).price == nil)
    }
}

@Suite struct `An order` {
    private func order(_ status: OrderStatus, _ code: String? = nil, scheduledOn: String? = nil) -> Order {
        Order(
            id: "1", number: "SO000012", kind: .sales, customer: "7", status: status, statusCode: code,
            scheduledOn: scheduledOn)
    }

    @Test(arguments: [
        (OrderStatus.submitted, nil as String?, "waits to be fulfilled"), (.submitted, "NP", "waits for payment"),
        (.submitted, "WP", "waits for payment"), (.submitted, "HL", "held"), (.processing, nil, "Being fulfilled"),
        (.processing, "LO", "can take hours"), (.processing, "AS", "next step"), (.processing, "??", "Being fulfilled"),
        (.completed, "CP", "Done"), (.error, "PF", "failed at the vendor"), (.error, nil, "Failed."),
        (.cancelled, nil, "nothing was changed"), (.other("odd"), nil, "souk does not know"),
    ])
    func `explains its status`(_ status: OrderStatus, _ code: String?, _ words: String) {
        #expect(order(status, code).explanation.contains(words))
    }

    @Test func `that waits for a renewal is nothing to worry about`() {
        #expect(order(.processing, "LO", scheduledOn: "renewal").explanation.contains("nothing is wrong"))
    }

    @Test func `with a status nobody knows may still move`() {
        let statuses: [OrderStatus] = [.completed, .error, .cancelled, .submitted, .processing, .other("odd")]
        #expect(statuses.map(\.isFinal) == [true, true, true, false, false, false])
    }

    @Test func `shows words that it does not know as the marketplace wrote them`() {
        #expect(OrderStatus.other("odd").word == "odd")
        #expect(OrderStatus.other("").word == "not reported")
        #expect(Order.Kind.other("").word == "not reported")
    }
}

@Suite struct `An account` {
    @Test func `has an address without empty lines`() {
        let address = Address(street: "Vej 1", addition: nil, postalCode: "8000", city: "Aarhus", country: "DK")
        #expect(address.lines == ["Vej 1", "8000 Aarhus", "Denmark"])
        #expect(Address(street: "", postalCode: "", city: "", country: "").lines == [])
    }
}

@Suite struct `A subscription` {
    @Test func `of several products has no one quantity`() {
        let subscription = Subscription(id: "1", name: "Plan", customer: "7", status: .active)
        func product(_ quantity: Int?) -> SubscriptionProduct {
            SubscriptionProduct(mpn: "M", vendor: "V", name: "N", quantity: quantity)
        }
        #expect(SubscriptionDetail(subscription: subscription, products: [product(25)]).quantity == 25)
        #expect(SubscriptionDetail(subscription: subscription, products: [product(25), product(1)]).quantity == nil)
        #expect(SubscriptionDetail(subscription: subscription).quantity == nil)
    }
}
