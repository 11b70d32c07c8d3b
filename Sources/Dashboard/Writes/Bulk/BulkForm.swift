import Marketplace
import Screen

/// The rows in which the rule is typed, and the draft that keeps it with the subscriptions it is for.
extension BulkFlow {
    static let draftKind = "bulk"

    /// On marked rows, in their order.
    init(_ act: BulkAct, _ marked: [Subscription], _ model: Model) {
        self.init(
            act,
            marked.enumerated().map {
                BulkRow(id: $1.id, place: $0 + 1, subscription: model.details[$1.id]?.subscription ?? $1)
            },
            group: model.freshPONumber, draftID: "\(Self.draftKind)-\(model.freshNumber)", model)
        fields.focus(on: "units")
    }

    /// As a draft kept it.
    /// - Returns: nil when the draft does not say what it is about.
    init?(_ draft: FormDraft, _ model: Model) {
        guard draft.kind == Self.draftKind, let act = draft.fields["act"].flatMap(BulkAct.init(rawValue:)),
            let group = draft.fields["group"], !group.isEmpty
        else { return nil }
        let ids = Self.ids(draft.fields["subscriptions"])
        guard !ids.isEmpty, ids.count <= Self.most else { return nil }
        let left = Set(Self.ids(draft.fields["left"]))
        let customers = Self.customers(draft.fields["customers"], ids.count)
        let rows = ids.enumerated().map { place, id in
            var row = BulkRow(
                id: id, place: place + 1, subscription: model.details[id]?.subscription, customer: customers[place])
            row.isLeftOut = left.contains(id)
            return row
        }
        self.init(
            act, rows, group: group, draftID: draft.id,
            fields: draft.fields.filter { !["act", "group", "subscriptions", "customers", "left"].contains($0.key) },
            savedAt: draft.savedAt, model)
    }

    private static func ids(_ text: String?) -> [Subscription.ID] {
        var seen: Set<Substring> = []
        return (text ?? "").split(separator: " ").filter { seen.insert($0).inserted }.map {
            Subscription.ID(String($0))
        }
    }

    /// Whose the subscriptions are, in their order; nil in older drafts.
    private static func customers(_ text: String?, _ count: Int) -> [Account.ID?] {
        let words = (text ?? "").split(separator: " ")
        guard words.count == count else { return Array(repeating: nil, count: count) }
        return words.map { $0 == unknownCustomer ? nil : Account.ID(String($0)) }
    }

    /// Stands for a customer that was not read.
    private static let unknownCustomer = "?"

    func fieldRows() -> [FormField] {
        switch act {
        case .units:
            [
                .text("units", "units", width: 10, note: "28, or +3, or -2, for each of them"),
                .choice(
                    "moment", "when",
                    [
                        .init(value: "now", label: "at once"),
                        .init(value: "renewal", label: "at the renewal of each"),
                    ]), numbers,
            ]
        case .autoRenew:
            [
                .choice(
                    "renews", "auto-renew",
                    [
                        .init(value: "on", label: "on: each renews at the end of its term"),
                        .init(value: "off", label: "off: each ends with its term"),
                    ], first: rows.count { $0.subscription?.autoRenews == true } * 2 > rows.count ? "off" : "on")
            ]
        case .cancellation: [numbers]
        }
    }

    private var numbers: FormField {
        .text(
            "po", "PO numbers", group, width: 26, note: rows.count == 1 ? "ends in -1" : "end in -1 to -\(rows.count)")
    }

    /// What the rows of the form say, or what is missing or wrong.
    func rule() -> Result<BulkRule, FormProblem> {
        switch act {
        case .units:
            let typed = fields["units"]
            guard let rule = UnitsRule(typed) else {
                return .failure(FormProblem(field: "units", text: UnitsRule.refusal(of: typed)))
            }
            if rule.isDifference ? rule.number == 0 : rule.number < 1 {
                return .failure(
                    FormProblem(
                        field: "units",
                        text: rule.isDifference ? "That changes nothing." : "At least 1 unit stays in each."))
            }
            return fields.poNumber.map {
                .units(rule, waitsForRenewal: fields["moment"] == "renewal", numbers: $0)
            }
        case .autoRenew: return .success(.autoRenew(fields["renews"] == "on"))
        case .cancellation: return fields.poNumber.map { .cancellation(numbers: $0) }
        }
    }

    /// Keeps it as a draft, with what is left to do.
    mutating func save(_ model: Model) -> Effect {
        savedRevision = fields.revision
        savedAt = model.now
        var kept = fields.values
        kept["act"] = act.rawValue
        kept["group"] = group
        kept["subscriptions"] = rows.map(\.id.rawValue).joined(separator: " ")
        kept["customers"] = rows.map { $0.customer?.rawValue ?? Self.unknownCustomer }.joined(separator: " ")
        kept["left"] = rows.filter(\.isLeftOut).map(\.id.rawValue).joined(separator: " ")
        return .saveDraft(
            FormDraft(
                id: draftID, title: "\(title): \(subject)", savedAt: model.now, kind: Self.draftKind, fields: kept,
                owner: model.profile.owner))
    }

    /// `Units +3, at once, 12 subscriptions, 8 not sent`.
    private var subject: String {
        var parts: [String] = []
        if case .success(let rule) = rule() { parts.append(rule.words) }
        parts.append(counted(rows.count, "subscription"))
        if stage == .ended {
            parts.append(BulkOutcome(rows).words)
        } else if isRunning {
            parts.append("begun")
        }
        let ids = rows.prefix(2).map(\.id.rawValue).joined(separator: ", ")
        let more = rows.count > 2 ? " and \(grouped(rows.count - 2)) more" : ""
        return "\(parts.joined(separator: ", ")): \(ids)\(more)"
    }
}
