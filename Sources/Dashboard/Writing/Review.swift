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
    private(set) var confirmation = TextField()
    private(set) var scroll = 0
    /// Whether the end of the page has been on screen.
    private(set) var isSeen = false

    init(_ intent: WriteIntent) { self.intent = intent }

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

    /// - Parameter moved: What changed since the person looked last.
    mutating func receive(_ result: Result<DryRun, MarketplaceError>, moved: [String]) {
        guard case .checking = state else { return }
        switch result {
        case .success(let run): begin(with: run, moved: moved)
        case .failure(let error): state = .failed(error)
        }
    }

    /// Starts from the top with what is so now.
    mutating func begin(with run: DryRun, moved: [String]) {
        state = .ready(run)
        differences = moved
        confirmation = TextField()
        scroll = 0
        isSeen = false
    }

    enum Outcome: Equatable {
        case back
        case send(WriteIntent, agreed: DryRun)
        case check
        case refused(String)
    }

    mutating func take(_ key: Key) -> Outcome? {
        switch (key, state) {
        case (_, .sending):
            return .refused("The \(intent.name) is on its way and cannot be called back; its answer is awaited.")
        case (.escape, _): return .back
        case (.function(5), _):
            state = .checking
            confirmation = TextField()
            return .check
        case (_, .checking): return .refused("Wait: the marketplace is being asked once more. Esc goes back.")
        case (.up, _): scroll = max(0, scroll - 1)
        case (.down, _): scroll += 1
        case (.pageUp, _): scroll = max(0, scroll - 10)
        case (.pageDown, _): scroll += 10
        case (.enter, .ready(let run)) where !confirmation.isEmpty: return confirm(run)
        case (.enter, _): return .back
        case (.paste, _): return .refused("Type it; what is pasted is not taken here.")
        case (_, .ready) where canBeSent: _ = confirmation.take(key)
        case (_, _): return .refused("This cannot be sent. Enter or Esc goes back to the form.")
        }
        return nil
    }

    private mutating func confirm(_ run: DryRun) -> Outcome {
        guard canBeSent else { return .refused("This cannot be sent. Enter or Esc goes back to the form.") }
        guard confirmation.text.trimmingSpaces() == phrase else {
            return .refused("That is not \(phrase). Type \(phrase) to go on, or Esc to go back.")
        }
        guard isSeen else { return .refused("There is more of this review below: look at it first, with PgDn.") }
        state = .sending(run)
        return .send(intent, agreed: run)
    }

    // MARK: Room

    /// Where it is drawn: the same size in every window, in the middle of larger ones, so that the eye finds it where
    /// it was.
    static func place(in rect: Rect) -> Rect {
        let width = min(rect.width, 96)
        let height = min(rect.height, 30)
        return Rect(
            x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 3, width: width, height: height)
    }

    /// Lines at the bottom for the question and the two answers.
    static func footer(of place: Rect) -> Int { place.height < 10 ? 2 : 3 }

    mutating func layout(_ rect: Rect, _ known: Known) {
        let place = Self.place(in: rect)
        let visible = max(1, place.height - Self.footer(of: place))
        let lines = page(width: place.width, known).lines.count
        scroll = max(0, min(scroll, lines - visible))
        // Told line by line it is told whole.
        if run != nil, scroll + visible >= lines || known.isLinear { isSeen = true }
    }
}
