import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Screen
import Synchronization

@testable import Dashboard

/// The dashboard on the embedded marketplace with a clock that the test moves: keys in, screens and effects out. Every
/// effect is done before `press` returns, so nothing has to be waited for.
final class Stage {
    static let start = Instant(millisecondsSince1970: 1_795_183_452_000)  // 2026-11-20T14:04:12Z

    private(set) var dashboard: Dashboard
    /// Every effect since the start, in order.
    private(set) var effects: [Effect] = []
    let client: Client
    let transport: CountingTransport
    private let sandbox: Sandbox
    private let journal: MemoryJournal
    private let clock: MovedClock
    /// Called when a write begins, with how many there were so far. Keys pressed from here come before its answer.
    var whileSending: (Int, Stage) -> Void = { _, _ in }
    private var sendings = 0
    /// Whether the program is gone: nothing more leaves it.
    private(set) var isKilled = false
    /// The drafts that are kept outside.
    private(set) var drafts: [FormDraft] = []
    /// Whether the disk is slow: a draft is kept when the test says so.
    var isDiskSlow = false
    /// What was chosen of how the views are shown, as it is kept outside.
    private(set) var choices = Choices()
    /// The rows that are watched, as they are kept outside.
    private(set) var watched = WatchList()
    /// Until when the marketplace was seen, as it is kept outside.
    private(set) var seenTimes: [Instant] = []
    /// The saved views, as they are kept outside.
    var savedViews: [SavedView] = []
    /// The files that were written.
    private(set) var exports: [(name: String, text: String)] = []
    /// The texts that were put on the clipboard.
    private(set) var copied: [String] = []
    private var watching: [DataQuery] = []
    /// The version of the charges that were sent last.
    private var chargesVersion: Int?
    /// Details that are being read one by one. A test says when they come.
    private(set) var rests: [DataQuery] = []
    private var waiting: [Effect]

