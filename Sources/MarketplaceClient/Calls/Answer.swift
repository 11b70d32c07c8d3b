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

    /// Why a body cannot be read as JSON text, before it is parsed as JSON: it is packed, or written in other
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

    /// Seconds to wait, from the header or from the gateway's sentence; a day at most. Nil when nothing sensible is
    /// asked for. A date is measured by the server's own clock, because this computer's may be hours off.
    func retryAfter(now: Instant) -> Double? {
        let asked =
            fields[.retryAfter].flatMap { text in
                text.seconds ?? Instant(httpDate: text).map { $0.seconds(since: date ?? now) }
            } ?? (status == 429 || isQuotaUsedUp ? message.waitingTime : nil)
        // What lies a month ahead, or in the past, is a mistake.
        guard let asked, (0..<30 * 86_400).contains(asked) else { return nil }
        return min(asked, 86_400)
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
    /// nothing: then the outcome of the change is unknown.
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

    /// Why the answer does not say what became of a change.
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

    /// A number of seconds in digits, perhaps with a fraction.
    fileprivate var seconds: Double? {
        let text = filter { $0 != " " }
        guard text.utf8.count < 16, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }) else {
            return nil
        }
        return Double(text)
    }

    /// The seconds in `Try again in 13 seconds.`, `in 2 minutes` and `replenished in 05:12:44.`, which may have days
    /// before it: `1.05:12:44`.
    fileprivate var waitingTime: Double? {
        let words = split { $0 == " " || $0 == "," || $0 == ";" }.map { word in
            var word = word
            while let last = word.last, !last.isNumber, !last.isLetter { word.removeLast() }
            return word
        }
        for (index, word) in words.enumerated() {
            if word.contains(":"), let seconds = word.clockSeconds { return seconds }
            guard index + 1 < words.count, let number = String(word).seconds else { continue }
            let unit = words[index + 1].lowercased()
            for (name, size) in [("second", 1.0), ("minute", 60), ("hour", 3600)] where unit.hasPrefix(name) {
                return number * size
            }
        }
        return nil
    }
}

extension Substring {
    /// `hh:mm:ss`, perhaps with days and a point before it.
    fileprivate var clockSeconds: Double? {
        let parts = split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, let minutes = String(parts[1]).seconds, let seconds = String(parts[2]).seconds else {
            return nil
        }
        let head = parts[0].split(separator: ".", omittingEmptySubsequences: false).map { String($0).seconds }
        switch (head.count, head.first ?? nil, head.last ?? nil) {
        case (1, let hours?, _): return hours * 3600 + minutes * 60 + seconds
        case (2, let days?, let hours?): return days * 86_400 + hours * 3600 + minutes * 60 + seconds
        default: return nil
        }
    }
}

extension Instant {
    /// Reads the date of an HTTP header in its three forms (RFC 9110, 5.6.7): `Wed, 21 Oct 2026 07:28:00 GMT`,
    /// `Wednesday, 21-Oct-26 07:28:00 GMT` and `Wed Oct 21 07:28:00 2026`.
    init?(httpDate text: String) {
        let words = text.split { $0 == " " || $0 == "-" || $0 == "," }
        let isOldest = words.count == 5
        guard isOldest || (words.count == 6 && ["GMT", "UTC"].contains(words[5])) else { return nil }
        let (day, name, time) = isOldest ? (words[2], words[1], words[3]) : (words[1], words[2], words[4])
        var year = String(words[isOldest ? 4 : 3])
        // Two digits mean the year nearest to the time this was written in.
        if year.utf8.count == 2 { year = (year < "76" ? "20" : "19") + year }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = months.firstIndex(of: String(name)), time.utf8.count == 8, year.utf8.count == 4,
            (1...2).contains(day.utf8.count)
        else { return nil }
        self.init(
            "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(day.utf8.count == 1 ? "0" : "")\(day)T\(time)Z")
    }
}
