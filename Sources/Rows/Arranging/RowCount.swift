import Marketplace

/// How many rows of a list pass a filter.
public struct RowCount: Hashable, Sendable {
    /// Of how many rows a column was read whose values are read row by row.
    public struct Coverage: Hashable, Sendable {
        public var column: String
        public var rows: Int
    }

    /// Rows that surely pass.
    public var passing = 0
    /// Rows that may pass too: values that the filter looks into were not read of them.
    public var doubtful = 0
    /// How many rows were looked through.
    public var rows: Int
    /// Of those columns that the filter looks into, the ones that it names first.
    public var coverage: [Coverage] = []

    public init(rows: Int) { self.rows = rows }

    /// Of two lists together.
    public static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.passing += right.passing
        sum.doubtful += right.doubtful
        sum.rows += right.rows
        for other in right.coverage {
            if let place = sum.coverage.firstIndex(where: { $0.column == other.column }) {
                sum.coverage[place].rows += other.rows
            } else {
                sum.coverage.append(other)
            }
        }
        return sum
    }
}

/// Counting that is still to be done, on another thread than the screen's.
public struct RowCounting: Sendable {
    /// What makes two countings differ: as long as it is equal, their results are.
    public struct Key: Equatable, Sendable {
        var received: Int
        var filter: FilterExpression
        var lookupVersion: Int
        var sparseVersion: Int
        var rankVersion: Int
        var zone: Zone
    }

    public let key: Key
    private let work: @Sendable (_ isCancelled: () -> Bool) -> RowCount?

    init(key: Key, work: @escaping @Sendable (_ isCancelled: () -> Bool) -> RowCount?) {
        self.key = key
        self.work = work
    }

    /// - Returns: Nil when it was cancelled.
    public func count(isCancelled: () -> Bool) -> RowCount? { work(isCancelled) }
}
