/// A service plan: what a subscription is an instance of (REFERENCE 9).
public struct Plan: Hashable, Sendable, Identifiable {
    public typealias ID = Identifier<Plan>

    /// A period for which the plan is sold.
    public struct Term: Hashable, Sendable {
        public var period: Period
        public var isTrial: Bool
        public var isActive: Bool

        public init(_ period: Period, isTrial: Bool = false, isActive: Bool = true) {
            self.period = period
            self.isTrial = isTrial
            self.isActive = isActive
        }
    }

    public let id: ID
    public var name: String
    public var summary: String
    public var description: String
    /// Nil when the marketplace does not say.
    public var isPublished: Bool?
    public var terms: [Term]
    public var billingPeriod: Period?
    /// As the marketplace writes it, for example `chargeBeforeBillingPeriod`.
    public var billingModel: String?

    public init(
        id: ID, name: String, summary: String = "", description: String = "", isPublished: Bool? = nil,
        terms: [Term] = [], billingPeriod: Period? = nil, billingModel: String? = nil
    ) {
        self.id = id
        self.name = name
        self.summary = summary
        self.description = description
        self.isPublished = isPublished
        self.terms = terms
        self.billingPeriod = billingPeriod
        self.billingModel = billingModel
    }
}

/// A plan with the switches that its subscriptions may make.
public struct PlanDetail: Hashable, Sendable {
    public var plan: Plan
    public var switches: [PlanSwitch]

    public init(plan: Plan, switches: [PlanSwitch] = []) {
        self.plan = plan
        self.switches = switches
    }

    /// The ways for a subscription of this term; all of them where its term is not reported.
    public func switches(from term: Period?) -> [PlanSwitch] {
        switches.filter { $0.sourcePeriod == nil || term == nil || $0.sourcePeriod == term }
    }
}

/// A way from one plan and period to another (REFERENCE 9).
public struct PlanSwitch: Hashable, Sendable {
    public enum Moment: Hashable, Sendable {
        case immediately, nextBillingPeriod, nextSubscriptionPeriod
        case other(String)

        public var word: String {
            switch self {
            case .immediately: "at once"
            case .nextBillingPeriod: "with the next billing period"
            case .nextSubscriptionPeriod: "with the next term"
            case .other(let text): text.isEmpty ? "not reported" : text
            }
        }
    }

    public enum Charging: Hashable, Sendable {
        case periodChange, prorateFromNewPeriod, prorateKeepingExpiry, prorateRefund, noRefund
        case noRefundWithFullRefundPeriod, prorateRefundWithFullRefundPeriod
        case other(String)

        public var word: String {
            switch self {
            case .periodChange: "the period changes"
            case .prorateFromNewPeriod: "prorated from the new period on"
            case .prorateKeepingExpiry: "prorated, same end date"
            case .prorateRefund: "the rest is refunded"
            case .noRefund: "no refund"
            case .noRefundWithFullRefundPeriod: "no refund after the full-refund days"
            case .prorateRefundWithFullRefundPeriod: "the rest is refunded; all of it in the full-refund days"
            case .other(let text): text.isEmpty ? "not reported" : text
            }
        }
    }

    public var plan: Plan.ID
    /// Of the new plan.
    public var period: Period?
    /// From which the switch starts; nil for any.
    public var sourcePeriod: Period?
    public var charging: Charging
    public var effective: Moment

    public init(
        plan: Plan.ID, period: Period? = nil, sourcePeriod: Period? = nil, charging: Charging, effective: Moment
    ) {
        self.plan = plan
        self.period = period
        self.sourcePeriod = sourcePeriod
        self.charging = charging
        self.effective = effective
    }
}

extension PlanSwitch {
    /// The period on the new plan; where the way leaves it open, the first that the plan is sold for.
    /// - Parameter target: The new plan; nil until it was read.
    public func period(on target: Plan?) -> Period? {
        period ?? target?.terms.first { $0.isActive && !$0.isTrial }?.period
    }
}
