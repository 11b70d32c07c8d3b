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
    /// Ids of what looked the same before; nil when nobody looked.
    var known: [String]?
    /// The equal writes of the journal that the person has seen and meant to repeat; nil when nobody asked the person,
    /// and then only one that is still open holds it back.
    var agreedTwins: Set<String>?
    /// Seconds for the answer.
    var timeout = 180.0
}

/// The only way by which anything is changed at the marketplace.
///
/// Promises:
/// - A read-only profile sends nothing.
/// - The intent is in the journal before the request leaves; when it cannot be written, nothing is sent.
/// - Nothing is sent while an equal write is open, be it of this program or of another with the same journal.
/// - A write that has begun runs to its end, and its outcome is written, even when the caller no longer waits.
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
    }

    /// The right to make a call that changes something. No other code can make one, so none can go round the gate.
    struct Pass: Sendable {
        fileprivate init() {}
    }

    /// For how long an equal write is told before it is repeated, in seconds.
    static let twinWindow = 86_400.0

    /// - Parameters:
    ///   - read: What the answer holds; nil when it is not what was asked for, which leaves the outcome unknown.
    ///   - made: The id of what came to be, for the journal.
    ///   - stale: Makes stale what the write may have changed.
    /// - Throws: `.writeRefused` when nothing was sent, `.outcomeUnknown` when no answer tells; every other error says
    ///   that the marketplace did not take it.
    func send<Made: Sendable>(
        _ write: Write, read: @escaping @Sendable (JSONValue) -> Made?,
        made: @escaping @Sendable (Made) -> String? = { _ in nil }, stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Passage<Made> {
        let call = Call.change(write, by: Pass())
        return try await pass(write, stale: stale) { [connection] () async -> Ending<Made> in
            do throws(MarketplaceError) {
                let (value, correlationID) = try await connection.reply(to: call, read)
                return Ending(.success(value), .taken(id: made(value)), correlationID)
            } catch {
                return Ending(.failure(error), JournalRecord.Outcome(error), error.correlationID)
            }
        }
    }

    /// As above, for an answer that is handed on as it came, whatever its status, with what that means.
    func sendPlain(
        _ write: Write, stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Passage<(Answer, failure: MarketplaceError?)> {
        let call = Call.change(write, by: Pass())
        return try await pass(write, stale: stale) {
            [connection, clock] () async -> Ending<(Answer, failure: MarketplaceError?)> in
            do throws(MarketplaceError) {
                let answer = try await connection.plainAnswer(to: call)
                let failure = answer.isSuccess ? nil : answer.error(for: call, now: clock.now())
                return Ending(
                    .success((answer, failure)),
                    failure.map { JournalRecord.Outcome($0) } ?? .taken(id: answer.json?["id"].filledText),
                    answer.correlationID)
            } catch {
                return Ending(.failure(error), JournalRecord.Outcome(error), error.correlationID)
            }
        }
    }

    private struct Ending<Made: Sendable>: Sendable {
        var result: Result<Made, MarketplaceError>
        var outcome: JournalRecord.Outcome
        var correlationID: String?

        init(_ result: Result<Made, MarketplaceError>, _ outcome: JournalRecord.Outcome, _ correlationID: String?) {
            self.result = result
            self.outcome = outcome
            self.correlationID = correlationID
        }
    }

    /// - Throws: When the profile is read-only.
    func checkMayWrite() throws(MarketplaceError) {
        guard !profile.isReadOnly else {
            throw .writeRefused(reason: "the profile \(profile.name) is read-only.")
        }
    }

    private func pass<Made: Sendable>(
        _ write: Write, stale: @escaping @Sendable () -> Void, _ action: @escaping @Sendable () async -> Ending<Made>
    ) async throws(MarketplaceError) -> Passage<Made> {
        try checkMayWrite()
        try await connection.prepare()
        if Task.isCancelled { throw .cancelled }
        // A task of its own: the caller's cancellation must not leave a sent write without its outcome.
        return try await Task { await passWithJournal(write, stale: stale, action) }.value.get()
    }

    private func passWithJournal<Made: Sendable>(
        _ write: Write, stale: @Sendable () -> Void, _ action: @Sendable () async -> Ending<Made>
    ) async -> Result<Passage<Made>, MarketplaceError> {
        let id = UUID().uuidString
        let intent = connection.secrets.cleaned(JournalRecord.Intent(write, profile))
        let now = clock.now()
        do throws(JournalError) {
            let twin = try await history.begin(JournalRecord(id: id, at: now, event: .intended(intent))) {
                Twin.all(of: intent, in: $0, now: now).last { $0.isOpen || $0.isNew(to: write.agreedTwins) }
            }
            if let twin { return .success(.heldBack(by: twin)) }
        } catch {
            return .failure(.writeRefused(reason: "the journal cannot be written: \(error.reason)."))
        }
        let ending = await action()
        await history.add(
            JournalRecord(
                id: id, at: clock.now(), event: .ended(ending.outcome), correlationID: ending.correlationID))
        stale()
        return ending.result.map { .made($0, entry: id) }
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
            profile: profile.name, place: profile.place, method: write.method.rawValue,
            path: "/" + write.path.joined(separator: "/"), name: write.what, customer: write.customer,
            subscription: write.subscription, poNumber: write.poNumber,
            request: request, changes: write.changes, group: write.group, known: write.known)
        // A request that somebody else wrote is known by its body alone.
        if case .order(let order) = AskedWrite(self) {
            customer = customer ?? order.customer
            subscription = subscription ?? order.subscription
            poNumber = poNumber ?? order.poNumber
        }
    }
}

extension JournalRecord.Outcome {
    /// What became of a write that ended in `error`.
    fileprivate init(_ error: MarketplaceError) {
        if case .outcomeUnknown(_, let reason, _) = error {
            self = .unknown(reason: reason)
        } else {
            self = .refused(reason: error.message)
        }
    }
}
