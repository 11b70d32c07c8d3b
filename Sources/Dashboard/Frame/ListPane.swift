import Marketplace
import Screen

/// A pane that is a list of rows, with the keys that every list has.
protocol ListPane: Pane {
    associatedtype Row: Identifiable & Sendable where Row.ID: Sendable
    var list: RowList<Row> { get set }
    func columns(_ known: Known) -> [ListColumn<Row>]
    func setting(_ known: Known) -> ListSetting<Row>
}

extension ListPane {
    func setting(_ known: Known) -> ListSetting<Row> { ListSetting(columns(known), known) }
    mutating func takeEffects() -> [Effect] { list.takeEffects() }
    func filterColumns(_ known: Known) -> [FilterColumn] { columns(known).map(\.filterColumn) }
    var caution: String? { list.filter.isEditing ? list.problem?.message : nil }
}

extension ListColumn.Content {
    /// An account that a row names by its id: its name, once that is known, and its id.
    static func account(_ account: @escaping @Sendable (Row) -> Account.ID, _ known: Known) -> Self {
        .linked(key: { account($0).rawValue }, lines: { [known.name(of: Account.ID($0)), $0] })
    }
}

extension SubscriptionStatus {
    /// Its place in the life of a subscription, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .hold: 2
        case .terminated: 3
        case .removed: 4
        case .other: 5
        }
    }
}

extension OrderStatus {
    /// Its place in the life of an order, for sorting.
    var rank: Int {
        switch self {
        case .submitted: 0
        case .processing: 1
        case .error: 2
        case .completed: 3
        case .cancelled: 4
        case .other: 5
        }
    }
}

extension AccountStatus {
    /// Its place in the life of an account, for sorting.
    var rank: Int {
        switch self {
        case .pending: 0
        case .active: 1
        case .creditHold: 2
        case .adminHold: 3
        case .error: 4
        case .cancelled: 5
        case .other: 6
        }
    }
}
