import Marketplace

/// Reads a list whole: page by page, each row once, whatever order and repetition the server sends them in.
///
/// Rows shift while a list is paged: new ones arrive at its top, others leave. Repeated rows are dropped by id. When
/// the rows do not add up to the total, or the total shrank on the way, the list is read through a second time for the
/// rows that slipped past; when they still do not add up, the listing stays incomplete and says so.
struct ListReader<Row: Identifiable & Sendable>: Sendable where Row.ID: Sendable {
    let connection: Connection
    let call: Call
    /// Nil when the row's id is missing.
    let row: @Sendable (JSONValue) -> Row?
    /// Whether a row answers the query, as far as it tells: servers ignore filters they do not know (REFERENCE 4).
    let matches: @Sendable (Row) -> Bool

    private struct Reading {
        var listing = Listing<Row>()
        var seen: Set<Row.ID> = []
        /// Rows that do not answer the query, though the server counts them.
        var strangers = 0
        var published = 0
        var totalShrank = false

        /// Rows accounted for, of the total that the server tells.
        var accounted: Int { seen.count + listing.problems.count }
    }

    /// - Parameter publish: Is given the rows read so far: after the first page, then whenever they grew by a quarter.
    func read(publish: @Sendable (Listing<Row>) async -> Void) async throws(MarketplaceError) -> Listing<Row> {
        var reading = Reading()
        try await pass(Pages(call: call, connection: connection), into: &reading, publish: publish)
        if reading.totalShrank || isShort(reading) {
            reading.totalShrank = false
            reading.listing.problems = []
            try await pass(
                Pages(call: call, connection: connection, firstLimit: Pages.laterLimit), into: &reading,
                publish: publish)
        }
        reading.listing.isComplete = !reading.totalShrank && !isShort(reading)
        if let total = reading.listing.total { reading.listing.total = max(0, total - reading.strangers) }
        return reading.listing
    }

    private func isShort(_ reading: Reading) -> Bool {
        reading.listing.total.map { reading.accounted < $0 } ?? false
    }

    private func pass(
        _ pages: Pages, into reading: inout Reading, publish: @Sendable (Listing<Row>) async -> Void
    ) async throws(MarketplaceError) {
        var iterator = pages.makeAsyncIterator()
        while let page = try await iterator.next(isolation: #isolation) {
            if let before = reading.listing.total, let now = page.total, now < before { reading.totalShrank = true }
            reading.listing.total = page.total ?? reading.listing.total
            let known = reading.accounted
            add(page, to: &reading)
            if page.isLast { return }
            // No total and nothing new: the server sends the same rows whatever the offset.
            if page.total == nil, reading.accounted == known { return }
            if reading.published == 0 || reading.listing.rows.count * 4 >= reading.published * 5 {
                reading.published = max(1, reading.listing.rows.count)
                await publish(reading.listing)
            }
        }
    }

    private func add(_ page: Pages.Page, to reading: inout Reading) {
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
