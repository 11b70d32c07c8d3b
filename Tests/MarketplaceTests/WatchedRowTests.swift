import FoundationEssentials
import Marketplace
import Testing

/// What is found out of the rows that a person watches. The values are made by hand.
@Suite struct `Watched rows` {
    private static let noon = Instant(millisecondsSince1970: 1_795_183_200_000)

    private static func order(_ status: OrderStatus) -> Order {
        Order(id: "7", number: "SO000007", kind: .sales, customer: "1", status: status)
    }

    private static func detail(
        _ status: SubscriptionStatus = .active, units: Int? = 25, price: Decimal? = 515, autoRenews: Bool? = true,
        renews: String = "2026-12-06", ends: String = "2026-12-08"
    ) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(
                id: "9", name: "Mail", customer: "1", status: status, autoRenews: autoRenews,
                renews: CalendarDate(renews), expires: CalendarDate(ends), billingPeriod: Period(1, .month)),
            products: [SubscriptionProduct(mpn: "M", vendor: "v", name: "Mail", quantity: units)],
            totalPrice: price.map { Money($0, "EUR") })
    }

    private static func list(_ row: WatchedRow) -> WatchList {
        var list = WatchList()
        list.apply(.add(row))
        return list
    }

    @Test(arguments: [
        (OrderStatus.processing, OrderStatus.completed, "completed"), (.submitted, .processing, "processing"),
        (.processing, .error, "failed"), (.submitted, .cancelled, "withdrawn"), (.submitted, .other("NEW"), "NEW"),
    ])
    func `an order that goes on is a change, and an equal answer is none`(
        before: OrderStatus, after: OrderStatus, words: String
    ) throws {
        let list = Self.list(WatchedRow(Self.order(before)))
        #expect(list.news(of: Self.order(before), at: Self.noon) == nil)
        let news = try #require(list.news(of: Self.order(after), at: Self.noon))
        #expect(news.isNew)
        #expect(news.row.changeWords == words)
        #expect(news.row.changedAt == Self.noon)
        #expect(news.row.isEnded == after.isFinal)
    }

    static let changes: [(detail: SubscriptionDetail, words: String)] = [
        (detail(units: 28), "units 25 > 28"), (detail(autoRenews: false), "auto-renew on > off"),
        (detail(price: 576.8), "rate 515.00 EUR/mo > 576.80 EUR/mo"), (detail(.hold), "hold"),
        (detail(.terminated, units: 0), "terminated, units 25 > 0"),
        (detail(ends: "2027-12-08"), "term ends 08 Dec 2026 > 08 Dec 2027"),
        (detail(renews: "9999-12-31"), "renews 06 Dec 2026 > none"),
    ]

    @Test(arguments: changes.indices)
    func `a subscription says which of its facts changed`(place: Int) throws {
        let before = Self.detail()
        let list = Self.list(WatchedRow(before.subscription, before))
        let news = try #require(list.news(of: Self.changes[place].detail, at: Self.noon))
        #expect(news.row.changeWords == Self.changes[place].words)
    }

    @Test func `facts that were not read before, or are no longer reported, are no change`() {
        let row = Self.detail().subscription
        let list = Self.list(WatchedRow(row, nil))
        #expect(list.news(of: Self.detail(), at: Self.noon)?.isNew == false)
        let whole = Self.list(WatchedRow(row, Self.detail()))
        let less = Self.detail(units: nil, price: nil, autoRenews: nil)
        #expect(whole.news(of: less, at: Self.noon) == nil)
    }

    @Test func `what came back to what it was is no change any more`() throws {
        var list = Self.list(WatchedRow(Self.detail().subscription, Self.detail()))
        list.apply(.replace(try #require(list.news(of: Self.detail(units: 28), at: Self.noon)).row))
        #expect(list.changed.count == 1)
        let back = try #require(list.news(of: Self.detail(), at: Self.noon.adding(seconds: 60)))
        #expect(!back.isNew)
        #expect(back.row.changedAt == nil)
        #expect(!back.row.hasChanged)
    }

    @Test func `what was seen is a change no longer, and the next one is`() throws {
        var list = Self.list(WatchedRow(Self.order(.submitted)))
        list.apply(.replace(try #require(list.news(of: Self.order(.processing), at: Self.noon)).row))
        list.apply(.replace(try #require(list.acknowledged("order", "7"))))
        #expect(list.changed.isEmpty)
        #expect(list.acknowledged("order", "7") == nil)
        #expect(list.news(of: Self.order(.error), at: Self.noon)?.isNew == true)
    }

    @Test(arguments: [
        (detail(), "renews 06 Dec 2026, auto-renew on"),
        (detail(autoRenews: false), "ends 08 Dec 2026, auto-renew off"),
        (detail(renews: "1970-01-01", ends: "9999-12-31"), "active"), (detail(.pending), "pending"),
    ])
    func `a subscription stands by its status and its next date`(detail: SubscriptionDetail, words: String) {
        #expect(WatchedRow(detail.subscription, detail).standing == words)
    }

    @Test func `at most twenty are watched, each once, and what is gone is not put back`() {
        var list = WatchList()
        for number in 0..<30 { list.apply(.add(WatchedRow(customer: .init("\(number % 25)"), name: "A", .active))) }
        #expect(list.rows.count == 20)
        let first = list.rows[0]
        list.apply(.remove(first.id))
        list.apply(.replace(first))
        #expect(list.rows.count == 19)
        #expect(list[first.id] == nil)
    }

    @Test func `a list is read as it was written, without the rows of another version`() throws {
        var list = Self.list(WatchedRow(Self.detail().subscription, Self.detail()))
        list.apply(.add(WatchedRow(customer: "1", name: "Österreicher 作者", .creditHold)))
        list.apply(.replace(try #require(list.news(of: Self.detail(units: 28), at: Self.noon)).row))
        let data = try JSONEncoder().encode(list)
        #expect(try JSONDecoder().decode(WatchList.self, from: data) == list)
        let newer = String(decoding: data, as: UTF8.self).replacing(#""kind":"customer""#, with: #""kind":"invoice""#)
        #expect(try JSONDecoder().decode(WatchList.self, from: Data(newer.utf8)).rows.count == 1)
    }
}

extension WatchList {
    fileprivate func acknowledged(_ kind: String, _ id: String) -> WatchedRow? {
        WatchedRow.Kind(rawValue: kind).flatMap { acknowledged(WatchedRow.ID($0, id)) }
    }
}
