import Marketplace
import Testing

@testable import MarketplaceClient

/// An order that completed is not believed before the subscription was read again, and compared part by part.
@Suite struct `What an order should have made of a subscription` {
    private static let product = SubscriptionProduct(
        product: "p1", mpn: "AUR-1", vendor: "aurora", name: "Aurora", quantity: 25)

    private static func draft(total: Int = 28, of product: SubscriptionProduct = product) -> ChangeOrder {
        ChangeOrder(
            customer: "1", subscription: "7", lines: [.init(product: product, quantity: TotalQuantity(total: total))],
            poNumber: "P")
    }

    private static func asked(_ draft: OrderDraft) -> AskedOrder { AskedOrder(draft.json) }

    private static let end = SubscriptionOrder(customer: "1", subscription: "7", poNumber: "P")
    private static let planSwitch = PlanSwitchOrder(
        customer: "1", subscription: "7", plan: "4", period: Period(1, .year), poNumber: "P")

    private static let order = Order(id: "5", number: "CH5", kind: .change, customer: "1", status: .completed)

    private static func detail(
        _ products: [SubscriptionProduct] = [product], _ status: SubscriptionStatus = .active, expires: String? = nil,
        plan: Plan.ID? = nil, term: Period? = nil
    ) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(
                id: "7", name: "Aurora", customer: "1", status: status, expires: expires.flatMap { CalendarDate($0) },
                subscriptionPeriod: term), products: products, plan: plan)
    }

    private static func held(_ quantity: Int?, mpn: String = "AUR-1", vendor: String = "aurora", id: Product.ID? = nil)
        -> SubscriptionProduct
    {
        SubscriptionProduct(product: id, mpn: mpn, vendor: vendor, name: "Aurora", quantity: quantity)
    }

    private func verdict(
        _ draft: OrderDraft, _ detail: SubscriptionDetail, order: Order = Self.order, endedOn: String? = nil
    ) -> Verification {
        Self.asked(draft).verification(of: order, by: detail, endedOn: endedOn.flatMap { CalendarDate($0) })
    }

    @Test(arguments: [
        ([held(28)], true), ([held(53)], false), ([held(nil)], false), ([], false),
        // An MPN alone is not unique: the id decides, then the vendor.
        ([held(5, vendor: "xylo"), held(28)], true), ([held(28, vendor: "xylo"), held(25)], false),
        ([held(28, vendor: "xylo")], false), ([held(5, id: "p2"), held(28, mpn: "OTHER", id: "p1")], true),
        ([held(28, vendor: "")], true),
    ])
    func `is as many units as were asked for`(products: [SubscriptionProduct], isMet: Bool) {
        let found = verdict(.change(Self.draft()), Self.detail(products))
        #expect(found.verdict == (isMet ? .met : .differs))
        #expect(found.order == "CH5" && found.subscription == "7")
    }

    @Test(arguments: [
        ("", "", true), ("startDate", "2026-03-01", true), ("startDate", "2026-03-02", false),
        ("migrationDate", "2026-12-02", false), ("expirationDate", "2027-03-01", true),
        ("expirationDate", "2028-03-01", false), ("lastBillingDate", "1999-01-01", true), ("startDate", "soon", true),
    ]) func `is another migration where a date that it says differs`(name: String, value: String, isSame: Bool) {
        let day = { CalendarDate($0)! }
        let draft = MigrationOrder(
            customer: "1",
            lines: [
                SalesOrder.Line(product: Product(id: "p1", mpn: "AUR-1", vendor: "aurora", name: "x"), quantity: 3)
            ],
            starts: day("2026-03-01"), migrates: day("2026-12-01"), expires: day("2027-03-01"), autoRenews: true,
            poNumber: "P")
        var found = Order(
            id: "5", number: "SO5", kind: .migration, customer: "1", status: .completed, poNumber: "P",
            lines: [OrderLine(product: "p1", mpn: "AUR-1", vendor: "aurora", quantity: 3)])
        if !name.isEmpty { found.others = [Parameter(name: name, value: value)] }
        #expect(Self.asked(.migration(draft)).matches(found) == isSame)
    }

    @Test func `is compared line by line`() {
        var change = Self.draft()
        change.lines.append(.init(product: Self.held(9, mpn: "AUR-2"), quantity: TotalQuantity(total: 10)))
        let found = verdict(.change(change), Self.detail([Self.held(28), Self.held(9, mpn: "AUR-2")]))
        #expect(found.parts.map(\.isMet) == [true, false])
        #expect(found.words.hasPrefix("Order CH5 completed, but subscription 7 holds 9 units of AUR-2, not the 10"))
    }

    @Test(arguments: [
        ("4" as Plan.ID?, Period(1, .year) as Period?, true), ("3", Period(1, .year), false),
        ("4", Period(1, .month), false), (nil, Period(1, .year), false), ("4", nil, false),
    ])
    func `is the plan and the term that were asked for`(plan: Plan.ID?, term: Period?, isMet: Bool) {
        let found = verdict(.planSwitch(Self.planSwitch), Self.detail(plan: plan, term: term))
        #expect(found.verdict == (isMet ? .met : .differs))
    }

    @Test(arguments: [(SubscriptionStatus.terminated, true), (.removed, true), (.active, false), (.hold, false)])
    func `is its end`(status: SubscriptionStatus, isMet: Bool) {
        #expect(
            verdict(.cancellation(Self.end), Self.detail(Self.detail().products, status)).verdict
                == (isMet ? .met : .differs))
    }

    @Test(arguments: [
        ("2026-12-01" as String?, "2027-12-01" as String?, Verification.Verdict.met),
        ("2026-12-01", "2026-12-01", .differs),
        ("2026-12-01", nil, .differs), (nil, "2026-12-01", .met),
    ])
    func `is a later end`(before: String?, after: String?, expected: Verification.Verdict) {
        #expect(verdict(.renewal(Self.end), Self.detail(expires: after), endedOn: before).verdict == expected)
    }

    @Test func `is no renewal of what has ended`() {
        #expect(verdict(.renewal(Self.end), Self.detail([], .terminated)).verdict == .differs)
    }

    @Test(arguments: [("2026-12-31", true), ("2026-12-01", false)])
    func `is the end date that the order named`(expires: String, isMet: Bool) {
        var change = Self.draft()
        change.alignment = .endOfMonth
        var order = Self.order
        order.alignedEnd = CalendarDate("2026-12-31")
        let detail = Self.detail([Self.held(28)], expires: expires)
        #expect(verdict(.change(change), detail, order: order).verdict == (isMet ? .met : .differs))
    }

    @Test func `is nothing to compare while it waits for the renewal, nor of what makes something new`() {
        #expect(Self.asked(.change(Self.draft())).isVerifiable)
        #expect(Self.asked(.planSwitch(Self.planSwitch)).isVerifiable)
        #expect(Self.asked(.renewal(Self.end)).isVerifiable && Self.asked(.cancellation(Self.end)).isVerifiable)
        var change = Self.draft()
        change.waitsForRenewal = true
        #expect(!Self.asked(.change(change)).isVerifiable)
        #expect(!Self.asked(.sales(.sample)).isVerifiable)
    }

    // MARK: Answers

    private func answer(_ quantity: Int, vendor: String? = nil, scheduledOn: String? = nil) -> Order {
        var order = Self.order
        order.status = .submitted
        order.scheduledOn = scheduledOn
        order.lines = [OrderLine(mpn: "AUR-1", vendor: vendor, quantity: .init(quantity))]
        return order
    }

    @Test func `is compared with the answer at once`() {
        let change = Self.draft()
        let held = Self.detail()
        #expect(change.verification(byAnswer: answer(3), held: held) == nil)
        #expect(change.verification(byAnswer: answer(28), held: held)?.parts.first?.kind == .answeredDifference)
        #expect(change.verification(byAnswer: answer(28, vendor: "xylo"), held: held) == nil, "another vendor's")
        #expect(change.verification(byAnswer: answer(28), held: nil) == nil, "nobody knows how many there were")
        #expect(change.verification(byAnswer: answer(28, scheduledOn: "renewal"), held: held) == nil)
        let found = change.verification(byAnswer: answer(3, scheduledOn: "renewal"), held: held)
        #expect(found?.parts.first?.kind == .answeredTotal)
    }

    @Test(arguments: [(true as Bool?, true), (false, false), (nil, false)])
    func `is compared where automatic renewal was switched`(found: Bool?, isMet: Bool) {
        var detail = Self.detail()
        detail.subscription.autoRenews = found
        #expect((SubscriptionChanges(autoRenews: true).verification(by: detail) == nil) == isMet)
        #expect(SubscriptionChanges(attributes: ["a": "1"]).verification(by: detail) == nil)
    }
}
