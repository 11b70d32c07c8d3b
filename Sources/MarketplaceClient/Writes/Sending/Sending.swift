import Marketplace

/// Sends one change, and again only where the marketplace refused to look at it (429, or 401 and another token is had)
/// and a look for it has found nothing: networks and gateways have answered both after the effect.
struct Sending {
    /// How often one write is sent at most.
    private static let mostSends = 3

    let connection: Connection
    let clock: any ClientClock
    let call: Call
    /// What a success's body proves of this write.
    let confirmation: @Sendable (JSONValue) -> Confirmation
    /// Looks once at the marketplace for what the write may have left there.
    let look: @Sendable () async -> LookupResult

    /// What can be said of the write now.
    enum End: Sendable {
        /// An answer about this very write says so.
        case confirmed(Answer, made: String?)
        /// A look found it, whatever the answer said.
        case found(Answer, made: String?, how: String, warning: String?)
        /// The marketplace's own refusal, and a look found nothing.
        case refused(Answer, MarketplaceError)
        /// Nothing of it left this computer.
        case notSent(MarketplaceError)
        case unknown(Unknown)
    }

    struct Unknown: Sendable {
        /// Nil when none came.
        var answer: Answer?
        /// Whole sentences.
        var reason: String
        var correlationID: String?
        /// Whether the marketplace answered about this very write, which had not come about yet.
        var isAccepted = false

        init(_ answer: Answer?, reason: String, correlationID: String? = nil, isAccepted: Bool = false) {
            self.answer = answer
            self.reason = reason
            self.correlationID = correlationID ?? answer?.correlationID
            self.isAccepted = isAccepted
        }
    }

    func run() async -> End {
        var sends = 0
        var hasRenewed = false
        var last: Answer?
        while true {
            let answer: Answer
            let token: Token
            do throws(MarketplaceError) {
                (answer, token) = try await connection.send(call)
            } catch {
                if case .outcomeUnknown(_, let reason, let id) = error {
                    return .unknown(Unknown(nil, reason: reason, correlationID: id))
                }
                guard let last else { return .notSent(error) }
                return .unknown(Unknown(last, reason: "\(last.doubt) It could not be sent again: \(error.message)"))
            }
            last = answer
            sends += 1
            if answer.isSuccess { return await end(of: answer) }
            guard let refusal = answer.refusal(of: call, now: clock.now()) else {
                return .unknown(Unknown(answer, reason: answer.doubt))
            }
            // Longer than anybody waits: a lookup would have to wait as long.
            if case .rateLimited(let pause) = refusal, (pause ?? 0) > SlidingWindow.longestWait {
                return .unknown(Unknown(answer, reason: answer.doubt))
            }
            switch await look() {
            case .taken(let made, let how, let warning):
                return .found(answer, made: made, how: how, warning: warning)
            case .unclear(let reason): return .unknown(Unknown(answer, reason: "\(answer.doubt) \(reason)"))
            case .absent: break
            }
            if answer.status == 401, answer.refusesToken, !hasRenewed {
                hasRenewed = true
                do throws(MarketplaceError) { try await connection.renew(token) } catch {
                    return .refused(answer, error)
                }
                continue
            }
            guard case .rateLimited = refusal else { return .refused(answer, refusal) }
            guard sends < Self.mostSends else {
                return .unknown(
                    Unknown(
                        answer, reason: "It was sent \(sends) times, and the last time \(answer.doubt.uncapitalized)"))
            }
        }
    }

    private func end(of answer: Answer) async -> End {
        let doubt: Unknown
        if let json = answer.json {
            switch confirmation(json) {
            case .confirmed(let made): return .confirmed(answer, made: made)
            case .notYet(let reason): doubt = Unknown(answer, reason: reason, isAccepted: true)
            case .unproven(let reason): doubt = Unknown(answer, reason: reason)
            }
        } else {
            doubt = Unknown(
                answer, reason: "The marketplace answered, but its answer cannot be read: \(answer.problem).")
        }
        if case .taken(let made, let how, let warning) = await look() {
            return .found(answer, made: made, how: how, warning: warning)
        }
        return .unknown(doubt)
    }
}

extension String {
    fileprivate var uncapitalized: String { prefix(1).lowercased() + dropFirst() }
}
