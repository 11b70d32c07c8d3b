import Marketplace
import Screen

extension ListColumn where Row == Account {
    /// What accounts are searched by, in the tree and where one is chosen.
    static func accounts(_ known: Known) -> [ListColumn<Account>] {
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
                    (row?.vendorAccount.map { known.name(of: $0) } ?? "", .faint)
                },
                .linked(key: { $0.vendorAccount?.rawValue ?? "" }) { id in
                    id.isEmpty ? [] : [known.name(of: Account.ID(id)), id]
                }, isSearched: false),
            ListColumn("external", nil, .text { $0.externalID ?? "" }, isShown: false),
        ]
    }
}
