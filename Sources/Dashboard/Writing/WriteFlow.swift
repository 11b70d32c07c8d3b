import Marketplace
import Screen

/// A write on its way from its form to its ending. Nothing leaves before the review, the review sends only after its
/// phrase was typed, and what nobody can say is never sent again from here.
struct WriteFlow {
    enum Stage {
        case filling
        case reviewing(Review)
        /// It was sent and nobody can say whether it was taken.
        case unknown(WriteIntent, MarketplaceError)
    }

    private(set) var form: any WriteForm
    private(set) var stage = Stage.filling
    /// The latest price of the order as the form says it, and when it came.
    private(set) var estimate: (order: OrderDraft, result: Result<Estimate, MarketplaceError>, at: Instant)?
    /// Why the marketplace refused what was sent last.
    private(set) var refusal: MarketplaceError?
    /// First line of the words beside or below the rows.
    private(set) var scroll = 0
    /// The order that was last asked the price of.
    private var asked: OrderDraft?
    /// Under which its draft is kept.
    let draftID: String
    /// When its draft was last given to be kept; nil while there is none. ``Known/keptDrafts`` tells when it is.
    private(set) var savedAt: Instant?
    private var savedRevision: Int
    private var savedFacts: [String: String]

    /// - Parameter draft: The draft that the form comes from.
    init(_ form: any WriteForm, from draft: FormDraft? = nil, _ known: Known) {
        self.form = form
        draftID = draft?.id ?? "\(type(of: form).kind.rawValue)-\(known.freshNumber)"
        savedAt = draft?.savedAt
        savedRevision = form.fields.revision
        savedFacts = form.kept
        refresh(known)
        // Rows that a form lays out for the first time are no change of the person's.
        savedRevision = self.form.fields.revision
    }

    var title: String {
        isReviewed ? "review of \(form.title)" : form.title
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

    func requests(_ known: Known) -> [Request] { form.requests(known) }

    func settledRequests(_ known: Known) -> [Request] { form.settledRequests(known) }

    mutating func layout(_ room: Room, _ known: Known) {
        form.layout(room)
        guard case .reviewing(var review) = stage else { return }
        review.layout(room.whole, known)
        stage = .reviewing(review)
    }

    /// Lays out the rows anew, keeps what changed as a draft, and asks the price of an order that changed.
    mutating func questions(_ known: Known) -> [Effect] {
        refresh(known)
        guard case .filling = stage, !form.isChoosing else { return [] }
        var effects = save(known) + form.questions(known)
        guard let order = form.priced(known), asked != order else { return effects }
        asked = order
        effects.append(.estimate(order))
        return effects
    }

    mutating func takeEffects() -> [Effect] { form.takeEffects() }

    private mutating func save(_ known: Known) -> [Effect] {
        guard form.fields.revision != savedRevision || form.kept != savedFacts else { return [] }
        savedRevision = form.fields.revision
        savedFacts = form.kept
        savedAt = known.now
        return [
            .saveDraft(
                FormDraft(
                    id: draftID, title: "\(form.title): \(form.subject(known))", savedAt: known.now,
                    kind: type(of: form).kind.rawValue,
                    fields: form.fields.values.merging(form.kept) { _, fact in fact }, owner: known.profile.owner))
        ]
    }

    private mutating func refresh(_ known: Known) { form.fields.lay(out: form.rows(known)) }

    mutating func update(_ event: Event, _ known: Known) -> [Reaction] {
        defer { refresh(known) }
        switch event {
        case .key(let key): return take(key, known)
        case .estimated(let order, let result):
            if order == asked { estimate = (order, result, known.now) }
        case .dryRan(let intent, let result): return receive(result, of: intent)
        case .sent(let intent, let ending): return end(intent, ending)
        default: form.receive(event, known)
        }
        return []
    }

    // MARK: Keys

    private mutating func take(_ key: Key, _ known: Known) -> [Reaction] {
        switch stage {
        case .filling: return fill(key, known)
        case .reviewing(var review):
            let outcome = review.take(key)
            stage = .reviewing(review)
            return follow(outcome)
        case .unknown(let intent, _):
            guard key == .enter || key == .escape || key == "q" else {
                return [.say(Notice(.info, "It is not sent again from here. Enter shows where to look."))]
            }
            return [.open(.whereToLook(intent))]
        }
    }

    private mutating func fill(_ key: Key, _ known: Known) -> [Reaction] {
        if let reactions = form.take(key, known) { return reactions }
        switch key {
        case .escape: return [.open(.back)]
        case .function(5):
            asked = nil
            return []
        case .pageDown, .pageUp:
            scroll = max(0, scroll + (key == .pageDown ? 5 : -5))
            return []
        default: break
        }
        switch form.fields.take(key) {
        case .taken: return []
        case .unused: return [.unused(key)]
        case .opened(let row): return form.open(row, known)
        case .finished: return review(known)
        }
    }

    private mutating func review(_ known: Known) -> [Reaction] {
        switch form.intent(known) {
        case .failure(let problem):
            form.fields.focus(on: problem.field)
            return [.say(Notice(.warning, problem.text))]
        case .success(let intent):
            stage = .reviewing(Review(intent))
            return [.effect(.dryRun(intent)), .effect(.dropTypeAhead)]
        }
    }

    private mutating func follow(_ outcome: Review.Outcome?) -> [Reaction] {
        switch outcome {
        case nil: return []
        case .back:
            stage = .filling
            // What the review learned of the price is old by now.
            asked = nil
            return []
        case .check:
            guard case .reviewing(let review) = stage else { return [] }
            return [.effect(.dryRun(review.intent))]
        case .send(let intent, let agreed):
            refusal = nil
            return [.effect(.send(intent, agreed: agreed))]
        case .refused(let reason): return [.say(Notice(.warning, reason))]
        }
    }

    // MARK: Answers

    private mutating func receive(_ result: Result<DryRun, MarketplaceError>, of intent: WriteIntent) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .checking = review.state else {
            return []
        }
        if case .success(let run) = result, let words = form.outdated(by: run) { return backToForm(words) }
        review.receive(result, moved: movedPrice(result, of: intent))
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

    private mutating func end(_ intent: WriteIntent, _ ending: WriteEnding) -> [Reaction] {
        guard case .reviewing(var review) = stage, review.intent == intent, case .sending = review.state else {
            return []
        }
        switch ending {
        case .done(let result):
            return (savedAt == nil ? [] : [.effect(.dropDraft(draftID))]) + [.open(.taken(intent, result))]
        case .movedOn(let run, let differences):
            if let words = form.outdated(by: run) { return backToForm("Not sent. " + words) }
            review.begin(with: run, moved: differences)
            stage = .reviewing(review)
            return [
                .effect(.dropTypeAhead),
                .say(Notice(.warning, "Not sent: something changed meanwhile. Read the review again.")),
            ]
        case .failed(let error):
            if case .outcomeUnknown = error {
                stage = .unknown(intent, error)
                return [.say(Notice(.warning, "Not confirmed: the \(intent.name) may or may not have been taken."))]
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
