import FoundationEssentials
import HTTPTypes
import Marketplace

/// A change to ask for.
struct Write: Sendable {
    var method: HTTPRequest.Method
    /// Components below the base URL.
    var path: [String]
    var query: [(name: String, value: String)] = []
    var body: Call.Body?
    /// What it is, as a sentence names it after "the".
    var what: String
    var customer: Account.ID?
    var subscription: Subscription.ID?
    var poNumber: String?
    /// What it changes, one part a line, for the journal.
    var changes: [String] = []
    /// Common to the rows of one bulk run.
    var group: String?
    /// Ids of what was there before; nil when that was not read.
    var existing: [String]?
    /// The day on which the subscription ended before, where the write is to move it.
    var endedOn: CalendarDate?
    /// Of its entry in the journal.
    var entry = UUID().uuidString
    /// The intent that a command kept of its review: the journal takes each once.
    var intentID: String?
    /// The equal writes of the journal that the person has seen and meant to repeat; nil when nobody asked the person,
    /// and then only one that is still open holds it back.
    var agreedTwins: Set<String>?
    /// Seconds for the answer.
    var timeout = 180.0
}

/// The only way by which anything is changed at the marketplace. It logs ahead of the write: the intent is on the disk
/// first, and an intent without an outcome is looked up after a crash.
///
/// Promises:
/// - A read-only profile sends nothing, whenever it became read-only.
/// - The intent is in the journal before the request leaves; when it cannot be written, nothing is sent.
/// - Nothing is sent while an equal write is open, be it of this program or of another with the same journal.
/// - A write that has begun runs to its end, and its outcome is written, even when the caller no longer waits.
/// - *Taken* and *refused* are proven (see ``Sending``); everything else is unknown.
/// - Nothing is sent again before a lookup has found nothing of it.
/// - The reads that it may have changed are made stale however it ends.
struct WriteGate: Sendable {
    let profile: Profile
    let connection: Connection
    let history: WriteHistory
    let clock: any ClientClock

    /// How a write came through the gate.
    enum Passage<Made: Sendable>: Sendable {
        /// With its id in the journal.
        case made(Made, entry: String)
        /// An equal write of the journal speaks against it; nothing was sent.
        case heldBack(by: Twin)
        /// Its intent is in the journal already; nothing was sent.
        case spent
    }

    /// What speaks against a write in the journal, found while no other program can add to it.
    private enum JournalObjection: Sendable {
        case twin(Twin)
        case intentIsSpent
    }

    /// The right to make a call that changes something. No other code can make one, so none can go round the gate.
    struct Pass: Sendable {
        fileprivate init() {}
    }

    /// For how many seconds an earlier equal write is shown before it may be repeated.
    static let twinWindow = 86_400.0

    /// How the gate finds out what answers do not say. Both only read.
    struct Lookups<Made: Sendable>: Sendable {
        /// Looks once for the write of this record among what the journal knows.
        var look: @Sendable (JournalRecord, [JournalRecord]) async -> LookupResult
        /// Reads what a look has found, by its id.
        var read: @Sendable (_ made: String) async -> Made?
    }