    init(
        columns: Int = 80, rows: Int = 24, isReadOnly: Bool = false, readOnlyOrigin: ReadOnlyOrigin? = nil,
        isProduction: Bool = false,
        user: String = "demo.api", keymap: Keymap = .standard, isLinear: Bool = false, journal: MemoryJournal? = nil,
        zone: Zone = .utc, after earlier: Stage? = nil, at view: View = .accounts, rules: [VendorRule] = []
    ) async {
        let clock = earlier?.clock ?? MovedClock(Self.start)
        var configuration = SandboxConfiguration()
        configuration.now = { Date(timeIntervalSince1970: Double(clock.steady().millisecondsSince1970) / 1000) }
        configuration.gatewayTimeoutSeconds = 0
        self.clock = clock
        sandbox = earlier?.sandbox ?? Sandbox(configuration)
        self.journal = journal ?? earlier?.journal ?? MemoryJournal()
        transport = CountingTransport(sandbox: sandbox)
        var signIn = Profile(
            name: "sandbox", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: user,
            password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32)),
            isReadOnly: isReadOnly)
        signIn.vendorRules = VendorRules(rules)
        client = Client(
            profile: signIn, transport: transport, clock: clock, journal: self.journal, pacing: .unlimited)
        var profile = ProfileSummary(
            name: isProduction ? "prod" : "sandbox",
            place: isProduction ? "us at api.example.com" : "the sandbox: nothing is real", user: user,
            isReadOnly: isReadOnly, isProduction: isProduction)
        profile.readOnlyOrigin = readOnlyOrigin
        profile.vendorRules = signIn.vendorRules
        dashboard = Dashboard(
            profile: profile, keymap: keymap, size: Size(columns: columns, rows: rows),
            isLinear: isLinear, now: Self.start, zone: zone,
            numbers: PONumbers(session: 0x1CE5), at: view)
        waiting = dashboard.start()
        await settle()
    }

    /// Somebody else at the same marketplace, who has read nothing yet.
    func witness() -> Client {
        Client(profile: client.profile, transport: transport, clock: clock, pacing: .unlimited)
    }

    /// Somebody else at the same marketplace orders another number of units.
    func changeUnits(of id: Subscription.ID, to total: Int, isCarriedOut: Bool = true) async throws {
        let other = witness()
        let detail = try await other.subscriptions.value(for: id)
        let lines = detail.products.map { ChangeOrder.Line(product: $0, quantity: TotalQuantity(total: total)) }
        let row = detail.subscription
        let intent = WriteIntent.place(
            .change(
                ChangeOrder(
                    customer: row.customer, subscription: id, billingPeriod: row.billingPeriod,
                    subscriptionPeriod: row.subscriptionPeriod, lines: lines, poNumber: "OTHER")))
        _ = await other.send(intent, agreed: try await other.dryRun(intent))
        if isCarriedOut { await pass(seconds: 3) }
    }

    var screen: String { canvas.text }

    /// The picture as a session makes it: with rows drawn ahead, and more of them after it.
    var canvas: Canvas {
        dashboard.prepare()
        defer { dashboard.prepareAhead() }
        return dashboard.draw()
    }

    /// Keys as one types them: characters, or names in angle brackets such as `<Enter>` and `<^O>`.
    func press(_ keys: String) async {
        for key in Self.keys(keys) {
            perform(.key(key))
            await settle()
        }
    }

    /// Keys while a write is on its way.
    func interject(_ keys: String) { for key in Self.keys(keys) { perform(.key(key)) } }

    /// Ends the program at once, as a power cut does.
    func kill() { isKilled = true }

    /// What goes wrong at the marketplace from now on, in the words of `souk sandbox --fault`.
    func breakIt(_ rules: String...) async throws {
        await sandbox.setFaults(try rules.map { try FaultRule(fault: $0) })
    }

    /// What the marketplace answers to a plain GET, as text.
    func plain(_ path: String) async throws -> String {
        String(decoding: try await client.exchange(method: "GET", path: path).body, as: UTF8.self)
    }

    func resize(_ columns: Int, _ rows: Int) async {
        perform(.resized(Size(columns: columns, rows: rows)))
        await settle()
    }

    /// Lets time pass; orders that are followed are looked at again.
    func pass(seconds: Double) async {
        clock.move(by: seconds)
        perform(.time(clock.now()))
        // First the orders that are followed: their end makes stale what the others then read anew.
        let followed = watching.filter { if case .followedOrder = $0 { true } else { false } }
        let others = watching.filter { !followed.contains($0) }
        waiting += followed.map { .watch($0, whenSettled: false) }
        await settle()
        await client.verifyEndedOrders()
        waiting += others.map { .watch($0, whenSettled: false) }
        await settle()
    }

    /// Somebody sets the time of day, while no time passes; the marketplace's clock goes on as before.
    func step(seconds: Double) async {
        clock.step(by: seconds)
        await send(
            .clocks(
                ClockOffsets(step: clock.step, marketplaceAhead: client.secondsAhead ?? 0), now: clock.now()))
    }

    /// Reads the first of the details that are being read one by one.
    func readRest(_ most: Int = .max) async {
        var left = most
        while left > 0, !rests.isEmpty {
            left -= 1
            perform(await read(rests.removeFirst()))
            await settleEffects()
        }
        await settle()
    }

    func send(_ event: Event) async {
        perform(event)
        await settle()
    }

    private func perform(_ event: Event) {
        let more = dashboard.update(event)
        effects += more
        waiting += more
    }

    private func settle() async {
        await settleEffects()
        // As the client announces them: many changes as one.
        while watching.contains(.charges), chargesVersion != client.charges.version, !isKilled {
            perform(await read(.charges))
            await settleEffects()
        }
    }

    private func settleEffects() async {
        while !waiting.isEmpty, !isKilled {
            let effect = waiting.removeFirst()
            for event in await answers(to: effect) { perform(event) }
        }
    }

    private func answers(to effect: Effect) async -> [Event] {
        switch effect {
        case .client(.watch(let request, _)):
            if !watching.contains(request) { watching.append(request) }
            return await [read(request)]
        case .client(.unwatch(let request)):
            watching.removeAll { $0 == request }
            return []
        case .client(.refresh(let request)): return await [read(request, since: clock.now())]
        case .client(.stopReading), .client(.stopAsking): return []
        case .client(.want(let requests, let readSince)):
            var events: [Event] = []
            for request in requests {
                switch request {
                case .subscription(let id):
                    let latest = try? await client.subscriptions.snapshot(for: id, readSince: readSince)
                    if let latest { events.append(.subscription(id, latest)) }
                case .order(let id):
                    let latest = try? await client.orders.snapshot(for: id, readSince: readSince)
                    if let latest { events.append(.order(id, latest)) }
                default: continue
                }
            }
            return events
        case .client(.readRest(let requests, _)):
            rests.append(contentsOf: requests)
            return []
        case .client(.stopReadingRest):
            rests = []
            return []
        case .client(.estimate(let order)):
            return await [
                .estimated(
                    order,
                    result { () async throws(MarketplaceError) in
                        try await self.client.estimate(order)
                    })
            ]
        case .client(.validate(let order)):
            return await [
                .validated(
                    order,
                    result { () async throws(MarketplaceError) in
                        try await self.client.validate(order)
                    })
            ]
        case .client(.dryRun(let intent)):
            return await [
                .dryRan(
                    intent,
                    result { () async throws(MarketplaceError) in
                        try await self.client.dryRun(intent)
                    })
            ]
        case .client(.send(let intent, let agreed, let group)):
            sendings += 1
            whileSending(sendings, self)
            if isKilled { return [] }
            let looks = HeldLooks()
            let ending = await HeldLooks.$ofThisSending.withValue(looks) {
                await client.send(intent, agreed: agreed, group: group)
            }
            if case .failed(.outcomeUnknown) = ending { looks.hold() }
            return await [.sent(intent, ending), read(.journal)]
        case .client(.settle):
            await client.lookForUnknowns()
            let entries = (try? await client.journalEntries()) ?? []
            return [.journal(entries), .lookedUp(stillUnknown: entries.count(where: \.isUnknown))]
        case .client(.export(let name, let text)):
            exports.append((name, text))
            return [.exported(.success("/home/me/" + name))]
        case .client(.saveDraft(let draft)):
            drafts.removeAll { $0.id == draft.id }
            drafts.append(draft)
            return isDiskSlow ? [] : [.draftsKept([draft.id])]
        case .client(.saveChoices(let latest)):
            choices = latest
            return []
        case .client(.saveSession(let seen)):
            seenTimes.append(seen)
            return []
        case .client(.saveWatch(let edit)):
            watched.apply(edit)
            return []
        case .client(.readViews): return [.savedViews(SavedViewReport(views: savedViews, place: "config.toml"))]
        case .client(.saveView(let edit)):
            switch edit {
            case .save(let view, nil): savedViews.append(view)
            case .save(let view, _?): savedViews = savedViews.map { $0.name == view.name ? view : $0 }
            case .rename(let view, let name):
                savedViews = savedViews.map { old in
                    var renamed = old
                    if old.name == view.name { renamed.name = name }
                    return renamed
                }
            case .remove(let view): savedViews.removeAll { $0.name == view.name }
            }
            return [.savedViews(SavedViewReport(views: savedViews, ending: .done(edit), place: "config.toml"))]
        case .client(.dropDraft(let id)):
            drafts.removeAll { $0.id == id }
            return []
        case .client(.arrange(let job)):
            var events: [Event] = []
            job.run(isCancelled: { false }, post: { events.append(.arranged($0)) })
            return events
        case .client(.find(let text)): return [.found(PlaceSearch.places(for: text, in: client.cachedLists))]
        case .client(.findTenants(let search)): return [.foundTenants(search.holders(in: client.cachedLists))]
        // A test says how far the files come.
        case .client(.reportFile): return []
        case .client(.supportBundle): return [.exported(.success("/home/me/souk-support.txt"))]
        case .terminal(.copy(let offer)):
            copied.append(offer.text)
            return [.copied(offer, offer.text.utf8.count > 74_994 ? .tooLong(limit: 74_994) : .sent)]
        case .client(.discard), .client(.rest), .terminal, .setup: return []
        }
    }

    /// - Parameter since: What was read before is read again.
    private func read(_ request: DataQuery, since: Instant? = nil) async -> Event {
        switch request {
        case .accounts(let query): await .accounts(query, snapshot(client.accountLists, query, since))
        case .account(let key): await .account(key, snapshot(client.accounts, key, since))
        case .subscriptions(let query): await .subscriptions(query, snapshot(client.subscriptionLists, query, since))
        case .subscription(let id): await .subscription(id, snapshot(client.subscriptions, id, since))
        case .orders(let query): await .orders(query, snapshot(client.orderLists, query, since))
        case .order(let id): await .order(id, snapshot(client.orders, id, since))
        case .followedOrder(let id): await .order(id, follow(id))
        case .followedSubscription(let id): await .subscription(id, snapshot(client.subscriptions, id, since))
        case .followedAccount(let key): await .account(key, snapshot(client.accounts, key, since))
        case .products(let query): await .products(query, snapshot(client.productLists, query, since))
        case .overview(let query): await .overview(query, Snapshot(value: overview(query), readAt: clock.now()))
        case .requestLog: .requestLog(client.requestLog)
        case .plans(let query): await .plans(query, snapshot(client.planLists, query, since))
        case .plan(let id): await .plan(id, snapshot(client.plans, id, since))
        case .charges: .charges(charges())
        case .reports(let query): await .reports(query, snapshot(client.reportLists, query, since))
        case .report(let id): await .report(id, snapshot(client.reports, id, since))
        case .journal: .journal((try? await client.journalEntries()) ?? [])
        }
    }

    private func charges() -> ReadCharges {
        let charges = client.charges
        chargesVersion = charges.version
        return charges
    }

    private func overview(_ query: OverviewQuery) async -> Overview {
        var sources = Overview.Sources()
        sources.failed = await snapshot(client.orderLists, OrderQuery(status: .error)).value
        sources.submitted = await snapshot(client.orderLists, OrderQuery(status: .submitted)).value
        sources.processing = await snapshot(client.orderLists, OrderQuery(status: .processing)).value
        sources.orders = await snapshot(client.orderLists, OrderQuery()).value
        sources.subscriptions = await snapshot(client.subscriptionLists, SubscriptionQuery()).value
        sources.customers = await snapshot(client.accountLists, .customers).value
        if let reseller = query.scope.reseller {
            sources.members = await snapshot(client.accountLists, .customersOf(reseller)).value
        }
        return Overview(sources, of: query.scope, now: clock.now(), zone: query.zone)
    }

    /// The first look of a follower; the next ones come when time passes.
    private func follow(_ id: Order.ID) async -> Snapshot<Order> {
        for await snapshot in client.follow(id) where !snapshot.isLoading { return snapshot }
        return Snapshot()
    }

    private func snapshot<Key, Value>(
        _ cache: Cache<Key, Value>, _ key: Key, _ since: Instant? = nil
    ) async -> Snapshot<Value> {
        do {
            return try await cache.snapshot(for: key, readSince: since)
        } catch {
            return Snapshot(failure: error)
        }
    }

    private func result<Value>(
        _ body: () async throws(MarketplaceError) -> Value
    ) async -> Result<Value, MarketplaceError> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
