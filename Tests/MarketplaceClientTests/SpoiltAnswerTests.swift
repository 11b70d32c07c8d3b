import Glibc
import HTTPTypes
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// Answers of the description with bytes changed, cut, doubled and put in, from a seed. Whatever comes is a value or an
/// error in words. SOUK_FUZZ_ANSWERS in the environment makes it more of them.
@Suite(.timeLimit(.minutes(30))) struct `Spoilt answers` {
    private static let count = getenv("SOUK_FUZZ_ANSWERS").flatMap { Int(String(cString: $0)) } ?? 150

    private static let pieces: [[UInt8]] = [
        "null", "true", "-1", "1e999", "0.1e-400", "99999999999999999999", "\"\"", "\"9\"", "[", "]", "{", "}", "[]",
        "{}",
        ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\u202e", "\u{0}", "\u{1B}[2J", "作", "\"data\":", "\"id\":",
        "[[[[[[[[",
    ].map { Array($0.utf8) }

    private static func spoil(_ text: String, _ dice: inout Dice) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...dice.below(4) where !bytes.isEmpty {
            let place = dice.below(bytes.count)
            let end = min(bytes.count, place + 1 + dice.below(40))
            switch dice.below(6) {
            case 0: bytes[place] = UInt8(dice.below(256))
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes.replaceSubrange(place..<end, with: dice.one(of: pieces))
            case 4: bytes.insert(contentsOf: dice.one(of: pieces), at: place)
            default: if dice.below(4) == 0 { bytes.removeSubrange(place...) }
            }
        }
        return bytes
    }

    /// Answers every read with the same bytes.
    private struct SpoiltTransport: Transport {
        let answer: [UInt8]

        func send(
            _ request: HTTPRequest, body: [UInt8], timeout: Duration
        ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
            let isSignIn = request.path?.hasSuffix("/token") == true
            return (HTTPResponse(status: .ok), isSignIn ? Array(Examples.token.utf8) : answer)
        }
    }

    /// The words of what became of it.
    private func read(
        _ answer: [UInt8], by action: (Client) async throws(MarketplaceError) -> some Sendable
    ) async -> String {
        let client = Client(
            profile: .test(isReadOnly: true), transport: SpoiltTransport(answer: answer), clock: ManualClock(),
            journal: MemoryJournal())
        do throws(MarketplaceError) {
            return String(describing: try await action(client))
        } catch {
            return error.message
        }
    }

    @Test(arguments: 1...8) func `are a value or an error in words`(seed: UInt64) async {
        var dice = Dice(seed: seed)
        for number in 0..<Self.count {
            let words: String
            switch number % 7 {
            case 0:
                words = await read(Self.spoil(Examples.subscriptions, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.subscriptionLists.value(for: SubscriptionQuery())
                }
            case 1:
                words = await read(Self.spoil(Examples.subscription, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.subscriptions.value(for: "1000501")
                }
            case 2:
                words = await read(Self.spoil(Examples.orders, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.orderLists.value(for: OrderQuery())
                }
            case 3:
                words = await read(Self.spoil(Examples.order, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.orders.value(for: "1000701")
                }
            case 4:
                words = await read(Self.spoil(Examples.products, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.productLists.value(for: ProductQuery())
                }
            case 5:
                words = await read(Self.spoil(Examples.customers, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.accountLists.value(for: .customers)
                }
            default:
                words = await read(Self.spoil(Examples.customer, &dice)) {
                    client throws(MarketplaceError) in
                    try await client.accounts.value(for: AccountKey(kind: .customer, id: "1000101"))
                }
            }
            #expect(!words.isEmpty, "seed \(seed), answer \(number)")
        }
    }
}
