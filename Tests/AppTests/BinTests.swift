import Glibc
import Synchronization
import Testing

@testable import App

@Suite struct `The bin` {
    private final class Thing: Sendable {
        let freed: Mailslot<pthread_t>
        init(_ freed: Mailslot<pthread_t>) { self.freed = freed }
        deinit { freed.put(pthread_self()) }
    }

    @Test func `frees what it is given when it is emptied, and not before`() async {
        let bin = Bin()
        let freed = Mailslot<pthread_t>()
        bin.add(Thing(freed))
        #expect(freed.take() == nil)
        await bin.empty()?.value
        #expect(freed.take() != nil)
        #expect(bin.empty() == nil)
    }
}
