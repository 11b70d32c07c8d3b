import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows

/// `souk money`: what subscriptions bring and cost, from the same answer as everywhere else.
struct MoneyRun {
    let plan: ListPlan<MoneyNoun>
    let grouping: MoneyAnswer.Grouping
    let session: ReadSession
    private var coverage: Coverage
    private var directory = EntityStore()
    private var charges = ReadCharges()

    private static let by = OptionDefinition(
        "by", value: "GROUP", values: MoneyAnswer.Grouping.allCases.map(\.rawValue),
        "What the rows are (default: customer).")

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["money"], summary: MoneyNoun.words.listSummary, argument: nil,
            options: [by] + MoneyNoun.filters.map(\.option) + CommonOptions.rows.filter { $0.name != "ids-from" }
                + CommonOptions.formats.filter { $0.name != "ids" } + CommonOptions.reading + CommonOptions.messages
                + CommonOptions.marketplace + CommonOptions.help,
            calls: MoneyNoun.words.listCalls, schema: "schemas/v1/money.json", fields: MoneyNoun.definitions,
            isList: true, columns: MoneyNoun.columns.compactMap { $0.column?.name },
            filterColumns: MoneyNoun.listColumns(Facts(now: Instant(millisecondsSince1970: 0))).map(\.name),
            examples: MoneyNoun.words.examples, isLocal: false
        ) { arguments in
            let plan = try ListPlan<MoneyNoun>(arguments, today: try CommandDefinition.today(arguments))
            let grouping = arguments.value("by").flatMap { MoneyAnswer.Grouping(rawValue: $0) } ?? .customer
            try CommandDefinition.read(arguments, isLocal: false, list: "souk money") { session in
                var run = MoneyRun(plan, grouping, session)
                try await run.run()
            }
        }
    }

    init(_ plan: ListPlan<MoneyNoun>, _ grouping: MoneyAnswer.Grouping, _ session: ReadSession) {
        self.plan = plan
        self.grouping = grouping
        self.session = session
        coverage = Coverage(asOf: session.clock.now())
    }

    mutating func run() async throws {
        try await session.client.signIn()
        var query = MoneyNoun.everything
        for (filter, argument, account) in try await plan.arguments(session) {
            filter.apply(&query, argument)
            if let account { directory.insert(account) }
        }
        coverage.asOf = session.clock.now()
        let members = try await readAccounts(query)
        var rows = try await session.rows(
            of: .subscriptions(SubscriptionQuery(customer: query.customer)), for: "the pages of all subscriptions")
        if let members { rows = rows.filter { members.contains($0.customer) } }
        try await readDetails(of: rows.filter { !$0.hasEnded })
        try finish(rows)
    }

    // MARK: Reading

    /// Reads who sells to whom, and what they are called, as far as the rows name it.
    /// - Returns: The customers that count; nil for all.
    private mutating func readAccounts(_ query: MoneyQuery) async throws -> Set<Account.ID>? {
        var members: Set<Account.ID>?
        if let reseller = query.reseller {
            let customers = try await session.rows(
                of: RowList<Account>.accounts(.customersOf(reseller)), for: "the customers of the reseller")
            directory.insertAtOnce(customers, of: .customersOf(reseller))
            members = Set(customers.map(\.id))
        } else if grouping == .reseller || (grouping == .customer && session.readsNames && query.customer == nil) {
            directory.insertAtOnce(try await session.names(of: .customer), of: .customers)
        }
        if grouping == .reseller, session.readsNames, query.reseller == nil {
            directory.insertAtOnce(try await session.names(of: .reseller), of: .resellers)
        }
        return members
    }

    /// Details that are asked for at a time.
    private static let detailsAtOnce = 32

    private mutating func readDetails(of rows: [Subscription]) async throws {
        let count = Decimal(rows.count).grouped(fractionDigits: 0)
        try session.allow(rows.count, for: "prices of \(count) subscriptions")
        if rows.count > 1 {
            session.notes.note(
                "Reading the prices of \(count) subscriptions, one call each\(session.duration(of: rows.count)). ^C stops."
            )
        }
        var rest = rows[...]
        do {
            while !rest.isEmpty {
                let part = Array(rest.prefix(Self.detailsAtOnce))
                try await read(part)
                rest = rest.dropFirst(part.count)
                session.notes.progress("Prices of \(rows.count - rest.count) of \(rows.count) read; ^C stops.")
            }
        } catch let error as MarketplaceError where error != .cancelled {
            coverage.failure = error
        }
    }

    /// The answer for one of the rows that are read together.
    private struct Answered: Sendable {
        var place: Int
        var answer: Result<SubscriptionDetail, MarketplaceError>
    }

    private static func detail(
        of row: Subscription, _ client: Client
    ) async -> Result<SubscriptionDetail, MarketplaceError> {
        do throws(MarketplaceError) {
            return .success(try await client.subscriptions.value(for: row.id))
        } catch {
            return .failure(error)
        }
    }

    private mutating func read(_ rows: [Subscription]) async throws {
        let client = session.client
        var answers = [Result<SubscriptionDetail, MarketplaceError>?](repeating: nil, count: rows.count)
        await withTaskGroup(of: Answered.self) { group in
            for (place, row) in rows.enumerated() {
                group.addTask { Answered(place: place, answer: await Self.detail(of: row, client)) }
            }
            while let answered = await group.next() { answers[answered.place] = answered.answer }
        }
        var failure: MarketplaceError?
        for (row, answer) in zip(rows, answers) {
            switch answer {
            case .success(let detail)?: charges.take(detail)
            case .failure(.notFound(let what, _))?:
                coverage.unreadable.append(
                    .init(id: row.id.rawValue, reason: "the marketplace has no \(what) any more"))
            case .failure(let error)?: failure = failure ?? error
            case nil: break
            }
        }
        if let failure { throw failure }
    }

    // MARK: The end

    private mutating func finish(_ rows: [Subscription]) throws {
        let (charges, accounts) = (charges, directory.accounts)
        let answer = MoneyAnswer(
            of: rows, by: grouping, today: session.today, charges: { charges[$0] },
            reseller: { accounts[$0]?.vendorAccount })
        var lines = answer.rows.map { MoneyLine($0, grouping, name: { accounts.name(of: $0) }) }
        let facts = Facts(now: session.clock.now())
        if !plan.filter.isEmpty || !plan.sort.isEmpty {
            var query = RowQuery(columns: MoneyNoun.listColumns(facts))
            query.filter = plan.filter
            lines = query.arranged(lines, by: plan.sort)
        }
        coverage.matched = lines.count
        lines = Array(lines.prefix(plan.limit ?? .max))
        coverage.printed = lines.count
        coverage.calls = session.calls
        coverage.read = answer.read
        coverage.total = answer.subscriptions
        coverage.isComplete = answer.isComplete && coverage.printed == coverage.matched
        session.notes.clear()
        var printer = RowPrinter<MoneyNoun>(plan.format, plan.columns)
        if plan.format.isStreamed {
            try printer.print(lines, facts)
        } else {
            try printer.print(lines, facts, coverage, nil)
        }
        if plan.format.isTable { for sentence in Self.words(answer, coverage) { session.notes.note(sentence) } }
        if let problem = coverage.problem("groups") { throw problem }
    }

    /// The sum of each currency, and what all of it rests on.
    private static func words(_ answer: MoneyAnswer, _ coverage: Coverage) -> [String] {
        func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
        var lines = answer.totals.map { total in
            let month = total.month
            let margin = month.margin.map { margin in
                let part =
                    month.isCostComplete ? "" : " (cost of \(count(month.withCost)) of \(count(month.subscriptions)))"
                return ", margin \(margin.words)\(part)"
            }
            return "TOTAL \(Money(month.rate, month.currency)) a month\(margin ?? "")"
                + ", committed \(Money(total.committed, month.currency))."
        }
        var rest = "Money of \(count(answer.read)) of \(count(answer.subscriptions)) subscriptions"
        rest += ", read \(coverage.asOf.utcTime.prefix(5)) UTC in \(count(coverage.calls)) calls."
        if answer.withoutRate > 0 { rest += " \(count(answer.withoutRate)) without a price by the month." }
        lines.append(rest + " Longer periods count by the month.")
        if coverage.printed < coverage.matched {
            lines.append("\(count(coverage.printed)) of \(count(coverage.matched)) groups; --all prints every one.")
        }
        return lines
    }
}
