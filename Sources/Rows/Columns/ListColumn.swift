import Marketplace
import Screen

/// A column of a list: how it is named, drawn, searched, compared and sorted.
public struct ListColumn<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// The word for it in filters, sort orders and menus: one word in small letters.
    public let name: String
    /// How it is drawn. A column that is not drawn can still be searched and sorted by.
    public let tableColumn: Table<Row?>.Column?
    /// Whether plain words search it.
    public let isSearched: Bool
    /// Whether plain words search it only when they can be part of a contact; see `FilterTerm.isContact`.
    public let isContact: Bool
    /// Whether it is drawn before the person chooses columns.
    public let isShown: Bool
    /// The column that this one adds values to: whoever names that one in a filter means both. A part has no name of its
    /// own in filters.
    public let partOf: String?
    let content: Content
    // These loop over many rows. They are set where the column is defined and the type of the rows is known, so that the
    // compiler specialises the loops; the code that calls them is generic. They capture nothing: columns are made often.
    private let encode: @Sendable (Content, [Row], Range<Int>, inout EncodedColumn) -> Void
    private let sparseValues: @Sendable (Content, [Row], () -> RowIndex<Row>) -> [(row: Int, value: ColumnValue?)]

    /// What the rows have in it. The closures are called on any thread and must give the same answer for the same row.
    public enum Content: Sendable {
        case text(@Sendable (Row) -> String)
        /// A text that is different in nearly every row. Texts that are all digits sort as numbers.
        case unique(@Sendable (Row) -> String)
        /// Lines that are looked up by a key of the row, such as the name of an account by its id. Their answers may
        /// change when `RowQuery.lookupVersion` does.
        case lookup(key: @Sendable (Row) -> String, lines: @Sendable (String) -> [String])
        /// Words with an order of their own.
        case ranked(@Sendable (Row) -> (rank: Int, word: String))
        case number(@Sendable (Row) -> Int?)
        case money(@Sendable (Row) -> Money?)
        case date(@Sendable (Row) -> CalendarDate?)
        /// Compared by its day in the query's zone, sorted by the moment.
        case instant(@Sendable (Row) -> Instant?)
        /// A sparse column: values of the rows that were read one by one. A row that was read and has none gives nil; one
        /// that is left out was not read. They may change when `RowQuery.sparseVersion` does.
        case sparse(kind: FilterColumn.Kind, @Sendable () -> [(Row.ID, ColumnValue?)])
    }

    public init(
        _ name: String, _ tableColumn: Table<Row?>.Column?, _ content: Content, isSearched: Bool = true,
        isShown: Bool = true, isContact: Bool = false, partOf: String? = nil
    ) {
        self.name = name
        var look = tableColumn
        look?.name = name
        look?.keepsTone = name == "state"
        self.tableColumn = look
        self.content = content
        self.isSearched = isSearched
        self.isShown = isShown
        self.isContact = isContact
        self.partOf = partOf
        encode = { content, rows, range, column in content.encode(rows, range, into: &column) }
        sparseValues = { content, rows, index in content.sparseValues(rows, index) }
    }

    /// A list's own order, as a number for each row: smaller ones come first. It has no name in filters and menus.
    public static func ownOrder(_ rank: @escaping @Sendable (Row) -> Int64) -> ListColumn {
        // Encoded as moments are: one number for each row.
        ListColumn(
            SortOrder.own.column, nil, .instant { Instant(millisecondsSince1970: rank($0)) }, isSearched: false,
            isShown: false)
    }

    /// Whether a person can name it, in a filter or by choosing it.
    public var hasName: Bool { partOf == nil && name != SortOrder.own.column }

    /// Adds `range` of the rows to the encoded column, after those that are there.
    func encode(_ rows: [Row], _ range: Range<Int>, into column: inout EncodedColumn) {
        encode(content, rows, range, &column)
    }

    /// The values of a sparse column by the places of the rows that were read.
    /// - Parameter index: Makes the index of the rows, unless it is there; called only when there are values.
    func sparseValues(_ rows: [Row], _ index: () -> RowIndex<Row>) -> [(row: Int, value: ColumnValue?)] {
        sparseValues(content, rows, index)
    }

    /// As the filter language sees it.
    public var filterColumn: FilterColumn {
        let kind: FilterColumn.Kind =
            switch content {
            case .text, .unique, .lookup, .ranked: .text
            case .number: .number
            case .money: .money
            case .date, .instant: .date
            case .sparse(let kind, _): kind
            }
        return FilterColumn(name: name, kind: kind)
    }

    /// The order in words: `A to Z`, `soonest first`.
    public func direction(isDescending: Bool) -> String {
        switch content {
        case .ranked where name == "state", .date, .sparse(kind: .date, _):
            isDescending ? "latest first" : "soonest first"
        case .instant: isDescending ? "newest first" : "oldest first"
        case .number, .money, .sparse(kind: .number, _), .sparse(kind: .money, _):
            isDescending ? "largest first" : "smallest first"
        case .text, .unique, .lookup, .ranked, .sparse: isDescending ? "Z to A" : "A to Z"
        }
    }

    /// Whether its values are read row by row.
    public var isSparse: Bool { if case .sparse = content { true } else { false } }
    /// Whether its order is the list's own and no order of its values; see `RowQuery.rankVersion`.
    var isRanked: Bool { if case .ranked = content { true } else { name == SortOrder.own.column } }
    var isLookup: Bool { if case .lookup = content { true } else { false } }
}

extension Array {
    /// The columns as the filter language sees them.
    public func filterColumns<Row>() -> [FilterColumn] where Element == ListColumn<Row>, Row.ID: Sendable {
        filter { $0.hasName }.map { $0.filterColumn }
    }
}

extension ListColumn.Content {
    var encodedKind: EncodedColumn.Kind {
        switch self {
        case .text: .texts
        case .unique: .uniqueTexts
        case .lookup: .lookup
        case .ranked: .rankedTexts
        case .number: .values(.number)
        case .money: .values(.money)
        case .date: .values(.date)
        case .instant: .instants
        case .sparse(let kind, _): .values(kind)
        }
    }

    fileprivate func encode(_ rows: [Row], _ range: Range<Int>, into column: inout EncodedColumn) {
        rows.withUnsafeBufferPointer { rows in
            switch self {
            case .unique(let text): column.addUniqueTexts(range) { text(rows[$0]) }
            case .text(let text): column.addTexts(range) { text(rows[$0]) }
            case .ranked(let word): column.addRankedTexts(range) { word(rows[$0]) }
            case .lookup(let key, let lines): column.addLookups(range, { key(rows[$0]) }, lines)
            case .number(let number): column.addValues(range) { number(rows[$0]).map { .number($0) } }
            case .money(let money): column.addValues(range) { money(rows[$0]).map { .money($0) } }
            case .date(let date): column.addValues(range) { date(rows[$0]).map { .date($0) } }
            case .instant(let instant): column.addInstants(range) { instant(rows[$0]) }
            case .sparse: break
            }
        }
    }

    fileprivate func sparseValues(_ rows: [Row], _ index: () -> RowIndex<Row>) -> [(row: Int, value: ColumnValue?)] {
        guard case .sparse(_, let values) = self, case let values = values(), !values.isEmpty else { return [] }
        let index = index()
        return values.compactMap { id, value in index.place(of: id, in: rows).map { ($0, value) } }
    }
}

/// One value of a column.
public enum ColumnValue: Hashable, Sendable {
    case lines([String])
    case number(Int)
    case money(Money)
    case date(CalendarDate)
}
