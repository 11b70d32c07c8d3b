import Marketplace
import Testing

@Suite struct `An error` {
    private static let all: [MarketplaceError] = [
        .wrongPassword(status: 401), .wrongSubscriptionKey(message: "Access denied."),
        .wrongMarketplace(code: "xx", message: "Unknown."), .forbidden(message: "No.", correlationID: "c-1"),
        .notFound(what: "order 12", correlationID: "c-1"), .rejected(message: "", status: 400, correlationID: "c-1"),
        .rejected(message: "Quantity too low.", status: 400, correlationID: nil), .rateLimited(retryAfter: 12),
        .rateLimited(retryAfter: nil), .quotaExhausted(retryAfter: 7200),
        .serverFailed(status: 502, message: "", correlationID: "c-1"),
        .unreachable(host: "api.example", reason: "no route"),
        .untrusted(host: "api.example", reason: "it is for another host"),
        .timedOut(seconds: 30), .unreadable(what: "orders", reason: "not JSON", status: 200, correlationID: "c-1"),
        .outcomeUnknown(reason: "No answer came within 30 s.", correlationID: "c-1"),
        .writeRefused(reason: "this is the production system."), .cancelled,
    ]

    @Test(arguments: all)
    func `is reported in plain sentences`(_ error: MarketplaceError) {
        let message = error.message
        #expect(message.replacing(" (Correlation ID c-1)", with: "").hasSuffix("."))
        #expect(message.first!.isUppercase)
        for jargon in ["nil", "Optional(", "error code", "NSError", "  "] { #expect(!message.contains(jargon)) }
    }

    @Test func `says what to do`() {
        let advice: [(MarketplaceError, String)] = [
            (.wrongPassword(status: 401), "Check the API user"), (.wrongSubscriptionKey(message: ""), "panel"),
            (.wrongMarketplace(code: "xx", message: ""), "cp.us.na.cloud.im"), (.timedOut(seconds: 30), "Press r"),
            (.rateLimited(retryAfter: 12), "in 12 s"), (.rateLimited(retryAfter: nil), "Wait a minute"),
            (.quotaExhausted(retryAfter: 7200), "in 2 h"), (.unreachable(host: "h", reason: "r"), "Check the base URL"),
            (.untrusted(host: "h", reason: "r"), "SOUK_CA_FILE"),
            (.unreadable(what: "w", reason: "r", status: 200, correlationID: nil), "not to a web page"),
            (.notFound(what: "w", correlationID: nil), "refresh"),
            (.serverFailed(status: 502, message: "", correlationID: nil), "try again"),
        ]
        for (error, words) in advice { #expect(error.message.contains(words), "\(error)") }
    }

    @Test(arguments: ["sales order", "change of customer 1000412", "new reseller Nordwind Handel GmbH"])
    func `about a write that may have been taken names it and asks not to send it again`(what: String) {
        let message = MarketplaceError.outcomeUnknown(of: what, reason: "No answer came.", correlationID: "c-9").message
        #expect(message.hasPrefix("Not confirmed: the \(what). No answer came. "))
        #expect(message.contains("may or may not have been taken"))
        #expect(message.contains("do not send it again before"))
        #expect(message.contains("c-9"))
    }

    @Test(arguments: all)
    func `carries the marketplace's own reference where there is one`(_ error: MarketplaceError) {
        #expect(error.message.contains("(Correlation ID c-1)") == (error.correlationID == "c-1"))
    }

    @Test func `of signing in has no place for a secret`() {
        #expect(Mirror(reflecting: MarketplaceError.wrongPassword(status: 401)).children.count == 1)
        #expect(!MarketplaceError.wrongPassword(status: 401).message.contains("401"))
    }
}
