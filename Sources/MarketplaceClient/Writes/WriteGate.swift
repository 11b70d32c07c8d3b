import FoundationEssentials
import HTTPTypes
import Marketplace

/// A change to ask for.
struct Write: Sendable {
    var method: HTTPRequest.Method
    /// Components below the base URL.
    var path: [String]
    var body: JSONValue
    /// What it is, as a sentence names it.
    var what: String
    var customer: Account.ID?
    var poNumber: String?
    /// Seconds for the answer.
    var timeout: Double
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
        _ write: Write, read: @escaping @Sendable (JSONValue) -> Made?, made: @escaping @Sendable (Made) -> String?,
        stale: @escaping @Sendable () async -> Void
    ) async throws(MarketplaceError) -> Made {
        guard !profile.isReadOnly else {
            throw .writeRefused(reason: "the profile \(profile.name) is read-only.")
        }
        try await connection.prepare()
        if Task.isCancelled { throw .cancelled }
        // A task of its own: the caller's cancellation must not leave a sent write without its outcome.
        return try await Task { await enter(write, read: read, made: made, stale: stale) }.value.get()
    }

    private func enter<Made: Sendable>(
        _ write: Write, read: @escaping @Sendable (JSONValue) -> Made?, made: @Sendable (Made) -> String?,
        stale: @Sendable () async -> Void
    ) async -> Result<Made, MarketplaceError> {
        let id = UUID().uuidString
        do throws(JournalError) {
            let intent = JournalRecord.Intent(
                profile: profile.name, method: write.method.rawValue, path: "/" + write.path.joined(separator: "/"),
                customer: write.customer, poNumber: write.poNumber, request: write.body.withoutSecrets.encoded)
            try await journal.append(JournalRecord(id: id, at: clock.now(), event: .intended(intent)))
        } catch {
            return .failure(.writeRefused(reason: "the journal cannot be written: \(error.reason)."))
        }

        let result: Result<Made, MarketplaceError>
        let outcome: JournalRecord.Outcome
        do throws(MarketplaceError) {
            let value = try await connection.value(for: .change(write), read)
            result = .success(value)
            outcome = .taken(id: made(value))
        } catch {
            result = .failure(error)
            if case .outcomeUnknown(let reason, let correlationID) = error {
                outcome = .unknown(reason: reason, correlationID: correlationID)
            } else {
                outcome = .refused(reason: error.message)
            }
        }
        // An outcome that cannot be written leaves the intent unsettled: it will be looked up, which does no harm.
        try? await journal.append(JournalRecord(id: id, at: clock.now(), event: .ended(outcome)))
        await stale()
        return result
    }
}

extension Call {
    /// Here and private, so that no other code can make a call that changes something.
    fileprivate static func change(_ write: Write) -> Call {
        Call(
            method: write.method, path: write.path, body: write.body, effect: .change, timeout: write.timeout,
            what: write.what)
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
