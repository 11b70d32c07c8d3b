/// Length of a billing or subscription period.
public struct Period: Hashable, Codable, Sendable {
    public enum Unit: Hashable, Codable, Sendable {
        case day, month, year, statementDay
        case other(String)
    }

    public let unit: Unit
    public let count: Int

    public init(_ count: Int, _ unit: Unit) {
        self.unit = unit
        self.count = count
    }

    /// `1 year`, `3 months`.
    public var spoken: String {
        let name =
            switch unit {
            case .day: "day"
            case .month: "month"
            case .year: "year"
            case .statementDay: "statement day"
            case .other(let text): text
            }
        return "\(count) \(name)\(count == 1 ? "" : "s")"
    }

    /// `1Y`, `3M`: for columns.
    public var short: String {
        switch unit {
        case .day: "\(count)D"
        case .month: "\(count)M"
        case .year: "\(count)Y"
        case .statementDay: "\(count)S"
        case .other: "\(count)?"
        }
    }

    /// `monthly`, `yearly`, `every 3 months`: how a billing period is said.
    public var rhythm: String {
        switch (count, unit) {
        case (1, .day): "daily"
        case (1, .month): "monthly"
        case (1, .year): "yearly"
        default: "every \(spoken)"
        }
    }
}
