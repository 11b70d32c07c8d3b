import FoundationEssentials
import Marketplace
import MarketplaceClient
import Rows

/// One `list`: reads the rows that are asked for and prints them, as they come or when all are there.
struct ListRun<N: Noun> {
    let plan: ListPlan<N>
    let session: ReadSession
    private var facts: Facts
    private var coverage: Coverage
    private var printer: RowPrinter<N>
    private let resumed: OutputFile?
    /// Rows that pass, as far as they are not printed yet.
    private var kept: [N.Row] = []
    /// Whether at least one page was read.
    private var hasRows = false
    private let wanted: Set<String>?
    private var foundIDs: Set<String> = []
    /// Rows in the list that is being read.
    private var lastTotal: Int?
    /// Each filter of the marketplace alone, to see which one it ignores.
    private var singleFilters: [(name: String, query: N.Query)] = []
    private var owner: Account?
    /// What was asked for, once that is complete.
    private var asked = N.everything
    /// What all rows come to, also those that are not printed.
    private var summary: ListSummary?

    init(_ plan: ListPlan<N>, _ session: ReadSession) throws(CommandError) {
        self.plan = plan
        self.session = session
        facts = Facts(now: session.clock.now())
        facts.rules = session.client.profile.vendorRules
        coverage = Coverage(asOf: session.clock.now())
        resumed = try session.arguments.value("resume").map { path throws(CommandError) in try OutputFile(path) }
        printer = RowPrinter(plan.format, plan.columns, file: resumed)
        wanted = plan.ids.map(Set.init)
    }

    /// - Throws: What kept the list from being printed, or printed whole.
    mutating func run() async throws {
        if !N.words.isLocal { try await session.client.signIn() }
        let query = try await query()
        try await readNames(query)
        try await read(query)
        try finish()
    }

    // MARK: What is asked

    private mutating func query() async throws -> N.Query {
        var query = N.everything
        for (filter, argument, account) in try await plan.arguments(session) {
            filter.apply(&query, argument)
            var single = N.everything
            filter.apply(&single, argument)
            singleFilters.append((filter.option.name, single))
            if let account, N.owner(query) == account.id {
                owner = account
                // It is the same in every row.
                if plan.usesScreenColumns { printer.columns.removeAll { $0.column?.name == filter.option.name } }
            }
        }
        let whole = try N.complete(query, today: facts.today)
        asked = whole
        return whole
    }

    /// Reads the names that the rows are shown with: of one account where the rows are its own, else of all.
    private mutating func readNames(_ query: N.Query) async throws {
        guard session.readsNames, N.names != .none else { return }
        if let owner {
            facts.entities.insert(owner)
            facts.hasNames = true
        } else {
            facts.hasNames = try await readNames(of: N.names == .customers ? .customer : .reseller)
        }
        facts.hasResellers = N.names == .resellers
        if N.names == .customers, usesResellers { facts.hasResellers = try await readNames(of: .reseller) }
    }

    /// - Returns: Whether they were read; who may not see the accounts sees the rows without their names.
    private mutating func readNames(of kind: Account.Kind) async throws -> Bool {
        do {
            let accounts = try await session.names(of: kind)
            facts.entities.insertAtOnce(accounts, of: kind == .customer ? .customers : .resellers)
            return true
        } catch let error as MarketplaceError {
            switch error {
            case .forbidden, .notFound, .rejected:
                session.notes.note("Names of \(kind.wire)s cannot be read: \(CommandError(error).message)")
                return false
            default: throw error
            }
        }
    }

    /// Whether a column of resellers is printed, filtered or sorted by.
    private var usesResellers: Bool {
        plan.columns.contains { $0.column?.name == "reseller" } || plan.sort.contains { $0.column == "reseller" }
            || plan.filter.terms.contains { $0.column == "reseller" }
    }

    // MARK: Reading

