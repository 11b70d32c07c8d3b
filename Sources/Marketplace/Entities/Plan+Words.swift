// A service plan in words, the same on screen and in commands.

extension Plan {
    /// `published`, `not published`.
    public var publishedWord: String {
        isPublished.map { $0 ? "published" : "not published" } ?? "not reported whether published"
    }

    /// How it is charged; nil when the marketplace does not say.
    public var billingModelWords: String? { billingModel.map(Self.words(ofBillingModel:)) }

    /// The meaning of a billing model of the marketplace; one that is not documented stays as it is written.
    /// - Source: API reference, "Plans".
    public static func words(ofBillingModel model: String) -> String {
        switch model {
        case "chargeBeforeBillingPeriod": "prepaid, before each billing period"
        case "chargeAfterBillingPeriod": "postpaid, after each billing period"
        case "chargeBeforeSubscriptionPeriod": "prepaid for the whole term"
        case "chargeExternalRating": "rated outside the marketplace"
        default: model
        }
    }
}

extension Plan.Term {
    /// `1 year`, `1 month, trial`, `3 years, not active`.
    public var words: String {
        ([period.spoken] + (isTrial ? ["trial"] : []) + (isActive ? [] : ["not active"])).joined(separator: ", ")
    }
}
