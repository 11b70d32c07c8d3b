import FoundationEssentials
import Marketplace
import MarketplaceClient
import Synchronization

/// One command that writes, from its words to its exit. Only `--yes` in the words makes anything leave this machine.
struct WriteRun: Sendable {
    let command: WriteCommand
    let session: WriteSession
    let format: OutputFormat
    let expectation: Expectation
    /// Of the entry in the journal, should it be sent.
    let entry = JournalEntry.ID(UUID().uuidString)
    private let mark = SendingMark()

    var client: Client { session.client }
    var arguments: ParsedArguments { session.arguments }
    private var sends: Bool { arguments.has("yes") }

    // MARK: Beginning

    static func perform(_ command: WriteCommand, _ arguments: ParsedArguments) throws {
        do {
            try begin(command, arguments)
        } catch var error as CommandError {
            error.outcome = error.outcome ?? .notSent
            throw error
        }
    }

    private static func begin(_ command: WriteCommand, _ arguments: ParsedArguments) throws {
        let format = try OutputFormat(arguments)
        let expectation = try Expectation(arguments, taking: command.expects)
        try check(command, arguments, expectation)
        let notes = Notes(isQuiet: arguments.has("quiet") || arguments.has("json"))
        let session = try WriteSession(arguments, notes)
        let run = WriteRun(command: command, session: session, format: format, expectation: expectation)
        let error = WriteInterruption.run(run) {
            await session.client.reportingWaits(
                { session.read.report($0, isSent: run.mark.isSending) },
                of: { () async -> (any Error)? in
                    do {
                        try await run.run()
                        return nil
                    } catch {
                        return error
                    }
                })
        }
        notes.clear()
        switch error {
        case nil: return
        case is CancellationError: throw stopped
        case let error as MarketplaceError where error == .cancelled: throw stopped
        case let error as MarketplaceError: throw CommandError(error, list: "souk \(command.path[0]) list")
        case let error?: throw error
        }
    }

    private static var stopped: CommandError { CommandError(.cancelled, "stopped; nothing was sent.") }

    /// Refuses words that cannot lead to anything, before anything is asked.
    private static func check(
        _ command: WriteCommand, _ arguments: ParsedArguments, _ expectation: Expectation
    ) throws(CommandError) {
        let hasIntent = arguments.has("intent")
        if hasIntent, !expectation.isEmpty {
            throw CommandError(
                .usage, "--intent and --expect contradict each other.",
                hint: "An intent says itself what was seen. Leave one out.")
        }
        guard arguments.has("yes"), !hasIntent else { return }
        let missing = expectation.missing(command.expects)
        guard command.expects.isEmpty || !missing.isEmpty else { return }
        let keys = missing.map { $0 == .total ? "--expect-total MONEY" : "--expect \($0.rawValue)=…" }
        throw CommandError(
            .needsExpectation, "Not sent: --yes needs what was seen.",
            hint: command.expects.isEmpty
                ? "Run the command without --yes, read the review, and send it with the intent that it names."
                : "Give \(keys.joined(separator: " and ")), or run it without --yes and give the --intent that it names.",
            details: ["expects": .texts(command.expects.map(\.rawValue))])
    }

    func run() async throws {
        if sends, let reason = session.readOnly { throw CommandError(.readOnly, "Not sent: \(reason).") }
        if let text = arguments.value("intent") { return try await runIntent(text) }
        try await client.signIn()
        let number = PONumbers().number(0, at: session.clock.now())
        let intent = try await command.intent(session, number)
        if sends { return try await send(intent, nil) { expectation.differences(from: $0) } }
        let run = try await client.dryRun(intent)
        try await show(run, differences: [], stored: nil)
        if let error = refusal(run) { throw error }
    }

    // MARK: Intents

    private func runIntent(_ text: String) async throws {
        guard let id = IntentStore.id(text) else {
            throw CommandError(.badValue, "'\(text)' is no intent.", hint: "An intent looks like 7K3Q-9M2D.")
        }
        // What was sent answers from the journal, however old it is.
        if let entry = try await journalEntry(of: id) { return try await answer(entry, id) }
        let stored = try intent(id)
        let write = try write(of: stored)
        try await client.signIn()
        guard sends else {
            let run = try await client.dryRun(write)
            try await show(run, differences: run.differences(since: stored.seen), stored: stored)
            if let error = refusal(run) { throw error }
            return
        }
        try await send(write, stored) { $0.differences(since: stored.seen) }
    }

    /// What an intent writes, with the password that is not stored.
    private func write(of stored: StoredIntent) throws(CommandError) -> WriteIntent {
        guard let email = stored.passwordOf else { return stored.write }
        guard let password = try ContactWords.password(arguments) else {
            throw CommandError(
                .needsExpectation, "Not sent: the intent \(stored.id) sets a password, which is not stored.",
                hint: "Give --password-file again.")
        }
        return stored.write.with(password, of: email)
    }

