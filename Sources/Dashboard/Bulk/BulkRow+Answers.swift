import Marketplace

extension BulkRow {
    var isUnknown: Bool { if case .unknown = state { true } else { false } }

    /// Takes the answers of its dry run. What the marketplace warns of is left out until the person takes it in.
    mutating func judge(_ run: DryRun, _ rule: BulkRule) {
        if let detail = run.subscription {
            subscription = detail.subscription
            figures = rule.figures(of: detail)
        }
        figures?.price = run.estimate?.total
        if let reason = run.refusal {
            state = .cannot("\(reason).")
            return
        }
        let warnings = run.checks.filter { $0.verdict == .warning }.map { "\($0.text)." }
        if !warnings.isEmpty, caution == nil {
            isLeftOut = true
            caution = warnings.joined(separator: " ")
        }
        state = .ready(run)
    }

    /// How the sending ended.
    mutating func end(_ ending: WriteEnding) {
        switch ending {
        case .done(.order(let order)): state = .taken("taken, order \(order.label), \(order.status.word)")
        case .done(.subscription(let detail)):
            subscription = detail.subscription
            let isAsked = detail.subscription.autoRenews.map { figures?.after == ($0 ? "on" : "off") } ?? false
            state = .taken(isAsked ? "done" : "taken; the marketplace does not tell it yet")
        case .done(.account): state = .taken("taken")
        case .movedOn(_, let differences): state = .heldBack(differences.joined(separator: " "))
        case .failed(let error):
            switch error {
            case .outcomeUnknown: state = .unknown(error.message)
            case .rejected, .notFound: state = .refused(error.message)
            default: state = .failed(error.message)
            }
        }
    }
}

extension BulkRule {
    /// Whether `detail` asks for another intent than the one that was looked at, because it changed meanwhile.
    func asksAnew(on detail: SubscriptionDetail, _ row: BulkRow, than intent: WriteIntent, _ known: Known) -> Bool {
        switch self.intent(on: detail, place: row.place, known) {
        case .failure: true
        case .success(let latest): latest != intent
        }
    }
}

/// How many rows ended how.
struct BulkOutcome: Equatable {
    private(set) var taken = 0
    private(set) var refused = 0
    private(set) var failed = 0
    private(set) var unknown = 0
    /// Held back because something changed.
    private(set) var heldBack = 0
    /// Ready, and not sent.
    private(set) var unsent = 0

    init(_ rows: [BulkRow]) {
        for row in rows {
            switch row.state {
            case .taken: taken += 1
            case .refused: refused += 1
            case .failed: failed += 1
            case .unknown: unknown += 1
            case .heldBack: heldBack += 1
            case .waiting, .reading, .checking, .ready, .sending:
                if !row.isLeftOut { unsent += 1 }
            case .cannot: break
            }
        }
    }

    /// `4 taken, 1 refused, 5 not sent`.
    var words: String {
        let parts = [
            (taken, "taken"), (refused, "refused"), (failed, "failed"), (unknown, "unknown"),
            (heldBack, "changed and held back"),
            (unsent, "not sent"),
        ]
        let said = parts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
        return said.isEmpty ? "nothing was sent" : said.joined(separator: ", ")
    }
}
