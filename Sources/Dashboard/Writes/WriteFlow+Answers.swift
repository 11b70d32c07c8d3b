import Marketplace
import Screen

/// What comes back of a write: the journal's entries, the review's facts, the ending.
extension WriteFlow {
    /// Takes in what the journal says of a write without an answer.
    mutating func follow(_ entries: [JournalEntry], _ model: Model) -> [Reaction] {
        guard case .unknown(var unconfirmed) = stage else { return [] }
        let hasNews = unconfirmed.follow(entries)
        stage = .unknown(unconfirmed)
        guard hasNews else { return [] }
        guard case .taken = unconfirmed.verdict else { return [.say(unconfirmed.news(model))] }
        let dropped = dropDraft()
        // It is announced by its number, once that is read.
        let isRead = unconfirmed.madeOrder.map { model.orders[$0] != nil } ?? true
        return dropped + (isRead ? announce(model) : [])
    }

    /// Says that it was taken, once.
    mutating func announce(_ model: Model) -> [Reaction] {
        guard case .unknown(var unconfirmed) = stage, case .taken = unconfirmed.verdict, !unconfirmed.isAnnounced else {
            return []
        }
        unconfirmed.isAnnounced = true
        stage = .unknown(unconfirmed)
        return [.say(unconfirmed.news(model))]
    }

    /// The order that a lost answer was about was read.
    mutating func note(read id: Order.ID, _ model: Model) -> [Reaction] {
        guard case .unknown(let unconfirmed) = stage, unconfirmed.madeOrder == id else { return [] }
        return announce(model)
    }

    mutating func noteCheck(_ model: Model) {
        guard case .unknown(var unconfirmed) = stage else { return }
        unconfirmed.noteCheck(at: model.now)
        stage = .unknown(unconfirmed)
    }

    private mutating func dropDraft() -> [Reaction] {
        defer { savedAt = nil }
        return savedAt == nil ? [] : [.effect(.dropDraft(draftID))]
    }

    /// What comes of it after the person left.
    mutating func settleAway(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .sent(let intent, let ending):
            guard case .reviewing(let review) = stage, isSending, review.intent == intent else { return [] }
            return endAway(intent, ending, model)
        case .journal(let entries):
            guard case .unknown(var unconfirmed) = stage else { return [] }
            let hasNews = unconfirmed.follow(entries)
            stage = .unknown(unconfirmed)
            guard hasNews, !unconfirmed.isOpen else { return [] }
            let isTaken = if case .taken = unconfirmed.verdict { true } else { false }
            return (isTaken ? dropDraft() : []) + [.say(unconfirmed.newsElsewhere(model))]
        default: return []
        }
    }

    private mutating func endAway(_ intent: WriteIntent, _ ending: WriteEnding, _ model: Model) -> [Reaction] {
        if case .failed(let error) = ending, case .outcomeUnknown = error {
            let unconfirmed = Unconfirmed(intent, error, sentAt: sentAt)
            stage = .unknown(unconfirmed)
            return [.effect(.refresh(.journal)), .say(unconfirmed.newsElsewhere(model))]
        }
        isEnded = true
        let kept = savedAt == nil ? "" : " \(model.keymap.name(of: .drafts)) has the form."
        switch ending {
        case .done(let result):
            return dropDraft() + [.message(.taken(result, of: intent)), .say(result.notice(after: intent))]
        case .movedOn(_, let differences):
            let changes = differences.joined(separator: " ")
            return [.say(Notice(.warning, "The \(intent.name) was not sent: \(changes)\(kept)"))]
        case .failed(let error): return [.say(Notice(.problem, "The \(intent.name): \(error.message)\(kept)"))]
        }
    }

    mutating func receive(
        _ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent, _ model: Model
    ) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .checking = review.state else {
            return []
        }
        if case .success(let run) = result, let words = form.outdated(by: run) { return backToForm(words) }
        review.receive(result, moved: movedPrice(result, of: intent), price: shownPrice(of: intent), model)
        stage = .reviewing(review)
        // Nothing typed before these answers were on screen may agree to them.
        return [.effect(.dropTypeAhead)]
    }

    private mutating func backToForm(_ words: String) -> [Reaction] {
        stage = .filling
        return [.say(Notice(.warning, words))]
    }

    /// The price that the form showed of the same order.
    private func shownPrice(of intent: WriteIntent) -> Money? {
        guard case .place(let order) = intent, let estimate, estimate.order == order,
            case .success(let shown) = estimate.result
        else { return nil }
        return shown.total
    }

    /// The price the form showed and the one that the review shows, when they differ.
    private func movedPrice(_ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent) -> [String] {
        guard let before = shownPrice(of: intent), case .success(let run) = result, let now = run.estimate?.total,
            now != before
        else { return [] }
        return ["The price was \(before) on the form; it is \(now) now."]
    }

    mutating func end(_ intent: WriteIntent, _ ending: WriteEnding, _ model: Model) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .sending = review.state else {
            return []
        }
        switch ending {
        case .done(let result):
            isEnded = true
            return dropDraft() + [.open(.taken(intent, result))]
        case .movedOn(let run, let differences):
            if let words = form.outdated(by: run) { return backToForm("Not sent. " + words) }
            review.begin(with: run, moved: differences, model)
            stage = .reviewing(review)
            return [
                .effect(.dropTypeAhead),
                .say(Notice(.warning, "Not sent: something changed meanwhile. Read the review again.")),
            ]
        case .failed(let error):
            if case .outcomeUnknown = error {
                stage = .unknown(Unconfirmed(intent, error, sentAt: sentAt))
                // What became of it may stand in the journal already.
                return [
                    .effect(.refresh(.journal)), .effect(.dropTypeAhead),
                    .say(Notice(.info, "souk keeps checking; this page shows the outcome.")),
                ]
            }
            refusal = error
            stage = .filling
            asked = nil
            return [
                .say(
                    Notice(
                        .problem,
                        "Nothing was changed. The reason stands with the form."))
            ]
        }
    }
}
