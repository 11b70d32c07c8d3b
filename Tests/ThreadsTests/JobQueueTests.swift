import Testing

@testable import Threads

@Suite struct `Jobs that wait` {
    @Test func `go by priority, and within one in the order they came`() {
        var queue = JobQueue<String>()
        #expect(queue.popFirst() == nil)
        for (job, priority) in [("c", 21), ("e", 9), ("a", 25), ("d", 21), ("f", 9), ("b", 25)] {
            queue.append(job, priority: UInt8(priority))
        }
        #expect(queue.count == 6)
        #expect(queue.popFirst() == "a")
        queue.append("z", priority: 255)
        #expect(["z", "b", "c", "d", "e", "f"].allSatisfy { queue.popFirst() == $0 })
        #expect(queue.isEmpty)
        #expect(queue.popFirst() == nil)
    }
}
