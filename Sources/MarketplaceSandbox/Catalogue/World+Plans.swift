extension World {
    func listPlans(_ call: Call) throws(Refusal) -> Answer {
        let page = try call.page()
        return .list(catalogue.plans(offset: page.offset, limit: page.limit), total: catalogue.planCount, page) {
            write($1, &$0)
        }
    }

    func readPlan(_ call: Call) throws(Refusal) -> Answer {
        guard let plan = catalogue.plan(id: call.segments[1]) else { throw .notFound }
        return .object { json in
            write(plan, &json)
            json.array("planSwitches", catalogue.ways(from: plan)) { json, way in
                json.object { json in
                    json.field("planId", way.target.id)
                    json.write(way.target.term.subscriptionPeriod, "subscriptionPeriod")
                    json.write(way.source.subscriptionPeriod, "sourceSubscriptionPeriod")
                    json.field("billingPolicy", way.billingPolicy)
                    json.field("whenEffective", way.effect.rawValue)
                }
            }
        }
    }

    private func write(_ plan: Plan, _ json: inout JSONWriter) {
        let period = plan.term.subscriptionPeriod
        let rhythm = plan.term.billingPeriod
        let words =
            plan.service.title + ", \(period.duration) \(period.unit.rawValue)"
            + (rhythm == period ? "" : ", billed every \(rhythm.unit.rawValue)")
        json.field("id", String(plan.id))
        json.field("name", words)
        json.field("shortDescription", plan.service.title)
        json.field("longDescription", words + ": " + plan.service.items.map(\.name).joined(separator: ", "))
        json.field("published", true)
        json.array("subscriptionPeriods", [period]) { json, period in
            json.object { json in
                json.field("type", period.unit.rawValue)
                json.field("duration", period.duration)
                json.field("trial", false)
                json.field("active", true)
            }
        }
        json.write(rhythm, "billingPeriod")
        json.field("billingModel", "chargeBeforeBillingPeriod")
    }
}
