import HTTPTypes
import Marketplace
import MarketplaceClient

/// The real journal, with places to stand still before and after a record is on the disk.
struct SteppedJournal: Journal {
    let file: FileJournal
    let console: Console

    func append<Objection: Sendable>(
        _ record: JournalRecord, unless objection: @Sendable ([JournalRecord]) -> Objection?
    ) async throws(JournalError) -> Objection? {
        let isIntent = if case .intended = record.event { true } else { false }
        if isIntent { await console.pass(.beforeIntent) }
        let objection = try await file.append(record, unless: objection)
        if isIntent {
            if objection == nil { await console.pass(.afterIntent) }
        } else {
            await console.pass(.afterOutcome)
        }
        return objection
    }

    func records() async throws(JournalError) -> [JournalRecord] { try await file.records() }
    func isUnderWay(_ id: String) async -> Bool { await file.isUnderWay(id) }
    func changes() -> AsyncStream<Void> { file.changes() }
}

/// The real connection, at the test's time. An order's time-out comes
/// when the test says so, not after three minutes.
struct SteppedTransport: Transport {
    let connection: SteppedConnection
    let console: Console

    init(console: Console) {
        self.console = console
        connection = SteppedConnection(console: console)
    }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        guard request.method != .get, request.path?.hasSuffix("/orders") == true else {
            return try await connection.send(request, body: body, timeout: timeout)
        }
        let sending = Task { () async -> Result<(HTTPResponse, [UInt8]), TransportError> in
            do throws(TransportError) {
                return .success(try await connection.send(request, body: body, timeout: timeout))
            } catch {
                return .failure(error == .cancelled ? .timedOut : error)
            }
        }
        console.onTimeout { sending.cancel() }
        let answer = await sending.value
        console.onTimeout(nil)
        await console.pass(.afterAnswer)
        return try answer.get()
    }
}

/// The real connection. Its answers were made at the test's time, which passes as the test says.
struct SteppedConnection: Transport {
    private let connection = HTTPTransport()
    let console: Console

    init(console: Console) { self.console = console }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        var (response, bytes) = try await connection.send(request, body: body, timeout: timeout)
        let now = console.now
        let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let weekday = weekdays[Int(now.millisecondsSince1970 / 86_400_000 % 7)]
        response.headerFields[.date] = "\(weekday), \(now.utcDate.spoken) \(now.utcTime) GMT"
        return (response, bytes)
    }
}

/// The test's time. A sleep is announced, and over when the test says so.
struct SteppedClock: ClientClock {
    let console: Console

    func now() -> Instant { console.now }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        await console.wait(saying: "sleep \(seconds)")
    }
}
