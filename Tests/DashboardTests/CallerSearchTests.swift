import Marketplace
import TestSupport
import Testing

@testable import Dashboard

/// What callers give: phones, tax numbers, PO numbers, ids of vendors; and what go-to says of it.
@Suite(.onComputingThreads) struct `Searching by what callers give` {
    @Test(arguments: [
        ("wren", "7  customer"), ("7", "7  customer"), ("crm-42", "7  your id CRM-42"),
        ("dk 12345678", "7  tax number DK-12345678"), ("mette@", "7  e-mail mette@jorgensen.example"),
        ("+45 33 12 34 56", "7  phone +45 33 123456, Mette J"), ("0045 33123456", "7  phone +45 33 123456, Mette J"),
    ])
    func `an account says by what it was found`(text: String, detail: String) {
        let person = ContactPerson(
            role: .administrator, firstName: "Mette", lastName: "J", email: "mette@jorgensen.example",
            phone: "45#33#123456#")
        let account = Account(
            id: "7", kind: .customer, name: "Wren", status: .active, externalID: "CRM-42", contacts: [person],
            taxRegistration: "DK-12345678")
        let found = PlaceSearch.places(for: text, in: CachedLists(accounts: [[account]])).places
        #expect(found.map(\.detail) == [detail])
    }

    /// How a number is reported, how it is typed, and whether they are one.
    @Test(arguments: [
        ("45#33#123456#", "+45 33 12 34 56", true), ("45#33#123456#", "33 12 34 56", true),
        ("45##33123456#", "004533123456", true), ("33 12 34 56", "+45 33 12 34 56", true),
        ("33123456", "0045 33123456", true), ("033 123456", "+45 33 123456", true),
        ("0045 33 12 34 56", "+45 33 12 34 56", true), ("+45 33 12 34 56", "33123456", true),
        // Without a country in what is typed, a shorter number is another one.
        ("123456", "33123456", false), ("123456", "+45 33123456", true), ("12345", "+45 33112345", false),
        ("45#33#123456#", "+45 33 12 34 57", false), ("", "+45 33 12 34 56", false),
        ("49#40#5550100#", "+49 (0)40 555 0100", true), ("1#503#5550110#12", "+1 (503) 555-0110", true),
    ])
    func `phones fit whatever their spacing and country prefix`(reported: String, typed: String, fits: Bool) {
        #expect((Needle(typed).rank(inPhone: reported) != nil) == fits)
    }

    @Test func `a subscription is found by the vendor's own id of it, an order by its PO number in any spacing`() {
        var product = SubscriptionProduct(mpn: "A", vendor: "v", name: "Aurora")
        product.vendorSubscriptionID = "VS-77-1234"
        let detail = SubscriptionDetail(
            subscription: Subscription(id: "1000917", name: "Aurora", customer: "7", status: .active),
            products: [product])
        let subscriptions = PlaceSearch.places(for: "vs-77-1234", in: CachedLists(details: [detail])).places
        #expect(subscriptions.map(\.detail) == ["vendor's id VS-77-1234"])
        let order = Order(
            id: "1", number: "SO1", kind: .sales, customer: "7", status: .completed, poNumber: "PO 2026/8817")
        for text in ["po2026/8817", "PO 2026 8817", "2026-8817"] {
            let orders = PlaceSearch.places(for: text, in: CachedLists(orders: [[order]])).places
            #expect(orders.map(\.detail) == ["completed, PO number PO 2026/8817"], "\(text)")
        }
    }

    @Test func `it says of how many orders the PO numbers were searched`() async {
        let stage = await Stage()
        await stage.press("4:PO-9999-1")
        #expect(stage.screen.contains("PO numbers of"))
        #expect(stage.screen.contains("of 3,000 orders were searched"))
        await stage.press("<Esc>:nobody")
        #expect(!stage.screen.contains("PO numbers of"))
    }
}
