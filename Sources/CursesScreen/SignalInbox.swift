import CNCurses
import Glibc

/// The signals that were caught and wait to be served.
final class SignalInbox {
    /// Readable when there are any.
    let descriptor: Int32
    private var waiting: [Int32] = []
    private var wasAskedToEnd = false

    private static let ending = [SIGTERM, SIGHUP, SIGINT]

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// Makes the descriptor readable again for those that were only looked at.
    func putBack() {
        for number in waiting { cn_wake(number) }
        waiting = []
    }

    /// Whether one of them asks the program to end, or one that was served did.
    var asksToEnd: Bool {
        read()
        return wasAskedToEnd || waiting.contains { Self.ending.contains($0) }
    }

    func next() -> Int32? {
        read()
        guard !waiting.isEmpty else { return nil }
        let number = waiting.removeFirst()
        wasAskedToEnd = wasAskedToEnd || Self.ending.contains(number)
        return number
    }

    func drop(_ numbers: Int32...) {
        read()
        waiting.removeAll { numbers.contains($0) }
    }

    private func read() {
        var bytes = [UInt8](repeating: 0, count: 64)
        while case let count = Glibc.read(descriptor, &bytes, bytes.count), count > 0 {
            waiting += bytes[..<count].map { Int32($0) }
        }
    }
}
