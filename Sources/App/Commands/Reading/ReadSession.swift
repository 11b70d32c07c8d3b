import Dispatch
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// What a command that reads works with: its client, its options, and the calls that it may make.
final class ReadSession: Sendable {
    let client: Client
    let arguments: ParsedArguments
    let clock: any ClientClock
    let notes: Notes
    /// Calls after which nothing more is read.
    let mostCalls: Int
    let readsNames: Bool

    init(
        client: Client, clock: any ClientClock, arguments: ParsedArguments, notes: Notes
    ) throws(CommandError) {
        self.client = client
        self.clock = clock
        self.arguments = arguments
        self.notes = notes
        mostCalls =
            try arguments.value("max-calls").map { text throws(CommandError) in
                try TypedValue.count(text, option: "--max-calls")
            } ?? 300
        readsNames = !arguments.has("no-names")
    }

    var today: CalendarDate { clock.now().utcDate }
    /// Calls made so far, the sign-in among them.
    var calls: Int { client.budget().sent }

    /// Says what a call waits for.
    /// - Parameter isSent: Whether it is an answer to what was sent already.
    func report(_ waiting: Waiting?, isSent: Bool = false) {
        guard let waiting else { return notes.clear() }
        let now = clock.now()
        let words =
            waiting.reason == .silence
            ? "no answer for \(spokenDuration(seconds: now.seconds(since: waiting.until)))" : waiting.words(now: now)
        notes.progress(words + (isSent ? "; the journal keeps what becomes of it." : "; ^C stops."))
    }

    // MARK: What it costs

    /// Refuses to go on when more calls are needed than may be made.
    /// - Parameters:
    ///   - more: Calls that are still needed.
    ///   - what: What needs them, before "need".
    func allow(_ more: Int, for what: String) throws(CommandError) {
        let needed = calls + more
        guard needed > mostCalls else { return }
        let round = (needed + 9) / 10 * 10
        let count = Decimal(more).grouped(fractionDigits: 0)
        throw CommandError(
            .callsExceeded, "\(what) need \(count) call\(more == 1 ? "" : "s")\(duration(of: more)).",
            hint: "Allow it with --max-calls \(round).",
            details: ["calls": .number(needed), "maxCalls": .number(mostCalls)])
    }

    /// `, about 25 min at 60 a minute`; nothing where calls are not limited.
    func duration(of calls: Int) -> String {
        guard let perMinute = client.budget().perMinute, perMinute > 0 else { return "" }
        let seconds = Double(calls) / Double(perMinute) * 60
        return ", about \(spokenDuration(seconds: max(1, seconds))) at \(perMinute) a minute"
    }

    // MARK: Lists

    /// All rows of a list that is expected to be short.
    /// - Parameters:
    ///   - wanted: Ends the reading with the first such row, which alone is the answer.
    ///   - what: What needs its pages, in a sentence, when there are too many.
    func rows<Row>(
        of list: RowList<Row>, until wanted: ((Row) -> Bool)? = nil, for what: String = "the pages of this list"
    ) async throws -> [Row] {
        var pages = client.pages(of: list, limit: wanted == nil ? nil : 500)
        var rows: [Row] = []
        var isFirst = true
        while let page = try await pages.next() {
            if let row = wanted.flatMap({ page.rows.first(where: $0) }) { return [row] }
            if wanted == nil { rows += page.rows }
            if isFirst, !page.isLast { try allow(pagesLeft(page, size: 500), for: what) }
            isFirst = false
        }
        return rows
    }

    /// Pages of 500 rows that come after this first one, as far as the marketplace says.
    func pagesLeft<Row>(_ page: RowPage<Row>, size: Int) -> Int {
        guard !page.isLast, let total = page.total else { return 0 }
        return max(0, (total - page.rows.count - page.strangers.count - page.problems.count + size - 1) / size)
    }

    /// The names of accounts, without anything else of them.
    func names(of kind: Account.Kind) async throws -> [Account] {
        let list = RowList<Account>.accounts(kind == .customer ? .customers : .resellers)
        return try await rows(of: list, for: "the names of \(kind.wire)s (--no-names does without)").map { account in
            Account(
                id: account.id, kind: kind, name: account.name, status: account.status,
                vendorAccount: account.vendorAccount)
        }
    }

    // MARK: Names

    /// The id that a person gave for something that has no name to be found by.
    func id(_ text: String, of words: NounWords) throws(CommandError) -> String {
        if case .id(let id) = Identity(text) { return id }
        throw CommandError(
            .badValue, "'\(text)' is no id of a \(words.singular).",
            hint: "Ids are digits; souk \(words.plural) list shows them. Any other id is written as id:\(text).")
    }