    private mutating func read(_ query: N.Query) async throws {
        // The first page need not be larger than what is printed; reading ends early only where fewer rows are wanted.
        let limit = plan.limit == nil && plan.ids == nil ? nil : plan.isPlain ? plan.limit ?? 500 : 500
        var totals: [Int?] = []
        do {
            for stream in N.open(query, session.client, limit: limit) {
                // A list that need not be read has an unread total.
                totals.append(isEnough ? nil : try await read(stream, query))
            }
        } catch let error as MarketplaceError where hasRows && error != .cancelled {
            coverage.failure = error
            // That of the list that broke off; the others were not asked.
            totals.append(totals.isEmpty ? lastTotal : nil)
        }
        coverage.total = totals.contains(nil) ? nil : totals.compactMap(\.self).reduce(0, +)
        if !isPrintedAsRead { try await readKept() }
    }

    /// - Returns: Rows that the list has in all; nil when the marketplace does not say.
    private mutating func read(_ stream: PageStream<N.Row>, _ query: N.Query) async throws -> Int? {
        var problems: [RowProblem] = []
        var total: Int?
        defer { coverage.unreadable += problems.map { .init(index: $0.index, reason: $0.reason) } }
        var isFirst = true
        while let page = try await stream.next() {
            if !hasRows { coverage.asOf = session.clock.now() }
            hasRows = true
            problems = page.problems
            total = page.total
            lastTotal = total
            coverage.read += page.rows.count + page.strangers.count
            noteIgnoredFilters(page.strangers)
            if isFirst { try checkCalls(page) }
            isFirst = false
            try await take(page.rows, query)
            if isEnough { return total }
            if page.isLast, !page.isComplete { coverage.hasGaps = true }
            if !page.isLast { progress(total) }
        }
        return total
    }

    private func progress(_ total: Int?) {
        let read = Decimal(coverage.read).grouped(fractionDigits: 0)
        let all = total.map { " of \(Decimal($0).grouped(fractionDigits: 0))" } ?? ""
        session.notes.progress("\(read)\(all) \(N.words.rows) read, \(session.calls) calls; ^C stops.")
    }

    private mutating func noteIgnoredFilters(_ strangers: [N.Row]) {
        guard let stranger = strangers.first else { return }
        for (name, query) in singleFilters
        where !coverage.ignoredFilters.contains(name) && !N.answers(stranger, query, session.client) {
            coverage.ignoredFilters.append(name)
        }
    }

    private func checkCalls(_ page: RowPage<N.Row>) throws(CommandError) {
        var pages = session.pagesLeft(page, size: 500)
        if plan.isPlain, let limit = plan.limit { pages = min(pages, max(0, limit - page.rows.count + 499) / 500) }
        var details = 0
        // Of rows that are checked here it is not clear yet how many pass.
        if plan.readsDetails, plan.filter.isEmpty, plan.ids == nil, !N.needsDetails {
            details = page.isLast ? page.rows.count : page.total ?? page.rows.count
            if plan.detailFilter.isEmpty, plan.sort.isEmpty { details = min(details, plan.limit ?? details) }
        }
        guard pages + details > 0 else { return }
        let count = Decimal(details > 0 ? details : page.total ?? 0).grouped(fractionDigits: 0)
        let what = "\(count) \(N.words.rows)"
        try session.allow(pages + details, for: details > 0 ? "\(plan.detailWords) of \(what)" : what)
        if details > 0 { announce(details) }
    }

    private func announce(_ details: Int) {
        guard details > 1 else { return }
        session.notes.note(
            "Reading the details of \(Decimal(details).grouped(fractionDigits: 0)) \(N.words.rows), one call each"
                + "\(session.duration(of: details)). ^C stops\(resumed == nil ? "" : "; the same command goes on later")."
        )
    }

    /// Whether rows are printed while the list is read: without a sort order, and with details only where every row
    /// has its call anyway.
    private var isPrintedAsRead: Bool {
        plan.format.isStreamed && plan.sort.isEmpty && (!plan.readsDetails || plan.filter.isEmpty && plan.ids == nil)
    }

