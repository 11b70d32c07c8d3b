import Marketplace
import MarketplaceClient
import Rows

/// `souk watch`: the rows that a person watches, in the file that the dashboard of the same profile keeps them in.
enum WatchCommands {
    static var all: [CommandDefinition] { [list, check, add, remove] }

    private static let local = CommonOptions.messages + CommonOptions.marketplace + CommonOptions.help
    private static let kinds = WatchedRow.Kind.allCases.map(\.rawValue)
    private static let seen = OptionDefinition("seen", "Count every change that is printed as seen.")

    private static let change: [FieldDefinition] = [
        FieldDefinition("fact", .word(WatchedRow.Fact.allCases.map(\.rawValue)), isNullable: false),
        FieldDefinition("before", .text, isNullable: false), FieldDefinition("after", .text, isNullable: false),
    ]

    private static let row: [FieldDefinition] = [
        FieldDefinition("kind", .word(kinds), isNullable: false), FieldDefinition("id", .id, isNullable: false),
        FieldDefinition("title", .text, isNullable: false), FieldDefinition("customerId", .id, isNullable: false),
        FieldDefinition("now", .text, isNullable: false),
        FieldDefinition("changes", .list(.object(change)), isNullable: false),
        FieldDefinition("changedAt", .moment),
    ]

    private static let fields: [FieldDefinition] = [
        FieldDefinition("rows", .list(.object(row)), isNullable: false),
        FieldDefinition("notFound", .list(.id), isNullable: false),
    ]

    private static func command(
        _ verb: String, _ summary: String, argument: String? = nil, _ options: [OptionDefinition] = [], calls: String,
        examples: [String], isLocal: Bool, run: @escaping @Sendable (ParsedArguments) throws -> Void
    ) -> CommandDefinition {
        CommandDefinition(
            path: ["watch", verb], summary: summary, argument: argument,
            options: options + [CommonOptions.json]
                + (isLocal ? [] : CommonOptions.reading.filter { $0.name != "no-names" })
                + local,
            calls: calls, schema: "schemas/v1/watch-\(verb).json", fields: fields, isList: false, columns: [],
            filterColumns: [], examples: examples, isLocal: isLocal, run: run)
    }

    static var list: CommandDefinition {
        command(
            "list", "List what is watched, and what was found to have changed since it was seen. Reads nothing.",
            calls: "0", examples: ["souk watch list", "souk watch list --json"], isLocal: true
        ) { arguments in
            let format = try OutputFormat(arguments)
            let backend = try backend(arguments, isLocal: true)
            try print(try usable { () throws(WatchFile.Problem) in try backend.watch.read() }.ordered, format)
        }
    }

    static var check: CommandDefinition {
        command(
            "check", "Read what is watched again, and print what changed since it was seen.", [seen], calls: "d",
            examples: ["souk watch check", "souk watch check --seen --json"], isLocal: false
        ) { arguments in
            let format = try OutputFormat(arguments)
            let backend = try backend(arguments, isLocal: false)
            try read(arguments, backend) { session in
                let kept = try usable { () throws(WatchFile.Problem) in try backend.watch.read() }
                if !kept.rows.isEmpty { try session.allow(kept.rows.count + 1, for: "the watched rows") }
                var missing: [WatchedRow.ID] = []
                for row in kept.rows {
                    let news: WatchedRow?
                    do throws(MarketplaceError) {
                        news = try await self.news(of: row, in: kept, session)
                    } catch {
                        guard case .notFound = error else { throw error }
                        missing.append(row.id)
                        continue
                    }
                    guard let news else { continue }
                    try usable { () throws(WatchFile.Problem) in try backend.watch.apply(.replace(news)) }
                }
                let latest = try usable { () throws(WatchFile.Problem) in try backend.watch.read() }
                try print(latest.changed, missing: missing, format)
                if arguments.has("seen") {
                    for row in latest.changed {
                        guard let row = latest.acknowledged(row.id) else { continue }
                        try usable { () throws(WatchFile.Problem) in try backend.watch.apply(.replace(row)) }
                    }
                }
                let changed = latest.changed.count
                session.notes.note(
                    "\(changed) of \(kept.rows.count) watched \(kept.rows.count == 1 ? "row" : "rows") changed, read in "
                        + "\(session.calls) calls.")
                guard missing.isEmpty else {
                    throw CommandError(
                        .incomplete,
                        "\(missing.map { "\($0.kind.rawValue) \($0.id)" }.joined(separator: ", ")): not found.",
                        hint: "souk watch remove KIND ID takes one off.")
                }
            }
        }
    }

    static var add: CommandDefinition {
        command(
            "add", "Watch an order, a subscription or a customer, as it is now.", argument: "KIND ID", calls: "1-2",
            examples: ["souk watch add order SO003991", "souk watch add customer 1000412"], isLocal: false
        ) { arguments in
            let (kind, id) = try words(arguments)
            let format = try OutputFormat(arguments)
            let backend = try backend(arguments, isLocal: false)
            try read(arguments, backend) { session in
                let row = try await row(kind, id, session)
                let list = try usable { () throws(WatchFile.Problem) in try backend.watch.apply(.add(row)) }
                guard let kept = list[row.id] else {
                    throw CommandError(
                        .usage, "\(WatchList.most) rows are watched already, and no more can be.",
                        hint: "souk watch remove KIND ID takes one off.")
                }
                try print([kept], format)
            }
        }
    }

