import HTTPTypes
import Testing

@testable import MarketplaceSandbox

/// The served sandbox keeps rows as they were written; the one in the program writes them anew.
@Suite struct `Rows that are kept as they were written` {
    private static let lists = [
        "/subscriptions?limit=500", "/subscriptions?customerId=1000412", "/orders?limit=500",
        "/orders?customerId=1000412", "/customers?limit=500", "/products?limit=500", "/products?mpn=AUR-365-BP",
    ]

    private static let sale =
        #"{"customerId":"1000412","products":[{"mpn":"AUR-365-BP","subscriptionPeriod":{"type":"year","duration":1},"#
        + #""billingPeriod":{"type":"month","duration":1},"quantity":3}]}"#

    /// What happens between two looks at the lists.
    private static let steps: [(HTTPRequest.Method, String, String, seconds: Double)] = [
        (.get, "/orders/1000703", "", 0), (.post, "/orders", sale, 0), (.get, "/orders/1000703", "", 1),
        (.get, "/orders/1000703", "", 1), (.patch, "/subscriptions/1000917", #"{"renewalStatus":false}"#, 0),
        (.patch, "/customers/1000412", #"{"externalId":"NEW-1"}"#, 0),
        (.patch, "/customers/1000412", #"{"status":"hold"}"#, 0),
        (.post, "/orders", #"{"type":"cancellation","customerId":"1000412","subscriptionId":"1000918"}"#, 0),
        (.get, "/orders/1000703", "", 4), (.get, "/orders/1000703", "", 13 * 86_400),
        (.get, "/orders/1000703", "", 80 * 86_400),
    ]

    @Test func `are those that would be written now, whatever happened since`() async {
        let plain = Caller { $0.tokenSeconds = 1_000_000_000 }
        let keeping = Caller {
            $0.tokenSeconds = 1_000_000_000
            $0.writtenRows = 4_096
        }
        var seen: Set<[UInt8]> = []
        for (number, (method, path, body, seconds)) in Self.steps.enumerated() {
            for caller in [plain, keeping] { caller.clock.advance(by: seconds) }
            let (one, other) = (await plain.send(method, path, body), await keeping.send(method, path, body))
            #expect(one.body == other.body, "\(method) \(path)")
            // In turns from both ends: what was asked for last before a change is asked for first after it.
            for list in number.isMultiple(of: 2) ? Self.lists : Self.lists.reversed() {
                let (one, other) = (await plain.get(list), await keeping.get(list))
                #expect(one.status == 200 && one.body == other.body, "\(list) after \(method) \(path) \(body)")
                seen.insert(one.body)
            }
        }
        // The lists did change on the way.
        #expect(seen.count > Self.lists.count + 8)
    }
}
