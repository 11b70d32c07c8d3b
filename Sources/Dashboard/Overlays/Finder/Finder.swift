import Marketplace
import Screen

/// Go to anything: one box, and below it what fits what is typed, best first.
///
/// Searches everything read so far, and reads the names of all accounts. What may be missing there is asked of the
/// marketplace once typing rests (debounce): a whole id or order number, an MPN, and names as long as not all of them
/// were read.
struct Finder {
    private(set) var field = TextField()
    /// The results of the last search, and for which text.
    private(set) var found = SearchResults()
    /// Place of the row on the cursor.
    private(set) var selected = 0
    /// Enter was pressed before the answer was there: it goes to the first that is found.
    private(set) var goesWhenFound = false
    /// What the marketplace was asked, and whether its answer is there.
    private(set) var asked: [DataQuery: Answer] = [:]
    /// How far the names of all customers are read.
    private(set) var names = Snapshot<ListExtent>()
    /// Whether a search is running, and whether more was read since it began.
    private var isSearching = false
    private var isOutdated = false

    enum Answer {
        case awaited, here
        case failed(MarketplaceError)
    }

    var text: String { field.text.trimmingSpaces() }

    var isTyped: Bool { !text.isEmpty }

    /// Whether what is shown belongs to what is typed.
    var isFound: Bool { text.isEmpty || found.text == text }

    // MARK: Rows

    /// - Parameter own: What needs no search: views, actions and earlier places.
    func rows(_ own: [FoundPlace]) -> [FoundPlace] {
        guard isTyped else { return own }
        let needle = Needle(text)
        let fitting = own.compactMap { place -> FoundPlace? in
            if case .earlier = place.target { return nil }
            guard let rank = needle.rank(inName: place.title) ?? needle.rank(inName: place.detail) else { return nil }
            var place = place
            place.rank = rank
            return place
        }
        return (fitting + found.places).sorted(by: FoundPlace.precedes)
    }

    // MARK: Keys

    mutating func take(_ key: Key, _ own: [FoundPlace]) -> [Reaction] {
        let rows = rows(own)
        switch key {
        case .escape: return [.close]
        case .enter:
            guard isFound, !rows.isEmpty else {
                goesWhenFound = true
                return []
            }
            return rows.indices.contains(selected) ? go(to: rows[selected]) : []
        case .down, .tab, .control("n"): move(by: 1, rows.count)
        case .up, .backTab, .control("p"): move(by: -1, rows.count)
        case .pageDown: move(by: 10, rows.count)
        case .pageUp: move(by: -10, rows.count)
        default:
            let before = text
            _ = field.take(key)
            goesWhenFound = false
            guard text != before else { return [] }
            selected = 0
            asked = [:]
            isSearching = true
            isOutdated = false
            return [.effect(.find(text))]
        }
        goesWhenFound = false
        return []
    }

    /// What cannot be done now says why, in the message line.
    private func go(to place: FoundPlace) -> [Reaction] {
        place.unavailable == nil ? [.close, .go(to: place)] : []
    }

    private mutating func move(by count: Int, _ rows: Int) { selected = max(0, min(rows - 1, selected + count)) }

    // MARK: Answers

    /// Takes in what was found; Enter, pressed before, goes to it now.
    mutating func receive(_ latest: SearchResults, _ own: [FoundPlace]) -> [Reaction] {
        guard latest.text == text else { return [] }
        isSearching = false
        let before = rows(own)
        // A row that was seen stays on the cursor whatever comes above it; the rows of another text were not seen.
        let seen = found.text == text && before.indices.contains(selected) ? before[selected].target : nil
        found = latest
        let rows = rows(own)
        if let seen { selected = rows.firstIndex { $0.target == seen } ?? 0 }
        guard goesWhenFound, let first = rows.first else { return [] }
        goesWhenFound = false
        return go(to: first)
    }

    /// Takes an answer to a question, or details that were read meanwhile.
    /// - Returns: whether the search has to be repeated.
    mutating func receive(_ event: Event, _ own: [FoundPlace]) -> Bool {
        let isAnswer = takeAnswer(event, own)
        let bringsNames = takeNames(event)
        let bringsDetails = Self.bringsDetails(event) && (isSearching || waitsForDetails)
        let isNews = isTyped && (bringsNames || bringsDetails)
        guard isAnswer || isNews else { return false }
        // One search at a time: while details come fast, none would come to its end.
        isOutdated = isSearching && !isAnswer
        if isOutdated { return false }
        isSearching = true
        return true
    }

    /// Whether details that are not read yet may hold what is typed.
    private var waitsForDetails: Bool { found.coverage?.isComplete == false }

    /// Whether details of subscriptions were read, or how many subscriptions there are.
    static func bringsDetails(_ event: Event) -> Bool {
        switch event {
        case .subscription(_, let latest): latest.value != nil
        case .subscriptions(let query, let latest): query == SubscriptionQuery() && latest.value?.isComplete == true
        case .index(let progress): progress.phase != .notBegun && progress.phase != .subscriptions
        default: false
        }
    }

    /// - Returns: Whether more names were read.
    private mutating func takeNames(_ event: Event) -> Bool {
        switch event {
        case .accounts(.customers, let latest):
            names = latest.map { ListExtent($0) }
            return latest.value != nil
        case .accounts(.resellers, let latest): return latest.value != nil
        default: return false
        }
    }