    /// Whether enough was printed or kept, so that the rest of the list need not be read.
    private var isEnough: Bool {
        if let wanted, foundIDs.count == wanted.count { return true }
        guard let limit = plan.limit, plan.isPlain || isPrintedAsRead else { return false }
        return coverage.printed + kept.count >= limit
    }

    private mutating func take(_ rows: [N.Row], _ query: N.Query) async throws {
        let rows = passing(rows, query)
        guard isPrintedAsRead else {
            kept += plan.isPlain ? Array(rows.prefix((plan.limit ?? .max) - kept.count)) : rows
            if plan.detailFilter.isEmpty { coverage.matched += rows.count }
            return
        }
        try await print(rows)
    }

    /// Rows that meet what can be checked without details, and are not in the file that is gone on with.
    private mutating func passing(_ rows: [N.Row], _ query: N.Query) -> [N.Row] {
        var rows = N.checksRows ? rows.filter { N.answers($0, query, session.client) } : rows
        if let wanted {
            rows = rows.filter { wanted.contains(N.id(of: $0)) }
            foundIDs.formUnion(rows.map { N.id(of: $0) })
        }
        if !plan.filter.isEmpty { rows = arranged(rows, facts, plan.filter) }
        if let resumed {
            rows = rows.filter { row in
                guard let changed = resumed.rows[N.id(of: row)] else { return true }
                return changed != N.changed(row)
            }
        }
        return rows
    }

    private func arranged(
        _ rows: [N.Row], _ facts: Facts, _ filter: FilterExpression, by sort: [Rows.SortOrder] = []
    ) -> [N.Row] {
        var query = RowQuery(columns: N.listColumns(facts))
        query.filter = filter
        return query.arranged(rows, by: sort)
    }

    /// Prints rows as they are read, with their details where these are asked for.
    private mutating func print(_ rows: [N.Row]) async throws {
        var rest = rows[...]
        while !rest.isEmpty, !isEnough {
            // A part at a time, so that rows are there soon and little is kept.
            let part = Array(rest.prefix(plan.readsDetails ? Self.detailsAtOnce : rest.count))
            rest = rest.dropFirst(part.count)
            var facts = facts
            var rows = part
            if plan.readsDetails {
                rows = try await readDetails(of: part, into: &facts)
                if !plan.detailFilter.isEmpty { rows = arranged(rows, facts, plan.detailFilter) }
            }
            coverage.matched += rows.count
            rows = Array(rows.prefix((plan.limit ?? .max) - coverage.printed))
            session.notes.clear()
            try printer.print(rows, facts)
            coverage.printed += rows.count
        }
    }

    /// Details that are asked for at a time.
    private static var detailsAtOnce: Int { 32 }

    private struct Answered: Sendable {
        var place: Int
        var answer: Result<Detail?, MarketplaceError>
    }

    /// Apart from the task that asks for it: in one closure with it the optimizer of Swift 6.3.1 loses the row's place.
    private static func detail(of row: N.Row, _ client: Client) async -> Result<Detail?, MarketplaceError> {
        do throws(MarketplaceError) {
            return .success(try await N.readDetail(of: row, client))
        } catch {
            return .failure(error)
        }
    }

    private mutating func readDetails(of rows: [N.Row], into facts: inout Facts) async throws -> [N.Row] {
        let client = session.client
        var answers = [Result<Detail?, MarketplaceError>?](repeating: nil, count: rows.count)
        try await withThrowingTaskGroup(of: Answered.self) { group in
            for (place, row) in rows.enumerated() {
                group.addTask { Answered(place: place, answer: await Self.detail(of: row, client)) }
            }
            while let answered = try await group.next() { answers[answered.place] = answered.answer }
        }
        for (row, answer) in zip(rows, answers) {
            switch answer {
            case .success(let detail): if let detail { facts.take(detail) }
            case .failure(.notFound(let what, _)):
                coverage.unreadable.append(.init(id: N.id(of: row), reason: "the marketplace has no \(what) any more"))
            case .failure(let error): throw error
            case nil: break
            }
        }
        return rows
    }

