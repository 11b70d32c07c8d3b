import Marketplace
import Screen

/// Switches whether credit is checked while an order is processed that has not ended.
struct CreditCheckForm: WriteForm {
    static let kind = FormKind.creditCheck
    let title = "credit check"
    var fields: FormFields
    private let id: Order.ID

    init?(_ fields: [String: String], _ model: Model) {
        guard let id = fields["order"], !id.isEmpty else { return nil }
        self.id = .init(id)
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: rows(model))
    }

    var kept: [String: String] { ["order": id.rawValue] }
    var place: String { "order \(id.rawValue)" }
    func account(_ model: Model) -> Account.ID? { model.orders[id]?.customer }

    func subject(_ model: Model) -> String {
        guard let order = model.orders[id] else { return "\(fields["checks"]), order \(id.rawValue)" }
        return "\(fields["checks"]), order \(order.label) of \(model.idFirst(order.customer))"
    }

    func rows(_ model: Model) -> [FormField] {
        guard let order = model.orders[id] else { return [.fact("order", "order", id.rawValue, note: "being read…")] }
        var rows: [FormField] = [
            .fact(
                "customer", "customer", "\(model.name(of: order.customer))  \(order.customer)",
                note: model.standing(of: order.customer)),
            .fact(
                "order", "order", "\(order.label), \(order.kind.word) order",
                note: [order.status.word, order.statusCode ?? ""].joined(separator: " "), noteStyle: order.status.style),
            .fact("status", "", order.explanation),
        ]
        if let total = order.total { rows.append(.fact("total", "total", total.description)) }
        return rows + [
            .fact("now", "now", order.creditCheckWord),
            .choice(
                "checks", "check",
                [
                    .init(value: "on", label: "on: credit is checked while it is processed"),
                    .init(value: "off", label: "off: it is processed without a check"),
                ], first: order.checksCredit == false ? "on" : "off"),
        ]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        guard let order = model.orders[id] else {
            return .failure(FormProblem(field: "order", text: "Order \(id) is being read; wait a moment."))
        }
        let wanted = fields["checks"] == "on"
        if let reason = model.creditCheckRefusal(of: order, wanted: wanted) {
            return .failure(FormProblem(field: "checks", text: reason))
        }
        return .success(.creditCheck(wanted, of: order))
    }

    func queries(_ model: Model) -> [DataQuery] { [.order(id)] }

    func append(to page: inout Page, _ model: Model) {
        page.heading("WHAT IT MEANS")
        page.paragraph(
            "It concerns this order alone, and only until it is processed. What the customer owes and its credit limit "
                + "are not shown by this API.")
    }
}
