import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows
import Screen

/// `souk status`: what needs a person now, as the dashboard's first view has it.
struct StatusRun {
    let session: ReadSession
    let format: OutputFormat

    /// A list behind the lanes: what of it was read, and why not the rest.
    private struct Source {
        var name: String
        var coverage: Coverage
    }

    private static let lanes: [(lane: Overview.Lane, name: String, words: String, sources: [String])] = [
        (.failed, "failed", "orders in error", ["failedOrders"]),
        (.stuck, "stuck", "open orders past their usual time", ["submittedOrders", "processingOrders"]),
        (.held, "held", "customers on hold", ["customers"]),
        (.renewing, "renewing", "subscriptions that renew within a week", ["subscriptions"]),
        (.ending, "ending", "subscriptions that end within a week", ["subscriptions"]),
    ]

    static let row: [FieldDefinition] = [
        FieldDefinition("subject", .word(["order", "subscription", "account"]), isNullable: false),
        FieldDefinition("id", .id, isNullable: false), FieldDefinition("customerId", .id, isNullable: false),
        FieldDefinition("customerName", .text), FieldDefinition("label", .text, isNullable: false),
        FieldDefinition("sinceAt", .moment), FieldDefinition("dueOn", .date),
    ]

    static let definitions: [FieldDefinition] = [
        FieldDefinition("asOf", .moment, isNullable: false),
        FieldDefinition(
            "coverage",
            .object(
                ["failedOrders", "submittedOrders", "processingOrders", "recentOrders", "subscriptions", "customers"]
                    .map { FieldDefinition($0, .object(sourceFields), isNullable: false) }), isNullable: false),
        FieldDefinition(
            "lanes",
            .list(
                .object([
                    FieldDefinition("lane", .word(lanes.map(\.name)), isNullable: false),
                    FieldDefinition("count", .integer),
                    FieldDefinition("rows", .list(.object(row)), isNullable: false),
                ])), isNullable: false),
    ]

