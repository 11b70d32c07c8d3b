import Marketplace
import Screen

/// What a migration has beside a sales order: when the subscription began elsewhere, when it is taken over, and when its
/// term ends.
extension OrderForm {
    func migrationRows(_ model: Model) -> [FormField] {
        let term = lines.lazy.compactMap(\.product?.subscriptionPeriod).first
        let end = term.flatMap { model.today.adding($0) }?.description ?? ""
        return [
            .text("starts", "runs since", model.today.description, width: 16, note: "when it began elsewhere"),
            .text("migrates", "migrates", model.today.description, width: 16, note: "from then on it runs here"),
            .text("expires", "term ends", end, width: 16, note: "as agreed elsewhere"),
            .choice(
                "renews", "auto-renew",
                [
                    .init(value: "on", label: "on: it renews when its term ends"),
                    .init(value: "off", label: "off: it ends with its term"),
                ]),
            .text("program", "program", width: 34, note: "optional"),
        ]
    }

    /// The migration of what `order` orders, by the dates of the rows.
    func migration(of order: SalesOrder, _ model: Model) -> Result<MigrationOrder, FormProblem> {
        var days: [String: CalendarDate] = [:]
        for row in ["starts", "migrates", "expires"] {
            let text = fields[row].trimmingSpaces()
            guard text.utf8.count == 10, let day = CalendarDate(text) else {
                return .failure(
                    FormProblem(field: row, text: "Write the day as 2026-11-01.", short: "a day: 2026-11-01"))
            }
            days[row] = day
        }
        guard let starts = days["starts"], let migrates = days["migrates"], let expires = days["expires"] else {
            return .failure(FormProblem(field: "starts", text: "Give all three days."))
        }
        if let flaw = MigrationOrder.flaw(
            starts: starts, migrates: migrates, expires: expires, today: model.today)
        {
            let row = flaw.date == .migrates ? "migrates" : "expires"
            return .failure(FormProblem(field: row, text: flaw.text + "."))
        }
        let program = fields["program"].trimmingSpaces()
        return .success(
            MigrationOrder(
                customer: order.customer, lines: order.lines, starts: starts, migrates: migrates, expires: expires,
                autoRenews: fields["renews"] != "off", program: program.isEmpty ? nil : program,
                poNumber: order.poNumber))
    }
}
