import HTTPTypes
import Synchronization
import Testing

@testable import MarketplaceSandbox

@Suite struct FaultTests {
    private let order = #"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":1}]}"#

    private func caller(_ rules: String) throws -> Caller {
        let rules = try FaultRule.rules(in: rules)
        return Caller { $0.faults = rules }
    }

    @Test func `a fault before the effect leaves nothing behind, one after it does`() async throws {
        let before = try caller("POST /orders: 504 first 1")
        #expect(await before.post("/orders", order).status == 504)
        #expect(await before.get("/orders?limit=1").total == 3_000)
        #expect(await before.post("/orders", order).status == 200)
        let after = try caller("POST /orders: 504 after-effect every 2")
        #expect(await after.post("/orders", order).status == 200)
        let reply = await after.post("/orders", order)
        #expect(reply.status == 504)
        #expect(reply.headers[.contentType] == "text/html")
        #expect(await after.get("/orders?limit=1").total == 3_002)
    }

    @Test func `errors come in the words of the API, of the gateway, or as a page`() async throws {
        let caller = try caller(
            """
            GET /orders: status 500
            GET /plans: 429
            GET /reports: 502
            GET /products: status 400 gateway
            GET /customers: html
            GET /resellers: empty 502
            """)
        #expect(await caller.get("/orders").json["path"]?.text == "/orders")
        let limited = await caller.get("/plans")
        #expect(limited.message == "Rate limit is exceeded. Try again in 13 seconds.")
        #expect(HTTPField.Name("Retry-After").flatMap { limited.headers[$0] } == "13")
        #expect(await caller.get("/reports").text.contains("<h1>502 Bad Gateway</h1>"))
        #expect(await caller.get("/products").json.names == ["statusCode", "message"])
        let page = await caller.get("/customers")
        #expect(page.status == 200)
        #expect(page.headers[.contentType] == "text/html")
        let empty = await caller.get("/resellers")
        #expect(empty.status == 502)
        #expect(empty.body.isEmpty)
    }

    @Test func `a share of calls is the same for the same seed`() async throws {
        func failures(seed: UInt64) async throws -> [Int] {
            let rules = try FaultRule.rules(in: "GET /orders/*: 503 at 30%")
            let caller = Caller {
                $0.seed = seed
                $0.faults = rules
            }
            var failed: [Int] = []
            for call in 0..<100 where await caller.get("/orders/1000701").status == 503 { failed.append(call) }
            return failed
        }
        let first = try await failures(seed: 1)
        #expect((15...45).contains(first.count))
        #expect(try await failures(seed: 1) == first)
        #expect(try await failures(seed: 2) != first)
    }

    @Test func `of several rules the first that applies counts`() async throws {
        let caller = try caller("GET /orders: 503 every 2\nGET *: 500 every 3")
        var statuses: [Int] = []
        for _ in 0..<6 { statuses.append(await caller.get("/orders?limit=1").status) }
        #expect(statuses == [200, 503, 500, 503, 200, 503])
    }

    @Test func `rules can be changed while the sandbox runs`() async throws {
        let caller = try caller("")
        #expect(await caller.get("/orders").status == 200)
        await caller.sandbox.setFaults([try FaultRule(fault: "GET /orders: 503")])
        #expect(await caller.get("/orders").status == 503)
        await caller.sandbox.setFaults([])
        #expect(await caller.get("/orders").status == 200)
    }

    // MARK: Spoiled answers

    @Test func `rows come twice, or have moved down, and none is lost`() async throws {
        let plain = try caller("")
        let twice = try caller("GET /orders: duplicate-rows")
        let ids = await plain.get("/orders?limit=20").ids
        #expect(await twice.get("/orders?limit=20").ids == ids + ids.prefix(1))
        let shifted = try caller("GET /orders: shifted-rows 2")
        #expect(await shifted.get("/orders?limit=10").ids == Array(ids.prefix(10)))
        let second = await shifted.get("/orders?limit=10&offset=10")
        #expect(second.ids == Array(ids[8..<18]))
        #expect(second.total == 3_002)
        #expect(second.json.at("pagination", "offset")?.number == 10)
    }

