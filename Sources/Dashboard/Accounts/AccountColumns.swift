import Marketplace
import Screen

extension ListColumn where Row == Account {
    /// What accounts are searched by, in the tree and where one is chosen.
    static func accounts(_ model: Model) -> [ListColumn<Account>] {
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
                    (row?.vendorAccount.map { model.name(of: $0) } ?? "", .faint)
                },
                .linked(key: { $0.vendorAccount?.rawValue ?? "" }) { id in
                    id.isEmpty ? [] : [model.name(of: Account.ID(id)), id]
                }, isSearched: false),
            ListColumn("external", nil, .text { $0.externalID ?? "" }, isShown: false),
            ListColumn("tax", nil, .text { $0.taxRegistration ?? "" }, isShown: false, isContact: true),
            ListColumn("contact", nil, .unique { contacts(of: $0) }, isShown: false, isContact: true),
        ]
    }

    /// E-mail addresses and phone numbers, these as they are written and as digits alone.
    private static func contacts(of account: Account) -> String {
        account.contacts.map { person in
            let digits = person.phone.filter { $0.isASCII && $0.isNumber }
            return "\(person.email) \(person.phone) \(digits)"
        }.joined(separator: " ")
    }

    /// What was given for a customer's subscriptions, or made by provisioning, as far as they were read: domains, tenant
    /// ids.
    static func tenants(_ model: Model) -> ListColumn<Account> {
        ListColumn(
            "tenant", nil,
            .told(kind: .text) {
                var lines: [Account.ID: [String]] = [:]
                for detail in model.details.values {
                    let values = (detail.orderParameters + detail.fulfillmentParameters).map(\.value)
                    if !values.isEmpty { lines[detail.subscription.customer, default: []] += values }
                }
                return lines.map { ($0.key, .lines($0.value)) }
            }, isShown: false, isContact: true)
    }
}