    private func intent(_ id: String) throws(CommandError) -> StoredIntent {
        guard let stored = try session.intents?.intent(id) else {
            throw CommandError(
                .intentExpired, "Not sent: there is no intent \(id) on this machine.",
                hint: "Intents are kept for a day, and only where they were made. Make a new review.")
        }
        let owner = session.profile.owner
        guard stored.address == owner.address, stored.marketplace == owner.marketplace, stored.user == owner.user,
            stored.profile == session.profile.name
        else {
            throw CommandError(
                .intentForeign,
                "Not sent: the intent \(id) was made by \(stored.user) with the profile \(stored.profile) at "
                    + "\(stored.address) \(stored.marketplace).",
                hint: "Use that profile, or make a new review.")
        }
        guard stored.act == command.path else {
            throw CommandError(
                .usage, "the intent \(id) is for souk \(stored.act.joined(separator: " ")).",
                hint: "Write that in the place of \(command.name).")
        }
        for (name, values) in typedWords where stored.words[name] != values {
            let given = values.joined(separator: " ")
            throw CommandError(
                .badValue, "Not sent: the intent \(id) is for something else than \(name) \(given).",
                hint: "Leave the words beside --intent out, or make a new review.")
        }
        guard stored.isValid(at: session.clock.now()) else {
            throw CommandError(
                .intentExpired, "Not sent: the intent \(id) ended on \(stored.expiresAt.spoken) UTC.",
                hint: "Make a new review, and read it: what it showed may have changed.")
        }
        return stored
    }

    /// What was typed of the write itself.
    private var typedWords: [String: [String]] {
        var words: [String: [String]] = [:]
        for option in command.options where option.name != "password-file" && arguments.has(option.name) {
            words[option.name] = arguments.all(option.name)
        }
        if !arguments.positionals.isEmpty { words["arguments"] = arguments.positionals }
        return words
    }

    private func journalEntry(of intent: String) async throws -> JournalEntry? {
        do throws(JournalError) {
            return try await client.journalEntries().first { $0.intent == intent && $0.sender.isOwn }
        } catch {
            throw CommandError(.journalUnusable, "Not sent: the journal cannot be read: \(error.reason).")
        }
    }

    // MARK: Sending

    /// - Parameter differences: What is not as it was seen, in sentences.
    private func send(
        _ intent: WriteIntent, _ stored: StoredIntent?, unless differences: @escaping @Sendable (DryRun) -> [String]
    ) async throws {
        let seen = Mutex<(run: DryRun, error: CommandError?, differences: [String])?>(nil)
        let ending = await client.send(intent, entry: entry, intentID: stored?.id) { run in
            let sentences = differences(run)
            let error = refusal(run) ?? moved(sentences) ?? unagreed(run)
            seen.withLock { $0 = (run, error, sentences) }
            mark.isSending = error == nil
            return error.map { [$0.message] } ?? []
        }
        let last = seen.withLock { $0 }
        switch ending {
        case .done(let result):
            // The embedded marketplace's journal ends with this process, so that nothing else would remember it.
            if session.isEmbedded, let stored { session.intents?.drop(stored.id) }
            try await finish(result, last?.run, stored)
        case .movedOn(let run, let sentences):
            if let id = stored?.id, let entry = try await journalEntry(of: id) { return try await answer(entry, id) }
            let error = last?.error ?? moved(sentences)
            // What is new to the person is a new review, with an intent of its own.
            let isNew = error?.code == .changed
            try await show(run, differences: last?.differences ?? [], stored: isNew ? nil : stored)
            throw error ?? CommandError(.changed, "Not sent.")
        case .failed(let error):
            if case .writeRefused = error, let id = stored?.id, let entry = try await journalEntry(of: id) {
                return try await answer(entry, id)
            }
            throw await failure(error, of: intent)
        }
    }

    private func failure(_ error: MarketplaceError, of intent: WriteIntent) async -> CommandError {
        let written = (try? await client.journalEntries())?.first { $0.id == entry }
        var result = CommandError(error)
        switch error {
        case .outcomeUnknown(let what, let reason, let id):
            result = Self.unknown(what, reason: reason, entry)
            result.correlationID = id
        case .writeRefused(let reason):
            result = CommandError(
                reason.hasPrefix("the journal") ? .journalUnusable : .readOnly, "Not sent: \(reason)")
        case .cancelled: result = Self.stopped
        default: break
        }
        switch (error, written?.outcome) {
        case (.outcomeUnknown, _), (_, .unknown): result.outcome = .unknown
        case (_, .refused): result.outcome = .refused
        case (_, .taken): result.outcome = .taken
        case (_, .sending), (_, nil): result.outcome = .notSent
        }
        return result
    }

