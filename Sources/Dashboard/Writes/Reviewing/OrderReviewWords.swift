import FoundationEssentials
import Marketplace
import Screen

/// Orders in a review.
extension ReviewWords {
    mutating func describe(_ order: SalesOrder, _ run: DryRun?, _ model: Model) {
        (verb, noun) = ("place", "order")
        button = "Place order"
        asks = order.lines.count == 1 ? "the units" : "all units together"
        let total = run?.estimate?.total
        charge = run.map { _ in ("now", total?.description ?? "the marketplace gave no price") }
        guard order.lines.count == 1, let line = order.lines.first else { return describe(lines: order, run, model) }
        let product = line.product
        things = [Thing(name: product.title, exact: "\(product.mpn) by \(product.vendor)")]
        facts.append(("term", Self.term(of: product) + Self.words(of: order.alignment, model)))
        facts.append(("units", grouped(line.quantity) + held(run, model)))
        facts += line.parameters.map { ($0.name, $0.isSecret ? "typed, not shown" : $0.value) }
        let rates = product.rates(for: line.quantity)
        let count = product.billingPeriod.flatMap { product.subscriptionPeriod?.count(of: $0) }
        table.heads = ["EACH", product.billingPeriod.map { $0.each.uppercased() } ?? "A PERIOD", "THE TERM"]
        table.add([product.rates(for: 1), rates] + (count.map { [rates.times($0)] } ?? []))
        // Only where the marketplace's own price says so.
        if order.alignment == nil, let total, total == rates.price, let period = product.billingPeriod {
            charge?.text =
                "\(total), for the first \(period.count == 1 ? String(period.spoken.dropFirst(2)) : period.spoken)"
        }
        commits = Self.commitment(to: product, order, rates, count, model)
        then = "renews or ends by its auto-renew, which \(model.keymap.name(of: .autoRenew)) switches"
    }

    /// `; 25 more in 1000917, where F6 on the form adds them`.
    private mutating func held(_ run: DryRun?, _ model: Model) -> String {
        let notes = run?.checks.filter { $0.verdict == .note && $0.text.hasPrefix("Customer has ") } ?? []
        guard notes.count == 1, let note = notes.first else { return "" }
        said.insert(note.text)
        let words = note.text.dropFirst("Customer has ".count).replacing(": add units there instead", with: "")
            .replacing(" of these", with: "")
        return "; the customer has \(words), \(model.keymap.name(of: .addUnits)) adds there"
    }

    /// `1,236.00 EUR until the term ends, 26 Nov 2027 if it starts today`.
    private static func commitment(
        to product: Product, _ order: SalesOrder, _ rates: Rates, _ count: Int?, _ model: Model
    ) -> String {
        switch order.alignment {
        case .onSubscription(let id): return "until the term of subscription \(id) ends" + end(of: id, model)
        case .endOfMonth: return "until the end of a month"
        case .partialUpgrade: return "until the term of the subscription that it upgrades ends"
        case nil: break
        }
        guard let term = product.subscriptionPeriod else { return "a term that the catalogue does not give" }
        let amount = count.flatMap { rates.times($0).price }.map { "\($0) until" } ?? "until"
        let day = model.today.adding(term).map { ", \($0.spoken) if begun today" } ?? ""
        return "\(amount) the term ends\(day)"
    }

    private static func end(of id: Subscription.ID, _ model: Model) -> String {
        model.details[id]?.subscription.termEnd.map { " on \($0.spoken)" } ?? ""
    }

    private static func words(of alignment: EndDateAlignment?, _ model: Model) -> String {
        switch alignment {
        case .onSubscription(let id): "; co-terms with \(id)\(end(of: id, model))"
        case .endOfMonth: "; ends with a month"
        case .partialUpgrade: "; co-terms with what it upgrades"
        case nil: ""
        }
    }

    private mutating func describe(lines order: SalesOrder, _ run: DryRun?, _ model: Model) {
        for line in order.lines {
            things.append(
                Thing(name: "\(grouped(line.quantity)) x \(line.product.title)", exact: Self.exact(line.product)))
            facts += line.parameters.map { ($0.name, $0.isSecret ? "typed, not shown" : $0.value) }
        }
        if order.alignment != nil {
            facts.append(("term", "co-terms" + Self.words(of: order.alignment, model).dropFirst(10)))
        }
        let first = order.lines.first?.product
        let isAlike = order.lines.allSatisfy {
            $0.product.subscriptionPeriod == first?.subscriptionPeriod
                && $0.product.billingPeriod == first?.billingPeriod
        }
        let all = order.lines.map { $0.product.rates(for: $0.quantity) }
        let rates = all.dropFirst().reduce(all.first ?? Rates()) { $0.adding($1) }
        if isAlike, let first {
            let count = first.billingPeriod.flatMap { first.subscriptionPeriod?.count(of: $0) }
            table.heads = [first.billingPeriod.map { $0.each.uppercased() } ?? "A PERIOD", "THE TERM"]
            table.add([rates] + (count.map { [rates.times($0)] } ?? []))
            commits = Self.commitment(to: first, order, rates, count, model)
        } else {
            commits = "each line until its own term ends"
        }
        then = "each renews or ends by its auto-renew, which \(model.keymap.name(of: .autoRenew)) switches"
    }

