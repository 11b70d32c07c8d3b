import Marketplace
import Screen

/// `1,500`.
func grouped(_ number: Int) -> String {
    // 20 digits, 6 commas and a sign at most, from the last one on.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { bytes in
        var place = bytes.endIndex
        func put(_ byte: UInt8) {
            place -= 1
            bytes[place] = byte
        }
        var rest = number.magnitude
        var digits = 0
        repeat {
            if digits > 0, digits.isMultiple(of: 3) { put(UInt8(ascii: ",")) }
            put(UInt8(ascii: "0") + UInt8(rest % 10))
            digits += 1
            rest /= 10
        } while rest > 0
        if number < 0 { put(UInt8(ascii: "-")) }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[place...]), as: UTF8.self)
    }
}

/// `1 customer`, `12 customers`.
func counted(_ number: Int, _ word: String) -> String { "\(grouped(number)) \(word)\(number == 1 ? "" : "s")" }

extension Subscription {
    /// Its renewal date and its end, each by name and the nearer one first; one line where there is one date.
    var namedDates: [(name: String, date: CalendarDate?)] {
        guard let renews, let expires, renews != expires else {
            let name =
                switch autoRenews {
                case true?: "renews"
                case false?: "ends"
                case nil: "next date"
                }
            return [(name, turningDate)]
        }
        let dates: [(name: String, date: CalendarDate?)] = [
            (autoRenews == true ? "renews" : "renewal date", renews), ("ends", expires),
        ]
        return renews < expires ? dates : dates.reversed()
    }
}

extension AccountStatus {
    var style: Style {
        switch self {
        case .active: .good
        case .pending, .creditHold: .warning
        case .adminHold, .error: .bad
        case .cancelled: .faint
        case .other: .plain
        }
    }
}

extension SubscriptionStatus {
    var style: Style {
        switch self {
        case .active: .good
        case .pending, .hold: .warning
        case .terminated, .removed: .faint
        case .other: .plain
        }
    }
}

extension OrderStatus {
    var style: Style {
        switch self {
        case .completed: .good
        case .submitted, .processing: .warning
        case .error: .bad
        case .cancelled: .faint
        case .other: .plain
        }
    }
}

extension Order {
    /// The number, or the id when there is none.
    var label: String { number.isEmpty ? id.rawValue : number }
}

extension Notice {
    var style: Style {
        switch kind {
        case .info: .plain
        case .done: .good
        case .warning: .warning
        case .problem: .bad
        }
    }
}

extension Optional where Wrapped == Period {
    var short: String { self?.short ?? "" }
}

/// `1Y mo`: term and billing rhythm in one narrow column.
func termAndBilling(term: Period?, billing: Period?) -> String {
    let rhythm =
        switch (billing?.count, billing?.unit) {
        case (1, .month): "mo"
        case (1, .year): "yr"
        default: billing.short
        }
    let term = term.short
    return term.isEmpty || rhythm.isEmpty ? term + rhythm : "\(term) \(rhythm)"
}

extension String {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
