import Dashboard
import Glibc
import Marketplace
import Testing

@testable import App

@Suite struct `The mailbox` {
    private func isReadable(_ mailbox: Mailbox) -> Bool {
        var descriptor = pollfd(fd: mailbox.descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) == 1
    }

    @Test func `it wakes its reader once and is empty after draining`() throws {
        let mailbox = try #require(Mailbox())
        #expect(!isReadable(mailbox))
        mailbox.post(.time(Instant(millisecondsSince1970: 1)))
        mailbox.post(.time(Instant(millisecondsSince1970: 2)))
        #expect(isReadable(mailbox))
        #expect(mailbox.drain().count == 2)
        #expect(!isReadable(mailbox))
        #expect(mailbox.drain().isEmpty)
    }

    @Test func `of many states of one thing only the latest stays, in the place of the first`() throws {
        let mailbox = try #require(Mailbox())
        let query = DataQuery.order("1")
        mailbox.post(.order("1", Snapshot(isLoading: true)), stateOf: query)
        mailbox.post(.time(Instant(millisecondsSince1970: 1)))
        for _ in 0..<1000 { mailbox.post(.order("1", Snapshot(failure: .cancelled)), stateOf: query) }
        let events = mailbox.drain()
        #expect(events.count == 2)
        guard case .order("1", let snapshot) = events[0] else { return #expect(Bool(false), "another event first") }
        #expect(snapshot.failure == .cancelled)
    }

    @Test func `nothing posted by many threads is lost`() async throws {
        let mailbox = try #require(Mailbox())
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask { mailbox.post(.time(Instant(millisecondsSince1970: Int64(number)))) }
            }
        }
        #expect(mailbox.drain().count == 100)
    }
}
