import Marketplace
import Screen

/// A change of many subscriptions at once: its rule, a preview with a dry run of each row, the run, and what came of it.
///
/// Nothing leaves before its phrase was typed. The rows go out one after another, each with a look of its own at the
/// marketplace and an entry of its own in the journal; the first error or unknown outcome ends the run. What was not
/// sent can be reviewed again, here or in a later session: the draft keeps the rows, the journal records which were sent.
struct BulkFlow {
    enum Stage: Equatable {
        case rule
        /// The journal is read for what was sent before.
        case recalling
        case review
        /// With `isStopping` it ends after the row on its way.
        case running(isStopping: Bool)
        case ended
    }

    /// More subscriptions are not changed at one go: each costs several calls, and a preview of more is read by nobody.
    static let most = 1000
    /// Rows that are looked at together.
    private static let looksTogether = 3
    /// How often a row that changes meanwhile is looked at.
    private static let looksAtMost = 3
    /// Seconds for which a look counts when a review begins again; sending looks once more in any case.
    private static let looksCountFor = 600.0

    let act: BulkAct
    /// Common to its entries in the journal.
    let group: String
    /// Under which its draft is kept.
    let draftID: String
    var rows: [BulkRow] { didSet { sums = nil } }
    var fields: FormFields
    var stage = Stage.rule
    var cursor = ListCursor<Subscription.ID>()
    /// Rows that fit on the screen.
    var visible = 1
    var confirmation = TextField()
    /// The rule that the rows were looked at with.
    private(set) var reviewed: BulkRule?
    /// When its run began, and how many rows it had.
    private(set) var run: (began: Moment, count: Int)?
    /// Since when the rows of the preview are asked about, and when the last answer came.
    var asking: BulkAsking?
    var savedAt: Instant?
    var savedRevision = 0
    /// Whether an earlier session may have sent some of its rows.
    let isRestored: Bool
    private let places: [Subscription.ID: Int]
    /// The totals of these rows, once they were added up; a frame asks for them several times.
    private var sums: BulkTotals?