    private static let sourceFields = [
        FieldDefinition("complete", .flag, isNullable: false), FieldDefinition("read", .integer, isNullable: false),
        FieldDefinition("total", .integer), FieldDefinition("unreadable", .integer, isNullable: false),
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["status"],
            summary:
                "What needs a person now: orders in error or stuck, customers on hold, subscriptions that renew or end.",
            argument: nil,
            options: [CommonOptions.json] + CommonOptions.reading.filter { $0.name != "no-names" }
                + CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help,
            calls: "4+p+n", schema: "schemas/v1/status.json", fields: definitions, isList: false, columns: [],
            filterColumns: [], examples: ["souk status", "souk status --json"], isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            try CommandDefinition.read(arguments, isLocal: false, list: "souk status") { session in
                try await StatusRun(session: session, format: format).run()
            }
        }
    }

    func run() async throws {
        try await session.client.signIn()
        let asOf = session.clock.now()
        var sources = Overview.Sources()
        var read: [Source] = []
        sources.failed = try await list("failedOrders", .orders(OrderQuery(status: .error)), &read)
        sources.submitted = try await list("submittedOrders", .orders(OrderQuery(status: .submitted)), &read)
        sources.processing = try await list("processingOrders", .orders(OrderQuery(status: .processing)), &read)
        sources.orders = try await list("recentOrders", .orders(OrderQuery()), &read, isOnePage: true)
        sources.subscriptions = try await list("subscriptions", .subscriptions(SubscriptionQuery()), &read)
        sources.customers = try await list("customers", .accounts(.customers), &read)
        session.notes.clear()
        // Orders bear times of the marketplace's clock, so their age is counted by that.
        let now = session.clock.now().adding(seconds: session.client.secondsAhead ?? 0)
        let overview = Overview(sources, now: now)
        var names: [Account.ID: String] = [:]
        for account in sources.customers?.rows ?? [] { names[account.id] = account.name }
        switch format {
        case .json(let isIndented):
            let json = json(overview, names, read, asOf)
            try printOutput(isIndented ? json.indented : json.line)
        case .table(let width, let isColoured): try printTable(overview, names, width, isColoured)
        default: try printLines(overview, names)
        }
        if format.isTable {
            session.notes.note("Read \(asOf.utcTime.prefix(5)) UTC in \(session.calls) calls.")
        }
        let missing = read.filter { !$0.coverage.isComplete }
        if let first = missing.first {
            let why = first.coverage.failure.map { ": \(CommandError($0).message)" } ?? "."
            throw CommandError(
                .incomplete, "\(missing.map(\.name).joined(separator: ", ")) could not be read whole\(why)",
                hint: "Lanes without a count rest on a list that could not be read.",
                details: ["missing": .texts(missing.map(\.name))])
        }
    }

    /// A list, as far as it can be read; nil when nothing of it can. What refuses every call ends the command.
    private func list<Row>(
        _ name: String, _ list: RowList<Row>, _ sources: inout [Source], isOnePage: Bool = false
    ) async throws -> Listing<Row>? {
        var listing = Listing<Row>()
        var coverage = Coverage(asOf: session.clock.now())
        var pages = session.client.pages(of: list, limit: isOnePage ? 100 : nil)
        var hasRows = false
        do {
            while let page = try await pages.next() {
                if !hasRows, !isOnePage, !page.isLast {
                    try session.allow(session.pagesLeft(page, size: 500), for: "the \(name)")
                }
                hasRows = true
                listing.rows += page.rows
                listing.problems = page.problems
                listing.total = page.total
                coverage.isComplete = page.isLast && page.isComplete && page.problems.isEmpty
                if isOnePage {
                    coverage.isComplete = page.problems.isEmpty
                    break
                }
            }
        } catch let error as MarketplaceError {
            switch error {
            case .cancelled, .wrongPassword, .wrongSubscriptionKey, .wrongMarketplace, .quotaExhausted: throw error
            default: coverage.failure = error
            }
            coverage.isComplete = false
        }
        listing.isComplete = coverage.isComplete
        coverage.read = listing.rows.count
        coverage.total = listing.total
        coverage.unreadable = listing.problems.map { .init(index: $0.index, reason: $0.reason) }
        sources.append(Source(name: name, coverage: coverage))
        return coverage.failure == nil ? listing : nil
    }

    // MARK: Output

    private func json(
        _ overview: Overview, _ names: [Account.ID: String], _ sources: [Source], _ asOf: Instant
    ) -> JSON {
        let coverage = sources.map { source in
            JSON.Member(
                name: source.name,
                value: [
                    "complete": .flag(source.coverage.isComplete), "read": .number(source.coverage.read),
                    "total": .number(orNull: source.coverage.total),
                    "unreadable": .number(source.coverage.unreadable.count),
                ])
        }
        let lanes = Self.lanes.map { lane -> JSON in
            let items = overview.items[lane.lane]
            return [
                "lane": .text(lane.name), "count": .number(orNull: items?.count),
                "rows": .list((items ?? []).map { row($0, names).json ?? .null }),
            ]
        }
        return ["asOf": .text(asOf.description), "coverage": .object(coverage), "lanes": .list(lanes)]
    }

    private func row(_ item: Overview.Item, _ names: [Account.ID: String]) -> FieldValue {
        let (subject, id) = item.subject.parts
        return .members([
            ("subject", .plainWord(subject)), ("id", .string(id)), ("customerId", .id(item.customer)),
            ("customerName", .text(names[item.customer])), ("label", .string(item.label)),
            ("sinceAt", .moment(item.since)), ("dueOn", .date(item.on)),
        ])
    }

    /// Lane, subject, id, customer's id and name, label, moment and day.
    private func printLines(_ overview: Overview, _ names: [Account.ID: String]) throws {
        for lane in Self.lanes {
            for item in overview.items[lane.lane] ?? [] {
                guard case .object(let members) = row(item, names) else { continue }
                let cells = [lane.name] + members.map { $0.value.plain.plainLine }
                try printOutput(cells.joined(separator: "\t"))
            }
        }
    }

    private func printTable(
        _ overview: Overview, _ names: [Account.ID: String], _ width: Int, _ isColoured: Bool
    ) throws {
        for lane in Self.lanes {
            guard let items = overview.items[lane.lane] else {
                try printOutput("?  \(lane.words): could not be read")
                continue
            }
            try printOutput("\(items.count)  \(lane.words)")
            guard !items.isEmpty else { continue }
            let columns = [
                TableText.Column(title: "  ID"), .init(title: "CUSTOMER", isFlexible: true),
                .init(title: "WHAT", isFlexible: true), .init(title: "SINCE/DUE"),
            ]
            let shown = items.prefix(Self.rowsOfLane).map { item -> [TableText.Cell] in
                [
                    ("  " + item.subject.parts.id, .plain),
                    (names[item.customer] ?? "account \(item.customer)", .plain),
                    (item.label, .plain), (item.on?.spoken ?? item.since?.spoken ?? "", .plain),
                ]
            }
            let lines = TableText(columns: columns, width: width, isColoured: isColoured).lines(Array(shown))
            for line in lines.dropFirst() { try printOutput(line) }
            if items.count > Self.rowsOfLane {
                try printOutput("  and \(items.count - Self.rowsOfLane) more; souk status --json prints all")
            }
        }
    }

    private static let rowsOfLane = 10
}

extension Overview.Subject {
    fileprivate var parts: (name: String, id: String) {
        switch self {
        case .order(let id): ("order", id.rawValue)
        case .subscription(let id): ("subscription", id.rawValue)
        case .account(let id): ("account", id.rawValue)
        }
    }
}
