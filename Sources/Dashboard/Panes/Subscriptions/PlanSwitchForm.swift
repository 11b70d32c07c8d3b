import Marketplace
import Screen

/// Moves a subscription to another plan or period, by one of the ways that its plan offers.
struct PlanSwitchForm: SubscriptionForm {
    static let kind = FormKind.planSwitch
    let title = "switch plan"
    var fields: FormFields
    let target: SubscriptionSubject
    private var failure: MarketplaceError?

    static var firstRow: String? { "way" }

    init(fields: FormFields, target: SubscriptionSubject) {
        self.fields = fields
        self.target = target
    }

    private func plan(_ model: Model) -> Plan.ID? { target.detail(model)?.plan }

    /// The ways that start from the subscription's own period.
    private func ways(_ model: Model) -> [PlanSwitch] {
        guard let plan = plan(model), let detail = model.plans[plan] else { return [] }
        return detail.switches(from: target.detail(model)?.subscription.subscriptionPeriod)
    }

    private func way(_ model: Model) -> PlanSwitch? {
        let ways = ways(model)
        return ways.first { Self.name($0) == fields["way"] } ?? ways.first
    }

    /// How a draft knows a way.
    static func name(_ way: PlanSwitch) -> String { "\(way.plan) \(way.period.short)" }

    private func period(of way: PlanSwitch, _ model: Model) -> Period? { way.period(on: model.plans[way.plan]?.plan) }

    func rows(_ model: Model) -> [FormField] {
        var rows = target.rows(model)
        guard let plan = plan(model) else { return rows }
        rows.append(.fact("plan", "plan now", model.planName(plan)))
        let ways = ways(model)
        guard !ways.isEmpty else { return rows }
        let choices = ways.map { FormField.Choice(value: Self.name($0), label: label($0, model)) }
        rows.append(.choice("way", "new plan", choices))
        if let way = way(model) {
            rows.append(.fact("moment", "when", way.effective.word))
            rows.append(.fact("charged", "charged", way.charging.word))
        }
        rows.append(.poNumber(target.proposedNumber))
        return rows
    }

    private func label(_ way: PlanSwitch, _ model: Model) -> String {
        let name = model.planName(way.plan)
        guard let period = period(of: way, model), !name.contains(period.spoken) else { return name }
        return "\(name), \(period.spoken)"
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.target(for: .planSwitch, field: "way", model).flatMap { detail in
            guard let plan = detail.plan else {
                return problem(
                    "The plan of this subscription is not reported, so no switch can be chosen.")
            }
            guard model.plans[plan] != nil else {
                return problem(failure?.message ?? "The plan's switches are being read; wait a moment.")
            }
            guard let way = way(model) else { return problem("This plan offers no switch from this term.") }
            guard let period = period(of: way, model) else {
                return problem("The period of \(model.planName(way.plan)) is being read; wait a moment.")
            }
            return fields.poNumber.map { number in
                .place(
                    .planSwitch(
                        PlanSwitchOrder(
                            customer: detail.subscription.customer, subscription: detail.subscription.id,
                            plan: way.plan, period: period, poNumber: number)))
            }
        }
    }

    private func problem(_ text: String) -> Result<WriteIntent, FormProblem> {
        .failure(FormProblem(field: "way", text: text))
    }

    /// The plan for its switches, and the plans that they lead to for their names.
    func queries(_ model: Model) -> [DataQuery] {
        var plans = plan(model).map { [$0] } ?? []
        for way in ways(model) where !plans.contains(way.plan) { plans.append(way.plan) }
        return target.queries(model) + plans.map { .plan($0) }
    }

    mutating func receive(_ event: Event, _ model: Model) {
        if case .plan(let id, let latest) = event, id == plan(model) { failure = latest.failure }
    }
}
