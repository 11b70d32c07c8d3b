import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox

/// The way to the marketplace. Can deliver a change late, and sees that each one was written down before it came.
actor Delivery {
    typealias Answer = Result<(HTTPResponse, [UInt8]), TransportError>

    private struct Late {
        var due: Instant
        var request: HTTPRequest
        var body: [UInt8]
    }

    private let sandbox: Sandbox
    private let kept: KeptJournal
    private let clock: HastyClock
    /// Seconds after which the next changes arrive; nil for at once.
    private var delay: Double?
    private var late: [Late] = []
    /// What the next changes are answered with; nil for the truth.
    private var lie: Lie?
    /// Bodies that the network has sent twice.
    private(set) var doubled: [String] = []
    /// How many changes with the same words came, those apart that were surely not taken.
    private var arrived: [String: Int] = [:]
    private(set) var problems: [String] = []

    init(sandbox: Sandbox, kept: KeptJournal, clock: HastyClock) {
        self.sandbox = sandbox
        self.kept = kept
        self.clock = clock
    }

    static func changes(_ request: HTTPRequest) -> Bool {
        let path = request.path ?? ""
        return request.method != .get && !["/token", "/estimate", "/parameters"].contains { path.hasSuffix($0) }
    }

    func set(late delay: Double?) { self.delay = delay }
    func use(_ lie: Lie?) { self.lie = lie }

    func ask(_ request: HTTPRequest, _ body: [UInt8]) async -> Answer {
        await deliver(until: clock.now())
        return await pass(request, body)
    }

    func change(_ request: HTTPRequest, _ body: [UInt8]) async -> Answer {
        await deliver(until: clock.now())
        let words = Self.words(request, body)
        let intents = await kept.records.count { record in
            guard case .intended(let intent) = record.event else { return false }
            return "\(intent.method) \(intent.path) \(intent.request)" == words
        }
        if arrived[words, default: 0] >= intents { problems.append("sent without an intent of its own: \(words)") }
        if let delay {
            arrived[words, default: 0] += 1
            late.append(Late(due: clock.now().adding(seconds: delay), request: request, body: body))
            return .failure(.timedOut)
        }
        let answer = await answer(to: request, body)
        // After these two it may be sent again, unless it came to be all the same.
        let mayComeAgain =
            if case .success(let (head, _)) = answer {
                [401, 429].contains(head.status.code) && lie?.effect != .after
            } else { false }
        if !mayComeAgain { arrived[words, default: 0] += 1 }
        return answer
    }

    private func answer(to request: HTTPRequest, _ body: [UInt8]) async -> Answer {
        guard let lie else { return await pass(request, body) }
        if case .doubled = lie.body { doubled.append(String(decoding: body, as: UTF8.self)) }
        return .success(await lie.answer(to: request, body) { [sandbox] in await sandbox.respond(to: $0, body: $1) })
    }

    /// Whether the network has sent a change with this PO number twice.
    func hasDoubled(_ number: String) -> Bool { doubled.contains { $0.contains("\"\(number)\"") } }

    /// A change whose program has ended.
    func leave(_ request: HTTPRequest, _ body: [UInt8]) async {
        if delay == nil { delay = 0 }
        _ = await change(request, body)
    }

    /// Whether a change with this PO number is still to arrive.
    func isLate(_ number: String) -> Bool {
        late.contains { String(decoding: $0.body, as: UTF8.self).contains("\"\(number)\"") }
    }

    func deliverAll() async { await deliver(until: nil) }

    private func deliver(until now: Instant?) async {
        while let place = late.firstIndex(where: { late in now.map { late.due <= $0 } ?? true }) {
            let next = late.remove(at: place)
            _ = await pass(next.request, next.body)
        }
    }

    private func pass(_ request: HTTPRequest, _ body: [UInt8]) async -> Answer {
        switch await sandbox.exchange(request, body: body) {
        case .answer(let response, let bytes): .success((response, bytes))
        case .reset: .failure(.connectionLost("the connection was reset"))
        case .truncated: .failure(.connectionLost("the answer ended early"))
        case .drip: .failure(.timedOut)
        }
    }

    private static func words(_ request: HTTPRequest, _ body: [UInt8]) -> String {
        let path = (request.path ?? "").replacing("/marketplace/us", with: "")
        return "\(request.method) \(path) \(String(decoding: body, as: UTF8.self))"
    }
}
