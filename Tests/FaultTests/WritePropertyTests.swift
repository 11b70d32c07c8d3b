import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import TestSupport
import Testing

/// Random writes through random faults, false answers, networks that send twice and ends of the program, on computers whose
/// clocks may be off. After each step the promises of the write gate hold,
/// whatever the dice said. A failure names its seed.
@Suite(.timeLimit(.minutes(30))) struct `Writes whatever happens` {
    @Test(arguments: 0..<64) func `every promise of the write gate holds`(seed: Int) async throws {
        let world = try await WriteCase(seed: seed)
        for _ in 0..<8 { try await world.step() }
        try await world.end()
    }
}

/// One marketplace, one journal, and one program after the other.
private final class WriteCase {
    private static let customers: [Account.ID] = ["1000412", "1000413"]
    private static let faults = [
        "504 after-effect", "504", "500", "reset", "reset after-effect", "truncate", "cut", "html", "html after-effect",
        "empty", "empty after-effect", "429 first 1", "status 403 gateway", "status 400", "wrong-charset",
        "gzip-broken",
    ]

    private let seed: Int
    private var dice: Dice
    private let clock = HastyClock()
    private let kept = KeptJournal()
    private let sandbox: Sandbox
    private let delivery: Delivery
    /// Seconds by which this computer's clock is ahead.
    private let offset: Double
    private var life: Life
    private var client: Client
    private var product: Product?
    private var numbers = 0
    private var intents: [WriteIntent] = []
    /// What was final after the steps before.
    private var settled: [JournalEntry.ID: JournalEntry.Outcome] = [:]

    init(seed: Int) async throws {
        self.seed = seed
        dice = Dice(seed: UInt64(seed))
        var configuration = SandboxConfiguration()
        configuration.shrink()
        // Time jumps while requests are on their way: a token could end between its making and its use, twice over.
        configuration.tokenSeconds = 1_000_000
        configuration.now = { [clock] in
            Date(timeIntervalSince1970: Double(clock.now().millisecondsSince1970) / 1000)
        }
        sandbox = Sandbox(configuration)
        delivery = Delivery(sandbox: sandbox, kept: kept, clock: clock)
        life = Life()
        offset = dice.one(of: [0, 0, 0, 7_200, -7_200, 90_000, -90_000, 400])
        client = Self.client(life, kept, delivery, clock, offset)
        product = try await client.productLists.value(for: ProductQuery(mpn: "AUR-365-BP")).rows.first {
            $0.subscriptionPeriod == Period(1, .year) && $0.billingPeriod == Period(1, .month)
        }
    }

    private static func client(
        _ life: Life, _ kept: KeptJournal, _ delivery: Delivery, _ clock: HastyClock, _ offset: Double
    ) -> Client {
        Client(
            profile: Bench.profile(), transport: MortalTransport(life: life, delivery: delivery),
            clock: MortalClock(life: life, clock: clock, offset: offset),
            journal: MortalJournal(life: life, kept: kept),
            pacing: .unlimited)
    }

    // MARK: Steps

    func step() async throws {
        switch dice.below(10) {
        case 0: try await clock.sleep(seconds: Double(dice.below(1_200)))
        case 1: restart()
        case 2: await client.settleUnknowns()
        default: try await write()
        }
        try await check()
    }

    /// Another program begins where this one ends.
    private func restart() {
        life.end()
        life = Life()
        client = Self.client(life, kept, delivery, clock, offset)
    }

    private func write() async throws {
        let (intent, isNew) = try await chooseIntent()
        // Sign-in and questions stay whole: a failure there is reported before anything is sent.
        let fault = dice.one(of: Self.faults)
        let spoilt = dice.below(2) == 0 ? ["POST /orders", "POST /customers", "PATCH /subscriptions/*"] : []
        await sandbox.setFaults(try spoilt.map { try FaultRule(fault: "\($0): \(fault)") })
        await delivery.set(late: dice.below(6) == 0 ? Double(dice.below(590)) : nil)
        let lie = dice.one(of: Lie.all)
        await delivery.use(spoilt.isEmpty && dice.below(2) == 0 ? lie : nil)
        let ends = Life.End.allCases
        life.will(end: dice.below(3) == 0 ? ends[dice.below(ends.count)] : nil)
        await ask(for: intent, isNew: isNew)
        if life.hasEnded { restart() } else { life.will(end: nil) }
        await delivery.set(late: nil)
        await delivery.use(nil)
        await sandbox.setFaults([])
    }

