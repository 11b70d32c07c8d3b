import FoundationEssentials
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// Every fault against every kind of write, through the write gate. What is reported at once and what settling finds stand
/// as a table in the documentation; this test makes the table anew and compares. Both are compared with the truth.
@Suite(.timeLimit(.minutes(30))) struct `The fault matrix of writes` {
    enum Kind: String, CaseIterable {
        case change = "change of units"
        case planSwitch = "plan switch"
        case renewal = "renewal"
        case cancellation = "cancellation"
        case autoRenew = "auto-renew"
        case attributes = "attributes"
        case specialPrices = "special prices"
        case withdrawal = "withdrawal"
        case creditCheck = "credit check"
        case newCustomer = "new customer"
        case edit = "edit of a customer"
        case contacts = "contacts"
        case hold = "credit hold"
        case plainOrder = "`souk api`: order"
        case plainSwitch = "`souk api`: auto-renew"
        case plainWithdrawal = "`souk api`: withdrawal"

        var isPlain: Bool { self == .plainOrder || self == .plainSwitch || self == .plainWithdrawal }

        /// The calls that the fault spoils.
        var calls: String {
            switch self {
            case .change, .planSwitch, .renewal, .cancellation, .plainOrder: "POST /orders"
            case .autoRenew, .attributes, .plainSwitch: "PATCH /subscriptions/*"
            case .specialPrices: "POST /subscriptions/**"
            case .withdrawal, .creditCheck, .plainWithdrawal: "PATCH /orders/*"
            case .newCustomer: "POST /customers"
            case .edit, .contacts, .hold: "PATCH /customers/*"
            }
        }
    }

    static let faults = [
        "503", "500", "504 after-effect", "429 first 1", "429", "status 403 gateway", "status 400", "html",
        "html after-effect", "empty", "reset", "reset after-effect", "truncate", "cut", "slow 5", "odd-types",
        "wrong-charset", "gzip-broken",
    ]

    @Test func `every fault has the outcome that the documentation states`() async throws {
        var lines = ["| fault | at once | found later | writes |", "|---|---|---|---|"]
        for fault in Self.faults {
            try await add("`\(fault)`", to: &lines) { try Bench("\($0.calls): \(fault)", isSmall: true) }
        }
        for lie in Lie.all { try await add("\(lie)", to: &lines) { _ in try Bench(lie: lie, isSmall: true) } }
        expectScreen(lines.joined(separator: "\n"), matches: "write-fault-matrix")
    }

    private func add(_ fault: String, to lines: inout [String], _ bench: (Kind) throws -> Bench) async throws {
        var groups: [(outcome: String, kinds: [String])] = []
        for kind in Kind.allCases {
            let outcome = try await outcome(of: kind, under: fault, try bench(kind))
            if let place = groups.firstIndex(where: { $0.outcome == outcome }) {
                groups[place].kinds.append(kind.rawValue)
            } else {
                groups.append((outcome, [kind.rawValue]))
            }
        }
        for group in groups {
            let kinds = group.kinds.count == Kind.allCases.count ? "all" : group.kinds.joined(separator: ", ")
            lines.append("| \(fault) | \(group.outcome) | \(kinds) |")
        }
    }

    @Test func `the documentation shows the table that was tested`() throws {
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: file + "/Sources/App/Souk.docc/Faults.md", encoding: .utf8)
        let golden = try String(
            contentsOfFile: file + "/Tests/FaultTests/Golden/write-fault-matrix.txt", encoding: .utf8)
        #expect(page.contains(golden))
    }

    /// Two cells of the table: what was said at once, and what settling found where nobody knew.
    private func outcome(of kind: Kind, under fault: String, _ bench: Bench) async throws -> String {
        await bench.restore()
        let intent = try await intent(kind, bench)
        let said = kind.isPlain ? try await sendPlain(intent, bench) : try await send(intent, kind, bench)
        await bench.restore()
        await bench.client.settleUnknowns()
        let count = try await count(of: intent, kind, bench)
        let entry = try #require(try await bench.client.journalEntries().first)
        let found =
            switch entry.outcome {
            case .taken: "taken"
            case .refused: "not taken"
            case .unknown, .sending: "unknown"
            }
        // What cannot be found out may stay unknown, but nothing false is ever said.
        #expect(
            found == (count > 0 ? "taken" : "not taken") || found == "unknown",
            "\(kind) under \(fault): \(entry.outcome), and there are \(count)")
        if said != "unknown" { #expect((count > 0) == (said == "confirmed"), "\(kind) under \(fault): said \(said)") }
        let isDoubled = fault == "the network sends it twice" && count == 2
        #expect(count <= 1 || isDoubled, "\(kind) under \(fault): there are \(count)")
        return "\(said) | \(said == "unknown" ? found : "")"
    }

    private func send(_ intent: WriteIntent, _ kind: Kind, _ bench: Bench) async throws -> String {
        let run = try await bench.client.dryRun(intent)
        try #require(run.refusal == nil, "\(kind): \(run.refusal ?? "")")
        await bench.breakIt()
        switch await bench.client.send(intent, agreed: run) {
        case .done: return "confirmed"
        case .movedOn(_, let differences): return "moved on: \(differences)"
        case .failed(let error): return `The fault matrix`.word(error)
        }
    }

    /// As `souk api` sends it: without a dry run, with a body of its own.
    private func sendPlain(_ intent: WriteIntent, _ bench: Bench) async throws -> String {
        let (method, path, body) =
            switch intent {
            case .withdraw(let order): ("PATCH", "/orders/\(order.id)", #"{"statusCode":"CL"}"#)
            case .change(let row, _): ("PATCH", "/subscriptions/\(row.id)", #"{"renewalStatus":false}"#)
            default:
                (
                    "POST", "/orders",
                    #"{"type":"change","customerId":"1000412","poNumber":"PO-1","subscriptionId":"1000917","#
                        + #""products":[{"subscriptionId":"1000917","mpn":"AUR-365-BP","vendor":"aurora","quantity":28,"#
                        + #""billingPeriod":{"type":"month","duration":1},"subscriptionPeriod":{"type":"year","duration":1}}]}"#
                )
            }
        await bench.breakIt()
        do throws(MarketplaceError) {
            let answer = try await bench.client.exchange(
                method: method, path: path, body: Array(body.utf8), writes: true)
            return answer.failure.map { `The fault matrix`.word($0) } ?? "confirmed"
        } catch {
            return `The fault matrix`.word(error)
        }
    }

    // MARK: The writes

    private func intent(_ kind: Kind, _ bench: Bench) async throws -> WriteIntent {
        let client = bench.client
        let held = try await client.subscriptions.value(for: kind == .renewal ? "1000920" : "1000917")
        let row = held.subscription
        let plain = SubscriptionOrder(customer: row.customer, subscription: row.id, poNumber: "PO-1")
        let account = try await client.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        switch kind {
        case .change, .plainOrder:
            return .place(
                .change(
                    ChangeOrder(
                        customer: row.customer, subscription: row.id, billingPeriod: row.billingPeriod,
                        subscriptionPeriod: row.subscriptionPeriod,
                        lines: held.products.prefix(1).map { .init(product: $0, quantity: TotalQuantity(total: 28)) },
                        poNumber: "PO-1")))
        case .planSwitch:
            let plan = try await client.plans.value(for: try #require(held.plan))
            let way = try #require(
                plan.switches.first { $0.sourcePeriod == nil || $0.sourcePeriod == row.subscriptionPeriod })
            return .place(
                .planSwitch(
                    PlanSwitchOrder(
                        customer: row.customer, subscription: row.id, plan: way.plan,
                        period: way.period ?? Period(1, .month), poNumber: "PO-1")))
        case .renewal: return .place(.renewal(plain))
        case .cancellation: return .place(.cancellation(plain))
        case .autoRenew, .plainSwitch: return .change(row, SubscriptionChanges(autoRenews: false))
        case .attributes:
            return .change(
                row, SubscriptionChanges(attributes: ["costCentre": "4711"], attributesBefore: held.attributes))
        case .specialPrices:
            let price = PriceAnswer.Wanted(place: 0, kind: .price, amount: TieredMoney(Money(20, "EUR")))
            return .change(row, SubscriptionChanges(prices: PriceAnswer.prices([price], of: held)))
        case .withdrawal, .creditCheck, .plainWithdrawal:
            let orders = try await client.orderLists.value(for: OrderQuery(customer: "1000412")).rows
            let open = try #require(orders.first { $0.status == .processing })
            let order = try await client.orders.value(for: open.id)
            return kind == .creditCheck ? .creditCheck(false, of: order) : .withdraw(order)
        case .newCustomer:
            let ada = ContactPerson(
                role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada@new.example", phone: "45##1#")
            return .create(
                AccountDraft(
                    kind: .customer, name: "New Customer ApS",
                    address: Address(street: "Vej 1", postalCode: "1000", city: "København", country: "DK"),
                    contacts: [NewContact(ada)], language: "en_US"))
        case .edit: return .edit(account, AccountChanges(name: "Jørgensen og Søn A/S"))
        case .contacts:
            return .edit(account, AccountChanges(contacts: account.contacts.dropLast().map { NewContact($0) }))
        case .hold: return .edit(account, AccountChanges(status: .creditHold))
        }
    }

    /// How often another program sees what was asked for.
    private func count(of intent: WriteIntent, _ kind: Kind, _ bench: Bench) async throws -> Int {
        let witness = bench.anotherClient()
        switch intent {
        case .place: return try await bench.ordersPlaced("PO-1")
        case .withdraw(let order):
            return try await witness.orders.value(for: order.id).status == .cancelled ? 1 : 0
        case .creditCheck(let checks, let order):
            return try await witness.orders.value(for: order.id).checksCredit == checks ? 1 : 0
        case .change(_, let changes):
            let held = try await witness.subscriptions.value(for: "1000917")
            let isThere =
                changes.prices != nil
                ? held.products[0].unitPrice == Money(20, "EUR")
                : changes.attributes.map { $0 == held.attributes } ?? (held.subscription.autoRenews == false)
            return isThere ? 1 : 0
        case .create:
            return try await witness.accountLists.value(for: .customersNamed("New Customer ApS")).rows.count
        case .schedule(let draft):
            return try await witness.reportLists.value(for: ReportQuery()).rows.filter { $0.name == draft.name }.count
        case .edit(let before, _):
            let now = try await witness.accounts.value(for: AccountKey(kind: .customer, id: before.id))
            let isThere =
                switch kind {
                case .edit: now.name != before.name
                case .contacts: now.contacts != before.contacts
                default: now.status == .creditHold
                }
            return isThere ? 1 : 0
        }
    }
}
