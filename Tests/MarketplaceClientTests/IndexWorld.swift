import HTTPTypes
import Marketplace
import MarketplaceClient
import Synchronization

/// A marketplace with so many subscriptions and orders, newest first, which counts what it is asked. The newest row
/// has the highest id.
final class IndexWorld: Transport {
    private struct State {
        var subscriptions: Int
        var orders: Int
        var lines: [String] = []
        var times: [Instant] = []
        var details: Set<String> = []
        var detailTimes: [(id: String, at: Instant)] = []
        /// Further members of the subscription of this number.
        var members: @Sendable (Int) -> String = { _ in "" }
        /// Subscriptions in the lists that cannot be read.
        var gone: Set<String> = []
        var calls = 0
        var failing: Int?
        var holding: (call: Int, gate: Gate)?
    }

    private let state: Mutex<State>
    private let clock: any ClientClock

    init(subscriptions: Int, orders: Int, clock: any ClientClock) {
        state = Mutex(State(subscriptions: subscriptions, orders: orders))
        self.clock = clock
    }

    var lines: [String] { state.withLock { $0.lines } }
    /// What answers with 404 from now on, although the list has it.
    func lose(_ id: String) { state.withLock { _ = $0.gone.insert(id) } }
    var details: Set<String> { state.withLock { $0.details } }
    var detailsInOrder: [(id: String, at: Instant)] { state.withLock { $0.detailTimes } }
    func describe(_ members: @escaping @Sendable (Int) -> String) { state.withLock { $0.members = members } }
    func count(_ prefix: String) -> Int { lines.count { $0.hasPrefix(prefix) } }
    /// Answers the call of this number, counted from 1 without sign-ins, with 400.
    func fail(atCall call: Int) { state.withLock { $0.failing = call } }
    func hold(atCall call: Int, _ gate: Gate) { state.withLock { $0.holding = (call, gate) } }
    func grow(by count: Int) { state.withLock { $0.subscriptions += count } }

    var mostInAMinute: Int {
        let times = state.withLock { $0.times }
        var (first, most) = (0, 0)
        for (index, time) in times.enumerated() {
            while time.seconds(since: times[first]) >= 60 { first += 1 }
            most = max(most, index - first + 1)
        }
        return most
    }

    private func row(_ id: String, _ state: State) -> String {
        let members = Int(id).map { state.members($0) } ?? ""
        return #"{"id":"\#(id)""# + (members.isEmpty ? "" : "," + members) + "}"
    }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let path = (request.path ?? "").replacing("/marketplace/us", with: "")
        if path == "/token" { return (HTTPResponse(status: .ok), Array(Examples.token.utf8)) }
        let (held, fails) = state.withLock { state -> (Gate?, Bool) in
            state.calls += 1
            state.lines.append("\(request.method.rawValue) \(path)")
            state.times.append(clock.now())
            let fails = state.failing == state.calls
            let held = state.holding?.call == state.calls ? state.holding?.gate : nil
            if held != nil { state.holding = nil }
            return (held, fails)
        }
        if let held, await held.pass() == false { throw .cancelled }
        if fails || request.method != .get { return (HTTPResponse(status: .badRequest), []) }
        let isGone = state.withLock { $0.gone.contains { path == "/subscriptions/\($0)" } }
        if isGone { return (HTTPResponse(status: .notFound), []) }
        let text = state.withLock { state -> String in
            if path.hasPrefix("/subscriptions/") {
                let id = String(path.dropFirst("/subscriptions/".count))
                state.details.insert(id)
                state.detailTimes.append((id, clock.now()))
                return row(id, state)
            }
            let total = path.hasPrefix("/orders") ? state.orders : state.subscriptions
            func number(_ name: String) -> Int {
                path.firstRange(of: name + "=").flatMap { Int(path[$0.upperBound...].prefix { $0 != "&" }) } ?? 0
            }
            let start = number("offset")
            let rows = (start..<max(start, min(start + number("limit"), total))).map { row(String(total - $0), state) }
            return page(rows, total: total)
        }
        return (HTTPResponse(status: .ok), Array(text.utf8))
    }
}
