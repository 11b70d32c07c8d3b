import Marketplace
import Screen

/// A write on its way from its form to its ending. Nothing leaves before the review, the review sends only after its
/// phrase was typed, and a write of unknown outcome is never sent again from here.
struct WriteFlow {
    enum Stage {
        case filling
        case reviewing(Review)
        /// It was sent and no answer said whether it was taken.
        case unknown(Unconfirmed)
    }

    var form: any WriteForm
    var stage = Stage.filling
    /// The latest price of the order as the form says it, and when it came.
    var estimate: (order: OrderDraft, result: Result<Estimate, MarketplaceError>, at: Moment)?
    /// Why the marketplace refused what was sent last.
    var refusal: MarketplaceError?
    /// Reads of the form that the person no longer waited for, to be read again when the person asks.
    var stopped: [DataQuery] = []
    /// When it was sent last.
    private(set) var sentAt = Instant(millisecondsSince1970: 0)
    /// What the message line says just now of the form's problem, which the text beside the rows need not repeat.
    private(set) var said: String?
    /// Whether the person asked for the review of a form that was not ready: then each box says what it lacks.
    private(set) var isTried = false
    /// Whether its outcome is known and shown elsewhere.
    var isEnded = false
    /// First line of the words beside or below the rows.
    private(set) var scroll = 0
    /// The order that was last asked the price of.
    var asked: OrderDraft?
    /// Under which its draft is kept.
    let draftID: String
    /// When its draft was last given to be kept; nil while there is none. ``Model/keptDrafts`` says when it is.
    var savedAt: Instant?
    private var savedRevision: Int
    private var savedFacts: [String: String]

    /// - Parameter draft: The draft that the form comes from.
    init(_ form: any WriteForm, from draft: FormDraft? = nil, _ model: Model) {
        self.form = form
        draftID = draft?.id ?? "\(type(of: form).kind.rawValue)-\(model.freshNumber)"
        savedAt = draft?.savedAt
        savedRevision = form.fields.revision
        savedFacts = form.kept
        refresh(model)
        if draft == nil { self.form.fields.proposeRestored() }
        // Rows that a form lays out for the first time are no change of the person's.
        savedRevision = self.form.fields.revision
    }

    var title: String { form.title }

    /// Whether it is on its way.
    var isSending: Bool {
        if case .reviewing(let review) = stage, case .sending = review.state { true } else { false }
    }

    /// Whether it was sent and nobody knows yet what became of it.
    var isAwaitingOutcome: Bool {
        if isEnded { return false }
        if case .unknown(let unconfirmed) = stage { return unconfirmed.isOpen }
        return isSending
    }

    func band(_ model: Model) -> WriteBand? {
        switch stage {
        case .filling: WriteBand(title, step: 0, refusal == nil ? .notSent : .refused)
        case .reviewing where isSending: WriteBand(title, step: 2, .sending(since: model.zone.time(of: sentAt)))
        case .reviewing: WriteBand(title, step: 1, .notSent)
        case .unknown(let unconfirmed): WriteBand(title, step: 2, unconfirmed.state)
        }
    }

    /// What is to be said to somebody who leaves it.
    func farewell(_ model: Model) -> Notice? {
        if case .unknown(let unconfirmed) = stage { return unconfirmed.farewell(isKept: savedAt != nil, model) }
        if isSending {
            let journal = model.keymap.name(of: View.journal.action)
            return Notice(.warning, "The \(title) is still being sent. \(journal) shows it, and so does this line.")
        }
        return savedAt == nil ? nil : model.notice(ofLeaving: draftID)
    }

    /// Whether the marketplace's answer to something asked here is awaited.
    var isAwaiting: Bool {
        switch stage {
        case .filling: asked != nil && estimate?.order != asked
        case .reviewing(let review):
            switch review.state {
            case .checking, .sending: true
            case .failed, .ready: false
            }
        case .unknown: false
        }
    }

    /// Whether it has left its form.
    var isReviewed: Bool { if case .filling = stage { false } else { true } }

