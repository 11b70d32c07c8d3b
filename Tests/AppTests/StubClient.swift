import Dashboard
import Marketplace
import MarketplaceClient
import Synchronization

@testable import App

/// A client whose answers the test gives. Its readers do not notice that they are cancelled, as one that is already past
/// its last look at it.
final class StubClient: DashboardClient {
    /// What one reader of states, or one question, waits for.
    final class Answers: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Element = Event
        typealias Failure = Never

        private let state = Mutex<(waiting: CheckedContinuation<Event?, Never>?, given: [Event?])>((nil, []))

        func makeAsyncIterator() -> Answers { self }

        /// Gives the next answer; nil ends them.
        func give(_ event: Event?) {
            state.withLock { state -> CheckedContinuation<Event?, Never>? in
                if state.waiting == nil { state.given.append(event) }
                return state.waiting.take()
            }?.resume(returning: event)
        }

        func next() async -> Event? {
            await withCheckedContinuation { continuation in
                let given = state.withLock { state -> Event?? in
                    if !state.given.isEmpty { return .some(state.given.removeFirst()) }
                    state.waiting = continuation
                    return .none
                }
                if let given { continuation.resume(returning: given) }
            }
        }
    }

    private struct State {
        var readers: [DataQuery: [Answers]] = [:]
        var details: [DataQuery: Answers] = [:]
        var calls: [String] = []
    }
    private let state = Mutex(State())

    /// The readers of a query, in the order in which they began.
    func readers(of query: DataQuery) -> [Answers] { state.withLock { $0.readers[query] ?? [] } }
    /// What the read of a row's details waits for; nil before it has begun.
    func detailAnswers(_ query: DataQuery) -> Answers? { state.withLock { $0.details[query] } }
    /// Every other call so far.
    var calls: [String] { state.withLock { $0.calls } }

    private func note(_ call: String) { state.withLock { $0.calls.append(call) } }

    func states(of query: DataQuery) -> any AsyncSequence<Event, Never> & Sendable {
        let answers = Answers()
        state.withLock { $0.readers[query, default: []].append(answers) }
        return answers
    }

    func detail(_ query: DataQuery, readSince: Instant?) async -> Event? {
        let answers = Answers()
        state.withLock { $0.details[query] = answers }
        return await answers.next()
    }

    func refresh(_ query: DataQuery) async { note("refresh") }
    func stopReading(_ query: DataQuery) { note("stop reading") }

    func estimate(_ order: OrderDraft) async -> Event {
        note("estimate \(order.poNumber)")
        return .estimated(order, .failure(.cancelled))
    }

    func validate(_ order: SalesOrder) async -> Event { .validated(order, .failure(.cancelled)) }
    func dryRun(_ intent: WriteIntent) async -> Event { .dryRan(intent, .failure(.cancelled)) }

    func send(_ intent: WriteIntent, agreed: DryRun, group: String?) async -> Event {
        note("send \(intent.poNumber ?? "")")
        return .sent(intent, .failed(.cancelled))
    }

    func settleAtStart() async { note("settle at start") }
    func settle() async -> Event? { .lookedUp(stillUnknown: 2) }
    func stopAsking() {}
    func find(_ text: String) -> Event? { nil }
    func findTenants(_ search: TenantSearch) -> Event? { nil }
    func download(
        _ request: DownloadRequest, report: @escaping @Sendable (DownloadProgress) -> Void
    ) async -> Download {
        note("download \(request.name)")
        report(DownloadProgress(bytes: 1, length: 2))
        return .saved(path: "\(request.folder)/\(request.name)", bytes: 2, resumedFrom: 0)
    }

    func supportBundle() async -> (name: String, text: String) { ("bundle.txt", "souk support bundle") }
    func changes() -> [any AsyncSequence<Event, Never> & Sendable] { [] }
    func onReadOnly(_ action: @escaping @Sendable () -> Void) {}

    func readIndex() async {
        note("index begins")
        let never = AsyncStream<Void>.makeStream()
        for await _ in never.stream {}
        note("index ends")
    }
}

/// A clock whose sleeps end when the test says so.
final class HeldClock: ClientClock {
    private struct State {
        var sleepers: [AsyncStream<Void>.Continuation] = []
        var cancelled = 0
    }
    private let state = Mutex(State())

    /// The sleeps that began, and those of them that were cancelled.
    var counts: (begun: Int, cancelled: Int) { state.withLock { ($0.sleepers.count, $0.cancelled) } }

    func now() -> Instant { Instant(millisecondsSince1970: 1_900_000_000_000) }

    func endSleeps() { for sleeper in state.withLock({ $0.sleepers }) { sleeper.yield() } }

    func sleep(seconds: Double) async throws(CancellationError) {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        state.withLock { $0.sleepers.append(continuation) }
        for await _ in stream { return }
        state.withLock { $0.cancelled += 1 }
        throw CancellationError()
    }
}