    /// - Parameters:
    ///   - read: What the answer holds; nil when it is not what was asked for, which leaves the outcome unknown.
    ///   - stale: Makes stale what the write may have changed.
    /// - Throws: `.writeRefused` when nothing was sent, `.outcomeUnknown` when nothing proves what became of it; every
    ///   other error says that the marketplace did not take it.
    func send<Made: Sendable>(
        _ write: Write, lookups: Lookups<Made>, read: @escaping @Sendable (JSONValue) -> Made?,
        stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Passage<Made> {
        try await pass(write, look: lookups.look, stale: stale) { end async -> Result<Made, MarketplaceError> in
            switch end {
            case .confirmed(let answer, _):
                if let made = answer.json.flatMap(read) { return .success(made) }
                return .failure(write.unknown("The answer is about something else.", answer.correlationID))
            case .found(let answer, let id, let how, _):
                if let id, let made = await lookups.read(id) { return .success(made) }
                return .failure(write.unknown("It was taken: \(how).", answer.correlationID))
            case .refused(_, let error), .notSent(let error): return .failure(error)
            case .unknown(let unknown): return .failure(write.unknown(unknown.reason, unknown.correlationID))
            }
        }
    }

    /// An answer as it came, and what it means for the write.
    struct PlainEnd: Sendable {
        var answer: Answer
        /// Nil when the write was taken.
        var failure: MarketplaceError?
        /// What else is to be said; whole sentences.
        var note: String?
    }

    /// As above, for an answer that is handed on as it came, whatever its status, with what that means.
    func sendPlain(
        _ write: Write, look: @escaping @Sendable (JournalRecord, [JournalRecord]) async -> LookupResult,
        stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Passage<PlainEnd> {
        try await pass(write, look: look, stale: stale) { end async -> Result<PlainEnd, MarketplaceError> in
            switch end {
            case .confirmed(let answer, _): return .success(PlainEnd(answer: answer))
            case .found(let answer, _, let how, let warning):
                let note = "It was taken: \(how)." + (warning.map { " \($0)" } ?? "")
                return .success(PlainEnd(answer: answer, note: note))
            case .refused(let answer, let error): return .success(PlainEnd(answer: answer, failure: error))
            case .notSent(let error): return .failure(error)
            case .unknown(let unknown):
                let error = write.unknown(unknown.reason, unknown.correlationID)
                return unknown.answer.map { .success(PlainEnd(answer: $0, failure: error)) } ?? .failure(error)
            }
        }
    }

    /// - Throws: When the profile is read-only, or may not write now.
    func checkMayWrite() throws(MarketplaceError) {
        if let whyNot { throw .writeRefused(reason: "\(whyNot).") }
    }

    /// Why nothing may be written now; a sentence without its capital and its full stop.
    var whyNot: String? {
        guard profile.isReadOnly else { return connection.refusal() }
        let origin = profile.readOnlyOrigin.map { " (\($0.words))" } ?? ""
        return "the profile \(profile.name) is read-only\(origin)"
    }

    private func pass<Made: Sendable>(
        _ write: Write, look: @escaping @Sendable (JournalRecord, [JournalRecord]) async -> LookupResult,
        stale: @escaping @Sendable () -> Void,
        _ result: @escaping @Sendable (Sending.End) async -> Result<Made, MarketplaceError>
    ) async throws(MarketplaceError) -> Passage<Made> {
        try checkMayWrite()
        try await connection.prepare()
        if Task.isCancelled { throw .cancelled }
        // A task of its own: the caller's cancellation must not leave a sent write without its outcome.
        return try await Task { await passWithJournal(write, look: look, stale: stale, result) }.value.get()
    }

    private func passWithJournal<Made: Sendable>(
        _ write: Write, look: @escaping @Sendable (JournalRecord, [JournalRecord]) async -> LookupResult,
        stale: @Sendable () -> Void, _ result: @Sendable (Sending.End) async -> Result<Made, MarketplaceError>
    ) async -> Result<Passage<Made>, MarketplaceError> {
        let intent = connection.secrets.cleaned(JournalRecord.Intent(write, profile))
        let now = clock.now()
        let begun = JournalRecord(
            id: write.entry, at: now, event: .intended(intent), secondsAhead: connection.secondsAhead)
        do throws(JournalError) {
            let objection = try await history.begin(begun) { records -> JournalObjection? in
                if let id = intent.intentID, records.contains(where: { $0.intent?.intentID == id }) {
                    return .intentIsSpent
                }
                let twins = Twin.all(of: intent, in: records, now: now)
                return twins.last { $0.isOpen || $0.isNew(to: write.agreedTwins) }.map { .twin($0) }
            }
            switch objection {
            case .twin(let twin): return .success(.heldBack(by: twin))
            case .intentIsSpent: return .success(.spent)
            case nil: break
            }
        } catch {
            return .failure(.writeRefused(reason: "the journal cannot be written: \(error.reason)."))
        }
        let end = await send(write, intent, begun, look)
        for record in records(of: end, begun) { await history.add(record) }
        stale()
        return await result(end).map { .made($0, entry: begun.id) }
    }

    private func send(
        _ write: Write, _ intent: JournalRecord.Intent, _ begun: JournalRecord,
        _ look: @escaping @Sendable (JournalRecord, [JournalRecord]) async -> LookupResult
    ) async -> Sending.End {
        let asked = AskedWrite(intent)
        let records = (try? await history.records()) ?? []
        let sought = Sought(intent, begun, among: records)
        let sending = Sending(
            connection: connection, clock: clock, call: Call.change(write, by: Pass()),
            confirmation: { asked.confirmation(by: $0, path: write.path, sought) },
            look: { [history] in
                guard let records = try? await history.records() else {
                    return .unclear(reason: "It could not be looked up, because the journal cannot be read.")
                }
                return await look(begun, records)
            })
        return await sending.run()
    }

    /// What the journal says of the end.
    private func records(of end: Sending.End, _ begun: JournalRecord) -> [JournalRecord] {
        func record(
            _ outcome: JournalRecord.Outcome, _ correlationID: String?, settledBy: String? = nil,
            isAccepted: Bool = false
        ) -> JournalRecord {
            JournalRecord(
                id: begun.id, at: clock.now(), event: .ended(outcome), correlationID: correlationID,
                settledBy: settledBy, secondsAhead: connection.secondsAhead, isAccepted: isAccepted)
        }
        switch end {
        case .confirmed(let answer, let made): return [record(.taken(id: made), answer.correlationID)]
        case .found(let answer, let made, let how, let warning):
            return [record(.taken(id: made), answer.correlationID, settledBy: how)]
                + (warning.map { [JournalRecord(id: begun.id, at: clock.now(), event: .noticed($0))] } ?? [])
        case .refused(let answer, let error): return [record(.refused(reason: error.message), answer.correlationID)]
        case .notSent(let error): return [record(.refused(reason: error.message), error.correlationID)]
        case .unknown(let unknown):
            return [
                record(.unknown(reason: unknown.reason), unknown.correlationID, isAccepted: unknown.isAccepted)
            ]
        }
    }
}

extension Write {
    fileprivate func unknown(_ reason: String, _ correlationID: String?) -> MarketplaceError {
        .outcomeUnknown(of: what, reason: reason, correlationID: correlationID)
    }
}

extension JournalRecord.Intent {
    init(_ write: Write, _ profile: Profile) {
        let request =
            switch write.body {
            case nil: ""
            case .json(let json): json.withoutSecrets.encoded
            case .raw(let bytes):
                (try? JSONValue(parsing: bytes))?.withoutSecrets.encoded ?? "\(bytes.count) bytes that are no JSON"
            }
        self.init(
            profile: profile.name, place: profile.owner.place, user: profile.user, method: write.method.rawValue,
            path: "/" + write.path.joined(separator: "/"), name: write.what, customer: write.customer,
            subscription: write.subscription, poNumber: write.poNumber,
            request: request, changes: write.changes, group: write.group, existing: write.existing,
            endedOn: write.endedOn, intentID: write.intentID)
        // A request that another program wrote is recognised by its body alone.
        if case .order(let order) = AskedWrite(self) {
            customer = customer ?? order.customer
            subscription = subscription ?? order.subscription
            poNumber = poNumber ?? order.poNumber
        }
    }
}
