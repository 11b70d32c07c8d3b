import Marketplace
import Screen

extension JournalPane: OpeningPane {
    func columns(_ model: Model) -> [ListColumn<JournalEntry>] {
        [
            ListColumn("sent", .init("SENT UTC", width: 12) { ($0?.shortMoment ?? "", .faint) }, .instant(\.at)),
            ListColumn(
                "outcome", .init("OUTCOME", width: 9) { ($0?.outcomeWord ?? "", $0?.outcomeStyle ?? .plain) },
                .ranked { ($0.outcomeRank, $0.outcomeWord) }),
            ListColumn(
                "what", .init("WHAT", width: 15, grows: 3, upTo: 40) { ($0?.shownName ?? "", .plain) },
                .text(\.shownName)),
            ListColumn(
                "customer",
                .init("CUSTOMER", width: 12, grows: 3, upTo: 34) { row in
                    (row?.customer.map { model.name(of: $0) } ?? "", .plain)
                },
                .linked(
                    key: { $0.customer?.rawValue ?? "" },
                    lines: { $0.isEmpty ? [] : [model.name(of: Account.ID($0)), $0] })),
            ListColumn(
                "change",
                .init("CHANGE", width: 12, grows: 3, upTo: 44, leaves: 1) { row in
                    (row?.changes.joined(separator: "; ") ?? "", .plain)
                }, .text { $0.changes.joined(separator: "; ") }),
            ListColumn(
                "number", .init("NUMBER", width: 8, leaves: 2) { ($0?.outcome.made ?? "", .plain) },
                .unique { $0.outcome.made ?? "" }),
            ListColumn(
                "po", .init("PO NUMBER", width: 20, leaves: 3) { ($0?.poNumber ?? "", .plain) },
                .unique { $0.poNumber ?? "" }),
            ListColumn(
                "correlation", .init("CORRELATION ID", width: 40, leaves: 4) { ($0?.correlationID ?? "", .plain) },
                .unique { $0.correlationID ?? "" }, isShown: false),
            ListColumn(
                "run", .init("BULK RUN", width: 18, leaves: 5) { ($0?.group ?? "", .plain) },
                .text { $0.group ?? "" }, isShown: false),
        ]
    }
}
