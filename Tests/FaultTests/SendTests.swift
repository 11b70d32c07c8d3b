import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Testing

/// The one gate, on the marketplace in this process: what is sent, what is not, and what becomes of it.
@Suite(.timeLimit(.minutes(30))) struct `Sending` {
    private func sale(_ bench: Bench, _ number: String = "PO-1") async throws -> WriteIntent {
        .place(.sales(try await bench.order(number)))
    }

    private func change(_ bench: Bench, to total: Int) async throws -> WriteIntent {
        let detail = try await bench.client.subscriptions.value(for: "1000917")
        let product = try #require(detail.products.first)
        return .place(
            .change(
                ChangeOrder(
                    customer: "1000412", subscription: "1000917",
                    billingPeriod: detail.subscription.billingPeriod,
                    subscriptionPeriod: detail.subscription.subscriptionPeriod,
                    lines: [.init(product: product, quantity: TotalQuantity(total: total))], poNumber: "PO-C")))
    }

    private func autoRenew(_ bench: Bench, _ on: Bool) async throws -> WriteIntent {
        let detail = try await bench.client.subscriptions.value(for: "1000917")
        return .change(detail.subscription, SubscriptionChanges(autoRenews: on))
    }

    private func entry(_ bench: Bench) async throws -> JournalEntry {
        try #require(try await bench.client.journalEntries().first)
    }

    @Test func `an order is looked at, sent once and written down with what it changes`() async throws {
        let bench = try Bench()
        let intent = try await sale(bench)
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == nil && !run.asksForMore)
        #expect(run.estimate?.total == Money(Decimal(618) / 10, "EUR"))
        #expect(
            run.checks.map(\.text) == [
                "Customer has 25 of these in 1000917: add units there instead", "customer active",
                "no equal order in 24 h", "PO number new",
            ])
        guard case .done(.order(let order)) = await bench.client.send(intent, agreed: run, group: "run 1") else {
            Issue.record("not done")
            return
        }
        let entry = try await entry(bench)
        #expect(entry.outcome == .taken(made: order.id.rawValue))
        #expect(entry.changes == ["3 x Aurora 365 Business Premium (AUR-365-BP)"])
        #expect(entry.name == "sales order" && entry.group == "run 1" && entry.correlationID != nil)
        #expect(bench.transport.writes == ["POST /orders"])
    }

    @Test func `a read-only profile sends nothing and asks nothing`() async throws {
        let bench = try Bench(isReadOnly: true)
        let intent = try await sale(bench)
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == "This profile is read-only: nothing can be ordered or changed with it")
        let ending = await bench.client.send(intent, agreed: run)
        #expect(ending == .failed(.writeRefused(reason: "the profile test is read-only.")))
        #expect(bench.transport.writes.isEmpty)
        #expect(try await bench.client.journalEntries().isEmpty)
    }

    @Test func `what was not reviewed, or has no PO number, is not sent`() async throws {
        let bench = try Bench()
        let intent = try await sale(bench)
        let other = try await bench.client.dryRun(try await sale(bench, "PO-2"))
        guard case .failed(.writeRefused) = await bench.client.send(intent, agreed: other) else {
            Issue.record("sent")
            return
        }
        let nameless = try await sale(bench, "")
        let run = try await bench.client.dryRun(nameless)
        guard case .failed(.writeRefused(let reason)) = await bench.client.send(nameless, agreed: run) else {
            Issue.record("sent")
            return
        }
        #expect(reason.hasPrefix("the order has no PO number"))
        #expect(bench.transport.writes.isEmpty)
    }

    @Test func `what changed since the review is shown, and nothing is sent`() async throws {
        let bench = try Bench()
        let intent = try await change(bench, to: 28)
        let agreed = try await bench.client.dryRun(intent)
        let other = bench.anotherClient()
        let renewal = WriteIntent.change(
            try await other.subscriptions.value(for: "1000917").subscription, SubscriptionChanges(autoRenews: false))
        _ = await other.send(renewal, agreed: try await other.dryRun(renewal))
        let ending = await bench.client.send(intent, agreed: agreed)
        guard case .movedOn(let run, let differences) = ending else {
            Issue.record("\(ending)")
            return
        }
        #expect(differences == ["Automatic renewal of subscription 1000917 is off now; you saw on."])
        #expect(!bench.transport.writes.contains("POST /orders"))
        guard case .done = await bench.client.send(intent, agreed: run) else {
            Issue.record("not sent after the second look")
            return
        }
    }

    @Test func `an equal order asks for a word more, once it is agreed to it goes out`() async throws {
        let bench = try Bench()
        let first = try await sale(bench, "PO-1")
        let second = try await sale(bench, "PO-2")
        let before = try await bench.client.dryRun(second)
        _ = await bench.client.send(first, agreed: try await bench.client.dryRun(first))
        guard case .movedOn(let run, let differences) = await bench.client.send(second, agreed: before) else {
            Issue.record("an equal order went out unseen")
            return
        }
        #expect(differences.count == 1 && differences[0].hasPrefix("An equal order was placed meanwhile"))
        #expect(run.asksForMore && run.equalOrders.count == 1 && run.equalOrders[0].entry != nil)
        guard case .done = await bench.client.send(second, agreed: run) else {
            Issue.record("not sent")
            return
        }
        #expect(bench.transport.writes == ["POST /orders", "POST /orders"])
    }

    @Test func `of two programs that want the equal order at once, one gets it`() async throws {
        for _ in 0..<8 {
            let bench = try Bench()
            let intents = [try await sale(bench, "PO-1"), try await sale(bench, "PO-2")]
            let clients = [bench.client, bench.anotherClient(bench.journal)]
            var agreed: [DryRun] = []
            for (intent, client) in zip(intents, clients) { agreed.append(try await client.dryRun(intent)) }
            let runs = agreed
            let endings = await withTaskGroup(of: WriteEnding.self) { group in
                for place in 0..<2 {
                    group.addTask { await clients[place].send(intents[place], agreed: runs[place]) }
                }
                return await group.reduce(into: [WriteEnding]()) { $0.append($1) }
            }
            #expect(endings.filter { if case .done = $0 { true } else { false } }.count == 1)
            #expect(endings.filter { if case .movedOn = $0 { true } else { false } }.count == 1)
            #expect(bench.transport.writes == ["POST /orders"])
        }
    }

    @Test func `a lost answer is unknown, and settled by the PO number`() async throws {
        let bench = try Bench("POST /orders: 504 after-effect")
        let intent = try await sale(bench)
        let ending = await bench.client.send(intent, agreed: try await bench.client.dryRun(intent))
        guard case .failed(.outcomeUnknown(of: "sales order", _, _)) = ending else {
            Issue.record("\(ending)")
            return
        }
        await bench.client.settleUnknowns()
        let entry = try await entry(bench)
        guard case .taken(made: .some) = entry.outcome else {
            Issue.record("\(entry.outcome)")
            return
        }
        #expect(entry.settledBy?.hasPrefix("found by its PO number PO-1") == true)
        #expect(try await bench.ordersPlaced() == 1)
    }

    @Test func `what was surely not taken can be sent again`() async throws {
        let bench = try Bench("POST /orders: reset first 1")
        let intent = try await sale(bench)
        _ = await bench.client.send(intent, agreed: try await bench.client.dryRun(intent))
        await bench.client.settleUnknowns()
        guard case .refused = try await entry(bench).outcome else {
            Issue.record("not settled")
            return
        }
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == nil && run.equalOrders.isEmpty)
        guard case .done = await bench.client.send(intent, agreed: run) else {
            Issue.record("not sent")
            return
        }
        #expect(try await bench.ordersPlaced() == 1)
    }

    @Test func `a change of units is compared with the subscription when its order has ended`() async throws {
        let bench = try Bench()
        let intent = try await change(bench, to: 28)
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == nil)
        guard case .done = await bench.client.send(intent, agreed: run) else {
            Issue.record("not done")
            return
        }
        await bench.client.settleUnknowns()
        #expect(try await bench.client.subscriptions.value(for: "1000917").quantity == 28)
        let made = try await bench.client.orders.value(for: Order.ID(try #require(entry(bench).outcome.made))).number
        #expect(
            await bench.journal.recordsOrNone().last?.event
                == .checked(
                    Verification(
                        order: made, subscription: "1000917",
                        parts: [.init(.units, of: "AUR-365-BP", asked: "28", found: "28", isMet: true)])))
        #expect(try await entry(bench).warning == nil)
        #expect(try await entry(bench).changes == ["units 25 → 28"])
    }

    @Test func `a marketplace that takes the total for a difference is found out`() async throws {
        let bench = try Bench { request, body in
            guard request.method == .post, request.path?.hasSuffix("/orders") == true else { return body }
            return Array(
                String(decoding: body, as: UTF8.self).replacing(#""quantity":28"#, with: #""quantity":53"#).utf8)
        }
        let intent = try await change(bench, to: 28)
        _ = await bench.client.send(intent, agreed: try await bench.client.dryRun(intent))
        await bench.client.settleUnknowns()
        let made = try await bench.client.orders.value(for: Order.ID(try #require(entry(bench).outcome.made))).number
        let warnings = await bench.journal.recordsOrNone().compactMap { record -> String? in
            if case .checked(let found) = record.event { found.warning } else { nil }
        }
        #expect(
            warnings == [
                "The marketplace answered a difference of +28 of AUR-365-BP, not +3: subscription 1000917 may come to hold "
                    + "another number of units than was asked for. Read it again when the order has ended.",
                "Order \(made) completed, but subscription 1000917 holds 53 units of AUR-365-BP, not the 28 asked for. Read "
                    + "it again in a moment, and look for another change of it; if it stays so, ask the marketplace's "
                    + "support before you change it again.",
            ])
        #expect(try await entry(bench).warning == warnings.last)
    }

    @Test func `a change while another is open, and one that changes nothing, are refused before they are sent`()
        async throws
    {
        let bench = try Bench()
        #expect(
            try await bench.client.dryRun(try await change(bench, to: 25)).refusal
                == "Subscription 1000917 holds 25 units already")
        let intent = try await change(bench, to: 28)
        _ = try await bench.client.place(try #require(intent.draft))
        let refusal = try await bench.client.dryRun(try await change(bench, to: 30)).refusal
        #expect(refusal?.contains("is still open: it must end first") == true)
    }

    @Test func `another write of the same subscription that nobody knows of asks for a word more`() async throws {
        let bench = try Bench(isSmall: true)
        try await bench.journal.append(
            JournalRecord(
                id: "1", at: bench.clock.now(),
                event: .intended(
                    .init(
                        profile: "test", method: "POST", path: "/orders", name: "change order", customer: "1000412",
                        subscription: "1000917", poNumber: "PO-9", request: #"{"type":"change"}"#))))
        let run = try await bench.client.dryRun(try await autoRenew(bench, false))
        #expect(run.refusal == nil && run.asksForMore)
        #expect(
            run.checks.first?.text.hasPrefix("A change order was sent on") == true, "\(run.checks.map(\.text))")
        #expect(try await !bench.client.dryRun(try await sale(bench)).asksForMore, "a sale is no neighbour")
    }

    @Test func `automatic renewal is switched, and a second time is refused`() async throws {
        let bench = try Bench()
        let intent = try await autoRenew(bench, false)
        let ending = await bench.client.send(intent, agreed: try await bench.client.dryRun(intent))
        guard case .done(.subscription(let detail)) = ending else {
            Issue.record("\(ending)")
            return
        }
        #expect(detail.subscription.autoRenews == false)
        #expect(
            try await bench.client.dryRun(intent).refusal == "Auto-renew of subscription 1000917 is off already")
    }

    @Test func `an order that ended meanwhile is not withdrawn`() async throws {
        let bench = try Bench()
        let order = try await bench.client.place(try await bench.order("PO-1"))
        let intent = WriteIntent.withdraw(order)
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == nil)
        try await bench.clock.sleep(seconds: 5)
        guard case .movedOn(let moved, let differences) = await bench.client.send(intent, agreed: run) else {
            Issue.record("sent")
            return
        }
        #expect(differences.first == "The status of the order is completed now; you saw submitted.")
        #expect(moved.refusal?.contains("cannot be withdrawn any more") == true)
        #expect(bench.transport.writes == ["POST /orders"])
    }

    @Test func `an account that somebody else edited meanwhile is not overwritten`() async throws {
        let bench = try Bench()
        let key = AccountKey(kind: .customer, id: "1000412")
        let account = try await bench.client.accounts.value(for: key)
        var contacts = account.contacts.map { NewContact($0) }
        contacts[0].person.phone = "45##12345678#"
        let intent = WriteIntent.edit(account, AccountChanges(contacts: contacts))
        let run = try await bench.client.dryRun(intent)
        #expect(run.refusal == nil)
        _ = try await bench.anotherClient().change(
            key, to: AccountChanges(contacts: account.contacts.dropLast().map { NewContact($0) }))
        guard case .movedOn(_, let differences) = await bench.client.send(intent, agreed: run) else {
            Issue.record("sent")
            return
        }
        #expect(differences.contains("The contact persons of customer 1000412 were changed meanwhile."))
    }

    @Test func `a new customer whose answer is lost is found by name and contact person`() async throws {
        let bench = try Bench("POST /customers: 504 after-effect first 1")
        let ada = ContactPerson(
            role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada@new.example", phone: "45##1#")
        let intent = WriteIntent.create(
            AccountDraft(
                kind: .customer, name: "New Customer ApS",
                address: Address(street: "Vej 1", postalCode: "1000", city: "København", country: "DK"),
                contacts: [NewContact(ada, login: "ada.new", password: Secret("Hush-hush1"))], language: "en_US"))
        let ending = await bench.client.send(intent, agreed: try await bench.client.dryRun(intent))
        guard case .failed(.outcomeUnknown(of: "new customer New Customer ApS", _, _)) = ending else {
            Issue.record("\(ending)")
            return
        }
        await bench.client.settleUnknowns()
        guard case .taken(made: .some) = try await entry(bench).outcome else {
            Issue.record("not settled")
            return
        }
        #expect(!"\(await bench.journal.recordsOrNone())".contains("Hush-hush1"))
        #expect(try await bench.client.dryRun(intent).asksForMore, "a second one of this name asks for a word more")
    }
}

extension WriteIntent {
    fileprivate var draft: OrderDraft? { if case .place(let draft) = self { draft } else { nil } }
}

extension Journal {
    func recordsOrNone() async -> [JournalRecord] { (try? await records()) ?? [] }
}
