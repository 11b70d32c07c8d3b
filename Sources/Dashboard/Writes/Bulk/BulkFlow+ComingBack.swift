import Marketplace
import Screen

/// Since when the rows of a preview are asked about, and when the last answer came.
struct BulkAsking: Equatable, Sendable {
    var began: Moment
    var ended: Moment?
    /// Whether the rows were seen before and are asked about again.
    var isAgain = false

    /// How many seconds ago the last answer came, when that is too long to agree to the preview: a minute as in every
    /// review, but where the marketplace's pace made the asking longer, as long as that. Whoever had to wait for a hundred
    /// rows cannot read them all within a minute, and each is looked at once more before it is sent.
    func staleness(at now: Moment) -> Double? {
        guard let ended else { return nil }
        let age = abs(now.seconds(since: ended))
        return age > max(Review.factsCountFor, ended.seconds(since: began)) ? age : nil
    }
}

extension BulkFlow {
    func staleness(at now: Moment) -> Double? { stage == .review ? asking?.staleness(at: now) : nil }

    /// Remembers when the preview was whole.
    mutating func noteAnswers(_ model: Model) {
        if stage == .review, isChecked, asking?.ended == nil { asking?.ended = model.moment }
    }

    /// Asks about these rows once more; what was typed agrees to nothing any more.
    mutating func askAgain(_ model: Model, _ places: some Sequence<Int>) {
        confirmation = TextField()
        asking = BulkAsking(began: model.moment, isAgain: true)
        for place in places {
            if case .ready = rows[place].state { rows[place].askAgain() } else { rows[place].reset() }
        }
    }

    /// The confirming key on a preview that is too old: it sends nothing.
    mutating func askAgainInstead(_ age: Double, _ model: Model) -> [Reaction] {
        askAgain(model, rows.indices)
        return [
            .effect(.dropTypeAhead),
            .say(
                Notice(
                    .warning,
                    "Not sent: this was \(spokenDuration(seconds: age)) old. Read it again, then type once more.")
            ),
        ]
    }

    /// Somebody comes back: what is old by now is asked again before it can be agreed to.
    /// - Parameter isStopped: Whether the program was stopped, so that a preview that was not whole yet is old in part.
    mutating func comeBack(_ model: Model, isStopped: Bool) -> [Reaction] {
        guard stage == .review else { return [] }
        if staleness(at: model.moment) != nil {
            askAgain(model, rows.indices)
        } else if isStopped, !isChecked {
            let old = rows.indices.filter { place in
                guard let checkedAt = rows[place].readySince else { return false }
                return abs(model.moment.seconds(since: checkedAt)) > Review.factsCountFor
            }
            if old.isEmpty { return [] }
            askAgain(model, old)
        } else {
            return []
        }
        return [.effect(.dropTypeAhead)]
    }

    /// What a lookup found of rows with an unknown outcome.
    func news(of settled: [Int], _ model: Model) -> Notice {
        let outcome = BulkOutcome(settled.map { rows[$0] })
        let isGood = outcome.taken == settled.count
        let offer = isGood ? "" : stage == .ended ? " \(model.keymap.name(of: .review)) offers it again." : ""
        guard settled.count == 1, let place = settled.first else {
            return Notice(isGood ? .done : .warning, "Settled: \(outcome.words).\(offer)")
        }
        let row = rows[place]
        return Notice(
            isGood ? .done : .warning,
            "Row \(row.place), subscription \(row.id), was \(isGood ? "" : "not ")taken.\(offer)")
    }

    /// What the marketplace said when it was asked again; nil when it was asked once.
    func askedAgainWords(_ model: Model) -> String? {
        guard stage == .review, let asking, asking.isAgain, let ended = asking.ended else { return nil }
        let changed = rows.count { $0.moved != nil }
        let words = changed == 0 ? "nothing changed since you looked" : "\(counted(changed, "row")) changed, read again"
        return "Checked again at \(model.zone.time(of: model.timeOfDay(ended))): \(words)."
    }
}

extension Event {
    /// Whether the program goes on after a stop.
    var isResumption: Bool { if case .resumed = self { true } else { false } }
}
