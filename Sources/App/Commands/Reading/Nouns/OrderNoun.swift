import Marketplace
import MarketplaceClient
import Rows
import Screen

enum OrdersNoun: Noun {
    typealias Row = Order

    static let words = NounWords(
        plural: "orders", singular: "order", argument: "ID|NUMBER",
        listSummary: "List orders, newest first: type, status, customer.",
        showSummary: "Show one order with its lines, charges and total.", listCalls: "p+n", showCalls: "2-3",
        examples: [
            "souk orders list --status error", "souk orders list --customer 1000412 --created-from -30d --json",
        ],
        showExamples: ["souk orders show SO003101", "souk orders show 1000701 --json"])

    static let statuses = ["submitted", "processing", "completed", "error", "cancelled"]
    private static let kinds = ["sales", "change", "renewal", "cancellation", "migration"]

    static let filters: [NounFilter<OrderQuery>] = [
        NounFilter("customer", "CUSTOMER", "Of this customer: id or name.", .account(.customer)) {
            $0.customer = $1.account
        },
        NounFilter("reseller", "RESELLER", "Of this reseller's customers: id or name.", .account(.reseller)) {
            $0.reseller = $1.account
        },
        NounFilter("subscription", "ID", "About this subscription.", .id) {
            $0.subscription = $1.text.map { .init($0) }
        },
        NounFilter("number", "NUMBER", "Of this order number, for example SO003101.") { $0.number = $1.text },
        NounFilter("status", "STATUS", values: statuses, "In this state.") {
            $0.status = $1.text.map { OrderStatus(wire: $0) }
        },
        NounFilter("status-code", "CODE", "Of this billing code of two letters, for example LO.") {
            $0.statusCode = $1.text?.uppercased()
        },
        NounFilter(
            "created-from", "MOMENT", "Made then or later: a moment with its zone, or a day.", .moment(atEnd: false)
        ) { $0.createdFrom = $1.moment },
        NounFilter(
            "created-to", "MOMENT", "Made then or before: a moment with its zone, or a day.", .moment(atEnd: true)
        ) { $0.createdTo = $1.moment },
    ]

    static let everything = OrderQuery()
    static let names = NamedAccounts.customers
    static let hasDetails = true

    static func lines(of order: Order) -> Shape<OrderLine> {
        Shape<OrderLine>([
            Shape.part("productId", .id) { .id($0.product) },
            Shape.part("mpn", .text) { .text($0.mpn.isEmpty ? nil : $0.mpn) },
            Shape.part("vendor", .text) { .text($0.vendor) },
            Shape.part("name", .text) { .text($0.name) },
            Shape.part("quantity", .decimal) { .number($0.quantity) },
            Shape.part("quantityMeans", .word(["units", "difference", "totalAtRenewal"])) {
                meaning(of: $0, in: order)
            },
            Shape.part("price", .money) { .money($0.extendedPrice) },
            Shape.part("subscriptionId", .id) { .id($0.subscription) },
        ])
    }

    static let charges = Shape<OrderCharge>([
        Shape.part("kind", .text) { .text($0.kind.isEmpty ? nil : $0.kind) },
        Shape.part("description", .text) { .text($0.description.isEmpty ? nil : $0.description) },
        Shape.part("quantity", .decimal) { .number($0.quantity) },
        Shape.part("unitPrice", .money) { .money($0.unitPrice) },
        Shape.part("price", .money) { .money($0.extendedPrice) },
    ])

    private static let nothing = Order(id: "", number: "", kind: .sales, customer: "", status: .completed)

