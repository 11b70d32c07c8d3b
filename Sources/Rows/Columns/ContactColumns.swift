import Marketplace
import Screen

/// A contact person with the account it belongs to, identified by the account and its place among the account's
/// contacts.
public struct AccountContact: Identifiable, Sendable {
    public struct ID: Hashable, Sendable {
        public var account: Account.ID
        public var place: Int

        public init(account: Account.ID, place: Int) {
            self.account = account
            self.place = place
        }
    }

    public var id: ID
    public var accountName: String
    public var person: ContactPerson

    /// The contacts of the accounts, in the order of the accounts.
    public static func contacts(of accounts: [Account]) -> [AccountContact] {
        accounts.flatMap { account in
            account.contacts.enumerated().map { place, person in
                AccountContact(
                    id: ID(account: account.id, place: place), accountName: account.name, person: person)
            }
        }
    }
}

extension ListColumn where Row == AccountContact {
    /// The columns of contacts.
    /// - Parameter isOfOneAccount: Whether all rows are of one account, whose name is then not shown in each.
    public static func contacts(isOfOneAccount: Bool = false) -> [ListColumn<AccountContact>] {
        [
            ListColumn(
                "name", .init("NAME", width: 16, grows: 2, upTo: 32) { ($0?.person.name ?? "", .plain) },
                .text(\.person.name)),
            ListColumn(
                "role",
                .init("ROLE", width: 17) { row in
                    (row?.person.role.word ?? "", row?.person.role == .administrator ? .accent : .plain)
                }, .text(\.person.role.word)),
            ListColumn(
                "email", .init("E-MAIL", width: 20, grows: 3, upTo: 40) { ($0?.person.email ?? "", .plain) },
                .text(\.person.email)),
            ListColumn(
                "phone", .init("PHONE", width: 17, leaves: 2) { ($0?.person.phoneNumber.description ?? "", .faint) },
                .text(\.person.phoneNumber.searchText)),
            ListColumn(
                "account",
                .init("ACCOUNT", width: 14, grows: 2, upTo: 40, leaves: 1) { ($0?.accountName ?? "", .plain) },
                .text(\.accountName), isShown: !isOfOneAccount),
        ]
    }
}