    func queries(_ model: Model) -> [DataQuery] {
        if case .unknown(let unconfirmed) = stage { return unconfirmed.madeOrder.map { [.order($0)] } ?? [] }
        return form.queries(model)
    }

    func settledQueries(_ model: Model) -> [DataQuery] { form.settledQueries(model) }

    mutating func layout(_ area: PaneArea, _ model: Model) {
        form.layout(area)
        guard case .reviewing(var review) = stage else { return }
        review.layout(area.whole, model)
        stage = .reviewing(review)
    }

    /// Lays out the rows anew, keeps what changed as a draft, and asks the price of an order that changed.
    mutating func questions(_ model: Model) -> [Effect] {
        refresh(model)
        guard case .filling = stage, !form.isChoosing else { return [] }
        var effects = save(model) + form.questions(model)
        guard let order = form.priced(model), asked != order else { return effects }
        asked = order
        effects.append(.estimate(order))
        return effects
    }

    mutating func takeEffects() -> [Effect] { form.takeEffects() }

    private mutating func save(_ model: Model) -> [Effect] {
        guard form.fields.revision != savedRevision || form.kept != savedFacts else { return [] }
        savedRevision = form.fields.revision
        savedFacts = form.kept
        savedAt = model.now
        return [
            .saveDraft(
                FormDraft(
                    id: draftID, title: "\(form.title): \(form.subject(model))", savedAt: model.now,
                    kind: type(of: form).kind.rawValue,
                    fields: form.fields.values.merging(form.kept) { _, fact in fact }, owner: model.profile.owner))
        ]
    }

    private mutating func refresh(_ model: Model) {
        form.fields.lay(out: form.rows(model))
        guard case .filling = stage, isTried else { return }
        let problems = form.problems(model)
        if problems.isEmpty { isTried = false }
        form.fields.note(problems)
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        defer { refresh(model) }
        switch event {
        case .key(let key): return take(key, model)
        case .estimated(let order, let result):
            if order == asked { estimate = (order, result, model.moment) }
        case .dryRan(let intent, let result): return receive(result, of: intent, model)
        case .sent(let intent, let ending): return end(intent, ending, model)
        case .resumed, .focused(true): return resume(model)
        case .journal(let entries):
            form.receive(event, model)
            return follow(entries, model)
        case .lookedUp: noteCheck(model)
        case .order(let id, let latest):
            form.receive(event, model)
            if latest.value != nil { return note(read: id, model) }
        case .journalUnreadable(let reason):
            if case .unknown(var unconfirmed) = stage {
                unconfirmed.lose(reason)
                stage = .unknown(unconfirmed)
            }
        default: form.receive(event, model)
        }
        return []
    }

    // MARK: Keys

    private mutating func take(_ key: Key, _ model: Model) -> [Reaction] {
        said = nil
        switch stage {
        case .filling: return fill(key, model)
        case .reviewing where isSending: return takeWhileSending(key)
        case .reviewing(var review):
            if key == "y", review.confirmation.isEmpty, let offer = copyOffer(of: review, model) {
                return [.effect(.copy(offer))]
            }
            let outcome = review.take(key, now: model.moment)
            stage = .reviewing(review)
            return follow(outcome, model)
        case .unknown(let unconfirmed): return take(key, unconfirmed, model)
        }
    }

    /// It cannot be recalled, but nobody has to stay and wait: the journal keeps it.
    private func takeWhileSending(_ key: Key) -> [Reaction] {
        if let leaving = Self.leaving(key) { return leaving }
        return [
            .say(Notice(.info, "The \(title) is being sent and cannot be recalled. Esc leaves; the journal keeps it."))
        ]
    }

    /// Esc, `q` and the digits of the views leave a write that was sent.
    private static func leaving(_ key: Key) -> [Reaction]? {
        switch key {
        case .escape, "q": return [.open(.back)]
        case .character(let digit):
            guard let number = digit.wholeNumberValue, let view = View.all.first(where: { $0.number == number }) else {
                return nil
            }
            return view == .journal ? [.open(.journal)] : [.open(.view(view))]
        default: return nil
        }
    }

