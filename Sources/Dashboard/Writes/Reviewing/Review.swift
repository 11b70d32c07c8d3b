import Marketplace
import Screen

/// The last look at a write before it is sent. It sends only on Enter after its phrase was typed, with everything seen
/// and nothing against it; Enter with nothing typed goes back.
struct Review {
    enum State {
        /// Fresh answers are awaited; until they are on screen no key means anything here but Esc.
        case checking
        case failed(MarketplaceError)
        case ready(DryRun)
        /// On its way, and not to be called back.
        case sending(DryRun)
    }

    let intent: WriteIntent
    private(set) var state = State.checking
    /// What is not as it was when the person looked last, in sentences.
    private(set) var differences: [String] = []
    /// When its facts were asked for.
    private(set) var askedAt: Moment?
    /// What stood here when the marketplace was asked again.
    private var seen: DryRun?
    /// Whether the dry run shown here was repeated after the person had seen it once.
    private(set) var isAskedAgain = false
    private(set) var confirmation = TextField()
    private(set) var scroll = 0
    /// Whether every line of the page has been on screen.
    private(set) var isSeen = false
    /// Lines of the page from its beginning that have been on screen, of a page so wide.
    private var seenLines = (count: 0, width: 0)
    /// Lines that have not been on screen yet.
    private(set) var unseen = 0
    /// Lines of the page in view at once.
    private var visible = 1
    /// Whether the price is the one that the form showed.
    private(set) var isAsOnForm = false

    /// Facts older than so many seconds are asked again before anybody may agree to them.
    static let factsCountFor = 60.0

    init(_ intent: WriteIntent) { self.intent = intent }

    /// How many seconds old its facts are, when that is too old to agree to them.
    func staleness(at now: Moment) -> Double? {
        guard case .ready = state, let askedAt else { return nil }
        let age = now.seconds(since: askedAt)
        return abs(age) > Self.factsCountFor ? abs(age) : nil
    }

    /// Waits for fresh answers; what was typed agrees to nothing any more.
    mutating func askAgain() {
        if let run { seen = run }
        state = .checking
        confirmation = TextField()
    }

    /// The answers that the review shows.
    var run: DryRun? {
        switch state {
        case .ready(let run), .sending(let run): run
        case .checking, .failed: nil
        }
    }

    /// What must be typed. A warning asks for one more word.
    var phrase: String {
        let phrase = ReviewWords.phrase(of: intent)
        return run?.asksForMore == true ? phrase + " anyway" : phrase
    }

    /// Whether it may be sent once the phrase is typed.
    var canBeSent: Bool { if case .ready(let run) = state { run.refusal == nil } else { false } }

    var isArmed: Bool { canBeSent && isSeen && confirmation.text.trimmingSpaces() == phrase }

    /// - Parameters:
    ///   - moved: What changed since the person looked last.
    ///   - price: What the form showed.
    mutating func receive(
        _ result: Result<DryRun, MarketplaceError>, moved: [String], price: Money? = nil, _ model: Model
    ) {
        guard case .checking = state else { return }
        switch result {
        case .success(let run):
            let since = seen.map { run.differences(since: $0) } ?? []
            let isAgain = seen != nil
            begin(with: run, moved: since.isEmpty ? moved : since, model)
            isAskedAgain = isAgain
            isAsOnForm = price != nil && price == run.estimate?.total
        case .failure(let error): state = .failed(error)
        }
    }

    /// Starts from the top with what is so now.
    mutating func begin(with run: DryRun, moved: [String], _ model: Model) {
        state = .ready(run)
        askedAt = model.moment(of: run.at)
        differences = moved
        isAskedAgain = false
        seen = nil
        confirmation = TextField()
        scroll = 0
        isSeen = false
        seenLines = (0, 0)
        isAsOnForm = false
    }

    enum Outcome: Equatable {
        case back
        case send(WriteIntent, agreed: DryRun)
        case check
        /// Nothing was sent: the facts were so many seconds old and are asked again.
        case checkOld(seconds: Double)
        case refused(String)
    }

    mutating func take(_ key: Key, now: Moment) -> Outcome? {
        switch (key, state) {
        case (_, .sending):
            return .refused("The \(intent.name) is being sent and cannot be recalled.")
        case (.escape, _): return .back
        case (.function(5), _):
            askAgain()
            return .check
        case (_, .checking): return .refused("Wait: the marketplace is being asked. Esc goes back.")
        case (.up, _): scroll = max(0, scroll - 1)
        case (.down, _): scroll += 1
        // The last line stays in view, so that none is passed over.
        case (.pageUp, _): scroll = max(0, scroll - max(1, visible - 1))
        case (.pageDown, _): scroll += max(1, visible - 1)
        case (.enter, .ready(let run)) where !confirmation.isEmpty: return confirm(run, now)
        case (.enter, _): return .back
        case (.paste, _): return .refused("Type it; what is pasted is not taken here.")
        case (_, .ready) where canBeSent: _ = confirmation.take(key)
        case (_, _): return .refused("This cannot be sent. Enter or Esc goes back to the form.")
        }
        return nil
    }

    private mutating func confirm(_ run: DryRun, _ now: Moment) -> Outcome {
        guard canBeSent else { return .refused("This cannot be sent. Enter or Esc goes back to the form.") }
        guard confirmation.text.trimmingSpaces() == phrase else {
            return .refused("That is not \(phrase). Type \(phrase) to go on, or Esc to go back.")
        }
        guard isSeen else { return .refused("\(counted(unseen, "more row")): PgDn first.") }
        if let age = staleness(at: now) {
            askAgain()
            return .checkOld(seconds: age)
        }
        state = .sending(run)
        return .send(intent, agreed: run)
    }

    // MARK: Layout

    /// Where it is drawn: the same size in every window, in the middle of larger ones, so that the eye finds it where
    /// it was.
    static func place(in rect: Rect) -> Rect {
        let width = min(rect.width, 96)
        let height = min(rect.height, 30)
        return Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 3, width: width, height: height)
    }

    /// Lines at the bottom for the question and the two answers, with a blank one above them where there is room.
    static func footer(of place: Rect, below lines: Int) -> Int {
        place.height < 10 || lines > place.height - 3 ? 2 : 3
    }

    mutating func layout(_ rect: Rect, _ model: Model) {
        let place = Self.place(in: rect)
        let lines = page(in: place, model).lines.count
        visible = max(1, place.height - Self.footer(of: place, below: lines))
        scroll = max(0, min(scroll, lines - visible))
        guard run != nil else { return }
        // Lines are counted from the top without a gap; in another width they are other lines.
        if seenLines.width != place.width { seenLines = (0, place.width) }
        let shown = scroll + visible < lines ? scroll + visible - 1 : lines
        if scroll <= seenLines.count { seenLines.count = max(seenLines.count, shown) }
        unseen = max(0, lines - seenLines.count)
        // Linear mode writes the whole page at once.
        if unseen == 0 || model.isLinear { isSeen = true }
    }
}
