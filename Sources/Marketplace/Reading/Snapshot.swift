/// A remote value as it was read last, and apart from it the state of its next read. A failed refresh keeps the last
/// good value, with the failure beside it until the next answer.
public struct Snapshot<Value: Sendable>: Sendable {
    public var value: Value?
    /// When `value` was read from the marketplace.
    public var readAt: Instant?
    public var failure: MarketplaceError?
    public var isLoading: Bool
    /// What the read waits for before it is sent, while it waits.
    public var waiting: Waiting?

    public init(
        value: Value? = nil, readAt: Instant? = nil, failure: MarketplaceError? = nil, isLoading: Bool = false,
        waiting: Waiting? = nil
    ) {
        self.value = value
        self.readAt = readAt
        self.failure = failure
        self.isLoading = isLoading
        self.waiting = waiting
    }
}

extension Snapshot: Equatable where Value: Equatable {}

/// The rows of a list read so far, newest first where the marketplace says so, and how many there are in all.
public struct Listing<Row: Sendable>: Sendable {
    public var rows: [Row]
    /// Rows the marketplace says it has; nil when it did not say (REFERENCE 5).
    public var total: Int?
    /// Whether every row was read. Never true because a count happened to match: the last page was seen.
    public var isComplete: Bool
    /// Rows that could not be read, said with their place; they are missing from `rows`.
    public var problems: [RowProblem]

    public init(rows: [Row] = [], total: Int? = nil, isComplete: Bool = false, problems: [RowProblem] = []) {
        self.rows = rows
        self.total = total
        self.isComplete = isComplete
        self.problems = problems
    }
}

extension Listing: Equatable where Row: Equatable {}

/// A row of a page that could not be understood. It never costs the page.
public struct RowProblem: Hashable, Sendable {
    /// Place in the whole list, from 0.
    public var index: Int
    public var reason: String

    public init(index: Int, reason: String) {
        self.index = index
        self.reason = reason
    }
}
