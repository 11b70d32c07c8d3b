import HashTreeCollections
import Marketplace
import Screen

extension ListColumn where Row == Order {
    /// The columns of orders.
    /// - Parameters:
    ///   - latest: Orders that were read alone, later than the list: their status and amounts are shown.
    ///   - now: What the age of an open order is measured to.
    ///   - isOfOneCustomer: Whether all rows are of one customer, whose name is then not shown in each.
    public static func orders(
        _ entities: EntityStore, latest: TreeDictionary<Order.ID, Snapshot<Order>> = [:], now: Instant,
        overdueAfter: Double = Overview.standardOverdueAfter, isOfOneCustomer: Bool = false
    ) -> [ListColumn<Order>] {
        @Sendable func current(_ row: Order) -> Order { latest[row.id]?.value ?? row }
        return [
            ListColumn("order", .init("ORDER", width: 9) { ($0?.label ?? "", .plain) }, .unique(\.label)),
            ListColumn(
                "type", .init("TYPE", width: 12, leaves: 2) { ($0?.kind.word ?? "", .plain) }, .text(\.kind.word)),
            ListColumn(
                "status",
                .init("STATUS", width: 13) { row in
                    guard let row = row.map(current) else { return ("", .plain) }
                    return (statusWords(row), row.status.style)
                }, .ranked { ($0.status.rank, statusWords($0)) }),
            ListColumn(
                "state", nil,
                .ranked { row in
                    let age = row.created.map { now.seconds(since: $0) } ?? 0
                    let isStuck = !row.status.isFinal && !row.isWaiting && age > overdueAfter
                    return (row.status.rank, isStuck ? "STUCK" : row.status.word)
                }, isSearched: false, isShown: false),
            ListColumn(
                "customer",
                .init("CUSTOMER", width: 12, grows: 3, upTo: 40) { row in
                    (row.map { entities.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, entities), isShown: !isOfOneCustomer),
            ListColumn(
                "created",
                .init("CREATED UTC", width: 17, leaves: 1) { row in
                    (row.map { $0.created?.spoken ?? "not reported" } ?? "", row?.created == nil ? .faint : .plain)
                },
                .instant(\.created)),
            ListColumn(
                "open",
                .init("AGE", width: 10, grows: isOfOneCustomer ? 1 : 0, upTo: 14, leaves: 3) { row in
                    guard let row, let created = row.created, !current(row).status.isFinal else { return ("", .plain) }
                    return (spokenDuration(seconds: now.seconds(since: created)), .warning)
                }, .instant { $0.status.isFinal ? nil : $0.created }, isSearched: false),
            ListColumn(
                "total",
                .init("TOTAL", width: 14, leaves: 4, alignment: .right) { row in
                    (row.flatMap { current($0).total?.description } ?? "", .plain)
                },
                .sparse(kind: .money) {
                    latest.compactMap { id, order in order.value?.total.map { (id, .money($0)) } }
                }, isSearched: false, isShown: false),
            ListColumn(
                "po",
                .init("PO NUMBER", width: 14, grows: 1, upTo: 24, leaves: 4) { row in
                    (row.flatMap { current($0).poNumber } ?? "", .plain)
                },
                .sparse(kind: .text) {
                    latest.compactMap { id, order in order.value?.poNumber.map { (id, .lines([$0])) } }
                }, isShown: false),
        ]
    }

    private static func statusWords(_ row: Order) -> String {
        [row.status.word, row.statusCode ?? ""].joined(separator: " ")
    }
}
