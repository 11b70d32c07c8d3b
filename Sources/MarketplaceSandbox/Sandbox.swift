import FoundationEssentials
import HTTPTypes

/// A marketplace in memory that answers the Marketplace API, with the traps of the real service.
///
/// Nothing is made before the first request. The same seed, clock and requests give the same answers.
public actor Sandbox {
    private let configuration: SandboxConfiguration
    private let gateway: Gateway
    private var world: World?
    private var requests = 0

    public init(_ configuration: SandboxConfiguration = .init()) {
        self.configuration = configuration
        gateway = Gateway(seed: configuration.seed, tokenSeconds: configuration.tokenSeconds)
    }

    /// Answers one request. `request.path` includes the base path, as in `/marketplace/us/customers?limit=10`; any region
    /// is taken. Every answer has an `X-Correlation-ID`.
    public func respond(to request: HTTPRequest, body: [UInt8]) async -> (HTTPResponse, [UInt8]) {
        let answer = answer(to: request, body: body)
        if answer.delay > 0 { try? await Task.sleep(for: .seconds(answer.delay)) }
        var response = HTTPResponse(status: .init(code: answer.status))
        response.headerFields[.contentType] = answer.content.rawValue
        for header in answer.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            response.headerFields[name] = header.value
        }
        return (response, answer.body)
    }

    private func answer(to request: HTTPRequest, body: [UInt8]) -> Answer {
        requests += 1
        var dice = Dice(seed: configuration.seed, .correlation, requests)
        let correlationID = "a8n-" + dice.uuid()
        let seconds = configuration.now().timeIntervalSince1970
        let now = Moment(seconds: Int64(seconds.rounded(.down)))
        let target = Target(request.path ?? "/")
        var answer: Answer
        do {
            answer = try handle(request, target, body, seconds: seconds, now: now)
        } catch {
            answer = error.answer(
                path: target.path, correlationID: correlationID, now: now,
                milliseconds: Int((seconds - seconds.rounded(.down)) * 1_000))
        }
        answer.headers.append((name: "X-Correlation-ID", value: correlationID))
        return answer
    }

    private func handle(
        _ request: HTTPRequest, _ target: Target, _ body: [UInt8], seconds: Double, now: Moment
    ) throws(Refusal) -> Answer {
        guard let segments = target.segments else { throw .gateway(404, "Resource not found") }
        guard body.count <= 1 << 20 else { throw .gateway(413, "Request body is too large") }
        try gateway.checkKey(request.headerFields)
        if segments == ["token"] {
            guard request.method == .post else { throw notAllowed([.post]) }
            return try gateway.token(request.headerFields, body: body, now: now)
        }
        let routes = Route.all.filter { $0.matches(segments) }
        guard !routes.isEmpty else { throw .gateway(404, "Resource not found") }
        guard let route = routes.first(where: { $0.method == request.method }) else {
            throw notAllowed(routes.map(\.method))
        }
        let viewer = try gateway.viewer(request.headerFields, now: now)
        let world = world ?? World(configuration: configuration, now: now)
        self.world = world
        world.settle(now: seconds)
        return try route.handler(
            world,
            Call(
                path: target.path, segments: segments, query: target.query, body: body, viewer: viewer, now: now,
                exactNow: seconds))
    }

    private func notAllowed(_ allowed: [HTTPRequest.Method]) -> Refusal {
        var refusal = Refusal.gateway(405, "Method not allowed")
        refusal.headers = [(name: "Allow", value: allowed.map(\.rawValue).joined(separator: ", "))]
        return refusal
    }
}

/// A request's target taken apart: the path below `/marketplace/{region}`, and the query.
private struct Target {
    /// As error bodies quote it: without base path, with a leading slash.
    var path: String
    /// Nil when the target is not below the base path.
    var segments: [String]?
    var query: Query

    init(_ target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let all = parts[0].split(separator: "/").map { Percent.decoded($0) }
        query = Query(parts.dropFirst().first ?? "")
        if all.count >= 2, all[0] == "marketplace" {
            let below = Array(all.dropFirst(2))
            segments = below
            path = "/" + below.joined(separator: "/")
        } else {
            segments = nil
            path = String(parts[0])
        }
    }
}