    /// The one account that a person means.
    /// - Parameters:
    ///   - inFull: Whether it is needed with its details; by its id it is read in any case, for its name.
    ///   - isWhole: Whether a name counts only as a whole, apart from case and accents: for what is to be changed.
    func account(
        _ text: String, of kinds: [Account.Kind], inFull: Bool = false, isWhole: Bool = false
    ) async throws -> Account {
        switch Identity(text) {
        case .id(let id): return try await account(id: id, of: kinds)
        case .name(let name):
            let part = Self.part(toAskFor: name)
            let found = try await found(kinds) { $0 == .customer ? .customersNamed(part) : .resellersNamed(part) }
            let matching = isWhole ? NameMatch.whole(of: found, name) : NameMatch.best(of: found, name)
            return try await only(matching, text, kinds, inFull, isWhole: isWhole)
        case .email(let email):
            let found = try await found(kinds) {
                $0 == .customer ? .customersWithEmail(email) : .resellersWithEmail(email)
            }
            return try await only(found, text, kinds, inFull)
        case .externalID(let id):
            let found = try await found(kinds) {
                $0 == .customer ? .customersWithExternalID(id) : .resellersWithExternalID(id)
            }
            return try await only(found, text, kinds, inFull)
        case .number, .poNumber:
            throw CommandError(.badValue, "'\(text)' names no account.", hint: "Give its id or its name.")
        }
    }

    private func account(id: String, of kinds: [Account.Kind]) async throws -> Account {
        for kind in kinds.dropLast() {
            do throws(MarketplaceError) {
                return try await client.accounts.value(for: AccountKey(kind: kind, id: .init(id)))
            } catch {
                guard case .notFound = error else { throw error }
            }
        }
        return try await client.accounts.value(for: AccountKey(kind: kinds.last ?? .customer, id: .init(id)))
    }

    private func found(_ kinds: [Account.Kind], _ query: (Account.Kind) -> AccountQuery) async throws -> [Account] {
        var all: [Account] = []
        for kind in kinds { all += try await rows(of: .accounts(query(kind))) }
        return all
    }

    private func only(
        _ found: [Account], _ text: String, _ kinds: [Account.Kind], _ inFull: Bool, isWhole: Bool = false
    ) async throws -> Account {
        let singular = kinds.count == 1 ? kinds[0].wire : "account"
        guard let first = found.first else {
            throw CommandError(
                .notFound,
                isWhole ? "no \(singular) has the whole name '\(text)'." : "no \(singular) matches '\(text)'.",
                hint: (isWhole ? "What changes something takes no part of a name. " : "")
                    + "souk \(singular)s list shows those you may see.")
        }
        guard found.count == 1 else {
            let shown = found.prefix(10)
            let rest = found.count > shown.count ? ["and \(found.count - shown.count) more"] : []
            throw CommandError(
                .ambiguous, "\(found.count) \(singular)s match '\(text)'.", hint: "Give the id.",
                lines: shown.map { "\($0.id)  \($0.name), \($0.status.word)" } + rest,
                details: [
                    "candidates": .list(shown.map { ["id": .text($0.id.rawValue), "name": .text($0.name)] }),
                    "count": .number(found.count),
                ])
        }
        guard inFull else { return first }
        return try await client.accounts.value(for: AccountKey(kind: first.kind, id: first.id))
    }

    /// What the marketplace is asked for: it may know one spelling only, so letters with several are left out.
    static func part(toAskFor name: String) -> String {
        let parts = name.split(separator: " ").map { Folding.plainPart(of: String($0)) }
        return parts.max { $0.count < $1.count } ?? name
    }
}

/// Accounts by a part of their names: the whole name first, then whole words, then parts.
enum NameMatch {
    static func best(of accounts: [Account], _ text: String) -> [Account] {
        let wanted = Folding.folded(text)
        let matching = accounts.filter { Folding.text($0.name, holds: text) }
        let exact = whole(of: matching, text)
        if !exact.isEmpty { return exact }
        let words = matching.filter { account in lines(account.name).contains { holdsWords($0, wanted) } }
        return words.isEmpty ? matching : words
    }

    /// Those that have the name and nothing besides, apart from case and accents.
    static func whole(of accounts: [Account], _ text: String) -> [Account] {
        let wanted = Folding.folded(text)
        return accounts.filter { account in lines(account.name).contains { $0.elementsEqual(wanted) } }
    }

    private static func lines(_ name: String) -> [ArraySlice<UInt8>] {
        Folding.searchable(name).split(separator: Folding.lineEnd)
    }

    /// Whether the words stand there with nothing but spaces and signs around them.
    private static func holdsWords(_ line: ArraySlice<UInt8>, _ words: [UInt8]) -> Bool {
        guard !words.isEmpty, line.count >= words.count else { return false }
        return (line.startIndex...line.endIndex - words.count).contains { start in
            let end = start + words.count
            return line[start..<end].elementsEqual(words) && (start == line.startIndex || !isLetter(line[start - 1]))
                && (end == line.endIndex || !isLetter(line[end]))
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (97...122).contains(byte) || (48...57).contains(byte)
    }
}
