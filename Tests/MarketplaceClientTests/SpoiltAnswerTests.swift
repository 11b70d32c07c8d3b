import Glibc
import HTTPTypes
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// Answers of the description with bytes changed, cut, doubled and put in, or with values in the place of others, from a
/// seed. Whatever comes is a value or an error in words. SOUK_FUZZ_ANSWERS in the environment makes it more of them.
@Suite(.timeLimit(.minutes(30))) struct `Spoilt answers` {
    private static let count = getenv("SOUK_FUZZ_ANSWERS").flatMap { Int(String(cString: $0)) } ?? 150

    private static let pieces: [[UInt8]] = [
        "null", "true", "-1", "1e999", "0.1e-400", "99999999999999999999", "\"\"", "\"9\"", "[", "]", "{", "}", "[]",
        "{}",
        ",", ":", "\"", "\\", "\\u0000", "\\ud800", "\\u202e", "\u{0}", "\u{1B}[2J", "作", "\"data\":", "\"id\":",
        "[[[[[[[[",
    ].map { Array($0.utf8) }

    /// Whole values that stand where others are awaited.
    private static let values: [[UInt8]] = [
        "null", "true", "0", "-0", "-1", "1.5", "1e999", "-1e-999", "99999999999999999999", "\"\"", "\"9\"", "\"-1\"",
        "\"NaN\"", "\"2026-02-30T25:61:61Z\"", "\"0000-00-00\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u001b]0;x\\u0007\"",
        "\"\\u202e\\u0000\"", "\"作\"", "[]", "{}", "[null]", "[[]]", "{\"id\":{\"id\":{}}}", "[{},{},{}]",
        "9223372036854775807", "-9223372036854775808", "\"9223372036854775807\"", "9223372036854775807.0",
        "\"0001-01-01\"", "\"1970-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59Z\"", "\"2026-11-26T02:20:00 -0800\"",
        "\"2026-11-26T02:20:00\"", "1795688400000", "\"12,50\"", "\"1.000\"", "007", "1.e5", "+1",
        "{\"data\":{\"data\":[]}}", "\"" + String(repeating: "x", count: 70_000) + "\"",
        String(repeating: "[", count: 63) + String(repeating: "]", count: 63),
    ].map { Array($0.utf8) }

    /// Answers that are no JSON at all, or hardly any.
    private static let strange: [[UInt8]] =
        [
            "", " ", "\u{FEFF}{}", "\u{0}", "null", "\"\"", "{", "[", "-", "1e", "\"\\u12", "{\"a\":1,\"a\":2}",
            "[1 2]", "nul",
            String(repeating: "[", count: 200_000), String(repeating: "{\"data\":", count: 50_000),
            "<html>502 Bad Gateway</html>",
        ].map { Array($0.utf8) } + [
            [0xFF, 0xFE, 0x7B, 0x00], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0x80, 0x22],
        ]

    private static func spoil(_ text: String, _ dice: inout Dice) -> [UInt8] {
        if dice.below(40) == 0 { return dice.one(of: strange) }
        return dice.below(2) == 0 ? spoilBytes(text, &dice) : swapValues(text, &dice)
    }

    private static func swapValues(_ text: String, _ dice: inout Dice) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0...dice.below(3) {
            let places = places(of: bytes)
            guard !places.isEmpty else { break }
            bytes.replaceSubrange(dice.one(of: places), with: dice.one(of: values))
        }
        return bytes
    }

    /// Where the values of a JSON text lie, objects and lists as a whole and with what is in them.
    private static func places(of bytes: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        var open: [Int] = []
        var at = 0
        while at < bytes.count {
            let start = at
            at += 1
            switch bytes[start] {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(start)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): if let start = open.popLast() { places.append(start..<at) }
            case UInt8(ascii: "\""):
                while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
                    at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
                }
                at = min(at + 1, bytes.count)
                // A name is no value.
                if at == bytes.count || bytes[at] != UInt8(ascii: ":") { places.append(start..<at) }
            case UInt8(ascii: ","), UInt8(ascii: ":"), 0x00...0x20: break
            default:
                while at < bytes.count, !",]} \n".utf8.contains(bytes[at]) { at += 1 }
                places.append(start..<at)
            }
        }
        return places
    }

    private static func spoilBytes(_ text: String, _ dice: inout Dice) -> [UInt8] {
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
