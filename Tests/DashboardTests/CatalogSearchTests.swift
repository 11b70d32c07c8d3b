import Marketplace
import Testing

@testable import Dashboard

@Suite struct `Catalogue search` {
    private static func product(_ id: String, _ mpn: String, _ name: String, vendor: String = "v", months: Int = 1)
        -> Product
    {
        Product(
            id: .init(id), mpn: mpn, vendor: vendor, name: name, billingPeriod: Period(1, .month),
            subscriptionPeriod: Period(months, .month))
    }

    private static let products = [
        product("1", "ABC-10", "Backup"), product("2", "ABC-1", "Zebra", months: 12),
        product("3", "ABC-1", "Zebra", months: 1), product("4", "XYZ", "Backup for ABC-1"),
        product("5", "QQQ", "Mail", vendor: "acme"),
    ]

    private func found(_ text: String) -> [String] {
        CatalogSearch(text: text).places(in: Self.products).map { Self.products[$0].id.rawValue }
    }

    @Test func `the MPN itself comes before MPNs that begin so and before names`() {
        #expect(found("abc-1") == ["3", "2", "1", "4"])
    }

    @Test func `twins stand together, the shorter term first`() {
        #expect(found("ABC-1").prefix(2) == ["3", "2"])
        #expect(CatalogSearch(text: " abc-1 ").exactMatches(in: Self.products) == 2)
    }

    @Test func `words are found in any order in name, vendor and MPN`() {
        #expect(found("mail acme") == ["5"])
        #expect(found("abc backup") == ["1", "4"])
        #expect(found("nothing").isEmpty)
    }

    @Test func `an empty search shows everything`() { #expect(found("").count == 5) }
}
