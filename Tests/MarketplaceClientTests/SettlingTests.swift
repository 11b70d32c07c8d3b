import Marketplace
import MarketplaceClient
import Testing

/// What becomes of writes that nobody answered for.
@Suite(.timeLimit(.minutes(30))) struct SettlingTests {
    private let clock = ManualClock()
    private let transport = StubTransport()

    private static let at = Instant(millisecondsSince1970: 1_900_000_000_000)

    private func left(
        method: String = "POST", path: String = "/orders", customer: Account.ID? = "1000101", poNumber: String? = nil,
        existing: [String]? = [], request: String
    ) -> LeftJournal {
        LeftJournal([
            JournalRecord(
                id: "1", at: Self.at,
                event: .intended(
                    .init(
                        profile: "test", method: method, path: path, customer: customer, poNumber: poNumber,
                        request: request, existing: existing)))
        ])
    }

    private func order(existing: [String]? = [], poNumber: String? = "PO-2031-001", quantity: Int = 10) -> LeftJournal {
        let number = poNumber.map { #""poNumber":"\#($0)","# } ?? ""
        return left(
            poNumber: poNumber, existing: existing,
            request: #"{"customerId":"1000101",\#(number)"products":[{"mpn":"FAKE-MPN-E1-ANNUAL","#
                + #""quantity":\#(quantity)}],"type":"sales"}"#)
    }

    /// With a token that lasts as long as settling may take.
    private func client(_ journal: any Journal) -> Client {
        transport.expect("POST /token", .ok(#"{"token":"t","expiresInSeconds":1000000}"#))
        return Client(profile: .test(), transport: transport, clock: clock, journal: journal)
    }

    private func settle(_ journal: LeftJournal) async throws -> JournalEntry {
        let client = client(journal)
        await client.settleUnknowns()
        return try #require(try await client.journalEntries().first)
    }

    private func expectOrders(_ rows: [String], times: Int = 1) {
        for _ in 0..<times {
            transport.expect("GET /orders?customerId=1000101*", .ok(page(rows, total: rows.count)))
        }
    }

    private static let row = #"{"id":"1000701","type":"sales","customerId":"1000101","status":"processing"}"#

    @Test func `an order is recognised by customer, kind, lines and PO number`() async throws {
        expectOrders([
            #"{"id":"1000702","type":"change","customerId":"1000101","status":"completed"}"#, Self.row,
        ])
        transport.expect("GET /orders/1000701", .ok(Examples.order))
        let entry = try await settle(order())
        #expect(entry.outcome == .taken(made: "1000701"))
        #expect(entry.settledBy == "found by its PO number PO-2031-001 as order SO000012")
        #expect(clock.sleeps.isEmpty)
    }

    @Test func `an order that shows late is found by a later look`() async throws {
        expectOrders([], times: 2)
        expectOrders([Self.row])
        transport.expect("GET /orders/1000701", .ok(Examples.order))
        #expect(try await settle(order()).outcome == .taken(made: "1000701"))
        #expect(clock.sleeps == [2, 3])
    }

    @Test func `only after ten minutes is an order that is not there called not taken`() async throws {
        expectOrders([], times: 7)
        let entry = try await settle(order())
        #expect(
            entry.outcome
                == .refused(
                    reason: "It was not taken: customer 1000101 has no such order with the PO number PO-2031-001."))
        #expect(clock.sleeps == [2, 3, 10, 45, 120, 420])
    }

    @Test(arguments: [
        #"{"data":["no row"],"pagination":{"offset":0,"limit":10,"total":1}}"#,
        #"{"data":[],"pagination":{"offset":0,"limit":10,"total":3}}"#,
    ])
    func `a list with gaps never says that an order was not taken`(list: String) async throws {
        for _ in 0..<44 { transport.expect("GET /orders?customerId=1000101*", .ok(list)) }
        let client = client(order())
        await client.settleUnknowns()
        #expect(
            try await client.journalEntries().first?.outcome
                == .unknown(
                    reason: "The orders of customer 1000101 could not all be read. Look for the PO number PO-2031-001 "
                        + "among them before you send it again."))
    }

    @Test func `a look that fails leaves it unknown and says why`() async throws {
        for _ in 0..<22 {
            transport.expect("GET /orders?customerId=1000101*", .answer(403, Examples.forbidden))
            transport.expect("POST /token", .ok(Examples.token))
        }
        let entry = try await settle(order())
        guard case .unknown(let reason) = entry.outcome else {
            Issue.record("\(entry.outcome)")
            return
        }
        #expect(reason.hasPrefix("It could not be looked up: The marketplace does not allow this"))
    }

    @Test func `an equal order that existed before, or belongs to another write, is not taken for it`() async throws {
        let journal = order(existing: ["1000701"])
        for record in [
            JournalRecord(
                id: "2", at: Self.at, event: .intended(.init(profile: "test", method: "POST", path: "/x", request: ""))),
            JournalRecord(id: "2", at: Self.at, event: .ended(.taken(id: "1000703"))),
        ] { _ = await journal.append(record, unless: { _ in nil as Never? }) }
        let other = #"{"id":"1000703","type":"sales","customerId":"1000101","status":"processing"}"#
        expectOrders([Self.row, other], times: 7)
        let client = client(journal)
        await client.settleUnknowns()
        guard case .refused = try await client.journalEntries().last?.outcome else {
            Issue.record("not settled")
            return
        }
    }

    @Test func `an order with other lines and another PO number is another one`() async throws {
        expectOrders([Self.row], times: 7)
        transport.expect("GET /orders/1000701", .ok(Examples.order))
        guard case .refused = try await settle(order(poNumber: "PO-7", quantity: 11)).outcome else {
            Issue.record("not settled")
            return
        }
    }

    @Test(
        arguments: [
            (
                Examples.order.replacing("PO-2031-001", with: "PO-2031-0"),
                "asks for the same, but has the PO number PO-2031-0"
            ),
            (Examples.order.replacing("PO-2031-001", with: ""), "asks for the same, but shows no PO number"),
            (
                Examples.order.replacing("\"mpn\": \"FAKE-MPN-E1-ANNUAL\",", with: "\"mpn\": \"OTHER\","),
                "has the PO number PO-2031-001, but asks for something else"
            ),
            (Examples.order.replacing("PO-2031-001", with: "K-9"), "asks for the same, but has the PO number K-9"),
        ])
    func `an order that may be it leaves it unknown`(answer: String, words: String) async throws {
        expectOrders([Self.row], times: 11)
        for _ in 0..<11 { transport.expect("GET /orders/1000701", .ok(answer)) }
        guard case .unknown(let reason) = try await settle(order()).outcome else {
            Issue.record("settled")
            return
        }
        #expect(reason.hasPrefix("This may be yours: order SO000012 \(words)."))
    }

    @Test(arguments: [" po-2031-001 ", "PO-2031-001"])
    func `case and blanks of a PO number do not matter`(number: String) async throws {
        expectOrders([Self.row])
        transport.expect("GET /orders/1000701", .ok(Examples.order.replacing("PO-2031-001", with: number)))
        #expect(try await settle(order()).outcome == .taken(made: "1000701"))
    }

    @Test func `two orders with one PO number are both named`() async throws {
        let second = Self.row.replacing("1000701", with: "1000702")
        expectOrders([second, Self.row])
        transport.expect("GET /orders/1000701", .ok(Examples.order))
        transport.expect(
            "GET /orders/1000702",
            .ok(Examples.order.replacing("1000701", with: "1000702").replacing("SO000012", with: "SO000013")))
        let entry = try await settle(order())
        #expect(entry.outcome == .taken(made: "1000701"))
        #expect(
            entry.warning
                == "More than one order has the PO number PO-2031-001: SO000012 and SO000013. If you meant one, withdraw "
                + "the others while they are open.")
    }

    @Test func `without a PO number an equal order leaves it unknown`() async throws {
        expectOrders([Self.row], times: 11)
        for _ in 0..<11 { transport.expect("GET /orders/1000701", .ok(Examples.order)) }
        guard case .unknown(let reason) = try await settle(order(poNumber: nil)).outcome else {
            Issue.record("settled")
            return
        }
        #expect(
            reason.hasPrefix(
                "This may be yours: order SO000012 asks for the same, and no PO number distinguishes them")
        )
    }

    @Test(
        arguments: [
            (#"{"renewalStatus":true}"#, .taken(made: "1000501")),
            (
                #"{"renewalStatus":false}"#,
                .refused(reason: "It was not taken: subscription 1000501 is not as it was asked for.")
            ),
            (
                #"{"products":[{"mpn":"FAKE-MPN-E1-ANNUAL","unitPrice":{"amount":"8.15","currency":"USD"}}]}"#,
                .taken(made: "1000501")
            ),
            (
                #"{"products":[{"mpn":"FAKE-MPN-E1-ANNUAL","unitCost":{"amount":"7","currency":"USD"}}]}"#,
                .refused(reason: "It was not taken: subscription 1000501 is not as it was asked for.")
            ),
        ] as [(String, JournalEntry.Outcome)])
    func `a change of a subscription is settled by reading it`(
        request: String, outcome: JournalEntry.Outcome
    ) async throws {
        for _ in 0..<(outcome == .taken(made: "1000501") ? 1 : 7) {
            transport.expect("GET /subscriptions/1000501", .ok(Examples.subscription))
        }
        let journal = left(method: "PATCH", path: "/subscriptions/1000501", request: request)
        #expect(try await settle(journal).outcome == outcome)
    }

    @Test(
        arguments: [
            (Examples.withdrawnOrder, .taken(made: "1000702")),
            (
                Examples.withdrawnOrder.replacing("cancelled", with: "completed"),
                .refused(reason: "It was not taken: order CH000042 is completed.")
            ),
        ] as [(String, JournalEntry.Outcome)])
    func `a withdrawal is settled by reading the order`(answer: String, outcome: JournalEntry.Outcome) async throws {
        for _ in 0..<(outcome == .taken(made: "1000702") ? 1 : 7) {
            transport.expect("GET /orders/1000702", .ok(answer))
        }
        let journal = left(method: "PATCH", path: "/orders/1000702", request: #"{"statusCode":"CL"}"#)
        #expect(try await settle(journal).outcome == outcome)
    }

    private static let contacts =
        #"[{"type":"admin","firstName":"Ada","lastName":"Sample","email":"ada.sample@example.com","#
        + #""phoneNumber":"1#555#5550100#"}]"#

    @Test(arguments: [
        (#"{"name":"Sample Bakery Ltd","status":"active"}"#, true), (#"{"name":"Another"}"#, false),
        (#"{"contactPersons":\#(contacts)}"#, true), (#"{"contactPersons":[]}"#, false),
        (#"{"address":{"city":"Sampleton"}}"#, true), (#"{"address":{"city":"Elsewhere"}}"#, false),
    ])
    func `a change of an account is settled by reading it`(request: String, isSo: Bool) async throws {
        for _ in 0..<(isSo ? 1 : 7) { transport.expect("GET /customers/1000101", .ok(Examples.customer)) }
        let entry = try await settle(left(method: "PATCH", path: "/customers/1000101", request: request))
        #expect(
            entry.outcome
                == (isSo
                    ? .taken(made: "1000101")
                    : .refused(reason: "It was not taken: account 1000101 is not as it was asked for.")))
    }

    @Test(arguments: [[], ["1000101"]])
    func `a new account is recognised by its name and a contact person among those that were not there before`(
        existing: [String]
    ) async throws {
        for _ in 0..<(existing.isEmpty ? 1 : 7) {
            transport.expect("GET /customers?name=Sample%20Bakery%20Ltd*", .ok(page([Examples.customer], total: 1)))
        }
        if existing.isEmpty { transport.expect("GET /customers/1000101", .ok(Examples.customer)) }
        let entry = try await settle(
            left(
                path: "/customers", customer: nil, existing: existing,
                request: #"{"name":"Sample Bakery Ltd","contactPersons":[{"email":"Ada.Sample@example.com"}]}"#))
        #expect(
            entry.outcome
                == (existing.isEmpty
                    ? .taken(made: "1000101")
                    : .refused(reason: "It was not taken: there is no such account named Sample Bakery Ltd.")))
    }

    @Test(arguments: [
        (#"{"renewalStatus":true}"#, false), (#"{"renewalStatus":true,"attributes":{"a":"1"}}"#, false),
        (#"{"attributes":{"a":"1"}}"#, true),
    ])
    func `what a later write may have undone is not called not taken`(later: String, isSettled: Bool) async throws {
        let journal = left(
            method: "PATCH", path: "/subscriptions/1000501", request: #"{"renewalStatus":false}"#)
        for record in [
            JournalRecord(
                id: "2", at: Self.at.adding(seconds: 1),
                event: .intended(
                    .init(
                        profile: "test", method: "PATCH", path: "/subscriptions/1000501", name: "later change",
                        request: later))),
            JournalRecord(id: "2", at: Self.at.adding(seconds: 2), event: .ended(.taken(id: "1000501"))),
        ] { _ = await journal.append(record, unless: { _ in nil as Never? }) }
        for _ in 0..<(isSettled ? 7 : 11) {
            transport.expect("GET /subscriptions/1000501", .ok(Examples.subscription))
        }
        let client = client(journal)
        await client.settleUnknowns()
        let outcome = try #require(try await client.journalEntries().last?.outcome)
        #expect(
            outcome
                == (isSettled
                    ? .refused(reason: "It was not taken: subscription 1000501 is not as it was asked for.")
                    : .unknown(
                        reason:
                            "It is not so now, but it may have been: a later change was sent after it. Look at what "
                            + "is there before you ask for it again.")))
    }

    @Test func `a state that was asked for in vain can be asked for again after ten minutes`() async throws {
        let held = Subscription(
            id: "1000501", name: "x", customer: "1000101", status: .active, autoRenews: true)
        let client = makeClient(transport, clock: clock, journal: LeftJournal([]))
        let switchOff = { () async throws(MarketplaceError) in
            try await client.change(held, to: SubscriptionChanges(autoRenews: false))
        }
        transport.expect("PATCH /subscriptions/1000501", .failure(.timedOut))
        _ = await failure(switchOff)
        guard case .writeRefused = await failure(switchOff) else {
            Issue.record("sent while the answer may still come")
            return
        }
        clock.advance(seconds: 600)
        transport.expect(
            "PATCH /subscriptions/1000501",
            .ok(Examples.subscription.replacing("\"renewalStatus\": true", with: "\"renewalStatus\": false")))
        _ = try await switchOff()
        transport.verify()
    }

    @Test func `what this program has no word for stays unknown and says what to do`() async throws {
        let entry = try await settle(left(path: "/something", request: "{}"))
        #expect(
            entry.outcome
                == .unknown(
                    reason:
                        "This program cannot look up a request to /something. Look at the marketplace's panel before "
                        + "you send it again."))
    }

    @Test func `what is under way is left alone`() async throws {
        let journal = MemoryJournal()
        for record in await order().records() { try await journal.append(record) }
        let client = client(journal)
        await client.settleUnknowns()
        #expect(try await client.journalEntries().map(\.outcome) == [.sending])
        #expect(transport.lines.isEmpty)
    }

    @Test func `nothing equal is sent while one is open`() async throws {
        let journal = LeftJournal([])
        transport.expect("POST /orders", .failure(.timedOut))
        let client = makeClient(transport, clock: clock, journal: journal)
        _ = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        var again = SalesOrder.sample
        again.poNumber = "PO-2031-002"
        let error = await failure { () async throws(MarketplaceError) in try await client.place(again) }
        #expect(
            error
                == .writeRefused(
                    reason:
                        "an equal sales order was sent on 17 Mar 2030 17:46 UTC and nobody knows yet whether it was "
                        + "taken; the journal looks it up."))
        again.lines[0].quantity = 11
        transport.expect(
            "POST /orders",
            .ok(
                Examples.placedOrder.replacing("PO-2031-001", with: "PO-2031-002").replacing(
                    "\"quantity\": 10,", with: "\"quantity\": 11,")))
        _ = try await client.place(again)
        transport.verify()
    }

    @Test func `secrets stay out of the journal, also in parameters and plain requests`() async throws {
        let journal = MemoryJournal()
        transport.expect("POST /orders", .ok(Examples.placedOrder), .ok(Examples.placedOrder))
        let client = makeClient(transport, clock: clock, journal: journal)
        var order = SalesOrder.sample
        order.lines[0].parameters = [Parameter(name: "Admin_Password", value: "hush-1")]
        _ = try await client.place(order)
        let body = #"{"apiToken":"hush-2","products":[{"login":{"password":"hush-3"}}]}"#
        _ = try await client.exchange(method: "POST", path: "/orders", body: Array(body.utf8), writes: true)
        let text = "\(await journal.records())"
        #expect(text.contains("•••") && !text.contains("hush"))
    }
}
