import HashTreeCollections
import Marketplace

/// Details of rows that a list lacks, and since when they must have been read to stand beside it.
struct RowDetails: Equatable, Sendable {
    var queries: [DataQuery] = []
    /// When the list was read. What was read before it is older than the screen says.
    var readSince: Instant?
    /// Whether they are of one opened row: also who does not see the screen is given them.
    var isOfOpened = false

    var isEmpty: Bool { queries.isEmpty }
}

/// When details were read, and which are dropped when too many are held: those read longest ago.
struct DetailAges<ID: Hashable & Sendable>: Sendable {
    /// A detail takes a few kilobytes. As many can be read for a filter that looks into every row.
    static var most: Int { 20_000 }

    private var readAt: TreeDictionary<ID, Moment> = [:]

    /// - Returns: What is to be dropped now: half of all at once, so that the search for the oldest is rare.
    mutating func note(_ id: ID, at moment: Moment) -> [ID] {
        readAt[id] = moment
        guard readAt.count > Self.most else { return [] }
        let dropped = readAt.sorted { $0.value < $1.value }.prefix(Self.most / 2).map(\.key)
        drop(dropped)
        return dropped
    }

    mutating func drop(_ ids: [ID]) { for id in ids { readAt[id] = nil } }

    /// Whether there is no such detail, or only one that was read before `moment`.
    func isMissing(_ id: ID, since moment: Moment?) -> Bool {
        guard let read = readAt[id] else { return true }
        return moment.map { read < $0 } ?? false
    }
}
