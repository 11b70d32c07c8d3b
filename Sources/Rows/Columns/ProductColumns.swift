import Marketplace
import Screen

extension ListColumn where Row == Product {
    /// The columns of the catalogue's products.
    public static var products: [ListColumn<Product>] {
        [
            ListColumn("mpn", .init("MPN", width: 13, grows: 1, upTo: 24) { ($0?.mpn ?? "", .plain) }, .text(\.mpn)),
            ListColumn(
                "product", .init("PRODUCT", width: 20, grows: 4, upTo: 48) { ($0?.title ?? "", .plain) }, .text(\.title)
            ),
            ListColumn(
                "vendor", .init("VENDOR", width: 10, grows: 1, upTo: 18, leaves: 2) { ($0?.vendor ?? "", .faint) },
                .text(\.vendor)),
            ListColumn(
                "term", .init("TERM", width: 4) { ($0?.subscriptionPeriod.short ?? "", .plain) },
                .ranked { ($0.subscriptionPeriod.days, $0.subscriptionPeriod.short) }, isSearched: false),
            ListColumn(
                "bill", .init("BILL", width: 7, leaves: 1) { ($0?.billingPeriod?.rhythm ?? "", .plain) },
                .ranked { ($0.billingPeriod.days, $0.billingPeriod?.rhythm ?? "") }, isSearched: false),
            ListColumn(
                "price",
                .init("PRICE/UNIT", width: 12, alignment: .right) { ($0?.price?.description ?? "", .plain) },
                .money(\.price)),
            ListColumn(
                "cost",
                .init("COST/UNIT", width: 12, leaves: 3, alignment: .right) { ($0?.cost?.description ?? "", .plain) },
                .money(\.cost), isShown: false),
            ListColumn(
                "service",
                .init("SERVICE", width: 12, grows: 1, upTo: 30, leaves: 3) { ($0?.serviceName ?? "", .faint) },
                .text { $0.serviceName ?? "" }, isShown: false),
        ]
    }
}
