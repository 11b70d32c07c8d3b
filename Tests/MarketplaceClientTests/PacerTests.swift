import Marketplace
import Synchronization
import TestSupport
import Testing

@testable import MarketplaceClient

@Suite(.timeLimit(.minutes(30))) struct PacerTests {
    private let clock = HeldClock()
    private let left = Departures()

    private func pacer(perMinute: Int? = 20, perDay: Int? = nil, atOnce: Int? = nil) -> Pacer {
        Pacer(Pacing(perMinute: perMinute, perDay: perDay, atOnce: atOnce), clock: clock)
    }

    /// Uses up the minute.
    private func fill(_ pacer: Pacer, _ count: Int = 20) async throws {
        for _ in 0..<count {
            pacer.finished(try await pacer.permit(for: CallContext(priority: .write), kind: "fill"), .answered)
        }
    }

    /// A call that notes its name when it leaves; returns when it is in the queue.
    private func queue(
        _ name: String, _ priority: CallPriority, kind: String = "orders", in pacer: Pacer, context: CallContext? = nil
    ) async -> Task<MarketplaceError?, Never> {
        let before = pacer.budget().waitingInAll
        let call = Task { [left] () -> MarketplaceError? in
            await failure { () async throws(MarketplaceError) in
                let permit = try await pacer.permit(for: context ?? CallContext(priority: priority), kind: kind)
                left.add(name)
                pacer.finished(permit, .answered)
                return permit
            }
        }
        for await budget in pacer.budgets() where budget.waitingInAll > before { break }
        return call
    }

    @Test func `calls leave in the order of their urgency`() async throws {
        let pacer = pacer(atOnce: 1)
        try await fill(pacer, 1)
        let held = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        var calls: [Task<MarketplaceError?, Never>] = []
        for priority in [CallPriority.index, .likelyNext, .onScreen] {
            calls.append(await queue(priority.word, priority, in: pacer))
        }
        #expect(pacer.budget().waiting == [.index: 1, .likelyNext: 1, .onScreen: 1])
        pacer.finished(held, .answered)
        for call in calls { #expect(await call.value == nil) }
        #expect(left.names == ["on screen", "likely next", "index"])
    }

    @Test func `kinds of calls take turns, so that many details do not hold up one list`() async throws {
        let pacer = pacer(atOnce: 1)
        let held = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        var calls: [Task<MarketplaceError?, Never>] = []
        for name in ["d1", "d2", "d3"] { calls.append(await queue(name, .onScreen, kind: "subscriptions", in: pacer)) }
        calls.append(await queue("list", .onScreen, kind: "orders", in: pacer))
        pacer.finished(held, .answered)
        for call in calls { _ = await call.value }
        #expect(left.names == ["d1", "list", "d2", "d3"])
    }

    @Test func `a call that waits moves to another priority`() async throws {
        let pacer = pacer(atOnce: 1)
        let held = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        let context = CallContext(priority: .index)
        let late = await queue("moved", .index, in: pacer, context: context)
        let other = await queue("other", .likelyNext, in: pacer)
        context.move(to: .onScreen)
        #expect(pacer.budget().waiting == [.onScreen: 1, .likelyNext: 1])
        pacer.finished(held, .answered)
        _ = await (late.value, other.value)
        #expect(left.names == ["moved", "other"])
    }

    @Test func `a call that waits is cancelled at once`() async throws {
        let pacer = pacer()
        try await fill(pacer)
        let call = await queue("never", .onScreen, in: pacer)
        call.cancel()
        #expect(await call.value == .cancelled)
        #expect(pacer.budget().waiting.isEmpty)
        #expect(left.names.isEmpty)
    }

    @Test func `a call waits until the minute has room, and says until when`() async throws {
        let pacer = pacer()
        try await fill(pacer)
        let context = CallContext(priority: .onScreen)
        let call = await queue("later", .onScreen, in: pacer, context: context)
        #expect(context.waiting == Waiting(until: clock.now().adding(seconds: 61), reason: .pace))
        clock.advance(seconds: 60.9)
        #expect(pacer.budget().waitingInAll == 1)
        clock.advance(seconds: 0.1)
        #expect(pacer.budget().waitingInAll == 0)
        #expect(await call.value == nil)
        #expect(context.waiting == nil)
    }

    @Test func `a rate limit pauses everybody`() async throws {
        let pacer = pacer(perMinute: nil)
        let refused = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        pacer.finished(refused, .refused(pauseFor: 12))
        let context = CallContext(priority: .write)
        let call = await queue("write", .write, in: pacer, context: context)
        #expect(context.waiting == Waiting(until: clock.now().adding(seconds: 12), reason: .rateLimit))
        #expect(pacer.budget().paused == context.waiting)
        clock.advance(seconds: 12)
        #expect(pacer.budget().paused == nil)
        #expect(await call.value == nil)
    }

    @Test func `a pause of hours is reported instead of waited, except by the index`() async throws {
        let pacer = pacer()
        let index = CallContext(priority: .onScreen)
        pacer.finished(try await pacer.permit(for: index, kind: "x"), .usedUp(pauseFor: 7200))
        for priority in [CallPriority.likelyNext, .onScreen, .write] {
            let error = await failure { () async throws(MarketplaceError) in
                try await pacer.permit(for: CallContext(priority: priority), kind: "x")
            }
            #expect(error == .quotaExhausted(retryAfter: 7200))
        }
        let patient = await queue("index", .index, in: pacer)
        #expect(pacer.budget().waiting == [.index: 1])
        clock.advance(seconds: 7200)
        _ = pacer.budget()
        #expect(await patient.value == nil)
    }

    @Test func `who insists tries one call at once during any pause`() async throws {
        for pause in [30.0, 7200] {
            let pacer = pacer()
            pacer.finished(
                try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .refused(pauseFor: pause))
            pacer.allowTry()
            pacer.finished(
                try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .refused(pauseFor: pause))
            #expect(pacer.budget().paused != nil)
            pacer.allowTry()
            pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .answered)
            #expect(pacer.budget().paused == nil)
        }
    }

    @Test func `who insists sends no reading ahead`() async throws {
        let pacer = pacer()
        pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .refused(pauseFor: 30))
        let ahead = await queue("ahead", .likelyNext, in: pacer)
        pacer.allowTry()
        #expect(pacer.budget().waiting == [.likelyNext: 1])
        pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .refused(pauseFor: 30))
        #expect(pacer.budget().waiting == [.likelyNext: 1])
        ahead.cancel()
    }

    @Test func `those who wait when a long pause begins hear of it too`() async throws {
        let pacer = pacer(atOnce: 1)
        let held = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        let call = await queue("never", .onScreen, in: pacer)
        pacer.finished(held, .refused(pauseFor: 3600))
        #expect(await call.value == .rateLimited(retryAfter: 3600))
    }

    @Test func `writes do not wait for reads in flight, and the index leaves them most of the room`() async throws {
        let pacer = pacer(perMinute: nil, atOnce: 4)
        _ = try await pacer.permit(for: CallContext(priority: .index), kind: "x")
        let second = await queue("index", .index, in: pacer)
        for _ in 0..<3 { _ = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x") }
        let read = await queue("read", .onScreen, in: pacer)
        _ = try await pacer.permit(for: CallContext(priority: .write), kind: "x")
        #expect(pacer.budget().inFlight == 5)
        #expect(pacer.budget().waitingInAll == 2)
        second.cancel()
        read.cancel()
    }

    @Test func `the budget is published as it changes`() async throws {
        let pacer = pacer(perDay: 5000)
        var budgets = pacer.budgets().makeAsyncIterator()
        #expect(await budgets.next() == Budget(perMinute: 20, left: 20, perDay: 5000))
        let permit = try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x")
        let refill = clock.now().adding(seconds: 61)
        #expect(
            await budgets.next()
                == Budget(perMinute: 20, left: 19, refillsAt: refill, inFlight: 1, sent: 1, usedToday: 1, perDay: 5000))
        pacer.finished(permit, .answered)
        #expect(await budgets.next()?.inFlight == 0)
    }

    @Test func `under a stopped clock time passes while the pacer sleeps`() async throws {
        let pacer = Pacer(Pacing(perMinute: 2, perDay: nil), clock: StandingClock())
        for _ in 0..<7 {
            pacer.finished(try await pacer.permit(for: CallContext(priority: .onScreen), kind: "x"), .answered)
        }
        #expect(pacer.budget().usedToday == 7)
    }

    @Test func `whatever comes and goes, everybody gets an answer and the index none too many`() async throws {
        for seed in 1...20 as ClosedRange<UInt64> {
            var dice = Dice(seed: seed)
            let pacer = Pacer(Pacing(perMinute: 12, perDay: nil, atOnce: 3), clock: StandingClock())
            let answered = Departures()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<60 {
                    let priority = CallPriority.allCases.randomElement(using: &dice) ?? .write
                    let leaves = Int.random(in: 0..<5, using: &dice) == 0
                    let outcome: Pacer.Outcome =
                        switch Int.random(in: 0..<12, using: &dice) {
                        case 0: .refused(pauseFor: 5)
                        case 1: .lost
                        default: .answered
                        }
                    group.addTask {
                        let call = Task {
                            let context = CallContext(priority: priority)
                            guard let permit = try? await pacer.permit(for: context, kind: priority.word) else {
                                return
                            }
                            await Task.yield()
                            pacer.finished(permit, outcome)
                        }
                        if leaves { call.cancel() }
                        await call.value
                        answered.add("")
                    }
                }
            }
            #expect(answered.names.count == 60)
            #expect(pacer.budget().inFlight == 0)
            #expect(pacer.budget().waitingInAll == 0)
        }
    }
}

private final class Departures: Sendable {
    private let kept = Mutex<[String]>([])

    var names: [String] { kept.withLock { $0 } }
    func add(_ name: String) { kept.withLock { $0.append(name) } }
}

/// A clock that never moves; sleeping under it takes no time.
private struct StandingClock: ClientClock {
    func now() -> Instant { Instant(millisecondsSince1970: 1_900_000_000_000) }
    func jitter() -> Double { 0 }

    func sleep(seconds: Double) async throws(CancellationError) {
        if Task.isCancelled { throw CancellationError() }
        await Task.yield()
    }
}
