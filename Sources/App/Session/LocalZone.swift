import Glibc
import Marketplace
import Synchronization

extension Zone {
    /// The zone of this computer, or that of TZ, with its summer time.
    static let local = Zone(identifier: "local", offset: LocalOffsets().offset)
}

/// The offsets of this computer's zone that were asked for in the last second: to ask the system means to look whether its
/// file of the zone is another one now, and each picture asks several times.
private final class LocalOffsets: Sendable {
    private struct State {
        /// By the quarter of an hour: no zone changes between two of them.
        var offsets: [Int64: Zone.Offset] = [:]
        var since: ContinuousClock.Instant
    }

    private let state = Mutex(State(since: .now))

    @Sendable func offset(at moment: Instant) -> Zone.Offset {
        let seconds = moment.millisecondsSince1970 / 1000
        return state.withLock { state in
            if state.since.duration(to: .now) > .seconds(1) { state = State(since: .now) }
            let quarter = seconds / 900
            if let known = state.offsets[quarter] { return known }
            let offset = Self.ask(seconds)
            state.offsets[quarter] = offset
            return offset
        }
    }

    private static func ask(_ moment: Int64) -> Zone.Offset {
        var (seconds, parts) = (time_t(moment), tm())
        // localtime_r reads TZ only where tzset did before.
        tzset()
        guard localtime_r(&seconds, &parts) != nil else { return Zone.Offset(seconds: 0, name: "UTC") }
        let name = parts.tm_zone.map { String(cString: $0) } ?? ""
        return Zone.Offset(seconds: Int(parts.tm_gmtoff), name: name.isEmpty ? "local" : name)
    }
}
