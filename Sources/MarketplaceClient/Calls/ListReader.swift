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
        fileprivate var seen = SeenIDs<Row.ID>()
        /// Rows that do not answer the query, though the server counts them.
        fileprivate(set) var strangers = 0
        /// Where rows are handed out page by page: those of the last page that do not answer the query.
        fileprivate var strangeRows: [Row] = []
        /// Whether rows are handed out page by page and not kept.
        fileprivate var handsOut = false
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
                firstLimit: reading.isSecondPass ? Pages.laterLimit : firstLimit, start: reading.next, names: names,
                readsAhead: !reading.isSecondPass)
            try await pass(pages, into: &reading, onPage: onPage, publish: publish)
            endPass(of: &reading)
        }
        // Without a total, or when it was wrong, there is more room than rows; what is kept for long should have none.
        if reading.listing.rows.capacity > reading.listing.rows.count / 8 * 9 + 16 {
            reading.listing.rows = reading.listing.rows.withUnsafeBufferPointer { Array($0) }
        }
        reading.listing.isComplete = isComplete(reading)
        if let total = reading.listing.total { reading.listing.total = max(0, total - reading.strangers) }
    }

    /// Whether every row was read, once the reading is over. Where the total was wrong, only the empty page after the last
    /// row is proof of the end.
    fileprivate func isComplete(_ reading: Reading) -> Bool {
        !reading.totalShrank && !reading.isShort && !(reading.hasWrongTotal && reading.isStuck)
    }

    /// Decides after a pass through the list whether a second one is needed.
    fileprivate func endPass(of reading: inout Reading) {
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

    private func pass(
        _ pages: Pages, into reading: inout Reading, onPage: @Sendable (Reading.Figures) -> Void,
        publish: @Sendable (Listing<Row>) async -> Void
    ) async throws(MarketplaceError) {
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next(isolation: #isolation) {
            let isPassOver = take(page, into: &reading)
            onPage(reading.figures)
            if isPassOver { return }
            if reading.published == 0 || reading.listing.rows.count * 4 >= reading.published * 5 {
                reading.published = max(1, reading.listing.rows.count)
                await publish(reading.listing)
            }
        }
    }

    /// Takes the rows of a page.
    /// - Returns: Whether the pass through the list ends with it.
    fileprivate func take(_ page: Pages.Page, into reading: inout Reading) -> Bool {
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
        if page.isLast { return true }
        if reading.isSecondPass, !reading.mayHaveSlipped, !reading.totalShrank, !reading.isShort { return true }
        // Rows without an id may be the same ones again and again: they are nothing new.
        guard reading.seen.count == seenBefore else {
            reading.barrenPages = 0
            return false
        }
        // Without a total one such page is enough to know that no other ever comes.
        if reading.listing.total == nil {
            reading.barrenPages += reading.hasWrongTotal && !reading.isSecondPass ? 2 : 0
            return true
        }
        if !reading.isSecondPass { reading.barrenPages += 1 }
        // Rows that shift can fill a page with seen ones, but hardly two.
        return reading.isStuck
    }

    private func add(_ page: Pages.Page, to reading: inout Reading) {
        // Room for all at once: an array that grows is copied to twice its size each time, and memory that no row has
        // been written to costs nothing.
        if reading.listing.rows.isEmpty, !reading.handsOut, let total = page.total {
            reading.listing.rows.reserveCapacity(min(total, Self.mostExpected))
        }
        for (index, json) in page.rows.enumerated() {
            guard let row = row(json) else {
                let reason = if case .object = json { "it has no id" } else { "it is no object" }
                reading.listing.problems.append(RowProblem(index: page.offset + index, reason: reason))
                continue
            }
            guard reading.seen.insert(row.id) else { continue }
            if matches(row) {
                reading.listing.rows.append(row)
            } else {
                reading.strangers += 1
                if reading.handsOut { reading.strangeRows.append(row) }
            }
        }
    }
}

/// A part of a list, as ``RowPages`` hands it out.
public struct RowPage<Row: Sendable>: Sendable {
    /// Those that answer the query and were not handed out before.
    public var rows: [Row]
    /// Those that do not answer it: the server did not filter by all that was asked.
    public var strangers: [Row]
    /// What could not be read so far.
    public var problems: [RowProblem]
    /// Rows that the server says it has, those that do not answer the query included.
    public var total: Int?
    /// Whether this is the last page.
    public var isLast: Bool
    /// Whether every row of the list was read, when this is the last page.
    public var isComplete: Bool

    public init(
        rows: [Row], strangers: [Row] = [], problems: [RowProblem] = [], total: Int? = nil, isLast: Bool = true,
        isComplete: Bool = true
    ) {
        self.rows = rows
        self.strangers = strangers
        self.problems = problems
        self.total = total
        self.isLast = isLast
        self.isComplete = isComplete
    }
}

/// The rows of a list, page by page as they are read; none is kept. A reader that stops asking stops the reading.
public struct RowPages<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    private let reader: ListReader<Row>
    private let limit: Int
    private let isWhole: Bool
    private var reading = ListReader<Row>.Reading()
    private var pages: Pages.Iterator?

    /// - Parameters:
    ///   - limit: Rows of the first page, after which a reader may stop; later ones are as large as pages get. Nil for a
    ///     reader that wants all of them.
    ///   - number: The number that stands for an id, where there is one: memory of bits in place of texts.
    init(_ reader: ListReader<Row>, limit: Int?, number: @escaping @Sendable (Row.ID) -> UInt64?) {
        self.reader = reader
        self.limit = limit ?? Pages.laterLimit
        isWhole = limit == nil
        reading.handsOut = true
        reading.seen.number = number
    }

    /// The next page; nil when the list has ended. After an error nothing more can be read.
    public mutating func next() async throws(MarketplaceError) -> RowPage<Row>? {
        while !reading.isOver {
            var pages = self.pages ?? reader.pages(from: reading, firstLimit: limit, isWhole: isWhole)
            let page = try await pages.next()
            self.pages = pages
            let isPassOver = page.map { reader.take($0, into: &reading) } ?? true
            if isPassOver {
                self.pages = nil
                reader.endPass(of: &reading)
            }
            if page != nil { return handOut() }
        }
        return nil
    }

    private mutating func handOut() -> RowPage<Row> {
        let page = RowPage(
            rows: reading.listing.rows, strangers: reading.strangeRows, problems: reading.listing.problems,
            total: reading.listing.total, isLast: reading.isOver, isComplete: reader.isComplete(reading))
        reading.listing.rows = []
        reading.strangeRows = []
        return page
    }
}

extension ListReader {
    fileprivate func pages(from reading: Reading, firstLimit: Int, isWhole: Bool) -> Pages.Iterator {
        Pages(
            call: call, connection: connection, firstLimit: reading.isSecondPass ? Pages.laterLimit : firstLimit,
            start: reading.next, names: names, readsAhead: isWhole && !reading.isSecondPass
        ).makeAsyncIterator()
    }
}
