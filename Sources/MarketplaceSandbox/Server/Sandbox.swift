import FoundationEssentials
import HTTPTypes

/// A marketplace in memory that answers the Marketplace API, with the traps of the real service.
///
/// Nothing is made before ``prepare()`` or the first request. The same seed, clock and requests give the same answers.
public actor Sandbox {
    private var configuration: SandboxConfiguration
    private var gateway: Gateway
    private var limit: RateLimit
    private var faults: Faults
    private var world: World?
    private var requests = 0
    /// That of the last request.
    private var target = Target("/")

    public init(_ configuration: SandboxConfiguration = .init()) {
        self.configuration = configuration
        gateway = Gateway(configuration)
        limit = RateLimit(configuration)
        faults = Faults(seed: configuration.seed, configuration.faults)
    }

    /// Keeps rows as they were written, some megabytes of them; to be called before the first request.
    func keepWrittenRows() { configuration.writtenRows = 4_096 }

    /// Replaces the faults; their counts begin anew.
    public func setFaults(_ rules: [FaultRule]) {
        faults = Faults(seed: configuration.seed, rules)
    }

    /// Makes what it holds, so that the first request need not wait for it.
    public func prepare() {
        _ = world(at: configuration.now().timeIntervalSince1970)
    }

    /// Answers one request. `request.path` includes the base path, as in `/marketplace/us/customers?limit=10`; any region
    /// is taken. Every answer has an `X-Correlation-ID`.
    ///
    /// A fault of the connection cannot be shown here: the answer then has an `X-Sandbox-Fault` that names it, and what
    /// was asked for has been done or not, as the rule says. A torn connection is a 502 without body, a truncated body
    /// is a short one, a slow one comes late.
    public func respond(to request: HTTPRequest, body: [UInt8]) async -> (HTTPResponse, [UInt8]) {
        switch await exchange(request, body: body) {
        case .answer(let response, let body): return (response, body)
        case .reset(let response, _, _): return (Sandbox.marked(HTTPResponse(status: 502), "reset", response), [])
        case .truncated(let response, let body, _): return (Sandbox.marked(response, "truncate", response), body)
        case .drip(let response, let body, let secondsPerByte):
            await configuration.sleep(secondsPerByte * Double(body.count), self)
            return (Sandbox.marked(response, "slow", response), body)
        }
    }

    private static func marked(_ response: HTTPResponse, _ fault: String, _ original: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headerFields[.correlationID] = original.headerFields[.correlationID]
        if let name = HTTPField.Name("X-Sandbox-Fault") { response.headerFields[name] = fault }
        return response
    }

    /// Answers one request, faults of the connection included. It returns when the first byte of the answer is due.
    public func exchange(_ request: HTTPRequest, body: [UInt8]) async -> Exchange {
        if target.text != request.path { target = Target(request.path ?? "/") }
        var visit = Visit(
            request, body, target, clock: configuration.now(), number: nextRequest(), seed: configuration.seed)
        var fault = faults.next(request.method.rawValue, visit.target.segments ?? visit.target.all)
        if case .delay(let seconds)? = fault?.kind, fault?.isAfterEffect == false {
            await configuration.sleep(seconds, self)
            visit.seconds = configuration.now().timeIntervalSince1970
            fault = nil
        }
        let answer = answer(visit, fault)
        if answer.delay > 0 { await configuration.sleep(answer.delay, self) }
        var response = answer.response(correlationID: visit.correlationID)
        response.headerFields[.date] = visit.now.httpDate
        switch fault?.kind {
        case .reset(let count): return .reset(response, answer.body, afterBytes: min(count, answer.body.count))
        case .truncate(let count):
            let sent = min(count ?? answer.body.count / 2, answer.body.count)
            return .truncated(response, Array(answer.body.prefix(sent)), announcedBytes: answer.body.count)
        case .slow(let seconds):
            return .drip(response, answer.body, secondsPerByte: seconds / Double(max(1, answer.body.count)))
        default: return .answer(response, answer.body)
        }
    }

    private func nextRequest() -> Int {
        requests += 1
        return requests
    }

    private func answer(_ visit: Visit, _ fault: FaultRule?) -> Answer {
        let replacement = fault.flatMap { fault in Spoiler.replacement(fault.kind) { $0.answer(visit) } }
        if let fault, !fault.isAfterEffect {
            return replacement ?? Answer(status: 502, body: [])
        }
        var visit = visit
        if case .shiftedRows(let count)? = fault?.kind { visit.shift = count }
        if case .ignoredRange? = fault?.kind { visit.request.headerFields[.range] = nil }
        let answer = handled(visit)
        if let replacement { return replacement }
        guard let fault else { return answer }
        return Spoiler(seed: configuration.seed, request: requests).spoiled(answer, fault.kind)
    }

    private func handled(_ visit: Visit) -> Answer {
        do {
            return try handle(visit)
        } catch {
            var refusal = error
            if refusal.isNotFound { refusal.status = configuration.notFoundStatus }
            return refusal.answer(visit)
        }
    }

    private func handle(_ visit: Visit) throws(Refusal) -> Answer {
        if visit.target.all.first == ReportLink.root { return try file(visit) }
        guard let segments = visit.target.segments else { throw .gateway(404, "Resource not found") }
        guard visit.body.count <= 1 << 20 else { throw .gateway(413, "Request body is too large") }
        let headers = visit.request.headerFields
        try gateway.checkKey(headers)
        try limit.take(at: visit.seconds)
        if segments == ["token"] {
            guard visit.request.method == .post else { throw notAllowed([.post]) }
            return try gateway.token(headers, body: visit.body, now: visit.now)
        }
        var routes = Route.all(below: segments.first).filter { $0.matches(segments) }
        if routes.contains(where: { !$0.pattern.contains("{}") }) { routes.removeAll { $0.pattern.contains("{}") } }
        guard !routes.isEmpty else { throw .gateway(404, "Resource not found") }
        guard let route = routes.first(where: { $0.method == visit.request.method }) else {
            throw notAllowed(routes.map(\.method))
        }
        let viewer = try gateway.viewer(headers, now: visit.now)
        if !configuration.ignoresUnknownFilters,
            let stranger = visit.target.query.names.first(where: { !route.query.contains($0) })
        {
            throw .badRequest("Unknown parameter \(stranger)")
        }
        let world = world(at: visit.seconds)
        var call = Call(
            visit: visit, segments: segments, viewer: viewer, takesNumericIDs: configuration.takesNumericIDs,
            takesLimitZero: configuration.takesLimitZero)
        guard visit.shift > 0, let offset = try? call.page().offset, offset >= visit.shift else {
            return try route.handler(world, call)
        }
        call.shift = visit.shift
        return Spoiler.shifted(try route.handler(world, call), by: visit.shift, offset: offset)
    }

    /// - Parameter seconds: Since 1970, with their fraction.
    private func world(at seconds: Double) -> World {
        let world =
            world ?? World(configuration: configuration, now: Moment(seconds: Int64(seconds.rounded(.down))))
        self.world = world
        world.settle(now: seconds)
        return world
    }

    /// A report's file. Whoever sends the API's headers along is refused, as the storage service does (REFERENCE 12).
    private func file(_ visit: Visit) throws(Refusal) -> Answer {
        guard visit.request.method == .get else { throw notAllowed([.get]) }
        let headers = visit.request.headerFields
        do throws(StorageRefusal) {
            guard headers[.authorization] == nil, headers[.subscriptionKey] == nil else { throw .headers }
            let world = world(at: visit.seconds)
            let report = try ReportLink(seed: configuration.seed).report(
                Array(visit.target.all.dropFirst()), visit.target.query, in: world, now: visit.seconds)
            return FileRanges(file: world.file(of: report), modified: report.created).answer(to: headers)
        } catch {
            return error.answer
        }
    }

    private func notAllowed(_ allowed: [HTTPRequest.Method]) -> Refusal {
        var refusal = Refusal.gateway(405, "Method not allowed")
        refusal.headers = [(name: "Allow", value: allowed.map(\.rawValue).joined(separator: ", "))]
        return refusal
    }
}
