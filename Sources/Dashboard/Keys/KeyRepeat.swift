/// Whether keys come as fast as a terminal sends one that is held down.
///
/// It counts in milliseconds of a clock that nobody sets and that never stands: the dashboard's own time may be fixed.
public struct KeyRepeat {
    /// Keys that come closer together repeat, in milliseconds. Terminals send 20 to 40 a second.
    public static let pause: Int64 = 50

    private var latest: Int64?

    public init() {}

    /// Takes in that keys came.
    /// - Returns: Whether they repeat.
    public mutating func takesKeys(at now: Int64) -> Bool {
        defer { latest = now }
        return left(at: now) != nil
    }

    /// Milliseconds until the pause after the latest key is over; nil when it is.
    public func left(at now: Int64) -> Int64? {
        guard let latest else { return nil }
        let passed = now - latest
        return (0..<Self.pause).contains(passed) ? Self.pause - passed : nil
    }
}
