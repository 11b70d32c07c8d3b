import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows

/// `souk changes`: what changed since a day or the last session of the dashboard, from the same answer as on screen. It
/// counts as no session itself.
struct ChangesRun {
    private let plan: ListPlan<ChangesNoun>
    private let since: Changes.Since
    private let session: ReadSession
    private let lastSession: SessionFile
    private var coverage: Coverage
    private var directory = EntityStore()

    private static let option = OptionDefinition(
        "since", value: "DAY", "From this day on: \(Changes.Since.forms) (default: yesterday).")

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["changes"], summary: ChangesNoun.words.listSummary, argument: nil,
            options: [option] + ChangesNoun.filters.map(\.option)
                + CommonOptions.rows.filter { $0.name != "ids-from" } + CommonOptions.formats
                + CommonOptions.reading.filter { $0.name != "no-names" } + CommonOptions.messages
                + CommonOptions.marketplace + CommonOptions.help,
            calls: ChangesNoun.words.listCalls, schema: "schemas/v1/changes.json", fields: ChangesNoun.definitions,
            isList: true, summaryFields: ChangesNoun.summaryFields,
            columns: ChangesNoun.columns.compactMap { $0.column?.name },
            filterColumns: ChangesNoun.listColumns(Facts(now: Instant(millisecondsSince1970: 0))).map(\.name),
            examples: ChangesNoun.words.examples, isLocal: false
        ) { arguments in
            let today = try CommandDefinition.today(arguments)
            let plan = try ListPlan<ChangesNoun>(arguments, today: today)
            let text = arguments.value("since") ?? "yesterday"
            guard let since = Changes.Since(text, today: today) else {
                throw CommandError(
                    .badValue, "'\(text)' is no day that has come.", hint: "Write \(Changes.Since.forms).")
            }
            try CommandDefinition.readAfterSession(arguments, isLocal: false, list: "souk changes") { session, file in
                var run = ChangesRun(plan, since, session, file)
                try await run.run()
            }
        }
    }

    private init(
        _ plan: ListPlan<ChangesNoun>, _ since: Changes.Since, _ session: ReadSession, _ lastSession: SessionFile
    ) {
        (self.plan, self.since, self.session, self.lastSession) = (plan, since, session, lastSession)
        coverage = Coverage(asOf: session.clock.now())
    }

    private mutating func run() async throws {
        let kept = try lastSeen()
        try await session.client.signIn()
        var query = ChangesNoun.everything
        var owner: Account?
        for (filter, argument, account) in try await plan.arguments(session) {
            filter.apply(&query, argument)
            if let account, query.customer == account.id { owner = account }
        }
        coverage.asOf = session.clock.now()
        let customers = try await customers(query, owner)
        let members = query.reseller == nil && query.customer == nil ? nil : Set(customers.rows.map(\.id))
        let orders = try await read(
            RowList<Order>.orders(OrderQuery(customer: query.customer, reseller: query.reseller)), "orders")
        let subscriptions = try await read(
            RowList<Subscription>.subscriptions(SubscriptionQuery(customer: query.customer)), "subscriptions")
        let now = session.clock.now().adding(seconds: session.client.secondsAhead ?? 0)
        let choice = Changes.Choice(since, lastSession: kept, now: now, zone: .utc)
        if let note = choice.note { session.notes.note(note) }
        let answer = Changes(
            since: choice.start, orders: orders, subscriptions: subscriptions, customers: customers,
            made: try await made(), now: now, zone: .utc
        ) { members?.contains($0) ?? true }
        try finish(answer, choice)
    }

    // MARK: Reading

    /// - Throws: When the last session is asked for, and none is known.
    private func lastSeen() throws(CommandError) -> Instant? {
        guard since == .lastSession else { return nil }
        let kept: Instant?
        do throws(SessionFile.Problem) {
            kept = try lastSession.read()
        } catch {
            throw CommandError(.inputFailed, error.message, hint: "Give a day: --since yesterday.")
        }
        guard let kept else {
            throw CommandError(
                .notFound, "no earlier session of the dashboard is known here.",
                hint: session.arguments.has("sandbox")
                    ? "The sandbox inside the program forgets them. Give a day: --since yesterday."
                    : "Give a day: --since yesterday.")
        }
        return kept
    }

    private mutating func customers(_ query: ChangesQuery, _ owner: Account?) async throws -> Listing<Account> {
        if let owner {
            directory.insert(owner)
            coverage.read += 1
            return Listing(rows: [owner], total: 1, isComplete: true)
        }
        let list = query.reseller.map { AccountQuery.customersOf($0) } ?? .customers
        let listing = try await read(RowList<Account>.accounts(list), "customers")
        directory.insertAtOnce(listing.rows, of: list)
        return listing
    }

    /// Reads a list to its end, or as far as it can be read.
    private mutating func read<Row>(_ list: RowList<Row>, _ what: String) async throws -> Listing<Row> {
        var pages = session.client.pages(of: list)
        var listing = Listing<Row>()
        var hasBegun = false
        do {
            while let page = try await pages.next() {
                listing.rows += page.rows
                listing.total = page.total
                listing.problems = page.problems
                listing.isComplete = page.isLast && page.isComplete
                if page.isLast, !page.isComplete { coverage.hasGaps = true }
                coverage.read += page.rows.count
                if !hasBegun, !page.isLast {
                    try session.allow(session.pagesLeft(page, size: 500), for: "the pages of all \(what)")
                }
                hasBegun = true
            }
        } catch let error as MarketplaceError where hasBegun && error != .cancelled {
            coverage.failure = coverage.failure ?? error
        }
        coverage.unreadable += listing.problems.map { .init(index: $0.index, reason: $0.reason) }
        return listing
    }

    /// The customers that the journal of this machine says were made.
    private func made() async throws -> [Account.ID: Instant] {
        do {
            return JournalEntry.customersMade(in: try await session.client.journalEntries())
        } catch {
            session.notes.note("The journal cannot be read, so no customer made from here is counted: \(error.reason)")
            return [:]
        }
    }

    // MARK: The end

    private mutating func finish(_ answer: Changes, _ choice: Changes.Choice) throws {
        var facts = Facts(now: session.clock.now())
        (facts.entities, facts.hasNames) = (directory, true)
        var rows = answer.changes
        if !plan.filter.isEmpty || !plan.sort.isEmpty {
            var query = RowQuery(columns: ChangesNoun.listColumns(facts))
            query.filter = plan.filter
            rows = query.arranged(rows, by: plan.sort)
        }
        coverage.matched = rows.count
        rows = Array(rows.prefix(plan.limit ?? .max))
        coverage.printed = rows.count
        coverage.calls = session.calls
        let totals = [answer.ordersRead, answer.subscriptionsRead, answer.customersRead].map(\.total)
        coverage.total = totals.contains(nil) ? nil : totals.compactMap(\.self).reduce(0, +)
        coverage.isComplete = answer.isComplete && coverage.printed == coverage.matched
        session.notes.clear()
        var printer = RowPrinter<ChangesNoun>(plan.format, plan.columns)
        if plan.format.isStreamed {
            try printer.begin()
            try printer.print(rows, facts)
        } else {
            try printer.print(rows, facts, coverage, ChangesNoun.summary(answer, choice))
        }
        if plan.format.isTable { for sentence in words(answer, choice) { session.notes.note(sentence) } }
        if let problem = coverage.problem("changes") { throw problem }
    }

    private func words(_ answer: Changes, _ choice: Changes.Choice) -> [String] {
        func count(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
        let since = choice.words(today: session.today, zone: .utc)
        let what = answer.countWords.isEmpty ? "nothing changed" : answer.countWords
        let customers = answer.customers > 1 ? ", of \(count(answer.customers)) customers" : ""
        var lines = ["Since \(since): \(what)\(customers)."] + answer.restWords
        lines.append("Read \(coverage.asOf.utcTime.prefix(5)) UTC in \(count(coverage.calls)) calls.")
        if coverage.printed < coverage.matched {
            lines.append("\(count(coverage.printed)) of \(count(coverage.matched)) changes; --all prints every one.")
        }
        return lines
    }
}
