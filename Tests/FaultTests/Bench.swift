import FoundationEssentials
import HTTPTypes
import Marketplace
import MarketplaceClient
import MarketplaceSandbox
import Synchronization
import Testing

/// A client and a marketplace with a fault between them. Time passes only when somebody waits, and for both.
struct Bench {
    let sandbox: Sandbox
    let client: Client
    let clock = HastyClock()
    let journal: any Journal
    let transport: FaultyTransport
    private let rules: [FaultRule]
    private let lie: Lie?

    /// - Parameters:
    ///   - lie: What answers to changes come to.
    ///   - isSmall: Whether the marketplace holds little more than the landmarks.
    ///   - edit: Changes what is sent, as a marketplace that understands it otherwise would.
    init(
        _ rules: String..., lie: Lie? = nil, journal: any Journal = MemoryJournal(), isReadOnly: Bool = false,
        isSmall: Bool = false,
        edit: @escaping @Sendable (HTTPRequest, [UInt8]) -> [UInt8] = { $1 }
    ) throws {
        self.rules = try rules.map { try FaultRule(fault: $0) }
        self.lie = lie
        self.journal = journal
        var configuration = SandboxConfiguration()
        let clock = clock
        configuration.now = { Date(timeIntervalSince1970: Double(clock.now().millisecondsSince1970) / 1000) }
        configuration.faults = self.rules
        if isSmall { configuration.shrink() }
        sandbox = Sandbox(configuration)
        transport = FaultyTransport(sandbox: sandbox, edit: edit)
        client = Client(
            profile: Self.profile(isReadOnly: isReadOnly), transport: transport, clock: clock, journal: journal,
            pacing: .unlimited)
    }

    /// Another program at the same marketplace.
    func anotherClient(_ journal: any Journal = MemoryJournal()) -> Client {
        Client(profile: Self.profile(), transport: transport, clock: clock, journal: journal, pacing: .unlimited)
    }

    func breakIt() async {
        await sandbox.setFaults(rules)
        transport.use(lie)
    }

    func restore() async {
        await sandbox.setFaults([])
        transport.use(nil)
    }

    static func profile(isReadOnly: Bool = false) -> Profile {
        Profile(
            name: "test", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: "demo.api",
            password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32)),
            isReadOnly: isReadOnly)
    }

    /// - Parameter number: The PO number.
    func order(_ number: String, quantity: Int = 3) async throws -> SalesOrder {
        let products = try await client.productLists.value(for: ProductQuery(mpn: "AUR-365-BP")).rows
        let product = try #require(
            products.first { $0.subscriptionPeriod == Period(1, .year) && $0.billingPeriod == Period(1, .month) })
        return SalesOrder(
            customer: "1000412", lines: [SalesOrder.Line(product: product, quantity: quantity)], poNumber: number)
    }

    /// Orders of the customer with the PO number, as the marketplace itself reports them without faults.
    func ordersPlaced(_ number: String = "PO-1") async throws -> Int {
        await restore()
        let client = anotherClient()
        var count = 0
        for row in try await client.orderLists.value(for: OrderQuery(customer: "1000412")).rows
        where try await client.orders.value(for: row.id).poNumber == number { count += 1 }
        return count
    }
}

/// The marketplace in this process; faults of the connection become what a client sees of them.
final class FaultyTransport: Transport {
    private let sandbox: Sandbox
    private let edit: @Sendable (HTTPRequest, [UInt8]) -> [UInt8]
    private let sent = Mutex<[String]>([])
    private let lie = Mutex<Lie?>(nil)

    init(sandbox: Sandbox, edit: @escaping @Sendable (HTTPRequest, [UInt8]) -> [UInt8]) {
        self.sandbox = sandbox
        self.edit = edit
    }

    /// Method and path of every request that can change something.
    var writes: [String] { sent.withLock { $0 } }

    /// Answers every change with `lie` from now on; nil for the truth.
    func use(_ lie: Lie?) { self.lie.withLock { $0 = lie } }

    func send(
        _ request: HTTPRequest, body: [UInt8], timeout: Duration
    ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
        let path = request.path ?? ""
        let isQuestion = ["/token", "/estimate", "/parameters"].contains { path.hasSuffix($0) }
        if request.method != .get, !isQuestion {
            sent.withLock { $0.append("\(request.method) \(path.replacing("/marketplace/us", with: ""))") }
            if let lie = lie.withLock({ $0 }) {
                return await lie.answer(to: request, body) { await sandbox.respond(to: $0, body: $1) }
            }
        }
        switch await sandbox.exchange(request, body: edit(request, body)) {
        case .answer(let response, let bytes): return (response, bytes)
        case .reset: throw .connectionLost("the connection was reset")
        case .truncated: throw .connectionLost("the answer ended early")
        case .drip: throw .timedOut
        }
    }
}

/// A clock on which every wait is over at once, and its time has passed.
final class HastyClock: ClientClock {
    private let instant = Mutex(Instant(millisecondsSince1970: 1_795_183_452_000))

    func now() -> Instant { instant.withLock { $0 } }
    func jitter() -> Double { 0 }
    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}

extension SandboxConfiguration {
    /// Leaves little more than the landmarks, which is made in no time.
    mutating func shrink() {
        customers = 20
        subscriptions = 20
        orders = 20
        products = 20
    }
}
