import Glibc

/// Bytes on their way to a terminal or a pipe that others may share, and may have made non-blocking. What is taken in
/// part is sent whole, however long that takes; only a request to end, or nobody at the other end, stops the waiting.
final class TerminalOutput {
    enum Outcome: Equatable {
        case sent
        /// Nobody reads any more.
        case closed
        /// The program was asked to end while nothing was taken.
        case interrupted
    }

    let descriptor: Int32
    /// Until when the last bytes had to wait, in milliseconds of the monotonic clock; nil when they did not.
    private(set) var waitedUntil: Int64?

    /// The requests to end; nil where none are caught and each ends the process.
    var signals: SignalInbox?

    private let isOwn: Bool
    /// What is left of bytes that were taken in part when the program was asked to end.
    private var cut: ArraySlice<UInt8> = []
    /// A pipe that has room takes so many bytes at once.
    private static let piece = 4096

    init(_ shared: Int32) {
        let own = Self.ownDescription(of: shared)
        descriptor = own ?? shared
        isOwn = own != nil
    }

    deinit { if isOwn { close(descriptor) } }

    /// The same terminal opened once more: non-blocking for us alone, whoever shares the other one.
    private static func ownDescription(of shared: Int32) -> Int32? {
        guard isatty(shared) == 1 else { return nil }
        let own = open("/proc/self/fd/\(shared)", O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard own >= 0 else { return nil }
        var (one, other) = (stat(), stat())
        if fstat(shared, &one) == 0, fstat(own, &other) == 0, one.st_rdev == other.st_rdev, isatty(own) == 1 {
            return own
        }
        close(own)
        return nil
    }

    @discardableResult
    func send(_ text: String) -> Outcome { send(Array(text.utf8)[...]) }

    /// - Parameter milliseconds: How long to wait for room at most; nil for ever.
    @discardableResult
    func send(_ all: ArraySlice<UInt8>, within milliseconds: Int64? = nil) -> Outcome {
        var bytes = all
        waitedUntil = nil
        // Nothing may come into the middle of what was cut off.
        if !cut.isEmpty, milliseconds == nil { return .interrupted }
        let deadline = milliseconds.map { MonotonicClock.milliseconds() + $0 }
        // What is not ours alone may block.
        var mustWait = !isOwn
        while !bytes.isEmpty {
            if mustWait {
                guard waitUntilWritable(until: deadline) else {
                    if bytes.count < all.count { cut = bytes }
                    return .interrupted
                }
                mustWait = !isOwn
            }
            let sent = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, min($0.count, Self.piece)) }
            if sent > 0 {
                bytes = bytes.dropFirst(sent)
            } else if sent < 0, errno == EAGAIN {
                mustWait = true
            } else if sent == 0 || errno != EINTR {
                return .closed
            }
        }
        return .sent
    }

    /// Sends the rest of what was cut off.
    /// - Returns: whether nothing is cut off any more.
    func finishCut(within milliseconds: Int64) -> Bool {
        let rest = cut
        cut = []
        return rest.isEmpty || send(rest, within: milliseconds) == .sent
    }

    /// Waits until what was sent has left for the terminal. A signal ends the wait: it is served first.
    func drain() {
        defer { signals?.putBack() }
        if signals?.asksToEnd != true { tcdrain(descriptor) }
    }

    /// - Returns: false when the program was asked to end, or the time is over.
    func waitUntilWritable(until deadline: Int64?) -> Bool {
        defer { signals?.putBack() }
        while true {
            var states = [
                pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: deadline == nil ? signals?.descriptor ?? -1 : -1, events: Int16(POLLIN), revents: 0),
            ]
            let left = deadline.map { Int32(clamping: max(0, $0 - MonotonicClock.milliseconds())) } ?? -1
            // First without waiting: room that is there says nothing of the terminal's pace.
            if poll(&states, 1, 0) > 0 { return true }
            if deadline == nil, signals?.asksToEnd == true { return false }
            let ready = poll(&states, 2, left)
            waitedUntil = MonotonicClock.milliseconds()
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return false }
            if states[0].revents != 0 { return true }
        }
    }
}
