import Marketplace
import Screen

/// What an order's list says of its state, in one word. Capitals ask for a person.
public enum OrderState: Int, Sendable {
    case error, stuck, open, scheduled, completed, cancelled

    /// - Parameters:
    ///   - now: By the marketplace's clock.
    ///   - usual: Seconds after which an open order is slower than nearly all others.
    public init(_ order: Order, now: Instant, overdueAfter usual: Double) {
        switch order.status {
        case .error: self = .error
        case .completed: self = .completed
        case .cancelled: self = .cancelled
        case .submitted, .processing, .other:
            let age = order.created.map { now.seconds(since: $0) } ?? 0
            self = order.isWaiting ? .scheduled : age > usual ? .stuck : .open
        }
    }

    /// What is said of an order that takes longer than nearly all others: `at the vendor, usually 4 h`.
    /// - Parameter usualTime: Seconds within which those are done; nil while that is not read.
    public static func stuckWords(_ reason: String?, usualTime: Double?) -> String? {
        let usual = usualTime.map { "usually \(briefDuration(seconds: $0))" }
        let parts = [reason, usual].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// - Parameter status: Of the order.
    public func word(_ status: OrderStatus) -> String {
        switch self {
        case .error: "ERROR"
        case .stuck: "STUCK"
        case .scheduled: "scheduled"
        case .open, .completed, .cancelled: status.word
        }
    }

    public var style: Style {
        switch self {
        case .error: .bad
        case .stuck: .warning
        case .open, .scheduled: .plain
        case .completed, .cancelled: .faint
        }
    }

    /// Whether somebody waits for it, so that its age matters.
    public var isOpen: Bool { self == .error || self == .stuck || self == .open }
}

extension Order.Kind {
    /// Its word for narrow columns.
    var shortWord: String {
        switch self {
        case .renewal: "renew"
        case .cancellation: "cancel"
        default: word
        }
    }
}

extension Order {
    /// Of how many units it speaks, as its list writes it: `5`, `27+` with more products, `+3` for a change, `to 40` for
    /// one that waits for the renewal. Nil when its lines were not read or name none.
    public var unitsWords: String? {
        guard let first = lines.first, let meaning = meaning(ofQuantityIn: first) else { return nil }
        let words =
            switch meaning {
            case .units(let units): units.grouped(fractionDigits: 0)
            case .difference(let difference): difference.description
            case .totalAtRenewal(let total): "to \(total.grouped(fractionDigits: 0))"
            }
        return lines.count > 1 ? words + "+" : words
    }

    /// The name of what it is about, the first of several; nil when its lines were not read or name none.
    public var productName: String? {
        lines.first.map { line in line.name.flatMap { $0.isEmpty ? nil : $0 } ?? line.mpn }
    }
}

/// `32 min`, `6 h`, `3 d`: an age in one unit, for columns.
public func briefDuration(seconds: Double) -> String {
    let total = Int(max(0, min(seconds, 1e15)))
    return switch total {
    case ..<60: "<1 min"
    case ..<3600: "\(total / 60) min"
    case ..<172_800: "\(total / 3600) h"
    default: "\(total / 86_400) d"
    }
}
