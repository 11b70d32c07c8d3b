import Testing

@testable import MarketplaceSandbox

@Suite struct FaultRuleTests {
    @Test(arguments: [
        (
            "POST /orders: 504 after-effect every 3", "POST /orders", FaultRule.Kind.status(504, .html), true,
            FaultRule.When.every(3)
        ),
        ("GET /customers: html first 2", "GET /customers", .html(200), false, .first(2)),
        ("* : slow 5 at 10%", "GET /plans/1", .slow(5), true, .share(100_000)),
        ("*: status 500", "PATCH /a", .status(500, .platform), false, .always),
        ("/orders/{id}: status 429", "GET /orders/7", .status(429, .gateway), false, .always),
        ("* /orders/**: reset after-effect", "POST /orders/estimate", .reset(0), true, .always),
        ("GET *: reset 100", "GET /orders", .reset(100), true, .always),
        ("GET /reports: status 503 platform at 2.5%", "GET /reports", .status(503, .platform), false, .share(25_000)),
        ("  GET   /orders/*  :  empty 204  ", "GET /orders/1", .empty(204), false, .always),
        ("GET /rde/**: ignored-range", "GET /rde/1/2", .ignoredRange, true, .always),
        ("*: shifted-rows 3 after-effect", "GET /orders", .shiftedRows(3), true, .always),
    ])
    func `rules say which calls, what, and when`(
        text: String, call: String, kind: FaultRule.Kind, isAfterEffect: Bool, when: FaultRule.When
    ) throws {
        let rule = try FaultRule(fault: text)
        #expect(rule.kind == kind)
        #expect(rule.isAfterEffect == isAfterEffect)
        #expect(rule.when == when)
        #expect(rule.description == text)
        let parts = call.split(separator: " ")
        #expect(rule.matches(String(parts[0]), parts[1].split(separator: "/").map(String.init)))
        #expect(!rule.matches("TRACE", ["nowhere", "at", "all", "else"]) || rule.path == nil || rule.method == nil)
    }

    @Test(arguments: [
        ("", 1, "expected a colon"), ("GET /orders", 12, "expected a colon"),
        (": html", 1, "expected a method and a path"),
        ("FETCH /orders: html", 1, "FETCH is not a method"),
        ("GET orders: html", 5, "expected a path that begins with /"),
        ("GET /orders now: html", 13, "expected the colon after the path"),
        ("GET /orders:", 13, "expected a kind of fault"),
        ("GET /customers: htlm first 2", 17, "htlm is not a kind of fault"), ("*: 99", 4, "99 is not a status"),
        ("*: status", 10, "expected a status"), ("*: status two", 11, "two is not a status"),
        ("*: slow", 8, "expected a number of seconds"), ("*: slow soon", 9, "soon is not a number of seconds"),
        ("*: slow -1", 9, "-1 is not a number"), ("*: html every", 14, "expected a number from 1 on"),
        ("*: html every 0", 15, "0 is not a whole number from 1 on"), ("*: html at 200%", 12, "200% is not a share"),
        ("*: html at 10", 12, "10 is not a share"), ("*: html sometimes", 9, "expected before-effect, after-effect"),
        ("*: html first 2 every 3", 17, "how often is given twice"),
        ("*: html after-effect before-effect", 22, "the effect is given twice"),
        ("*: truncate before-effect", 13, "truncate spoils the real answer"), ("*: slow nan", 9, "nan is not a number"),
    ])
    func `what is no rule is reported with its column`(text: String, column: Int, message: String) {
        do {
            _ = try FaultRule(fault: text)
            Issue.record("\(text) is a rule")
        } catch {
            #expect(error.column == column)
            #expect(error.message.hasPrefix(message), "\(error.message)")
        }
    }

    @Test func `a problem shows the text and a mark below the place`() {
        let problem = FaultRule.Problem(text: "*: htlm", column: 4, message: "htlm is not a kind of fault")
        #expect(problem.description == "*: htlm\n   ^\nColumn 4: htlm is not a kind of fault")
    }

    @Test func `several rules stand on lines or between semicolons`() throws {
        let rules = try FaultRule.rules(in: "# as seen in March\nGET /a: html; GET /b: empty\n\n*: reset")
        #expect(rules.map(\.kind) == [.html(200), .empty(200), .reset(0)])
        #expect(throws: FaultRule.Problem.self) { try FaultRule.rules(in: "GET /a: html\nnonsense") }
    }
}
