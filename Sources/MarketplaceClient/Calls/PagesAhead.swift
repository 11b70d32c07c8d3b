import Marketplace

/// The pages of a list that were asked for before it was their turn, so that a list takes the time of a few answers and not
/// of all.
///
/// Promises:
/// - Only where a person waits (``CallPriority/onScreen``), and only while the pace leaves room for calls ahead
///   (``Pacer/mayCallAhead()``): otherwise one page is in flight at a time.
/// - The first two pages are read alone: the second shows whether the server heeds places and how many rows it sends.
///   Then two are in flight, and one more, up to four, for each page that came as expected.
/// - A page is asked for ahead only where half of it lies within the total. When the total falls, or a page holds fewer
///   rows than the one before, what was asked for beyond it is stopped, and the next page is read alone.
/// - What nobody takes any more is cancelled.
struct PagesAhead: Sendable {
    private static let most = 4

    /// A page that was asked for.
    struct Asked: Sendable {
        fileprivate let offset: Int
        fileprivate let flight: Flight

        /// Its answer, once it is there.
        func page() async throws(MarketplaceError) -> Pages.Page {
            let task = flight.task
            return try await withTaskCancellationHandler {
                await task.value
            } onCancel: {
                task.cancel()
            }.get()
        }
    }

    /// Cancels the call when nobody has it any more.
    fileprivate final class Flight: Sendable {
        let task: Task<Result<Pages.Page, MarketplaceError>, Never>

        init(_ pages: Pages, offset: Int) {
            task = Task {
                await CallContext.joined { () async -> Result<Pages.Page, MarketplaceError> in
                    do throws(MarketplaceError) {
                        return .success(try await pages.page(at: offset, limit: Pages.laterLimit))
                    } catch {
                        return .failure(error)
                    }
                }
            }
        }

        deinit { task.cancel() }
    }

    private var asked: [Asked] = []
    /// Pages that may be in flight, the one whose turn it is among them.
    private var depth = 1
    /// Rows of the next page, as far as the last one says.
    private var stride = Pages.laterLimit
    private var total: Int?

    /// The page at `offset`, if it was asked for; all others are stopped if it was not.
    mutating func take(at offset: Int) -> Asked? {
        if asked.first?.offset == offset { return asked.removeFirst() }
        asked = []
        return nil
    }

    /// Asks for pages behind the one at `offset`, as many as may be in flight beside it.
    mutating func ask(_ pages: Pages, after offset: Int) {
        guard let total, CallContext.current?.priority ?? .onScreen >= .onScreen else { return }
        while asked.count + 1 < depth {
            let next = (asked.last?.offset ?? offset) + stride
            guard next + stride / 2 <= total, pages.connection.pacer.mayCallAhead() else { return }
            asked.append(Asked(offset: next, flight: Flight(pages, offset: next)))
        }
    }

    /// Takes what a page says of the ones behind it.
    /// - Parameter isFirst: Whether it is the first of a reading, which may be small.
    mutating func learn(from page: Pages.Page, isFirst: Bool) {
        if !isFirst {
            let isAsExpected = page.rows.count == stride && page.total ?? -1 >= total ?? 0
            depth = isAsExpected ? min(Self.most, depth + 1) : 1
            stride = max(1, page.rows.count)
        }
        total = page.total
        asked.removeAll { $0.offset >= total ?? 0 }
    }
}
