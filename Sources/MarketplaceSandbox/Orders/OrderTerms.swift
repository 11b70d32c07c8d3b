/// What only some orders say, kept so that answers can repeat it.
struct OrderTerms: Sendable {
    /// One end date for several subscriptions (`alignExpirationDate`).
    struct Alignment: Sendable {
        var type: String
        /// The subscription whose end is taken over, where there is one.
        var subscription: Int?
        var day: CalendarDay
        var plan: Int
    }

    /// Another plan of the same service for a subscription.
    struct PlanSwitch: Sendable {
        var plan: Int
        var period: Period
        var startType: String?
    }

    /// A running subscription that is migrated from another system.
    struct Migration: Sendable {
        var start: CalendarDay
        var day: CalendarDay
        var end: CalendarDay
        var lastBilling: CalendarDay
        var nextBilling: CalendarDay
        var renewsItself: Bool
        var program: String?
    }

    var alignment: Alignment?
    var planSwitch: PlanSwitch?
    var migration: Migration?

    func write(_ subscriptionID: (Int) -> Int, _ json: inout JSONWriter) {
        if let planSwitch {
            json.field("planId", String(planSwitch.plan))
            json.write(planSwitch.period, "subscriptionPeriod")
            if let startType = planSwitch.startType { json.field("upgradeStartType", startType) }
        }
        if let migration {
            json.field("autorenewal", migration.renewsItself)
            json.field("startDate", migration.start)
            json.field("migrationDate", migration.day)
            json.field("expirationDate", migration.end)
            json.field("lastBillingDate", migration.lastBilling)
            json.field("nextBillingDate", migration.nextBilling)
            if let program = migration.program { json.field("migrationProgram", program) }
        }
        if let alignment {
            json.object("alignExpirationDate") { json in
                json.field("alignmentType", alignment.type)
                if let place = alignment.subscription { json.field("subscriptionId", subscriptionID(place)) }
            }
            json.array("subscriptions", [alignment]) { json, alignment in
                json.object { json in
                    json.field("planId", String(alignment.plan))
                    json.field("alignedExpirationDate", alignment.day)
                }
            }
        }
    }
}

extension Product {
    enum Coterming: String {
        case allowed = "ALLOWED"
        case restricted = "RESTRICTED"
    }

    /// Whether its end can be aligned: not that of a monthly term (REFERENCE 8, since 1.10).
    var coterming: Coterming { term == .monthly ? .restricted : .allowed }

    /// How: with another subscription, or with the end of a month.
    var cotermingType: String { service.vendor.utf8.count % 2 == 0 ? "SUBSCRIPTION" : "END_OF_MONTH" }
}

extension World {
    /// Reads `alignExpirationDate` for products whose term would end on `naturalEnd` (REFERENCE 10.1).
    func alignment(
        _ fields: Fields, of products: [Product], in draft: OrderDraft, naturalEnd: CalendarDay, on today: CalendarDay
    ) throws(Refusal) -> OrderTerms.Alignment? {
        guard let fields = try fields.object("alignExpirationDate") else { return nil }
        let type = try fields.requiredText("alignmentType")
        let wanted: String
        switch type {
        case "CO_TERM_ON_SUBSCRIPTION": wanted = "SUBSCRIPTION"
        case "MATCH_END_OF_CALENDAR_MONTH": wanted = "END_OF_MONTH"
        default: throw .badRequest("\(fields.name("alignmentType")): \(type) needs a partial upgrade")
        }
        for product in products {
            guard product.coterming != .restricted else {
                throw .badRequest("\(fields.path): \(product.mpn) does not allow co-terming for this term")
            }
            guard product.cotermingType == wanted else {
                throw .badRequest(
                    "\(fields.name("alignmentType")): \(product.mpn) allows alignment with \(product.cotermingType) only"
                )
            }
        }
        var alignment = OrderTerms.Alignment(type: type, day: naturalEnd, plan: products.first?.plan ?? 0)
        if wanted == "SUBSCRIPTION" {
            guard let number = try fields.quantity("subscriptionId") else {
                throw .missing(fields.name("subscriptionId"))
            }
            guard let place = subscriptions.place(id: String(number)),
                Int(subscriptions.rows[place].customer) == draft.customer
            else { throw .badRequest("\(fields.name("subscriptionId")): no such subscription of this customer") }
            guard subscriptions.rows[place].status == .active, let end = subscriptions.rows[place].expires else {
                throw .rule("Cannot align with Subscription #\(number): it is not active.")
            }
            alignment.subscription = place
            alignment.day = end
        } else {
            alignment.day = naturalEnd.lastMonthEnd
        }
        guard alignment.day > today, alignment.day <= naturalEnd else {
            throw .rule(
                "Cannot align the expiration date to \(alignment.day.text): it must be after \(today.text) and not after "
                    + "\(naturalEnd.text).")
        }
        return alignment
    }

    /// Reads a migration: what is missing follows from today and the term.
    func migration(_ fields: Fields, term: Term, on today: CalendarDay) throws(Refusal) -> OrderTerms.Migration {
        let start = try fields.day("startDate") ?? today
        let day = try fields.day("migrationDate") ?? max(start, today)
        var naturalEnd = start.adding(months: term.subscriptionPeriod.months)
        var terms = 1
        while naturalEnd <= today, terms < 1_200 {
            terms += 1
            naturalEnd = start.adding(months: term.subscriptionPeriod.months * terms)
        }
        let end = try fields.day("expirationDate") ?? naturalEnd
        guard start <= day else { throw .badRequest("migrationDate: must not be before startDate") }
        guard day < end else { throw .badRequest("expirationDate: must be after migrationDate") }
        guard end > today else { throw .badRequest("expirationDate: must be in the future") }
        guard end - start < 36_600 else { throw .badRequest("startDate: must not be 100 years before expirationDate") }
        let months = term.billingPeriod.months
        var bills = (day - start) / 31 / months
        while start.adding(months: months * (bills + 1)) <= day { bills += 1 }
        return OrderTerms.Migration(
            start: start, day: day, end: end, lastBilling: start.adding(months: months * bills),
            nextBilling: start.adding(months: months * (bills + 1)),
            renewsItself: try fields.bool("autorenewal") ?? true, program: try fields.text("migrationProgram"))
    }
}
