import Marketplace
import Screen

extension ListColumn where Row == Plan {
    /// The columns of service plans.
    public static var plans: [ListColumn<Plan>] {
        [
            ListColumn("name", .init("PLAN", .name(20, 48), .first(1)) { ($0?.name ?? "", .plain) }, .text(\.name)),
            ListColumn(
                "terms", .init("TERMS", .whole(5), .first(2)) { ($0?.termCodes ?? "", .plain) },
                .ranked { (($0.terms.first?.period).days, $0.termCodes) }, isSearched: false),
            ListColumn(
                "billing", .init("BILLED", .whole(7), .first(3)) { ($0?.billingPeriod?.rhythm ?? "", .plain) },
                // As it is drawn, and as commands print it.
                .ranked { row in
                    (row.billingPeriod.days, row.billingPeriod.map { "\($0.rhythm) \($0.short)" } ?? "")
                }, isSearched: false),
            ListColumn(
                "published",
                .init("PUBLISHED", .whole(9), .then(1)) { row in
                    (row?.isPublished.map { $0 ? "yes" : "no" } ?? "", row?.isPublished == false ? .warning : .plain)
                },
                // As it is drawn, and as commands print it.
                .text { $0.isPublished.map { $0 ? "yes true" : "no false" } ?? "" }, isSearched: false),
            ListColumn(
                "id", .init("ID", .whole(6), .first(4)) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue)),
            ListColumn(
                "summary", .init("SUMMARY", .name(10, 30), .then(3)) { ($0?.summary ?? "", .plain) }, .text(\.summary)),
            ListColumn(
                "model",
                .init("CHARGED", .whole(12), .then(2)) { ($0?.billingModelWords ?? "", .plain) },
                .text { $0.billingModelWords ?? "" }, isSearched: false),
        ]
    }
}

extension Plan {
    /// `1M 1Y`: the periods it is sold for.
    fileprivate var termCodes: String { terms.map(\.period.short).joined(separator: " ") }
}
