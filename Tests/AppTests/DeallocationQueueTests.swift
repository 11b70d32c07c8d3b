import Glibc
import Synchronization
import Testing

@testable import App

@Suite struct `The deallocation queue` {
    private final class Thing: Sendable {
        let freed: Mailslot<pthread_t>
        init(_ freed: Mailslot<pthread_t>) { self.freed = freed }
        deinit { freed.put(pthread_self()) }
    }

    @Test func `frees what was added when it is drained, and not before`() async {
        let queue = DeallocationQueue()
        let freed = Mailslot<pthread_t>()
        queue.add(Thing(freed))
        #expect(freed.take() == nil)
        await queue.drain()?.value
        #expect(freed.take() != nil)
        #expect(queue.drain() == nil)
    }
}
