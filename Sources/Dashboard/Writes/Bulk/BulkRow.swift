import Marketplace

/// One subscription of a bulk change.
struct BulkRow: Identifiable, Sendable {
    enum State: Sendable {
        /// Nobody has looked yet.
        case waiting
        /// Its details are being read.
        case reading
        /// The marketplace is being asked; for the how-manieth time, because it changed meanwhile.
        case checking(WriteIntent, look: Int)
        case ready(DryRun)
        /// It cannot be sent; the reason as a sentence.
        case cannot(String)
        /// On its way, and not to be called back.
        case sending(DryRun)
        /// Taken; what it made.
        case taken(String)
        /// Not sent, because it is no longer as it was seen.
        case heldBack(String)
        /// The marketplace refused it.
        case refused(String)
        /// Surely not taken, for a reason that is not the row's: no connection, no calls left.
        case failed(String)
        /// It may or may not have been taken.
        case unknown(String)
    }

    let id: Subscription.ID
    /// Its number in the bulk change, from 1.
    let place: Int
    /// As it was read last; nil until then.
    var subscription: Subscription? { didSet { customer = subscription?.customer ?? customer } }
    /// Whose it is; set before the subscription is read when a draft says it.
    private(set) var customer: Account.ID?
    var state = State.waiting
    /// Whether the person left it out.
    var isLeftOut = false
    /// Why it was left out by itself: what speaks against it, or how it ended before.
    var caution: Caution?
    var figures: BulkFigures?
    /// How it ended before, since when it is offered again.
    private(set) var earlier: Earlier?
    /// When its dry run was made.
    var checkedAt: Moment?
    /// What was seen of it before the marketplace was asked again.
    var seen: DryRun?
    /// What is not as it was when the preview was seen last.
    var moved: String?
    /// The order that came of it, as it was read last.
    var order: MadeOrder?

    /// An order that a row made.
    struct MadeOrder: Equatable, Sendable {
        var id: Order.ID
        /// Its number, once it was read.
        var label: String
        /// Nil until it was read.
        var status: OrderStatus?

        /// `CH003990 completed`.
        var words: String { "\(label) \(status?.word ?? "accepted")" }
    }

    /// Why a row was left out by itself.
    enum Caution: Equatable, Sendable {
        /// What asks for a word more, in whole sentences.
        case warned([String])
        /// How it ended before.
        case endedBefore(Earlier)
        /// It turned out not to be taken while the preview is on the screen.
        case turnedOut(Earlier)

        var words: String {
            switch self {
            case .warned(let sentences): sentences.joined(separator: " ")
            case .endedBefore(let earlier): earlier.words
            case .turnedOut(let earlier): "\(earlier.words) Space takes it in."
            }
        }
    }

    /// An ending that leaves it to be sent, with its reason.
    enum Earlier: Equatable, Sendable {
        case refused(String)
        case notTaken(String)
        case heldBack(String)

        /// As a sentence says it.
        var words: String {
            switch self {
            case .refused(let reason): "It was refused before: \(reason)"
            case .notTaken(let reason): "It was not taken before: \(reason)"
            case .heldBack(let reason): "It was held back before: \(reason)"
            }
        }
    }

    init(id: Subscription.ID, place: Int, subscription: Subscription? = nil, customer: Account.ID? = nil) {
        self.id = id
        self.place = place
        self.subscription = subscription
        self.customer = subscription?.customer ?? customer
    }

    /// What it would send, once the dry run found that possible.
    var run: DryRun? {
        switch state {
        case .ready(let run), .sending(let run): run
        default: nil
        }
    }

    /// Whether it goes out when the run begins.
    var isIn: Bool { if case .ready = state { !isLeftOut } else { false } }

    /// Whether its answers are awaited before the run can begin.
    var isAwaited: Bool {
        switch state {
        case .waiting: !isLeftOut
        case .reading, .checking: true
        default: false
        }
    }

    /// Whether it was sent, whatever came of it, so that it is not offered again as if nothing had happened.
    var isSent: Bool {
        switch state {
        case .sending, .taken, .unknown: true
        default: false
        }
    }

    var isImpossible: Bool { if case .cannot = state { true } else { false } }
    var isTaken: Bool { if case .taken = state { true } else { false } }
    /// Whether an order came of it that has not ended.
    var isOrderOpen: Bool { isTaken && order.map { $0.status?.isFinal != true } ?? false }

    /// Whether it was sent, or was to be, without being taken, and may be offered once more.
    var isOfferedAgain: Bool {
        switch state {
        case .heldBack, .refused, .failed: true
        case .waiting, .reading, .checking, .ready: isIn || earlier != nil
        case .cannot, .sending, .taken, .unknown: false
        }
    }

    /// Looks at it anew. What was sent stays as it is.
    mutating func reset() {
        switch state {
        case .waiting, .reading, .checking, .ready, .cannot: break
        case .heldBack(let reason): earlier = .heldBack(reason)
        case .failed(let reason): earlier = .notTaken(reason)
        case .refused(let reason):
            earlier = .refused(reason)
            isLeftOut = true
            caution = earlier.map { .endedBefore($0) }
        case .sending, .taken, .unknown: return
        }
        state = .waiting
        figures = nil
        seen = nil
        moved = nil
    }

    /// Looks at it anew and keeps what was seen of it, to say what is no longer so.
    mutating func askAgain() {
        guard case .ready(let run) = state else { return }
        reset()
        seen = run
    }

    /// It turned out, while a preview is on the screen, that it was not taken: it joins the others when the person
    /// says so, because what is typed there counts what stood there.
    mutating func offerAgain() {
        guard case .failed = state else { return }
        reset()
        isLeftOut = true
        caution = earlier.map { .turnedOut($0) }
    }

    /// Takes in what the journal says of it.
    /// - Parameter entries: Those of the same bulk change on this subscription, newest first.
    mutating func settle(_ entries: [JournalEntry]) {
        guard let newest = entries.first else { return }
        if let done = entries.first(where: { if case .taken = $0.outcome { true } else { false } }) {
            if isTaken { return }
            guard case .taken(let made) = done.outcome else { return }
            if let made, made != done.subscription?.rawValue {
                order = MadeOrder(id: Order.ID(made), label: "order \(made)")
            }
            state = .taken("done" + (done.settledBy.map { "; \($0)" } ?? ""))
        } else if let open = entries.first(where: \.isOpen) {
            if case .unknown(let reason) = open.outcome {
                state = .unknown(reason)
            } else {
                state = .unknown("It is being sent.")
            }
        } else if case .refused(let reason) = newest.outcome {
            switch state {
            case .refused, .failed: return
            // A look found that it was never taken, which is no refusal.
            default: state = newest.settledBy.map { .failed("\($0).") } ?? .refused(reason)
            }
        }
    }
}

extension JournalEntry {
    /// Whether its outcome is unknown.
    var isOpen: Bool {
        switch outcome {
        case .sending, .unknown: true
        case .taken, .refused: false
        }
    }
}
