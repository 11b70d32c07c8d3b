import HTTPTypes
import Marketplace

/// What came back, and what it means when it is no success (REFERENCE 13 and 16). The platform has no error codes: the
/// status and the words of the body are all there is.
struct Answer: Sendable {
    let status: Int
    let fields: HTTPFields
    let body: [UInt8]
    /// The body, when it is JSON.
    let json: JSONValue?
    /// Why the body is not JSON.
    let problem: String

    /// - Parameter names: The members to read; nil for all.
    init(_ response: HTTPResponse, body: [UInt8], keeping names: JSONNames? = nil) {
        status = response.status.code
        fields = response.headerFields
        self.body = body
        if let problem = Self.problem(of: body, fields) {
            json = nil
            self.problem = problem
            return
        }
        do throws(JSONProblem) {
            json = try JSONValue(parsing: body, keeping: names)
            problem = ""
        } catch {
            json = nil
            problem = error.reason
        }
    }

    /// Why a body cannot be read as JSON text, before looking at it as JSON: it is packed, or written in other
    /// characters than UTF-8 (REFERENCE 4). Nil when it can.
    private static func problem(of body: [UInt8], _ fields: HTTPFields) -> String? {
        if body.starts(with: [0x1F, 0x8B]) { return "it is packed (gzip) without saying so" }
        if body.starts(with: [0xFF, 0xFE]) || body.starts(with: [0xFE, 0xFF]) || body.prefix(2).contains(0) {
            return "it is written in UTF-16, not in UTF-8"
        }
        if let coding = fields[.contentEncoding]?.lowercased(), coding != "gzip", coding != "identity", !coding.isEmpty
        {
            return "it is packed in a way this program does not know (\(coding))"
        }
        guard let type = fields[.contentType]?.lowercased(), let mark = type.firstRange(of: "charset=") else {
            return nil
        }
        let charset = type[mark.upperBound...].filter { $0 != "\"" && $0 != " " }.prefix { $0 != ";" }
        if ["utf-8", "utf8", "us-ascii", ""].contains(charset) || body.allSatisfy({ $0 < 0x80 }) { return nil }
        return "it is written in \(charset), not in UTF-8"
    }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// The text in which platform or gateway says why; empty when there is none.
    var message: String {
        guard let json else { return "" }
        return json["message"].filledText ?? json["error"].filledText ?? ""
    }

    /// When the marketplace answered, by its own clock; nil when it did not say.
    var date: Instant? { fields[.date].flatMap { Instant(httpDate: $0) } }

    var correlationID: String? { fields[.correlationID].flatMap(\.filled) ?? json?["correlationId"].filledText }

    /// Whether the gateway before the platform wrote this body.
    var isFromGateway: Bool { json.map { !$0["statusCode"].isNull && $0["status"].isNull } ?? false }

    var refusesSubscriptionKey: Bool { status == 401 || status == 403 ? message.mentions("subscription key") : false }
    var isQuotaUsedUp: Bool { status == 403 && message.mentions("quota") }
    /// Whether the token may have expired; the two refusals above are not about the token (REFERENCE 3).
    var refusesToken: Bool { (status == 401 || status == 403) && !refusesSubscriptionKey && !isQuotaUsedUp }

    /// Seconds to wait, from the header or from the gateway's sentence.
    func retryAfter(now: Instant) -> Double? {
        if let text = fields[.retryAfter] {
            if let seconds = Double(text), seconds >= 0, seconds < 1e9 { return seconds }
            if let date = Instant(httpDate: text) { return max(0, date.seconds(since: now)) }
        }
        return message.waitingTime
    }

    // MARK: What a failure means

    /// Who says by the shape of a failure's body that it is theirs (REFERENCE 13). Nil for every other body, be it JSON
    /// or not: somebody on the way may have made it, whatever became of the request.
    enum Author: Sendable {
        /// `status`, `message` and `correlationId` or `path`.
        case platform
        /// `statusCode` and `message`, for a key, a rate or a quota: the request never came further.
        case gateway
    }

    var author: Author? {
        guard let json, !message.isEmpty else { return nil }
        if json["status"].integer == status {
            return json["correlationId"].filledText == nil && json["path"].filledText == nil ? nil : .platform
        }
        return json["status"].isNull && json["statusCode"].integer == status && [401, 403, 429].contains(status)
            ? .gateway : nil
    }

    /// The refusal of a change in the marketplace's own words, as far as words can prove one. Nil when the answer proves
    /// nothing: then nobody knows yet what became of the change.
    func refusal(of call: Call, now: Instant) -> MarketplaceError? {
        switch (author, status) {
        case (.gateway, _), (.platform, 400), (.platform, 401), (.platform, 403), (.platform, 404), (.platform, 405),
            (.platform, 409), (.platform, 410), (.platform, 412), (.platform, 415), (.platform, 422), (.platform, 429):
            return error(for: call, now: now)
        case (.platform, 500) where statesARule:
            return .rejected(message: message, status: status, correlationID: correlationID)
        default: return nil
        }
    }

