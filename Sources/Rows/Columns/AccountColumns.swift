import Marketplace
import Screen

extension ListColumn where Row == Account {
    /// The columns of accounts, whether listed, in a tree or to choose from.
    public static func accounts(_ entities: EntityStore) -> [ListColumn<Account>] {
        [
            ListColumn("id", .init("ID", width: 8) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "name", .init("NAME", width: 20, grows: 3, upTo: 60) { ($0?.name ?? "", .plain) }, .text(\.name)),
            ListColumn(
                "status", .init("STATUS", width: 11) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }),
            ListColumn(
                "reseller",
                .init("SOLD BY", width: 14, grows: 1, upTo: 30, leaves: 1) { row in
                    (row?.vendorAccount.map { entities.name(of: $0) } ?? "", .faint)
                }, .optionalAccount(\.vendorAccount, entities), isSearched: false),
            ListColumn("external", nil, .text { $0.externalID ?? "" }, isShown: false),
            ListColumn("tax", nil, .text { $0.taxRegistration ?? "" }, isShown: false, isContact: true),
            ListColumn("contact", nil, .unique { contacts(of: $0) }, isShown: false, isContact: true),
        ]
    }

    /// E-mail addresses and phone numbers.
    private static func contacts(of account: Account) -> String {
        account.contacts.map { "\($0.email) \($0.phoneNumber.searchText)" }.joined(separator: " ")
    }

    /// The parameters of a customer's subscriptions, from orders or from provisioning, as far as their details were
    /// read: domains, tenant ids.
    /// - Parameter found: Values of each customer that were found beyond the details in `entities`.
    public static func tenants(_ entities: EntityStore, found: [Account.ID: [String]] = [:]) -> ListColumn<Account> {
        ListColumn(
            "tenant", nil,
            .sparse(kind: .text) {
                var lines = found
                for detail in entities.details.values {
                    let values = (detail.orderParameters + detail.fulfillmentParameters).map(\.value)
                    if !values.isEmpty { lines[detail.subscription.customer, default: []] += values }
                }
                return lines.map { ($0.key, .lines($0.value)) }
            }, isShown: false, isContact: true)
    }
}

extension ListColumn.Content {
    /// An account that a row names by its id: its name, once that was read, and its id.
    public static func account(_ account: @escaping @Sendable (Row) -> Account.ID, _ entities: EntityStore) -> Self {
        .lookup(key: { account($0).rawValue }, lines: { [entities.name(of: Account.ID($0)), $0] })
    }

    /// As above, for rows that may name none.
    public static func optionalAccount(
        _ account: @escaping @Sendable (Row) -> Account.ID?, _ entities: EntityStore
    ) -> Self {
        .lookup(
            key: { account($0)?.rawValue ?? "" },
            lines: { $0.isEmpty ? [] : [entities.name(of: Account.ID($0)), $0] })
    }
}
