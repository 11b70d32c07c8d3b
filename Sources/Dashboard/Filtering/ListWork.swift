import Synchronization

/// How a list wants its rows.
struct ListWish<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    var columns: [ListColumn<Row>]
    /// What the person typed, and before it what the pane asks of every row.
    var filter = FilterExpression()
    var order: SortOrder?
    /// A column whose rows that are, or begin with, these words come before the others.
    var leading: Leading?
    /// A column whose rows of equal value are to be found fast.
    var grouped: String?
    /// How often names were learned that linked columns show.
    var accountsVersion = 0
    /// How often something was learned that told columns show.
    var toldVersion = 0

    struct Leading: Hashable, Sendable {
        var column: String
        var words: [UInt8]
    }

    /// Whether all rows are wanted in the order they have.
    var isPlain: Bool { filter.isEmpty && order == nil && leading == nil && grouped == nil }

    func column(_ name: String) -> ListColumn<Row>? { columns.first { $0.name == name } }

    /// The columns that a term looks into.
    func columns(of term: FilterTerm) -> [ListColumn<Row>] {
        guard let name = term.column else {
            let isContact = term.isContact
            return columns.filter { $0.isSearched && ($0.isContact ? isContact : true) }
        }
        return columns.filter { $0.name == name }
    }

    /// Whether names learned since may change what passes, or its order.
    var usesAccounts: Bool {
        filter.terms.contains { columns(of: $0).contains(where: \.isLinked) }
            || (order.flatMap { column($0.column) }?.isLinked ?? false)
    }

    var usesTold: Bool { filter.terms.contains { columns(of: $0).contains(where: \.isTold) } }
}