    mutating func describe(_ order: ChangeOrder, _ run: DryRun?, _ model: Model) {
        button = "Change units"
        asks = "the new total"
        let held = run?.subscription
        for line in order.lines {
            let now = held?.product(line.product)
            let total = line.quantity.total
            things.append(Thing(name: line.product.title, exact: Self.exact(line.product)))
            table.add(
                "units", now?.quantity.map(grouped) ?? (run == nil ? "…" : "not reported"), grouped(total),
                now?.quantity.map { line.quantity.difference(from: $0).description } ?? "")
            if let now, let units = now.quantity {
                table.add(now.rates(for: units), now.rates(for: total), each: held?.subscription.billingPeriod)
            }
            facts += line.parameters.map { ($0.name, $0.value) }
        }
        addSubscription(held, order.subscription)
        // The sentences below say what happens on which day.
        if !order.waitsForRenewal { dates = [] }
        guard let held else { return }
        let row = held.subscription
        charge = run?.estimate.map {
            ("this change", Self.charge($0.total, order, row, after(order, held).price, model))
        }
        let units = order.lines.first.map { counted($0.quantity.total, "unit") } ?? ""
        then = Self.then(row, units, after(order, held))
        if row.renewalDay == nil, let end = row.termEnd { commits = "\(units) until the term ends on \(end.spoken)" }
    }

    private func after(_ order: ChangeOrder, _ held: SubscriptionDetail) -> Rates {
        guard order.lines.count == 1, held.products.count == 1, let line = order.lines.first,
            let product = held.product(line.product)
        else { return Rates() }
        return product.rates(for: line.quantity.total)
    }

    /// `24.72 EUR now, for 12 days until the term ends on 08 Dec 2026`.
    private static func charge(
        _ total: Money?, _ order: ChangeOrder, _ row: Subscription, _ rate: Money?, _ model: Model
    ) -> String {
        let amount = total?.description ?? "no price given"
        if order.waitsForRenewal {
            return "\(amount), from the renewal on" + ((row.renews ?? row.expires)?.real.map { ", \($0.spoken)" } ?? "")
        }
        guard let end = row.termEnd, end >= model.today else { return "\(amount) now" }
        let days = end.days(since: model.today)
        let billed = row.billingPeriod.flatMap { model.today.adding($0) }
        guard let billed, end > billed else {
            return "\(amount) now, for \(counted(days, "day")) until the term ends on \(end.spoken)"
        }
        let later = rate.map { ", then \($0)" + (row.billingPeriod.map { " \($0.each)" } ?? "") } ?? ""
        return "\(amount) now\(later) until the term ends on \(end.spoken)"
    }

    /// `renews 06 Dec 2026: 28 units, 1 year, commits to 6,921.60 EUR`.
    static func then(_ row: Subscription, _ units: String, _ rates: Rates) -> String {
        guard let day = row.renewalDay else {
            if row.autoRenews == nil { return "auto-renew is not reported" }
            if row.expires?.standsForNone == true { return "no end" }
            return "ends" + (row.termEnd.map { " \($0.spoken)" } ?? " with its term") + ", auto-renew is off"
        }
        var parts = [units, row.subscriptionPeriod?.spoken ?? ""].filter { !$0.isEmpty }
        if let billing = row.billingPeriod, let count = row.subscriptionPeriod?.count(of: billing),
            let price = rates.times(count).price
        {
            parts.append("commits to \(price)")
        }
        return "renews \(day.spoken)" + (parts.isEmpty ? "" : ": \(parts.joined(separator: ", "))")
    }

    mutating func describe(_ order: PlanSwitchOrder, _ run: DryRun?, _ model: Model) {
        (verb, rest) = ("switch", "to another plan")
        button = "Switch plan"
        addProducts(run)
        addSubscription(run?.subscription, order.subscription)
        let before = run?.subscription?.plan
        changes.append(
            Change(
                label: "plan", before: before.map(model.planName) ?? "not reported", after: model.planName(order.plan)))
        if let period = run?.subscription?.subscription.subscriptionPeriod, period != order.period {
            changes.append(Change(label: "term", before: period.spoken, after: order.period.spoken))
        }
        if let way = model.plans[before ?? ""]?.switches.first(where: {
            $0.plan == order.plan && ($0.period == nil || $0.period == order.period)
        }) {
            facts.append(("takes effect", way.effective.word))
            facts.append(("charged", way.charging.word))
        }
        addCharge(run, "this switch")
        commits = "\(order.period.spoken) on the new plan"
    }

