/// What was found when a subscription, or an answer, was compared with what was asked for.
///
/// An order's answer does not say what it made: a change answers with a difference (REFERENCE 10.2), others with nothing.
/// So the subscription is read again when the order has ended.
public struct Verification: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
        /// Everything that was asked for is there.
        case met
        /// Something is not as it was asked for.
        case differs
        /// The subscription could not be read; it is read again.
        case unread
        /// The order ended without being carried out, so there is nothing to compare.
        case notCarriedOut
    }

    /// One part of what was asked for, and what was found in its place, in the words of a sentence.
    public struct Part: Hashable, Sendable {
        public enum Kind: String, Hashable, Sendable {
            case units, plan, term, autoRenewal
            /// Whether the subscription has ended, or still runs.
            case status
            /// The day on which it ends.
            case end
            /// The difference that the answer to a change named.
            case answeredDifference
            /// The total from the renewal on that the answer to a change named.
            case answeredTotal
        }

        public var kind: Kind
        /// The MPN, where it is about units.
        public var product: String?
        public var asked: String
        /// Nil where the marketplace does not report it.
        public var found: String?
        public var isMet: Bool

        public init(_ kind: Kind, of product: String? = nil, asked: String, found: String?, isMet: Bool) {
            self.kind = kind
            self.product = product
            self.asked = asked
            self.found = found
            self.isMet = isMet
        }
    }

    public var verdict: Verdict
    /// The order's number, or its id; nil where no order was compared, or no number was written down.
    public var order: String?
    public var subscription: Subscription.ID?
    public var parts: [Part]
    /// Why the subscription could not be read; whole sentences.
    public var reason: String?
    /// The words of a journal's line that holds nothing else; older versions wrote such ones.
    public var writtenWords: String?

    public init(
        _ verdict: Verdict, order: String? = nil, subscription: Subscription.ID? = nil, parts: [Part] = [],
        reason: String? = nil, writtenWords: String? = nil
    ) {
        self.verdict = verdict
        self.order = order
        self.subscription = subscription
        self.parts = parts
        self.reason = reason
        self.writtenWords = writtenWords
    }

    /// Whether all of `parts` are as they were asked for.
    public init(order: String?, subscription: Subscription.ID, parts: [Part]) {
        self.init(
            parts.allSatisfy(\.isMet) ? .met : .differs, order: order, subscription: subscription, parts: parts)
    }
}

// MARK: Words

extension Verification {
    /// What a person must look at, in whole sentences; nil when nothing is amiss.
    public var warning: String? {
        switch verdict {
        case .met, .notCarriedOut: nil
        case .differs, .unread: words
        }
    }

    /// What was found, in whole sentences.
    public var words: String {
        if let writtenWords { return writtenWords }
        let subject = subscription.map { "subscription \($0)" } ?? "it"
        switch verdict {
        case .met:
            let found = parts.map(\.wordsWhenMet)
            if found.isEmpty { return "\(completed ?? "It was taken"), and nothing is amiss." }
            let sentence = "\(subject) \(found.joined(separator: ", "))"
            return completed.map { "\($0): \(sentence)." } ?? "\(sentence.capitalizedFirst)."
        case .differs:
            let wrong = parts.filter { !$0.isMet }
            if let answered = wrong.first(where: \.isAnswer) { return answered.answerWords(subject) }
            let sentence = "\(subject) \(wrong.map(\.wordsWhenNot).joined(separator: ", and "))"
            return (completed.map { "\($0), but \(sentence). " } ?? "\(sentence.capitalizedFirst). ")
                + "Read it again in a moment, and look for another change of it; if it stays so, ask the marketplace's "
                + "support before you change it again."
        case .unread:
            return "\(completed ?? "It was taken"), but \(subject) could not be read to see it: "
                + (reason ?? "it is read again.")
        case .notCarriedOut:
            return "\(order.map { "Order \($0)" } ?? "The order") was not carried out, so there is nothing to compare."
        }
    }

    private var completed: String? { order.map { "Order \($0) completed" } }
}

extension Verification.Part {
    fileprivate var wordsWhenMet: String {
        switch kind {
        case .units: "holds \(asked) unit\(asked == "1" ? "" : "s") now"
        case .plan: "is on plan \(asked) now"
        case .term: "has a term of \(asked) now"
        case .autoRenewal: "has auto-renew \(asked) now"
        case .status: "is \(found ?? asked)"
        case .end: "ends on \(found ?? asked) now"
        case .answeredDifference, .answeredTotal: "was answered as asked"
        }
    }

    fileprivate var wordsWhenNot: String {
        let of = product.map { " of \($0)" } ?? ""
        switch kind {
        case .units:
            return found.map { "holds \($0) unit\($0 == "1" ? "" : "s")\(of), not the \(asked) asked for" }
                ?? "shows no number of units\(of), where \(asked) were asked for"
        case .plan:
            return "\(found.map { "is on plan \($0)" } ?? "shows no plan"), where \(asked) was asked for"
        case .term:
            return "\(found.map { "has a term of \($0)" } ?? "shows no term"), where \(asked) was asked for"
        case .autoRenewal:
            return "\(found.map { "has auto-renew \($0)" } ?? "does not show auto-renew"), where \(asked) was asked for"
        case .status: return "is still \(found ?? "as it was")"
        case .end:
            return "\(found.map { "ends on \($0)" } ?? "shows no day on which it ends"), where \(asked) was asked for"
        case .answeredDifference, .answeredTotal: return "was answered otherwise"
        }
    }

    fileprivate var isAnswer: Bool { kind == .answeredDifference || kind == .answeredTotal }

    /// What an answer says that was not asked for: the order has not ended yet.
    fileprivate func answerWords(_ subject: String) -> String {
        let of = product.map { " of \($0)" } ?? ""
        return kind == .answeredTotal
            ? "The marketplace answered \(found ?? "no") units\(of) from the renewal on, not the \(asked) asked for. "
                + "Withdraw the order while it is open."
            : "The marketplace answered a difference of \(found ?? "none")\(of), not \(asked): \(subject) may come to "
                + "hold another number of units than was asked for. Read it again when the order has ended."
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
