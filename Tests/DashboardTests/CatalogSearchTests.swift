import Marketplace
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Catalogue search` {
    private static func product(_ id: String, _ mpn: String, _ name: String, vendor: String = "v", months: Int = 1)
        -> Product
    {
        Product(
            id: .init(id), mpn: mpn, vendor: vendor, name: name,
            prices: [Charge(kind: .recurring, amount: Money(12, "EUR"))], billingPeriod: Period(1, .month),
            subscriptionPeriod: Period(months, .month))
    }

    private static let products = [
        product("1", "ABC-10", "Backup"), product("2", "ABC-1", "Zebra", months: 12),
        product("3", "ABC-1", "Zebra", months: 1), product("4", "XYZ", "Backup for ABC-1"),
        product("5", "QQQ", "Mail", vendor: "acme"),
    ]

    private func pane(searching text: String) -> CatalogPane {
        let profile = ProfileSummary(name: "test", place: "test", user: "x", isReadOnly: false, isProduction: false)
        let model = Model(profile: profile)
        var pane = CatalogPane()
        _ = pane.update(
            .products(ProductQuery(), Snapshot(value: Listing(rows: Self.products, total: 5, isComplete: true))), model)
        for key in Stage.keys("/\(text)") { _ = pane.update(.key(key), model) }
        return pane
    }

    private func found(_ text: String) -> [String] { pane(searching: text).list.first(9).map(\.id.rawValue) }

    @Test func `the MPN itself comes before MPNs that begin so and before names`() {
        #expect(found("abc-1") == ["3", "2", "1", "4"])
    }

    @Test func `twins stand together, the shorter term first`() {
        #expect(found("ABC-1").prefix(2) == ["3", "2"])
        #expect(pane(searching: " abc-1 ").list.shown.exactCount == 2)
        #expect(pane(searching: "").twins(of: Self.products[1]).map(\.id) == ["3", "2"])
    }

    @Test func `words are found in any order in name, vendor and MPN`() {
        #expect(found("mail acme") == ["5"])
        #expect(found("abc backup") == ["1", "4"])
        #expect(found("nothing").isEmpty)
    }

    @Test func `conditions do not hide which MPN is meant`() {
        #expect(found("abc-1 price>5") == ["3", "2", "1", "4"])
        #expect(found("abc-1 price>50").isEmpty)
    }

    @Test func `an empty search shows everything`() { #expect(found("").count == 5) }

    @Test func `every search begins on its first row`() {
        #expect(pane(searching: "abc").selected?.id == "1")
        #expect(pane(searching: "abc-1").selected?.id == "3")
    }
}
