import Marketplace

/// Which rows of a list are asked for, and in which order.
public struct RowQuery<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    public var columns: [ListColumn<Row>]
    public var filter = FilterExpression()
    /// Nil for the order in which the rows were read.
    public var order: SortOrder?
    /// Puts rows whose text begins with some words before the others; only without an order.
    public var prefixRanking: PrefixRanking?
    /// A column whose rows of equal value are to be found fast; see `Arrangement.groups`.
    public var grouped: String?
    /// Changes when what lookup columns look up may have changed.
    public var lookupVersion = 0
    /// Changes when the values of sparse columns may have changed.
    public var sparseVersion = 0
    /// Changes when ranks and the words ranked may have changed, such as states that depend on the day.
    public var rankVersion = 0
    /// In which zone a moment has its day.
    public var zone = Zone.utc
    /// Changes when rows are to come and go with the values of sparse columns that came in meanwhile.
    public var followedVersion = 0
    /// Whether the rows are wanted on whose sparse values it depends whether they pass, or where they stand.
    public var countsUnread = false
    /// Whether a term is wanted that leaves nothing of what the others let pass; see `Arrangement.hindrance`.
    public var namesHindrance = false
    /// How many terms come first that are not the person's, and are never named as a hindrance.
    public var scopeCount = 0

    public init(columns: [ListColumn<Row>]) { self.columns = columns }

    /// Rows whose column is exactly the words come first, then those that begin with them, then the others.
    public struct PrefixRanking: Hashable, Sendable {
        public var column: String
        /// Folded, in UTF-8.
        public var words: [UInt8]

        public init(column: String, words: [UInt8]) {
            self.column = column
            self.words = words
        }
    }

    /// Whether all rows are asked for in the order they have.
    var isPlain: Bool { filter.isEmpty && order == nil && prefixRanking == nil && grouped == nil }

    func column(_ name: String) -> ListColumn<Row>? { columns.first { $0.name == name } }

    /// The columns that a term searches.
    func columns(of term: FilterTerm) -> [ListColumn<Row>] {
        guard let name = term.column else {
            let isContact = term.isContact
            return columns.filter { $0.isSearched && ($0.isContact ? isContact : true) }
        }
        return columns.filter { $0.name == name || $0.partOf == name }
    }

    /// The sparse columns on whose values it depends whether a row meets the term.
    func sparseColumns(of term: FilterTerm) -> [ListColumn<Row>] {
        columns(of: term).filter { $0.isSparse && (term.column != nil || $0.filterColumn.kind == .text) }
    }

    /// The columns that plain words search, then, if asked for, those that only words of contacts search.
    func searchedColumns(withContacts: Bool) -> [[ListColumn<Row>]] {
        let searched = columns.filter { $0.isSearched }
        return [searched.filter { !$0.isContact }] + (withContacts ? [searched.filter { $0.isContact }] : [])
    }

    /// Whether there are columns that only words of contacts search.
    var searchesContacts: Bool { columns.contains { $0.isSearched && $0.isContact } }

    /// Whether another `lookupVersion` may change what passes, or its order.
    var usesLookups: Bool {
        // Key paths would be slow here: this code is generic at run time.
        filter.terms.contains { columns(of: $0).contains { $0.isLookup } }
            || (order.flatMap { column($0.column) }?.isLookup ?? false)
    }

    /// Whether another `sparseVersion` may change what passes, or its order.
    var usesSparse: Bool {
        filter.terms.contains { columns(of: $0).contains { $0.isSparse } }
            || (order.flatMap { column($0.column) }?.isSparse ?? false)
    }
}

extension RowQuery {
    /// The rows that pass, in the order asked for, at once: for callers that wait for the whole answer, such as commands.
    /// - Parameter orders: In place of `order`, the most important first. Rows that are equal in all of them stay in the
    ///   order of `rows`.
    public func arranged(_ rows: [Row], by orders: [SortOrder]) -> [Row] {
        var query = self
        query.order = nil
        var arranged = query.arranged(rows)
        query.filter = FilterExpression()
        // A stable sort by the least important order first.
        for order in orders.reversed() {
            query.order = order
            arranged = query.arranged(arranged)
        }
        return arranged
    }

    private func arranged(_ rows: [Row]) -> [Row] {
        var arranged: [Row] = []
        RowStore(rows, RowIdentities()).arrange(self) { result in
            if result.isWhole { arranged = (0..<result.count).map { result.row(at: $0) } }
        }
        return arranged
    }
}
