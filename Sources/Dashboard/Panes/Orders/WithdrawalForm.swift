import Marketplace
import Screen

/// Withdraws an order that has not ended.
struct WithdrawalForm: WriteForm {
    static let kind = FormKind.withdrawal
    let title = "withdraw order"
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
        guard let order = model.orders[id] else { return "order \(id.rawValue)" }
        return "order \(order.label) of \(model.idFirst(order.customer))"
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
        for (place, line) in order.lines.enumerated() {
            let units = line.quantity.map { $0.grouped(fractionDigits: 0) + " x " } ?? ""
            rows.append(.fact("line.\(place)", place == 0 ? "lines" : "", units + (line.name ?? line.mpn)))
        }
        if let number = order.poNumber, !number.isEmpty { rows.append(.fact("po", "PO number", number)) }
        if let total = order.total { rows.append(.fact("total", "total", total.description)) }
        return rows
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        guard let order = model.orders[id] else {
            return .failure(FormProblem(field: "order", text: "Order \(id) is being read; wait a moment."))
        }
        if let reason = model.withdrawalRefusal(of: order) {
            return .failure(FormProblem(field: "order", text: reason))
        }
        return .success(.withdraw(order))
    }

    func queries(_ model: Model) -> [DataQuery] { [.order(id)] }

    func append(to page: inout Page, _ model: Model) {
        page.heading("WHAT IT MEANS")
        page.paragraph(
            "What the order asked for does not happen. Only the marketplace knows whether it is still early enough: it "
                + "refuses otherwise, and then nothing is changed.")
    }
}
