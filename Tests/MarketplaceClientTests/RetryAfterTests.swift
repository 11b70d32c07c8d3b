import HTTPTypes
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct `How long the marketplace asks to be left alone` {
    private let now = Instant("2026-11-26T12:00:00Z")!

    private func wait(
        _ retryAfter: String?, date: String? = nil, status: Int = 429, message: String = ""
    ) -> Double? {
        var response = HTTPResponse(status: .init(code: status))
        response.headerFields[.retryAfter] = retryAfter
        response.headerFields[.date] = date
        return Answer(response, body: Array(#"{"statusCode":\#(status),"message":"\#(message)"}"#.utf8))
            .retryAfter(now: now)
    }

    @Test(arguments: [
        ("0", 0.0), ("13", 13), (" 13 ", 13), ("1.5", 1.5), ("7200", 7200), ("172800", 86_400),
    ])
    func `is read in seconds, a day at most`(_ text: String, _ seconds: Double) {
        #expect(wait(text) == seconds)
    }

    @Test(arguments: [
        "", "-5", "soon", "1e3", "0x10", "inf", "nan", "٣٠", "99999999999999999999", "3000000", "1.2.3", "+4",
        "Thu, 26 Nov 2026 11:59:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 26 Nov 2026 12:00:10 PST",
        "Thu, 26 Foo 2026 12:00:10 GMT", "Mon, 31 Feb 2026 12:00:10 GMT",
    ])
    func `is not read from rubbish, the past or a far future`(_ text: String) {
        #expect(wait(text) == nil)
    }

    @Test(arguments: [
        "Thu, 26 Nov 2026 12:00:10 GMT", "Thursday, 26-Nov-26 12:00:10 GMT", "Thu Nov 26 12:00:10 2026",
    ])
    func `is read from a date in its three forms`(_ text: String) {
        #expect(wait(text) == 10)
    }

    @Test func `is measured by the server's own clock, whatever this computer's says`() {
        #expect(wait("Fri, 27 Nov 2026 12:00:05 GMT", date: "Fri, 27 Nov 2026 12:00:00 GMT") == 5)
        #expect(wait("Wed, 25 Nov 2026 12:00:05 GMT", date: "Wed, 25 Nov 2026 12:00:00 GMT") == 5)
    }

    @Test(arguments: [
        ("Rate limit is exceeded. Try again in 13 seconds.", 13.0), ("Try again in 1 second", 1),
        ("Please try again in 2 minutes.", 120), ("Quota will be replenished in 05:12:44.", 18_764),
        ("Quota will be replenished in 1.05:12:44.", 86_400), ("Try again in -5 seconds.", nil),
        ("Try again in nan seconds.", nil), ("Try again in 1e9 seconds", nil), ("replenished in 05:xx:44", nil),
        ("", nil),
    ])
    func `is read from the gateway's sentence`(_ message: String, _ seconds: Double?) {
        #expect(wait(nil, message: message) == seconds)
    }

    @Test func `is not read from other sentences`() {
        #expect(wait(nil, status: 500, message: "Order #12 seconds the change of 10:20:30") == nil)
        #expect(wait(nil, status: 403, message: "Out of call volume quota. Replenished in 00:01:00.") == 60)
        #expect(wait(nil, status: 403, message: "Closed until 10:20:30") == nil)
    }

    @Test(arguments: [
        ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
        ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
    ])
    func `the server's time is read in all forms of an HTTP date`(_ text: String, _ expected: String) {
        var response = HTTPResponse(status: .ok)
        response.headerFields[.date] = text
        #expect(Answer(response, body: []).date?.description == expected)
    }
}
