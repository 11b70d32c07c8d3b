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
                "name", .init("NAME", .name(16, 32), .first(1)) { ($0?.person.name ?? "", .plain) },
                .text(\.person.name)),
            ListColumn(
                "role",
                .init("ROLE", .whole(9), isOfOneAccount ? .first(4) : .then(1)) {
                    ($0?.person.role.shortWord ?? "", .plain)
                },
                .text(\.person.role.word)),
            ListColumn(
                "email", .init("E-MAIL", .name(20, 40), .first(3)) { ($0?.person.email ?? "", .plain) },
                .text(\.person.email)),
            ListColumn(
                "phone", .init("PHONE", .whole(13), .first(2)) { ($0?.person.phoneNumber.description ?? "", .plain) },
                .text(\.person.phoneNumber.searchText)),
            ListColumn(
                "account",
                .init("ACCOUNT", .name(16, 40), .first(5)) { ($0?.accountName ?? "", .plain) },
                .text(\.accountName), isShown: !isOfOneAccount),
        ]
    }
}
