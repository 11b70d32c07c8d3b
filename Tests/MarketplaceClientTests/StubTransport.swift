import HTTPTypes
import MarketplaceClient
import Synchronization
import Testing

/// A network of expectations. Each names a request and the answer to it; the first that fits and is not used answers.
/// An unexpected request fails the test, and `verify` fails it for an expected one that was not made.
final class StubTransport: Transport {
    enum Reply: Sendable {
        case answer(Int, String, headers: [String: String] = [:])
        case failure(TransportError)
        /// Waits until the gate opens, then gives the reply behind it.
        indirect case after(Gate, Reply)

        static func ok(_ body: String) -> Reply { .answer(200, body) }
    }

    struct Sent: Sendable {
        var line: String
        var fields: HTTPFields
        var body: String
        var timeout: Duration
        /// Whether it was said that the request may leave a second time.
        var isSafe: Bool
    }

    private struct Expectation {
        let line: String
        let reply: Reply
    }

    private struct State {
        var expectations: [Expectation] = []
        var sent: [Sent] = []
    }

    private let state = Mutex(State())
    private let onSend: @Sendable (String) -> Void

    init(onSend: @escaping @Sendable (String) -> Void = { _ in }) { self.onSend = onSend }

    /// - Parameter line: Method and target below the base path, for example `GET /orders/1`. Ending in `*`, it stands
    ///   for every target that begins so.
    func expect(_ line: String, _ replies: Reply...) {
        state.withLock { state in
            for reply in replies { state.expectations.append(Expectation(line: line, reply: reply)) }
        }
    }

    var sent: [Sent] { state.withLock { $0.sent } }
    /// Method and target of every request so far, sign-ins left out.
    var lines: [String] { sent.map(\.line).filter { $0 != "POST /token" } }

    func verify(_ location: SourceLocation = #_sourceLocation) {
        let unused = state.withLock { $0.expectations.map(\.line) }
        #expect(unused.isEmpty, "expected, but not made", sourceLocation: location)
    }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        try await send(request, body: body, timeout: timeout, isSafe: false)
    }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration, isSafe: Bool
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let target = request.path ?? ""
        let base = "/marketplace/us"
        let line =
            "\(request.method.rawValue) \(target.hasPrefix(base) ? String(target.dropFirst(base.count)) : target)"
        let reply: Reply? = state.withLock { state in
            state.sent.append(
                Sent(
                    line: line, fields: request.headerFields, body: String(decoding: body, as: UTF8.self),
                    timeout: timeout, isSafe: isSafe))
            let index = state.expectations.firstIndex { expectation in
                expectation.line.hasSuffix("*")
                    ? line.hasPrefix(expectation.line.dropLast()) : line == expectation.line
            }
            return index.map { state.expectations.remove(at: $0).reply }
        }
        onSend(line)
        guard let reply else {
            Issue.record("unexpected request: \(line)")
            throw .unreachable("unexpected")
        }
        return try await give(reply)
    }

    private func give(_ reply: Reply) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        switch reply {
        case .failure(let error): throw error
        case .after(let gate, let reply):
            guard await gate.pass() else { throw .cancelled }
            return try await give(reply)
        case .answer(let status, let body, let headers):
            var response = HTTPResponse(status: .init(code: status))
            for (name, value) in headers {
                if let name = HTTPField.Name(name) { response.headerFields[name] = value }
            }
            return (response, Array(body.utf8))
        }
    }
}

/// Holds whoever comes until it is opened, and reports when somebody has come.
final class Gate: Sendable {
    private let opened = AsyncStream<Void>.makeStream()
    private let reached = AsyncStream<Void>.makeStream()

    func open() { opened.continuation.yield() }

    /// - Returns: False when the waiting task was cancelled instead.
    func pass() async -> Bool {
        reached.continuation.yield()
        for await _ in opened.stream { return true }
        return false
    }

    func isReached() async {
        for await _ in reached.stream { return }
    }
}

/// A network that makes its answers up from the request's target; all are successes.
struct AnsweringTransport: Transport {
    let answer: @Sendable (_ target: String) -> String

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        (HTTPResponse(status: .ok), Array(answer(request.path ?? "").utf8))
    }
}