    static let fields: [Field<Order>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true)) { row, _ in .id(row.id) },
        Field(
            "number", .text, null: false, .always,
            .init("order", usual: true, screen: true) { row, _ in (row.label, .plain) }
        ) { row, _ in .string(row.number) },
        Field("kind", .word(kinds), null: false, .always, .init("type", usual: true, screen: true)) { row, _ in
            .word(wire: row.kind.wire, spoken: row.kind.word, tone: .plain)
        },
        Field(
            "status", .word(statuses), null: false, .always,
            .init("status", usual: true, screen: true) { row, _ in
                ([row.status.word, row.statusCode ?? ""].joined(separator: " "), row.status.style.tone)
            }
        ) { row, _ in .word(wire: row.status.wire, spoken: row.status.word, tone: row.status.style.tone) },
        Field("statusCode", .text, .always, .init("code", usual: true)) { row, _ in .text(row.statusCode) },
        Field("customerId", .id, null: false, .always, .init("customer-id", usual: true)) { row, _ in
            .id(row.customer)
        },
        Field(
            "customerName", .text, .whenRead,
            .init("customer", usual: true, screen: true) { row, facts in
                (facts.entities.name(of: row.customer), .plain)
            }
        ) { row, facts in facts.name(of: row.customer) },
        Field("createdAt", .moment, .always, .init("created", "CREATED UTC", usual: true, screen: true)) { row, _ in
            .moment(row.created)
        },
        Field("provisionedAt", .moment, .always, .init("provisioned", "PROVISIONED UTC")) { row, _ in
            .moment(row.provisioned)
        },
        Field("poNumber", .text, .withDetails, .init("po", "PO NUMBER")) { detail($0, $1) { .text($0.poNumber) } },
        Field("subscriptionId", .id, .withDetails, .init("subscription")) { detail($0, $1) { .id($0.subscription) } },
        Field("planId", .id, .withDetails) { detail($0, $1) { .id($0.plan) } },
        Field("total", .money, .withDetails, .init("total", right: true)) { detail($0, $1) { .money($0.total) } },
        Field("waitsFor", .word(["renewal"]), .withDetails) { detail($0, $1) { .plainWord($0.scheduledOn) } },
        Field("creditCheck", .flag, .withDetails) { detail($0, $1) { .truth($0.checksCredit) } },
        Field(.init("mpn"), needsDetails: true) { detail($0, $1) { .texts($0.lines.map(\.mpn)) } },
        Field("lines", .list(lines(of: nothing).type), null: false, .withDetails) {
            detail($0, $1) { lines(of: $0).list($0.lines) }
        },
        Field("charges", .list(charges.type), null: false, .withDetails) {
            detail($0, $1) { charges.list($0.charges) }
        },
    ]

    private static func detail(_ row: Order, _ facts: Facts, _ value: (Order) -> FieldValue) -> FieldValue {
        facts.entities.orders[row.id].map(value) ?? .absent
    }

    private static func meaning(of line: OrderLine, in order: Order) -> FieldValue {
        switch order.meaning(ofQuantityIn: line) {
        case .units: .plainWord("units")
        case .difference: .plainWord("difference")
        case .totalAtRenewal: .plainWord("totalAtRenewal")
        case nil: .null
        }
    }

    static func paneColumns(_ facts: Facts) -> [ListColumn<Order>] {
        var context = OrderContext(facts.entities, now: facts.now)
        for (id, order) in facts.entities.orders { context.latest[id] = Snapshot(value: order) }
        return ListColumn<Order>.orders(context)
    }
    static func open(_ query: OrderQuery, _ client: Client, limit: Int?) -> [PageStream<Order>] {
        [PageStream(client.pages(of: .orders(query), limit: limit))]
    }
    static func answers(_ row: Order, _ query: OrderQuery, _ client: Client) -> Bool {
        client.answers(row, .orders(query))
    }
    static func id(of row: Order) -> String { row.id.rawValue }
    static func owner(_ query: OrderQuery) -> Account.ID? { query.customer }

    static func readDetail(of row: Order, _ client: Client) async throws(MarketplaceError) -> Detail? {
        .order(try await client.orders.value(for: row.id))
    }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Order, details: [Detail]) {
        let id: Order.ID
        switch Identity(argument) {
        case .id(let text): id = .init(text)
        case .number(let number), .name(let number):
            let rows = try await session.rows(of: .orders(OrderQuery(number: number)))
            guard let row = rows.first else {
                throw CommandError(
                    .notFound, "the marketplace has no order \(number).",
                    hint: "souk orders list shows those you may see.")
            }
            id = row.id
        case .poNumber(let number): id = try await OrdersByPONumber(number: number, session: session).id()
        case .externalID, .email: id = .init(try session.id(argument, of: words))
        }
        let order = try await session.client.orders.value(for: id)
        return (order, [.order(order)])
    }
}
