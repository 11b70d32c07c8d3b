import Marketplace
import Testing

@testable import MarketplaceClient

/// Writes of others in a journal: shown as theirs, and nothing else.
@Suite(.timeLimit(.minutes(30))) struct `Writes of other users` {
    private static let at = Instant(millisecondsSince1970: 1_900_000_000_000)
    private static let place = "https://api.example/marketplace/us us"
    private let clock = ManualClock()
    private let transport = StubTransport()

    private static let request =
        #"{"customerId":"1000101","poNumber":"PO-1","products":[{"mpn":"FAKE-MPN-E1-ANNUAL","quantity":10}],"#
        + #""type":"sales"}"#

    private func order(
        profile: String = "test", place: String? = place, user: String? = "demo.api", isTakenOver: Bool = false
    ) -> JournalRecord.Intent {
        JournalRecord.Intent(
            profile: profile, place: place, user: user, isTakenOver: isTakenOver, method: "POST", path: "/orders",
            name: "sales order", customer: "1000101", poNumber: "PO-1", request: Self.request, existing: [])
    }

    private func left(_ intent: JournalRecord.Intent) -> LeftJournal {
        LeftJournal([
            JournalRecord(id: "1", at: Self.at.adding(seconds: -3600), event: .intended(intent)),
            JournalRecord(
                id: "1", at: Self.at.adding(seconds: -3600), event: .ended(.unknown(reason: "No answer came.")),
                secondsAhead: 0),
        ])
    }

    private func client(_ journal: any Journal) -> Client {
        // By its Date header the marketplace's clock agrees with the client's.
        transport.expect(
            "POST /token",
            .answer(
                200, #"{"token":"t","expiresInSeconds":10000000}"#, headers: ["Date": "Sun, 17 Mar 2030 17:46:40 GMT"]))
        return Client(profile: .test(), transport: transport, clock: clock, journal: journal)
    }

    @Test(
        arguments: [
            ("test", place, "b.api", .user("b.api")), ("other", place, "b.api", .user("b.api")),
            (
                "test", "https://api.example/marketplace/eu eu", "demo.api",
                .elsewhere(
                    place: "https://api.example/marketplace/eu eu", user: "demo.api")
            ),
            (
                "test", "https://api.example/marketplace/us eu", nil,
                .elsewhere(
                    place: "https://api.example/marketplace/us eu", user: nil)
            ),
            ("other", place, nil, .profile("other")), ("other", nil, nil, .profile("other")),
        ] as [(String, String?, String?, JournalEntry.Sender)])
    func `are shown as theirs, not looked up and not counted`(
        profile: String, place: String?, user: String?, sender: JournalEntry.Sender
    ) async throws {
        let journal = left(order(profile: profile, place: place, user: user))
        let client = client(journal)
        await client.settleUnknowns()
        await client.lookForUnknowns()
        await client.settleAtOnce("1")
        let entry = try #require(try await client.journalEntries().first)
        #expect(entry.sender == sender)
        #expect(entry.outcome == .unknown(reason: "No answer came.") && !entry.isUnknown)
        #expect(await journal.records().count == 2)
        #expect(transport.lines.isEmpty)
    }

    @Test(
        arguments: [
            ("test", place, "demo.api"), ("renamed", place, "demo.api"), ("test", place, nil), ("test", nil, nil),
            ("renamed", "https://API.example:443/marketplace/us/ us", "demo.api"),
        ] as [(String, String?, String?)])
    func `the user's own are recognised by place and user, whatever the profile is called`(
        profile: String, place: String?, user: String?
    ) async throws {
        let client = client(left(order(profile: profile, place: place, user: user)))
        #expect(try await client.journalEntries().map(\.isUnknown) == [true])
    }

    @Test func `an own write that is nowhere after an hour is called not taken`() async throws {
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)))
        let client = client(left(order()))
        await client.lookForUnknowns()
        let entry = try #require(try await client.journalEntries().first)
        guard case .refused = entry.outcome else {
            Issue.record("\(entry.outcome)")
            return
        }
    }

    @Test func `one of an older version may be another user's: it is never called not taken`() async throws {
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)), .ok(page([], total: 0)))
        let client = client(left(order(user: nil, isTakenOver: true)))
        await client.lookForUnknowns()
        clock.advance(seconds: 86_400 * 30)
        await client.lookForUnknowns()
        let entry = try #require(try await client.journalEntries().first)
        #expect(entry.isUnknown)
        #expect(entry.outcome.reason?.hasPrefix("demo.api sees nothing of it: ") == true, "\(entry.outcome)")
    }

    @Test func `one of an older version that is there is called taken`() async throws {
        transport.expect(
            "GET /orders?customerId=1000101*",
            .ok(page([#"{"id":"1000701","type":"sales","customerId":"1000101","status":"processing"}"#], total: 1)))
        transport.expect("GET /orders/1000701", .ok(Examples.order.replacing("PO-2031-001", with: "PO-1")))
        let client = client(left(order(user: nil, isTakenOver: true)))
        await client.lookForUnknowns()
        #expect(try await client.journalEntries().map(\.outcome) == [.taken(made: "1000701")])
    }

    @Test func `an equal one of another user is no twin, and warns while it is open`() async throws {
        let own = order()
        let records = await left(order(profile: "b", user: "b.api")).records()
        #expect(Twin.all(of: own, in: records, now: Self.at).isEmpty)
        #expect(
            own.openTwinsOfOthers(in: records, now: Self.at) == [
                "b.api sent an equal sales order on 17 Mar 2030 16:46 UTC, and this journal does not say yet whether it "
                    + "was taken"
            ])
        let ended = records + [JournalRecord(id: "1", at: Self.at, event: .ended(.taken(id: "5")))]
        #expect(own.openTwinsOfOthers(in: ended, now: Self.at).isEmpty)
        let elsewhere = await left(order(place: "https://api.example/marketplace/eu eu", user: "b.api")).records()
        #expect(own.openTwinsOfOthers(in: elsewhere, now: Self.at).isEmpty)
        #expect(own.openTwinsOfOthers(in: await left(own).records(), now: Self.at).isEmpty)
    }

    @Test func `two profiles of one user share the guard against equal writes`() async throws {
        let records = await left(order(profile: "another name")).records()
        #expect(Twin.all(of: order(), in: records, now: Self.at).map(\.isOpen) == [true])
    }

    @Test func `a new write says whose it is`() async throws {
        let journal = MemoryJournal()
        transport.expect("POST /orders", .ok(Examples.placedOrder))
        _ = try await client(journal).place(.sample)
        guard case .intended(let intent) = await journal.records().first?.event else {
            Issue.record("no intent")
            return
        }
        #expect(intent.place == Self.place && intent.user == "demo.api" && !intent.isTakenOver)
    }
}
