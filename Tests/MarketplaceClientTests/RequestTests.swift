import HTTPTypes
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct RequestTests {
    private let transport = StubTransport()

    @Test func `a sales line names its product by id, MPN, vendor and both periods`() throws {
        let expected = try JSONValue(parsing: Array(Examples.salesRequest.utf8))
        var withID = expected
        if case .object(var members) = withID, let at = members.firstIndex(where: { $0.name == "products" }),
            case .object(let line) = members[at].value.elements[0]
        {
            members[at].value = .array([.object(line + [.init(name: "id", value: .string("SKU-000123"))])])
            withID = .object(members)
        }
        #expect(SalesOrder.sample.json.encoded == withID.encoded)
    }

    @Test func `what a catalogue row does not say is left out`() {
        let order = SalesOrder(
            customer: "1",
            lines: [.init(product: Product(id: "p", mpn: "A", vendor: "", name: ""), quantity: 2)], poNumber: "")
        #expect(
            order.json.encoded
                == #"{"customerId":"1","products":[{"id":"p","mpn":"A","quantity":2}],"type":"sales"}"#)
        #expect(
            order.validationJSON.encoded
                == #"{"customerId":"1","products":[{"id":"p","mpn":"A","parameters":[],"quantity":2}],"type":"sales"}"#)
    }

    @Test func `reads, sign-in and questions may leave a second time, and nothing else may`() async throws {
        transport.expect("GET /orders/1", .ok(Examples.order))
        transport.expect("POST /orders/estimate", .ok(Examples.estimate))
        transport.expect("POST /validation/parameters", .ok("[]"))
        transport.expect("POST /orders", .answer(400, "{}"))
        transport.expect("GET /orders?*", .ok(page([], total: 0)))
        let client = makeClient(transport)
        _ = try await client.orders.value(for: "1")
        _ = try? await client.estimate(.sample)
        _ = try? await client.validate(.sample)
        _ = try? await client.place(.sample)
        let safe = transport.sent.filter(\.isSafe).map(\.line)
        #expect(
            Set(safe.filter { $0.hasPrefix("POST") }) == [
                "POST /token", "POST /orders/estimate", "POST /validation/parameters",
            ])
        #expect(safe.contains("GET /orders/1"))
        #expect(transport.sent.filter { !$0.isSafe }.map(\.line) == ["POST /orders"])
    }

    @Test func `each call carries token and key`() async throws {
        transport.expect("GET /orders/1", .ok(Examples.order))
        _ = try await makeClient(transport).orders.value(for: "1")
        let fields = try #require(transport.sent.last?.fields)
        #expect(fields[.authorization] == "Bearer fake.jwt.token")
        #expect(fields[.subscriptionKey] == "the-key")
        #expect(transport.sent.last?.body == "")
        #expect(transport.sent.last?.timeout == .seconds(60))
    }

    @Test func `filters are percent-encoded`() async throws {
        transport.expect("GET /customers?name=J%C3%B8rgen%20%26%20S%C3%B8n&offset=0&limit=100", .ok(page([], total: 0)))
        transport.expect("GET /orders/a%2Fb%3Fc", .ok(Examples.order))
        let client = makeClient(transport)
        #expect(try await client.accountLists.value(for: .customersNamed("Jørgen & Søn")).isComplete)
        _ = try await client.orders.value(for: "a/b?c")
        transport.verify()
    }

    @Test func `rows that do not answer the query are dropped, because servers ignore filters they do not know`()
        async throws
    {
        transport.expect(
            "GET /orders?customerId=7&status=processing&orderNumber=SO1&offset=0&limit=100",
            .ok(
                page(
                    [
                        #"{"id":"1","customerId":"7","status":"processing","orderNumber":"SO1"}"#,
                        #"{"id":"2","customerId":"8","status":"processing","orderNumber":"SO1"}"#,
                        #"{"id":"3","customerId":"7","status":"completed","orderNumber":"SO1"}"#,
                        #"{"id":"4","customerId":"7","status":"processing","orderNumber":"SO2"}"#, #"{"id":"5"}"#,
                    ], total: 5)))
        let query = OrderQuery(customer: "7", status: .processing, number: "SO1")
        let listing = try await makeClient(transport).orderLists.value(for: query)
        #expect(listing.rows.map(\.id) == ["1", "5"])
        #expect(listing.total == 2)
        #expect(listing.isComplete)
    }

    @Test(arguments: [
        ("https://api.cloud.im/marketplace/eu", "https", "api.cloud.im", "/marketplace/eu"),
        ("HTTP://LocalHost.:80/x", "http", "LocalHost.:80", "/x"), ("https://[::1]:8/", "https", "[::1]:8", ""),
        (" HTTPS://api.cloud.im/marketplace/eu// \n", "https", "api.cloud.im", "/marketplace/eu"),
        ("http://127.0.0.1:8787/?x#y", "http", "127.0.0.1:8787", ""),
    ])
    func `a base URL is read with its spaces and slashes`(
        text: String, scheme: String, authority: String, path: String
    ) throws {
        let base = try BaseURL(text)
        #expect(base.scheme == scheme)
        #expect(base.authority == authority)
        #expect(base.path == path)
    }

    @Test(arguments: [
        "", "api.cloud.im", "ftp://api.cloud.im", "https://", "https:///x", "https://us er:secret@host/",
        "https://user:se/secret@host/", "https://user:secret", "https://host:99999", "https://a\\b/", "https://[::1/x",
        "https://a%2e/",
    ])
    func `a base URL that is none is said to be none, without its password`(text: String) async {
        let client = Client(profile: .test(baseURL: text), transport: transport, clock: ManualClock())
        let error = await failure { () async throws(MarketplaceError) in try await client.signIn() }
        guard case .unreachable(let host, let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!host.contains("secret"))
        #expect(reason.contains("base URL"))
        #expect(transport.sent.isEmpty)
    }

    @Test func `a secret never shows itself`() {
        let profile = Profile.test()
        var dumped = ""
        dump(profile, to: &dumped)
        for text in ["\(profile)", String(reflecting: profile), dumped, "\(profile.password)"] {
            #expect(!text.contains("pass-word") && !text.contains("the-key"))
            #expect(text.contains("•••"))
        }
    }
}
