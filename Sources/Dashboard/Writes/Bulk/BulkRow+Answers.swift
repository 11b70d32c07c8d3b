import Marketplace

extension BulkRow {
    var isUnknown: Bool { if case .unknown = state { true } else { false } }

    /// When the dry run was made by which it can be sent.
    var readySince: Moment? { if case .ready = state { checkedAt } else { nil } }

    /// Takes the answers of its dry run. What the marketplace warns of is left out until the person takes it in.
    mutating func judge(_ run: DryRun, _ rule: BulkRule, madeAt moment: Moment) {
        checkedAt = moment
        if let detail = run.subscription {
            subscription = detail.subscription
            figures = rule.figures(of: detail)
        }
        figures?.price = run.estimate?.total
        if let seen {
            let differences = run.differences(since: seen)
            moved = differences.isEmpty ? nil : differences.joined(separator: " ")
        }
        if let check = run.checks.first(where: { $0.verdict == .refused }) {
            state = .cannot("\(check.textInRow).")
            return
        }
        let warnings = run.checks.filter { $0.verdict == .warning }.map { "\($0.textInRow)." }
        if !warnings.isEmpty, caution != .warned(warnings) {
            isLeftOut = true
            caution = .warned(warnings)
        }
        state = .ready(run)
    }

    /// How the sending ended.
    mutating func end(_ ending: WriteEnding) {
        switch ending {
        case .done(.order(let made)):
            order = MadeOrder(id: made.id, label: made.label, status: made.status)
            state = .taken("done")
        case .done(.subscription(let detail)):
            subscription = detail.subscription
            state = .taken("done")
        case .done(.account), .done(.report): state = .taken("done")
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
    func asksAnew(on detail: SubscriptionDetail, _ row: BulkRow, than intent: WriteIntent, _ model: Model) -> Bool {
        switch self.intent(on: detail, place: row.place, model) {
        case .failure: true
        case .success(let latest): latest != intent
        }
    }
}

/// How many rows ended how. Every row is counted once.
struct BulkOutcome: Equatable {
    private(set) var taken = 0
    /// Of these the ones with an order, and how their orders ended.
    private(set) var ordered = 0
    private(set) var completed = 0
    private(set) var failed = 0
    private(set) var refused = 0
    /// Surely not taken, without having been refused.
    private(set) var notTaken = 0
    private(set) var unknown = 0
    /// Held back because something changed, or because another program was faster.
    private(set) var heldBack = 0
    /// Confirmed, and not sent.
    private(set) var unsent = 0
    /// By the person, or by a warning.
    private(set) var leftOut = 0
    private(set) var impossible = 0

    init(_ rows: [BulkRow]) {
        for row in rows { count(row) }
    }

    private mutating func count(_ row: BulkRow) {
        switch row.state {
        case .taken:
            taken += 1
            guard let order = row.order else { return }
            ordered += 1
            if order.status == .completed { completed += 1 } else if order.status?.isFinal == true { failed += 1 }
        case .refused: refused += 1
        case .failed: notTaken += 1
        case .unknown: unknown += 1
        case .heldBack: heldBack += 1
        case .sending: unsent += 1
        case .waiting, .reading, .checking, .ready, .cannot:
            // What was sent once keeps its ending, though it is not sent again.
            switch row.earlier {
            case .refused where row.isLeftOut || row.isImpossible: refused += 1
            case .notTaken where row.isLeftOut || row.isImpossible: notTaken += 1
            case .heldBack where row.isLeftOut || row.isImpossible: heldBack += 1
            default:
                if row.isImpossible { impossible += 1 } else if row.isLeftOut { leftOut += 1 } else { unsent += 1 }
            }
        }
    }

    /// Rows that the person has confirmed.
    var confirmed: Int { taken + refused + notTaken + unknown + heldBack + unsent }

    /// `4 accepted, 1 refused, 5 not sent`: together the rows that were confirmed.
    var words: String { words(accepted: ordered > 0 ? "accepted" : "done") }

    private func words(accepted: String) -> String {
        let said = Self.words([
            (taken, accepted), (refused, "refused"), (notTaken, "not taken"),
            (unknown, "unknown"),
            (heldBack, "changed and held back"), (unsent, "not sent"),
        ])
        return said.isEmpty ? "nothing was sent" : said
    }

    /// `1 left out, 4 cannot`: the others.
    var besides: String { Self.words([(leftOut, "left out"), (impossible, "cannot")]) }

    /// The same with how far the orders are: `4 accepted, 3 completed so far, 1 refused`.
    var progress: String {
        if ordered == 0 { return words }
        let isOver = completed + failed == ordered
        let suffix = isOver ? "" : completed == 0 ? " yet" : " so far"
        let failures = failed > 0 ? ", \(grouped(failed)) failed" : ""
        return words(accepted: "accepted, \(grouped(completed)) completed\(suffix)\(failures)")
    }

    /// Every row.
    var allWords: String { besides.isEmpty ? progress : "\(progress); \(besides)" }

    private static func words(_ parts: [(Int, String)]) -> String {
        parts.filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }
}
