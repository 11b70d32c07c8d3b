import Marketplace
import Screen

// How the words of columns look. What is as it should be has no colour.

extension AccountStatus {
    public var style: Style {
        switch self {
        case .active: .plain
        case .pending: .warning
        case .creditHold, .adminHold, .error: .bad
        case .cancelled: .faint
        case .other: .plain
        }
    }
}

extension SubscriptionStatus {
    public var style: Style {
        switch self {
        case .active: .plain
        case .pending: .warning
        case .hold: .bad
        case .terminated, .removed: .faint
        case .other: .plain
        }
    }
}

extension OrderStatus {
    public var style: Style {
        switch self {
        case .submitted, .processing: .plain
        case .error: .bad
        case .completed, .cancelled: .faint
        case .other: .plain
        }
    }
}

extension Margin {
    /// Below zero it is a loss; a small one is worth a look.
    public var style: Style {
        if isLoss { return .bad }
        return percent.map { $0 < 5 } == true ? .warning : .plain
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
