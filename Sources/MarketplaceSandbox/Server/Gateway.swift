import FoundationEssentials
import HTTPTypes

/// What stands in front of the API: it checks the subscription key, the password and the token (REFERENCE 3).
struct Gateway: Sendable {
    private let seed: UInt64
    private let tokenSeconds: Int
    private let expiredTokenStatus: Int
    private let password: String
    private let subscriptionKey: String
    /// What was found out about the header that came last.
    private var last: (header: String, viewer: Viewer, until: Int64)?

    init(_ configuration: SandboxConfiguration) {
        seed = configuration.seed
        tokenSeconds = configuration.tokenSeconds
        expiredTokenStatus = configuration.expiredTokenStatus
        password = configuration.password
        subscriptionKey = configuration.subscriptionKey
    }

    static let marketplace = "us"

    private struct User {
        var name: String
        /// How its tokens begin.
        var encodedName: String
        var viewer: Viewer

        init(name: String, viewer: Viewer) {
            self.name = name
            self.viewer = viewer
            encodedName = Data(name.utf8).base64EncodedString().filter { $0 != "=" }
        }
    }

    private static let users = [
        User(name: "demo.api", viewer: Viewer(reseller: nil)),
        User(name: "reseller.api", viewer: Viewer(reseller: 0)),
    ]

    func checkKey(_ headers: HTTPFields) throws(Refusal) {
        guard let key = headers[.subscriptionKey], !key.isEmpty else {
            throw .gateway(
                401,
                "Access denied due to missing subscription key. Make sure to include subscription key when making "
                    + "requests to an API.")
        }
        guard key == subscriptionKey else {
            throw .gateway(
                401,
                "Access denied due to invalid subscription key. Make sure to provide a valid key for an active "
                    + "subscription.")
        }
    }

    /// Signs in: Basic credentials in the header, the marketplace's code in the body.
    func token(_ headers: HTTPFields, body: [UInt8], now: Moment) throws(Refusal) -> Answer {
        guard let sent = headers[.authorization].flatMap({ Self.value(of: "Basic", in: $0) }),
            let data = Data(base64Encoded: sent),
            let pair = String(validating: data, as: UTF8.self),
            let user = Gateway.users.first(where: { pair == $0.name + ":" + password })
        else { throw .unauthorized }
        var fields = Fields(value: .object([]), path: "")
        if !body.isEmpty {
            guard let value = JSONValue(body), case .object = value else {
                throw .badRequest("Malformed request body: a JSON object is expected")
            }
            try Shape.tokenRequest.check(value, at: "")
            fields.value = value
        }
        let marketplace = try fields.requiredText("marketplace")
        guard marketplace == Gateway.marketplace else { throw .badRequest("Unknown marketplace: \(marketplace)") }
        let token = token(for: user, until: now.seconds + Int64(tokenSeconds))
        return .object { json in
            json.field("token", token)
            json.field("expiresInSeconds", tokenSeconds)
        }
    }

    /// Who the bearer token belongs to. A new token does not end older ones (REFERENCE 16, row 15).
    mutating func viewer(_ headers: HTTPFields, now: Moment) throws(Refusal) -> Viewer {
        guard let header = headers[.authorization] else { throw .unauthorized }
        if let last, last.header == header, last.until > now.seconds { return last.viewer }
        guard let token = Self.value(of: "Bearer", in: header) else { throw .unauthorized }
        let parts = token.split(separator: ".")
        guard parts.count == 3, let until = Int64(parts[1], radix: 36),
            let user = Gateway.users.first(where: { parts[0] == $0.encodedName }),
            self.token(for: user, until: until) == token
        else { throw .unauthorized }
        guard until > now.seconds else {
            guard expiredTokenStatus == 403 else { throw .unauthorized }
            throw .forbidden
        }
        last = (header, user.viewer, until)
        return user.viewer
    }

    /// Opaque to callers. It carries its own end, signed with the seed, so that nothing needs to be remembered.
    private func token(for user: User, until: Int64) -> String {
        var sum = seed
        for byte in user.name.utf8 { sum = sum &* 31 &+ UInt64(byte) }
        var dice = Dice(seed: sum, .token, Int(until))
        return user.encodedName + "." + String(until, radix: 36) + "." + String(dice.next(), radix: 36)
            + String(dice.next(), radix: 36)
    }

    private static func value(of scheme: String, in header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme.lowercased() else { return nil }
        return String(parts[1])
    }
}

extension HTTPField.Name {
    static let subscriptionKey = HTTPField.Name("X-Subscription-Key")!
    static let correlationID = HTTPField.Name("X-Correlation-ID")!
}
