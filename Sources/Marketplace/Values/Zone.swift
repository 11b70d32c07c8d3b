/// The time zone in which moments are shown: the one place that makes days and times of day of them.
public struct Zone: Sendable, Hashable {
    /// What a zone is ahead of UTC at a moment, and how it is called then.
    public struct Offset: Sendable, Equatable {
        public var seconds: Int
        /// `CET`, `UTC`.
        public var name: String

        public init(seconds: Int, name: String) {
            self.seconds = seconds
            self.name = name
        }
    }

    /// Zones of one identifier are the same zone.
    public let identifier: String
    private let offset: @Sendable (Instant) -> Offset

    public init(identifier: String, offset: @escaping @Sendable (Instant) -> Offset) {
        self.identifier = identifier
        self.offset = offset
    }

    /// A zone that is always the same hours ahead of UTC.
    public init(name: String, hours: Int) {
        self.init(identifier: "\(name) \(hours)") { _ in Offset(seconds: hours * 3600, name: name) }
    }

    public static let utc = Zone(name: "UTC", hours: 0)

    public static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }
    public func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    private func shifted(_ moment: Instant) -> Instant { moment.adding(seconds: Double(offset(moment).seconds)) }

    /// `CET`.
    public func name(at moment: Instant) -> String { offset(moment).name }

    public func date(of moment: Instant) -> CalendarDate { shifted(moment).utcDate }

    /// `14:04:12`.
    public func time(of moment: Instant) -> String { shifted(moment).utcTime }

    /// `20 Nov 2026 14:04`.
    public func spoken(_ moment: Instant) -> String { shifted(moment).spoken }

    /// `20 Nov 14:04`, where the year is clear.
    public func short(_ moment: Instant) -> String { "\(date(of: moment).shortSpoken) \(time(of: moment).prefix(5))" }

    /// `20 Nov 14:04`; `20 Nov 2025` for another year than that of `now`.
    public func brief(_ moment: Instant, now: Instant) -> String {
        let day = date(of: moment)
        return day.components.year == date(of: now).components.year ? short(moment) : day.spoken
    }

    /// The same where there is little space: the time of a moment of today, the day of others, `Nov 2025` in other years.
    public func briefest(_ moment: Instant, now: Instant) -> String {
        let (day, today) = (date(of: moment), date(of: now))
        if day == today { return String(time(of: moment).prefix(5)) }
        return day.components.year == today.components.year ? day.shortSpoken : String(day.spoken.dropFirst(3))
    }

    /// `20 Nov 2026 15:04, 14:04 UTC`: for what is compared with the records of others.
    public func withUTC(_ moment: Instant) -> String {
        let shown = spoken(moment)
        if offset(moment).seconds == 0 { return shown + " UTC" }
        let day = date(of: moment) == moment.utcDate ? "" : moment.utcDate.shortSpoken + " "
        return "\(shown), \(day)\(moment.utcTime.prefix(5)) UTC"
    }
}
