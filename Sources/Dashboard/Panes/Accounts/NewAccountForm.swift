import Marketplace
import Screen

/// A customer, or a reseller, with its address and its first administrator.
struct NewAccountForm: WriteForm {
    static let kind = FormKind.newAccount
    var fields: FormFields
    private let wanted: AccountDraft.Kind
    private var administrator = ContactFields(prefix: "admin.", asksForLogin: true)

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
        self.fields = FormFields(restoring: fields)
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
        rows.append(.text("name", "name", width: 34, note: "company or person"))
        rows += AddressFields.rows
        rows.append(
            .text("language", "language", language(model), width: 8, note: "of its panel: de_DE, fr_FR, it_IT…"))
        if isReseller {
            rows.append(.text("currency", "currency", width: 5, note: "three letters; it is billed in it"))
        }
        rows.append(.text("tax", "tax number", width: 26, note: "if any"))
        rows.append(.text("external", "your id", width: 26, note: "yours, if any"))
        rows.append(.fact("admin", "first user", "the administrator, who gets the login"))
        return rows + administrator.rows(fields)
    }

    /// That of the reseller, once it was read.
    private func language(_ model: Model) -> String {
        guard case .customerOf(let reseller) = wanted else { return "en_US" }
        return model.inFull[reseller]?.language ?? "en_US"
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        func text(_ row: String) -> String { fields[row].trimmingSpaces() }
        func problem(_ row: String, _ words: String) -> Result<WriteIntent, FormProblem> {
            .failure(FormProblem(field: row, text: words))
        }
        if text("name").isEmpty { return problem("name", "Give the \(isReseller ? "reseller" : "customer") a name.") }
        return AddressFields.address(in: fields).flatMap { address in
            if text("language").isEmpty { return problem("language", "Give a language, such as en_US.") }
            var kind = wanted
            if isReseller {
                let currency = text("currency").uppercased()
                if let words = AccountRules.refusal(ofCurrency: currency) { return problem("currency", words) }
                kind = .reseller(currency: currency)
            }
            return administrator.contact(.administrator, in: fields).map { contact in
                .create(
                    AccountDraft(
                        kind: kind, name: text("name"), address: address, contacts: [contact],
                        language: text("language"), externalID: text("external").isEmpty ? nil : text("external"),
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
