/// One service for one term: what a subscription runs on (REFERENCE 9).
struct Plan: Sendable {
    var id: Int
    var service: Service
    var firstRow: Int
    var term: Term

    /// The catalogue row of one of the service's items in this plan.
    func row(ofItem index: Int) -> Int {
        firstRow + index * service.terms.count + (service.terms.firstIndex(of: term) ?? 0)
    }
}

/// A way from one plan to another of the same service.
struct PlanWay: Sendable {
    enum Effect: String, Sendable {
        case immediately
        case nextBillingPeriod = "next_billing_period"
        case nextSubscriptionPeriod = "next_subscription_period"
    }

    var target: Plan
    var source: Term
    var billingPolicy: String
    var effect: Effect

    /// Longer terms begin at once, another rhythm of bills with the next bill, shorter terms when this one ends.
    init(from source: Term, to target: Plan) {
        self.source = source
        self.target = target
        let months = (from: source.subscriptionPeriod.months, to: target.term.subscriptionPeriod.months)
        if months.to > months.from {
            (effect, billingPolicy) = (.immediately, "prorate_refund")
        } else if months.to == months.from {
            (effect, billingPolicy) = (.nextBillingPeriod, "period_change")
        } else {
            (effect, billingPolicy) = (.nextSubscriptionPeriod, "no_refund")
        }
    }
}

extension Catalogue {
    /// The plan of that id, where it has at least one product.
    func plan(id: String) -> Plan? {
        guard let number = IDSpace.number(id), number >= Catalogue.firstPlan else { return nil }
        let service = (number - Catalogue.firstPlan) / Term.allCases.count
        guard service < services, let term = Term(rawValue: (number - Catalogue.firstPlan) % Term.allCases.count)
        else { return nil }
        return plan(ofService: service, term: term)
    }

    func plan(ofService number: Int, term: Term) -> Plan? {
        let plan = Plan(
            id: Catalogue.firstPlan + number * Term.allCases.count + term.rawValue, service: service(number),
            firstRow: rowRange(of: number).lowerBound, term: term)
        return plan.service.terms.contains(term) && plan.row(ofItem: 0) < count ? plan : nil
    }

    /// The ways out of a plan, by their targets' ids.
    func ways(from plan: Plan) -> [PlanWay] {
        let number = (plan.id - Catalogue.firstPlan) / Term.allCases.count
        return plan.service.terms.sorted { $0.rawValue < $1.rawValue }.filter { $0 != plan.term }
            .compactMap { self.plan(ofService: number, term: $0) }
            .map { PlanWay(from: plan.term, to: $0) }
    }

    /// A page of all plans in the order of their ids.
    func plans(offset: Int, limit: Int) -> [Plan] {
        var plans: [Plan] = []
        var number = service(ofPlanAt: offset)
        var skip = offset - firstPlanPlace(ofService: number)
        while plans.count < limit, number < services {
            let found = service(number).terms.sorted { $0.rawValue < $1.rawValue }
                .compactMap { plan(ofService: number, term: $0) }
            plans += found.dropFirst(skip).prefix(limit - plans.count)
            skip = 0
            number += 1
        }
        return plans
    }
}
