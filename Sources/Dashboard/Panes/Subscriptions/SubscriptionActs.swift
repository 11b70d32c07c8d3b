import Marketplace

extension Model {
    /// Why nothing can be written at all, or nil.
    var readOnlyRefusal: String? {
        guard let sentence = Rules.objection(isReadOnly: profile.isReadOnly)?.reason.sentence(keymap) else {
            return nil
        }
        return profile.readOnlyOrigin.map { "\(sentence.dropLast()) (\($0.words))." } ?? sentence
    }

    /// Why `act` cannot be asked for on `row`, as it was read last, or nil when it can. What asks for a word more only is
    /// said by the review, which knows more.
    /// - Parameter isNamed: Whether the subscription's id is shown beside it.
    func refusal(of act: SubscriptionAct, on row: Subscription, isNamed: Bool = false) -> String? {
        Rules.objections(to: act, on: row, orders: subscriptionOrders[row.id] ?? []).refusal?
            .sentence(keymap, isNamed: isNamed)
    }

    /// Why a subscription is not active, and what can be done, as sentences.
    func reason(of row: Subscription) -> String {
        if row.status == .pending, let order = subscriptionOrders[row.id]?.first(where: { !$0.status.isFinal }),
            let why = order.reason
        {
            let state = why.hasPrefix("waits") ? why : "is \(why)"
            return "Order \(order.label) \(state); changes are possible once it is active."
        }
        return [row.status.meaning, row.status.advice].compactMap(\.self).joined(separator: " ")
    }

    /// Changes of the subscription that wait for the renewal: whoever orders another one should see them first.
    func waitingChanges(of subscription: Subscription.ID) -> [Order] {
        (subscriptionOrders[subscription] ?? []).map { orders[$0.id] ?? $0 }.filter {
            $0.kind == .change && $0.isWaiting
        }
    }
}

/// A form about one subscription: what such forms have in common.
protocol SubscriptionForm: WriteForm {
    var target: SubscriptionSubject { get }
    /// The row that keys go to at first; nil for the first one.
    static var firstRow: String? { get }
    init(fields: FormFields, target: SubscriptionSubject)
}

extension SubscriptionForm {
    static var firstRow: String? { nil }

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = SubscriptionSubject(fields, model) else { return nil }
        self.init(fields: FormFields(restoring: fields), target: target)
        self.fields.lay(out: rows(model))
        if let row = Self.firstRow { self.fields.focus(on: row) }
    }

    var kept: [String: String] { target.kept }
    var place: String { target.id.rawValue }
    func account(_ model: Model) -> Account.ID? { target.detail(model)?.subscription.customer }
    func subject(_ model: Model) -> String { target.subject(model) }
    func queries(_ model: Model) -> [DataQuery] { target.queries(model) }
}

/// The subscription that a form acts on, as it was read last.
struct SubscriptionSubject: Sendable {
    let id: Subscription.ID
    /// The PO number that an order from the form proposes.
    let proposedNumber: String

    /// - Returns: nil when `fields` name no subscription.
    init?(_ fields: [String: String], _ model: Model) {
        guard let id = fields["subscription"], !id.isEmpty else { return nil }
        self.id = .init(id)
        proposedNumber = model.freshPONumber
    }

    var kept: [String: String] { ["subscription": id.rawValue] }

    func detail(_ model: Model) -> SubscriptionDetail? { model.details[id] }

    func queries(_ model: Model) -> [DataQuery] {
        var requests: [DataQuery] = [.subscription(id), .orders(OrderQuery(subscription: id))]
        if let customer = detail(model)?.subscription.customer {
            requests.append(.account(AccountKey(kind: .customer, id: customer)))
        }
        return requests
    }

    /// The subscription, or why nothing can be asked for on it.
    /// - Parameter field: The row to go to when it cannot.
    func target(
        for act: SubscriptionAct, field: String, _ model: Model
    ) -> Result<SubscriptionDetail, FormProblem> {
        guard let detail = detail(model) else {
            return .failure(FormProblem(field: field, text: "Subscription \(id) is being read; wait a moment."))
        }
        if let reason = model.refusal(of: act, on: detail.subscription) {
            return .failure(FormProblem(field: field, text: reason))
        }
        return .success(detail)
    }

    /// An order that needs nothing but the subscription and the PO number of `fields`.
    func order(
        for act: SubscriptionAct, _ fields: FormFields, _ model: Model, _ draft: (SubscriptionOrder) -> OrderDraft
    ) -> Result<WriteIntent, FormProblem> {
        target(for: act, field: "po", model).flatMap { detail in
            fields.poNumber.map { number in
                let row = detail.subscription
                return .place(
                    draft(SubscriptionOrder(customer: row.customer, subscription: row.id, poNumber: number)))
            }
        }
    }

    /// The facts at the top of each form about a subscription.
    func rows(_ model: Model) -> [FormField] {
        guard let detail = detail(model) else {
            return [.fact("subscription", "subscr.", "\(id)", note: "being read…")]
        }
        let row = detail.subscription
        let customer = model.accounts[row.customer]
        var rows: [FormField] = [
            .fact(
                "customer", "customer", "\(model.name(of: row.customer))  \(row.customer)",
                note: model.standing(of: row.customer), noteStyle: customer?.status.style ?? .faint),
            .fact("subscription", "subscr.", "\(id)  \(row.name)", note: row.status.word, noteStyle: row.status.style),
        ]
        for words in [row.termWords, row.dateWords.joined(separator: ", ")] where !words.isEmpty {
            rows.append(.fact("term.\(rows.count)", "", words))
        }
        for order in model.waitingChanges(of: id) {
            rows.append(
                .fact("waiting.\(order.id)", "waiting", order.label, note: order.waitingWords, noteStyle: .warning))
        }
        return rows
    }

    /// Words of a list of drafts.
    func subject(_ model: Model) -> String {
        guard let row = detail(model)?.subscription else { return "subscription \(id)" }
        return "\(id) of \(model.idFirst(row.customer)), \(row.name)"
    }
}

extension FormField {
    /// The reference by which the order can be found again.
    static func poNumber(_ first: String) -> FormField {
        .text("po", "PO number", first, width: 26, note: "finds the order again")
    }
}

extension FormFields {
    /// The value in the row of ``FormField/poNumber(_:)``.
    var poNumber: Result<String, FormProblem> {
        let number = self["po"].trimmingSpaces()
        guard !number.isEmpty else {
            return .failure(
                FormProblem(
                    field: "po",
                    text: "Give a PO number: by it the order is found if the answer gets lost."))
        }
        return .success(number)
    }
}