    private mutating func take(_ key: Key, _ unconfirmed: Unconfirmed, _ model: Model) -> [Reaction] {
        if let leaving = Self.leaving(key) { return leaving }
        switch (key, unconfirmed.verdict) {
        case ("y", _): return unconfirmed.copyOffer(model).map { [.effect(.copy($0))] } ?? []
        case (.enter, .open): return [.open(.whereToLook(unconfirmed.intent))]
        case (.enter, .taken(let entry)):
            return [.open(entry.subject.map { .settled($0, of: entry.customer) } ?? .back)]
        case (.enter, .notTaken):
            stage = .filling
            asked = nil
            return []
        case ("u", .open): return [.effect(.settle), .say(Notice(.info, "Checking…"))]
        case (_, .open):
            return [
                .say(Notice(.info, "It is not sent again from here. u checks now, Enter shows where it would be."))
            ]
        case (_, .taken), (_, .notTaken): return [.unused(key)]
        }
    }

    private mutating func fill(_ key: Key, _ model: Model) -> [Reaction] {
        if let reactions = form.take(key, model) { return reactions }
        switch key {
        case .escape: return [.open(.back)]
        case .function(5):
            asked = nil
            defer { stopped = [] }
            return stopped.map { .effect(.refresh($0)) }
        case .pageDown, .pageUp:
            scroll = max(0, scroll + (key == .pageDown ? 5 : -5))
            return []
        default: break
        }
        switch form.fields.take(key) {
        case .taken: return []
        case .unused:
            guard awaitsSubscription(model), form.fields.typeAhead(key) else { return [.unused(key)] }
            return [.say(Notice(.info, "\(key.name) waits for the subscription to be read."))]
        case .opened(let row): return form.open(row, model)
        case .finished: return review(model)
        }
    }

    /// Whether the form is about a subscription that is not read yet.
    private func awaitsSubscription(_ model: Model) -> Bool {
        form.queries(model).contains { query in
            if case .subscription(let id) = query { model.details[id] == nil } else { false }
        }
    }

    private mutating func review(_ model: Model) -> [Reaction] {
        switch form.intent(model) {
        case .failure(let problem):
            isTried = true
            form.fields.focus(on: problem.field)
            let problems = form.problems(model)
            said = problems.count > 1 ? "\(problems.count) boxes are not ready; each says why." : problem.text
            return [.say(Notice(.warning, said ?? problem.text))]
        case .success(let intent):
            isTried = false
            refusal = nil
            stage = .reviewing(Review(intent))
            return [.effect(.dryRun(intent)), .effect(.dropTypeAhead)]
        }
    }

    private mutating func follow(_ outcome: Review.Outcome?, _ model: Model) -> [Reaction] {
        switch outcome {
        case nil: return []
        case .back:
            stage = .filling
            // The price that the review showed is out of date by now.
            asked = nil
            return []
        case .check:
            guard case .reviewing(let review) = stage else { return [] }
            return [.effect(.dryRun(review.intent))]
        case .checkOld(let seconds):
            guard case .reviewing(let review) = stage else { return [] }
            return [
                .effect(.dryRun(review.intent)), .effect(.dropTypeAhead),
                .say(
                    Notice(
                        .warning,
                        "Not sent: this was \(spokenDuration(seconds: seconds)) old. Read it again, then type "
                            + "\(review.phrase) once more.")),
            ]
        case .send(let intent, let agreed):
            refusal = nil
            sentAt = model.now
            return [.effect(.send(intent, agreed: agreed))]
        case .refused(let reason): return [.say(Notice(.warning, reason))]
        }
    }

    /// Somebody comes back: facts that are old by now are asked again before they can be agreed to.
    private mutating func resume(_ model: Model) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.staleness(at: model.moment) != nil else { return [] }
        review.askAgain()
        stage = .reviewing(review)
        return [.effect(.dryRun(review.intent)), .effect(.dropTypeAhead)]
    }
}
