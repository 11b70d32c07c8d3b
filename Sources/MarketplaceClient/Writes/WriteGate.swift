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
    var poNumber: String?
    /// Seconds for the answer.
    var timeout = 180.0
}

/// The only way by which anything is changed at the marketplace.
///
/// Promises:
/// - A read-only profile sends nothing.
/// - The intent is in the journal before the request leaves; when it cannot be written, nothing is sent.
/// - A write that has begun runs to its end, and its outcome is written, even when the caller no longer waits.
/// - The reads that it may have changed are made stale however it ends.
struct WriteGate: Sendable {
    let profile: Profile
    let connection: Connection
    let journal: any Journal
    let clock: any ClientClock

    /// - Parameters:
    ///   - read: What the answer holds; nil when it is not what was asked for, which leaves the outcome unknown.
    ///   - made: The id of what came to be, for the journal.
    ///   - stale: Makes stale what the write may have changed.
    /// - Throws: `.writeRefused` when nothing was sent, `.outcomeUnknown` when no answer tells; every other error says
    ///   that the marketplace did not take it.
    func send<Made: Sendable>(
        _ write: Write, read: @escaping @Sendable (JSONValue) -> Made?,
        made: @escaping @Sendable (Made) -> String? = { _ in nil }, stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Made {
        let call = Call.change(write)
        return try await pass(write, stale: stale) { [connection] () async -> Ending<Made> in
            do throws(MarketplaceError) {
                let value = try await connection.value(for: call, read)
                return (.success(value), .taken(id: made(value)))
            } catch {
                return (.failure(error), JournalRecord.Outcome(error))
            }
        }
    }

    /// As above, for an answer that is handed on as it came, whatever its status.
    func sendPlain(
        _ write: Write, stale: @escaping @Sendable () -> Void
    ) async throws(MarketplaceError) -> Answer {
        let call = Call.change(write)
        return try await pass(write, stale: stale) { [connection, clock] () async -> Ending<Answer> in
            do throws(MarketplaceError) {
                let answer = try await connection.plainAnswer(to: call)
                let outcome: JournalRecord.Outcome =
                    answer.isSuccess
                    ? .taken(id: answer.json?["id"].filledText)
                    : JournalRecord.Outcome(answer.error(for: call, now: clock.now()))
                return (.success(answer), outcome)
            } catch {
                return (.failure(error), JournalRecord.Outcome(error))
            }
        }
    }

    private typealias Ending<Made> = (result: Result<Made, MarketplaceError>, outcome: JournalRecord.Outcome)

    private func pass<Made: Sendable>(
        _ write: Write, stale: @escaping @Sendable () -> Void, _ action: @escaping @Sendable () async -> Ending<Made>
    ) async throws(MarketplaceError) -> Made {
        guard !profile.isReadOnly else {
            throw .writeRefused(reason: "the profile \(profile.name) is read-only.")
        }
        try await connection.prepare()
        if Task.isCancelled { throw .cancelled }
        // A task of its own: the caller's cancellation must not leave a sent write without its outcome.
        return try await Task {
            let id = UUID().uuidString
            do throws(JournalError) {
                try await journal.append(JournalRecord(id: id, at: clock.now(), event: .intended(intent(of: write))))
            } catch {
                return Result<Made, MarketplaceError>.failure(
                    .writeRefused(reason: "the journal cannot be written: \(error.reason)."))
            }
            let ending = await action()
            // An outcome that cannot be written leaves the intent unsettled: it will be looked up, which does no harm.
            try? await journal.append(JournalRecord(id: id, at: clock.now(), event: .ended(ending.outcome)))
            stale()
            return ending.result
        }.value.get()
    }

    private func intent(of write: Write) -> JournalRecord.Intent {
        let request =
            switch write.body {
            case nil: ""
            case .json(let json): json.withoutSecrets.encoded
            case .raw(let bytes):
                (try? JSONValue(parsing: bytes))?.withoutSecrets.encoded ?? "\(bytes.count) bytes that are no JSON"
            }
        return JournalRecord.Intent(
            profile: profile.name, method: write.method.rawValue, path: "/" + write.path.joined(separator: "/"),
            customer: write.customer, poNumber: write.poNumber, request: request)
    }
}

extension JournalRecord.Outcome {
    /// What became of a write that ended in `error`.
    fileprivate init(_ error: MarketplaceError) {
        if case .outcomeUnknown(let reason, let correlationID) = error {
            self = .unknown(reason: reason, correlationID: correlationID)
        } else {
            self = .refused(reason: error.message)
        }
    }
}

extension Call {
    /// Here and private, so that no other code can make a call that changes something.
    fileprivate static func change(_ write: Write) -> Call {
        Call(
            method: write.method, path: write.path, query: write.query, body: write.body, effect: .change,
            timeout: write.timeout, what: write.what)
    }
}

extension JSONValue {
    /// The same with the value of every member called `password` replaced.
    fileprivate var withoutSecrets: JSONValue {
        switch self {
        case .object(let members):
            .object(
                members.map { member in
                    let isSecret = member.name.lowercased().contains("password")
                    return Member(name: member.name, value: isSecret ? .string("•••") : member.value.withoutSecrets)
                })
        case .array(let elements): .array(elements.map(\.withoutSecrets))
        default: self
        }
    }
}
