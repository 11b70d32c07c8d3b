import Marketplace

extension SubscriptionStatus {
    /// Its place in the life of a subscription, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .hold: 2
        case .terminated: 3
        case .removed: 4
        case .other: 5
        }
    }
}

extension OrderStatus {
    /// Its place in the life of an order, for sorting.
    var rank: Int {
        switch self {
        case .submitted: 0
        case .processing: 1
        case .error: 2
        case .completed: 3
        case .cancelled: 4
        case .other: 5
        }
    }
}

extension AccountStatus {
    /// Its place in the life of an account, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .creditHold: 2
        case .adminHold: 3
        case .error: 4
        case .cancelled: 5
        case .other: 6
        }
    }
}
