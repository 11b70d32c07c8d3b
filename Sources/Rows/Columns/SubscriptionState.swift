import Marketplace
import Screen

/// Status and named date of a subscription, as its list writes it: `renews 06 Dec 2026`, `ends D`, `PENDING 3 d`,
/// `ON HOLD`, `terminated D`. "active" is not written: its date says so.
public struct SubscriptionState: Equatable, Sendable {
    public var words: String
    /// For narrow columns: `renews 06 Dec`, and `renews Nov 2027` for another year.
    public var short: String
    public var style: Style
    /// Its place when sorted by state: what turns first comes first, then what waits, is held, has ended.
    public var rank: Int

    public init(_ row: Subscription, today: CalendarDate) {
        switch row.status {
        case .active:
            let name = row.autoRenews == true ? "renews" : row.autoRenews == false ? "ends" : "term ends"
            let date = row.turningDate
            self.init(
                name, date, orNone: "no end", row.autoRenews == false ? .warning : .plain, today,
                rank: date.map { Int($0.daysSince1970) } ?? Self.step)
        case .pending:
            let age = row.created.map { created in
                let days = today.days(since: created)
                return days > 0 ? " \(days) d" : " today"
            }
            self.init("PENDING" + (age ?? ""), nil, .warning, today, rank: 2 * Self.step)
        case .hold: self.init("ON HOLD", nil, .bad, today, rank: 3 * Self.step)
        case .terminated, .removed:
            // A term that was to last longer does not say when it was ended.
            let date = row.expires.flatMap { $0 <= today ? $0 : nil }
            self.init(
                row.status.word, date, .faint, today, rank: 4 * Self.step - (date.map { Int($0.daysSince1970) } ?? 0))
        case .other: self.init(row.status.word, nil, .plain, today, rank: 5 * Self.step)
        }
    }

    /// More than any day.
    private static let step = 10_000_000

    /// - Parameter none: What stands in place of the name where there is no date.
    private init(
        _ name: String, _ date: CalendarDate?, orNone none: String? = nil, _ style: Style, _ today: CalendarDate,
        rank: Int
    ) {
        self.style = style
        self.rank = rank
        guard let date else {
            words = none ?? name
            short = words
            return
        }
        words = "\(name) \(date.spoken)"
        let isThisYear = date.components.year == today.components.year
        let brief = name == "term ends" ? "until" : name == "terminated" ? "ended" : name
        short = "\(brief) \(isThisYear ? date.shortSpoken : String(date.spoken.dropFirst(3)))"
    }
}
