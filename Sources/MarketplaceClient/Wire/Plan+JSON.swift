import Marketplace

extension Plan {
    /// A list row, or the same part of a detail (REFERENCE 9).
    init?(_ json: JSONValue) {
        guard let id: ID = json["id"].identifier() else { return nil }
        self.init(
            id: id, name: json["name"].text ?? "", summary: json["shortDescription"].text ?? "",
            description: json["longDescription"].text ?? "", isPublished: json["published"].truth,
            terms: json["subscriptionPeriods"].elements.compactMap(Term.init),
            billingPeriod: json["billingPeriod"].period, billingModel: json["billingModel"].filledText)
    }
}

extension Plan.Term {
    fileprivate init?(_ json: JSONValue) {
        guard let period = json.period else { return nil }
        self.init(period, isTrial: json["trial"].truth ?? false, isActive: json["active"].truth ?? true)
    }
}

extension PlanDetail {
    init?(_ json: JSONValue) {
        guard let plan = Plan(json) else { return nil }
        self.init(plan: plan, switches: json["planSwitches"].elements.compactMap(PlanSwitch.init))
    }
}

extension PlanSwitch {
    /// Its plan's id is a number here, a text everywhere else (REFERENCE 4).
    fileprivate init?(_ json: JSONValue) {
        guard let plan: Plan.ID = json["planId"].identifier() else { return nil }
        self.init(
            plan: plan, period: json["subscriptionPeriod"].period,
            sourcePeriod: json["sourceSubscriptionPeriod"].period,
            charging: Charging(wire: json["billingPolicy"].text ?? ""),
            effective: Moment(wire: json["whenEffective"].text ?? ""))
    }
}

extension PlanSwitch.Charging {
    /// As the marketplace writes it.
    package var wire: String {
        switch self {
        case .periodChange: "period_change"
        case .prorateFromNewPeriod: "prorate_starting_new_subscription_period"
        case .prorateKeepingExpiry: "prorate_keeping_exp_date"
        case .prorateRefund: "prorate_refund"
        case .noRefund: "no_refund"
        case .noRefundWithFullRefundPeriod: "no_refund_with_full_refund_period"
        case .prorateRefundWithFullRefundPeriod: "prorate_refund_with_full_refund_period"
        case .other(let text): text
        }
    }

    fileprivate init(wire text: String) {
        self =
            switch text.lowercased() {
            case "period_change": .periodChange
            case "prorate_starting_new_subscription_period": .prorateFromNewPeriod
            case "prorate_keeping_exp_date": .prorateKeepingExpiry
            case "prorate_refund": .prorateRefund
            case "no_refund": .noRefund
            case "no_refund_with_full_refund_period": .noRefundWithFullRefundPeriod
            case "prorate_refund_with_full_refund_period": .prorateRefundWithFullRefundPeriod
            default: .other(text)
            }
    }
}

extension PlanSwitch.Moment {
    /// As the marketplace writes it.
    package var wire: String {
        switch self {
        case .immediately: "immediately"
        case .nextBillingPeriod: "next_billing_period"
        case .nextSubscriptionPeriod: "next_subscription_period"
        case .other(let text): text
        }
    }

    fileprivate init(wire text: String) {
        self =
            switch text.lowercased() {
            case "immediately": .immediately
            case "next_billing_period": .nextBillingPeriod
            case "next_subscription_period": .nextSubscriptionPeriod
            default: .other(text)
            }
    }
}
