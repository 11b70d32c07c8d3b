extension Order {
    /// What can be done about the order in its present state, in words; nil where nothing needs doing (REFERENCE 10.4).
    public var advice: String? {
        switch (status, statusCode) {
        case (.processing, _) where scheduledOn != nil:
            "It is carried out when the subscription renews. Until then it can be withdrawn."
        case (.submitted, "NP"), (.submitted, "WP"):
            "It goes on by itself once it is paid. If it should not be paid, withdraw it."
        case (.submitted, "HL"): "Ask the marketplace's support to release it; name the order number."
        case (.processing, "LO"):
            "Vendors may take up to 48 hours. If it takes longer, ask the marketplace's support; name the order number."
        case (.error, _):
            "Nothing was changed. The reason is in the panel. Fix it there, or withdraw and order again."
        default: nil
        }
    }
}

extension AccountStatus {
    /// What can be done about it, in words; nil where nothing needs doing (REFERENCE 7).
    public var advice: String? {
        switch self {
        case .pending: "It may order once the marketplace has verified it; its panel shows what is missing."
        case .creditHold: "What it holds goes on. Once its balance is paid it can be set active here."
        case .adminHold: "This API cannot lift it: ask the provider, and name the account's id."
        case .error: "Ask the marketplace's support, and name the account's id."
        case .cancelled: "It cannot be opened again by this API."
        case .active, .other: nil
        }
    }
}

extension SubscriptionStatus {
    /// What can be done about it, in words; nil where nothing needs doing (REFERENCE 11).
    public var advice: String? {
        switch self {
        case .pending: "Changes are possible once it is active."
        case .hold:
            "This API cannot lift a hold: the reason is in the panel. It can still be renewed or cancelled."
        case .terminated, .removed: "It cannot be reactivated; the same can be ordered again."
        case .active, .other: nil
        }
    }
}
