import ClientSupport
import FoundationEssentials
import Glibc
import HTTPTypes
import Marketplace
import MarketplaceClient
import Synchronization
import TestSupport
import Testing

@testable import MarketplaceSandbox

/// A marketplace served on loopback, whose answers the test can hold back, and a directory for journals.
final class Scene: Sendable {
    let time = TestTime()
    let sandbox: Sandbox
    let hold = Hold()
    let baseURL: String
    let directory: String
    private let server: Task<Void, any Error>

    /// - Parameter isAtRealTime: Whether the marketplace goes by this computer's time, for programs that do.
    init(isAtRealTime: Bool = false) async throws {
        var configuration = SandboxConfiguration()
        configuration.customers = 60
        configuration.subscriptions = 60
        configuration.orders = 60
        configuration.products = 60
        configuration.orderSeconds = 1
        if !isAtRealTime {
            configuration.now = { [time] in Date(timeIntervalSince1970: Double(time.milliseconds) / 1000) }
        }
        configuration.sleep = { [hold] _, sandbox in await hold.wait(on: sandbox) }
        let sandbox = Sandbox(configuration)
        self.sandbox = sandbox
        let ports = AsyncStream<Int>.makeStream()
        server = Task {
            defer { ports.continuation.finish() }
            try await SandboxServer.run(sandbox, port: 0) { ports.continuation.yield($0) }
        }
        var iterator = ports.stream.makeAsyncIterator()
        baseURL = "http://127.0.0.1:\(try #require(await iterator.next()))/marketplace/us"
        directory = try TestFolder.make()
    }

    func end() async {
        await hold.release()
        server.cancel()
        _ = await server.result
        try? FileManager.default.removeItem(atPath: directory)
    }

    func driver(_ journal: String) throws -> Driver {
        let driver = try Driver(baseURL, journal: path(journal), time: time)
        hold.onArrival { driver.note("held") }
        return driver
    }

    func path(_ journal: String) -> String { "\(directory)/\(journal).jsonl" }

    /// What goes wrong from now on.
    func setFaults(_ rules: [String]) async throws {
        await sandbox.setFaults(try rules.map { try FaultRule(fault: $0) })
    }

    /// Lets what is held back go on, to its effect.
    func release() async {
        await hold.release()
        // A released request goes on to its effect without a pause: when this turn comes, that one is over.
        await sandbox.setFaults([])
    }

    func entries(_ journal: String) async throws -> [JournalEntry] {
        try await entries(at: path(journal))
    }

    func entries(at path: String) async throws -> [JournalEntry] {
        try await client(FileJournal(path: path)).journalEntries()
    }

    /// The active customers who may buy.
    func customers() async throws -> [Marketplace.Account.ID] {
        try await client().accountLists.value(for: .customers).rows.filter { $0.status == .active }.map(\.id)
    }

    /// The orders of `customers` that have a PO number beginning with `prefix`: their ids by that number, as the
    /// marketplace itself reports them.
    func orders(of customers: Set<Marketplace.Account.ID>, withNumbersFrom prefix: String) async throws -> [String:
        [String]]
    {
        await sandbox.setFaults([])
        let client = client()
        var found: [String: [String]] = [:]
        for customer in customers {
            for row in try await client.orderLists.value(for: OrderQuery(customer: customer)).rows {
                let order = try await client.orders.value(for: row.id)
                guard let number = order.poNumber, number.hasPrefix(prefix) else { continue }
                found[number, default: []].append(order.id.rawValue)
            }
        }
        return found
    }

    private func client(_ journal: any Journal = MemoryJournal()) -> Client {
        Client(
            profile: Profile(
                name: "crash", baseURL: baseURL, marketplace: "us", user: "demo.api", password: Secret("demo"),
                subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: UnhurriedTransport(), journal: journal, pacing: .unlimited)
    }
}

/// Requests that the marketplace holds back until the test lets them go.
final class Hold: Sendable {
    private struct State {
        var held: [CheckedContinuation<Void, Never>] = []
        var onArrival: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())
    /// What was released and is on its way again.
    private let goneOn = AsyncStream<Void>.makeStream()

    func onArrival(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onArrival = action } }

    /// Waits on the sandbox itself: what is released says so in the turn in which it goes on.
    func wait(on sandbox: isolated Sandbox) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.held.append(continuation)
                return state.onArrival
            }?()
        }
        goneOn.continuation.yield()
    }

    /// Lets everything that is held go on, and waits until it does.
    func release() async {
        let held = state.withLock { state in
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
        var returns = goneOn.stream.makeAsyncIterator()
        for _ in held { await returns.next() }
    }
}
