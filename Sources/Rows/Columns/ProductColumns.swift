import Marketplace
import Screen

extension ListColumn where Row == Product {
    /// The columns of the catalogue's products.
    public static var products: [ListColumn<Product>] {
        [
            ListColumn("mpn", .init("MPN", .whole(10), .first(1)) { ($0?.mpn ?? "", .plain) }, .text(\.mpn)),
            ListColumn(
                "product", .init("PRODUCT", .product(18, 48), .first(2)) { ($0?.title ?? "", .plain) }, .text(\.title)),
            ListColumn(
                "vendor", .init("VENDOR", .name(6, 18), .first(5)) { ($0?.vendor ?? "", .plain) }, .text(\.vendor)),
            ListColumn(
                "term", .init("TERM", .whole(4), .first(3)) { ($0?.subscriptionPeriod.short ?? "", .plain) },
                .ranked { ($0.subscriptionPeriod.days, $0.subscriptionPeriod.short) }, isSearched: false),
            ListColumn(
                "bill", .init("BILL", .whole(7), .first(6)) { ($0?.billingPeriod?.rhythm ?? "", .plain) },
                .ranked { ($0.billingPeriod.days, $0.billingPeriod?.rhythm ?? "") }, isSearched: false),
            ListColumn(
                "price",
                .init("PRICE/UNIT", .whole(12), .first(4), alignment: .right) {
                    ($0?.price?.description ?? "", .plain)
                },
                .money(\.price)),
            ListColumn(
                "cost",
                .init("COST/UNIT", .whole(12), .then(1), alignment: .right) { ($0?.cost?.description ?? "", .plain) },
                .money(\.cost)),
            ListColumn(
                "service",
                .init("SERVICE", .name(12, 30), .then(2)) { ($0?.serviceName ?? "", .plain) },
                .text { $0.serviceName ?? "" }),
        ]
    }
}
