import Marketplace
import MarketplaceClient
import Rows
import Screen

/// Administrators and contacts of accounts: the API publishes no other users.
enum UsersNoun: Noun {
    typealias Row = AccountContact

    static let words = NounWords(
        plural: "users", singular: "user", argument: "ACCOUNT/ROLE/EMAIL",
        listSummary: "List administrators and contacts of accounts. The marketplace publishes no service users.",
        showSummary: "Show one administrator or contact.", listCalls: "p", showCalls: "1-2",
        examples: ["souk users list --email mette@jorgensen.example", "souk users list --filter role:billing --csv"],
        showExamples: [
            "souk users show 1000412/admin/mette@jorgensen.example",
            "souk users show 1000412/admin/mette@jorgensen.example --json",
        ])

    static let filters: [NounFilter<AccountSelection>] = [
        NounFilter("name", "TEXT", "Of accounts whose names contain it.") { $0.name = $1.text },
        NounFilter("email", "TEXT", "With this address, whole; a part is found by --filter email:TEXT.") {
            $0.email = $1.text
        },
        NounFilter("external-id", "ID", "Of the account with your own id.") { $0.externalID = $1.text },
        AccountSelection.reseller,
    ]

    static let everything = AccountSelection()

    static let fields: [Field<AccountContact>] = [
        Field("accountId", .id, null: false, .always, .init("account-id", usual: true)) { row, _ in
            .id(row.id.account)
        },
        Field("accountName", .text, null: false, .always, .init("account", usual: true, screen: true)) { row, _ in
            .string(row.accountName)
        },
        Field(
            "role", .word(["admin", "billing", "technical"]), null: false, .always,
            .init("role", usual: true, screen: true)
        ) { row, _ in .word(wire: row.person.role.wire, spoken: row.person.role.word, tone: .plain) },
        Field("firstName", .text, null: false) { row, _ in .string(row.person.firstName) },
        Field("lastName", .text, null: false) { row, _ in .string(row.person.lastName) },
        Field(.init("name", usual: true, screen: true)) { row, _ in .string(row.person.name) },
        Field("email", .text, null: false, .always, .init("email", "E-MAIL", usual: true, screen: true)) { row, _ in
            .string(row.person.email)
        },
        Field(
            "phone", .text, null: false, .always,
            .init("phone", usual: true, screen: true) { row, _ in (row.person.phoneNumber.description, .plain) }
        ) { row, _ in
            .string(row.person.phone)
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<AccountContact>] { ListColumn<AccountContact>.contacts() }

    static func open(_ query: AccountSelection, _ client: Client, limit: Int?) -> [PageStream<AccountContact>] {
        let email = query.email
        return query.streams(of: query.reseller == nil ? [.reseller, .customer] : [.customer], client, limit: limit)
            .map { stream in
                stream.map { accounts in
                    AccountContact.contacts(of: accounts.filter(query.answers)).filter { contact in
                        email.map { Folding.text(contact.person.email, holds: $0) } ?? true
                    }
                }
            }
    }

    static func answers(_ row: AccountContact, _ query: AccountSelection, _ client: Client) -> Bool {
        query.email.map { Folding.text(row.person.email, holds: $0) } ?? true
    }
    static func id(of row: AccountContact) -> String {
        "\(row.id.account)/\(row.person.role.wire)/\(row.person.email)"
    }

    static func find(
        _ argument: String, _ session: ReadSession
    ) async throws -> (row: AccountContact, details: [Detail]) {
        let parts = argument.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3 else {
            throw CommandError(
                .badValue, "'\(argument)' names no user.",
                hint: "Write ACCOUNT/ROLE/EMAIL, for example 1000412/admin/mette@jorgensen.example.")
        }
        let account = try await session.account(parts[0], of: [.customer, .reseller], inFull: true)
        let found = AccountContact.contacts(of: [account]).first { contact in
            contact.person.role.wire == parts[1] && Folding.folded(contact.person.email) == Folding.folded(parts[2])
        }
        guard let found else {
            throw CommandError(
                .notFound, "\(account.title) \(account.id) has no \(parts[1]) contact \(parts[2]).",
                hint: "souk users list --name '\(parts[0])' shows those it has.")
        }
        return (found, [])
    }
}
