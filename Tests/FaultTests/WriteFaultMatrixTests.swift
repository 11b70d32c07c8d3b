import FoundationEssentials
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// Every fault against every kind of write, through the write gate. What is told at once and what settling finds stand
/// as a table in the documentation; this test makes the table anew and compares. Both are compared with the truth.
@Suite(.timeLimit(.minutes(10))) struct `The fault matrix of writes` {
    enum Kind: String, CaseIterable {
        case change = "change of units"
        case planSwitch = "plan switch"
        case renewal = "renewal"
        case cancellation = "cancellation"
        case autoRenew = "auto-renew"
        case withdrawal = "withdrawal"
        case newCustomer = "new customer"
        case edit = "edit of a customer"
        case contacts = "contacts"
        case hold = "credit hold"

        /// The calls that the fault spoils.
        var calls: String {
            switch self {
            case .change, .planSwitch, .renewal, .cancellation: "POST /orders"
            case .autoRenew: "PATCH /subscriptions/*"
            case .withdrawal: "PATCH /orders/*"
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
        var lines = ["| fault | told at once | found later | writes |", "|---|---|---|---|"]
        for fault in Self.faults {
            var groups: [(outcome: String, kinds: [String])] = []
            for kind in Kind.allCases {
                let outcome = try await outcome(of: kind, under: fault)
                if let place = groups.firstIndex(where: { $0.outcome == outcome }) {
                    groups[place].kinds.append(kind.rawValue)
                } else {
                    groups.append((outcome, [kind.rawValue]))
                }
            }
            for group in groups {
                let kinds = group.kinds.count == Kind.allCases.count ? "all" : group.kinds.joined(separator: ", ")
                lines.append("| `\(fault)` | \(group.outcome) | \(kinds) |")
            }
        }
        expectScreen(lines.joined(separator: "\n"), matches: "write-fault-matrix")
    }

    @Test func `the documentation shows the table that was tested`() throws {
        let file = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
        let page = try String(contentsOfFile: file + "/Sources/App/Souk.docc/Faults.md", encoding: .utf8)
        let golden = try String(
            contentsOfFile: file + "/Tests/FaultTests/Golden/write-fault-matrix.txt", encoding: .utf8)
        #expect(page.contains(golden))
    }

    /// Two cells of the table: what was told at once, and what settling found where nobody knew.
    private func outcome(of kind: Kind, under fault: String) async throws -> String {
        let bench = try Bench("\(kind.calls): \(fault)", isSmall: true)
        await bench.mendIt()
        let intent = try await intent(kind, bench)
        let run = try await bench.client.dryRun(intent)
        try #require(run.refusal == nil, "\(kind): \(run.refusal ?? "")")
        await bench.breakIt()
        let ending = await bench.client.send(intent, agreed: run)
        await bench.mendIt()
        let told: String
        switch ending {
        case .done: told = "confirmed"
        case .movedOn(_, let differences): told = "moved on: \(differences)"
        case .failed(let error): told = `The fault matrix`.word(error)
        }
        await bench.client.settleUnknowns()
        let isThere = try await isThere(intent, kind, bench)
        let entry = try #require(try await bench.client.journalEntries().first)
        let found: String
        switch entry.outcome {
        case .taken: found = "taken"
        case .refused: found = "not taken"
        case .unknown, .sending: found = "unknown"
        }
        #expect(found == (isThere ? "taken" : "not taken"), "\(kind) under \(fault): \(entry.outcome)")
        if told != "unknown" {
            #expect(isThere == (told == "confirmed"), "\(kind) under \(fault): told \(told)")
        }
        return "\(told) | \(told == "unknown" ? found : "")"
    }

    // MARK: The writes

    private func intent(_ kind: Kind, _ bench: Bench) async throws -> WriteIntent {
        let client = bench.client
        let held = try await client.subscriptions.value(for: kind == .renewal ? "1000920" : "1000917")
        let row = held.subscription
        let plain = SubscriptionOrder(customer: row.customer, subscription: row.id, poNumber: "PO-1")
        let account = try await client.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        switch kind {
        case .change:
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
        case .autoRenew: return .change(row, SubscriptionChanges(autoRenews: false))
        case .withdrawal:
            let orders = try await client.orderLists.value(for: OrderQuery(customer: "1000412")).rows
            let open = try #require(orders.first { $0.status == .processing })
            return .withdraw(try await client.orders.value(for: open.id))
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

    /// What another program sees.
    private func isThere(_ intent: WriteIntent, _ kind: Kind, _ bench: Bench) async throws -> Bool {
        let witness = bench.anotherClient()
        switch intent {
        case .place:
            let placed = try await bench.ordersPlaced("PO-1")
            #expect(placed <= 1, "\(kind): placed twice")
            return placed == 1
        case .withdraw(let order): return try await witness.orders.value(for: order.id).status == .cancelled
        case .change: return try await witness.subscriptions.value(for: "1000917").subscription.autoRenews == false
        case .create:
            let rows = try await witness.accountLists.value(for: .customersNamed("New Customer ApS")).rows
            #expect(rows.count <= 1, "\(kind): made twice")
            return rows.count == 1
        case .edit(let before, _):
            let now = try await witness.accounts.value(for: AccountKey(kind: .customer, id: before.id))
            return switch kind {
            case .edit: now.name != before.name
            case .contacts: now.contacts != before.contacts
            default: now.status == .creditHold
            }
        }
    }
}