    init(
        _ act: BulkAct, _ rows: [BulkRow], group: String, draftID: String, fields: [String: String] = [:],
        savedAt: Instant? = nil, _ model: Model
    ) {
        self.act = act
        self.rows = rows
        self.group = group
        self.draftID = draftID
        self.savedAt = savedAt
        isRestored = savedAt != nil
        places = Dictionary(rows.enumerated().map { ($1.id, $0) }) { first, _ in first }
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: fieldRows())
        savedRevision = self.fields.revision
        cursor.settle(in: ids)
    }

    var title: String { "bulk \(act.title)" }
    var ids: LazyMapCollection<[BulkRow], Subscription.ID> { rows.lazy.map(\.id) }
    var isRunning: Bool { if case .running = stage { true } else { false } }
    /// Whether seconds count on the screen.
    var wantsTicks: Bool { isRunning }
    var position: String { "\(grouped(cursor.index + 1)) of \(grouped(rows.count))" }
    /// Whether every row that may go out was looked at.
    var isChecked: Bool { !rows.contains(where: \.isAwaited) }
    var totals: BulkTotals { sums ?? BulkTotals(rows.lazy.filter(\.isIn)) }
    /// Whether the run begins once the phrase is typed.
    var canBeSent: Bool { stage == .review && isChecked && rows.contains(where: \.isIn) }
    var phrase: String { reviewed.map { totals.phrase(of: $0) } ?? "" }
    var isArmed: Bool { canBeSent && confirmation.text.trimmingSpaces() == phrase }
    /// What a further review would offer again.
    var rest: Int { rows.count(where: \.isOfferedAgain) }

    /// Whether everything that was to be sent is known to be taken.
    var isThrough: Bool { rest == 0 && !rows.contains(where: \.isUnknown) }

    mutating func addUp() { sums = totals }

    // MARK: Keys

    mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        switch stage {
        case .rule: return takeInRule(key, model)
        case .recalling:
            if key != .escape { return [.say(Notice(.info, "Wait: the journal is being read. Esc goes back."))] }
            stage = .rule
        case .review: return takeInReview(key, model)
        case .running:
            if move(key) { return [] }
            guard key == .escape else {
                return [.say(Notice(.info, "The run goes on. Esc stops it after the row that is being sent."))]
            }
            return stop()
        case .ended:
            if move(key) { return [] }
            switch key {
            case .escape, "q": return [.open(.back)]
            case .enter: return openRow()
            case .function(10), .control("o"): return resume()
            case "u" where rows.contains(where: \.isUnknown):
                return [.effect(.settle), .say(Notice(.info, "Checking…"))]
            case "e": return export(model)
            default: return [.unused(key)]
            }
        }
        return []
    }

    private mutating func takeInRule(_ key: Key, _ model: Model) -> [Reaction] {
        switch key {
        case .escape: return [.open(.back)]
        case .pageDown, .pageUp:
            _ = move(key)
            return []
        default: break
        }
        switch fields.take(key) {
        case .taken, .opened: return []
        case .unused: return [.unused(key)]
        case .finished: break
        }
        switch rule() {
        case .failure(let problem):
            fields.focus(on: problem.field)
            return [.say(Notice(.warning, problem.text))]
        case .success where isRestored || rows.contains { $0.isSent }:
            return resume()
        case .success: return review(model)
        }
    }

    private mutating func takeInReview(_ key: Key, _ model: Model) -> [Reaction] {
        if move(key) { return [] }
        switch key {
        case .escape: stage = .rule
        case .function(5): askAgain(model, rows.indices)
        case " " where confirmation.isEmpty: return toggle()
        case "e" where confirmation.isEmpty: return export(model)
        case .enter where confirmation.isEmpty: stage = .rule
        case .enter: return confirm(model)
        case .paste: return [.say(Notice(.warning, "Type it; what is pasted is not taken here."))]
        case _ where canBeSent: _ = confirmation.take(key)
        case _ where !isChecked:
            return [.say(Notice(.info, "Wait: not every row is checked yet. Esc goes back, Space leaves a row out."))]
        default: return [.say(Notice(.info, "None of them can be sent. Enter or Esc goes back to the rule."))]
        }
        return []
    }

    private mutating func move(_ key: Key) -> Bool {
        switch key {
        case .up, .down, .pageUp, .pageDown, .home, .end: break
        default: return false
        }
        guard let motion = ListCursor<Subscription.ID>.Motion(key) else { return false }
        cursor.move(motion, in: ids, visible: visible)
        return true
    }

    /// Takes the row on the cursor in, or leaves it out.
    private mutating func toggle() -> [Reaction] {
        guard rows.indices.contains(cursor.index) else { return [] }
        let place = cursor.index
        switch rows[place].state {
        case .waiting, .ready, .reading, .checking: rows[place].isLeftOut.toggle()
        case .cannot(let reason): return [.say(Notice(.warning, "It cannot be included. \(reason)"))]
        case .sending, .taken: return [.say(Notice(.info, "It was sent already."))]
        case .unknown:
            return [.say(Notice(.warning, "Its outcome is unknown; it is not sent again before that is settled."))]
        case .heldBack, .refused, .failed: return []
        }
        _ = move(.down)
        return []
    }

    private mutating func confirm(_ model: Model) -> [Reaction] {
        guard canBeSent else { return [.say(Notice(.info, "Not every row is checked yet."))] }
        let phrase = phrase
        guard confirmation.text.trimmingSpaces() == phrase else {
            return [.say(Notice(.warning, "That is not \(phrase). Type \(phrase) to go on, or Esc to go back."))]
        }
        if let age = staleness(at: model.moment) { return askAgainInstead(age, model) }
        confirmation = TextField()
        stage = .running(isStopping: false)
        run = (model.moment, rows.count(where: \.isIn))
        return [save(model)].map { .effect($0) } + sendNext(model)
    }

    // MARK: The preview

    private mutating func resume() -> [Reaction] {
        guard case .success = rule() else { return [] }
        guard stage == .rule || rest > 0 || rows.contains(where: { !$0.isSent }) else {
            return [.say(Notice(.info, "Nothing is left to send."))]
        }
        stage = .recalling
        return [.effect(.refresh(.journal))]
    }

    private mutating func review(_ model: Model) -> [Reaction] {
        guard case .success(let rule) = rule() else { return [] }
        let isSame = rule == reviewed
        reviewed = rule
        stage = .review
        confirmation = TextField()
        asking = BulkAsking(began: model.moment)
        let since = model.moment.adding(seconds: -Self.looksCountFor)
        for place in rows.indices {
            if isSame, let checkedAt = rows[place].readySince, checkedAt >= since { continue }
            rows[place].reset()
        }
        guard let first = rows.firstIndex(where: { !$0.isSent }) else { return end(model) }
        cursor.put(on: rows[first].id, at: first)
        return [.effect(save(model)), .effect(.dropTypeAhead)]
    }

    /// Lays out the rows of the form, keeps what changed as a draft, and looks at the next rows of the preview.
    mutating func advance(_ model: Model) -> [Effect] {
        fields.lay(out: fieldRows())
        noteAnswers(model)
        if stage == .rule, fields.revision != savedRevision { return [save(model)] }
        guard stage == .review, let rule = reviewed else { return [] }
        var effects: [Effect] = []
        var underWay = rows.count { row in
            switch row.state {
            case .reading, .checking: true
            default: false
            }
        }
        for place in rows.indices where underWay < Self.looksTogether {
            guard case .waiting = rows[place].state, !rows[place].isLeftOut else { continue }
            guard let detail = model.details[rows[place].id] else {
                rows[place].state = .reading
                underWay += 1
                continue
            }
            effects += look(at: detail, place, rule, model)
            if !effects.isEmpty, case .checking = rows[place].state { underWay += 1 }
        }
        return effects
    }

    private mutating func look(
        at detail: SubscriptionDetail, _ place: Int, _ rule: BulkRule, look: Int = 1, _ model: Model
    ) -> [Effect] {
        rows[place].subscription = detail.subscription
        rows[place].figures = rule.figures(of: detail)
        if let reason = model.refusal(of: rule.act, on: detail.subscription, isNamed: true) {
            rows[place].state = .cannot(reason)
            return []
        }
        switch rule.intent(on: detail, place: rows[place].place, model) {
        case .failure(let refusal): rows[place].state = .cannot(refusal.text)
        case .success(let intent):
            rows[place].state = .checking(intent, look: look)
            return [.dryRun(intent)]
        }
        return []
    }

    // MARK: Answers

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .key(let key): return take(key, model)
        case .subscription(let id, let latest): return receive(latest, of: id, model)
        case .dryRan(let intent, let result): return receive(result, of: intent, model)
        case .sent(let intent, let ending): return receive(ending, of: intent, model)
        case .order(let id, let latest): return note(latest.value, as: id, model)
        case .resumed, .focused(true): return comeBack(model, isStopped: event.isResumption)
        case .journal(let entries): return recall(entries, model)
        case .journalUnreadable(let reason) where stage == .recalling:
            stage = .rule
            return [
                .say(
                    Notice(
                        .problem,
                        "The journal cannot be read (\(reason)), so what was sent is unknown. Nothing is sent now."))
            ]
        default: return []
        }
    }

    private mutating func receive(
        _ latest: Snapshot<SubscriptionDetail>, of id: Subscription.ID, _ model: Model
    ) -> [Reaction] {
        guard let place = places[id], case .reading = rows[place].state, let rule = reviewed else { return [] }
        if let detail = latest.value {
            return look(at: detail, place, rule, model).map { .effect($0) } + afterAnswer
        }
        guard let failure = latest.failure else { return [] }
        rows[place].state = .cannot(failure.message)
        return afterAnswer
    }

    private mutating func receive(
        _ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent, _ model: Model
    ) -> [Reaction] {
        guard let place = intent.subscription.flatMap({ places[$0] }), let rule = reviewed,
            case .checking(intent, let look) = rows[place].state
        else { return [] }
        switch result {
        case .failure(let error): rows[place].state = .cannot(error.message)
        case .success(let run):
            if let detail = run.subscription, rule.asksAnew(on: detail, rows[place], than: intent, model) {
                if look < Self.looksAtMost {
                    return self.look(at: detail, place, rule, look: look + 1, model).map { .effect($0) } + afterAnswer
                }
                rows[place].state = .cannot("It changes while it is checked. Change it alone.")
                return afterAnswer
            }
            rows[place].judge(run, rule, madeAt: model.moment(of: run.at))
        }
        return afterAnswer
    }

    /// Nothing typed before the question is on screen may answer it.
    private var afterAnswer: [Reaction] { stage == .review && isChecked ? [.effect(.dropTypeAhead)] : [] }

    /// Takes in what the journal says: everything when a review is to begin, else only rows of unknown outcome.
    private mutating func recall(_ entries: [JournalEntry], _ model: Model) -> [Reaction] {
        var found: [Int: [JournalEntry]] = [:]
        for entry in entries where entry.group == group && entry.sender.isOwn {
            if let place = entry.subscription.flatMap({ places[$0] }) { found[place, default: []].append(entry) }
        }
        var settled: [Int] = []
        for (place, entries) in found where stage == .recalling || rows[place].isUnknown {
            let wasUnknown = rows[place].isUnknown
            rows[place].settle(entries)
            if wasUnknown, !rows[place].isUnknown { settled.append(place) }
        }
        switch stage {
        case .recalling: return review(model)
        case .ended where isThrough && savedAt != nil:
            return close(Notice(.done, "Done: \(BulkOutcome(rows).allWords)."))
        case _ where settled.isEmpty: return []
        case .ended: return [.effect(save(model)), .say(news(of: settled, model))]
        case .review:
            for place in settled { rows[place].offerAgain() }
            return [.say(news(of: settled, model))]
        case .rule, .running: return []
        }
    }

    // MARK: The run

    private mutating func sendNext(_ model: Model) -> [Reaction] {
        guard let place = rows.firstIndex(where: \.isIn), case .ready(let run) = rows[place].state else {
            return end(model)
        }
        rows[place].state = .sending(run)
        cursor.put(on: rows[place].id, at: place)
        cursor.scroll(count: rows.count, visible: visible)
        return [.effect(.send(run.intent, agreed: run, group: group))]
    }

    private mutating func receive(_ ending: WriteEnding, of intent: WriteIntent, _ model: Model) -> [Reaction] {
        guard let place = intent.subscription.flatMap({ places[$0] }), case .sending(let run) = rows[place].state,
            run.intent == intent
        else { return [] }
        rows[place].end(ending)
        switch (ending, stage) {
        case (.failed, _), (_, .running(isStopping: true)): return end(model)
        case (.done, _), (.movedOn, _): return sendNext(model)
        }
    }

    private mutating func end(_ model: Model) -> [Reaction] {
        stage = .ended
        let words = BulkOutcome(rows).allWords
        guard isThrough else { return [.effect(save(model)), .say(Notice(.warning, "Stopped: \(words)."))] }
        return close(Notice(.done, "Done: \(words)."))
    }

    /// Nothing is left to be done with it later.
    private mutating func close(_ notice: Notice) -> [Reaction] {
        let dropped: [Reaction] = savedAt == nil ? [] : [.effect(.dropDraft(draftID))]
        savedAt = nil
        return dropped + [.say(notice)]
    }
}
