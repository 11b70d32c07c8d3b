import Dashboard
import Testing

@testable import App

@Suite struct `Debounced queries` {
    private let start = ContinuousClock.now
    private var queries = DebouncedQueries()

    private func after(_ milliseconds: Int) -> ContinuousClock.Instant { start + .milliseconds(milliseconds) }

    @Test mutating func `are due after the delay`() {
        #expect(queries.add(.subscription("1"), at: start) == after(200))
        let (due, next) = queries.takeDue(at: after(200))
        #expect(due == [.subscription("1")])
        #expect(next == nil)
    }

    @Test mutating func `are never due once they are removed`() {
        _ = queries.add(.subscription("1"), at: start)
        queries.remove(.subscription("1"))
        let (due, next) = queries.takeDue(at: after(200))
        #expect(due.isEmpty)
        #expect(next == nil)
    }

    @Test mutating func `share one timer while the cursor moves`() {
        _ = queries.add(.subscription("1"), at: start)
        queries.remove(.subscription("1"))
        #expect(queries.add(.subscription("2"), at: after(50)) == nil)
        #expect(queries.takeDue(at: after(200)) == ([], after(250)))
        #expect(queries.takeDue(at: after(250)) == ([.subscription("2")], nil))
    }

    @Test mutating func `begin anew when they are added once more`() {
        _ = queries.add(.subscription("1"), at: start)
        _ = queries.add(.subscription("1"), at: after(150))
        #expect(queries.takeDue(at: after(200)) == ([], after(350)))
        #expect(queries.takeDue(at: after(350)) == ([.subscription("1")], nil))
    }

    @Test mutating func `ask for a timer again after the last one`() {
        _ = queries.add(.subscription("1"), at: start)
        _ = queries.takeDue(at: after(200))
        #expect(queries.add(.subscription("2"), at: after(300)) == after(500))
    }
}
