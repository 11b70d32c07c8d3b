import Marketplace
import Screen

/// Switches automatic renewal of a subscription.
struct AutoRenewForm: SubscriptionForm {
    static let kind = FormKind.autoRenew
    let title = "auto-renew"
    var fields: FormFields
    let target: SubscriptionSubject

    func subject(_ model: Model) -> String { "\(fields["renews"]), \(target.subject(model))" }

    func rows(_ model: Model) -> [FormField] {
        guard let row = target.detail(model)?.subscription else { return target.rows(model) }
        let renewal = (row.renews ?? row.expires)?.real.map { " on \($0.spoken)" } ?? ""
        let end = row.termEnd.map { " on \($0.spoken)" } ?? " with its term"
        return target.rows(model) + [
            .fact("now", "now", row.autoRenews.map { $0 ? "on" : "off" } ?? "not reported"),
            .choice(
                "renews", "auto-renew",
                [
                    .init(value: "on", label: "on: it renews\(renewal)"),
                    .init(value: "off", label: "off: it ends\(end)"),
                ], first: row.autoRenews == true ? "off" : "on"),
        ]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        let wanted = fields["renews"] == "on"
        return target.target(for: .autoRenew(wanted), field: "renews", model).map { detail in
            .change(detail.subscription, SubscriptionChanges(autoRenews: wanted))
        }
    }
}

/// Buys the next term of a subscription.
struct RenewalForm: SubscriptionForm {
    static let kind = FormKind.renewal
    let title = "renew"
    var fields: FormFields
    let target: SubscriptionSubject

    func rows(_ model: Model) -> [FormField] { target.rows(model) + [.poNumber(target.proposedNumber)] }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.order(for: .renewal, fields, model, OrderDraft.renewal)
    }

    func append(to page: inout Page, _ model: Model) {
        guard let row = target.detail(model)?.subscription else { return }
        page.blank()
        page.heading("WHAT IT MEANS")
        if let day = row.renewalDay {
            page.paragraph(
                "Auto-renew is on: it renews by itself on \(day.spoken). A renewal order buys the next term now.",
                style: .warning)
        } else {
            page.paragraph(
                "Auto-renew is off. The order buys one more term; after that it ends, unless auto-renew is switched on."
            )
        }
    }
}

/// Ends a subscription.
struct CancellationForm: SubscriptionForm {
    static let kind = FormKind.cancellation
    let title = "cancel subscription"
    var fields: FormFields
    let target: SubscriptionSubject

    func rows(_ model: Model) -> [FormField] {
        var rows = target.rows(model)
        for (place, product) in (target.detail(model)?.products ?? []).enumerated() {
            let units = product.quantity.map { "\(grouped($0)) x " } ?? ""
            rows.append(.fact("ends.\(place)", place == 0 ? "ends" : "", units + product.title))
        }
        return rows + [.poNumber(target.proposedNumber)]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.order(for: .cancellation, fields, model, OrderDraft.cancellation)
    }

    private func windowWords(_ model: Model) -> String {
        let windows = target.detail(model).flatMap { model.windows(of: $0) }
        return switch (windows, windows?.cancellation) {
        case (let windows?, .open(let until)?):
            "By the \(windows.rule.words), that is possible until \(model.words(of: until))."
        case (let windows?, .closed(let since)?):
            "By the \(windows.rule.words), that was possible until \(model.words(of: since)): the marketplace may refuse it."
        default:
            "Vendors let a running term be cancelled only for a few days; this API does not say how many, it refuses when "
                + "they are over."
        }
    }

    func append(to page: inout Page, _ model: Model) {
        guard let row = target.detail(model)?.subscription else { return }
        page.blank()
        page.heading("WHAT IT MEANS")
        page.paragraph("Its services stop for everybody who uses them. " + windowWords(model))
        if row.autoRenews == true, let day = row.termEnd {
            page.paragraph(
                "To let it run out on \(day.spoken) instead, switch auto-renew off: Esc, then \(model.keymap.name(of: .autoRenew))."
            )
        }
    }
}
