import Marketplace
import MarketplaceClient
import Rows
import Screen

/// Which accounts are asked for. The marketplace filters by one of these; the rows are checked by all.
struct AccountSelection: Sendable {
    var name: String?
    var email: String?
    var externalID: String?
    var reseller: Account.ID?

    /// What the marketplace is asked.
    func query(of kind: Account.Kind) -> AccountQuery {
        let isCustomer = kind == .customer
        if let reseller, isCustomer { return .customersOf(reseller) }
        if let externalID {
            return isCustomer ? .customersWithExternalID(externalID) : .resellersWithExternalID(externalID)
        }
        if let email { return isCustomer ? .customersWithEmail(email) : .resellersWithEmail(email) }
        if let name { return isCustomer ? .customersNamed(name) : .resellersNamed(name) }
        return isCustomer ? .customers : .resellers
    }

    /// Whether an account answers, as far as its row says so.
    func answers(_ account: Account) -> Bool {
        (name.map { account.name.isEmpty || Folding.text(account.name, holds: $0) } ?? true)
            && (externalID.map { account.externalID == nil || account.externalID == $0 } ?? true)
            && (email.map { email in
                account.contacts.isEmpty || account.contacts.contains { Folding.text($0.email, holds: email) }
            } ?? true)
            && (reseller.map { account.vendorAccount == nil || account.vendorAccount == $0 } ?? true)
    }

    static let filters: [NounFilter<AccountSelection>] = [
        NounFilter("name", "TEXT", "Names that contain it, in any case.") { $0.name = $1.text },
        NounFilter("email", "TEXT", "Accounts with a contact of this address, whole.") { $0.email = $1.text },
        NounFilter("external-id", "ID", "Your own id, whole.") { $0.externalID = $1.text },
    ]

    static let reseller = NounFilter<AccountSelection>(
        "reseller", "RESELLER", "Customers of this reseller: id or name.", .account(.reseller)
    ) {
        $0.reseller = $1.account
    }

    /// The pages of the accounts of the kinds.
    func streams(of kinds: [Account.Kind], _ client: Client, limit: Int?) -> [PageStream<Account>] {
        kinds.map { PageStream(client.pages(of: .accounts(query(of: $0)), limit: limit)) }
    }
}

/// The fields of an account, whatever its kind.
enum AccountFields {
    static let statuses = ["pending", "active", "creditHold", "adminHold", "cancelled", "error"]
    static let kinds = ["provider", "reseller", "customer"]

    static let contact = Shape<ContactPerson>([
        Shape.part("role", .word(["admin", "billing", "technical"]), null: false) { .plainWord($0.role.wire) },
        Shape.part("firstName", .text, null: false) { .string($0.firstName) },
        Shape.part("lastName", .text, null: false) { .string($0.lastName) },
        Shape.part("email", .text, null: false) { .string($0.email) },
        Shape.part("phone", .text, null: false) { .string($0.phone) },
    ])

    static let address = Shape<Address>([
        Shape.part("street", .text, null: false) { .string($0.street) },
        Shape.part("addition", .text) { .text($0.addition) },
        Shape.part("postalCode", .text, null: false) { .string($0.postalCode) },
        Shape.part("city", .text, null: false) { .string($0.city) },
        Shape.part("state", .text) { .text($0.state) },
        Shape.part("country", .text, null: false) { .string($0.country) },
    ])

