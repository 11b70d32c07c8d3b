import FoundationEssentials
import HTTPTypes
import Synchronization

@testable import MarketplaceSandbox

/// A clock that moves only when a test moves it. It starts on a Tuesday in 2031, in the middle of the day.
final class ManualClock: Sendable {
    private let seconds = Mutex(Double(Moment("2031-03-04T12:30:00Z")?.seconds ?? 0))

    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }

    func advance(by step: Double) {
        seconds.withLock { $0 += step }
    }
}

/// A client of a sandbox in this process, signed in when it first asks for something.
final class Caller {
    let sandbox: Sandbox
    let clock: ManualClock
    private let user: String
    private var token: String?

    init(user: String = "demo.api", _ configure: (inout SandboxConfiguration) -> Void = { _ in }) {
        let clock = ManualClock()
        var configuration = SandboxConfiguration()
        configuration.now = { clock.now }
        configuration.gatewayTimeoutSeconds = 0
        configure(&configuration)
        self.clock = clock
        self.user = user
        sandbox = Sandbox(configuration)
    }

    /// Another user of the same sandbox.
    init(_ other: Caller, user: String) {
        sandbox = other.sandbox
        clock = other.clock
        self.user = user
    }

    func get(_ path: String) async -> Reply {
        await send(.get, path)
    }

    func post(_ path: String, _ body: String) async -> Reply {
        await send(.post, path, body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ body: String = "") async -> Reply {
        if token == nil {
            let reply = await signIn()
            token = reply.json["token"]?.text
        }
        var headers = HTTPFields()
        headers[.authorization] = "Bearer \(token ?? "")"
        return await raw(method, "/marketplace/us" + path, headers, body)
    }

    func signIn(password: String = "demo", marketplace: String? = "us") async -> Reply {
        var headers = HTTPFields()
        headers[.authorization] = "Basic " + Data((user + ":" + password).utf8).base64EncodedString()
        let body = marketplace.map { #"{"marketplace":"\#($0)"}"# } ?? ""
        return await raw(.post, "/marketplace/us/token", headers, body)
    }

    /// Sends the request as it is, with the subscription key unless the headers have one.
    func raw(
        _ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: String = ""
    ) async -> Reply {
        var request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1", path: path)
        request.headerFields = headers
        if let name = HTTPField.Name("X-Subscription-Key"), headers[name] == nil {
            request.headerFields[name] = String(repeating: "0", count: 32)
        }
        let (response, bytes) = await sandbox.respond(to: request, body: Array(body.utf8))
        return Reply(response, bytes)
    }
}

final class Reply {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]
    /// Read when a test first asks for it: some compare long pages by their bytes alone.
    private(set) lazy var json = JSONValue(body) ?? .null

    init(_ response: HTTPResponse, _ body: [UInt8]) {
        status = response.status.code
        headers = response.headerFields
        self.body = body
    }

    var text: String { String(decoding: body, as: UTF8.self) }
    var message: String { json["message"]?.text ?? "" }
    var rows: [JSONValue] { json["data"]?.items ?? [] }
    var total: Int { json["pagination"]?["total"]?.number ?? -1 }
    var ids: [String] { rows.compactMap { $0["id"]?.text } }
}

extension JSONValue {
    var items: [JSONValue] {
        if case .array(let items) = self { items } else { [] }
    }

    var number: Int? {
        if case .number(let text) = self { Int(text) } else { nil }
    }

    var names: [String] {
        if case .object(let members) = self { members.map(\.name) } else { [] }
    }

    /// A member deep inside, as in `value.at("total", "amount")`.
    func at(_ path: String...) -> JSONValue? {
        path.reduce(self) { value, step in
            Int(step).map { value?[$0] } ?? value?[step]
        }
    }
}
