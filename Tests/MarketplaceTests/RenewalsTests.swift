import FoundationEssentials
import Marketplace
import Testing

/// Worked out by hand on Thursday 26 November 2026 unless a test says another day.
@Suite struct `What renews and what ends` {
    private static let today = CalendarDate("2026-11-26")!

    private static func row(
        _ id: Subscription.ID = "1", auto: Bool? = true, renews: String? = nil, ends: String? = nil,
        _ status: SubscriptionStatus = .active
    ) -> Subscription {
        Subscription(
            id: id, name: "Product \(id)", customer: "7", status: status, autoRenews: auto,
            renews: renews.flatMap { CalendarDate($0) }, expires: ends.flatMap { CalendarDate($0) })
    }

    private static func detail(
        _ row: Subscription, _ price: Decimal?, _ currency: String = "EUR", each: Period = Period(1, .month)
    ) -> SubscriptionDetail {
        var row = row
        row.billingPeriod = each
        return SubscriptionDetail(subscription: row, totalPrice: price.map { Money($0, currency) })
    }

    private static func renewals(_ details: [SubscriptionDetail], unread: [Subscription] = []) -> Renewals {
        let read = Dictionary(uniqueKeysWithValues: details.map { ($0.subscription.id, $0) })
        let schedule = RenewalSchedule(details.map(\.subscription) + unread, today: today)
        return Renewals(schedule) { read[$0.id].map { SubscriptionCharges($0) } }
    }

    struct When: Sendable {
        var auto: Bool?
        var renews: String?
        var ends: String?
        var status = SubscriptionStatus.active
        var today = "2026-11-26"
        /// `renews 2026-12-06`; nil for neither.
        var expected: String?
    }

