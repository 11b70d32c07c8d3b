import HTTPTypes
import MarketplaceClient
import MarketplaceSandbox

/// An answer to a change that is not the marketplace's: of a gateway, a cache, a proxy, a network that sends twice. Seen at
/// other marketplaces and proxies, and not made by the sandbox's own faults.
struct Lie: Sendable, CustomStringConvertible {
    enum Effect: String, Sendable, CaseIterable {
        case before = "before effect"
        case after = "after effect"
    }

    enum Body: Sendable {
        case text(String)
        /// What the marketplace says of something else of the same kind.
        case another
        /// What the marketplace says of the very thing, before the change.
        case unchanged
        /// The answer to the change itself, which was sent twice.
        case doubled
    }

    var name: String
    var status: Int
    var headers: [String: String] = [:]
    var body: Body
    var effect: Effect

    var description: String { if case .doubled = body { name } else { "\(name), \(effect.rawValue)" } }

    private static let html = "<html><head><title>nginx</title></head><body></body></html>"
    private static let gateway = #"{"statusCode":429,"message":"Rate limit is exceeded. Try again in 1 seconds."}"#

    private static func platform(_ status: Int, _ message: String) -> String {
        #"{"timeStamp":"2026-11-26T12:00:00.000+00:00","status":\#(status),"message":"\#(message)","#
            + #""path":"/x","correlationId":"a8n-1"}"#
    }

    /// Each before and after the effect, where that makes a difference.
    static let all: [Lie] =
        [
            Lie("500 in a gateway's words", 500, #"{"message":"backend timed out"}"#),
            Lie("500 of a platform that failed", 500, platform(500, "Read timed out")),
            Lie("302 to another address", 302, "", ["Location": "https://login.example/"]),
            Lie("404 as a page", 404, html), Lie("404 without body", 404, ""), Lie("403 as a page", 403, html),
            Lie("403 without body", 403, ""), Lie("400 as a page", 400, html), Lie("400 without body", 400, ""),
            Lie("401 without body", 401, ""),
            Lie("401 in a proxy's words", 401, #"{"status":401,"message":"Unauthorized"}"#),
            Lie("409 in a proxy's words", 409, #"{"message":"Conflict"}"#), Lie("413 as a page", 413, html),
            Lie("421 without body", 421, ""), Lie("425 without body", 425, ""), Lie("499 without body", 499, ""),
            Lie("429 as a page", 429, html),
            Lie("429 in the gateway's words", 429, gateway, ["Retry-After": "1"]),
            Lie("401 in the platform's words", 401, platform(401, "Unauthorized")),
            Lie("400 in the platform's words", 400, platform(400, "quantity: must not be empty")),
            Lie("202 without body", 202, ""), Lie("200 {}", 200, "{}"), Lie("200 []", 200, "[]"),
            Lie("200 with an error's id", 200, #"{"id":"err-7","message":"Gateway failure","statusCode":500}"#),
            Lie("200 about another", 200, .another), Lie("200 about it unchanged", 200, .unchanged),
        ].flatMap { lie in
            Effect.allCases.map { effect in
                var lie = lie
                lie.effect = effect
                return lie
            }
        } + [Lie("the network sends it twice", 200, .doubled)]

    private init(_ name: String, _ status: Int, _ text: String, _ headers: [String: String] = [:]) {
        self.init(name, status, .text(text))
        self.headers = headers
    }

    private init(_ name: String, _ status: Int, _ body: Body) {
        self.name = name
        self.status = status
        self.body = body
        effect = .before
    }

    /// What comes back instead of the marketplace's answer.
    /// - Parameter ask: Asks the marketplace itself.
    func answer(
        to request: HTTPRequest, _ bytes: [UInt8],
        _ ask: @Sendable (HTTPRequest, [UInt8]) async -> (HTTPResponse, [UInt8])
    ) async -> (HTTPResponse, [UInt8]) {
        if case .doubled = body {
            _ = await ask(request, bytes)
            return await ask(request, bytes)
        }
        var read = request
        read.method = .get
        read.headerFields[.contentType] = nil
        let path = request.path ?? ""
        let text: [UInt8]
        switch body {
        case .text(let words): text = Array(words.utf8)
        case .another:
            read.path = Self.another(than: path)
            text = await ask(read, []).1
        case .unchanged:
            // What is new has nothing that it could be told as before.
            text = request.method == .patch ? await ask(read, []).1 : Array("{}".utf8)
        case .doubled: text = []
        }
        if effect == .after { _ = await ask(request, bytes) }
        var response = HTTPResponse(status: .init(code: status))
        response.headerFields[.contentType] = text.first == UInt8(ascii: "<") ? "text/html" : "application/json"
        for (name, value) in headers { if let name = HTTPField.Name(name) { response.headerFields[name] = value } }
        return (response, text)
    }

    private static func another(than path: String) -> String {
        let base = "/marketplace/us"
        if path.hasPrefix(base + "/subscriptions") { return base + "/subscriptions/1000918" }
        if path.hasPrefix(base + "/customers") { return base + "/customers/1000413" }
        return base + "/orders/1000706"
    }
}
