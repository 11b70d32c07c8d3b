import HTTPTypes
import Marketplace
import MarketplaceClient

/// Answers lists of subscriptions from pages made beforehand, at once.
struct PageTransport: Transport {
    let pages: [[UInt8]]

    /// - Parameter rows: In the whole list.
    init(rows: Int) {
        pages = stride(from: 0, to: rows, by: 500).map { start in
            let page = (start..<min(start + 500, rows)).map(Self.row).joined(separator: ",")
            return Array(#"{"data":[\#(page)],"pagination":{"offset":\#(start),"limit":500,"total":\#(rows)}}"#.utf8)
        }
    }

    var bytes: Int { pages.reduce(0) { $0 + $1.count } }

    private static func row(_ index: Int) -> String {
        let status = index % 7 == 0 ? "hold" : "active"
        let name = "Sample Office Suite for Business, Edition \(index % 40)"
        return #"{"id":"\#(1_000_000 + index)","name":"\#(name)","customerId":"\#(1_000_100 + index % 900)","#
            + #""status":"\#(status)","attributes":{},"renewalStatus":true,"creationDate":"2026-03-0\#(index % 9 + 1)","#
            + #""renewalDate":"2027-03-01","lastModifiedDate":"2026-05-11","expirationDate":"2027-03-03","#
            + #""billingModel":"chargeBeforeBillingPeriod","billingPeriod":{"type":"month","duration":1},"#
            + #""subscriptionPeriod":{"type":"year","duration":1},"planId":10005}"#
    }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let path = request.path ?? ""
        if path.hasSuffix("/token") { return (HTTPResponse(status: .ok), Array(#"{"token":"t"}"#.utf8)) }
        let offset = path.firstRange(of: "offset=").flatMap { Int(path[$0.upperBound...].prefix { $0 != "&" }) } ?? 0
        // The first page of a list is small; the pages here are not, which servers may do.
        return (HTTPResponse(status: .ok), offset / 500 < pages.count ? pages[offset / 500] : [])
    }
}

@Sendable private func client(_ transport: PageTransport) -> Client {
    Client(
        profile: Profile(
            name: "benchmark", baseURL: "http://localhost/us", marketplace: "us", user: "u", password: Secret("p"),
            subscriptionKey: Secret("k")),
        transport: transport, pacing: .unlimited, cacheLimit: 1 << 40)
}

@concurrent func measureLists() async throws {
    for (rows, rounds) in [(1000, 30), (100_000, 5)] {
        let transport = PageTransport(rows: rows)
        var best = Double.infinity
        for _ in 0..<rounds {
            let client = client(transport)
            try await client.signIn()
            let time = try await seconds { _ = try await client.subscriptionLists.value(for: SubscriptionQuery()) }
            best = min(best, time)
        }
        let megabytes = Double(transport.bytes) / 1_000_000
        print("list of \(rows): \(Int(Double(rows) / best)) rows/s, \(Int(megabytes / best)) MB/s")
    }

    let transport = PageTransport(rows: 100_000)
    // The first reading leaves free memory behind that the later ones use; their difference is what is kept.
    var kept: [Client] = []
    var grown: [Int] = []
    for _ in 0..<5 {
        let client = client(transport)
        _ = try await client.subscriptionLists.value(for: SubscriptionQuery())
        kept.append(client)
        grown.append(resident())
    }
    print("kept: \((grown[4] - grown[0]) / 400_000) bytes a row, stride \(MemoryLayout<Subscription>.stride)")

    let hits = 100_000
    let time = try await seconds {
        for _ in 0..<hits { _ = try await kept[0].subscriptionLists.value(for: SubscriptionQuery()) }
    }
    print("cache hit: \(Int(time / Double(hits) * 1e9)) ns on a listing of 100000 rows")
}

/// The index of 100,000 subscriptions and as many orders, without pacing and without a network.
@concurrent func measureIndex() async throws {
    let transport = PageTransport(rows: 100_000)
    var best = Double.infinity
    var calls = 0
    for _ in 0..<3 {
        let client = client(transport)
        try await client.signIn()
        best = min(best, try await seconds { try await client.index.run() })
        calls = client.index.progress.calls
    }
    print(
        "index of 100000 subscriptions and 100000 orders: \(Int(best * 1000)) ms, \(Int(200_000 / best)) rows/s, "
            + "\(calls) calls")
}

func measureHitsOnTheMainActor() async throws {
    let client = client(PageTransport(rows: 100_000))
    _ = try await client.subscriptionLists.value(for: SubscriptionQuery())
    let time = try await seconds {
        for _ in 0..<100_000 { _ = try await client.subscriptionLists.value(for: SubscriptionQuery()) }
    }
    print("cache hit from the main actor: \(Int(time / 100_000 * 1e9)) ns")
}
