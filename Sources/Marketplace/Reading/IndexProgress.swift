import FoundationEssentials

/// How far the background index of everything has come, and what is left of it.
public struct IndexProgress: Hashable, Sendable {
    public enum Phase: Hashable, Sendable {
        case notBegun
        case subscriptions
        case orders
        /// Reading each subscription for what lists leave out.
        case details
        case complete

        public var word: String {
            switch self {
            case .notBegun: "not started"
            case .subscriptions: "subscriptions"
            case .orders: "orders"
            case .details: "details"
            case .complete: "complete"
            }
        }
    }

    public var phase: Phase
    /// Whether it goes on by itself; false while it is stopped.
    public var isRunning: Bool
    /// Whether everything was read before, and is looked through for what has changed since.
    public var isAgain: Bool
    /// Rows, or details, that this phase has read.
    public var rows: Int
    /// Rows that this phase will have; nil before the marketplace reported it.
    public var of: Int?
    /// Calls spent in all phases, since the lists were begun last.
    public var calls: Int
    /// Calls that all phases still need, as far as is known.
    public var callsLeft: Int?
    /// For the calls left, at the pace of its share; nil without a limit.
    public var secondsLeft: Double?
    /// Why it stopped; it goes on from there when it is run again.
    public var failure: MarketplaceError?

    public init(
        phase: Phase = .notBegun, isRunning: Bool = false, isAgain: Bool = false, rows: Int = 0, of: Int? = nil,
        calls: Int = 0, callsLeft: Int? = nil, secondsLeft: Double? = nil, failure: MarketplaceError? = nil
    ) {
        self.phase = phase
        self.isRunning = isRunning
        self.isAgain = isAgain
        self.rows = rows
        self.of = of
        self.calls = calls
        self.callsLeft = callsLeft
        self.secondsLeft = secondsLeft
        self.failure = failure
    }
}

extension IndexProgress {
    /// What the index does just now, as one sentence; empty when there is nothing to say.
    public var words: String {
        if let failure { return "Indexing stopped and goes on later. \(failure.message)" }
        guard isRunning, phase != .complete else { return "" }
        let what = !isAgain ? "Indexing" : phase == .details ? "Reading changed" : "Reading again"
        var text = "\(what) \(phase.word): \(Decimal(rows).grouped(fractionDigits: 0))"
        if let of { text += " of \(Decimal(of).grouped(fractionDigits: 0))" }
        if let secondsLeft, secondsLeft >= 1 { text += ", \(spokenDuration(seconds: secondsLeft)) left" }
        if let callsLeft, callsLeft > 0 {
            text += ", \(Decimal(callsLeft).grouped(fractionDigits: 0)) call\(callsLeft == 1 ? "" : "s")"
        }
        return text + "."
    }
}
