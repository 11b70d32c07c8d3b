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

    private(set) var form: any WriteForm
    private(set) var stage = Stage.filling
    /// The latest price of the order as the form says it, and when it came.
    private(set) var estimate: (order: OrderDraft, result: Result<Estimate, MarketplaceError>, at: Moment)?
    /// Why the marketplace refused what was sent last.
    private(set) var refusal: MarketplaceError?
    /// Reads of the form that the person no longer waited for, to be read again when the person asks.
    var stopped: [DataQuery] = []
    /// When it was sent last.
    private var sentAt = Instant(millisecondsSince1970: 0)
    /// First line of the words beside or below the rows.
    private(set) var scroll = 0
    /// The order that was last asked the price of.
    private var asked: OrderDraft?
    /// Under which its draft is kept.
    let draftID: String
    /// When its draft was last given to be kept; nil while there is none. ``Model/keptDrafts`` says when it is.
    private(set) var savedAt: Instant?
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
        // Rows that a form lays out for the first time are no change of the person's.
        savedRevision = self.form.fields.revision
    }

    var title: String {
        switch stage {
        case .filling: form.title
        case .reviewing: "review of \(form.title)"
        case .unknown: "outcome of \(form.title)"
        }
    }

    /// The header's short word for its stage.
    func mark(_ model: Model) -> String {
        switch stage {
        case .unknown(let unconfirmed): unconfirmed.mark
        case .reviewing(let review):
            if case .sending = review.state { "sending" } else { model.draftMark(draftID) }
        case .filling: model.draftMark(draftID)
        }
    }

    /// The name of its tab.
    var tab: String {
        switch stage {
        case .filling: "Form"
        case .reviewing: "Review"
        case .unknown: "Outcome"
        }
    }

    /// What is to be said to somebody who leaves it.
    func farewell(_ model: Model) -> Notice? {
        if case .unknown(let unconfirmed) = stage { return unconfirmed.farewell(isKept: savedAt != nil, model) }
        guard savedAt != nil else { return nil }
        return Notice(
            .info, "Kept as a draft, nothing was sent. \(model.keymap.name(of: .drafts)) lists the drafts.")
    }

    /// Whether an answer counts its seconds on screen.
    var wantsTicks: Bool {
        guard case .reviewing(let review) = stage, case .sending = review.state else { return false }
        return true
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

    func queries(_ model: Model) -> [DataQuery] { form.queries(model) }

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

    private mutating func refresh(_ model: Model) { form.fields.lay(out: form.rows(model)) }

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
            return follow(entries)
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
        switch stage {
        case .filling: return fill(key, model)
        case .reviewing(var review):
            let outcome = review.take(key, now: model.moment)
            stage = .reviewing(review)
            return follow(outcome, model)
        case .unknown(let unconfirmed): return take(key, unconfirmed)
        }
    }

    private mutating func take(_ key: Key, _ unconfirmed: Unconfirmed) -> [Reaction] {
        switch (key, unconfirmed.verdict) {
        case (.escape, _), ("q", _): return [.open(.back)]
        case ("7", _): return [.open(.journal)]
        case (.enter, .open): return [.open(.whereToLook(unconfirmed.intent))]
        case (.enter, .taken(let entry)):
            return [.open(entry.subject.map { .settled($0, of: entry.customer) } ?? .back)]
        case (.enter, .notTaken):
            stage = .filling
            asked = nil
            return []
        case ("u", .open):
            return [.effect(.settle), .say(Notice(.info, "Asking the marketplace what became of it…"))]
        case (_, .open):
            return [
                .say(Notice(.info, "It is not sent again from here. u looks it up now, Enter shows where to look."))
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
        case .unused: return [.unused(key)]
        case .opened(let row): return form.open(row, model)
        case .finished: return review(model)
        }
    }

    private mutating func review(_ model: Model) -> [Reaction] {
        switch form.intent(model) {
        case .failure(let problem):
            form.fields.focus(on: problem.field)
            return [.say(Notice(.warning, problem.text))]
        case .success(let intent):
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
                        "Not sent: this was \(spokenDuration(seconds: seconds)) old. Read what is asked again, then type "
                            + "\(review.phrase) anew.")),
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

    // MARK: Answers

    /// Takes in what the journal says of a write without an answer.
    private mutating func follow(_ entries: [JournalEntry]) -> [Reaction] {
        guard case .unknown(var unconfirmed) = stage else { return [] }
        let hasNews = unconfirmed.follow(entries)
        stage = .unknown(unconfirmed)
        guard hasNews else { return [] }
        var reactions: [Reaction] = [.say(unconfirmed.news)]
        if case .taken = unconfirmed.verdict, savedAt != nil {
            savedAt = nil
            reactions.append(.effect(.dropDraft(draftID)))
        }
        return reactions
    }

    private mutating func receive(
        _ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent, _ model: Model
    ) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .checking = review.state else {
            return []
        }
        if case .success(let run) = result, let words = form.outdated(by: run) { return backToForm(words) }
        review.receive(result, moved: movedPrice(result, of: intent), model)
        stage = .reviewing(review)
        // Nothing typed before these answers were on screen may agree to them.
        return [.effect(.dropTypeAhead)]
    }

    private mutating func backToForm(_ words: String) -> [Reaction] {
        stage = .filling
        return [.say(Notice(.warning, words))]
    }

    /// The price the form showed and the one that the review shows, when they differ.
    private func movedPrice(_ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent) -> [String] {
        guard case .place(let order) = intent, let estimate, estimate.order == order,
            case .success(let shown) = estimate.result, let before = shown.total,
            case .success(let run) = result, let now = run.estimate?.total, now != before
        else { return [] }
        return ["The price was \(before) on the form; it is \(now) now."]
    }

    private mutating func end(_ intent: WriteIntent, _ ending: WriteEnding, _ model: Model) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .sending = review.state else {
            return []
        }
        switch ending {
        case .done(let result):
            return (savedAt == nil ? [] : [.effect(.dropDraft(draftID))]) + [.open(.taken(intent, result))]
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
                    .say(Notice(.warning, "Not confirmed: the \(intent.name) may or may not have been taken.")),
                ]
            }
            refusal = error
            stage = .filling
            asked = nil
            return [
                .say(
                    Notice(
                        .problem,
                        estimate == nil
                            ? "Not taken. The reason stands with the form."
                            : "Not taken. The reason stands above the estimate."))
            ]
        }
    }
}
