import Dashboard
import Testing

@testable import App

@Suite struct `Requests that rest` {
    private let start = ContinuousClock.now
    private var requests = RestingRequests()

    private func after(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    @Test mutating func `are due when they were wanted long enough`() {
        #expect(requests.add(.subscription("1"), at: start) == after(200))
        let (due, next) = requests.rested(at: after(200))
        #expect(due == [.subscription("1")])
        #expect(next == nil)
    }

    @Test mutating func `are never due once they are no longer wanted`() {
        _ = requests.add(.subscription("1"), at: start)
        requests.remove(.subscription("1"))
        let (due, next) = requests.rested(at: after(200))
        #expect(due.isEmpty)
        #expect(next == nil)
    }

    @Test mutating func `share one timer while the cursor moves`() {
        _ = requests.add(.subscription("1"), at: start)
        requests.remove(.subscription("1"))
        #expect(requests.add(.subscription("2"), at: after(50)) == nil)
        #expect(requests.rested(at: after(200)) == ([], after(250)))
        #expect(requests.rested(at: after(250)) == ([.subscription("2")], nil))
    }

    @Test mutating func `begin anew when they are wanted once more`() {
        _ = requests.add(.subscription("1"), at: start)
        _ = requests.add(.subscription("1"), at: after(150))
        #expect(requests.rested(at: after(200)) == ([], after(350)))
        #expect(requests.rested(at: after(350)) == ([.subscription("1")], nil))
    }

    @Test mutating func `ask for a timer again after the last one`() {
        _ = requests.add(.subscription("1"), at: start)
        _ = requests.rested(at: after(200))
        #expect(requests.add(.subscription("2"), at: after(300)) == after(500))
    }
}
