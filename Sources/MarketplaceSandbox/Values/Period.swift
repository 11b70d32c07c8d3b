/// A length of time as plans have it: so many days, months or years (`Period` of the API).
struct Period: Hashable, Sendable {
    enum Unit: String, Sendable {
        case day, month, year
    }

    var unit: Unit
    var duration: Int

    static let month = Period(unit: .month, duration: 1)
    static let year = Period(unit: .year, duration: 1)
    static let threeYears = Period(unit: .year, duration: 3)

    var months: Int {
        switch unit {
        case .day: 0
        case .month: duration
        case .year: duration * 12
        }
    }
}

extension JSONWriter {
    mutating func write(_ period: Period, _ name: StaticString) {
        object(name) { json in
            json.field("type", period.unit.rawValue)
            json.field("duration", period.duration)
        }
    }
}
