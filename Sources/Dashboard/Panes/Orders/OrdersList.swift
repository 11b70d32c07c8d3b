import Marketplace
import Rows

extension OrdersPane: OpeningPane {
    func setting(_ model: Model) -> ListSetting<Order> {
        var setting = ListSetting(columns(model), model)
        setting.sparseVersion = detailsVersion
        return setting
    }

    func rowStamp(_ model: Model) -> RowStamp {
        var stamp = RowStamp(model)
        stamp.ownVersion = detailsVersion
        stamp.now = model.marketplaceNow
        return stamp
    }

    func columns(_ model: Model) -> [ListColumn<Order>] {
        ListColumn.orders(
            model.entities, latest: details, now: model.marketplaceNow, overdueAfter: model.overdueAfter,
            isOfOneCustomer: model.customer != nil)
    }
}
