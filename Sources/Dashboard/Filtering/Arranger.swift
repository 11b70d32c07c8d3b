/// Keeps the rows of one answer arranged as wished: short lists at once, long ones in a job whose late results fall
/// through. Until a result is there, what was shown before stays.
struct Arranger<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    let name: ListName
    /// Lists up to this length are arranged on the screen's thread.
    let atOnce: Int
    private(set) var shown = Arrangement<Row>()
    /// Whether a job is under way, so that what is shown is not yet what was wished.
    private(set) var isWaiting = false

    private var work = ListWork<Row>([])
    /// Rows of the newest answer, or how many there will be when they are still to be made.
    private var newest: Newest = .rows([])
    /// Counts the answers of which something was shown; rows keep their numbers within one.
    private(set) var generation = 0
    /// Counts the times that something else was shown.
    private(set) var changes = 0
    /// Whether `shown` was made of another answer than the newest.
    private(set) var isOutdated = false
    private var rowDetailsAsked: Wished?
    private var made = Made.nothing
    /// Whether the latest job makes rows findable by identity.
    private var jobFindsAll = false
    private var ticket = 0

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

    /// What was made of the rows for filters and orders, or is being made.
    private enum Made: Equatable {
        case nothing
        /// What plain words look into, with the names of accounts that were known then.
        case searched(accountsVersion: Int)
        /// Whatever a filter or an order needs; worth its memory only while that is in force.
        case rowDetailsAsked
    }

    /// What tells two wishes apart. What is told of single rows is left out: rows never jump while details come in.
    private struct Wished: Equatable {
        var filter: FilterExpression
        var order: SortOrder?
        var leading: ListWish<Row>.Leading?
        var grouped: String?
        var accountsVersion: Int
    }

    init(_ name: ListName, atOnce: Int = 4000) {
        self.name = name
        self.atOnce = atOnce
    }

    /// Whether these are the rows it has already, not only equal ones.
    func has(_ rows: [Row]) -> Bool { if case .rows(let kept) = newest { kept.isSame(as: rows) } else { false } }

    /// Takes the rows of a new answer. What to do with them comes by `want`.
    /// - Returns: What became of the old ones.
    mutating func receive(_ rows: [Row]) -> [Effect] { replace(ListWork(rows), .rows(rows)) }

    /// As above, for rows that are made of something else when they are needed.
    /// - Parameter count: How many there will be, roughly.
    mutating func receive(count: Int, making make: @escaping @Sendable () -> [Row]) -> [Effect] {
        replace(ListWork(making: make), .toBeMade(count: count))
    }

    private mutating func replace(_ latest: ListWork<Row>, _ rows: Newest) -> [Effect] {
        let old = (work, newest)
        work = latest
        newest = rows
        isOutdated = true
        made = .nothing
        rowDetailsAsked = nil
        return old.1.count > atOnce ? [.discard(Discarded([old.0, old.1]))] : []
    }

    /// Shows the rows as wished, now or when a job has arranged them.
    /// - Parameters:
    ///   - kept: The row that must be found again.
    ///   - place: Where it is shown now.
    ///   - findsAll: Whether any row must be found by its identity afterwards.
    ///   - isTyped: Whether a filter is being typed, so that words to look for may come at any moment.
    ///   - staysAsIs: Whether no further rows are on their way, so that what is made of these ones lasts.
    mutating func want(
        _ wish: ListWish<Row>, keeping kept: Row.ID?, at place: Int, findsAll: Bool = false, isTyped: Bool = false,
        staysAsIs: Bool = false
    ) -> [Effect] {
        let wanted = Wished(
            filter: wish.filter, order: wish.order, leading: wish.leading, grouped: wish.grouped,
            accountsVersion: wish.usesAccounts ? wish.accountsVersion : 0)
        if wanted == rowDetailsAsked, !findsAll || jobFindsAll || shown.findsAll {
            return wish.isPlain && !isWaiting ? expect(wish, isTyped, staysAsIs) : []
        }
        rowDetailsAsked = wanted
        jobFindsAll = false
        ticket += 1
        if wish.isPlain, case .rows(let rows) = newest {
            let plain = Arrangement(rows: rows, index: isOutdated ? nil : shown.index, lookedAt: rows.count)
            let isNear = kept.map { plain.placeNearby(of: $0, near: place) != nil } ?? true
            if plain.findsAll || (!findsAll && (!isOutdated || isNear)) {
                return show(plain) + expect(wish, isTyped, staysAsIs)
            }
        }
        if newest.count <= atOnce {
            var effects: [Effect] = []
            work.arrange(wish) { if $0.isWhole { effects = show($0) } }
            return effects
        }
        isWaiting = true
        made = .rowDetailsAsked
        jobFindsAll = findsAll || (isOutdated && kept != nil)
        return [job(wish, needsIndex: jobFindsAll, prepares: staysAsIs)]
    }

    /// While all rows are shown as they came: makes ready what a filter will need, as soon as one is begun or the rows
    /// are all there, so that the first letter finds it. All else that was made is freed, unless a filter is typed, whose
    /// text may only be empty for a moment.
    private mutating func expect(_ wish: ListWish<Row>, _ isTyped: Bool, _ staysAsIs: Bool) -> [Effect] {
        let wanted: Made =
            isTyped && made == .rowDetailsAsked
            ? .rowDetailsAsked : isTyped || staysAsIs ? .searched(accountsVersion: wish.accountsVersion) : .nothing
        guard wanted != made, newest.count > atOnce else { return [] }
        made = wanted
        ticket += 1
        return [
            job { [work] isCancelled, _ in
                work.forget(butSearchedBy: wanted == .nothing ? nil : wish)
                if wanted != .nothing { work.prepare(wish, isCancelled: isCancelled) }
            }
        ]
    }

    /// - Parameter prepares: Whether what other words will need is made ready afterwards.
    private func job(_ wish: ListWish<Row>, needsIndex: Bool, prepares: Bool) -> Effect {
        job { [work] isCancelled, post in
            work.arrange(wish, needsIndex: needsIndex, isCancelled: isCancelled, emit: post)
            if prepares { work.prepare(wish, isCancelled: isCancelled) }
        }
    }

    private func job(
        _ action: @escaping @Sendable (_ isCancelled: () -> Bool, _ post: (Arrangement<Row>) -> Void) -> Void
    ) -> Effect {
        let slot = ListJob.Slot(list: name)
        return .arrange(
            ListJob(slot, ticket: ticket) { [ticket] isCancelled, post in
                action(isCancelled) { post(.arranged(ListResult(slot: slot, ticket: ticket, content: $0))) }
            })
    }

    /// Whether a job has made, or is making, every row findable by its identity.
    var findsAll: Bool { shown.findsAll || (isWaiting && jobFindsAll) }

    /// Takes the result of a job.
    /// - Returns: nil when it is another list's or came too late.
    mutating func take(_ result: ListResult) -> [Effect]? {
        guard result.slot == ListJob.Slot(list: name), result.ticket == ticket,
            let latest = result.content as? Arrangement<Row>
        else { return nil }
        return show(latest)
    }

    private mutating func show(_ latest: Arrangement<Row>) -> [Effect] {
        let old = shown
        let wasOutdated = isOutdated
        shown = latest
        changes += 1
        if wasOutdated { generation += 1 }
        isOutdated = false
        if latest.isWhole { isWaiting = false }
        return wasOutdated && old.rows.count > atOnce ? [.discard(Discarded([old]))] : []
    }

    /// Forgets the rows; a job under way comes too late.
    mutating func clear() -> [Effect] {
        var effects = replace(ListWork([]), .rows([]))
        effects += show(Arrangement())
        isWaiting = false
        ticket += 1
        return effects
    }
}
