import FoundationEssentials
import Marketplace
import MarketplaceClient

/// Finds the one order of a PO number. The marketplace has no filter by it, and lists of orders leave it out: what this
/// machine placed is in its journal, everything else is found in the details of all orders.
struct OrdersByPONumber: Sendable {
    var number: String
    var session: ReadSession

    /// - Throws: `notFound`, `ambiguous`, or `callsExceeded` before the details are read.
    func id() async throws -> Order.ID {
        guard !number.isEmpty else {
            throw CommandError(.badValue, "'po:' names no PO number.", hint: "Write it as po:4711.")
        }
        if let placed = try await placedHere() { return placed }
        let found = try await foundInDetails()
        guard let first = found.first else {
            throw CommandError(
                .notFound, "no order has the PO number \(number).", hint: "souk orders list shows those you may see.")
        }
        guard found.count == 1 else {
            throw CommandError(
                .ambiguous, "\(found.count) orders have the PO number \(number).", hint: "Give the id.",
                lines: found.prefix(10).map { "\($0.id)  \($0.shownNumber), \($0.status.word)" },
                details: [
                    "candidates": .list(
                        found.prefix(10).map { ["id": .text($0.id.rawValue), "name": .text($0.shownNumber)] }),
                    "count": .number(found.count),
                ])
        }
        return first.id
    }

    /// Nil where the journal cannot be read, or has none or several.
    private func placedHere() async throws -> Order.ID? {
        let entries = (try? await session.client.journalEntries()) ?? []
        let made = Set(entries.filter { $0.poNumber == number }.compactMap(\.outcome.made))
        guard made.count == 1, let id = made.first else { return nil }
        return .init(id)
    }

    private func foundInDetails() async throws -> [Order] {
        let rows = try await session.rows(of: .orders(OrderQuery()))
        let count = Decimal(rows.count).grouped(fractionDigits: 0)
        try session.allow(rows.count, for: "PO numbers of \(count) orders")
        session.notes.note(
            "Looking for the PO number in the details of \(count) orders\(session.duration(of: rows.count)). ^C stops.")
        var found: [Order] = []
        for row in rows {
            let order = try await session.client.orders.value(for: row.id)
            if order.poNumber == number { found.append(order) }
        }
        return found
    }
}
