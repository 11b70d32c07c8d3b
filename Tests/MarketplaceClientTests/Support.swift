import FoundationEssentials
import Marketplace
import MarketplaceClient
import Testing

extension Profile {
    static func test(isReadOnly: Bool = false, baseURL: String = "https://api.example/marketplace/us/") -> Profile {
        Profile(
            name: "test", baseURL: baseURL, marketplace: "us", user: "demo.api", password: Secret("pass-word"),
            subscriptionKey: Secret("the-key"), isReadOnly: isReadOnly)
    }
}

/// A client over stubs, already expecting its first sign-in.
func makeClient(
    _ transport: StubTransport, clock: ManualClock = ManualClock(), isReadOnly: Bool = false,
    journal: any Journal = MemoryJournal()
) -> Client {
    // By its Date header the marketplace's clock agrees with the client's.
    transport.expect(
        "POST /token", .answer(200, Examples.token, headers: ["Date": "Sun, 17 Mar 2030 17:46:40 GMT"]))
    return Client(
        profile: .test(isReadOnly: isReadOnly), transport: transport, clock: clock, journal: journal)
}

/// The error that `action` ends in; nil when it succeeds.
func failure(_ action: () async throws(MarketplaceError) -> some Any) async -> MarketplaceError? {
    do throws(MarketplaceError) {
        _ = try await action()
        return nil
    } catch {
        return error
    }
}

/// A page of `rows`, which are JSON texts.
func page(_ rows: [String], total: Int?) -> String {
    let pagination = total.map { #","pagination":{"offset":0,"limit":10,"total":\#($0)}"# } ?? ""
    return #"{"data":[\#(rows.joined(separator: ","))]\#(pagination)}"#
}

/// Orders as list rows, one for each id.
func orderRows(_ ids: some Sequence<Int>) -> [String] {
    ids.map { #"{"id":"\#($0)","customerId":"7","status":"completed"}"# }
}

extension SalesOrder {
    static let sample = SalesOrder(
        customer: "1000101",
        lines: [
            Line(
                product: Product(
                    id: "SKU-000123", mpn: "FAKE-MPN-E1-ANNUAL", vendor: "SampleVendor", name: "Sample Office E1",
                    billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year)),
                quantity: 10, parameters: [Parameter(name: "domain", value: "sample-bakery.example")])
        ],
        poNumber: "PO-2031-001")
}

extension Money {
    init(_ text: String, _ currency: String) throws {
        self = try #require(Money(text: text, currency: currency))
    }
}
