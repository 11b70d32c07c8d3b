import Marketplace
import Testing

@testable import MarketplaceClient

@Suite(.timeLimit(.minutes(30))) struct `What a support desk is given` {
    private static let password = #"hunter"2 und ein Wort"#
    private static let key = "key-4f5a6b7c8d9e"
    private static let tokens = ["eyJ.first-token.sig", "eyJ.second-token.sig"]

    private let transport = StubTransport()
    private let clock = ManualClock()

    private func client(_ journal: MemoryJournal = MemoryJournal()) -> Client {
        transport.expect("POST /token", .ok(#"{"token":"\#(Self.tokens[0])","expiresInSeconds":1500}"#))
        return Client(
            profile: Profile(
                name: "test", baseURL: "https://api.example/marketplace/us", marketplace: "us", user: "demo.api",
                password: Secret(Self.password), subscriptionKey: Secret(Self.key)),
            transport: transport, clock: clock, journal: journal)
    }

    private func send(_ body: String, _ path: String, _ client: Client) async throws {
        _ = try await client.exchange(method: "POST", path: path, body: Array(body.utf8), writes: true)
    }

    @Test func `no secret that went through is in it, whichever way it came`() async throws {
        let client = client()
        // The server repeats everything it received, and asks for a new token meanwhile.
        transport.expect(
            "POST /orders",
            .answer(
                400,
                #"{"message":"Bearer \#(Self.tokens[0]) with \#(Self.key) of hunter\"2 und ein Wort is wrong"}"#,
                headers: ["X-Correlation-ID": "a8n-1"]))
        try await send(#"{"customerId":"1000101","poNumber":"\#(Self.key)","type":"sales"}"#, "/orders", client)
        transport.expect("GET /orders*", .answer(401, Examples.tokenRefused), .ok(#"{"data":[]}"#))
        transport.expect("POST /token", .ok(#"{"token":"\#(Self.tokens[1])","expiresInSeconds":1500}"#))
        _ = try await client.exchange(
            method: "GET", path: "/orders", query: [("orderNumber", Self.tokens[1]), ("status", Self.password)])
        transport.expect("GET /orders?customerId=1000101*", .ok(page([], total: 0)))
        transport.expect("POST /customers", .ok(#"{"id":"1000999","name":"x","status":"active"}"#))
        try await send(
            #"{"name":"x","login":"mette","password":"of-the-body-1","adminToken":"of-the-body-2"}"#, "/customers",
            client)

        let text = await client.supportText()
        for secret in Self.tokens + [Self.key, Self.password, "hunter", "of-the-body"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        #expect(text.contains("a8n-1"))
        #expect(text.contains("is wrong"))
        #expect(text.contains("/orders?orderNumber=•••&status=•••"))
    }

    @Test func `the header of a sign-in is a secret too`() {
        // demo.api:pass-word in base 64.
        let client = Client(profile: .test(), transport: transport, clock: clock)
        #expect(client.withoutSecrets("Basic ZGVtby5hcGk6cGFzcy13b3Jk") == "Basic •••")
    }

    @Test func `who it is about is masked, what was asked for is not`() async throws {
        let client = client()
        transport.expect(
            "POST /customers",
            .answer(
                400,
                #"{"status":400,"path":"/customers","message":"mette@jorgensen.example is taken by Jørgensen"}"#))
        transport.expect("GET /customers?name=*", .ok(page([], total: 0)))
        try await send(
            #"""
            {"name":"Jørgensen & Søn A/S","externalId":"KD-7","address":{"streetAddress":"Havnegade 1","countryCode":"DK"},
             "contactPersons":[{"type":"admin","firstName":"Mette","lastName":"Jørgensen",
              "email":"mette@jorgensen.example","phoneNumber":4512345678}]}
            """#, "/customers", client)
        transport.expect(
            "POST /orders",
            .ok(
                #"{"id":"5000123","type":"sales","status":"submitted","customerId":"1000412","poNumber":"PO-1"}"#))
        transport.expect("GET /orders?customerId=1000412*", .ok(page([], total: 0)))
        try await send(
            #"""
            {"customerId":"1000412","poNumber":"PO-1","type":"sales",
             "products":[{"mpn":"CIT-MAIL-1","quantity":3,"parameters":[{"name":"domain","value":"jorgensen.example"}]}]}
            """#, "/orders", client)

        let text = await client.supportText()
        for word in ["Jørgensen", "Mette", "mette", "Havnegade", "45123", "jorgensen.example", "KD-7"] {
            #expect(!text.contains(word), "\(word)")
        }
        for word in ["CIT-MAIL-1", #""quantity":3"#, "1000412", "PO-1", "5000123", #""name":"domain""#, "not taken"] {
            #expect(text.contains(word), "\(word)")
        }
    }

    @Test func `what an account was called before is masked`() async throws {
        let journal = MemoryJournal()
        let intent = JournalRecord.Intent(
            profile: "test", method: "PATCH", path: "/customers/1000412", name: "change of customer 1000412",
            customer: "1000412", request: #"{"name":"Nordsee GmbH"}"#, changes: ["name Ostsee GmbH → Nordsee GmbH"])
        try await journal.append(JournalRecord(id: "1", at: clock.now(), event: .intended(intent)))
        let text = await Client(profile: .test(), transport: transport, clock: clock, journal: journal).supportText()
        #expect(!text.contains("see GmbH"))
        #expect(text.contains(#""changes":["name •••"]"#))
        #expect(text.contains("change of customer 1000412"))
    }

    @Test(arguments: [
        ("/customers?email=a@b.example&limit=10", "/customers?email=•••&limit=10"), ("/orders/7", "/orders/7"),
        ("/products?mpn=AUR&name=x", "/products?mpn=AUR&name=•••"), ("/orders?flag", "/orders?flag"),
    ])
    func `of a path only technical values stay`(path: String, expected: String) {
        #expect(PersonalData.masked(path: path) == expected)
    }

    @Test func `a journal that cannot be read says so`() async {
        let client = Client(profile: .test(), transport: transport, clock: clock, journal: UnreadableJournal())
        #expect(await client.supportText().contains("It cannot be read: the disk is gone."))
    }
}

private struct UnreadableJournal: Journal {
    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? { throw JournalError("the disk is gone") }

    func records() async throws(JournalError) -> [JournalRecord] { throw JournalError("the disk is gone") }
    func isUnderWay(_ id: String) async -> Bool { false }
    func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}
