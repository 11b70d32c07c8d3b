import Marketplace
import Synchronization

/// The rows of one answer with what was computed of them so far: encoded columns, results of filters, the index by
/// identity. All of it is computed when it is first needed and kept as long as the rows are.
///
/// Promises: it may be used from any thread, and calls are serialised by a mutex. Short lists are arranged on the
/// screen's thread; long ones in jobs, of which the program runs one at a time for each list. A job that is cancelled
/// leaves what it computed for the next one, so that fast typing never makes it begin anew.
final class RowStore<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    private let state: Mutex<State>

    init(_ rows: [Row], _ identities: RowIdentities<Row>) { state = Mutex(State(identities, rows: rows)) }

    /// - Parameter make: Makes the rows when they are first needed.
    init(making make: @escaping @Sendable () -> [Row], _ identities: RowIdentities<Row>) {
        state = Mutex(State(identities, make: make))
    }

    /// Rows that are evaluated between two checks for cancellation.
    private static var chunk: Int { 4096 }

    /// Arranges the rows and passes the result to `emit`; before it first results, when a long search has some.
    /// - Parameter needsIndex: Whether rows must be found by identity afterwards.
    func arrange(
        _ query: RowQuery<Row>, needsIndex: Bool = false, isCancelled: () -> Bool = { false },
        emit: (Arrangement<Row>) -> Void
    ) {
        state.withLock { state in
            state.update(for: query)
            guard let found = state.search(query, isCancelled: isCancelled, emit: emit), !isCancelled() else { return }
            if needsIndex { _ = state.madeIndex() }
            if let result = state.arranged(found, query, isCancelled: isCancelled) { emit(result) }
        }
    }

    /// How many rows pass, without making them ready to be shown; nil when it was cancelled.
    func count(_ query: RowQuery<Row>, isCancelled: () -> Bool) -> RowCount? {
        state.withLock { state in
            state.update(for: query)
            guard let found = state.search(query, isCancelled: isCancelled, emit: { _ in }) else { return nil }
            return state.counted(found, query)
        }
    }

    /// Encodes the columns that plain words search, before the first of them is typed. What is done when it is
    /// cancelled stays.
    /// - Parameter withContacts: Whether also those that only words of contacts search: they take most of the memory.
    func prepare(_ query: RowQuery<Row>, withContacts: Bool, isCancelled: () -> Bool) {
        state.withLock { state in
            state.update(for: query)
            for columns in query.searchedColumns(withContacts: withContacts) {
                var end = 0
                while end < state.rows.count, !isCancelled() {
                    end = min(end + Self.chunk, state.rows.count)
                    for column in columns { state.encode(column, upTo: end) }
                }
            }
        }
    }

    /// Frees what was computed of the rows, because nothing is asked of them just now.
    /// - Parameters:
    ///   - query: Whose plain words will be searched next: the columns they search stay. Nil for none.
    ///   - withContacts: Whether the columns that only words of contacts search stay too.
    func free(butSearchedBy query: RowQuery<Row>? = nil, withContacts: Bool = false) {
        let kept = query?.searchedColumns(withContacts: withContacts).joined().map { $0.name } ?? []
        state.withLock { $0.free(butColumns: kept) }
    }

    /// Bytes kept beside the rows themselves.
    var bytes: Int { state.withLock { state in state.columns.values.reduce(0) { $0 + $1.bytes } } }

    private struct State {
        let identities: RowIdentities<Row>
        var make: (@Sendable () -> [Row])?
        var rows: [Row]
        var index: RowIndex<Row>?
        var columns: [String: EncodedColumn] = [:]
        private var ranks: [String: (version: Int, ranks: [UInt32])] = [:]
        private var groups: [String: RowGroups] = [:]
        private var results: [FoundRows] = []
        private var lookupVersion = 0
        private var sparseVersion = 0
        private var rankVersion = 0
        private var zone = Zone.utc

        init(_ identities: RowIdentities<Row>, rows: [Row] = [], make: (@Sendable () -> [Row])? = nil) {
            self.identities = identities
            self.rows = rows
            self.make = make
        }

        /// Makes rows that were to be made, and drops what was computed of other versions than the query's.
        mutating func update(for query: RowQuery<Row>) {
            if let make {
                rows = make()
                self.make = nil
            }
            if query.lookupVersion != lookupVersion || query.sparseVersion != sparseVersion || query.zone != zone
                || query.rankVersion != rankVersion
            {
                results = []
            }
            if query.rankVersion != rankVersion {
                for column in query.columns where column.isRanked {
                    columns[column.name] = nil
                    ranks[column.name] = nil
                }
            }
            rankVersion = query.rankVersion
            zone = query.zone
            for column in query.columns {
                if case .lookup(_, let lines) = column.content {
                    columns[column.name]?.refresh(lines, version: query.lookupVersion)
                }
                if column.isSparse, query.sparseVersion != sparseVersion { columns[column.name]?.makeOutdated() }
            }
            lookupVersion = query.lookupVersion
            sparseVersion = query.sparseVersion
        }

        mutating func free(butColumns kept: [String]) {
            columns = columns.filter { kept.contains($0.key) }
            ranks = [:]
            groups = [:]
            results = []
        }

        mutating func madeIndex() -> RowIndex<Row> {
            let made = index ?? identities.index(rows)
            index = made
            return made
        }

        // MARK: Filter

        /// The places of the rows that pass, ascending. No result when it was cancelled.
        mutating func search(
            _ query: RowQuery<Row>, isCancelled: () -> Bool, emit: (Arrangement<Row>) -> Void
        ) -> FoundRows? {
            guard !query.filter.isEmpty else { return FoundRows(filter: query.filter) }
            let isThere: (FoundRows) -> Bool = { $0.filter == query.filter && ($0.countsUnread || !query.countsUnread) }
            if let earlier = results.first(where: isThere) { return earlier }
            // The smallest result that contains everything that can pass.
            let start =
                results.filter { query.filter.narrows($0.filter) }.min { $0.count < $1.count }?.candidates
            let doubts = FilterDoubts(query)
            var evaluators = doubts.terms.map {
                TermEvaluator($0, columns: query.columns(of: $0).map { $0.name }, zone: query.zone)
            }
            let needed = query.columns.filter { column in evaluators.contains { $0.columns.contains(column.name) } }
            let total = start?.count ?? rows.count
            var (found, unread): ([Int32], [Int32]) = ([], [])
            var place = 0
            var nextEmission = 100
            while place < total {
                if isCancelled() { return nil }
                let end = min(place + RowStore.chunk, total)
                var candidates = start.map { Array($0[place..<end]) } ?? Array(Int32(place)..<Int32(end))
                for column in needed { encode(column, upTo: Int(candidates[candidates.count - 1]) + 1) }
                for place in 0..<doubts.begin { evaluators[place].filter(&candidates, columns) }
                let possible = candidates
                for place in doubts.begin..<evaluators.count { evaluators[place].filter(&candidates, columns) }
                found += candidates
                doubts.add(possible, passing: candidates, columns, to: &unread)
                place = end
                // A screenful at once; then less and less often, so that emitting never costs more than searching.
                if found.count >= nextEmission, place < total, query.order == nil, query.prefixRanking == nil {
                    nextEmission = found.count * 4
                    var first = Arrangement(rows: rows, places: found, evaluatedCount: Int(found.last ?? 0) + 1)
                    first.coverage = coverage(query)
                    emit(first)
                }
            }
            let result = FoundRows(
                filter: query.filter, places: found, unread: unread, countsUnread: query.countsUnread)
            keep(result)
            return result
        }

        /// Keeps the latest results, for longer filters and for going back; together no more than twice the rows.
        private mutating func keep(_ result: FoundRows) {
            results.append(result)
            while results.count > 1,
                results.count > 8 || results.reduce(0, { $0 + $1.count }) > rows.count * 2
            {
                results.removeFirst()
            }
        }

        mutating func encode(_ column: ListColumn<Row>, upTo end: Int) {
            if let encoded = columns[column.name],
                encoded.isComplete || (!column.isSparse && encoded.rowCount >= end)
            {
                return
            }
            // Taken out and put back, so that it is changed in place.
            let kind = column.content.encodedKind
            var encoded = columns.removeValue(forKey: column.name) ?? EncodedColumn(kind)
            if column.isSparse {
                let values = column.sparseValues(rows) { madeIndex() }
                encoded.replace(values, count: rows.count, kind: kind)
            } else {
                if case .lookup(_, let lines) = column.content { encoded.refresh(lines, version: lookupVersion) }
                let start = encoded.rowCount
                if start == 0 { encoded.reserve(rows.count) }
                if start < end { column.encode(rows, start..<end, into: &encoded) }
                if start < end, end == rows.count { encoded.complete() }
            }
            columns[column.name] = encoded
        }

        /// How many rows were read of the sparse columns that the query looks into.
        private func coverage(_ query: RowQuery<Row>) -> [Arrangement<Row>.Coverage] {
            var coverage: [Arrangement<Row>.Coverage] = []
            func add(_ column: ListColumn<Row>, isNamed: Bool) {
                let name = column.partOf ?? column.name
                guard column.isSparse, !coverage.contains(where: { $0.column == name }) else { return }
                let rows = columns[column.name]?.readRows.count ?? 0
                coverage.append(.init(column: name, rows: rows, isNamed: isNamed))
            }
            let terms = query.filter.terms
            for term in terms where term.column != nil {
                for column in query.sparseColumns(of: term) { add(column, isNamed: true) }
            }
            if let order = query.order, let column = query.column(order.column) { add(column, isNamed: true) }
            for term in terms where term.column == nil {
                for column in query.sparseColumns(of: term) { add(column, isNamed: false) }
            }
            return coverage
        }

        func counted(_ found: FoundRows, _ query: RowQuery<Row>) -> RowCount {
            var count = RowCount(rows: rows.count)
            guard let places = found.places else {
                count.passing = rows.count
                return count
            }
            // A row that was not read may pass only because it was not read.
            count.passing = places.merged(with: found.unread).count - found.unread.count
            count.doubtful = found.unread.count
            count.coverage = coverage(query).map { RowCount.Coverage(column: $0.column, rows: $0.rows) }
            return count
        }

        // MARK: Order

        /// What was found in the order asked for; nil when it was cancelled.
        mutating func arranged(
            _ found: FoundRows, _ query: RowQuery<Row>, isCancelled: () -> Bool
        ) -> Arrangement<Row>? {
            var result = Arrangement(rows: rows, index: index, evaluatedCount: rows.count)
            result.places = found.places
            result.unread = found.unread
            result.doubtfulCount = found.unread.count
            if let order = query.order, let column = query.column(order.column) {
                guard let sorting = sorting(by: order, column, isCancelled) else { return nil }
                if query.countsUnread, column.isSparse { addUnsorted(of: sorting.column, to: &result) }
                result.places = sorted(result.places, by: sorting)
                result.sorting = sorting
            } else if let ranking = query.prefixRanking, let column = query.column(ranking.column) {
                encode(column, upTo: rows.count)
                rank(by: ranking, &result)
            }
            if let grouped = query.grouped, let column = query.column(grouped) {
                encode(column, upTo: rows.count)
                if groups[grouped] == nil { groups[grouped] = columns[grouped].map { RowGroups($0) } }
                result.groups = groups[grouped]
            }
            result.coverage = coverage(query)
            if result.count == 0, result.unread.isEmpty {
                result.hindrance = hindrance(query, isCancelled: isCancelled)
            }
            return result
        }

        /// Of what nothing passes: the last term of the person's without which something does.
        private mutating func hindrance(
            _ query: RowQuery<Row>, isCancelled: () -> Bool
        ) -> Arrangement<Row>.Hindrance? {
            let terms = query.filter.terms
            guard query.namesHindrance, terms.count - query.scopeCount > 1 else { return nil }
            for place in (query.scopeCount..<terms.count).reversed() {
                var other = query
                other.order = nil
                other.filter.terms.remove(at: place)
                guard let found = search(other, isCancelled: isCancelled, emit: { _ in }) else { return nil }
                if let count = found.places?.count, count > 0, found.unread.isEmpty {
                    return .init(term: place, count: count)
                }
            }
            return nil
        }

        /// Adds those rows shown of which the column that they are sorted by was not read.
        private func addUnsorted(of column: EncodedColumn, to result: inout Arrangement<Row>) {
            let shown = result.places ?? Array(0..<Int32(rows.count))
            let unsorted = column.isRead.isEmpty ? shown : shown.filter { !column.isRead[Int($0)] }
            result.unread = result.unread.merged(with: unsorted)
        }

        private mutating func sorting(
            by order: SortOrder, _ column: ListColumn<Row>, _ isCancelled: () -> Bool
        ) -> ColumnSorting? {
            var end = 0
            while end < rows.count {
                if isCancelled() { return nil }
                end = min(end + RowStore.chunk, rows.count)
                encode(column, upTo: end)
            }
            if rows.isEmpty { encode(column, upTo: 0) }
            guard let encoded = columns[column.name] else { return nil }
            let version = column.isLookup ? lookupVersion : column.isSparse ? sparseVersion : 0
            if ranks[column.name]?.version != version { ranks[column.name] = (version, encoded.ranks()) }
            guard let ranked = ranks[column.name] else { return nil }
            return ColumnSorting(column: encoded, ranks: ranked.ranks, isDescending: order.isDescending)
        }

        /// A counting sort by rank: stable, and as fast as reading the rows twice.
        private func sorted(_ places: [Int32]?, by sorting: ColumnSorting) -> [Int32] {
            let none = sorting.ranks.count
            func slot(_ base: Int) -> Int {
                let rank = sorting.rank(ofRow: base)
                if rank == .max { return none }
                return sorting.isDescending ? none - 1 - (Int(UInt32.max) - 1 - Int(rank)) : Int(rank)
            }
            // A few rows of many: sorting them alone is less work than counting all ranks.
            if let places, places.count * 16 < none {
                return places.sorted { left, right in
                    let one = slot(Int(left))
                    let other = slot(Int(right))
                    return one == other ? left < right : one < other
                }
            }
            let places = places ?? Array(0..<Int32(rows.count))
            let slots = places.map { UInt32(slot(Int($0))) }
            var starts = [UInt32](repeating: 0, count: none + 2)
            for slot in slots { starts[Int(slot) + 1] += 1 }
            for rank in 1..<starts.count { starts[rank] += starts[rank - 1] }
            return Array(unsafeUninitializedCapacity: places.count) { sorted, count in
                for (base, slot) in zip(places, slots) {
                    sorted.initializeElement(at: Int(starts[Int(slot)]), to: base)
                    starts[Int(slot)] += 1
                }
                count = places.count
            }
        }

        /// Rows whose column is exactly the words, then those that begin with them, then the others.
        private func rank(by ranking: RowQuery<Row>.PrefixRanking, _ result: inout Arrangement<Row>) {
            guard let column = columns[ranking.column], !ranking.words.isEmpty else { return }
            var groups: [[Int32]] = [[], [], []]
            for place in 0..<result.count {
                let base = result.base(at: place)
                groups[column.prefixMatch(of: ranking.words, inRow: base).rawValue].append(Int32(base))
            }
            result.exactCount = groups[0].count
            result.runs = [groups[0].count, groups[0].count + groups[1].count]
            result.places = groups[0] + groups[1] + groups[2]
        }
    }
}

/// What loops over the identities of many rows. It is made where a list is declared and the type of its rows is known,
/// so that the compiler specialises the loops; the code that calls them is generic.
@usableFromInline
struct RowIdentities<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    @usableFromInline let index: @Sendable ([Row]) -> RowIndex<Row>
    @usableFromInline let isNearby: @Sendable (Arrangement<Row>, Row.ID, Int) -> Bool

    @inlinable
    init() {
        index = { RowIndex($0) }
        isNearby = { $0.placeNearby(of: $1, near: $2) != nil }
    }
}
