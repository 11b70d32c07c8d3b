import Glibc
import Screen

/// Reads a terminal or a pipe, and gives the keys in it. Never waits for a key, only for what may belong to one.
struct KeyInput {
    /// Whether nothing more can come.
    private(set) var isAtEnd = false

    private let descriptor: Int32
    private let source: KeyDecoder.Source
    private var decoder: KeyDecoder
    private var buffer = [UInt8](repeating: 0, count: 4096)

    /// Someone may send faster than this reads; the rest is for the next time.
    private static let mostBytes = 65_536
    /// Text that came at once is waited for so long: its rest belongs to it.
    private static let burstMilliseconds: Int32 = 5

    init(_ descriptor: Int32, source: KeyDecoder.Source, decoder: KeyDecoder) {
        self.descriptor = descriptor
        self.source = source
        self.decoder = decoder
    }

    var hasFocus: Bool { decoder.hasFocus }

    mutating func keys() -> [Key] {
        var left = Self.mostBytes
        decoder.begin(at: MonotonicClock.milliseconds())
        while left > 0, isReadable(within: 0), readMore(&left) {}
        while left > 0, decoder.mayGoOn, isReadable(within: Self.burstMilliseconds), readMore(&left) {}
        while decoder.isUndecided {
            guard source == .terminal || isAtEnd else { break }
            if !isAtEnd, isReadable(within: Int32(decoder.pause.milliseconds)) {
                decoder.begin(at: MonotonicClock.milliseconds())
                if readMore(&left) { continue }
            }
            decoder.settle()
        }
        decoder.wasBusy(until: MonotonicClock.milliseconds())
        return decoder.finish()
    }

    /// Nothing was read until now because the program waited for something else.
    mutating func wasBusy() { decoder.wasBusy(until: MonotonicClock.milliseconds()) }

    /// Others read the terminal from now on: what belongs to something unfinished must not reach them.
    mutating func leave() {
        if decoder.isUnfinished { tcflush(descriptor, TCIFLUSH) }
        decoder.reset()
    }

    /// - Returns: whether something came.
    private mutating func readMore(_ left: inout Int) -> Bool {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0 {
            // Whoever shares the terminal may have taken what was there.
            if errno == EAGAIN || errno == EINTR { return false }
            isAtEnd = true
            return false
        }
        guard count > 0 else {
            isAtEnd = true
            return false
        }
        left -= count
        decoder.take(buffer[..<count])
        return true
    }

    private func isReadable(within milliseconds: Int32) -> Bool {
        guard !isAtEnd else { return false }
        var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&state, 1, milliseconds) > 0
    }
}

enum MonotonicClock {
    static func milliseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
