import Marketplace
import Testing

@testable import Rows

/// Rows as a command arranges them: with the words of the dashboard, and without a dashboard.
@Suite struct `Rows for a command` {
    private static let today = CalendarDate("2026-11-20")!

    private static let rows = [
        subscription("1", "Aurora 365 Business", customer: "70", .active, renews: "2026-12-01"),
        subscription("2", "Zenix Wall", customer: "70", .hold, renews: "2027-03-01"),
        subscription("3", "Aurora 365 Business", customer: "71", .active, renews: nil),
        subscription("4", "Aurora 365 Starter", customer: "72", .active, renews: "2026-11-25"),
    ]

    private static func subscription(
        _ id: String, _ name: String, customer: String, _ status: SubscriptionStatus, renews: String?
    ) -> Subscription {
        Subscription(
            id: .init(id), name: name, customer: .init(customer), status: status,
            renews: renews.flatMap { CalendarDate($0) })
    }

    private static var entities: EntityStore {
        var entities = EntityStore()
        _ = entities.insert(
            [
                Account(id: "70", kind: .customer, name: "Jørgensen A/S", status: .active),
                Account(id: "71", kind: .customer, name: "Øst & Co", status: .active),
            ], of: .customers)
        return entities
    }

    private static let columns = ListColumn.subscriptions(entities, today: today)

    private func ids(filter: String = "", sort: String = "") throws -> [String] {
        let words = Self.columns.map(\.filterColumn)
        var query = RowQuery(columns: Self.columns)
        query.filter = try FilterParser(columns: words, today: Self.today).parse(filter)
        return query.arranged(Self.rows, by: try SortOrder.parse(sort, columns: words)).map(\.id.rawValue)
    }

    private func problem(_ sort: String) -> String? {
        do throws(SortProblem) {
            _ = try SortOrder.parse(sort, columns: Self.columns.map(\.filterColumn))
            return nil
        } catch {
            return error.message
        }
    }

    @Test func `stay as they are without words`() throws {
        #expect(try ids() == ["1", "2", "3", "4"])
    }

    @Test func `are filtered by names, statuses and dates`() throws {
        #expect(try ids(filter: "joergensen") == ["1", "2"])
        #expect(try ids(filter: "aurora !customer:ost") == ["1", "4"])
        #expect(try ids(filter: "renews<+30d status:active") == ["1", "4"])
        #expect(try ids(filter: "72") == ["4"])
    }

    @Test func `are sorted by several columns, and those without a value come last either way`() throws {
        #expect(try ids(sort: "product,id:desc") == ["3", "1", "4", "2"])
        #expect(try ids(sort: "renews") == ["4", "1", "2", "3"])
        #expect(try ids(sort: "RENEWS:DESC") == ["2", "1", "4", "3"])
        #expect(try ids(filter: "aurora", sort: "customer:desc,renews") == ["3", "1", "4"])
    }

    @Test func `are refused a column or a direction that does not exist`() {
        #expect(
            problem("colour")?.hasPrefix("Sort by colour: there is no column \u{201C}colour\u{201D}. Columns: id,")
                == true)
        #expect(
            problem("renews:down")
                == "Sort by renews:down: \u{201C}down\u{201D} is no direction. Write renews:asc or renews:desc.")
        #expect(problem("renews,") != nil)
        #expect(problem("") == nil)
    }

    @Test func `have the values of the details that were read`() throws {
        func ids(_ entities: EntityStore) throws -> [String] {
            let columns = ListColumn.subscriptions(entities, today: Self.today)
            var query = RowQuery(columns: columns)
            query.filter = try FilterParser(columns: columns.map(\.filterColumn), today: Self.today).parse("units>5")
            return query.arranged(Self.rows, by: []).map(\.id.rawValue)
        }
        var entities = Self.entities
        #expect(try ids(entities).isEmpty)
        let product = SubscriptionProduct(mpn: "AUR-1", vendor: "aurora", name: "Aurora", quantity: 7)
        entities.insert(SubscriptionDetail(subscription: Self.rows[3], products: [product]))
        #expect(try ids(entities) == ["4"])
        #expect(entities.details(heldBy: "72").count == 1)
        entities.removeDetails(of: ["4"])
        #expect(try ids(entities).isEmpty)
    }
}
