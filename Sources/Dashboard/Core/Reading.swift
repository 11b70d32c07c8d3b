import Marketplace

/// What is read for the screen: what was asked for last, what has not come yet, and whether anybody looks.
struct Reading {
    private var watched = Watchlist()
    private var awaited = AwaitedAnswers()
    private var details = RowDetails()
    var waits = Waits()
    var attention = Attention()
    /// Whether something else came into view since ``synchronise(_:details:)``: then everything is asked for anew, so
    /// that each pane gets what is read already at once.
    var mustAskAgain = false

    /// Whether every answer is there.
    var isAtRest: Bool { awaited.isEmpty }

    mutating func note(_ event: Event, _ model: Model) {
        if case .asking(let waiting) = event { waits.note(ofQuestions: waiting, model) }
        guard let answer = event.answer else { return }
        awaited.note(answer)
        waits.note(answer, model)
        // What was read too early is asked for once more; what failed is not.
        if answer.hasValue { details.queries.removeAll { $0 == answer.query } }
    }

    /// What to begin and end reading, so that what is needed is read and nothing else.
    /// - Parameters:
    ///   - details: What the rows in view lack, read once each at a polite pace.
    ///   - asksQuestions: Whether a form is open. Whoever left it waits for none of its questions.
    mutating func synchronise(_ needed: Watchlist, details latest: RowDetails, asksQuestions: Bool) -> [Effect] {
        var effects = needed.effects(since: watched, again: mustAskAgain)
        mustAskAgain = false
        watched = needed
        awaited.note(effects)
        waits.note(effects)
        if !asksQuestions, waits.dropQuestion() { effects.append(.stopAsking) }
        guard latest.queries != details.queries else { return effects }
        details = latest
        if !latest.isEmpty { effects.append(.want(latest.queries, readSince: latest.readSince)) }
        return effects
    }
}