/// The rows of one answer with what was computed of them so far: columns with each value once, results of filters, the
/// index by identity. All of it is made when it is first needed and kept as long as the rows are.
///
/// Promises: it may be used from any thread, and calls wait for each other. Short lists are arranged on the screen's
/// thread; long ones in jobs, of which the program runs one at a time for each list. A job that is cancelled leaves
/// what it made for the next one, so a person who types fast never makes it begin anew.
final class ListWork<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    private let state: Mutex<State>

    init(_ rows: [Row]) { state = Mutex(State(rows: rows)) }

    /// - Parameter make: Makes the rows when they are first needed.
    init(making make: @escaping @Sendable () -> [Row]) { state = Mutex(State(make: make)) }

    /// Rows that are looked at between two questions whether to go on.
    private static var chunk: Int { 4096 }

    /// Arranges the rows and hands over the result; before it first results, when a long search has some.
    /// - Parameter needsIndex: Whether rows must be found by identity afterwards.
    func arrange(
        _ wish: ListWish<Row>, needsIndex: Bool = false, isCancelled: () -> Bool = { false },
        emit: (Arrangement<Row>) -> Void
    ) {
        state.withLock { state in
            state.prepare(wish)
            guard let found = state.search(wish, isCancelled: isCancelled, emit: emit), !isCancelled() else { return }
            if needsIndex, state.index == nil { state.index = RowIndex(state.rows) }
            if let result = state.arranged(found, wish, isCancelled: isCancelled) { emit(result) }
        }
    }

    /// Makes ready what plain words will be looked for in, before the first of them is typed. What is made when it is
    /// cancelled is there for whoever comes next.
    func prepare(_ wish: ListWish<Row>, isCancelled: () -> Bool) {
        state.withLock { state in
            state.prepare(wish)
            var end = 0
            while end < state.rows.count, !isCancelled() {
                end = min(end + Self.chunk, state.rows.count)
                for column in wish.columns where column.isSearched { state.build(column, upTo: end) }
            }
        }
    }

    /// Frees what was made of the rows, because nothing is asked of them just now.
    /// - Parameter wish: Whose plain words will be looked for next: what they look into stays. Nil for none.
    func forget(butSearchedBy wish: ListWish<Row>? = nil) {
        let kept = wish?.columns.filter(\.isSearched).map(\.name) ?? []
        state.withLock { $0.forget(butColumns: kept) }
    }

    /// Bytes kept beside the rows themselves.
    var bytes: Int { state.withLock { state in state.columns.values.reduce(0) { $0 + $1.bytes } } }

    private struct State {
        var make: (@Sendable () -> [Row])?
        var rows: [Row]
        var index: RowIndex<Row>?
        var columns: [String: CodedColumn] = [:]
        private var ranks: [String: (version: Int, ranks: [UInt32])] = [:]
        private var groups: [String: RowGroups] = [:]
        private var results: [(filter: FilterExpression, found: [Int32])] = []
        private var accountsVersion = 0
        private var toldVersion = 0

        init(rows: [Row] = [], make: (@Sendable () -> [Row])? = nil) {
            self.rows = rows
            self.make = make
        }

        /// Makes what is there fit the wish: rows that were to be made, and what was learned since.
        mutating func prepare(_ wish: ListWish<Row>) {
            if let make {
                rows = make()
                self.make = nil
            }
            if wish.accountsVersion != accountsVersion || wish.toldVersion != toldVersion { results = [] }
            for column in wish.columns {
                if case .linked(_, let lines) = column.content {
                    columns[column.name]?.refresh(lines, version: wish.accountsVersion)
                }
                if column.isTold, wish.toldVersion != toldVersion { columns[column.name]?.makeOutdated() }
            }
            accountsVersion = wish.accountsVersion
            toldVersion = wish.toldVersion
        }

        mutating func forget(butColumns kept: [String]) {
            columns = columns.filter { kept.contains($0.key) }
            ranks = [:]
            groups = [:]
            results = []
        }

        // MARK: Filter

        /// The rows that pass, rising; nil in place of all of them. No result when it was cancelled.
        mutating func search(
            _ wish: ListWish<Row>, isCancelled: () -> Bool, emit: (Arrangement<Row>) -> Void
        ) -> Found? {
            guard !wish.filter.isEmpty else { return .all }
            if let earlier = results.first(where: { $0.filter == wish.filter }) { return .some(earlier.found) }
            // The narrowest result that holds everything that can pass.
            let start =
                results.filter { wish.filter.narrows($0.filter) }.min { $0.found.count < $1.found.count }?.found
            var checks = wish.filter.terms.map { TermCheck($0, columns: wish.columns(of: $0).map(\.name)) }
            let needed = wish.columns.filter { column in checks.contains { $0.columns.contains(column.name) } }
            let total = start?.count ?? rows.count
            var found: [Int32] = []
            var place = 0
            var nextNews = 100
            while place < total {
                if isCancelled() { return nil }
                let end = min(place + ListWork.chunk, total)
                var candidates = start.map { Array($0[place..<end]) } ?? Array(Int32(place)..<Int32(end))
                for column in needed { build(column, upTo: Int(candidates[candidates.count - 1]) + 1) }
                for check in checks.indices { checks[check].keep(&candidates, columns) }
                found += candidates
                place = end
                // A screenful at once; after that seldom, so that handing over never costs more than searching.
                if found.count >= nextNews, place < total, wish.order == nil, wish.leading == nil {
                    nextNews = found.count * 4
                    var first = Arrangement(rows: rows, places: found, lookedAt: Int(found.last ?? 0) + 1)
                    first.told = told(wish)
                    emit(first)
                }
            }
            remember(found, for: wish.filter)
            return .some(found)
        }

        /// Keeps the latest results, for longer filters and for going back; together no more than twice the rows.
        private mutating func remember(_ found: [Int32], for filter: FilterExpression) {
            results.append((filter, found))
            while results.count > 1,
                results.count > 8 || results.reduce(0, { $0 + $1.found.count }) > rows.count * 2
            {
                results.removeFirst()
            }
        }

        mutating func build(_ column: ListColumn<Row>, upTo end: Int) {
            if let built = columns[column.name], built.isComplete || (!column.isTold && built.rowCount >= end) {
                return
            }
            // Taken out and put back, so that it is changed in place.
            var coded = columns.removeValue(forKey: column.name) ?? CodedColumn(column.content)
            if case .told(_, let values) = column.content {
                let values = values()
                if index == nil, !values.isEmpty { index = RowIndex(rows) }
                let placed = values.compactMap { id, value in index?.place(of: id, in: rows).map { ($0, value) } }
                coded.set(placed, count: rows.count, as: column.content)
            } else {
                if case .linked(_, let lines) = column.content { coded.refresh(lines, version: accountsVersion) }
                coded.add(rows, upTo: end, of: column)
            }
            columns[column.name] = coded
        }

        /// Of how many rows the told columns that the filter names tell something.
        private func told(_ wish: ListWish<Row>) -> [Arrangement<Row>.Told] {
            var told: [Arrangement<Row>.Told] = []
            for name in wish.filter.terms.compactMap(\.column) + [wish.order?.column].compactMap(\.self) {
                guard wish.column(name)?.isTold == true, !told.contains(where: { $0.column == name }) else { continue }
                told.append(.init(column: name, rows: columns[name]?.toldRows.count ?? 0))
            }
            return told
        }

        // MARK: Order

        /// What was found in the order wished; nil when it was cancelled.
        mutating func arranged(
            _ found: Found, _ wish: ListWish<Row>, isCancelled: () -> Bool
        ) -> Arrangement<Row>? {
            var result = Arrangement(rows: rows, index: index, lookedAt: rows.count)
            if case .some(let places) = found { result.places = places }
            if let order = wish.order, let column = wish.column(order.column) {
                guard let sorting = sorting(by: order, column, isCancelled) else { return nil }
                result.places = sorted(result.places, by: sorting)
                result.sorting = sorting
            } else if let leading = wish.leading, let column = wish.column(leading.column) {
                build(column, upTo: rows.count)
                putFirst(leading, in: &result)
            }
            if let grouped = wish.grouped, let column = wish.column(grouped) {
                build(column, upTo: rows.count)
                if groups[grouped] == nil { groups[grouped] = columns[grouped].map { RowGroups($0) } }
                result.groups = groups[grouped]
            }
            result.told = told(wish)
            return result
        }

        private mutating func sorting(
            by order: SortOrder, _ column: ListColumn<Row>, _ isCancelled: () -> Bool
        ) -> Arrangement<Row>.Sorting? {
            var end = 0
            while end < rows.count {
                if isCancelled() { return nil }
                end = min(end + ListWork.chunk, rows.count)
                build(column, upTo: end)
            }
            if rows.isEmpty { build(column, upTo: 0) }
            guard let coded = columns[column.name] else { return nil }
            let version = column.isLinked ? accountsVersion : column.isTold ? toldVersion : 0
            if ranks[column.name]?.version != version { ranks[column.name] = (version, coded.ranks()) }
            guard let ranked = ranks[column.name] else { return nil }
            return Arrangement.Sorting(column: coded, ranks: ranked.ranks, isDescending: order.isDescending)
        }

        /// Counts how many rows have each rank and puts every row at its place: stable, and as fast as reading twice.
        private func sorted(_ places: [Int32]?, by sorting: Arrangement<Row>.Sorting) -> [Int32] {
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

        /// Rows whose leading column is exactly the words, then those that begin with them, then the others.
        private func putFirst(_ leading: ListWish<Row>.Leading, in result: inout Arrangement<Row>) {
            guard let column = columns[leading.column], !leading.words.isEmpty else { return }
            var groups: [[Int32]] = [[], [], []]
            for place in 0..<result.count {
                let base = result.base(at: place)
                groups[column.standing(of: leading.words, inRow: base)].append(Int32(base))
            }
            result.exact = groups[0].count
            result.runs = [groups[0].count, groups[0].count + groups[1].count]
            result.places = groups[0] + groups[1] + groups[2]
        }
    }

    enum Found {
        case all
        case some([Int32])
    }
}
