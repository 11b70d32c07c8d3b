import Marketplace

/// Keeps the rows of one answer arranged as they are asked for: short lists at once, long ones in a job whose outdated
/// results are ignored. Until a result is there, what was shown before stays.
public struct Arranger<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    public let name: ListName
    /// Lists up to this length are arranged on the thread that asks.
    public let atOnce: Int
    public private(set) var shown = Arrangement<Row>()
    /// Whether a job is under way, so that what is shown is not yet what was asked for.
    public private(set) var isWaiting = false
    /// Counts the answers of which something was shown; rows keep their places among all rows within one.
    public private(set) var generation = 0
    /// Counts the changes of what is shown.
    public private(set) var changes = 0
    /// Whether `shown` was made of another answer than the newest.
    public private(set) var isOutdated = false
    /// Counts the answers that came.
    public private(set) var received = 0

    private let identities: RowIdentities<Row>
    private var store: RowStore<Row>
    private var newest: Newest = .rows([])
    /// What the latest query asks for.
    private var asked: Key?
    private var prepared = Prepared.nothing
    /// Whether the latest job makes every row findable by identity.
    private var jobFindsAll = false
    private var ticket: JobTicket<Arrangement<Row>>

    /// Rows of the newest answer, or how many there will be when they are still to be made.
    private enum Newest: Sendable {
        case rows([Row])
        case toBeMade(count: Int)

        var count: Int {
            switch self {
            case .rows(let rows): rows.count
            case .toBeMade(let count): count
            }
        }
    }

    /// What was computed of the rows for filters and orders, or is being computed.
    private enum Prepared: Equatable {
        case nothing
        /// The columns that plain words search, with this version of what lookup columns look up.
        case searched(lookupVersion: Int, withContacts: Bool)
        /// Whatever a filter or an order needs; worth its memory only while that is in force.
        case queried
    }

    /// What makes two queries different. Of the values of sparse columns only those that the query follows: rows do not
    /// jump with every detail that comes in.
    private struct Key: Equatable {
        var filter: FilterExpression
        var order: SortOrder?
        var prefixRanking: RowQuery<Row>.PrefixRanking?
        var grouped: String?
        var lookupVersion: Int
        var sparseVersion: Int
        var rankVersion: Int
        var zone: Zone
    }

    @inlinable
    public init(_ name: ListName, atOnce: Int = 4000) { self.init(name, atOnce: atOnce, RowIdentities()) }

    @usableFromInline
    init(_ name: ListName, atOnce: Int, _ identities: RowIdentities<Row>) {
        self.name = name
        self.atOnce = atOnce
        self.identities = identities
        store = RowStore([], identities)
        ticket = JobTicket(ListJob.Slot(name), number: 0)
    }

    /// Whether these are the rows it has already, in the same storage, and not only equal ones.
    public func has(_ rows: [Row]) -> Bool { if case .rows(let kept) = newest { kept.isSame(as: rows) } else { false } }

    /// Takes the rows of a new answer. They are shown by the next `arrange`.
    /// - Returns: What is to be done with the old ones.
    public mutating func receive(_ rows: [Row]) -> [BackgroundWork] { replace(RowStore(rows, identities), .rows(rows)) }

    /// As above, for rows that are made of something else when they are needed.
    /// - Parameter count: How many there will be, roughly.
    public mutating func receive(count: Int, making make: @escaping @Sendable () -> [Row]) -> [BackgroundWork] {
        replace(RowStore(making: make, identities), .toBeMade(count: count))
    }

    private mutating func replace(_ latest: RowStore<Row>, _ rows: Newest) -> [BackgroundWork] {
        let old = (store, newest)
        store = latest
        newest = rows
        isOutdated = true
        received += 1
        prepared = .nothing
        asked = nil
        return old.1.count > atOnce ? [.free(Discarded([old.0, old.1]))] : []
    }

    /// Shows the rows that the query asks for, now or when a job has arranged them.
    /// - Parameters:
    ///   - kept: The row that must be found again.
    ///   - place: Where it is shown now.
    ///   - findsAll: Whether any row must be found by its identity afterwards.
    ///   - isTyping: Whether a filter is being typed, so that words to search may come at any moment.
    ///   - isComplete: Whether no further rows are on their way, so that what is computed of these ones stays valid.
    public mutating func arrange(
        _ query: RowQuery<Row>, keeping kept: Row.ID?, at place: Int, findsAll: Bool = false, isTyping: Bool = false,
        isComplete: Bool = false
    ) -> [BackgroundWork] {
        let key = Key(
            filter: query.filter, order: query.order, prefixRanking: query.prefixRanking, grouped: query.grouped,
            lookupVersion: query.usesLookups ? query.lookupVersion : 0,
            sparseVersion: query.usesSparse ? query.followedVersion : 0, rankVersion: query.rankVersion,
            zone: query.zone)
        if key == asked, !findsAll || jobFindsAll || shown.findsAll {
            return query.isPlain && !isWaiting ? prepare(query, isTyping, isComplete) : []
        }
        asked = key
        jobFindsAll = false
        ticket = ticket.next
        if query.isPlain, case .rows(let rows) = newest {
            let plain = Arrangement(rows: rows, index: isOutdated ? nil : shown.index, evaluatedCount: rows.count)
            let isNear = kept.map { identities.isNearby(plain, $0, place) } ?? true
            if plain.findsAll || (!findsAll && (!isOutdated || isNear)) {
                return show(plain) + prepare(query, isTyping, isComplete)
            }
        }
        if newest.count <= atOnce {
            var work: [BackgroundWork] = []
            store.arrange(query) { if $0.isWhole { work = show($0) } }
            return work
        }
        isWaiting = true
        prepared = .queried
        jobFindsAll = findsAll || (isOutdated && kept != nil)
        return [
            job { [store, jobFindsAll] isCancelled, post in
                store.arrange(query, needsIndex: jobFindsAll, isCancelled: isCancelled, emit: post)
                // What other words will need.
                if isComplete { store.prepare(query, withContacts: isTyping, isCancelled: isCancelled) }
            }
        ]
    }

    /// While all rows are shown as they were read: computes what a filter will need, as soon as one is begun or all
    /// rows are there, so that the first letter finds it. All else that was computed is freed, unless a filter is
    /// typed, whose text may be empty only for a moment.
    private mutating func prepare(_ query: RowQuery<Row>, _ isTyping: Bool, _ isComplete: Bool) -> [BackgroundWork] {
        let withContacts = isTyping && query.searchesContacts
        let wanted: Prepared =
            isTyping && prepared == .queried
            ? .queried
            : isTyping || isComplete
                ? .searched(lookupVersion: query.lookupVersion, withContacts: withContacts) : .nothing
        guard wanted != prepared, newest.count > atOnce else { return [] }
        prepared = wanted
        ticket = ticket.next
        return [
            job { [store] isCancelled, _ in
                store.free(butSearchedBy: wanted == .nothing ? nil : query, withContacts: withContacts)
                if wanted != .nothing { store.prepare(query, withContacts: withContacts, isCancelled: isCancelled) }
            }
        ]
    }

    private func job(
        _ action: @escaping @Sendable (_ isCancelled: () -> Bool, _ post: (Arrangement<Row>) -> Void) -> Void
    ) -> BackgroundWork {
        .run(ListJob(ticket, work: action))
    }

    /// Whether every row can be found by its identity, now or when the job under way has ended.
    public var findsAll: Bool { shown.findsAll || (isWaiting && jobFindsAll) }

    /// Takes the result of a job.
    /// - Returns: nil when it is another list's or outdated.
    public mutating func take(_ result: ListResult) -> [BackgroundWork]? { ticket.content(of: result).map { show($0) } }

    private mutating func show(_ latest: Arrangement<Row>) -> [BackgroundWork] {
        let old = shown
        let wasOutdated = isOutdated
        shown = latest
        changes += 1
        if wasOutdated { generation += 1 }
        isOutdated = false
        if latest.isWhole { isWaiting = false }
        return wasOutdated && old.rows.count > atOnce ? [.free(Discarded([old]))] : []
    }

    /// Counts what the query lets pass of the newest rows, beside what is shown: nothing of that changes.
    public func counting(_ query: RowQuery<Row>) -> RowCounting {
        var query = query
        (query.order, query.prefixRanking, query.grouped) = (nil, nil, nil)
        (query.countsUnread, query.namesHindrance) = (true, false)
        let key = RowCounting.Key(
            received: received, filter: query.filter, lookupVersion: query.usesLookups ? query.lookupVersion : 0,
            sparseVersion: query.usesSparse ? query.sparseVersion : 0, rankVersion: query.rankVersion, zone: query.zone)
        return RowCounting(key: key) { [store, query] isCancelled in store.count(query, isCancelled: isCancelled) }
    }

    /// Drops the rows; the result of a job under way will be outdated.
    public mutating func clear() -> [BackgroundWork] {
        var work = replace(RowStore([], identities), .rows([]))
        work += show(Arrangement())
        isWaiting = false
        ticket = ticket.next
        return work
    }
}
