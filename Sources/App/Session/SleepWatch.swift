import Glibc

/// Detects that the computer slept, for which there is no signal: the clock that counts sleep went on, the other stood.
struct SleepWatch {
    /// A shorter sleep leaves nobody the time to type.
    private static let shortest: Int64 = 250

    /// Milliseconds asleep since the system was started.
    private var asleep: Int64

    init(asleep: Int64 = Self.millisecondsAsleep()) { self.asleep = asleep }

    /// - Returns: whether the computer slept since this was asked last.
    mutating func hasSlept(asleep latest: Int64 = Self.millisecondsAsleep()) -> Bool {
        defer { asleep = latest }
        return latest - asleep >= Self.shortest
    }

    static func millisecondsAsleep() -> Int64 {
        var awake = milliseconds(CLOCK_MONOTONIC)
        while true {
            let all = milliseconds(CLOCK_BOOTTIME)
            let later = milliseconds(CLOCK_MONOTONIC)
            // Whoever is interrupted between two readings compares two moments.
            if later - awake < 50 { return all - later }
            awake = later
        }
    }

    /// The time of the clock that stops while the computer sleeps.
    static func millisecondsAwake() -> Int64 { milliseconds(CLOCK_MONOTONIC) }

    private static func milliseconds(_ clock: clockid_t) -> Int64 {
        var now = timespec()
        clock_gettime(clock, &now)
        return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    }
}
