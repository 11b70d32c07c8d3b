import Marketplace
import Screen

// How the words of columns look.

extension AccountStatus {
    public var style: Style {
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
    public var style: Style {
        switch self {
        case .active: .good
        case .pending, .hold: .warning
        case .terminated, .removed: .faint
        case .other: .plain
        }
    }
}

extension OrderStatus {
    public var style: Style {
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
    public var label: String { number.isEmpty ? id.rawValue : number }
}

extension Optional where Wrapped == Period {
    /// `1Y`; empty without a period.
    public var short: String { self?.short ?? "" }
}

/// `1Y mo`: term and billing period in one narrow column.
public func termAndBilling(term: Period?, billing: Period?) -> String {
    let rhythm =
        switch (billing?.count, billing?.unit) {
        case (1, .month): "mo"
        case (1, .year): "yr"
        default: billing.short
        }
    let term = term.short
    return term.isEmpty || rhythm.isEmpty ? term + rhythm : "\(term) \(rhythm)"
}