    @Test(arguments: [
        // Auto-renew acts two days before the term ends; switched off, the term's end is what counts.
        When(auto: true, renews: "2026-12-06", ends: "2026-12-08", expected: "renews 2026-12-06"),
        When(auto: false, renews: "2026-12-06", ends: "2026-12-08", expected: "ends 2026-12-08"),
        When(auto: nil, renews: nil, ends: "2026-12-08", expected: "ends 2026-12-08"),
        When(auto: false, renews: "2026-12-06", ends: nil, expected: "ends 2026-12-06"),
        When(auto: true, renews: nil, ends: "2026-12-08", expected: "renews 2026-12-08"),
        // Its renewal date is over, its term is not: the end of the term is when it goes on.
        When(auto: true, renews: "2026-11-25", ends: "2026-11-27", expected: "renews 2026-11-27"),
        When(auto: true, renews: "2026-11-26", ends: "2026-11-28", expected: "renews 2026-11-26"),
        When(auto: true, renews: "2026-11-23", ends: "2026-11-25", expected: nil),
        When(auto: false, renews: nil, ends: "2026-11-25", expected: nil),
        // No dates.
        When(auto: true, renews: "9999-12-31", ends: "9999-12-31", expected: nil),
        When(auto: true, renews: "0001-01-01", ends: "2026-12-08", expected: "renews 2026-12-08"),
        When(auto: false, renews: "2026-12-06", ends: "9999-12-31", expected: "ends 2026-12-06"),
        When(auto: true, renews: "1970-01-01", ends: nil, expected: nil),
        When(auto: true, expected: nil),
        // A leap day.
        When(auto: true, renews: "2028-02-29", ends: "2028-03-02", today: "2028-02-29", expected: "renews 2028-02-29"),
        When(auto: false, ends: "2028-02-29", today: "2028-03-01", expected: nil),
        // What is on hold goes on to its date; what has ended or is not set up does not.
        When(auto: true, renews: "2026-12-06", status: .hold, expected: "renews 2026-12-06"),
        When(auto: true, renews: "2026-12-06", status: .pending, expected: nil),
        When(auto: false, ends: "2026-12-06", status: .terminated, expected: nil),
    ])
    func `each has one day, by the date that counts for it`(when: When) throws {
        let row = Self.row(auto: when.auto, renews: when.renews, ends: when.ends, when.status)
        let day = row.comingDate(from: try #require(CalendarDate(when.today)))
        #expect(day.map { "\(row.turnKind == .renews ? "renews" : "ends") \($0)" } == when.expected)
    }

    @Test(arguments: [
        ("2026-11-26", "2026-11-23"), ("2026-11-23", "2026-11-23"), ("2026-11-29", "2026-11-23"),
        ("2026-11-30", "2026-11-30"), ("2027-01-01", "2026-12-28"), ("2028-02-29", "2028-02-28"),
    ])
    func `weeks begin on Monday`(today: String, monday: String) throws {
        let schedule = RenewalSchedule([], today: try #require(CalendarDate(today)))
        #expect(schedule.firstDay.description == monday)
    }

    @Test func `a Sunday and the Monday after it are of two weeks, and a week has seven days`() {
        let days = ["2026-11-29", "2026-11-30", "2026-12-06", "2026-12-07", "2027-02-14", "2027-02-15"]
        let rows = days.enumerated().map { Self.row(.init("\($0)"), auto: false, ends: $1) }
        let schedule = RenewalSchedule(rows, today: Self.today)
        // 14 February is the last Sunday of the twelve weeks; the day after is within 90 days and in none of them.
        #expect(
            (0..<RenewalSchedule.weeks).map { schedule.count(inWeek: $0).ending } == [
                1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1,
            ])
        #expect(schedule.count(within: 90).ending == 6)
    }

    @Test func `today and the last day count, the day after it does not`() {
        // Thursday 26 November and 3, 4 December; 26 December; 24 and 25 February.
        let days = ["2026-11-26", "2026-12-03", "2026-12-04", "2026-12-26", "2027-02-24", "2027-02-25"]
        let rows = days.enumerated().map { Self.row(.init("\($0)"), renews: $1) }
        let schedule = RenewalSchedule(rows, today: Self.today)
        #expect([0, 7, 30, 90].map { schedule.count(within: $0).renewing } == [1, 2, 4, 5])
        #expect(schedule.lastDay.description == "2027-02-24")
        #expect(schedule.turns.map(\.on.description) == days.dropLast())
    }

    @Test func `which day is today is said by the zone`() throws {
        let moment = try #require(Instant("2026-11-29T23:30:00Z"))
        let row = Self.row(renews: "2026-11-29")
        let there = RenewalSchedule([row], today: Zone(name: "CET", hours: 1).date(of: moment))
        let here = RenewalSchedule([row], today: Zone.utc.date(of: moment))
        #expect(here.count(within: 0).renewing == 1 && here.firstDay.description == "2026-11-23")
        #expect(there.count(within: 90).renewing == 0 && there.firstDay.description == "2026-11-30")
    }

    @Test func `renewals and ends are summed apart, and so are currencies`() {
        let renewals = Self.renewals([
            Self.detail(Self.row("1", renews: "2026-11-30"), 100),
            // 1,200 a year are 100 a month; 3,600 for three years too.
            Self.detail(Self.row("2", renews: "2026-11-30"), 1200, each: Period(1, .year)),
            Self.detail(Self.row("3", renews: "2026-12-01"), 3600, each: Period(3, .year)),
            Self.detail(Self.row("4", renews: "2026-12-01"), 40, "USD"),
            Self.detail(Self.row("5", auto: false, ends: "2026-12-06"), 7.5),
            // One-time charges and prices that are not reported have no rate.
            Self.detail(Self.row("6", auto: false, ends: "2026-12-06"), 99, each: Period(1, .statementDay)),
            Self.detail(Self.row("7", auto: false, ends: "2026-12-06"), nil),
            // Next week.
            Self.detail(Self.row("8", renews: "2026-12-07"), 1),
        ])
        let week = renewals.amounts(inWeek: 1)
        #expect(week.renewing["EUR"]?.rate == 300 && week.renewing["EUR"]?.subscriptions == 3)
        #expect(week.renewing["USD"]?.rate == 40)
        #expect(week.ending["EUR"]?.rate == 7.5 && week.ending.withoutRate == 2 && week.ending.subscriptions == 3)
        #expect(week.ending["USD"] == nil)
        #expect(renewals.amounts(on: Self.today.adding(days: 4)).renewing["EUR"]?.rate == 200)
        #expect(renewals.amounts(inWeek: 0).isEmpty)
        #expect(renewals.amounts(within: 7).renewing["EUR"]?.rate == 300)
        #expect(renewals.amounts(within: 30).renewing["EUR"]?.rate == 301)
    }

    @Test func `the sums of its days are the sum of any stretch`() {
        let details = (0..<200).map { number in
            let day = Self.today.adding(days: number * 37 % 97)
            let row = Self.row(
                .init("\(number)"), auto: number % 3 != 0, renews: day.description, ends: day.description)
            return Self.detail(row, Decimal(number), number % 5 == 0 ? "USD" : "EUR")
        }
        let renewals = Self.renewals(details)
        for count in [0, 6, 7, 30, 90] {
            var sums = Renewals.Amounts()
            for detail in details {
                guard let day = detail.subscription.comingDate(from: Self.today), day <= Self.today.adding(days: count)
                else { continue }
                sums.add(SubscriptionCharges(detail), detail.subscription.turnKind)
            }
            #expect(renewals.amounts(within: count) == sums)
            #expect(renewals.amounts(from: Self.today.adding(days: -9), to: Self.today.adding(days: count)) == sums)
        }
    }

    @Test func `the rows of a day stand the largest rate first, then those without one, then those not read`() {
        let day = "2026-12-06"
        let renewals = Self.renewals(
            [
                Self.detail(Self.row("1", renews: day), 10), Self.detail(Self.row("2", renews: day), 30),
                Self.detail(Self.row("3", renews: day), 25, "USD"), Self.detail(Self.row("4", renews: day), nil),
                Self.detail(Self.row("5", renews: day), 10), Self.detail(Self.row("6", auto: false, ends: day), 99),
            ], unread: [Self.row("0", renews: day)])
        let date = Self.today.adding(days: 10)
        // 50 EUR are more than 25 USD by number: which currency stands first decides nothing else.
        #expect(renewals.entries(on: date, .renews).map(\.turn.subscription.id) == ["2", "1", "5", "3", "4", "0"])
        #expect(renewals.entries(on: date, .ends).map(\.turn.subscription.id) == ["6"])
        #expect(renewals.entries(on: date.adding(days: 1), .ends).isEmpty)
    }

    @Test func `it is complete up to the first day of which something was not read`() {
        let read = Self.row("1", renews: "2026-11-30")
        let (near, far) = (Self.row("2", renews: "2026-12-21"), Self.row("3", auto: false, ends: "2027-01-04"))
        let renewals = Self.renewals([Self.detail(read, 5)], unread: [far, near])
        #expect(renewals.firstUnreadDay?.description == "2026-12-21")
        #expect(renewals.unread == ["2", "3"])
        #expect(renewals.amounts(within: 30).renewing.unread == 1)
        let more = Self.renewals([Self.detail(read, 5), Self.detail(near, 6)], unread: [far])
        #expect(more.firstUnreadDay?.description == "2027-01-04")
        #expect(more.amounts(within: 30).renewing["EUR"]?.rate == 11)
        let all = Self.renewals([Self.detail(read, 5), Self.detail(near, 6), Self.detail(far, 7)])
        #expect(all.firstUnreadDay == nil && all.unread.isEmpty)
    }
}

@Suite struct `The money at stake` {
    private let today = CalendarDate("2026-11-26")!