    mutating func describeRenewal(_ run: DryRun?) {
        verb = "renew"
        button = "Renew"
        addProducts(run)
        addSubscription(run?.subscription, run?.intent.subscription)
        addCharge(run, "now")
        let row = run?.subscription?.subscription
        let rates = run?.subscription?.products.first?.rates
        let count = row?.billingPeriod.flatMap { row?.subscriptionPeriod?.count(of: $0) }
        let sum = run?.subscription?.products.count == 1 ? count.flatMap { rates?.times($0).price } : nil
        commits =
            (sum.map { "\($0) for " } ?? "") + "one more term"
            + (row?.subscriptionPeriod.map { " of \($0.spoken)" } ?? "")
            + (row?.termEnd.map { ", after \($0.spoken)" } ?? "")
    }

    mutating func describeCancellation(_ run: DryRun?, _ model: Model) {
        verb = "END"
        button = "End it"
        addProducts(run, withUnits: false)
        addSubscription(run?.subscription, run?.intent.subscription)
        if let detail = run?.subscription {
            table.add("status", detail.subscription.status.word, "terminated", "")
            if let product = detail.products.first, detail.products.count == 1, let units = product.quantity {
                table.add("units", grouped(units), "0", "-\(grouped(units))")
                table.add(
                    Rates(price: product.rates.price), Rates(price: product.rates.price?.times(0)),
                    each: detail.subscription.billingPeriod)
            }
        }
        addCharge(run, "this order")
        asks = "the subscription's id"
    }

    mutating func describe(_ order: MigrationOrder, _ run: DryRun?) {
        (verb, rest) = ("bring", "that runs elsewhere into the marketplace")
        button = "Migrate"
        things = order.lines.map {
            Thing(name: "\(grouped($0.quantity)) x \($0.product.title)", exact: Self.exact($0.product))
        }
        asks = order.lines.count == 1 ? "the units" : "all units together"
        facts.append(("runs since", order.starts.spoken))
        facts.append(("migrated on", order.migrates.spoken))
        facts.append(("auto-renew", order.autoRenews ? "on" : "off: it ends with its term"))
        if let program = order.program { facts.append(("program", program)) }
        for line in order.lines {
            facts += line.parameters.map { ($0.name, $0.isSecret ? "typed, not shown" : $0.value) }
        }
        addCharge(run, "this order")
        commits = "until the term ends on \(order.expires.spoken)"
    }

    mutating func describe(withdrawing order: Order, _ model: Model) {
        (verb, noun) = ("withdraw", "order")
        button = "Withdraw it"
        addFacts(of: order, model)
        table.add("status", order.status.word, "cancelled")
    }

    mutating func describe(creditCheck checks: Bool, of order: Order, _ model: Model) {
        (noun, rest) = ("order", "by switching its credit check \(Order.creditCheckWord(checks))")
        button = checks ? "Switch it on" : "Switch it off"
        addFacts(of: order, model)
        facts.append(("status", order.status.word))
        table.add("credit check", order.creditCheckWord, Order.creditCheckWord(checks))
    }

    private mutating func addFacts(of order: Order, _ model: Model) {
        facts.append(("order", "\(order.label), \(order.kind.word) order"))
        if let created = order.created { facts.append(("created", model.zone.spoken(created))) }
        if let total = order.total { facts.append(("its total", total.description)) }
        if let id = order.subscription { facts.append(("subscription", id.rawValue)) }
    }

    private mutating func addCharge(_ run: DryRun?, _ label: String) {
        guard let run, let estimate = run.estimate else { return }
        charge = (label, estimate.total.map { "\($0)" } ?? "the marketplace gave no price")
    }

    mutating func addProducts(_ run: DryRun?, withUnits: Bool = true) {
        guard let detail = run?.subscription else { return }
        for product in detail.products {
            let units = withUnits ? product.quantity.map { "\(grouped($0)) x " } ?? "" : ""
            things.append(Thing(name: units + product.title, exact: Self.exact(product)))
        }
        if things.isEmpty { things = [Thing(name: detail.subscription.title, exact: "")] }
    }

    /// `1000917, active, 1 year, paid monthly`; the dates stand in sentences that name what happens on them.
    mutating func addSubscription(_ detail: SubscriptionDetail?, _ id: Subscription.ID?, withDates: Bool = true) {
        guard let id else { return }
        var parts = [id.rawValue]
        if let row = detail?.subscription {
            parts.append(row.status.word)
            if !row.termWords.isEmpty { parts.append(row.termWords) }
        }
        facts.insert(("subscription", parts.joined(separator: ", ")), at: 0)
        guard withDates, let words = detail?.subscription.dateWords, !words.isEmpty else { return }
        dates = words
    }
}
