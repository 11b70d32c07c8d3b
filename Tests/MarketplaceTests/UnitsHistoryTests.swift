import FoundationEssentials
import Marketplace
import Testing

/// Orders as REFERENCE 10.2 says them: a change states its difference, one that waited for the renewal its new total.
@Suite struct `The units of a subscription over its term` {
    private static let today = CalendarDate("2026-11-26")

    private static func detail(units: Int?, ends: String? = "2026-12-08", created: String = "2025-12-08")
        -> SubscriptionDetail
    {
        let row = Subscription(
            id: "917", name: "Aurora", customer: "412", status: .active, created: CalendarDate(created),
            expires: ends.flatMap { CalendarDate($0) }, subscriptionPeriod: Period(1, .year))
        return SubscriptionDetail(
            subscription: row,
            products: [SubscriptionProduct(mpn: "A", vendor: "aurora", name: "Aurora", quantity: units)])
    }

    private static func order(
        _ number: String, _ kind: Order.Kind, _ quantity: Decimal?, on day: String, _ status: OrderStatus = .completed,
        atRenewal: Bool = false
    ) -> Order {
        var line = OrderLine(mpn: "A")
        line.quantity = quantity
        return Order(
            id: .init(number), number: number, kind: kind, customer: "412", status: status,
            created: Instant("\(day)T09:00:00Z"), subscription: "917", lines: [line],
            scheduledOn: atRenewal ? "renewal" : nil)
    }

    private func history(_ detail: SubscriptionDetail, _ orders: [Order]) throws -> UnitsHistory? {
        UnitsHistory(of: detail, orders: orders, today: try #require(Self.today), day: \.utcDate)
    }

    private func steps(_ history: UnitsHistory?) -> [String] {
        history?.steps.map { "\($0.units) \($0.day)" } ?? []
    }

    @Test func `they are counted back from those held today to the order that bought them`() throws {
        let history = try history(
            Self.detail(units: 28),
            [
                Self.order("CH3", .change, 3, on: "2026-11-26"), Self.order("CH2", .change, 5, on: "2026-06-19"),
                Self.order("SO1", .sales, 20, on: "2025-12-08"),
            ])
        #expect(steps(history) == ["20 2025-12-08", "25 2026-06-19", "28 2026-11-26"])
        #expect(history?.isWhole == true)
        #expect(history?.daysGone == 353)
        #expect(history?.daysInAll == 365)
    }

    @Test func `orders that failed, were withdrawn or have not ended moved nothing`() throws {
        let history = try history(
            Self.detail(units: 20),
            [
                Self.order("CH4", .change, 3, on: "2026-11-01", .error),
                Self.order("CH3", .change, 9, on: "2026-10-01", .cancelled),
                Self.order("CH2", .change, 40, on: "2026-09-01", .processing, atRenewal: true),
                Self.order("SO1", .sales, 20, on: "2025-12-08"),
            ])
        #expect(steps(history) == ["20 2025-12-08"])
        #expect(history?.isWhole == true)
    }

    @Test func `a switch of the plan keeps the units`() throws {
        var moved = Self.order("CH3", .change, 25, on: "2026-10-01")
        moved.plan = "10002"
        let history = try history(
            Self.detail(units: 25),
            [
                moved, Self.order("CH2", .change, 5, on: "2026-06-19"),
                Self.order("SO1", .sales, 20, on: "2025-12-08"),
            ])
        #expect(steps(history) == ["20 2025-12-08", "25 2026-06-19"])
        #expect(history?.isWhole == true)
    }

    @Test func `two changes on one day are one step`() throws {
        let history = try history(
            Self.detail(units: 6),
            [
                Self.order("CH3", .change, -4, on: "2026-06-19"), Self.order("CH2", .change, 5, on: "2026-06-19"),
                Self.order("SO1", .sales, 5, on: "2025-12-08"),
            ])
        #expect(steps(history) == ["5 2025-12-08", "6 2026-06-19"])
    }

    @Test func `a term after the first begins with what was held then`() throws {
        let history = try history(
            Self.detail(units: 25, created: "2020-12-08"),
            [Self.order("CH2", .change, 5, on: "2026-06-19"), Self.order("CH1", .change, 7, on: "2024-06-19")])
        #expect(steps(history) == ["20 2025-12-08", "25 2026-06-19"])
        #expect(history?.isWhole == true)
    }

    @Test(arguments: [
        // The panel changed it, and no order tells it.
        [order("CH2", .change, 5, on: "2026-06-19"), order("SO1", .sales, 10, on: "2025-12-08")],
        // A change that states nothing, and one that would leave less than none.
        [order("CH3", .change, 5, on: "2026-06-19"), order("CH2", .change, nil, on: "2026-05-01")],
        [order("CH3", .change, 5, on: "2026-06-19"), order("CH2", .change, 21, on: "2026-05-01")],
        [order("CH3", .change, 5, on: "2026-06-19"), order("CH2", .change, 0.5, on: "2026-05-01")],
        // What it was before it became this total at the renewal is not stated.
        [order("CH3", .change, 5, on: "2026-06-19"), order("CH2", .change, 20, on: "2026-05-01", atRenewal: true)],
    ])
    func `where an order does not fit, what was before is not claimed`(orders: [Order]) throws {
        let history = try history(Self.detail(units: 25, created: "2024-01-01"), orders)
        #expect(history?.steps.last == UnitsHistory.Step(day: try #require(CalendarDate("2026-06-19")), units: 25))
        #expect(history?.steps.count == 1)
        #expect(history?.isWhole == false)
    }

    @Test func `there is none without a number of units, an end or a term`() throws {
        #expect(try history(Self.detail(units: nil), []) == nil)
        #expect(try history(Self.detail(units: 5, ends: nil), []) == nil)
        #expect(try history(Self.detail(units: 5, ends: "9999-12-31"), []) == nil)
        #expect(try history(Self.detail(units: 5, ends: "2025-12-08"), []) == nil)
    }
}
