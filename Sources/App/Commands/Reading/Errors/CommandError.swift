import Marketplace

/// What can be said of a write when its command has ended.
enum WriteOutcome: String, Equatable, Sendable { case notSent, refused, taken, unknown }

/// What ends a command without success: sentences for people, and the same for scripts.
struct CommandError: Error, Equatable {
    var code: ErrorCode
    /// What happened and what it means.
    var message: String
    /// What to do, as a sentence of its own; nil where the message says it.
    var hint: String?
    /// Lines below the sentences, for people: candidates.
    var lines: [String] = []
    /// By the code; null where there is nothing.
    var details = JSON.null
    /// What became of a write; nil for what reads.
    var outcome: WriteOutcome?
    /// Of HTTP.
    var status: Int?
    var correlationID: String?

    init(_ code: ErrorCode, _ message: String, hint: String? = nil, lines: [String] = [], details: JSON = .null) {
        self.code = code
        self.message = message
        self.hint = hint
        self.lines = lines
        self.details = details
    }

    /// After `souk:` on the standard error.
    var sentences: String {
        let reference = correlationID.map { " (Correlation ID \($0))" } ?? ""
        var first = [message, hint ?? ""].filter { !$0.isEmpty }.joined(separator: " ") + reference
        if !lines.isEmpty, first.last == "." { first = first.dropLast() + ":" }
        return ([first] + lines.map { "  " + $0 }).joined(separator: "\n")
    }

    /// The one line of `--json`: always with every key.
    var json: JSON {
        [
            "code": .text(code.rawValue), "correlationId": .text(orNull: correlationID), "details": details,
            "exit": .number(Int(code.exit)), "hint": .text(orNull: hint), "message": .text(message),
            "outcome": .text(orNull: outcome?.rawValue), "status": .number(orNull: status),
        ]
    }
}

extension CommandError {
    /// A failure at the marketplace, in the words of a shell.
    /// - Parameter list: The command that lists what was asked for.
    init(_ error: MarketplaceError, list: String? = nil) {
        self.init(Self.code(of: error), error.message)
        correlationID = error.correlationID
        switch error {
        case .wrongPassword(let status):
            message = "the marketplace refused the user name or password."
            hint =
                "Check the API user (its name ends in .api) and its password; a new password can be set in the panel "
                + "under Users."
            self.status = status
        case .wrongSubscriptionKey:
            message = "the marketplace refused the subscription key."
            hint = "Copy it again from the panel, menu Marketplace API."
        case .wrongMarketplace(let code, _):
            message = "the marketplace does not know the code '\(code)'."
            hint = "It is the part after cp. in the panel's address, for example us in cp.us.na.cloud.im."
        case .forbidden(let text, _): take("the marketplace does not allow this to your API user.", said: text)
        case .notFound(let what, _):
            message = "the marketplace has no \(what)."
            hint = list.map { "\($0) shows those you may see." }
        case .rejected(let text, let status, _):
            message = "the marketplace refused: \(text.isEmpty ? "it gave no reason." : Self.sentence(text))"
            self.status = status
        case .rateLimited(let seconds), .quotaExhausted(let seconds):
            message =
                code == .rateLimited ? "too many calls for now." : "the day's calls are used up at the marketplace."
            hint = "Try again \(seconds.map { "in \(spokenDuration(seconds: $0))" } ?? "later")."
            details = ["retryAfterSeconds": .number(orNull: seconds.flatMap { Int(exactly: $0.rounded(.up)) })]
        case .serverFailed(let status, let text, _):
            take("the marketplace failed (HTTP \(status)). Nothing was lost.", said: text)
            hint = "Try again in a moment."
            self.status = status
        case .unreachable(let host, let reason):
            message = "nothing answers at \(host) (\(reason))."
            hint = Self.examination
        case .timedOut(let seconds):
            message = "the marketplace did not answer within \(spokenDuration(seconds: seconds))."
            hint = "Try again, or wait longer with --timeout; souk doctor looks where it stops."
        case .unreadable(let what, let reason, let status, _):
            message = "the answer for \(what) cannot be read (HTTP \(status)): \(reason)."
            hint = "Check that the base URL leads to the API and not to a web page; souk doctor does."
            self.status = status
        case .untrusted(let host, let reason):
            message = "the certificate of \(host) is not trusted: \(reason). Nothing was sent."
            hint =
                "Where the network inspects secure connections, name the file of its certificate authority "
                + "(SOUK_CA_FILE, or ca-file in the configuration). Otherwise do not go on: somebody may be listening. "
                + Self.examination
        case .cancelled: message = "stopped before all was read."
        default:
            // It names its own correlation id.
            correlationID = nil
            message = error.message
        }
        if correlationID == nil { correlationID = error.correlationID.flatMap { message.contains($0) ? nil : $0 } }
    }

    private static let examination = "souk doctor looks where it stops."

    private mutating func take(_ sentence: String, said text: String) {
        message = text.isEmpty ? sentence : "\(sentence) It said: \(Self.sentence(text))"
    }

    /// The marketplace's own words, with the sign at their end that a sentence has.
    private static func sentence(_ words: String) -> String {
        words.last.map { ".!?".contains($0) } ?? true ? words : words + "."
    }

    static func code(of error: MarketplaceError) -> ErrorCode {
        switch error {
        case .wrongPassword: .wrongPassword
        case .wrongSubscriptionKey: .wrongSubscriptionKey
        case .wrongMarketplace: .wrongMarketplace
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .rejected: .rejected
        case .rateLimited: .rateLimited
        case .quotaExhausted: .quotaExhausted
        case .serverFailed: .serverFailed
        // Only the reason says that it was the proxy.
        case .unreachable(_, let reason): reason.hasPrefix("the proxy") ? .proxyRefused : .unreachable
        case .untrusted: .untrusted
        case .timedOut: .timedOut
        case .unreadable: .unreadable
        case .outcomeUnknown: .outcomeUnknown
        case .writeRefused: .readOnly
        case .cancelled: .cancelled
        }
    }
}

/// Words that are close to a word that is none.
enum NearWords {
    /// The word that was probably meant.
    static func nearest(to typed: String, among words: [String]) -> String? {
        let typed = typed.lowercased()
        guard typed.count > 1 else { return nil }
        let ranked = words.map { (word: $0, distance: distance(typed, $0.lowercased())) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        if best.distance <= max(1, min(typed.count, best.word.count) / 3) { return best.word }
        let begun = words.filter { $0.lowercased().hasPrefix(typed) }
        return begun.count == 1 ? begun[0] : nil
    }

    /// Letters to put in, take out, replace, or swap with their neighbour.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        var rows = [Array(0...right.count)]
        for (place, letter) in left.enumerated() {
            var row = [place + 1]
            for (column, other) in right.enumerated() {
                let above = rows[place]
                var best = min(above[column] + (letter == other ? 0 : 1), above[column + 1] + 1, row[column] + 1)
                if place > 0, column > 0, letter == right[column - 1], left[place - 1] == other {
                    best = min(best, rows[place - 1][column - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
