import Marketplace

/// The pages of one list, handed out one after the other (REFERENCE 5).
///
/// The first page is small, so that something is there soon; later ones are large, because calls are scarce. A page
/// begins where the rows received end, not where a full page would: servers may send fewer rows than asked for. The
/// list ends exactly at its total or at an empty page: a total that is less than the rows received is wrong, and no
/// reason to stop. A server that sends the same rows whatever the offset is the reader's to notice.
///
/// Where a person waits for the whole list and the pace allows, pages are asked for before it is their turn
/// (``PagesAhead``).
struct Pages: AsyncSequence {
    typealias Failure = MarketplaceError

    static let firstLimit = 100
    static let laterLimit = 500

    struct Page: Sendable {
        var rows: [JSONValue]
        /// Place of the first row in the whole list, from 0.
        var offset: Int
        /// Rows in the whole list; nil when the server does not say.
        var total: Int?
        /// Whether the server says a number of rows that no list has.
        var isTotalWrong = false
        /// Whether the list ends with this page.
        var isLast: Bool
    }

    struct Iterator: AsyncIteratorProtocol {
        fileprivate let pages: Pages
        private var offset: Int
        private var isAtEnd = false
        private var ahead = PagesAhead()

        fileprivate init(_ pages: Pages) {
            self.pages = pages
            offset = pages.start
        }

        mutating func next() async throws(MarketplaceError) -> Page? { try await next(isolation: nil) }

        mutating func next(isolation actor: isolated (any Actor)?) async throws(MarketplaceError) -> Page? {
            if isAtEnd { return nil }
            let limit = offset == 0 ? pages.firstLimit : Pages.laterLimit
            let asked = ahead.take(at: offset)
            if pages.readsAhead { ahead.ask(pages, after: offset) }
            var page = if let asked { try await asked.page() } else { try await pages.page(at: offset, limit: limit) }
            page.offset = offset
            ahead.learn(from: page, isFirst: offset == pages.start)
            offset += page.rows.count
            page.isLast = page.rows.isEmpty || page.total == offset
            isAtEnd = page.isLast
            return page
        }
    }

    let call: Call
    let connection: Connection
    var firstLimit = Pages.firstLimit
    /// Rows to leave out, because an earlier reading had them.
    var start = 0
    /// The members of rows to read; nil for all.
    var names: JSONNames?
    /// Whether somebody wants all pages, so that the next ones may be asked for before it is their turn.
    var readsAhead = false

    func makeAsyncIterator() -> Iterator { Iterator(self) }

    /// One page as the server sends it; where it lies in the list is not in it.
    func page(at offset: Int, limit: Int) async throws(MarketplaceError) -> Page {
        var call = call
        call.query += [("offset", String(offset)), ("limit", String(limit))]
        return try await connection.value(for: call, keeping: names, Pages.page)
    }

    /// Rows under `data`, or the answer itself when it is an array; a `data` of null is no rows.
    private static func page(_ json: JSONValue) -> Page? {
        switch (json, json["data"]) {
        case (_, .array(let rows)), (.array(let rows), _):
            return page(rows, json)
        case (.object(let members), .null) where members.contains { $0.name == "data" }:
            return page([], json)
        default:
            return nil
        }
    }

    private static func page(_ rows: [JSONValue], _ json: JSONValue) -> Page {
        let said = json["pagination"]["total"].integer
        let total = said.flatMap { (0...mostRows).contains($0) ? $0 : nil }
        return Page(rows: rows, offset: 0, total: total, isTotalWrong: said != total, isLast: false)
    }

    private static let mostRows = 1_000_000_000_000
}
