import FoundationEssentials
import Marketplace
import MarketplaceClient

/// `souk orders estimate`, `place`, `migrate`, `withdraw` and `credit-check`.
enum OrderCommands {
    static var all: [CommandDefinition] {
        [EstimateRun.command, place.definition, migrate.definition, withdraw.definition, creditCheck.definition]
    }

    static let place = WriteCommand(
        path: ["orders", "place"],
        summary: "Place a sales order: its review first, and the order itself only with --yes.",
        options: OrderLines.options, expects: [.total],
        examples: [
            "souk orders place --customer 1000412 --mpn AUR-365-BP --term 1y --billing 1m --units 3",
            "souk orders place --intent 7K3Q-9M2D --yes --wait 10m",
        ]
    ) { session, number in
        .place(.sales(try await OrderLines.order(session, number)))
    }

    static let migrate = WriteCommand(
        path: ["orders", "migrate"],
        summary: "Bring a subscription that runs elsewhere into the marketplace.",
        options: OrderLines.options.filter { $0.name != "align" } + [
            OptionDefinition("starts", value: "DAY", "When it began elsewhere (default: today)."),
            OptionDefinition("migrates", value: "DAY", "From when on it runs here (default: today)."),
            OptionDefinition("expires", value: "DAY", "When its term ends."),
            OptionDefinition(
                "auto-renew", value: "on|off", values: ["on", "off"], "Whether it renews then (default: on)."),
            OptionDefinition("program", value: "NAME", "The migration program, as the marketplace names it."),
        ], expects: [.total],
        examples: [
            "souk orders migrate --customer 1000412 --product CAT-000002 --units 3 --starts 2026-03-01 --expires 2027-03-01",
            "souk orders migrate --intent 7K3Q-9M2D --yes --wait 10m",
        ]
    ) { session, number in
        let today = session.read.today
        func day(_ option: String) throws(CommandError) -> CalendarDate? {
            try session.arguments.value(option).map { text throws(CommandError) in
                try TypedValue.day(text, today: today)
            }
        }
        guard let expires = try day("expires") else {
            throw CommandError(.usage, "a migration needs --expires DAY.", hint: "The day its term ends elsewhere.")
        }
        let (starts, migrates) = (try day("starts") ?? today, try day("migrates") ?? today)
        if let flaw = MigrationOrder.flaw(starts: starts, migrates: migrates, expires: expires, today: today) {
            throw CommandError(
                .badValue, flaw.text + ".", hint: flaw.date == .migrates ? "See --migrates." : "See --expires.")
        }
        let sale = try await OrderLines.order(session, number)
        return .place(
            .migration(
                MigrationOrder(
                    customer: sale.customer, lines: sale.lines, starts: starts, migrates: migrates, expires: expires,
                    autoRenews: session.arguments.value("auto-renew") != "off",
                    program: session.arguments.value("program"), poNumber: sale.poNumber)))
    }

    static let withdraw = WriteCommand(
        path: ["orders", "withdraw"], summary: "Withdraw an order that has not ended.", argument: "ID|NUMBER",
        expects: [.status], calls: "2-4", makesOrder: false,
        examples: [
            "souk orders withdraw SO000704", "souk orders withdraw 1000704 --yes --expect status=processing",
        ]
    ) { session, _ in
        .withdraw(try await order(session))
    }

    static let creditCheck = WriteCommand(
        path: ["orders", "credit-check"],
        summary: "Switch on or off whether credit is checked while an open order is processed.",
        argument: "ID|NUMBER on|off", expects: [.status, .credit], calls: "2-4", makesOrder: false,
        examples: [
            "souk orders credit-check SO000704 off",
            "souk orders credit-check SO000704 off --yes --expect status=processing --expect credit=on",
        ]
    ) { session, _ in
        let word = session.arguments.positionals.last ?? ""
        guard ["on", "off"].contains(word) else {
            throw ParsedArguments.wrongWord(word, "credit-check", ["on", "off"])
        }
        return .creditCheck(word == "on", of: try await order(session))
    }

    /// The order that the first argument names.
    private static func order(_ session: WriteSession) async throws -> Order {
        let typed = session.arguments.positionals.first ?? ""
        let order = try await OrdersNoun.find(typed, session.read).row
        // A server may ignore the filter by number.
        let isMeant =
            if case .poNumber(let number) = Identity(typed) {
                order.poNumber == number
            } else {
                typed == order.id.rawValue || typed.hasSuffix(order.number) || typed == "id:\(order.id)"
            }
        guard isMeant else {
            throw CommandError(
                .notFound, "the marketplace has no order \(typed).", hint: "souk orders list shows those you may see.")
        }
        return order
    }
}

/// `souk orders estimate`: what an order would cost. It changes nothing, and nothing is written down.
enum EstimateRun {
    private static let words = OrderLines.options.filter { $0.name != "po" }

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["orders", "estimate"], summary: "Ask what a sales order would cost. Nothing is placed.",
            argument: nil,
            options: words + [CommonOptions.json] + CommonOptions.reading + CommonOptions.messages
                + CommonOptions.marketplace + CommonOptions.help,
            calls: "2-4", schema: "schemas/v1/orders-estimate.json", fields: definitions, isList: false, columns: [],
            filterColumns: [],
            examples: [
                "souk orders estimate --customer 1000412 --product CAT-000002 --units 3",
                "souk orders estimate --customer 1000412 --mpn CIT-MAIL-1 --units 1 --param domain=a.example --json",
            ], isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            let session = try WriteSession(
                arguments, Notes(isQuiet: arguments.has("quiet") || arguments.has("json")))
            try CommandDefinition.perform(session.read, list: "souk products list") {
                try await session.client.signIn()
                let sale = try await OrderLines.order(session, PONumbers().number(0, at: session.clock.now()))
                let estimate = try await session.client.estimate(sale)
                try print(sale, estimate, session, format)
            }
        }
    }

    static let definitions: [FieldDefinition] = [
        FieldDefinition("asOf", .moment, isNullable: false),
        FieldDefinition("charges", .list(OrdersNoun.charges.type), isNullable: false),
        FieldDefinition("customerId", .id, isNullable: false),
        FieldDefinition("lines", .list(OrdersNoun.lines(of: noOrder).type), isNullable: false),
        FieldDefinition("total", .money),
    ]

    private static var noOrder: Order { Order(id: "", number: "", kind: .sales, customer: "", status: .submitted) }

    private static func print(
        _ sale: SalesOrder, _ estimate: Estimate, _ session: WriteSession, _ format: OutputFormat
    ) throws {
        let now = session.clock.now()
        if case .json(let isIndented) = format {
            let json = ReviewJSON.estimate(estimate).adding([
                ("asOf", .text(now.description)), ("customerId", .text(sale.customer.rawValue)),
            ])
            return try printOutput(isIndented ? json.indented : json.line)
        }
        let total = estimate.total
        guard format.isTable else { return try printOutput(total.map { "\($0.plainAmount) \($0.currency)" } ?? "") }
        for line in sale.lines {
            try printOutput("\(line.quantity) x \(line.product.title)  \(ReviewText.exact(line.product))".plainLine)
        }
        try printOutput("total  \(total?.description ?? "the marketplace gave no price")")
    }
}
