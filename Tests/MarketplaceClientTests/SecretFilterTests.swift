import FoundationEssentials
import HTTPTypes
import Marketplace
import TestSupport
import Testing

@testable import MarketplaceClient

@Suite struct `Secrets in what a server sends` {
    private static let password = #"Pass "w0rd"/%+&<77>ö"#
    private static let key = "KEYabcdef0123456789ABCDEF00112233"
    private static let token = "TOKsecret.token-1234567890~abcdef"
    private static let all = [password, key, token]

    private static func filter() -> SecretFilter {
        var filter = SecretFilter(user: "demo.api", password: Secret(password), subscriptionKey: Secret(key))
        filter.add(Secret(token))
        return filter
    }

    /// Every way of writing a text that servers are known for.
    private static let spellings: [(name: String, write: @Sendable (String) -> String)] = [
        ("plain", { $0 }), ("JSON", { String(JSONValue.string($0).encoded.dropFirst().dropLast()) }),
        ("JSON, escaped", { $0.utf16.map { "\\u" + hex(UInt32($0), 4) }.joined() }),
        ("percent", { $0.utf8.map { "%" + hex(UInt32($0), 2) }.joined() }),
        ("percent in lower case", { $0.utf8.map { "%" + hex(UInt32($0), 2).lowercased() }.joined() }),
        ("percent twice", { $0.utf8.map { "%25" + hex(UInt32($0), 2) }.joined() }),
        (
            "percent where needed",
            { text in
                text.utf8.map { byte in
                    WebHost.isOfName(byte | 0x20) ? String(decoding: [byte], as: UTF8.self) : "%" + hex(UInt32(byte), 2)
                }.joined()
            }
        ),
        ("form", { $0.replacing("%", with: "%25").replacing("+", with: "%2B").replacing(" ", with: "+") }),
        (
            "HTML",
            { text in
                [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")]
                    .reduce(text) { $0.replacing($1.0, with: $1.1) }
            }
        ),
        ("HTML by number", { $0.unicodeScalars.map { "&#\($0.value);" }.joined() }),
        ("HTML by hexadecimal number", { $0.unicodeScalars.map { "&#x" + hex($0.value, 2) + ";" }.joined() }),
        ("base 64", { base64($0) }), ("base 64, unpadded", { base64($0).replacing("=", with: "") }),
        ("base 64 for addresses", { base64($0).replacing("+", with: "-").replacing("/", with: "_") }),
        ("base 64 in an address", { base64($0).replacing("=", with: "%3D").replacing("/", with: "%2F") }),
    ]

    private static func hex(_ number: UInt32, _ count: Int) -> String {
        let digits = String(number, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }

    private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test(arguments: spellings.indices, all) func `are found however they are written`(index: Int, secret: String) {
        let written = Self.spellings[index].write(secret)
        let text = "cid-\(written) for 作, 100%"
        let clean = Self.filter().removed(from: text)
        #expect(
            clean == "cid-••• for 作, 100%" || clean.hasPrefix("cid-•••=") || clean.hasPrefix("cid-•••%3D"), "\(text)")
        #expect(Self.filter().cleaned(Array(text.utf8), hasWords: false) == Array(clean.utf8))
    }

    @Test(arguments: 0..<4, all) func `are found within something longer in base 64`(before: Int, secret: String) {
        let text = Self.base64(String(repeating: "x", count: before) + secret + ", and more")
        let clean = Self.filter().removed(from: text)
        #expect(clean.contains("•••"))
        // What stays of the secret is less than three of its bytes at either end.
        let kept = clean.split(separator: "•••").map { $0.prefix($0.count / 4 * 4) }
            .compactMap { Data(base64Encoded: String($0)) }.map { String(decoding: $0, as: UTF8.self) }
        #expect(!kept.contains { $0.contains(secret.dropFirst(3).dropLast(3)) })
    }

    @Test func `the header of a sign-in is found`() {
        let text = "Basic " + Self.base64("demo.api:" + Self.password)
        #expect(Self.filter().removed(from: text) == "Basic •••")
    }

    @Test func `short ones go where they stand alone among words, and stay within other words`() {
        let filter = SecretFilter(user: "demo.api", password: Secret("demo"), subscriptionKey: Secret(Self.key))
        func cleaned(_ text: String, hasWords: Bool) -> String {
            String(decoding: filter.cleaned(Array(text.utf8), hasWords: hasWords), as: UTF8.self)
        }
        let text = #"{"message":"demo: wrong","user":"demo.api","mail":"x@demo","name":"demonstration","id":"demo-7"}"#
        #expect(cleaned(text, hasWords: false) == text)
        #expect(cleaned(text, hasWords: true) == text.replacing("demo: ", with: "•••: "))
        #expect(filter.removed(from: "demonstration") == "•••nstration")
    }

    @Test func `nothing else is changed`() {
        let texts = [
            "", "%", "%2", "\\", "\\u", "\\u00", "&", "&#", "&#x;", "&amp;", "KEYabcdef", "\\uD83D", "%25", "+",
        ]
        for text in texts + [texts.joined()] {
            #expect(Self.filter().removed(from: text) == text)
        }
    }

    @Test func `random bytes around them change nothing`() {
        var dice = Dice(seed: 7)
        let filter = Self.filter()
        for _ in 0..<500 {
            let noise = (0..<dice.below(30)).map { _ in dice.one(of: Array("%\\&+#u0;2KTPabc\"".utf8)) }
            let spelling = dice.one(of: Self.spellings.map(\.write))
            let secret = dice.one(of: Self.all)
            let text = noise + Array(spelling(secret).utf8) + noise
            let clean = String(decoding: filter.cleaned(text, hasWords: true), as: UTF8.self)
            // A backslash before it may be half of another escape; nothing of the secret stays readable for all that.
            #expect(!clean.contains(secret) && !clean.contains(Self.base64(secret)), "\(text)")
        }
    }
}

@Suite(.timeLimit(.minutes(30))) struct `A server that repeats secrets` {
    private static let password = "Passw0rd-xyz-77"
    private static let key = "KEYabcdef0123456789ABCDEF00112233"
    private static let token = "TOKsecrettoken1234567890abcdef"

    private static func forms(_ secret: String) -> [String] {
        let base64 = Data(secret.utf8).base64EncodedString()
        return [
            secret, base64, base64.replacing("=", with: ""), secret.utf8.map { "%" + String($0, radix: 16) }.joined(),
        ]
    }

    @Test(arguments: [200, 400, 500], 0..<4)
    func `finds them in no journal, log, error or bundle`(status: Int, form: Int) async throws {
        let transport = StubTransport()
        let journal = MemoryJournal()
        let clock = ManualClock()
        let client = Client(
            profile: Profile(
                name: "test", baseURL: "https://api.example/marketplace/us", marketplace: "us", user: "demo.api",
                password: Secret(Self.password), subscriptionKey: Secret(Self.key)),
            transport: transport, clock: clock, journal: journal)
        let echo = [Self.password, Self.key, Self.token].map { Self.forms($0)[form] }
        let said = echo.joined(separator: " ")
        transport.expect(
            "POST /token",
            .answer(
                200, #"{"token":"\#(Self.token)","expiresInSeconds":1500,"correlationId":"t-\#(echo[1])"}"#,
                headers: [:]))
        transport.expect(
            "POST /orders*",
            .answer(
                status,
                #"{"id":"id-\#(echo[2])","message":"denied for \#(said)","status":\#(status),"correlationId":"b-\#(echo[0])"}"#,
                headers: ["X-Correlation-ID": "cid-\(echo[1])"]))
        // The look for it.
        transport.expect(
            "GET /orders*",
            .answer(
                200, #"{"data":[],"pagination":{"offset":0,"limit":100,"total":0},"note":"\#(said)"}"#,
                headers: ["X-Correlation-ID": "look-\(echo[2])"]))
        let answer = try? await client.exchange(
            method: "POST", path: "/orders", query: [("x", echo[0])],
            body: Array(#"{"customerId":"1000412","poNumber":"x","note":"\#(said)"}"#.utf8), writes: true)
        let texts = [
            "\(String(describing: answer?.headers))", String(decoding: answer?.body ?? [], as: UTF8.self),
            answer?.failure?.message ?? "", answer?.correlationID ?? "", "\(client.requestLog)",
            await journal.records().map(\.line).joined(separator: "\n"), await client.supportText(),
        ]
        for text in texts {
            for secret in [Self.password, Self.key, Self.token] {
                for form in Self.forms(secret) { #expect(!text.contains(form), "\(text)") }
            }
        }
        #expect(await journal.records().count == 2)
        transport.verify()
    }

    @Test func `hands out the same token again, and it is taken`() async throws {
        let transport = StubTransport()
        let client = Client(
            profile: .test(), transport: transport, clock: ManualClock(), journal: MemoryJournal(), pacing: .unlimited)
        transport.expect("POST /token", .ok(#"{"token":"\#(Self.token)","expiresInSeconds":1500}"#))
        transport.expect("GET /orders/1", .answer(401, Examples.tokenRefused), .ok(Examples.order))
        transport.expect("POST /token", .ok(#"{"token":"\#(Self.token)","expiresInSeconds":1500}"#))
        _ = try await client.exchange(method: "GET", path: "/orders/1")
        #expect(transport.sent.last?.fields[.authorization] == "Bearer \(Self.token)")
    }
}