    private func overview() -> Overview {
        func row(_ id: Subscription.ID, of customer: Account.ID, in days: Int, auto: Bool = true) -> Subscription {
            let day = today.adding(days: days)
            return Subscription(
                id: id, name: "P", customer: customer, status: .active, autoRenews: auto, renews: day, expires: day)
        }
        var sources = Overview.Sources()
        sources.subscriptions = Listing(
            rows: [
                row("1", of: "7", in: 3), row("2", of: "8", in: 5, auto: false), row("3", of: "8", in: 300),
                row("4", of: "7", in: 300), row("5", of: "7", in: 20),
            ], isComplete: true)
        sources.customers = Listing(
            rows: [Account(id: "8", kind: .customer, name: "B", status: .creditHold)], isComplete: true)
        return Overview(sources, now: Instant(millisecondsSince1970: Int64(today.daysSince1970) * 86_400_000))
    }

    private func detail(_ id: Subscription.ID, _ price: Decimal, _ currency: String = "EUR") -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(
                id: id, name: "P", customer: "8", status: .active, billingPeriod: Period(1, .month)),
            totalPrice: Money(price, currency))
    }

    @Test func `each lane of subscriptions has its own, and what is read grows it`() throws {
        let before = try #require(MoneyAtStake(of: overview()) { _ in nil })
        // 4 renews in 300 days, and its customer is not on hold.
        #expect(before.count == 4)
        #expect(before.unread == ["1", "2", "5", "3"])
        var charges = ReadCharges()
        for detail in [detail("1", 10), detail("2", 20), detail("3", 40, "USD")] { charges.take(detail) }
        let stake = try #require(MoneyAtStake(of: overview()) { charges[$0] })
        #expect(stake.count == 4 && stake.read == 3)
        #expect(stake.unread == ["5"])
        #expect(stake[.renewing]?["EUR"]?.rate == 10 && stake[.renewing]?.isComplete == true)
        #expect(stake[.ending]?["EUR"]?.rate == 20)
        // 2 ends soon and is of a customer on hold: it counts in both lanes, and once where all are counted.
        #expect(stake[.held]?["EUR"]?.rate == 20 && stake[.held]?["USD"]?.rate == 40)
        #expect(stake[.failed] == nil)
        #expect(stake.currencies == ["EUR", "USD"])
    }

    @Test func `what the list says was changed since is not read any more`() throws {
        func moved(_ day: String) -> Overview {
            var sources = Overview.Sources()
            var row = Subscription(id: "1", name: "P", customer: "7", status: .active, modified: CalendarDate(day))
            row.expires = today.adding(days: 3)
            sources.subscriptions = Listing(rows: [row], isComplete: true)
            return Overview(sources, now: Instant(millisecondsSince1970: Int64(today.daysSince1970) * 86_400_000))
        }
        var read = detail("1", 10)
        read.subscription.modified = CalendarDate("2026-11-20")
        var charges = ReadCharges()
        charges.take(read)
        let before = try #require(MoneyAtStake(of: moved("2026-11-20")) { charges[$0] })
        #expect(before[.ending]?["EUR"]?.rate == 10 && before.read == 1)
        let after = try #require(MoneyAtStake(of: moved("2026-11-21")) { charges[$0] })
        #expect(after[.ending]?["EUR"] == nil && after.unread == ["1"])
    }

    @Test func `there is none before the subscriptions are read`() {
        #expect(
            MoneyAtStake(of: Overview(Overview.Sources(), now: Instant(millisecondsSince1970: 0))) { _ in nil } == nil)
    }
}
