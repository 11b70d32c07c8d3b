import Marketplace
import Screen

/// Name, address and numbers of an account, changed. What is left as it was is not sent.
struct EditAccountForm: WriteForm {
    static let kind = FormKind.editAccount
    var fields: FormFields
    private let target: AccountSubject
    /// The account as it was read last.
    private var base: Account?
    /// What stood in the rows before the person changed them.
    private var was: [String: String]

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = AccountSubject(fields) else { return nil }
        self.target = target
        was = Dictionary(
            uniqueKeysWithValues: fields.compactMap { name, value in
                name.hasPrefix("was.") ? (String(name.dropFirst(4)), value) : nil
            })
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: rows(model))
        if let account = model.inFull[target.key.id] { rebase(on: account) }
        self.fields.lay(out: rows(model))
        self.fields.focus(on: "name")
    }

    var title: String { "edit \(target.word)" }

    func account(_ model: Model) -> Account.ID? { target.key.id }
    var kept: [String: String] {
        guard was.keys.contains(where: differs) else { return target.kept }
        return target.kept.merging(was.map { ("was.\($0.key)", $0.value) }) { _, latest in latest }
    }

    private func differs(_ row: String) -> Bool { fields[row].trimmingSpaces() != was[row]?.trimmingSpaces() }

    func subject(_ model: Model) -> String { target.subject(model) }

    func rows(_ model: Model) -> [FormField] {
        guard base != nil else { return target.rows(model) + [.fact("reading", "", "being read…")] }
        return target.rows(model) + [.text("name", "name", width: 34)] + AddressFields.rows + [
            .text("tax", "tax number", width: 26), .text("external", "your id", width: 26),
        ]
    }

    private static func values(_ account: Account) -> [String: String] {
        var values = AddressFields.values(account.address)
        values["name"] = account.name
        values["tax"] = account.taxRegistration ?? ""
        values["external"] = account.externalID ?? ""
        return values
    }

    /// The account was read anew: rows that the person did not touch follow it.
    private mutating func rebase(on account: Account) {
        guard account != base else { return }
        base = account
        let now = Self.values(account)
        let typed = fields.values
        for (row, value) in now where typed[row] == nil || typed[row] == was[row] { fields.put(value, into: row) }
        was = now
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        guard let base else { return .failure(target.isBeingRead(field: "name")) }
        if let reason = model.refusal(of: .edit, on: base) {
            return .failure(FormProblem(field: "name", text: reason))
        }
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        if text("name").isEmpty {
            return .failure(FormProblem(field: "name", text: "An account needs a name.", short: "required"))
        }
        var changes = AccountChanges()
        if differs("name") { changes.name = text("name") }
        if differs("tax") { changes.taxRegistration = text("tax") }
        if differs("external") { changes.externalID = text("external") }
        if AddressFields.ids.contains(where: differs) {
            switch AddressFields.address(in: fields) {
            case .success(let address): changes.address = address
            case .failure(let problem): return .failure(problem)
            }
        }
        guard !changes.isEmpty else {
            return .failure(FormProblem(field: fields.focus ?? "name", text: "Nothing is changed yet."))
        }
        return .success(.edit(base, changes))
    }

    func problems(_ model: Model) -> [FormProblem] {
        guard case .failure(let first) = intent(model) else { return [] }
        guard base != nil, first.short != nil else { return [first] }
        let isNameless = fields["name"].trimmingSpaces().isEmpty
        let address = AddressFields.ids.contains(where: differs) ? AddressFields.problems(in: fields) : []
        return (isNameless ? [first] : []) + address
    }

    func queries(_ model: Model) -> [DataQuery] { target.requests }

    mutating func receive(_ event: Event, _ model: Model) {
        if let account = target.account(in: event) { rebase(on: account) }
    }

    func append(to page: inout Page, _ model: Model) {
        page.heading("ALSO")
        page.paragraph("Contacts are changed with C, credit hold with H, both in the account tree.", style: .faint)
    }
}
