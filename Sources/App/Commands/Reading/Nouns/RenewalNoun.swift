import Marketplace
import MarketplaceClient
import Rows
import Screen

/// Which subscriptions are asked for: those that renew or end between two days.
struct RenewalQuery: Sendable {
    var subscriptions = SubscriptionQuery()
    var from: CalendarDate?
    var to: CalendarDate?
    /// The last day by a number of days from today on.
    var within: CalendarDate?
    /// Nil until the query is complete.
    var period: ClosedRange<CalendarDate>?
    var today: CalendarDate?
}

/// Subscriptions that renew by themselves or end soon, with what they come to in a month.
enum RenewalsNoun: Noun {
    typealias Row = Subscription

    static let words = NounWords(
        plural: "renewals", singular: "subscription", argument: "",
        listSummary: "List what renews by itself and what ends within 30 days, with the money at stake.",
        showSummary: "", listCalls: "p+n+d", showCalls: "",
        examples: ["souk renewals --within 7d", "souk renewals --within 90d --max-calls 1000 --json"],
        showExamples: [], rowName: "subscriptions")

    private static let daysUnlessSaid = 30

    static let filters: [NounFilter<RenewalQuery>] = [
        NounFilter("within", "DAYS", "From today to so many days later: 7d, 90d (default: 30d).", .daysAhead) {
            $0.within = $1.day
        },
        NounFilter("from", "DAY", "On this day or later (default: today).", .day) { $0.from = $1.day },
        NounFilter("to", "DAY", "On this day or before.", .day) { $0.to = $1.day },
        NounFilter("customer", "CUSTOMER", "Of this customer: id or name.", .account(.customer)) {
            $0.subscriptions.customer = $1.account
        },
    ]

    static let everything = RenewalQuery()
    static let names = NamedAccounts.customers
    static let hasDetails = true
    static let checksRows = true
    static let needsDetails = true
    static let ownOrder = [Rows.SortOrder(column: "on"), Rows.SortOrder(column: "id")]

    static func complete(_ query: RenewalQuery, today: CalendarDate) throws(CommandError) -> RenewalQuery {
        if query.to != nil, query.within != nil {
            throw CommandError(.usage, "--to and --within contradict each other.", hint: "Give one of them.")
        }
        var query = query
        let last = query.to ?? query.within ?? today.adding(days: daysUnlessSaid)
        let first = query.from ?? today
        if last < today {
            throw CommandError(
                .badValue, "\(last.spoken) is over: renewals and ends lie ahead.",
                hint: "souk subscriptions list --filter 'ends<today' lists what has ended.")
        }
        guard first <= last else {
            throw CommandError(
                .badValue, "\(first.spoken) is after \(last.spoken).", hint: "Give the earlier day first.")
        }
        (query.today, query.period) = (today, first...last)
        return query
    }

