import Glibc
import Marketplace

extension Zone {
    /// The zone of this computer, or that of TZ, with its summer time.
    static let local = Zone(identifier: "local") { moment in
        var seconds = time_t(moment.millisecondsSince1970 / 1000)
        var parts = tm()
        // localtime_r reads TZ only where tzset did before.
        tzset()
        guard localtime_r(&seconds, &parts) != nil else { return Offset(seconds: 0, name: "UTC") }
        let name = parts.tm_zone.map { String(cString: $0) } ?? ""
        return Offset(seconds: Int(parts.tm_gmtoff), name: name.isEmpty ? "local" : name)
    }
}