    static let all: [Field<Account>] = [
        Field("id", .id, null: false, .always, .init("id", usual: true, screen: true)) { row, _ in .id(row.id) },
        Field("name", .text, null: false, .always, .init("name", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("status", .word(statuses), null: false, .always, .init("status", usual: true, screen: true)) { row, _ in
            .word(wire: row.status.wire, spoken: row.status.word, tone: row.status.style.tone)
        },
        Field("kind", .word(kinds), null: false, .always, .init("kind", usual: true)) { row, _ in
            .plainWord(row.kind.wire)
        },
        Field("resellerId", .id, .whenRead, .init("reseller-id", usual: true)) { row, facts in
            seller(of: row, facts).map(FieldValue.id) ?? missing(row, facts)
        },
        Field("resellerName", .text, .whenRead, .init("reseller", "SOLD BY", usual: true, screen: true)) { row, facts in
            seller(of: row, facts).map { facts.name(of: $0) } ?? missing(row, facts)
        },
        Field("externalId", .text, .whenRead, .init("external")) { read($0, $1, .text($0.externalID)) },
        Field("language", .text, .whenRead) { read($0, $1, .text($0.language)) },
        Field("taxId", .text, .whenRead) { read($0, $1, .text($0.taxRegistration)) },
        Field("currency", .text, .whenRead) { read($0, $1, .text($0.currency)) },
        Field("address", address.type, .whenRead) { read($0, $1, $0.address.map(address.object) ?? .null) },
        Field("contacts", .list(contact.type), null: false, .whenRead) { read($0, $1, contact.list($0.contacts)) },
        Field("attributes", .attributes, null: false, .whenRead) { read($0, $1, .attributes($0.attributes)) },
    ]

    private static func seller(of row: Account, _ facts: Facts) -> Account.ID? {
        row.vendorAccount ?? facts.entities.accountsInFull[row.id]?.vendorAccount
    }

    /// What stands for a value that the row does not have: null when the row is a whole one.
    @Sendable private static func missing(_ row: Account, _ facts: Facts) -> FieldValue {
        isShort(row) && facts.entities.accountsInFull[row.id] == nil ? .absent : .null
    }

    @Sendable private static func read(_ row: Account, _ facts: Facts, _ value: FieldValue) -> FieldValue {
        isShort(row) && facts.entities.accountsInFull[row.id] == nil ? .absent : value
    }

    /// Whether a row has little more than id, name and status, as some servers send them (REFERENCE 7). Every account has
    /// an address.
    static func isShort(_ row: Account) -> Bool {
        row.address == nil && row.contacts.isEmpty && row.language == nil && row.taxRegistration == nil
    }
}

/// A noun whose rows are accounts.
protocol AccountNoun: Noun where Row == Account, Query == AccountSelection {
    static var kinds: [Account.Kind] { get }
}

extension AccountNoun {
    static var fields: [Field<Account>] { AccountFields.all }
    static var everything: AccountSelection { AccountSelection() }
    static var names: NamedAccounts { .resellers }
    static var hasDetails: Bool { true }
    /// The marketplace takes one filter only.
    static var checksRows: Bool { true }

    static func paneColumns(_ facts: Facts) -> [ListColumn<Account>] { ListColumn<Account>.accounts(facts.entities) }
    static func open(_ query: AccountSelection, _ client: Client, limit: Int?) -> [PageStream<Account>] {
        query.streams(of: kinds, client, limit: limit)
    }
    static func answers(_ row: Account, _ query: AccountSelection, _ client: Client) -> Bool { query.answers(row) }
    static func id(of row: Account) -> String { row.id.rawValue }
    static func owner(_ query: AccountSelection) -> Account.ID? { query.reseller }

    static func readDetail(of row: Account, _ client: Client) async throws(MarketplaceError) -> Detail? {
        .account(try await client.accounts.value(for: AccountKey(kind: row.kind, id: row.id)))
    }

    static func find(_ argument: String, _ session: ReadSession) async throws -> (row: Account, details: [Detail]) {
        let account = try await session.account(argument, of: kinds, inFull: true)
        return (account, [.account(account)])
    }

    fileprivate static func accountWords(_ plural: String, _ singular: String, _ what: String) -> NounWords {
        NounWords(
            plural: plural, singular: singular, argument: "ID", listSummary: "List \(what).",
            showSummary: "Show one \(singular): address, contacts, attributes.", listCalls: "p+1",
            showCalls: plural == "accounts" ? "2-3" : "1-2",
            examples: ["souk \(plural) list", "souk \(plural) list --name nord --json"],
            showExamples: [
                "souk \(plural) show 1000\(plural == "resellers" ? "100" : "412")",
                "souk \(plural) show \(plural == "resellers" ? "nordwind" : "'jørgensen'") --json",
            ])
    }
}

enum AccountsNoun: AccountNoun {
    static let kinds: [Account.Kind] = [.reseller, .customer]
    static let words = accountWords("accounts", "account", "the resellers and customers that you may see")
    static let filters = AccountSelection.filters
}

enum ResellersNoun: AccountNoun {
    static let kinds: [Account.Kind] = [.reseller]
    static let words = accountWords("resellers", "reseller", "the resellers that you may see")
    static let filters = AccountSelection.filters
}

enum CustomersNoun: AccountNoun {
    static let kinds: [Account.Kind] = [.customer]
    static let words = accountWords("customers", "customer", "the customers that you may see")
    static let filters = AccountSelection.filters + [AccountSelection.reseller]
}

extension Account.Kind {
    var wire: String {
        switch self {
        case .provider: "provider"
        case .reseller: "reseller"
        case .customer: "customer"
        }
    }
}
