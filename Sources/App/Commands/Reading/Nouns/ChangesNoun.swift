import Marketplace
import MarketplaceClient
import Rows
import Screen

/// Whose changes are asked for.
struct ChangesQuery: Sendable {
    var customer: Account.ID?
    var reseller: Account.ID?
}

/// The fields and columns of `souk changes`.
enum ChangesNoun: Noun {
    typealias Row = Changes.Change

    static let words = NounWords(
        plural: "changes", singular: "change", argument: "ID",
        listSummary:
            "List what changed since a day or the last session, by customer: orders, subscriptions, customers.",
        showSummary: "", listCalls: "p+p+n", showCalls: "",
        examples: [
            "souk changes --since yesterday", "souk changes --since monday --customer 1000412",
            "souk changes --since 7d --filter 'what:failed' --json",
        ], showExamples: [])

    static let filters: [NounFilter<ChangesQuery>] = [
        NounFilter("customer", "CUSTOMER", "Of this customer: id or name.", .account(.customer)) {
            $0.customer = $1.account
        },
        NounFilter("reseller", "RESELLER", "Of this reseller's customers: id or name.", .account(.reseller)) {
            $0.reseller = $1.account
        },
    ]

    static let everything = ChangesQuery()

    static let fields: [Field<Changes.Change>] = [
        Field("customerId", .id, null: false, .always, .init("customer-id", usual: true)) { row, _ in
            .id(row.customer)
        },
        Field(
            "customerName", .text, .always,
            .init("customer", usual: true, screen: true) { row, facts in
                (facts.entities.name(of: row.customer), .plain)
            }
        ) { row, facts in facts.name(of: row.customer) },
        Field(
            "kind", .word(["order", "subscription", "customer"]), null: false, .always, .init("kind", usual: true)
        ) { row, _ in .plainWord(row.kind) },
        Field("id", .id, null: false, .always, .init("id", usual: true)) { row, _ in .string(row.rawID) },
        Field(
            "number", .text, .always,
            .init("number", "ID", usual: true, screen: true) { row, _ in (row.label, .plain) }
        ) { row, _ in
            if case .order(let order) = row.row { .text(order.number.isEmpty ? nil : order.number) } else { .null }
        },
        Field(
            "changes", .list(.word(Changes.Kind.allCases.map(\.rawValue))), null: false, .always,
            .init("what", "WHAT CHANGED", usual: true, screen: true) { row, _ in
                (row.what, row.kinds.contains(.failedOrder) ? .bad : .plain)
            }
        ) { row, _ in .list(row.kinds.map { .plainWord($0.rawValue) }) },
        Field(
            "changedOn", .date, .always,
            .init("when", usual: true, screen: true) { row, _ in
                (row.at?.spoken ?? row.day?.spoken ?? "no date", row.day == nil ? .faint : .plain)
            }
        ) { row, _ in .date(row.day) },
        Field("changedAt", .moment, .always, .init("at", usual: true)) { row, _ in .moment(row.at) },
        Field(
            "orderKind", .word(["sales", "change", "renewal", "cancellation", "migration"]), .always,
            .init("order-kind")
        ) { row, _ in if case .order(let order) = row.row { .plainWord(order.kind.word) } else { .null } },
        Field("product", .text, .always, .init("product", usual: true)) { row, _ in
            if case .subscription(let held) = row.row { .text(held.name.isEmpty ? nil : held.name) } else { .null }
        },
        Field(.init("about", screen: true)) { row, _ in .string(row.about) },
        Field(
            "status", .word(OrdersNoun.statuses + SubscriptionsNoun.statuses), null: false, .always,
            .init("status", usual: true, screen: true)
        ) { row, _ in
            switch row.row {
            case .order(let order):
                .word(wire: order.status.wire, spoken: order.status.word, tone: order.status.style.tone)
            case .subscription(let held):
                .word(wire: held.status.wire, spoken: held.status.word, tone: held.status.style.tone)
            case .customer(let account):
                .word(wire: account.status.wire, spoken: account.status.word, tone: account.status.style.tone)
            }
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<Changes.Change>] {
        ListColumn.changes(facts.entities, now: facts.now, zone: .utc)
    }
    static func open(_ query: ChangesQuery, _ client: Client, limit: Int?) -> [PageStream<Changes.Change>] { [] }
    static func answers(_ row: Changes.Change, _ query: ChangesQuery, _ client: Client) -> Bool { true }
    static func id(of row: Changes.Change) -> String { row.rawID }

    static func find(
        _ argument: String, _ session: ReadSession
    ) async throws -> (row: Changes.Change, details: [Detail]) {
        throw CommandError(.notFound, "changes have no page of their own.", hint: "souk changes lists them.")
    }

    // MARK: The summary

    private static let readFields: [FieldDefinition] = [
        FieldDefinition("complete", .flag, isNullable: false), FieldDefinition("read", .integer, isNullable: false),
        FieldDefinition("total", .integer), FieldDefinition("unreadable", .integer, isNullable: false),
    ]

    private static let ends: [(name: String, kind: Changes.Kind)] = [
        ("completedOrders", .completedOrder), ("failedOrders", .failedOrder), ("withdrawnOrders", .withdrawnOrder),
    ]

    static let summaryFields: [FieldDefinition] = [
        FieldDefinition("sinceOn", .date), FieldDefinition("sinceAt", .moment),
        FieldDefinition("lastSession", .flag, isNullable: false),
        FieldDefinition("customers", .integer, isNullable: false),
        FieldDefinition(
            "counts",
            .object(Changes.Kind.allCases.map { FieldDefinition($0.rawValue, .integer, isNullable: false) }),
            isNullable: false),
        FieldDefinition(
            "notCounted",
            .object(
                (ends.map(\.name) + ["undated"]).map { FieldDefinition($0, .integer, isNullable: false) }),
            isNullable: false),
        FieldDefinition("knowsNewCustomers", .flag, isNullable: false),
        FieldDefinition("orders", .object(readFields), isNullable: false),
        FieldDefinition("subscriptions", .object(readFields), isNullable: false),
        FieldDefinition("customerList", .object(readFields), isNullable: false),
    ]

    static func summary(_ answer: Changes, _ choice: Changes.Choice) -> ListSummary {
        func json(_ read: Changes.ReadExtent) -> JSON {
            [
                "complete": .flag(read.isComplete), "read": .number(read.rows), "total": .number(orNull: read.total),
                "unreadable": .number(read.unreadable),
            ]
        }
        var (day, moment): (CalendarDate?, Instant?) = (nil, nil)
        switch answer.start {
        case .day(let start): day = start
        case .moment(let start): moment = start
        }
        let counts = Changes.Kind.allCases.map { ($0.rawValue, JSON.number(answer.counts[$0] ?? 0)) }
        let notCounted =
            ends.map { ($0.name, JSON.number(answer.undatedEnds[$0.kind] ?? 0)) } + [
                ("undated", .number(answer.undated))
            ]
        return ListSummary(
            json: [
                "sinceOn": .text(orNull: day?.description), "sinceAt": .text(orNull: moment?.description),
                "lastSession": .flag(choice.isLastSession), "customers": .number(answer.customers),
                "counts": JSON.object([]).adding(counts), "notCounted": JSON.object([]).adding(notCounted),
                "knowsNewCustomers": .flag(answer.knowsNewCustomers), "orders": json(answer.ordersRead),
                "subscriptions": json(answer.subscriptionsRead), "customerList": json(answer.customersRead),
            ], sentence: answer.countWords)
    }
}