    static let fields: [Field<Subscription>] = [
        Field(
            "turnsOn", .date, null: false, .always,
            .init("on", usual: true, screen: true, shown: { (day($0, $1)?.spoken ?? "", .plain) })
        ) { .date(day($0, $1)) },
        Field(
            "turn", .word(["renews", "ends"]), null: false, .always,
            .init("turn", "WHAT", usual: true, screen: true)
        ) { row, _ in
            let word = row.turnKind == .renews ? "renews" : "ends"
            return .word(wire: word, spoken: word, tone: row.turnKind == .renews ? .plain : .warning)
        },
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("name", .text, null: false, .always, .init("product", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("customerId", .id, null: false, .always, .init("customer-id", usual: true)) { row, _ in
            .id(row.customer)
        },
        Field(
            "customerName", .text, .whenRead,
            .init("customer", usual: true, screen: true) { row, facts in
                (facts.entities.name(of: row.customer), .plain)
            }
        ) { row, facts in facts.name(of: row.customer) },
        Field("resellerId", .id, .whenRead) { row, facts in
            facts.hasNames ? .id(facts.reseller(of: row.customer)) : .absent
        },
        Field("resellerName", .text, .whenRead, .init("reseller")) { row, facts in
            facts.hasResellers ? facts.name(of: facts.reseller(of: row.customer)) : .absent
        },
        Field("units", .integer, .withDetails, .init("units", usual: true, screen: true, right: true)) {
            SubscriptionsNoun.detail($0, $1) { .count($0.quantity) }
        },
        Field(
            "monthlyRate", .money, .withDetails,
            .init("rate", "RATE/MO", usual: true, screen: true, right: true)
        ) { SubscriptionsNoun.detail($0, $1) { .money($0.monthlyRate) } },
        Field("monthlyCost", .money, .withDetails, .init("cost", "COST/MO", right: true)) {
            SubscriptionsNoun.detail($0, $1) { .money($0.monthlyCost) }
        },
        Field(
            "autoRenew", .flag, .always,
            .init("auto", plain: { row, _ in SubscriptionsNoun.autoRenewal(row) })
        ) { row, _ in .truth(row.autoRenews) },
        SubscriptionsNoun.decision,
        Field("renewsOn", .date, .always, .init("renews")) { row, _ in .date(row.renews) },
        Field("endsOn", .date, .always, .init("ends")) { row, _ in .date(row.expires) },
        Field("term", .period, .always, .init("term")) { row, _ in .period(row.subscriptionPeriod) },
        Field("billing", .period, .always, .init("billing")) { row, _ in .period(row.billingPeriod) },
        Field("status", .word(SubscriptionsNoun.statuses), null: false, .always, .init("status")) { row, _ in
            .word(wire: row.status.wire, spoken: row.status.word, tone: row.status.style.tone)
        },
    ]

    private static func day(_ row: Subscription, _ facts: Facts) -> CalendarDate? {
        row.comingDate(from: facts.today)
    }

    static func paneColumns(_ facts: Facts) -> [ListColumn<Subscription>] { SubscriptionsNoun.paneColumns(facts) }
    static func open(_ query: RenewalQuery, _ client: Client, limit: Int?) -> [PageStream<Subscription>] {
        SubscriptionsNoun.open(query.subscriptions, client, limit: limit)
    }
    static func answers(_ row: Subscription, _ query: RenewalQuery, _ client: Client) -> Bool {
        guard SubscriptionsNoun.answers(row, query.subscriptions, client) else { return false }
        guard let period = query.period, let today = query.today else { return true }
        return row.comingDate(from: today).map(period.contains) ?? false
    }
    static func id(of row: Subscription) -> String { row.id.rawValue }
    static func owner(_ query: RenewalQuery) -> Account.ID? { query.subscriptions.customer }

    static func readDetail(of row: Subscription, _ client: Client) async throws(MarketplaceError) -> Detail? {
        try await SubscriptionsNoun.readDetail(of: row, client)
    }

    static func find(
        _ argument: String, _ session: ReadSession
    ) async throws -> (row: Subscription, details: [Detail]) {
        try await SubscriptionsNoun.find(argument, session)
    }

    // MARK: Sums

    static let summaryFields: [FieldDefinition] = [
        FieldDefinition("from", .date, isNullable: false), FieldDefinition("to", .date, isNullable: false),
        FieldDefinition("renews", .object(MonthlyMoneyFields.definitions), isNullable: false),
        FieldDefinition("ends", .object(MonthlyMoneyFields.definitions), isNullable: false),
    ]

    static func summary(_ rows: [Subscription], _ query: RenewalQuery, _ facts: Facts) -> ListSummary? {
        guard let period = query.period else { return nil }
        var amounts = Renewals.Amounts()
        for row in rows {
            amounts.add(facts.entities.details[row.id].map { SubscriptionCharges($0) }, row.turnKind)
        }
        return ListSummary(
            json: [
                "from": .text(period.lowerBound.description), "to": .text(period.upperBound.description),
                "renews": MonthlyMoneyFields.json(amounts.renewing), "ends": MonthlyMoneyFields.json(amounts.ending),
            ],
            sentence: "Renew: \(MonthlyMoneyFields.words(amounts.renewing)). "
                + "End: \(MonthlyMoneyFields.words(amounts.ending)).")
    }
}

/// Sums of money a month as commands print them.
enum MonthlyMoneyFields {
    static let definitions: [FieldDefinition] = [
        FieldDefinition("count", .integer, isNullable: false), FieldDefinition("unread", .integer, isNullable: false),
        FieldDefinition("withoutRate", .integer, isNullable: false),
        FieldDefinition(
            "monthlyRates",
            .list(
                .object([
                    FieldDefinition("count", .integer, isNullable: false),
                    FieldDefinition("rate", .money, isNullable: false),
                ])), isNullable: false),
    ]

    static func json(_ money: MonthlyMoney) -> JSON {
        [
            "count": .number(money.subscriptions), "unread": .number(money.unread),
            "withoutRate": .number(money.withoutRate),
            "monthlyRates": .list(
                money.sums.map { sum in
                    [
                        "count": .number(sum.subscriptions),
                        "rate": FieldValue.amount(Money(sum.rate, sum.currency)).json ?? .null,
                    ]
                }),
        ]
    }

    /// `74, 18,204.40 EUR and 2,310.00 USD a month, 2 without a monthly rate`.
    static func words(_ money: MonthlyMoney) -> String {
        var parts = [FieldValue.integer(money.subscriptions).spoken.text]
        let sums = money.sums.map { Money($0.rate, $0.currency).description }
        if !sums.isEmpty { parts.append("\(sums.joined(separator: " and ")) a month") }
        if money.withoutRate > 0 { parts.append("\(money.withoutRate) without a monthly rate") }
        if money.unread > 0 { parts.append("\(money.unread) not read, whose money is missing") }
        return parts.joined(separator: ", ")
    }
}