    /// As a person does: looks, hesitates at a warning, sends.
    private func ask(for intent: WriteIntent, isNew: Bool) async {
        guard let run = try? await client.dryRun(intent), run.refusal == nil else { return }
        // A PO number is never used twice on purpose, so that no two orders of one intent can be meant.
        guard !run.asksForMore || isNew && dice.below(2) == 0 else { return }
        switch await client.send(intent, agreed: run) {
        case .done(.order(let order)):
            let orders = try? await orders()
            #expect(
                life.hasEnded || orders?.contains { $0.id == order.id.rawValue } == true,
                "seed \(seed): told done, and there is no order \(order.id)")
        case .done, .movedOn: break
        case .failed(.outcomeUnknown): break
        case .failed(let error):
            guard !life.hasEnded, case .place = intent, let number = intent.poNumber else { return }
            let isLate = await delivery.isLate(number)
            #expect(!isLate, "seed \(seed): told \(error) of a request that is still on its way")
        }
    }

    private func chooseIntent() async throws -> (intent: WriteIntent, isNew: Bool) {
        if dice.below(4) == 0, let again = intents.randomElement(using: &dice) { return (again, false) }
        let intent = try await newIntent()
        intents.append(intent)
        return (intent, true)
    }

    private func newIntent() async throws -> WriteIntent {
        numbers += 1
        let number = "P-\(seed)-\(numbers)"
        switch dice.below(8) {
        case 0:
            let detail = try await client.subscriptions.value(for: "1000917")
            return .change(
                detail.subscription, SubscriptionChanges(autoRenews: !(detail.subscription.autoRenews ?? false)))
        case 1:
            let ada = ContactPerson(
                role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada\(numbers)@new.example",
                phone: "45##1#")
            return .create(
                AccountDraft(
                    kind: .customer, name: "New Customer \(numbers)",
                    address: Address(street: "Vej 1", postalCode: "1000", city: "København", country: "DK"),
                    contacts: [NewContact(ada)], language: "en_US"))
        case 2:
            let detail = try await client.subscriptions.value(for: "1000917")
            return .place(
                .change(
                    ChangeOrder(
                        customer: "1000412", subscription: "1000917",
                        billingPeriod: detail.subscription.billingPeriod,
                        subscriptionPeriod: detail.subscription.subscriptionPeriod,
                        lines: detail.products.prefix(1).map {
                            .init(product: $0, quantity: TotalQuantity(total: 26 + numbers))
                        }, poNumber: number)))
        default:
            return .place(
                .sales(
                    SalesOrder(
                        customer: dice.one(of: Self.customers),
                        lines: product.map { [SalesOrder.Line(product: $0, quantity: 1 + dice.below(2))] } ?? [],
                        poNumber: number)))
        }
    }

    // MARK: Promises

    /// What is final stays so.
    private func check() async throws {
        for entry in try await client.journalEntries() {
            if let before = settled[entry.id] {
                #expect(entry.outcome == before, "seed \(seed): \(entry.name) went from \(before) to \(entry.outcome)")
            }
            switch entry.outcome {
            case .taken, .refused: settled[entry.id] = entry.outcome
            case .sending, .unknown: break
            }
        }
        let problems = await delivery.problems
        #expect(problems.isEmpty, "seed \(seed): \(problems)")
    }

    /// In the end everything that can be found out is found out, and is true.
    func end() async throws {
        restart()
        await client.settleUnknowns()
        try await clock.sleep(seconds: 2_000)
        await delivery.deliverAll()
        try await check()
        var orders: [String: [String]] = [:]
        for order in try await self.orders() { orders[order.number, default: []].append(order.id) }
        let entries = try await client.journalEntries()
        for number in Set(entries.compactMap(\.poNumber)) {
            let made = entries.filter { $0.poNumber == number }.compactMap { entry in
                if case .taken(let made) = entry.outcome { made } else { nil }
            }
            let there = orders[number] ?? []
            if await delivery.hasDoubled(number) {
                // What a network sends twice is there twice; the journal claims one of them, and only what is there.
                #expect(made.count <= 1 && Set(made).isSubset(of: there), "seed \(seed), \(number): there are \(there)")
            } else {
                #expect(there == made, "seed \(seed), \(number): there are \(there), claimed \(made)")
            }
            #expect(made.count <= 1, "seed \(seed), \(number): two orders for one intent")
        }
        #expect(Set(orders.keys).isSubset(of: Set(entries.compactMap(\.poNumber))), "seed \(seed): an order unknown")
        for entry in entries where entry.poNumber != nil {
            switch entry.outcome {
            case .taken, .refused: break
            // Where a network sent an equal one twice, nobody can say whose the second one is.
            case .unknown(let reason) where reason.hasPrefix("This may be yours"):
                let doubled = await delivery.doubled
                #expect(!doubled.isEmpty, "seed \(seed): \(entry.poNumber ?? "") is \(entry.outcome)")
            case .sending, .unknown: Issue.record("seed \(seed): \(entry.poNumber ?? "") is \(entry.outcome)")
            }
        }
    }

    /// The orders of this test, as the marketplace itself reports them.
    private func orders() async throws -> [(number: String, id: String)] {
        await sandbox.setFaults([])
        let witness = Self.client(Life(), KeptJournal(), delivery, clock, 0)
        var found: [(number: String, id: String)] = []
        for customer in Self.customers {
            for row in try await witness.orderLists.value(for: OrderQuery(customer: customer)).rows {
                let order = try await witness.orders.value(for: row.id)
                if let number = order.poNumber, number.hasPrefix("P-") { found.append((number, order.id.rawValue)) }
            }
        }
        return found
    }
}
