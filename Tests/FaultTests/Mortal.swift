import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Synchronization

/// One run of the program, and when it is killed. After its end nothing of it is written or sent any more.
final class Life: Sendable {
    enum End: CaseIterable, Sendable {
        case beforeIntent, afterIntent, underWay, afterAnswer, afterOutcome
    }

    private let state = Mutex<(hasEnded: Bool, end: End?)>((false, nil))

    var hasEnded: Bool { state.withLock { $0.hasEnded } }
    func end() { state.withLock { $0.hasEnded = true } }
    /// Says where it will end; nil for nowhere.
    func will(end: End?) { state.withLock { $0.end = end } }

    /// Whether it has ended, at the latest now.
    func ends(at end: End) -> Bool {
        state.withLock { state in
            if state.end == end { state.hasEnded = true }
            return state.hasEnded
        }
    }
}

/// The journal's file, which outlives the programs.
actor KeptJournal {
    private(set) var records: [JournalRecord] = []
    private var underWay: [String: Life] = [:]

    func append<Objection: Sendable>(
        _ record: JournalRecord, by life: Life, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) -> Objection? {
        if let objection = objection(records) { return objection }
        records.append(record)
        switch record.event {
        case .intended: underWay[record.id] = life
        case .ended: underWay[record.id] = nil
        case .checked, .noticed, .damaged: break
        }
        return nil
    }

    func isUnderWay(_ id: String) -> Bool { underWay[id].map { !$0.hasEnded } ?? false }
}

/// The journal as one run of the program has it.
struct MortalJournal: Journal {
    let life: Life
    let kept: KeptJournal

    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? {
        let isIntent = if case .intended = record.event { true } else { false }
        if isIntent, life.ends(at: .beforeIntent) { throw JournalError("the program has ended") }
        if life.hasEnded { throw JournalError("the program has ended") }
        let objection = await kept.append(record, by: life, unless: objection)
        _ = life.ends(at: isIntent ? .afterIntent : .afterOutcome)
        return objection
    }

    func records() async throws(JournalError) -> [JournalRecord] {
        if life.hasEnded { throw JournalError("the program has ended") }
        return await kept.records
    }

    func isUnderWay(_ id: String) async -> Bool { await kept.isUnderWay(id) }
    func changes() -> AsyncStream<Void> { AsyncStream { $0.finish() } }
}

/// Time as one run of the program has it, on a computer whose clock may be off.
struct MortalClock: ClientClock {
    let life: Life
    let clock: HastyClock
    /// Seconds by which the computer's clock is ahead of the marketplace's.
    var offset = 0.0

    func now() -> Instant { clock.now().adding(seconds: offset) }
    func jitter() -> Double { 0 }
    func sleep(seconds: Double) async throws(CancellationError) {
        if life.hasEnded { throw CancellationError() }
        try await clock.sleep(seconds: seconds)
    }
}

/// The connection as one run of the program has it.
struct MortalTransport: Transport {
    let life: Life
    let delivery: Delivery

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        if life.hasEnded { throw .cancelled }
        guard Delivery.changes(request) else { return try await delivery.ask(request, body).get() }
        // The program is gone while its request goes on without it.
        if life.ends(at: .underWay) {
            await delivery.leave(request, body)
            throw .cancelled
        }
        let answer = await delivery.change(request, body)
        if life.ends(at: .afterAnswer) { throw .cancelled }
        return try answer.get()
    }
}