    static func unknown(_ what: String, reason: String, _ entry: JournalEntry.ID) -> CommandError {
        let short = entry.rawValue.prefix(8)
        var error = CommandError(
            .outcomeUnknown,
            "Not confirmed: the \(what). \(reason) It may or may not have been taken. Do not send it again: "
                + "souk journal settle \(short) looks it up.",
            details: ["entry": .text(entry.rawValue)])
        error.outcome = .unknown
        return error
    }

    // MARK: Review

    /// Prints the review, and keeps its intent where it could be sent.
    /// - Parameter stored: The intent that it is a review of.
    private func show(_ run: DryRun, differences: [String], stored: StoredIntent?) async throws {
        session.read.notes.clear()
        var stored = stored
        if stored == nil, run.refusal == nil { stored = keep(run) }
        let review = Review(
            run: run, customer: await customer(of: run), differences: differences, intent: stored, command: command,
            session: session)
        if case .json(let isIndented) = format {
            let json = ReviewJSON.json(review)
            return try printOutput(isIndented ? json.indented : json.line)
        }
        try printOutput(ReviewText.lines(review).joined(separator: "\n"))
        guard run.refusal == nil, let stored else { return }
        let words = review.next.map(ShellWord.quoted).joined(separator: " ")
        session.read.notes.note("To send it before \(stored.expiresAt.utcTime.prefix(5)) UTC:  \(words)")
    }

    private func keep(_ run: DryRun) -> StoredIntent? {
        guard let store = session.intents else {
            session.read.notes.note("souk: no intent is kept: \(StatePlace.missing).")
            return nil
        }
        if run.intent.holdsSecret {
            session.read.notes.note(
                "souk: no intent is kept, because it would hold a secret. Send it with --expect in its place.")
            return nil
        }
        let now = session.clock.now()
        let owner = session.profile.owner
        let intent = StoredIntent(
            id: IntentStore.newID(), act: command.path, words: typedWords, write: run.intent.withoutParameters,
            seen: run.compared, madeAt: now, expiresAt: now.adding(seconds: StoredIntent.secondsValid),
            address: owner.address, marketplace: owner.marketplace, user: owner.user, profile: session.profile.name,
            passwordOf: run.intent.passwordOf)
        do throws(CommandError) {
            try store.keep(intent)
            return intent
        } catch {
            session.read.notes.note("souk: \(error.sentences)")
            return nil
        }
    }

    /// The customer or account that it is for, with its name and state; nil where it cannot be read, or is still to come.
    func customer(of run: DryRun) async -> Account? {
        if let account = run.account { return account }
        if case .edit(let account, _) = run.intent { return account }
        guard let id = run.intent.customer, session.read.readsNames else { return nil }
        return try? await client.accounts.value(for: AccountKey(kind: .customer, id: id))
    }

    // MARK: Results

    private func finish(_ result: WriteResult, _ run: DryRun?, _ stored: StoredIntent?) async throws {
        let written = (try? await client.journalEntries())?.first { $0.id == entry }
        let name: Account?
        if let run { name = await customer(of: run) } else { name = nil }
        try await WriteOutput(run: self, entry: written, intent: stored?.id).taken(result, run, name)
    }

    /// What became of an intent that was sent before.
    private func answer(_ entry: JournalEntry, _ id: String) async throws {
        var latest = entry
        // Another process is sending it just now.
        var waited = 0.0
        while case .sending = latest.outcome, waited < 200 {
            try await session.clock.sleep(seconds: 0.25)
            waited += 0.25
            latest = try await journalEntry(of: id) ?? latest
        }
        if latest.outcome.isUnknown {
            await client.look(for: latest.id)
            latest = try await journalEntry(of: id) ?? latest
        }
        switch latest.outcome {
        case .taken: try await WriteOutput(run: self, entry: latest, intent: id).repeated(latest)
        case .refused(let reason):
            throw CommandError(
                .intentSpent,
                "Not sent: the intent \(id) was sent at \(latest.at.utcTime.prefix(5)) UTC and not taken. \(reason)",
                hint: "Make a new review.", details: ["entry": .text(latest.id.rawValue)])
        case .unknown(let reason): throw Self.unknown(latest.name, reason: reason, latest.id)
        case .sending: throw Self.unknown(latest.name, reason: "Another souk is still sending it.", latest.id)
        }
    }
}

/// Whether the request of a write may have left.
private final class SendingMark: Sendable {
    private let flag = Mutex(false)

    var isSending: Bool {
        get { flag.withLock { $0 } }
        set { flag.withLock { $0 = newValue } }
    }
}

/// A word as a shell takes it literally.
enum ShellWord {
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || "-_./:=@+,".utf8.contains(byte)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
