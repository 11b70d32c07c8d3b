import Marketplace
import Screen

/// The attributes of a subscription: a box for the value of each, and two for a new one.
struct AttributesForm: SubscriptionForm {
    static let kind = FormKind.attributes
    let title = "edit attributes"
    var fields: FormFields
    let target: SubscriptionSubject
    private var originals: FormOriginals
    /// As the boxes stand for them.
    private var base: Attributes?

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = SubscriptionSubject(fields, model) else { return nil }
        self.init(fields: FormFields(restoring: fields), target: target)
        originals = FormOriginals(fields)
        if let detail = model.details[target.id] { follow(detail.attributes) }
        self.fields.lay(out: rows(model))
    }

    init(fields: FormFields, target: SubscriptionSubject) {
        self.fields = fields
        self.target = target
        originals = FormOriginals([:])
    }

    var kept: [String: String] {
        target.kept.merging(originals.kept(beside: fields)) { _, latest in latest }
    }

    private static func row(_ name: String) -> String { "value.\(name)" }

    private static func values(_ attributes: Attributes) -> [String: String] {
        Dictionary(uniqueKeysWithValues: attributes.map { (row($0.key), $0.value) })
    }

    /// The subscription was read anew.
    private mutating func follow(_ attributes: Attributes) {
        guard attributes != base else { return }
        base = attributes
        originals.follow(Self.values(attributes), &fields)
        let longest = attributes.keys.map { TerminalText.width(of: $0) }.max() ?? 0
        fields.labelColumns = min(24, max(10, longest + 1))
    }

    // MARK: Rows

    private static let mostNew = 9

    /// How many pairs of boxes there are for new ones: one more than are filled.
    private var newCount: Int {
        var count = 0
        while count < Self.mostNew, !fields["name.\(count)"].trimmingSpaces().isEmpty { count += 1 }
        return min(Self.mostNew, count + 1)
    }

    func rows(_ model: Model) -> [FormField] {
        var rows = target.rows(model)
        guard let base else { return rows }
        for (name, value) in base.sorted(by: { $0.key < $1.key }) {
            let differs = originals.differs(Self.row(name), in: fields)
            rows.append(.text(Self.row(name), name, value, note: differs ? "was \(value)" : ""))
        }
        for place in 0..<newCount {
            rows.append(.text("name.\(place)", "new name", width: 24, note: place == 0 ? "of a new attribute" : ""))
            if !fields["name.\(place)"].trimmingSpaces().isEmpty {
                rows.append(.text("new.\(place)", "its value", note: fields.requirement("new.\(place)")))
            }
        }
        return rows
    }

    // MARK: The write

    func problems(_ model: Model) -> [FormProblem] {
        let found = valueProblems
        if found.isEmpty, case .failure(let problem) = intent(model) { return [problem] }
        return found
    }

    private var valueProblems: [FormProblem] {
        guard let base else { return [] }
        var found = base.sorted { $0.key < $1.key }.compactMap { name, value -> FormProblem? in
            let row = Self.row(name)
            guard originals.differs(row, in: fields), fields[row].trimmingSpaces().isEmpty else { return nil }
            return FormProblem(
                field: row,
                text: "This API does not say how an attribute is taken away: write another value, or \(value) again.",
                short: "needs a value")
        }
        for place in 0..<newCount {
            let name = fields["name.\(place)"].trimmingSpaces()
            if name.isEmpty { continue }
            let names = (0..<place).map { fields["name.\($0)"].trimmingSpaces() }
            if base[name] != nil || names.contains(name) {
                found.append(
                    FormProblem(
                        field: "name.\(place)", text: "There is an attribute \(name) above: change its value there.",
                        short: "stands above"))
            } else if fields["new.\(place)"].trimmingSpaces().isEmpty {
                found.append(
                    FormProblem(
                        field: "new.\(place)", text: "The attribute \(name) needs a value.", short: "required"))
            }
        }
        return found
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        let first = fields.focus ?? ""
        return target.target(for: .attributes, field: first, model).flatMap { detail in
            guard let base else {
                return .failure(FormProblem(field: first, text: "They are being read; wait a moment."))
            }
            if let problem = valueProblems.first { return .failure(problem) }
            var attributes = base
            for name in base.keys where originals.differs(Self.row(name), in: fields) {
                attributes[name] = fields[Self.row(name)].trimmingSpaces()
            }
            for place in 0..<newCount {
                let name = fields["name.\(place)"].trimmingSpaces()
                if !name.isEmpty { attributes[name] = fields["new.\(place)"].trimmingSpaces() }
            }
            guard attributes != base else {
                return .failure(FormProblem(field: first, text: "Nothing is changed yet."))
            }
            return .success(
                .change(
                    detail.subscription, SubscriptionChanges(attributes: attributes, attributesBefore: base)))
        }
    }

    mutating func receive(_ event: Event, _ model: Model) {
        if case .subscription(target.id, let latest) = event, let detail = latest.value { follow(detail.attributes) }
    }

    mutating func outdated(by run: DryRun) -> String? {
        guard let now = run.subscription?.attributes, let base, now != base else { return nil }
        follow(now)
        return "The attributes of subscription \(target.id) were changed meanwhile: look at them again."
    }

    func subject(_ model: Model) -> String { target.subject(model) }

    func append(to page: inout Page, _ model: Model) {
        page.blank()
        page.heading("WHAT IT MEANS")
        page.paragraph(
            "Names and values of your own; no price changes. All are sent together, those that stay as well. This API "
                + "does not say how one is taken away, so souk offers no way.", style: .faint)
    }
}
