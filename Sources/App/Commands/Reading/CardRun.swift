import Marketplace
import MarketplaceClient
import Rows

/// `souk customers card`: what one wants of a customer who is on the phone, from the same answer as the card of the
/// dashboard.
struct CardRun {
    let argument: String
    let session: ReadSession
    let format: OutputFormat

    private typealias Line = [String]

    private static let contact: [FieldDefinition] = [
        FieldDefinition("role", .text, isNullable: false),
        FieldDefinition("name", .text, isNullable: false), FieldDefinition("phone", .text),
        FieldDefinition("email", .text),
    ]
    private static let holding: [FieldDefinition] = [
        FieldDefinition("id", .id, isNullable: false), FieldDefinition("name", .text, isNullable: false),
        FieldDefinition("state", .text, isNullable: false), FieldDefinition("why", .text, isNullable: false),
        FieldDefinition("comesOn", .date), FieldDefinition("units", .integer), FieldDefinition("monthlyRate", .money),
    ]
    private static let order: [FieldDefinition] = [
        FieldDefinition("id", .id, isNullable: false), FieldDefinition("number", .text, isNullable: false),
        FieldDefinition("status", .text, isNullable: false), FieldDefinition("createdAt", .moment),
        FieldDefinition("why", .text, isNullable: false), FieldDefinition("say", .text),
    ]
    private static let write: [FieldDefinition] = [
        FieldDefinition("entry", .id, isNullable: false), FieldDefinition("sentAt", .moment, isNullable: false),
        FieldDefinition("what", .text, isNullable: false), FieldDefinition("outcome", .text, isNullable: false),
    ]
    private static let definitions: [FieldDefinition] = [
        FieldDefinition("asOf", .moment, isNullable: false), FieldDefinition("complete", .flag, isNullable: false),
        FieldDefinition("lacks", .text), FieldDefinition("id", .id, isNullable: false),
        FieldDefinition("name", .text, isNullable: false), FieldDefinition("status", .text, isNullable: false),
        FieldDefinition("standing", .text, isNullable: false), FieldDefinition("resellerId", .id),
        FieldDefinition("resellerName", .text, presence: .whenRead), FieldDefinition("taxId", .text),
        FieldDefinition("externalId", .text), FieldDefinition("address", .text),
        FieldDefinition("contacts", .list(.object(contact)), isNullable: false),
        FieldDefinition("holdings", .list(.object(holding)), isNullable: false),
        FieldDefinition("ended", .integer, isNullable: false),
        FieldDefinition("money", .object(MonthlyMoneyFields.definitions), isNullable: false),
        FieldDefinition("orders", .list(.object(order)), isNullable: false),
        FieldDefinition("writes", .list(.object(write)), isNullable: false),
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["customers", "card"],
            summary: "One customer for a telephone call: whom to call, what it holds, which orders are open or failed.",
            argument: "CUSTOMER",
            options: [CommonOptions.json] + CommonOptions.reading + CommonOptions.messages + CommonOptions.marketplace
                + CommonOptions.help,
            calls: "4-6+d", schema: "schemas/v1/customers-card.json", fields: definitions, isList: false, columns: [],
            filterColumns: [], examples: ["souk customers card 1000412", "souk customers card jørgensen --json"],
            isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            guard let argument = arguments.positionals.first, !argument.isEmpty else {
                throw CommandError(.badValue, "CUSTOMER is empty.", hint: "For example: souk customers card 1000412")
            }
            try CommandDefinition.read(arguments, isLocal: false, list: "souk customers list") { session in
                try await CardRun(argument: argument, session: session, format: format).run()
            }
        }
    }

    func run() async throws {
        let client = session.client
        try await client.signIn()
        let asOf = session.clock.now()
        let account = try await session.account(argument, of: [.customer], inFull: true)
        let subscriptions = try await client.subscriptionLists.value(for: SubscriptionQuery(customer: account.id))
        let orders = try await client.orderLists.value(for: OrderQuery(customer: account.id))
        let held = subscriptions.rows.filter { !$0.hasEnded }
        let open = orders.rows.filter { !$0.status.isFinal || $0.status == .error }
        try session.allow(held.count + open.count, for: "the subscriptions and open orders of \(account.title)")
        var details: [Subscription.ID: SubscriptionDetail] = [:]
        for row in held {
            details[row.id] = try await found { () async throws(MarketplaceError) in
                try await client.subscriptions.value(for: row.id)
            }
        }
        var inFull: [Order.ID: Order] = [:]
        for row in open {
            inFull[row.id] = try await found { () async throws(MarketplaceError) in
                try await client.orders.value(for: row.id)
            }
        }
        var reseller: Account?
        if session.readsNames, let id = account.vendorAccount {
            reseller = try await found { () async throws(MarketplaceError) in
                try await client.accounts.value(for: AccountKey(kind: .reseller, id: id))
            }
        }
        // A card without the writes from here is better than none.
        let writes = (try? await client.journalEntries()) ?? []
        let card = CustomerCard(
            of: account, subscriptions: subscriptions, detail: { details[$0] }, orders: orders,
            order: { inFull[$0] }, writes: writes, today: session.today)
        session.notes.clear()
        switch format {
        case .json(let isIndented):
            let json = Self.json(card, reseller, asOf)
            try printOutput(isIndented ? json.indented : json.line)
        default:
            let separator = format.isTable ? "  " : "\t"
            for line in Self.lines(card, reseller) {
                try printOutput(line.map(\.plainLine).joined(separator: separator))
            }
            if format.isTable { session.notes.note("Read \(asOf.utcTime.prefix(5)) UTC in \(session.calls) calls.") }
        }
        guard let lacks = card.lackWords else { return }
        throw CommandError(.incomplete, "the card is not complete: \(lacks)", hint: "Try again in a moment.")
    }

    /// Nil for what has gone meanwhile.
    private func found<Value>(
        _ read: () async throws(MarketplaceError) -> Value
    ) async throws(MarketplaceError) -> Value? {
        do throws(MarketplaceError) {
            return try await read()
        } catch {
            guard case .notFound = error else { throw error }
            return nil
        }
    }

    // MARK: Output

    private static func json(_ card: CustomerCard, _ reseller: Account?, _ asOf: Instant) -> JSON {
        let account = card.account
        func filled(_ text: String?) -> FieldValue { .text(text.flatMap { $0.isEmpty ? nil : $0 }) }
        let members: [(String, FieldValue)] = [
            ("asOf", .instant(asOf)), ("complete", .flag(card.isComplete)), ("lacks", .text(card.lackWords)),
            ("id", .id(account.id)), ("name", .string(account.name)), ("status", .string(account.status.word)),
            ("standing", .string(card.standing)), ("resellerId", .id(account.vendorAccount)),
            ("resellerName", reseller.map { .string($0.name) } ?? .absent), ("taxId", filled(account.taxRegistration)),
            ("externalId", filled(account.externalID)),
            ("address", filled(account.address?.lines.joined(separator: ", "))),
            (
                "contacts",
                .list(
                    card.contacts.map { contact in
                        .members([
                            ("role", .string(contact.person.role.shortWord)), ("name", .string(contact.person.name)),
                            ("phone", filled(contact.person.phoneNumber.description)),
                            ("email", filled(contact.person.email)),
                        ])
                    })
            ),
            (
                "holdings",
                .list(
                    (card.holdings ?? []).map { holding in
                        .members([
                            ("id", .id(holding.id)), ("name", .string(holding.subscription.title)),
                            ("state", .string(holding.word)), ("why", .string(holding.why)),
                            ("comesOn", .date(holding.next)), ("units", .count(holding.units)),
                            ("monthlyRate", .money(holding.rate)),
                        ])
                    })
            ), ("ended", .integer(card.ended)), ("money", .json(MonthlyMoneyFields.json(card.money))),
            (
                "orders",
                .list(
                    (card.orders ?? []).map { order in
                        .members([
                            ("id", .id(order.id)), ("number", .string(order.label)),
                            ("status", .string(order.status.word)), ("createdAt", .moment(order.created)),
                            ("why", .string(order.explanation)), ("say", .text(order.sayable)),
                        ])
                    })
            ),
            (
                "writes",
                .list(
                    card.writes.map { entry in
                        .members([
                            ("entry", .id(entry.id)), ("sentAt", .instant(entry.at)), ("what", .string(entry.name)),
                            ("outcome", .string(entry.outcomeWord)),
                        ])
                    })
            ),
        ]
        return FieldValue.members(members).json ?? .null
    }

    /// A line for each thing; the first cell says what it is.
    private static func lines(_ card: CustomerCard, _ reseller: Account?) -> [[String]] {
        let account = card.account
        var lines: [Line] = [["customer", account.title, account.id.rawValue, card.standing]]
        func add(_ label: String, _ value: String?) {
            if let value, !value.isEmpty { lines.append([label, value]) }
        }
        add("sold by", reseller.map { "\($0.name) \($0.id)" } ?? account.vendorAccount?.rawValue)
        add("tax number", account.taxRegistration)
        add("address", account.address?.lines.joined(separator: ", "))
        add("your id", account.externalID)
        lines += card.contacts.map { contact in
            let person = contact.person
            return ["call", person.name, person.role.shortWord, person.phoneNumber.description, person.email]
        }
        lines += (card.holdings ?? []).map { holding in
            [
                "holds", holding.word, holding.units.map(String.init) ?? "", holding.subscription.title,
                holding.id.rawValue, holding.rate.map { "\($0)/mo" } ?? "", holding.why,
            ]
        }
        lines += card.sums.map { ["sum", $0.words] }
        if card.money.withoutRate > 0 {
            lines.append(["sum", "\(card.money.withoutRate) without a price by the month"])
        }
        if card.ended > 0 { lines.append(["ended", "\(card.ended)"]) }
        for order in card.orders ?? [] {
            lines.append(
                [
                    "order", order.label, order.status.word, order.productName ?? "",
                    order.created?.description ?? "", order.explanation,
                ])
            add("say", order.sayable)
        }
        lines += card.writes.prefix(10).map { entry in
            ["from here", entry.at.description, entry.name, entry.changes.joined(separator: "; "), entry.outcomeWord]
        }
        return lines
    }
}
