import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Synchronization

/// The looks that a sending begins in the background when nobody knows its outcome. They wait for ever, so that a test
/// decides when something is found: by `u`, or by another program.
final class HeldLooks: Sendable {
    @TaskLocal static var ofThisSending: HeldLooks?

    private let isHeld = Mutex(false)
    private let held = Mutex<[AsyncStream<Void>.Continuation]>([])

    func hold() { isHeld.withLock { $0 = true } }

    func pass() async {
        guard isHeld.withLock({ $0 }) else { return }
        let (never, continuation) = AsyncStream.makeStream(of: Void.self)
        held.withLock { $0.append(continuation) }
        for await _ in never {}
    }
}

/// The in-process marketplace, counting what could change something there.
final class CountingTransport: Transport {
    private let sandbox: Sandbox
    private let written = Mutex<[String]>([])

    init(sandbox: Sandbox) { self.sandbox = sandbox }

    /// Method and path of every request that was no read, sign-in or question.
    var writes: [String] { written.withLock { $0 } }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        await HeldLooks.ofThisSending?.pass()
        let path = request.path ?? ""
        let isQuestion = ["/token", "/estimate", "/parameters"].contains { path.hasSuffix($0) }
        if request.method != .get, !isQuestion { written.withLock { $0.append("\(request.method) \(path)") } }
        return await sandbox.respond(to: request, body: body)
    }
}

/// A clock that is stopped until it is moved. Nobody waits on it: a follower looks once and gives up.
final class MovedClock: ClientClock {
    private let instant: Mutex<(steady: Instant, step: Double)>

    init(_ start: Instant) { instant = Mutex((start, 0)) }

    func now() -> Instant { instant.withLock { $0.steady.adding(seconds: $0.step) } }
    func steady() -> Instant { instant.withLock { $0.steady } }
    func move(by seconds: Double) { instant.withLock { $0.steady = $0.steady.adding(seconds: seconds) } }
    func step(by seconds: Double) { instant.withLock { $0.step += seconds } }
    func sleep(seconds: Double) async throws(CancellationError) { throw CancellationError() }
}
