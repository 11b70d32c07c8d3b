import Marketplace
import Screen

/// A column of a list: how it is named, drawn, searched, compared and sorted.
struct ListColumn<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    /// The word for it in filters and menus: one word in small letters.
    var name: String
    /// How it is drawn. A column that is not drawn can still be searched and sorted by.
    var look: Table<Row?>.Column?
    var content: Content
    /// Whether plain words look into it.
    var isSearched = true
    /// Whether plain words look into it only when they can be part of a contact.
    var isContact = false
    /// Whether it is drawn before the person chooses columns.
    var isShown = true

    /// What the rows have in it. The closures run outside the screen's thread too.
    enum Content: Sendable {
        case text(@Sendable (Row) -> String)
        /// A text that hardly two rows share. Where all are digits they sort as numbers.
        case unique(@Sendable (Row) -> String)
        /// Lines that are looked up by a key of the row and may come to be known later.
        case linked(key: @Sendable (Row) -> String, lines: @Sendable (String) -> [String])
        /// Words with an order of their own.
        case ranked(@Sendable (Row) -> (rank: Int, word: String))
        case number(@Sendable (Row) -> Int?)
        case money(@Sendable (Row) -> Money?)
        case date(@Sendable (Row) -> CalendarDate?)
        /// Compared by its day in UTC, sorted by the moment.
        case instant(@Sendable (Row) -> Instant?)
        /// Told by something else than the list, and so far of some rows only.
        case told(kind: FilterColumn.Kind, @Sendable () -> [(Row.ID, ColumnValue)])
    }

    init(
        _ name: String, _ look: Table<Row?>.Column?, _ content: Content, isSearched: Bool = true, isShown: Bool = true,
        isContact: Bool = false
    ) {
        self.name = name
        self.look = look
        self.content = content
        self.isSearched = isSearched
        self.isShown = isShown
        self.isContact = isContact
    }

    /// As the filter language sees it.
    var filterColumn: FilterColumn {
        let kind: FilterColumn.Kind =
            switch content {
            case .text, .unique, .linked, .ranked: .text
            case .number: .number
            case .money: .money
            case .date, .instant: .date
            case .told(let kind, _): kind
            }
        return FilterColumn(name: name, kind: kind)
    }

    var isTold: Bool { if case .told = content { true } else { false } }
    var isLinked: Bool { if case .linked = content { true } else { false } }
}

/// One value of a column.
enum ColumnValue: Hashable, Sendable {
    case lines([String])
    case number(Int)
    case money(Money)
    case date(CalendarDate)
}

/// By which column a list is sorted. Rows that do not tell the value come last either way, and rows of equal value
/// stay in the list's own order.
struct SortOrder: Hashable, Sendable {
    var column: String
    var isDescending = false
}
