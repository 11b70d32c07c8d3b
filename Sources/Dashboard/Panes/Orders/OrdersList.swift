import Marketplace
import Rows

extension OrdersPane: OpeningPane {
    static var owner: (@Sendable (Order) -> Account.ID?)? { \.customer }

    /// Reading the whole list takes calls: where they are limited it is read when somebody opens it.
    func countedQueries(_ model: Model) -> [DataQuery] { model.readsListsUnasked ? [.orders(Self.query(model))] : [] }

    static var ownOrderWords: String { "newest first, open ones on top" }

    func setting(_ model: Model) -> ListSetting<Order> {
        var setting = ListSetting(columns(model), ownOrder: .own, model)
        setting.sparseVersion = detailsVersion
        // With the time after which an order takes too long. No row moves only because time passes.
        setting.rankVersion = Int(min(model.overdueAfter, 1e9))
        return setting
    }

    func rowStamp(_ model: Model) -> RowStamp {
        var stamp = RowStamp(model)
        stamp.ownVersion = detailsVersion
        stamp.now = Self.minute(model)
        stamp.orderTimes = model.orderTimes
        return stamp
    }

    func columns(_ model: Model) -> [ListColumn<Order>] {
        var context = OrderContext(model.entities, now: Self.minute(model))
        context.latest = details
        context.zone = model.zone
        context.times = model.orderTimes
        context.isOfOneCustomer = model.customer != nil
        return ListColumn.orders(context) + [.ownOrder(context)]
    }

    /// Now, as exactly as the ages in the list are: a finer time would have every row drawn anew at every key.
    private static func minute(_ model: Model) -> Instant {
        let now = model.marketplaceNow.millisecondsSince1970
        return Instant(millisecondsSince1970: now - now % 60_000)
    }
}
