import Dashboard
import Marketplace
import Testing

@testable import App

@Suite struct `Details of the rows in the viewport` {
    private let start = ContinuousClock.now
    private func rows(_ range: ClosedRange<Int>) -> [DataQuery] {
        range.map { .subscription(Subscription.ID(String($0))) }
    }

    @Test func `are read at once, a few at a time`() {
        var details = DetailScheduler()
        #expect(details.schedule(rows(1...9), at: start) == .read(rows(1...4)))
        #expect(details.finish(rows(2...2)[0]) == rows(5...5)[0])
    }

    @Test func `that were answered leave the rest in its order`() {
        var details = DetailScheduler()
        _ = details.schedule(rows(1...6), at: start)
        #expect(details.finish(rows(1...1)[0]) == rows(5...5)[0])
        #expect(details.schedule(rows(2...6), at: start) == .nothing)
        #expect(details.finish(rows(2...2)[0]) == rows(6...6)[0])
        #expect(details.finish(rows(3...3)[0]) == nil)
    }

    @Test func `that scroll by are not read`() {
        var details = DetailScheduler()
        _ = details.schedule(rows(1...1), at: start)
        _ = details.finish(rows(1...1)[0])
        #expect(
            details.schedule(rows(2...2), at: start + .milliseconds(50)) == .wait(until: start + .milliseconds(250)))
        #expect(details.schedule(rows(3...3), at: start + .milliseconds(100)) == .nothing)
        #expect(details.resume(at: start + .milliseconds(250)) == .wait(until: start + .milliseconds(300)))
        #expect(details.resume(at: start + .milliseconds(300)) == .read(rows(3...3)))
    }

    @Test func `after a pause are read at once again`() {
        var details = DetailScheduler()
        _ = details.schedule(rows(1...1), at: start)
        #expect(details.schedule(rows(2...2), at: start + .seconds(1)) == .read(rows(2...2)))
    }

    @Test func `that are being read are not read twice`() {
        var details = DetailScheduler()
        _ = details.schedule(rows(1...2), at: start)
        #expect(details.schedule(rows(0...3), at: start + .seconds(1)) == .read(rows(0...0) + rows(3...3)))
    }
}
