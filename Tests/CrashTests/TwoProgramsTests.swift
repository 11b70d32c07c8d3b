import Marketplace
import MarketplaceClient
import TestSupport
import Testing

@testable import CrashDriver

/// Two programs with one profile and one journal that want an equal order at the same time.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Two programs on one profile` {
    /// What becomes of the first while the second wants the same.
    enum Course: String, CaseIterable, Sendable {
        case bothGoOn = "both go on at once"
        case firstIsKilled = "first killed with its intent written"
        case firstIsKilledUnderWay = "first killed while its request is under way"
        case bothSettle = "first killed after a lost answer, two others settle at once"
    }

    struct Round: Sendable {
        var course: Course
        var told: [String]
        /// Orders of the pair that the marketplace has.
        var orders = 0
        var entries: [JournalEntry] = []
        /// Records that say for good what became of an intent.
        var lastWords: [String: Int] = [:]
    }

    @Test func `an equal order is sent once, whoever is killed`() async throws {
        let scene = try await Scene()
        let customers = try await scene.customers()
        var rounds: [Round] = []
        for number in 0..<40 {
            let order = Pair(
                customer: customers[number % customers.count].rawValue, quantity: 1 + number / customers.count,
                number: number)
            let course = Course.allCases[number % Course.allCases.count]
            var round = Round(course: course, told: try await run(course, order, scene, seed: number))
            round.entries = try await scene.entries(order.journal)
            for record in try await FileJournal(path: scene.path(order.journal)).records() {
                switch record.event {
                case .ended(.taken), .ended(.refused): round.lastWords[record.id, default: 0] += 1
                case .intended, .ended(.unknown), .checked, .noticed, .damaged: break
                }
            }
            rounds.append(round)
            scene.time.advance(seconds: 10)
        }
        let orders = try await scene.orders(of: Set(customers), withNumbersFrom: "PAIR-")
        await scene.end()
        for (number, round) in rounds.enumerated() {
            let placed = orders.filter { $0.key.hasPrefix("PAIR-\(number)-") }
            let title = "round \(number), \(round.course.rawValue): \(round.told)"
            let made = round.entries.compactMap { if case .taken(let made) = $0.outcome { made } else { nil } }
            #expect(placed.values.flatMap(\.self).count == 1, "\(title): \(placed)")
            #expect(placed.values.flatMap(\.self) == made, "\(title): the journal says \(made)")
            #expect(round.lastWords.values.allSatisfy { $0 == 1 }, "\(title): settled twice")
            #expect(round.lastWords.count == round.entries.count, "\(title): \(round.entries.map(\.outcome))")
        }
        for course in Course.allCases {
            let here = rounds.indices.filter { rounds[$0].course == course }
            let count = here.reduce(0) { sum, number in
                sum + orders.filter { $0.key.hasPrefix("PAIR-\(number)-") }.values.flatMap(\.self).count
            }
            print("\(course.rawValue): \(here.count) pairs of equal orders, \(count) orders on the server")
        }
    }

    private struct Pair {
        var customer: String
        var quantity: Int
        var number: Int

        var journal: String { "pair-\(number)" }
        func sale(_ letter: Character) -> CrashCommand {
            .sell(customer: customer, quantity: quantity, poNumber: "PAIR-\(number)-\(letter)")
        }
    }

    /// - Returns: What the programs received in the end.
    private func run(_ course: Course, _ pair: Pair, _ scene: Scene, seed: Int) async throws -> [String] {
        var dice = Dice(seed: UInt64(seed))
        let first = try scene.driver(pair.journal)
        let second = try scene.driver(pair.journal)
        scene.hold.onArrival { first.note("held") }
        defer {
            first.kill()
            second.kill()
        }
        // Both have looked and found nothing against it when the first begins.
        for (driver, letter) in [(first, Character("A")), (second, Character("B"))] {
            driver.submit(.stop(.beforeIntent))
            driver.submit(pair.sale(letter))
            try await driver.expect("at before-intent")
        }
        switch course {
        case .bothGoOn:
            for driver in dice.below(2) == 0 ? [first, second] : [second, first] { driver.submit(.go) }
            return try await bothAnswers(first, second)
        case .firstIsKilled:
            first.submit(.stop(.afterIntent))
            first.submit(.go)
            try await first.expect("at after-intent")
            var told = try await heldBack(second, underWay: true)
            second.submit(pair.sale("C"))
            told.append(try await second.next())
            #expect(told.last?.hasPrefix("refused before: An equal sales order was sent") == true)
            first.kill()
            second.submit(.settle)
            try await second.expect("settled")
            second.submit(pair.sale("D"))
            told.append(try await second.next())
            #expect(told.last?.hasPrefix("done") == true)
            return told
        case .firstIsKilledUnderWay:
            try await scene.setFaults(["POST /orders: delay 1\(dice.below(2) == 0 ? "" : " before-effect")"])
            first.submit(.go)
            try await first.expect("held")
            var told = try await heldBack(second, underWay: true)
            second.submit(.settle)
            try await second.expect("settled")
            #expect(try await scene.entries(pair.journal).map(\.outcome) == [.sending], "it is still awaited")
            first.kill()
            let late = dice.below(3)
            if late == 0 { await scene.release() } else { try await scene.setFaults([]) }
            second.submit(.settle)
            try await second.expect("settled") { count in if count == late { await scene.release() } }
            told += try await warned(second, pair.sale("C"))
            return told
        case .bothSettle:
            try await scene.setFaults(["POST /orders: \(dice.one(of: ["504", "reset", "html"])) after-effect"])
            first.submit(.stop(.afterAnswer))
            first.submit(.go)
            try await first.expect("at after-answer")
            first.kill()
            try await scene.setFaults([])
            var told = try await heldBack(second, underWay: false)
            let third = try scene.driver(pair.journal)
            defer { third.kill() }
            for driver in [second, third] { driver.submit(.settle) }
            #expect(try await bothAnswers(second, third) == ["settled", "settled"])
            told += try await warned(third, pair.sale("C"))
            return told
        }
    }

    private func bothAnswers(_ first: Driver, _ second: Driver) async throws -> [String] {
        async let one = first.next()
        async let other = second.next()
        return try await [one, other]
    }

    /// Lets `driver` go on to the journal, where another's intent holds it back.
    private func heldBack(_ driver: Driver, underWay: Bool) async throws -> [String] {
        driver.submit(.go)
        let told = try await driver.next()
        #expect(told.hasPrefix("moved on: "), "\(told)")
        #expect(!underWay || told.contains("nobody knows yet whether it was taken"), "\(told)")
        return [told]
    }

    private func warned(_ driver: Driver, _ command: CrashCommand) async throws -> [String] {
        driver.submit(command)
        let told = try await driver.next()
        #expect(told.hasPrefix("warned: An equal order was placed on"), "\(told)")
        return [told]
    }
}
