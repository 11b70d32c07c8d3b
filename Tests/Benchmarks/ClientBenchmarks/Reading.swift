import Marketplace
import MarketplaceClient

/// Long lists from a served sandbox: one that answers late, as over a long way, and one on loopback.
@concurrent func measureReading() async throws {
    for (rows, delay, rounds) in [(20_000, 0.1, 3), (100_000, nil, 5)] as [(Int, Double?, Int)] {
        let sandbox = try ServedSandbox(rows: rows, delay: delay)
        defer { sandbox.stop() }
        var times: [Double] = []
        for _ in 0..<rounds {
            let client = sandbox.client()
            try await client.signIn()
            times.append(
                try await seconds {
                    let listing = try await client.subscriptionLists.value(for: SubscriptionQuery())
                    precondition(listing.rows.count == rows && listing.isComplete)
                })
        }
        let place = delay.map { "answers after \(Int($0 * 1000)) ms" } ?? "loopback"
        let best = times.min() ?? 0
        print("list of \(rows), \(place): best \(hundredths(best)) s, p50 \(hundredths(times.sorted()[rounds / 2])) s")
    }
}

private func hundredths(_ seconds: Double) -> Double { Double(Int(seconds * 100)) / 100 }
