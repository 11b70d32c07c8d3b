import Marketplace
import Screen

/// A customer, or a reseller, with its address and its first administrator.
struct NewAccountForm: WriteForm {
    static let kind = FormKind.newAccount
    var fields: FormFields
    private let wanted: AccountDraft.Kind
    private var administrator = ContactFields(prefix: "admin.", asksForLogin: true, hasOneNameBox: true)

    /// What `init` reads, for an account of this kind.
    static func fields(_ kind: AccountDraft.Kind) -> [String: String] {
        switch kind {
        case .customer: ["wanted": "customer"]
        case .customerOf(let reseller): ["wanted": "customer", "reseller": reseller.rawValue]
        case .reseller: ["wanted": "reseller"]
        }
    }

    init?(_ fields: [String: String], _ model: Model) {
        switch (fields["wanted"], fields["reseller"]) {
        case ("customer", nil): wanted = .customer
        case ("customer", let reseller?): wanted = .customerOf(.init(reseller))
        case ("reseller", _): wanted = .reseller(currency: "")
        default: return nil
        }
        self.fields = FormFields(restoring: administrator.withOneName(fields))
        self.fields.lay(out: rows(model))
        self.fields.focus(on: "name")
    }

    var title: String { isReseller ? "new reseller" : "new customer" }
    var kept: [String: String] { Self.fields(wanted) }

    func subject(_ model: Model) -> String {
        let name = fields["name"].trimmingSpaces()
        return name.isEmpty ? "without a name yet" : name
    }

    private var isReseller: Bool { if case .reseller = wanted { true } else { false } }

    func rows(_ model: Model) -> [FormField] {
        var rows: [FormField] = []
        switch wanted {
        case .customerOf(let reseller):
            rows.append(.fact("reseller", "sold by", "\(model.name(of: reseller))  \(reseller)"))
        case .customer: rows.append(.fact("reseller", "sold by", "your own account"))
        case .reseller: break
        }
        rows.append(.text("name", "name", width: 34, note: fields.requirement("name", else: "company or person")))
        rows += AddressFields.needed(fields)
        if isReseller {
            rows.append(
                .text("currency", "currency", width: 5, note: fields.requirement("currency", else: "three letters")))
        }
        rows.append(.fact("admin", "first user", "the administrator, who gets the login"))
        rows += administrator.personRows(fields)
        // What is proposed, then what may stay empty, come after what everybody has to fill in.
        rows.append(.fact("rest", "proposed", "typing replaces a proposal; the rest is optional"))
        let country = seller(model)?.address?.country ?? ""
        rows.append(
            AddressFields.country(
                country,
                note: fields.requirement(
                    "country", else: country.isEmpty ? "its name, or two letters" : "the reseller's")))
        rows.append(
            .text(
                "language", "language", seller(model)?.language ?? "en_US", width: 20,
                note: fields.requirement("language", else: language?.name ?? "its name, or as in da_DK")))
        rows += [AddressFields.addition, AddressFields.state]
        rows.append(.text("tax", "tax number", width: 26, note: "optional"))
        rows.append(.text("external", "your id", width: 26, note: "optional: your own id"))
        return rows + administrator.loginRows(fields)
    }

    /// The language of its panel and mail that is typed, by name or code; nil while it is none.
    private var language: Language? { Language(typed: fields["language"], in: AddressFields.country(in: fields)) }

    /// The reseller that sells to it, once it was read.
    private func seller(_ model: Model) -> Account? {
        if case .customerOf(let reseller) = wanted { model.inFull[reseller] } else { nil }
    }

    func problems(_ model: Model) -> [FormProblem] {
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        var problems: [FormProblem] = []
        if text("name").isEmpty {
            let words = "Give the \(isReseller ? "reseller" : "customer") a name."
            problems.append(FormProblem(field: "name", text: words, short: "required"))
        }
        problems += AddressFields.problems(in: fields)
        if text("language").isEmpty {
            problems.append(FormProblem(field: "language", text: "Give a language, such as en_US.", short: "required"))
        }
        if isReseller, let words = AccountRules.refusal(ofCurrency: text("currency").uppercased()) {
            problems.append(FormProblem(field: "currency", text: words, short: "three letters, such as EUR"))
        }
        problems += administrator.problems(.administrator, in: fields)
        let order = fields.rows.map(\.id)
        func place(_ problem: FormProblem) -> Int { order.firstIndex(of: problem.field) ?? .max }
        return problems.sorted { place($0) < place($1) }
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        if let problem = problems(model).first { return .failure(problem) }
        return AddressFields.address(in: fields).flatMap { address in
            let kind = isReseller ? AccountDraft.Kind.reseller(currency: text("currency").uppercased()) : wanted
            return administrator.contact(.administrator, in: fields).map { contact in
                .create(
                    AccountDraft(
                        kind: kind, name: text("name"), address: address, contacts: [contact],
                        language: language?.wire ?? text("language"),
                        externalID: text("external").isEmpty ? nil : text("external"),
                        taxRegistration: text("tax").isEmpty ? nil : text("tax")))
            }
        }
    }

    func queries(_ model: Model) -> [DataQuery] {
        guard case .customerOf(let reseller) = wanted else { return [] }
        return [.account(AccountKey(kind: .reseller, id: reseller))]
    }

    func append(to page: inout Page, _ model: Model) {
        page.heading("WHAT COMES OF IT")
        page.paragraph(
            isReseller
                ? "A reseller that sells in its own currency, with a user who manages it."
                : "A customer that can order as soon as it is active, with a user who manages it.")
        page.paragraph(
            "An account cannot be deleted by this API. Billing and technical contacts can be added later with C.",
            style: .faint)
    }
}