    /// Sorts the rows that were kept, reads their details where these are asked for, and prints them.
    private mutating func readKept() async throws {
        if !plan.sort.isEmpty { kept.sort { Self.precedes(N.id(of: $0), N.id(of: $1)) } }
        let needsAllDetails =
            N.needsDetails || !plan.detailFilter.isEmpty
            || plan.sort.contains { order in
                N.columns.contains { $0.column?.name == order.column && $0.column?.needsDetails == true }
            }
        if plan.readsDetails, !needsAllDetails {
            if !plan.sort.isEmpty { kept = arranged(kept, facts, FilterExpression(), by: plan.sort) }
            kept = Array(kept.prefix(plan.limit ?? .max))
        }
        if plan.readsDetails, coverage.failure == nil { try await readKeptDetails() }
        if !plan.detailFilter.isEmpty {
            kept = arranged(kept, facts, plan.detailFilter)
            coverage.matched = kept.count
        }
        if !plan.sort.isEmpty { kept = arranged(kept, facts, FilterExpression(), by: plan.sort) }
        summary = N.summary(kept, asked, facts)
        kept = Array(kept.prefix(plan.limit ?? .max))
        coverage.printed = kept.count
    }

    private mutating func readKeptDetails() async throws {
        let isNew = !plan.filter.isEmpty || plan.ids != nil || !hasRows || N.needsDetails
        if isNew {
            try session.allow(kept.count, for: "\(plan.detailWords) of \(kept.count) \(N.words.rows)")
            announce(kept.count)
        }
        var rest = kept[...]
        do {
            while !rest.isEmpty {
                let part = Array(rest.prefix(Self.detailsAtOnce))
                var facts = facts
                _ = try await readDetails(of: part, into: &facts)
                self.facts = facts
                rest = rest.dropFirst(part.count)
                session.notes.progress("Details of \(kept.count - rest.count) of \(kept.count) read; ^C stops.")
            }
        } catch let error as MarketplaceError where error != .cancelled {
            coverage.failure = error
        }
    }

    /// Ids as numbers where they are numbers, else as texts.
    static func precedes(_ left: String, _ right: String) -> Bool {
        let areNumbers = (left + right).utf8.allSatisfy { (48...57).contains($0) }
        return areNumbers && left.utf8.count != right.utf8.count ? left.utf8.count < right.utf8.count : left < right
    }

    // MARK: The end

    private mutating func finish() throws {
        coverage.calls = session.calls
        if let ids = plan.ids { coverage.missing = ids.filter { !foundIDs.contains($0) } }
        let isWhole =
            coverage.failure == nil && !coverage.hasGaps && coverage.unreadable.isEmpty && coverage.missing.isEmpty
        let isCut =
            plan.limit.map { coverage.printed >= $0 && (coverage.matched > $0 || isEnoughBeforeTheEnd) } ?? false
        coverage.isComplete = isWhole && !isCut
        session.notes.clear()
        if plan.format.isStreamed {
            if isPrintedAsRead { try printer.begin() } else { try printer.print(kept, facts) }
            try resumed?.finish()
        } else {
            try printer.print(kept, facts, coverage, summary)
        }
        for name in coverage.ignoredFilters {
            session.notes.note("The marketplace ignored the filter \(name); the rows were filtered here.")
        }
        if plan.format.isTable || coverage.printed == 0 {
            let words = CoverageWords(
                coverage: coverage, plural: N.words.rows, owner: owner, filter: plan.filterText,
                filters: plan.filters.map { "--\($0.filter.option.name) \($0.text)" },
                hasDetails: N.hasDetails && !plan.readsDetails && !N.words.isLocal)
            session.notes.note(words.sentence)
        }
        if let summary, coverage.matched > 0 { session.notes.note(summary.sentence) }
        if let problem = coverage.problem(N.words.rows) { throw problem }
    }

    /// Whether reading ended because enough was printed, with more rows to come.
    private var isEnoughBeforeTheEnd: Bool { coverage.total.map { coverage.read < $0 } ?? true }
}
