import HTTPTypes
import Marketplace
import Synchronization

/// Sends a call that may leave to one marketplace, notes it in the log, and reports to the pacer what came of it.
struct HTTPSender: Sendable {
    let baseURL: String
    let transport: any Transport
    let clock: any ClientClock
    let pacer: Pacer
    let log: RequestLog
    let secrets: UsedSecrets
    let serverClock = ServerClock()

    /// - Parameter pause: Seconds to leave the marketplace alone after a refusal, given what it asked for.
    func exchange(
        _ call: Call, _ credentials: HTTPFields, _ permit: Pacer.Permit, pause: (_ retryAfter: Double?) -> Double
    ) async throws(MarketplaceError) -> Answer {
        var outcome = Pacer.Outcome.lost
        defer { pacer.finished(permit, outcome) }
        let base = try BaseURL(baseURL)
        var request = HTTPRequest(
            method: call.method, scheme: base.scheme, authority: base.authority, path: base.target(of: call),
            headerFields: credentials)
        request.headerFields[.accept] = "application/json"
        if call.body != nil { request.headerFields[.contentType] = "application/json" }
        let answer = try await send(request, call, host: base.authority, waited: permit.waited)
        switch answer.status {
        case 429: outcome = .refused(pauseFor: pause(answer.retryAfter(now: clock.now())))
        case 403 where answer.isQuotaUsedUp:
            outcome = .usedUp(pauseFor: answer.retryAfter(now: clock.now()) ?? 3600)
        default: outcome = .answered
        }
        return answer
    }

    /// Fetches a file that lies elsewhere, handed on as it comes: without secrets of the marketplace, and without its query
    /// in the log.
    func fetch(
        _ call: Call, from address: FileAddress, _ fields: HTTPFields,
        _ take: @escaping @Sendable (AnswerPart) -> Bool
    ) async throws(MarketplaceError) {
        let request = HTTPRequest(
            method: call.method, scheme: address.scheme, authority: address.authority, path: address.target.revealed,
            headerFields: fields)
        let (at, began) = (clock.now(), clock.steady())
        let received = Mutex<(status: Int?, bytes: Int)>((nil, 0))
        func note(_ failure: String?) {
            let took = clock.steady().seconds(since: began) * 1000
            let (status, bytes) = received.withLock { $0 }
            log.add { id in
                LoggedExchange(
                    id: id, at: at, method: call.method.rawValue,
                    path: secrets.removed(from: "\(address.scheme)://\(address.authority)\(address.path)"),
                    status: status, milliseconds: took, bytes: bytes, source: .live, correlationID: nil,
                    failure: failure)
            }
        }
        let silence = clock.isReal ? CallContext.current?.reportSilence(since: began) : nil
        defer { silence?.cancel() }
        do throws(TransportError) {
            try await transport.receive(request, timeout: .seconds(call.timeout)) { part in
                silence?.cancel()
                received.withLock { received in
                    switch part {
                    case .head(let response): received.status = response.status.code
                    case .bytes(let bytes): received.bytes += bytes.count
                    }
                }
                return take(part)
            }
            note(nil)
        } catch {
            let error = Self.error(secrets.cleaned(error), for: call, host: address.authority)
            note(error.message)
            throw error
        }
    }

    private func send(
        _ request: HTTPRequest, _ call: Call, host: String, waited: Double
    ) async throws(MarketplaceError) -> Answer {
        let (at, began) = (clock.now(), clock.steady())
        func note(_ answer: Answer?, failure: String? = nil) {
            let took = clock.steady().seconds(since: began) * 1000
            log.add { id in
                LoggedExchange(
                    id: id, at: at, method: call.method.rawValue,
                    path: secrets.removed(from: BaseURL.target(below: "", of: call)),
                    status: answer?.status, milliseconds: took, bytes: answer?.body.count ?? 0,
                    source: waited > 0 ? .waited(seconds: waited) : .live,
                    correlationID: (answer?.correlationID).map(secrets.removed),
                    failure: failure)
            }
        }
        let silence = clock.isReal ? CallContext.current?.reportSilence(since: began) : nil
        defer { silence?.cancel() }
        do throws(TransportError) {
            let sent = try await transport.send(
                request, body: call.body?.bytes ?? [], timeout: .seconds(call.timeout),
                isSafe: call.effect != .change)
            let (response, body) = secrets.cleaned(sent.0, sent.1, of: call)
            let answer = Answer(response, body: body, keeping: call.names)
            serverClock.note(answer, sent: began, received: clock.steady())
            note(answer)
            return answer
        } catch {
            let error = Self.error(secrets.cleaned(error), for: call, host: host)
            note(nil, failure: error.message)
            throw error
        }
    }

    private static func error(_ error: TransportError, for call: Call, host: String) -> MarketplaceError {
        let changes = call.effect == .change
        switch error {
        case .unreachable(let reason):
            return .unreachable(host: host, reason: reason)
        case .untrusted(let reason):
            return .untrusted(host: host, reason: reason)
        case .timedOut where changes:
            return .outcomeUnknown(
                of: call.what,
                reason: "The marketplace did not answer within \(spokenDuration(seconds: call.timeout)).",
                correlationID: nil)
        case .timedOut:
            return .timedOut(seconds: call.timeout)
        case .connectionLost(let reason) where changes:
            return .outcomeUnknown(
                of: call.what, reason: "The connection broke before the answer came (\(reason)).", correlationID: nil)
        case .connectionLost(let reason):
            return .unreachable(host: host, reason: reason)
        case .tooLarge(_, let answer) where changes:
            return .outcomeUnknown(
                of: call.what, reason: "The answer was too large to be read.",
                correlationID: answer?.headerFields[.correlationID])
        case .tooLarge(let limit, let answer):
            return .unreadable(
                what: call.what, reason: "it is larger than \(limit / 1_048_576) MiB",
                status: answer?.status.code ?? 200, correlationID: answer?.headerFields[.correlationID])
        case .garbled(let reason, let answer) where changes:
            return .outcomeUnknown(
                of: call.what, reason: "The marketplace answered, but its answer cannot be read: \(reason).",
                correlationID: answer?.headerFields[.correlationID])
        case .garbled(let reason, let answer):
            return .unreadable(
                what: call.what, reason: reason, status: answer?.status.code ?? 200,
                correlationID: answer?.headerFields[.correlationID])
        case .cancelled where changes:
            return .outcomeUnknown(
                of: call.what, reason: "The program stopped waiting for the answer.", correlationID: nil)
        case .cancelled:
            return .cancelled
        }
    }
}