    @Test func `odd types are JSON still, with rows that are none`() async throws {
        let caller = try caller("GET *: odd-types")
        let rows = await caller.get("/subscriptions?limit=50").rows
        #expect(rows.count == 50)
        #expect(rows.contains { if case .string = $0 { true } else { false } })
        #expect(rows.contains { $0["id"]?.number != nil })
        #expect(rows.contains { $0["status"]?.text == "somethingNew" })
        #expect(rows.contains { $0["newSince"] != nil })
        #expect(await caller.get("/subscriptions/1000917").json.names.contains("newSince"))
    }

    @Test func `bodies can be cut, badly encoded, or falsely compressed`() async throws {
        let caller = try caller(
            "GET /customers: cut; GET /orders: cut 10; GET /customers/*: wrong-charset; GET /plans: gzip-broken")
        #expect(await caller.get("/customers").json == .null)
        #expect(await caller.get("/orders").body.count == 10)
        let latin = await caller.get("/customers/1000412").body
        #expect(String(validating: latin, as: UTF8.self) == nil)
        #expect(latin.contains(0xF8))
        let packed = await caller.get("/plans")
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.starts(with: [0x1F, 0x8B]))
    }

    @Test func `a delay is waited for, and a slow answer byte by byte`() async throws {
        let waited = Mutex<[Double]>([])
        let rules = try FaultRule.rules(in: "GET /orders/*: delay 7\nGET /plans: slow 5")
        let caller = Caller {
            $0.faults = rules
            $0.sleep = { seconds, _ in waited.withLock { $0.append(seconds) } }
        }
        #expect(await caller.get("/orders/1000701").status == 200)
        #expect(waited.withLock { $0 } == [7])
        let slow = await caller.get("/plans")
        #expect(slow.status == 200)
        #expect(abs(waited.withLock { $0.last ?? 0 } - 5) < 0.001)
        #expect(HTTPField.Name("X-Sandbox-Fault").flatMap { slow.headers[$0] } == "slow")
    }

    // MARK: The connection

    private func exchange(_ rules: String, _ path: String) async throws -> Exchange {
        let caller = try caller(rules)
        let token = await caller.signIn().json["token"]?.text ?? ""
        var request = HTTPRequest(method: .get, scheme: "http", authority: "x", path: "/marketplace/us" + path)
        request.headerFields[.authorization] = "Bearer \(token)"
        if let name = HTTPField.Name("X-Subscription-Key") {
            request.headerFields[name] = String(repeating: "0", count: 32)
        }
        return await caller.sandbox.exchange(request, body: [])
    }

    @Test func `a torn connection says after how many bytes`() async throws {
        guard case .reset(_, _, 0) = try await exchange("GET *: reset", "/orders") else {
            Issue.record("no reset")
            return
        }
        guard case .reset(let response, let body, 100) = try await exchange("GET *: reset 100", "/orders") else {
            Issue.record("no reset after 100 bytes")
            return
        }
        #expect(response.status == .ok)
        #expect(body.count > 100)
    }

    @Test func `a truncated body announces more than it has`() async throws {
        guard case .truncated(_, let body, let announced) = try await exchange("GET *: truncate", "/orders") else {
            Issue.record("not truncated")
            return
        }
        #expect(body.count == announced / 2)
    }

    @Test func `a slow answer is whole`() async throws {
        guard case .drip(_, let body, let secondsPerByte) = try await exchange("GET *: slow 4", "/orders") else {
            Issue.record("not slow")
            return
        }
        #expect(JSONValue(body) != nil)
        #expect(abs(secondsPerByte * Double(body.count) - 4) < 0.001)
    }

    @Test func `without a connection to tear, the answer names the fault`() async throws {
        let caller = try caller("POST /orders: reset after-effect; GET /orders: truncate 5")
        let torn = await caller.post("/orders", order)
        #expect(torn.status == 502)
        #expect(torn.body.isEmpty)
        #expect(HTTPField.Name("X-Sandbox-Fault").flatMap { torn.headers[$0] } == "reset")
        #expect(HTTPField.Name("X-Correlation-ID").flatMap { torn.headers[$0] }?.hasPrefix("a8n-") == true)
        #expect(await caller.get("/orders").body.count == 5)
        #expect(await caller.get("/subscriptions?customerId=1000412&limit=1").total == 5)
    }
}
