import HTTPTypes
import Testing

@testable import MarketplaceSandbox

@Suite struct GatewayTests {
    let caller = Caller()

    @Test(arguments: ["/customers", "/nowhere", "/orders?status=wrong", "/orders/9"])
    func `every answer has a correlation id, and platform errors repeat it`(path: String) async throws {
        let reply = await caller.get(path)
        let id = try #require(HTTPField.Name("X-Correlation-ID").flatMap { reply.headers[$0] })
        #expect(id.hasPrefix("a8n-"))
        #expect(id.count == 40)
        if let inBody = reply.json["correlationId"]?.text { #expect(inBody == id) }
    }

    @Test func `platform errors have time, status, message, path and correlation id`() async {
        let reply = await caller.get("/orders/9")
        #expect(reply.status == 404)
        #expect(reply.json.names == ["timeStamp", "status", "message", "path", "correlationId"])
        #expect(reply.json["timeStamp"]?.text == "2031-03-04T12:30:00.000+00:00")
        #expect(reply.json["status"]?.number == 404)
        #expect(reply.json["path"]?.text == "/orders/9")
        #expect(reply.headers[.contentType] == "application/json")
    }

    @Test(arguments: ["/nowhere", "/", "", "/customers/1/2/3", "/products/CAT-000001"])
    func `an unknown path is 404`(path: String) async {
        #expect(await caller.get(path).status == 404)
    }

    @Test func `a path outside the base path is 404`() async {
        #expect(await caller.raw(.get, "/customers", [:]).status == 404)
        #expect(await caller.raw(.get, "*", [:]).status == 404)
    }

    @Test func `any region and a trailing slash are taken`() async {
        _ = await caller.get("/customers")
        let token = await caller.signIn().json["token"]?.text ?? ""
        var headers = HTTPFields()
        headers[.authorization] = "Bearer \(token)"
        #expect(await caller.raw(.get, "/marketplace/eu/customers/?limit=1", headers).status == 200)
        #expect(await caller.raw(.get, "/marketplace/na/orders/", headers).status == 200)
    }

    @Test func `a method the path does not have is 405 with those it has`() async {
        let reply = await caller.send(.delete, "/orders/1000701")
        #expect(reply.status == 405)
        #expect(HTTPField.Name("Allow").flatMap { reply.headers[$0] }?.contains("GET") == true)
    }

    @Test(arguments: ["", "[]", "{", "nothing", "{\"customerId\":}", "\"text\"", "{\"a\":\"\u{01}\"}"])
    func `a body that is no JSON object is 400`(body: String) async {
        #expect(await caller.post("/orders", body).status == 400)
    }

    @Test func `a very deep body is refused, not followed`() async {
        let body = String(repeating: "[", count: 100_000)
        #expect(await caller.post("/orders", "{\"products\":" + body).status == 400)
    }

    @Test func `a very large body is refused`() async {
        #expect(await caller.post("/orders", String(repeating: " ", count: 2_000_000)).status == 413)
    }

    @Test(arguments: [
        "/customers?name=%", "/customers?name=%zz&&&=&==", "/customers?limit=99999999999999999999999",
        "/customers?offset=-1", "/orders/%00", "/orders/%ff%fe", "/subscriptions/١٢٣",
        "/orders?creationTimeFrom=%F0%9F",
        "/subscriptions?creationDateFrom=2031-02-30", "/products?mpn=----", "/products?mpn=A-B-ZZZZZZZZ",
        "/orders?orderNumber=S", "/orders?orderNumber=SO99999999999999999999", "/resellers/99999999999999999",
        "/customers?offset=2147483647&limit=1000", "/products?offset=2147483647",
    ])
    func `hostile targets are answered, not crashed on`(path: String) async {
        let status = await caller.get(path).status
        #expect([200, 400, 404].contains(status))
    }
}
