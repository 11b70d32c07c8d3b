import Marketplace
import TestSupport
import Testing

@testable import MarketplaceClient

@Suite struct SlidingWindowTests {
    private let start = Instant(millisecondsSince1970: 1_900_000_000_000)

    /// How many calls of a priority leave in a row at `now`.
    private func leave(
        _ window: inout SlidingWindow, _ priority: CallPriority, atMost most: Int = .max, now: Instant
    ) -> Int {
        window.pass(to: now)
        var count = 0
        while count < most, window.mayLeave(priority, now: now) {
            _ = window.depart(priority, now: now)
            count += 1
        }
        return count
    }

    @Test func `a quiet minute's calls leave at once, and a part is kept for what is more urgent`() {
        var window = SlidingWindow(.standard)
        #expect(leave(&window, .index, now: start) == 20)
        #expect(leave(&window, .likelyNext, now: start) == 25)
        #expect(leave(&window, .onScreen, now: start) == 12)
        #expect(leave(&window, .write, now: start) == 3)
        #expect(window.left == 0)
        #expect(window.refillsAt == start.adding(seconds: 61))
        #expect(leave(&window, .write, now: start.adding(seconds: 60)) == 0)
        #expect(leave(&window, .write, now: start.adding(seconds: 61)) == 60)
    }

    @Test func `no minute ever holds more calls than agreed, whatever comes when`() {
        var dice = Dice(seed: 7)
        var window = SlidingWindow(Pacing(perMinute: 20, perDay: nil))
        var now = start
        var left: [Instant] = []
        for _ in 0..<5000 {
            now = now.adding(seconds: Double.random(in: 0..<9, using: &dice))
            window.pass(to: now)
            let priority = CallPriority.allCases.randomElement(using: &dice) ?? .write
            for _ in 0..<Int.random(in: 0..<25, using: &dice) where window.mayLeave(priority, now: now) {
                _ = window.depart(priority, now: now)
                left.append(now)
            }
        }
        for index in left.indices.dropFirst(20) {
            #expect(left[index].seconds(since: left[index - 20]) > 60)
        }
        #expect(left.count > 5000)
    }

    @Test func `the index keeps to its share`() {
        var window = SlidingWindow(.standard)
        window.indexShare = 0.1
        #expect(leave(&window, .index, now: start) == 6)
        window.indexShare = 1
        #expect(leave(&window, .index, now: start) == 39)
        #expect(leave(&window, .onScreen, now: start) == 12)
    }

    @Test func `a refusal lowers the calls a minute once, and they come back only as they pass`() {
        var window = SlidingWindow(.standard)
        #expect(leave(&window, .write, atMost: 40, now: start) == 40)
        for number in 30...40 { window.refused(number, pauseFor: 10, now: start.adding(seconds: 2)) }
        #expect(window.limit == 30)
        #expect(window.pause == Waiting(until: start.adding(seconds: 12), reason: .rateLimit))
        #expect(leave(&window, .write, now: start.adding(seconds: 11)) == 0)
        // Answers to calls that left before the refusal say nothing about what comes after it.
        window.answered(29)
        #expect(window.pause != nil)
        let later = start.adding(seconds: 70)
        #expect(leave(&window, .write, now: later) == 30)
        for number in 41...69 { window.answered(number) }
        #expect(window.limit == 30)
        window.answered(70)
        #expect(window.limit == 36)
        var minutes = 0
        while window.limit != 60, minutes < 20 {
            minutes += 1
            let now = later.adding(seconds: Double(minutes) * 61)
            for _ in 0..<leave(&window, .write, now: now) { window.answered(1000) }
        }
        #expect(minutes == 4)
    }

    @Test func `a refusal of almost the first call does not choke everything`() {
        var window = SlidingWindow(.standard)
        let number = window.depart(.onScreen, now: start)
        window.refused(number, pauseFor: 1, now: start)
        #expect(window.limit == 15)
    }

    @Test func `a long pause is tried once a minute by what a person asks for`() {
        var window = SlidingWindow(.standard)
        let first = window.depart(.onScreen, now: start)
        window.usedUp(first, pauseFor: 18_764, now: start)
        #expect(!window.mayLeave(.onScreen, now: start.adding(seconds: 59)))
        let later = start.adding(seconds: 60)
        #expect(!window.mayLeave(.likelyNext, now: later))
        #expect(leave(&window, .onScreen, now: later) == 1)
        window.usedUp(first + 1, pauseFor: 18_704, now: later)
        #expect(window.pause?.reason == .dailyQuota)
        #expect(leave(&window, .onScreen, now: later.adding(seconds: 60)) == 1)
        window.answered(first + 2)
        #expect(window.pause == nil)
    }

    @Test func `the marketplace's refusal says when its day begins`() {
        var window = SlidingWindow(.standard)
        let number = window.depart(.onScreen, now: start)
        window.usedUp(number, pauseFor: 3600, now: start)
        #expect(window.dayEnds == start.adding(seconds: 3600))
        window.pass(to: start.adding(seconds: 3600))
        #expect(window.usedToday == 0)
        #expect(window.pause == nil)
    }

    @Test func `when the day's calls are used up nothing is read ahead, but a person is not stopped by a guess`() {
        var window = SlidingWindow(Pacing(perMinute: nil, perDay: 30))
        #expect(leave(&window, .index, now: start) == 10)
        #expect(leave(&window, .likelyNext, now: start) == 20)
        #expect(leave(&window, .onScreen, atMost: 5, now: start) == 5)
        #expect(window.chance(.index, ahead: 0, now: start).reason == .dailyQuota)
        #expect(leave(&window, .index, now: start.adding(seconds: 86_400)) == 10)
    }

    @Test func `a waiting call knows when it may leave`() {
        var window = SlidingWindow(Pacing(perMinute: 4, perDay: nil))
        for second in 0..<4 { _ = leave(&window, .write, atMost: 1, now: start.adding(seconds: Double(second))) }
        let now = start.adding(seconds: 10)
        for (ahead, seconds) in [(0, 61.0), (1, 62), (3, 64), (4, 122)] {
            #expect(
                window.chance(.write, ahead: ahead, now: now)
                    == Waiting(until: start.adding(seconds: seconds), reason: .pace))
        }
    }
}
