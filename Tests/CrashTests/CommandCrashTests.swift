import Glibc
import Marketplace
import MarketplaceClient
import TestSupport
import Testing

/// `souk orders place --intent ID --yes`, the real program, killed at each of the moments at which a program that sends an order
/// is killed in ``Crashes while sending``. Afterwards a person gives the same intent again, and has the journal settled.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Crashes of a command` {
    typealias Outcome = `Crashes while sending`.Outcome

    @Test func `whenever a command is killed, its order is there once and the journal knows it`() async throws {
        let count = getenv("SOUK_CRASH_COMMANDS").flatMap { Int(String(cString: $0)) } ?? 12
        let scene = try await Scene(isAtRealTime: true)
        let customers = try await scene.customers()
        var outcomes: [Outcome] = []
        for seed in 0..<count {
            let customer = customers[seed % customers.count]
            outcomes.append(
                try await Self.crash(Placement(ofCommand: seed), customer.rawValue, units: 1 + seed, scene))
        }
        let orders = try await scene.orders(of: Set(customers.prefix(count)), withNumbersFrom: "CRASH-")
        for place in outcomes.indices { outcomes[place].orders = orders[outcomes[place].placement.number] ?? [] }
        await scene.end()
        print(CrashTable(outcomes).text)
        for outcome in outcomes { outcome.judge() }
    }

    private static func crash(
        _ placement: Placement, _ customer: String, units: Int, _ scene: Scene
    ) async throws -> Outcome {
        let program = CommandRun(home: try TestFolder.make(), baseURL: scene.baseURL)
        let order = [
            "orders", "place", "--customer", customer, "--mpn", "AUR-365-BP", "--term", "1y", "--billing", "1m",
            "--units", String(units), "--po", placement.number,
        ]
        let intent = try await review(order, program)
        try await kill(placement, intent, program, scene)
        if placement.fate == .slow { await scene.release() }
        try await scene.setFaults(placement.lookup)
        let begun = try await entry(program, scene)

        // The same again: it is sent only where nothing of it was written.
        var again = try await program.run(send(intent))
        var outcome = Outcome(placement: placement)
        if let begun {
            if placement.fate == .late { await scene.release() }
            for _ in 0..<4 where try await entry(program, scene)?.isUnknown != false {
                // Then it is certain what became of it.
                try await program.age(by: Int(JournalEntry.secondsToShow) + 60)
                _ = try await program.run(["journal", "settle"])
            }
            outcome.settled = try await scene.entries(at: program.journal ?? "").first { $0.id == begun.id }?.outcome
            if case .refused? = outcome.settled {
                let spent = try await program.run(send(intent))
                #expect(spent.exit == 9, "an intent that was used sends nothing: \(spent.errors)")
                again = try await program.run(send(try await review(order, program)))
            } else {
                again = try await program.run(send(intent))
                #expect(again.exit == 0, "\(placement.number): \(again.errors)")
                again.output = "already there: " + again.output
            }
        } else {
            // What goes wrong while things are read is not the order's fault: a person tries again.
            for _ in 0..<3 where again.exit != 0 { again = try await program.run(send(intent)) }
        }
        outcome.again = again.exit == 0 && !again.output.hasPrefix("already") ? "done" : again.output + again.errors
        outcome.entries = try await scene.entries(at: program.journal ?? "")
        return outcome
    }

    private static func send(_ intent: String) -> [String] { ["orders", "place", "--intent", intent, "--yes"] }

    /// The newest entry of its journal.
    private static func entry(_ program: CommandRun, _ scene: Scene) async throws -> JournalEntry? {
        guard let journal = program.journal else { return nil }
        return try await scene.entries(at: journal).first
    }

    /// - Returns: The intent that the review names.
    private static func review(_ order: [String], _ program: CommandRun) async throws -> String {
        let review = try await program.run(order + ["--json"])
        let text = review.output.split(separator: "\"intent\":\"").dropFirst().first.map(String.init)
        return try #require(
            text.map { String($0.prefix { $0 != "\"" }) }, "\(review.output) \(review.errors)")
    }

    /// Sends the order, and kills the program at its moment.
    private static func kill(
        _ placement: Placement, _ intent: String, _ program: CommandRun, _ scene: Scene
    ) async throws {
        try await scene.setFaults(placement.fate.rules)
        guard placement.moment != .underWay else {
            let (arrivals, arrived) = AsyncStream<Void>.makeStream()
            scene.hold.onArrival { arrived.yield() }
            let process = try program.start(send(intent))
            for await _ in arrivals { break }
            #expect(Glibc.kill(process, SIGKILL) == 0)
            #expect(await program.end(of: process).wasKilled)
            return
        }
        let end = try await program.run(send(intent), killedAt: placement.moment.name)
        #expect(end.wasKilled, "\(placement.moment.rawValue): \(end)")
    }
}

extension Placement {
    /// One of a command. Its answers are waited for as long as they take, so none is held back once the program is to live
    /// until it has one.
    fileprivate init(ofCommand seed: Int) {
        self.init(seed: seed)
        isChange = false
        if moment != .underWay, fate.isHeld { fate = .gatewayGivesUp }
    }
}

extension Placement.Moment {
    /// As the library that kills knows it.
    fileprivate var name: String? {
        switch self {
        case .beforeIntent: "before-intent"
        case .inIntent: "in-intent"
        case .afterIntent: "after-intent"
        case .underWay: nil
        case .afterAnswer: "after-answer"
        case .afterOutcome: "after-outcome"
        }
    }
}
