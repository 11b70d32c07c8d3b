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

    /// What can be said of it to the customer who ordered, as a sentence to be read aloud; nil where souk has none for its
    /// status and code (REFERENCE 10.4).
    public var sayable: String? {
        switch (status, statusCode) {
        case (.processing, _) where scheduledOn != nil: "It is carried out when the subscription renews."
        case (.submitted, "NP"), (.submitted, "WP"): "It goes on by itself as soon as it is paid."
        case (.submitted, "HL"): "It is accepted; the marketplace must release it first."
        case (.submitted, "PD"): "It is accepted and paid, and will be carried out next."
        case (.processing, "LO"): "The vendor is setting it up; vendors may take up to 48 hours."
        case (.processing, "AS"), (.processing, "PR"), (.processing, "I4"): "It waits for its date or its next step."
        case (.error, "PF"): "It failed at the vendor, and nothing was changed."
        case (.error, _): "It failed, and nothing was changed."
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
