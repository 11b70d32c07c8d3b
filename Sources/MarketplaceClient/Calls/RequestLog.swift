import Marketplace
import Synchronization

/// The last exchanges with the marketplace and the last values served without one, oldest forgotten first.
final class RequestLog: Sendable {
    private enum Line: Sendable {
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
        var lines: [Line] = []
        /// Where the oldest line stands once the ring is full.
        var oldest = 0
        var lastID = 0

        mutating func add(_ line: (_ id: Int) -> Line) {
            lastID += 1
            if lines.count < RequestLog.capacity {
                lines.append(line(lastID))
            } else {
                lines[oldest] = line(lastID)
                oldest = (oldest + 1) % RequestLog.capacity
            }
        }
    }

    static let capacity = 1000

    private let state = Mutex(State())

    /// Oldest first.
    var exchanges: [LoggedExchange] {
        let (lines, oldest) = state.withLock { ($0.lines, $0.oldest) }
        return (lines[oldest...] + lines[..<oldest]).map(\.exchange)
    }

    /// - Parameter exchange: Is given the line's id.
    func add(_ exchange: (_ id: Int) -> LoggedExchange) { state.withLock { $0.add { .exchange(exchange($0)) } } }

    func addHit(at: Instant, path: @escaping @Sendable () -> String) {
        state.withLock { $0.add { .hit(id: $0, at: at, path: path) } }
    }
}
