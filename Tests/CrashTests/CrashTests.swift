import Glibc
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

@testable import CrashDriver

/// Orders whose program is killed on the way. Nothing waits for time to pass: the driver stops where it is asked to
/// to, and sleeps as long as the test says.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Crashes while sending` {
    /// What the journal and the marketplace say of one placement.
    struct Outcome: Sendable {
        var placement: Placement
        /// What settling found, where there was anything to settle.
        var settled: JournalEntry.Outcome?
        /// What the person who tried again was shown.
        var again = ""
        var entries: [JournalEntry] = []
        /// Ids of the orders that the marketplace has.
        var orders: [String] = []

        var confirmed: [String] {
            entries.compactMap { if case .taken(let made) = $0.outcome { made ?? "?" } else { nil } }
        }
        var unknown: Int {
            entries.count { entry in
                switch entry.outcome {
                case .sending, .unknown: true
                case .taken, .refused: false
                }
            }
        }
        var duplicates: Int { max(0, orders.count - 1) }
        /// Orders that no entry knows of, and entries whose order is not there.
        var lost: Int { Set(orders).symmetricDifference(confirmed).count }

        /// Expects that the order is there once, and that the journal and who tried again know it.
        func judge() {
            let title = "seed \(placement.seed), killed \(placement.moment.rawValue), \(placement.fate.rawValue)"
            #expect(orders.count == 1, "\(title): \(orders.count) orders; again: \(again)")
            #expect(duplicates == 0 && lost == 0 && unknown == 0, "\(title): \(self)")
            #expect(confirmed == orders, "\(title)")
            // What settling says decides whether the person may try again, so it must be true itself.
            switch settled {
            case .taken: #expect(!again.hasPrefix("done"), "\(title): \(again)")
            case .refused, nil: #expect(again.hasPrefix("done"), "\(title): \(again)")
            case .sending, .unknown: Issue.record("\(title): not settled")
            }
        }
    }

    @Test func `whenever the program is killed, each order is there once and the journal knows it`() async throws {
        let count = getenv("SOUK_CRASH_PLACEMENTS").flatMap { Int(String(cString: $0)) } ?? 200
        let lanes = 4
        let outcomes = try await withThrowingTaskGroup(of: [Outcome].self) { group in
            for lane in 0..<lanes {
                group.addTask { try await Self.run((0..<count).filter { $0 % lanes == lane }.map(Placement.init)) }
            }
            return try await group.reduce(into: [Outcome]()) { $0 += $1 }
        }
        #expect(outcomes.count == count)
        print(CrashTable(outcomes).text)
        for outcome in outcomes { outcome.judge() }
    }

    /// Places orders one after the other at one marketplace.
    private static func run(_ placements: [Placement]) async throws -> [Outcome] {
        let scene = try await Scene()
        let customers = try await scene.customers()
        var outcomes: [Outcome] = []
        var buyers: Set<Account.ID> = ["1000412"]
        var changes = 0
        for (place, placement) in placements.enumerated() {
            let customer = customers[place % customers.count]
            buyers.insert(customer)
            // No two sales of one customer and no two changes are equal: each adds one unit more than the last.
            changes += placement.isChange ? 1 : 0
            let command: CrashCommand =
                placement.isChange
                ? .change(subscription: "1000917", total: 25 + changes * (changes + 1) / 2, poNumber: placement.number)
                : .sell(customer: customer.rawValue, quantity: 1 + place, poNumber: placement.number)
            outcomes.append(try await crash(placement, command, scene))
            // The order ends, so that the next change of its subscription is not refused.
            scene.time.advance(seconds: 10)
        }
        let orders = try await scene.orders(of: buyers, withNumbersFrom: "CRASH-")
        for place in outcomes.indices { outcomes[place].orders = orders[outcomes[place].placement.number] ?? [] }
        await scene.end()
        return outcomes
    }

    private static func crash(
        _ placement: Placement, _ command: CrashCommand, _ scene: Scene
    ) async throws -> Outcome {
        let journal = placement.number
        try await kill(placement, command, scene)
        if placement.moment == .inIntent { tearLastLine(scene.path(journal)) }
        if placement.fate == .slow { await scene.release() }
        try await scene.setFaults(placement.lookup)

        let next = try scene.driver(journal)
        defer { next.kill() }
        next.submit(.settle)
        try await next.expect("settled") { count in
            if placement.fate == .late, count == placement.lateBy { await scene.release() }
        }
        var outcome = Outcome(placement: placement, settled: try await scene.entries(journal).first?.outcome)
        await scene.release()
        next.submit(command)
        outcome.again = try await next.next()
        outcome.entries = try await scene.entries(journal)
        return outcome
    }

    /// Begins the placement and kills its program at its moment.
    private static func kill(_ placement: Placement, _ command: CrashCommand, _ scene: Scene) async throws {
        try await scene.setFaults(placement.fate.rules)
        let driver = try scene.driver(placement.number)
        defer { driver.kill() }
        let step: CrashStep? =
            switch placement.moment {
            case .beforeIntent: .beforeIntent
            case .inIntent, .afterIntent: .afterIntent
            case .underWay: nil
            case .afterAnswer: .afterAnswer
            case .afterOutcome: .afterOutcome
            }
        if let step { driver.submit(.stop(step)) }
        driver.submit(command)
        if placement.fate.isHeld { try await driver.expect("held") }
        guard let step else { return }
        if placement.fate.isHeld { driver.submit(.giveUp) }
        try await driver.expect("at \(step.rawValue)")
    }

    /// Leaves half of the last line, as when the power goes before the disk is done.
    private static func tearLastLine(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0, status.st_size > 0 else { return }
        truncate(path, status.st_size - status.st_size / 3)
    }
}
