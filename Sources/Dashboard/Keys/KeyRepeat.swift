import Marketplace

/// Whether keys come as fast as a terminal sends one that is held down.
public struct KeyRepeat {
    /// Keys that come closer together repeat, in milliseconds. Terminals send 20 to 40 a second.
    public static let pause: Int64 = 50

    private var latest: Instant?

    public init() {}

    /// Takes in that keys came.
    /// - Returns: Whether they repeat.
    public mutating func takesKeys(at now: Instant) -> Bool {
        defer { latest = now }
        return left(at: now) != nil
    }

    /// Milliseconds until the pause after the latest key is over; nil when it is.
    public func left(at now: Instant) -> Int64? {
        guard let latest else { return nil }
        let passed = now.millisecondsSince1970 - latest.millisecondsSince1970
        // A clock that was set back says nothing.
        return (0..<Self.pause).contains(passed) ? Self.pause - passed : nil
    }
}