    private mutating func takeAnswer(_ event: Event, _ own: [FoundPlace]) -> Bool {
        guard let answer = event.answer, queries(own).contains(answer.query) else { return false }
        if answer.isLoading || (!answer.hasValue && answer.failure == nil) {
            asked[answer.query] = .awaited
        } else if let failure = answer.failure, failure.isNoAbsence {
            asked[answer.query] = .failed(failure)
        } else {
            asked[answer.query] = .here
        }
        return answer.hasValue && !answer.isLoading
    }

    /// Whether what was found is to be looked for once more, because details came meanwhile.
    mutating func repeatsSearch() -> Bool {
        guard isOutdated, !isSearching else { return false }
        (isOutdated, isSearching) = (false, true)
        return true
    }

    // MARK: Questions

    /// What the marketplace is to be asked once typing rests.
    func queries(_ own: [FoundPlace]) -> [DataQuery] {
        guard isTyped, found.text == text else { return [] }
        let isCode = !text.contains(" ")
        let letters = text.prefix { $0.isASCII && $0.isLetter }.count
        let isNumber = isCode && text.dropFirst(letters).allSatisfy { $0.isASCII && $0.isNumber } && text.count <= 20
        if isNumber, letters == 0 {
            return text.count < 7 || hasExact
                ? []
                : [
                    .subscription(.init(text)), .order(.init(text)),
                    .account(AccountKey(kind: .customer, id: .init(text))), .accounts(.customersWithExternalID(text)),
                ] + (found.hasCatalogue ? [] : [.products(ProductQuery(mpn: text))])
        }
        if isNumber, letters <= 4, text.count >= letters + 4 {
            return hasExact ? [] : [.orders(OrderQuery(number: text.uppercased()))]
        }
        if isCode, text.contains("@") {
            // Who types a beginning goes on typing.
            let isWhole = text.split(separator: "@").last.map { $0.contains(".") } ?? false
            return isWhole && !hasExact
                ? [.accounts(.customersWithEmail(text)), .accounts(.resellersWithEmail(text))] : []
        }
        var requests: [DataQuery] = []
        let hasDigits = text.contains { $0.isNumber }
        if isCode, hasDigits, !found.hasCatalogue, !hasExact {
            requests.append(.products(ProductQuery(mpn: text.uppercased())))
        }
        if isCode, hasDigits, !hasExact { requests.append(.accounts(.customersWithExternalID(text))) }
        // Who types the name of a view or an action means that.
        guard !hasDigits, !rows(own).contains(where: { $0.isOwn && $0.rank <= .beginning }) else { return requests }
        let word = text.split(separator: " ").map(String.init).max { $0.count < $1.count } ?? ""
        guard word.count >= 3 else { return requests }
        let part = Folding.plainPart(of: word)
        if !found.hasAllCustomers { requests.append(.accounts(.customersNamed(part))) }
        if !found.hasCatalogue { requests.append(.products(ProductQuery(name: part))) }
        return requests
    }

    /// The names of all accounts: people are searched by every part and spelling of theirs.
    private static let allNames: [DataQuery] = [.accounts(.customers), .accounts(.resellers)]

    private var hasExact: Bool {
        // What an answer brought does not take its question back.
        found.places.contains { $0.rank == .exact } && asked.isEmpty
    }
}

extension Finder: Overlay {
    var extent: OverlayExtent { .popup }

    mutating func take(_ key: Key, over below: Dashboard) -> [Reaction] { take(key, below.places(isTyped: isTyped)) }

    mutating func receive(_ event: Event, over below: Dashboard) -> [Reaction] {
        let own = below.places(isTyped: isTyped)
        if case .found(let results) = event {
            let reactions = receive(results, own)
            return reactions.isEmpty && repeatsSearch() ? [.effect(.find(text))] : reactions
        }
        return receive(event, own) ? [.effect(.find(text))] : []
    }

    func draw(on canvas: inout Canvas, in bands: Bands, over below: Dashboard) {
        draw(on: &canvas, in: bands.body, below.places(isTyped: isTyped), below.model)
    }

    func hints(_ model: Model, all: Bool) -> [Hint]? {
        [Hint("Enter", "go"), Hint("Up Down", "move"), Hint("Esc", "close")]
    }

    func helpSection(_ model: Model) -> HelpOverlay.Section? { nil }

    func message(over below: Dashboard) -> Notice? {
        let note = note(below.places(isTyped: isTyped), width: below.size.columns)
        // That no answer comes is more than that one is awaited.
        guard note.kind == .info, let wait = wait(below) else { return note }
        return Notice(.warning, "Reading: \(wait.words(now: below.model.now)).")
    }

    private func wait(_ below: Dashboard) -> Waiting? {
        let model = below.model
        let silence = below.reading.waits.longest(of: awaitedQueries(model), withQuestions: false, model)
        return silence ?? names.waiting
    }

    func queries(_ model: Model) -> [DataQuery] { Self.allNames }
    func awaitedQueries(_ model: Model) -> [DataQuery] { Self.allNames + asked.keys }
    var wantsTicks: Bool { names.waiting != nil }
    var hasOwnMessage: Bool { true }
    var reportsReading: Bool { false }
    func position(_ below: String) -> String { "" }
    func settledQueries(over below: Dashboard) -> [DataQuery] { queries(below.places(isTyped: isTyped)) }
    var isAwaiting: Bool { !isFound }
}

extension MarketplaceError {
    /// Whether it says anything but that there is no such thing.
    fileprivate var isNoAbsence: Bool { if case .notFound = self { false } else { true } }
}
