import Marketplace

/// A list of the marketplace as something to read page by page, for those who want rows and no cache.
public struct RowList<Row: Identifiable & Sendable>: Sendable where Row.ID == Identifier<Row> {
    fileprivate let reader: @Sendable (Connection) -> ListReader<Row>

    fileprivate init(_ reader: @escaping @Sendable (Connection) -> ListReader<Row>) { self.reader = reader }
}

extension RowList where Row == Account {
    public static func accounts(_ query: AccountQuery) -> Self { Self { Lists.accounts(query, $0) } }
}

extension RowList where Row == Subscription {
    public static func subscriptions(_ query: SubscriptionQuery) -> Self { Self { Lists.subscriptions(query, $0) } }
}

extension RowList where Row == Order {
    public static func orders(_ query: OrderQuery) -> Self { Self { Lists.orders(query, $0) } }
}

extension RowList where Row == Product {
    public static func products(_ query: ProductQuery) -> Self { Self { Lists.products(query, $0) } }
}

extension RowList where Row == Plan {
    public static var plans: Self { Self { Lists.plans(PlanQuery(), $0) } }
}

extension RowList where Row == Report {
    public static func reports(_ query: ReportQuery) -> Self { Self { Lists.reports(query, $0) } }
}

extension Client {
    /// Reads a list page by page, newest rows first where the marketplace says so, past the caches and without keeping
    /// any row.
    /// - Parameter limit: Rows of the first page, at most as many as a page can have, for who may stop after any page. Nil
    ///   for who reads the whole list: then pages are asked for ahead.
    public func pages<Row>(of list: RowList<Row>, limit: Int? = 500) -> RowPages<Row> {
        RowPages(list.reader(connection), limit: limit.map { max(1, min($0, Pages.laterLimit)) }) { $0.number }
    }

    /// Whether a row answers the query of a list, as far as the row says so.
    public func answers<Row>(_ row: Row, _ list: RowList<Row>) -> Bool { list.reader(connection).matches(row) }
}

extension Identifier {
    /// Its number, when it is written as one: no sign and no zero before it, so that no two ids have the same.
    fileprivate var number: UInt64? {
        let digits = rawValue.utf8
        guard let first = digits.first, digits.count < 19, first != UInt8(ascii: "0"),
            digits.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return UInt64(rawValue)
    }
}
