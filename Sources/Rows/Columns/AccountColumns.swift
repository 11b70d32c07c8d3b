import Marketplace
import Screen

extension ListColumn where Row == Account {
    /// The columns of accounts, whether listed, in a tree or to choose from.
    public static func accounts(_ entities: EntityStore) -> [ListColumn<Account>] {
        [
            ListColumn(
                "id", .init("ID", .whole(7), .first(1)) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "name", .init("NAME", .name(20, 60), .first(2)) { ($0?.name ?? "", .plain) }, .text(\.name)),
            ListColumn(
                "status", .init("STATUS", .whole(6), .first(3)) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }),
            ListColumn(
                "reseller",
                .init("SOLD BY", .name(14, 30), .first(4)) { row in
                    (row?.vendorAccount.map { entities.name(of: $0) } ?? "", .plain)
                }, .optionalAccount(\.vendorAccount, entities), isSearched: false),
            ListColumn(
                "held", nil,
                .text { row in
                    let states: [AccountStatus] = [.creditHold, .adminHold, .error]
                    return row.kind == .customer && states.contains(row.status) ? "yes" : "no"
                }, isSearched: false, isShown: false),
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
