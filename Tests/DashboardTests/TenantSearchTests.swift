import Marketplace
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Tenant ids and domains stand in the details of subscriptions alone, and these are read one by one.
@Suite(.onComputingThreads) struct `Finding a customer by what only details hold` {
    static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 40)]

    /// A stage on which every subscription is listed, and the tenant id of one that was not in view.
    private func stage(
        _ size: Size = Size(columns: 80, rows: 24), after keys: String = "12"
    ) async throws -> (Stage, tenant: String) {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(keys)
        let detail = try await stage.witness().subscriptions.value(for: "1000917")
        return (stage, try #require(detail.fulfillmentParameters.first { $0.name == "ms_customer_id" }).value)
    }

    /// The index reads a detail that nobody looks at.
    private func readInBackground(_ id: Subscription.ID, _ stage: Stage) async throws {
        _ = try await stage.client.subscriptions.value(for: id)
        await stage.send(.index(IndexProgress(phase: .details, isRunning: true, rows: 1, of: 1500)))
    }

    private func words(_ screen: String) -> String {
        screen.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: " ")
    }

    @Test func `go-to says how much was searched, and finds it as soon as its detail is read`() async throws {
        let (stage, tenant) = try await stage()
        await stage.press(":\(tenant)")
        #expect(!stage.screen.contains("1000917"))
        #expect(
            words(stage.screen).contains(
                "Tenant ids and domains of 0 of 1,500 subscriptions were searched; those of the others are read when they "
                    + "come into view."))
        try await readInBackground("1000917", stage)
        #expect(stage.screen.contains("subscription  1000917"))
        #expect(words(stage.screen).contains("Tenant ids and domains of 1 of 1,500 subscriptions were searched"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.subscriptions.opened == "1000917")
    }

    @Test func `the account tree says how much was searched, and shows the customer as soon as a detail is read`()
        async throws
    {
        let (stage, tenant) = try await stage()
        await stage.press("/\(tenant)")
        #expect(!stage.screen.contains("Jørgensen"))
        #expect(words(stage.screen).contains("Tenant ids and domains of 0 of 1,500 subscriptions were searched"))
        try await readInBackground("1000917", stage)
        #expect(stage.screen.contains("Nordwind Handel GmbH"))
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        #expect(words(stage.screen).contains("Tenant ids and domains of 1 of 1,500 subscriptions were searched"))
        await stage.press("<Enter>jj<Enter>")
        #expect(stage.dashboard.model.scope == "1000412")
    }

    @Test func `an unfolded reseller shows it too`() async throws {
        let (stage, tenant) = try await stage()
        await stage.press("j<Right>/\(tenant)")
        #expect(!stage.screen.contains("Jørgensen"))
        try await readInBackground("1000917", stage)
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        #expect(!stage.screen.contains("作者出版株式会社"))
    }

    @Test func `a customer of which nothing was read is known by the names that the filter reads`() async throws {
        let (stage, tenant) = try await stage(after: "")
        try await readInBackground("1000917", stage)
        await stage.press("/\(tenant)")
        let question = DataQuery.account(AccountKey(kind: .customer, id: "1000412"))
        #expect(!stage.effects.contains(.watch(question, whenSettled: true)))
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        #expect(
            words(stage.screen).contains(
                "Tenant ids and domains of 1 subscription were searched; how many there are is not read yet."))
    }

    @Test func `how many subscriptions there are is said as soon as it is read`() async throws {
        let (stage, tenant) = try await stage(after: "")
        await stage.press("/\(tenant)")
        #expect(words(stage.screen).contains("of 0 subscriptions were searched; how many there are is not read yet."))
        _ = try await stage.client.subscriptionLists.value(for: SubscriptionQuery())
        await stage.send(.index(IndexProgress(phase: .orders, isRunning: true)))
        #expect(words(stage.screen).contains("of 0 of 1,500 subscriptions were searched"))
    }

    @Test(arguments: sizes) func `go-to for a tenant id`(size: Size) async throws {
        let (stage, tenant) = try await stage(size)
        await stage.press(":\(tenant)")
        expectScreen(stage.screen, matches: "go-to-tenant-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `the account tree filtered by a tenant id`(size: Size) async throws {
        let (stage, tenant) = try await stage(size)
        await stage.press("/\(tenant)")
        expectScreen(stage.screen, matches: "accounts-tenant-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: [
        (":zx-9.example", true), (":2e0f-1", true), (":123456", true), (":nowhere", true), (":jørgen", false),
        (":orders", false), (":two words", false),
    ])
    func `go-to speaks of details where what is typed may stand in them`(keys: String, speaks: Bool) async throws {
        let (stage, _) = try await stage()
        await stage.press(keys)
        #expect(stage.screen.contains("Tenant ids and domains of") == speaks)
    }

    @Test(arguments: [("/jørgen", false), ("/active", false), ("/tenant:contoso", true), ("/contoso.example", true)])
    func `a filter of accounts speaks of details where it looks into them`(keys: String, speaks: Bool) async throws {
        let (stage, _) = try await stage()
        await stage.press(keys)
        #expect(stage.screen.contains("Tenant ids and domains of") == speaks)
        await stage.press("<Esc>")
        #expect(!stage.screen.contains("Tenant ids and domains of"))
    }

    private func spoken(_ stage: Stage) -> String {
        stage.dashboard.sentences.flatMap(\.lines).joined(separator: " ")
    }

    @Test func `line by line it is said as well`() async throws {
        let stage = await Stage(isLinear: true)
        await stage.press("12:zx-9.example")
        #expect(spoken(stage).contains("domains of 0 of 1,500 subscriptions"))
        await stage.press("<Esc>/zx-9.example")
        #expect(spoken(stage).contains("domains of 0 of 1,500 subscriptions"))
    }

    // MARK: The search itself

    private static func detail(_ id: Subscription.ID, of customer: Account.ID, _ value: String) -> SubscriptionDetail {
        SubscriptionDetail(
            subscription: Subscription(id: id, name: "Aurora", customer: customer, status: .active),
            orderParameters: [Parameter(name: "domain", value: value)])
    }

    private static func search(_ text: String) throws -> TenantSearch? {
        let columns = [FilterColumn(name: "tenant", kind: .text)]
        return TenantSearch(try FilterParser(columns: columns, today: Stage.start.utcDate).parse(text))
    }

    @Test(arguments: [
        ("wren.example", ["7"]), ("WREN.EX", ["7"]), ("tenant:owl", ["8"]), ("!wren.example", ["7"]),
        (".example", ["7", "8"]), ("nobody.example", []),
    ])
    func `holders are found by parts of values, whatever the case`(text: String, expected: [String]) throws {
        let lists = CachedLists(
            accounts: [[Account(id: "7", kind: .customer, name: "Wren", status: .active)]],
            details: [Self.detail("1", of: "7", "wren.example"), Self.detail("2", of: "8", "owl.example")])
        let holders = try #require(try Self.search(text)).holders(in: lists)
        #expect(holders.values.keys.map(\.rawValue).sorted() == expected)
        #expect(holders.accounts.keys.map(\.rawValue).sorted() == expected.filter { $0 == "7" })
    }

    @Test func `plain names search no details`() throws { #expect(try Self.search("wren owl") == nil) }

    @Test func `while details come fast one search ends before the next begins`() throws {
        var lookup = TenantLookup()
        let filter = try FilterParser(columns: [], today: Stage.start.utcDate).parse("wren.example")
        let search = try #require(TenantSearch(filter))
        let answer = TenantHolders(search: search, coverage: DetailCoverage(read: 1, total: 2))
        var effects = [lookup.want(filter), lookup.want(filter), lookup.searchAgain(), lookup.searchAgain()]
        #expect(effects == [[.findTenants(search)], [], [], []])
        effects = [lookup.take(answer), lookup.take(answer), lookup.searchAgain()]
        #expect(effects == [[.findTenants(search)], [], [.findTenants(search)]])
    }

    @Test func `an answer for other words is ignored`() throws {
        var lookup = TenantLookup()
        _ = lookup.want(try FilterParser(columns: [], today: Stage.start.utcDate).parse("wren.example"))
        let other = try #require(try Self.search("owl.example"))
        let effects = lookup.take(TenantHolders(search: other, coverage: DetailCoverage(read: 1)))
        #expect(effects == [])
        #expect(lookup.holders == nil)
    }

    @Test func `go-to too looks again only after the search before`() {
        var finder = Finder()
        for letter in "wren.example" { _ = finder.take(.character(letter), []) }
        let detail = Event.subscription("1", Snapshot(value: Self.detail("1", of: "7", "wren.example")))
        func searchesAfterDetail() -> Bool { finder.receive(detail, []) }
        func searchesAfterAnswer(read: Int) -> Bool {
            _ = finder.receive(SearchResults(text: "wren.example", coverage: DetailCoverage(read: read, total: 2)), [])
            return finder.repeatsSearch()
        }
        var searches = [searchesAfterDetail(), searchesAfterAnswer(read: 1), searchesAfterAnswer(read: 1)]
        #expect(searches == [false, true, false])
        // Nothing is under way now; and where everything was read nothing is left to find.
        searches = [searchesAfterDetail(), searchesAfterAnswer(read: 2), searchesAfterDetail()]
        #expect(searches == [true, false, false])
    }
}