    /// Why the answer does not tell what became of a change.
    var doubt: String {
        let said = message.isEmpty ? "" : " (\(message))"
        return "The marketplace answered HTTP \(status)\(said), which does not say what became of it."
    }

    /// Why `call`, which is no change, failed; for a change, what its refusal says. Only for answers that are no success.
    func error(for call: Call, now: Instant) -> MarketplaceError {
        let id = correlationID
        switch status {
        case 300..<400:
            return .unreadable(
                what: call.what, reason: "it sends us to another address", status: status, correlationID: id)
        case 400 where message.mentions("no entity has been found"):
            return .notFound(what: call.what, correlationID: id)
        case 401, 403:
            if refusesSubscriptionKey { return .wrongSubscriptionKey(message: message) }
            if isQuotaUsedUp { return .quotaExhausted(retryAfter: retryAfter(now: now)) }
            return .forbidden(message: message, correlationID: id)
        case 404 where json != nil || body.isEmpty:
            return .notFound(what: call.what, correlationID: id)
        case 404:
            return .unreadable(what: call.what, reason: problem, status: status, correlationID: id)
        case 429:
            return .rateLimited(retryAfter: retryAfter(now: now))
        case 400..<500:
            return .rejected(message: message, status: status, correlationID: id)
        case 500 where statesARule && call.effect != .read:
            return .rejected(message: message, status: status, correlationID: id)
        default:
            return .serverFailed(status: status, message: message, correlationID: id)
        }
    }

    /// The error for a success whose body is not what was asked for.
    func unreadable(_ call: Call, reason: String) -> MarketplaceError {
        .unreadable(what: call.what, reason: reason, status: status, correlationID: correlationID)
    }

    /// Why a sign-in failed.
    func signInError(marketplace: String, now: Instant) -> MarketplaceError {
        switch status {
        case 400, 422:
            return .wrongMarketplace(code: marketplace, message: message)
        case 401 where refusesSubscriptionKey || isFromGateway:
            return .wrongSubscriptionKey(message: message)
        case 401:
            return .wrongPassword(status: status)
        case 403 where message.mentions("marketplace") && !isQuotaUsedUp:
            return .wrongMarketplace(code: marketplace, message: message)
        case 404, 405:
            return .unreadable(
                what: "sign-in", reason: json == nil ? problem : "there is no sign-in at this address", status: status,
                correlationID: correlationID)
        default:
            return error(for: .signIn(marketplace: marketplace), now: now)
        }
    }

    /// A 500 explains a refusal in its message; the words of an internal failure explain nothing (REFERENCE 13).
    private var statesARule: Bool {
        !message.isEmpty && !Self.wordsOfFailure.contains { message.mentions($0) }
    }

    /// What messages of failing machines say, and rules of business do not.
    private static let wordsOfFailure = [
        "internal server error", "internal error", "unexpected", "exception", "timed out", "timeout", "time-out",
        "unavailable", "try again", "connection", "upstream", "bad gateway",
    ]
}

extension HTTPField.Name {
    // The literals are valid names, so these are never nil.
    static let correlationID = HTTPField.Name("X-Correlation-ID")!
    static let subscriptionKey = HTTPField.Name("X-Subscription-Key")!
}

extension String {
    fileprivate var filled: String? { isEmpty ? nil : self }

    fileprivate func mentions(_ words: String) -> Bool { lowercased().contains(words) }

    /// The seconds in `Try again in 13 seconds.` and `replenished in 05:12:44.`.
    fileprivate var waitingTime: Double? {
        let words = split { !($0.isASCII && ($0.isNumber || $0.isLetter || $0 == ":")) }
        for (index, word) in words.enumerated() {
            let parts = word.split(separator: ":").map { Double($0) }
            if parts.count == 3, let hours = parts[0], let minutes = parts[1], let seconds = parts[2] {
                return hours * 3600 + minutes * 60 + seconds
            }
            if index + 1 < words.count, words[index + 1].hasPrefix("second"), let seconds = Double(word) {
                return seconds
            }
        }
        return nil
    }
}

extension Instant {
    /// Reads the date of an HTTP header: `Wed, 21 Oct 2026 07:28:00 GMT` (RFC 9110, 5.6.7).
    init?(httpDate text: String) {
        let words = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard words.count == 6, let month = months.firstIndex(of: String(words[2])), words[1].count == 2 else {
            return nil
        }
        self.init("\(words[3])-\(month < 9 ? "0" : "")\(month + 1)-\(words[1])T\(words[4])Z")
    }
}