    static var remove: CommandDefinition {
        command(
            "remove", "Watch a row no longer. ID is as souk watch list prints it.", argument: "KIND ID", calls: "0",
            examples: ["souk watch remove order 1000701", "souk watch remove customer 1000412"], isLocal: true
        ) { arguments in
            let (kind, id) = try words(arguments)
            let format = try OutputFormat(arguments)
            let backend = try backend(arguments, isLocal: true)
            let list = try usable { () throws(WatchFile.Problem) in try backend.watch.read() }
            guard let row = list.rows.first(where: { $0.id.kind == kind && [$0.id.id, $0.title].contains(id) }) else {
                throw CommandError(
                    .notFound, "no \(kind.rawValue) \(id) is watched.", hint: "souk watch list shows what is.")
            }
            try usable { () throws(WatchFile.Problem) in try backend.watch.apply(.remove(row.id)) }
            try print([row], format)
        }
    }

    // MARK: Working

    private static func words(_ arguments: ParsedArguments) throws(CommandError) -> (WatchedRow.Kind, String) {
        let (word, id) = (arguments.positionals.first ?? "", arguments.positionals.last ?? "")
        guard let kind = WatchedRow.Kind(rawValue: word) else {
            throw CommandError(
                .badValue, "'\(word)' cannot be watched.", hint: "KIND is order, subscription or customer.")
        }
        guard !id.isEmpty else {
            throw CommandError(.badValue, "ID is empty.", hint: "It is an id, or a number or name.")
        }
        return (kind, id)
    }

    /// - Throws: Also where nothing outlasts the command.
    private static func backend(_ arguments: ParsedArguments, isLocal: Bool) throws -> Backend {
        guard !arguments.has("sandbox") else {
            throw CommandError(
                .usage, "the sandbox inside the program forgets what is watched when the command ends.",
                hint: "souk sandbox serves one that stays; w in souk --sandbox watches while it is open.")
        }
        return try CommandDefinition.backend(arguments, isLocal: isLocal, isReadOnly: true, timeout: 30).backend
    }

    private static func read(
        _ arguments: ParsedArguments, _ backend: Backend,
        _ body: @escaping @Sendable (ReadSession) async throws -> Void
    ) throws {
        let notes = Notes(isQuiet: arguments.has("quiet") || arguments.has("json"))
        let session = try ReadSession(client: backend.client, clock: backend.clock, arguments: arguments, notes: notes)
        try CommandDefinition.perform(session, list: "souk watch list") { try await body(session) }
    }

    @discardableResult
    private static func usable<Value>(
        _ body: () throws(WatchFile.Problem) -> Value
    ) throws(CommandError) -> Value {
        do throws(WatchFile.Problem) {
            return try body()
        } catch {
            throw CommandError(.outputFailed, error.message)
        }
    }

    private static func row(_ kind: WatchedRow.Kind, _ id: String, _ session: ReadSession) async throws -> WatchedRow {
        switch kind {
        case .order: return WatchedRow(try await OrdersNoun.find(id, session).row)
        case .subscription:
            let found = try await SubscriptionsNoun.find(id, session)
            return WatchedRow(found.row, try await session.client.subscriptions.value(for: found.row.id))
        case .customer:
            let customer = try await CustomersNoun.find(id, session).row
            return WatchedRow(customer: customer.id, name: customer.name, customer.status)
        }
    }

    /// The row as the marketplace has it now; nil when nothing is to be kept of that.
    private static func news(
        of row: WatchedRow, in list: WatchList, _ session: ReadSession
    ) async throws(MarketplaceError) -> WatchedRow? {
        let (client, now) = (session.client, session.clock.now())
        switch row.id.kind {
        case .order: return list.news(of: try await client.orders.value(for: .init(row.id.id)), at: now)?.row
        case .subscription:
            return list.news(of: try await client.subscriptions.value(for: .init(row.id.id)), at: now)?.row
        case .customer:
            let key = AccountKey(kind: .customer, id: row.customer)
            return list.news(of: try await client.accounts.value(for: key), at: now)?.row
        }
    }

    // MARK: Output

    private static func print(_ rows: [WatchedRow], missing: [WatchedRow.ID] = [], _ format: OutputFormat) throws {
        if case .json(let isIndented) = format {
            let json: JSON = ["notFound": .texts(missing.map(\.id)), "rows": .list(rows.map(json))]
            return try printOutput(isIndented ? json.indented : json.line)
        }
        for row in rows {
            let state = row.hasChanged ? row.changeWords : row.standing
            let cells = [row.id.kind.rawValue, row.id.id, row.title, state, row.changedAt?.description ?? ""]
            try printOutput(cells.map(\.plainLine).joined(separator: format.isTable ? "  " : "\t"))
        }
    }

    private static func json(_ row: WatchedRow) -> JSON {
        [
            "changedAt": .text(orNull: row.changedAt?.description),
            "changes": .list(
                row.changes.map {
                    ["after": .text($0.after), "before": .text($0.before), "fact": .text($0.fact.rawValue)]
                }), "customerId": .text(row.customer.rawValue), "id": .text(row.id.id),
            "kind": .text(row.id.kind.rawValue), "now": .text(row.standing), "title": .text(row.title),
        ]
    }
}
