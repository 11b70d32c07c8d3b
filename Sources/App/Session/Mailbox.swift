import Dashboard
import Glibc
import Synchronization

/// One value handed from one thread to another.
final class Mailslot<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    func put(_ latest: Value) { value.withLock { $0 = latest } }
    func take() -> Value? { value.withLock { $0.take() } }

    /// Takes the first of several, and leaves the others.
    func takeFirst<Element: Sendable>() -> Element? where Value == ArraySlice<Element> {
        value.withLock { $0?.popFirst() }
    }
}

/// Events on their way from tasks to the screen's thread. Of several states of one thing only the latest is kept, so a
/// thousand answers a second are one drawing.
final class Mailbox: Sendable {
    /// Readable while events wait.
    let descriptor: Int32

    private struct Waiting {
        var order: [Int] = []
        var events: [Int: Event] = [:]
        var places: [DataQuery: Int] = [:]
        var next = 0
    }
    private let waiting = Mutex(Waiting())
    private let writer: Int32

    /// Nil when the system has no pipe left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        descriptor = ends[0]
        writer = ends[1]
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// - Parameter query: what the event is a state of; an earlier state that still waits is replaced.
    func post(_ event: Event, stateOf query: DataQuery? = nil) {
        // What is replaced is freed after the lock, not under it.
        let (wasEmpty, _) = waiting.withLock { box -> (Bool, Event?) in
            let wasEmpty = box.order.isEmpty
            if let query, let place = box.places[query] {
                return (false, box.events.updateValue(event, forKey: place))
            }
            box.order.append(box.next)
            box.events[box.next] = event
            if let query { box.places[query] = box.next }
            box.next += 1
            return (wasEmpty, nil)
        }
        if wasEmpty {
            var byte: UInt8 = 1
            _ = write(writer, &byte, 1)
        }
    }

    func drain() -> [Event] {
        var bytes: [UInt8] = [0, 0, 0, 0]
        while read(descriptor, &bytes, bytes.count) > 0 {}
        return waiting.withLock { box in
            let events = box.order.compactMap { box.events[$0] }
            box = Waiting()
            return events
        }
    }
}
