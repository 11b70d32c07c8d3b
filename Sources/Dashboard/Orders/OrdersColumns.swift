import Marketplace
import Screen

extension OrdersPane: OpeningPane {
    func setting(_ model: Model) -> ListSetting<Order> {
        var setting = ListSetting(columns(model), model)
        setting.toldVersion = detailsVersion
        return setting
    }

    func rowStamp(_ model: Model) -> RowStamp {
        var stamp = RowStamp(model)
        stamp.ownVersion = detailsVersion
        stamp.now = model.now
        return stamp
    }

    func columns(_ model: Model) -> [ListColumn<Order>] {
        let details = details
        /// The row as a later look at the order itself told it.
        @Sendable func latest(_ row: Order) -> Order { details[row.id]?.value ?? row }
        return [
            ListColumn("order", .init("ORDER", width: 9) { ($0?.label ?? "", .plain) }, .unique(\.label)),
            ListColumn(
                "type", .init("TYPE", width: 12, leaves: 2) { ($0?.kind.word ?? "", .plain) }, .text(\.kind.word)),
            ListColumn(
                "status",
                .init("STATUS", width: 13) { row in
                    guard let row = row.map(latest) else { return ("", .plain) }
                    return (Self.status(row), row.status.style)
                }, .ranked { ($0.status.rank, Self.status($0)) }),
            ListColumn(
                "customer",
                .init("CUSTOMER", width: 12, grows: 3, upTo: 40) { row in
                    (row.map { model.name(of: $0.customer) } ?? "", .plain)
                }, .account(\.customer, model), isShown: model.customer == nil),
            ListColumn(
                "created",
                .init("CREATED UTC", width: 17, leaves: 1) { row in
                    (row.map { $0.created?.spoken ?? "not reported" } ?? "", row?.created == nil ? .faint : .plain)
                },
                .instant(\.created)),
            ListColumn(
                "open",
                .init("AGE", width: 10, grows: model.customer == nil ? 0 : 1, upTo: 14, leaves: 3) { row in
                    guard let row, let created = row.created, !latest(row).status.isFinal else { return ("", .plain) }
                    return (spokenDuration(seconds: model.now.seconds(since: created)), .warning)
                }, .instant { $0.status.isFinal ? nil : $0.created }, isSearched: false),
            ListColumn(
                "total",
                .init("TOTAL", width: 14, leaves: 4, alignment: .right) { row in
                    (row.flatMap { latest($0).total?.description } ?? "", .plain)
                },
                .told(kind: .money) {
                    details.compactMap { id, detail in detail.value?.total.map { (id, .money($0)) } }
                }, isSearched: false, isShown: false),
            ListColumn(
                "po",
                .init("PO NUMBER", width: 14, grows: 1, upTo: 24, leaves: 4) { row in
                    (row.flatMap { latest($0).poNumber } ?? "", .plain)
                },
                .told(kind: .text) {
                    details.compactMap { id, detail in detail.value?.poNumber.map { (id, .lines([$0])) } }
                }, isShown: false),
        ]
    }

    private static func status(_ row: Order) -> String {
        [row.status.word, row.statusCode ?? ""].joined(separator: " ")
    }
}
