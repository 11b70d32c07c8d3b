import Marketplace
import Synchronization

/// A ring buffer of the last exchanges with the marketplace and the last values served without one.
final class RequestLog: Sendable {
    private enum Entry: Sendable {
        case exchange(LoggedExchange)
        /// Its path is put together only when somebody reads the log.
        case hit(id: Int, at: Instant, path: @Sendable () -> String)

        var exchange: LoggedExchange {
            switch self {
            case .exchange(let exchange): exchange
            case .hit(let id, let at, let path):
                LoggedExchange(id: id, at: at, method: "GET", path: path(), source: .cache)
            }
        }
    }

    private struct State {
        var entries: [Entry] = []
        /// The index of the oldest entry once the ring is full.
        var oldest = 0
        var lastID = 0

        mutating func add(_ entry: (_ id: Int) -> Entry) {
            lastID += 1
            if entries.count < RequestLog.capacity {
                entries.append(entry(lastID))
            } else {
                entries[oldest] = entry(lastID)
                oldest = (oldest + 1) % RequestLog.capacity
            }
        }
    }

    static let capacity = 1000

    private let state = Mutex(State())
    private let broadcast = Broadcast<Void>()

    /// Oldest first.
    var exchanges: [LoggedExchange] {
        let (entries, oldest) = state.withLock { ($0.entries, $0.oldest) }
        return (entries[oldest...] + entries[..<oldest]).map(\.exchange)
    }

    /// - Parameter exchange: Is given the entry's id.
    func add(_ exchange: (_ id: Int) -> LoggedExchange) { note { .exchange(exchange($0)) } }

    func addHit(at: Instant, path: @escaping @Sendable () -> String) { note { .hit(id: $0, at: at, path: path) } }

    /// Something now, then something whenever entries were added, until the reader leaves. Many additions may come as
    /// once.
    func changes() -> AsyncStream<Void> { broadcast.stream(first: { () }) }

    private func note(_ entry: (_ id: Int) -> Entry) {
        state.withLock { $0.add(entry) }
        broadcast.send(())
    }
}
