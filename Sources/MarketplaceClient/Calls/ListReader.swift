import Marketplace

/// Reads a list whole: page by page, each row once, whatever order and repetition the server sends them in.
///
/// Rows shift while a list is paged: new ones arrive at its top, others leave. Repeated rows are dropped by id. When
/// the rows do not add up to the total, or the total shrank on the way, the list is read through a second time for the
/// rows that slipped past, as far as needed; when they still do not add up, the listing stays incomplete and says so.
/// A total that is less than the rows received is no total: the list then ends where no more rows come.
struct ListReader<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    let connection: Connection
    let call: Call
    /// Nil when the row's id is missing.
    let row: @Sendable (JSONValue) -> Row?
    /// The members that `row` reads; nil for all.
    var names: JSONNames?
    /// Whether a row answers the query, as far as it says so: servers ignore filters they do not know (REFERENCE 4).
    let matches: @Sendable (Row) -> Bool

    /// How far a list has been read. A reading that was interrupted goes on where it stopped.
    struct Reading: Sendable {
        var listing = Listing<Row>()
        /// What of a reading is reported while it goes on.
        struct Figures: Sendable {
            var rows = 0
            var total: Int?
            var calls = 0
            var next = 0
            var isOver = false
        }

        fileprivate(set) var calls = 0
        /// When its first page was asked for, in steady time.
        fileprivate(set) var beganAt: Instant?
        fileprivate(set) var isOver = false
        fileprivate var seen: Set<Row.ID> = []
        /// Rows that do not answer the query, though the server counts them.
        fileprivate var strangers = 0
        fileprivate var published = 0
        fileprivate var totalShrank = false
        /// Pages of the first pass in a row that held nothing but rows seen before.
        fileprivate var barrenPages = 0
        /// Whether the server sends the same rows whatever the offset is.
        fileprivate var isStuck: Bool { barrenPages > 1 }
        /// Whether the server announced fewer rows than it sent, so that its totals count for nothing.
        fileprivate var hasWrongTotal = false
        /// Whether rows may have slipped past although the counts agree, so that no early end can be trusted.
        fileprivate var mayHaveSlipped = false
        /// Place of the next row to ask for, and whether the list is read through for the second time.
        fileprivate(set) var next = 0
        fileprivate(set) var isSecondPass = false

        /// Rows accounted for, of the total that the server announces.
        var accounted: Int { seen.count + listing.problems.count }
        var figures: Figures {
            Figures(rows: listing.rows.count, total: listing.total, calls: calls, next: next, isOver: isOver)
        }
        fileprivate var isShort: Bool { listing.total.map { accounted < $0 } ?? false }
    }

    /// Rows that memory is reserved for before they are there, at most: a server may announce any total.
    private static var mostExpected: Int { 1 << 20 }

    /// - Parameter publish: Is given the rows read so far: after the first page, then whenever they grew by a quarter.
    func read(publish: @Sendable (Listing<Row>) async -> Void) async throws(MarketplaceError) -> Listing<Row> {
        var reading = Reading()
        try await readOn(&reading, publish: publish)
        return reading.listing
    }

    /// Reads on from the position of `reading` to the end of the list. When this throws, `reading` holds what was read.
    /// - Parameters:
    ///   - firstLimit: Rows of the first page.
    ///   - onPage: Called after each page.
    func readOn(
        _ reading: inout Reading, firstLimit: Int = Pages.firstLimit, clock: (any ClientClock)? = nil,
        onPage: @Sendable (Reading.Figures) -> Void = { _ in }, publish: @Sendable (Listing<Row>) async -> Void
    ) async throws(MarketplaceError) {
        if reading.beganAt == nil { reading.beganAt = clock?.steady() }
        while !reading.isOver {
            let pages = Pages(
                call: call, connection: connection,
                firstLimit: reading.isSecondPass ? Pages.laterLimit : firstLimit, start: reading.next, names: names)
            try await pass(pages, into: &reading, onPage: onPage, publish: publish)
            if !reading.isSecondPass, !reading.isStuck, reading.totalShrank || reading.isShort {
                reading.isSecondPass = true
                reading.mayHaveSlipped = reading.totalShrank
                reading.next = 0
                reading.totalShrank = false
                reading.listing.problems = []
            } else {
                reading.isOver = true
            }
        }
        // Without a total, or when it was wrong, there is more room than rows; what is kept for long should have none.
        if reading.listing.rows.capacity > reading.listing.rows.count / 8 * 9 + 16 {
            reading.listing.rows = reading.listing.rows.withUnsafeBufferPointer { Array($0) }
        }
        // Where the total was wrong, only the empty page after the last row is proof of the end.
        reading.listing.isComplete =
            !reading.totalShrank && !reading.isShort && !(reading.hasWrongTotal && reading.isStuck)
        if let total = reading.listing.total { reading.listing.total = max(0, total - reading.strangers) }
    }

    private func pass(
        _ pages: Pages, into reading: inout Reading, onPage: @Sendable (Reading.Figures) -> Void,
        publish: @Sendable (Listing<Row>) async -> Void
    ) async throws(MarketplaceError) {
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next(isolation: #isolation) {
            if let before = reading.listing.total, let now = page.total, now < before { reading.totalShrank = true }
            reading.listing.total = page.total ?? reading.listing.total
            let seenBefore = reading.seen.count
            add(page, to: &reading)
            reading.next = page.offset + page.rows.count
            if page.isTotalWrong { reading.hasWrongTotal = true }
            if let total = reading.listing.total, total < reading.accounted {
                reading.hasWrongTotal = reading.hasWrongTotal || !reading.totalShrank
                reading.listing.total = nil
            }
            reading.calls += 1
            onPage(reading.figures)
            if page.isLast { return }
            if reading.isSecondPass, !reading.mayHaveSlipped, !reading.totalShrank, !reading.isShort { return }
            // Rows without an id may be the same ones again and again: they are nothing new.
            if reading.seen.count == seenBefore {
                // Without a total one such page is enough to know that no other ever comes.
                if reading.listing.total == nil {
                    reading.barrenPages += reading.hasWrongTotal && !reading.isSecondPass ? 2 : 0
                    return
                }
                if !reading.isSecondPass { reading.barrenPages += 1 }
                // Rows that shift can fill a page with seen ones, but hardly two.
                if reading.isStuck { return }
            } else {
                reading.barrenPages = 0
            }
            if reading.published == 0 || reading.listing.rows.count * 4 >= reading.published * 5 {
                reading.published = max(1, reading.listing.rows.count)
                await publish(reading.listing)
            }
        }
    }

    private func add(_ page: Pages.Page, to reading: inout Reading) {
        // Room for all at once: an array that grows is copied to twice its size each time, and memory that no row has
        // been written to costs nothing.
        if reading.listing.rows.isEmpty, let total = page.total {
            reading.listing.rows.reserveCapacity(min(total, Self.mostExpected))
        }
        for (index, json) in page.rows.enumerated() {
            guard let row = row(json) else {
                let reason = if case .object = json { "it has no id" } else { "it is no object" }
                reading.listing.problems.append(RowProblem(index: page.offset + index, reason: reason))
                continue
            }
            guard reading.seen.insert(row.id).inserted else { continue }
            if matches(row) {
                reading.listing.rows.append(row)
            } else {
                reading.strangers += 1
            }
        }
    }
}
