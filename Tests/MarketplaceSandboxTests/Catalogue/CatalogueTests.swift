import Testing

@testable import MarketplaceSandbox

@Suite struct CatalogueTests {
    let caller = Caller()

    @Test func `AUR-365-BP has three rows at the promised prices`() async {
        let reply = await caller.get("/products?mpn=AUR-365-BP")
        #expect(reply.total == 3)
        let rows = reply.rows.map { row in
            [
                row["name"]?.text, row["vendor"]?.text, row.at("prices", "0", "amount")?.text,
                row.at("prices", "0", "currency")?.text, row.at("subscriptionPeriod", "type")?.text,
                row.at("billingPeriod", "type")?.text,
            ]
        }
        let name = "Aurora 365 Business Premium"
        #expect(
            rows == [
                [name, "aurora", "24.72", "EUR", "month", "month"],
                [name, "aurora", "20.6", "EUR", "year", "month"],
                [name, "aurora", "247.2", "EUR", "year", "year"],
            ])
        #expect(Set(reply.ids).count == 3)
    }

    @Test func `ZX-1000 comes from two vendors`() async {
        let reply = await caller.get("/products?mpn=ZX-1000")
        #expect(reply.rows.compactMap { $0["vendor"]?.text } == ["zenix", "xylo"])
        #expect(await caller.get("/products?mpn=ZX-1000&vendor=xylo").total == 1)
    }

    @Test(arguments: ["CIT-MAIL-1", "SLOW-1", "FAIL-1", "TIMEOUT-1"])
    func `the products with a lesson are there once`(mpn: String) async {
        #expect(await caller.get("/products?mpn=\(mpn)").total == 1)
    }

    @Test func `mpn, vendor and serviceName are exact, name is a part in any case`() async {
        #expect(await caller.get("/products?mpn=AUR-365").total == 0)
        #expect(await caller.get("/products?mpn=aur-365-bp").total == 0)
        #expect(await caller.get("/products?vendor=AURORA").total == 0)
        #expect(await caller.get("/products?vendor=aurora").total == 12)
        #expect(await caller.get("/products?serviceName=AURORA_365&name=BASIC").total == 3)
        #expect(await caller.get("/products?name=business+PREM").total == 3)
    }

    @Test func `every part number finds its rows`() async {
        let rows = await caller.get("/products?limit=1000").rows
        #expect(rows.count == 900)
        for mpn in Set(rows.compactMap { $0["mpn"]?.text }) {
            let expected = rows.filter { $0["mpn"]?.text == mpn }.compactMap { $0["id"]?.text }
            #expect(await caller.get("/products?limit=100&mpn=\(mpn)").ids == expected)
        }
    }

    @Test func `part numbers recur per period and per vendor`() async {
        let rows = await caller.get("/products?limit=1000").rows
        let groups = Dictionary(grouping: rows) { $0["mpn"]?.text ?? "" }.values
        #expect(groups.contains { $0.count == 1 })
        #expect(groups.count { $0.count > 1 } > 50)
        #expect(groups.count { Set($0.compactMap { $0["vendor"]?.text }).count > 1 } > 5)
    }

    @Test func `rows have limits, prices, costs and what they depend on`() async {
        let reply = await caller.get("/products?mpn=KST-BKP-SRV")
        let backup = reply.rows.first
        #expect(backup?["minimumQuantity"]?.text == "5.0")
        #expect(backup?["maximumQuantity"]?.text == "300.0")
        #expect(backup?["prices"]?.items.map { $0["type"]?.text } == ["recurring", "recurring", "recurring", "setup"])
        #expect(backup?.at("prices", "1", "lowerLimit")?.number == 50)
        #expect(reply.text.contains(#""lowerLimit":50.0}"#))
        #expect(backup?.at("prices", "1", "model")?.text == "VOLUME_SUBSCRIPTION")
        #expect(backup?.at("costs", "0", "amount")?.text == "180")
        let calling = await caller.get("/products?mpn=AUR-CALL-INT").rows.first
        #expect(calling?.at("dependsOn", "0", "mpn")?.text == "AUR-365-BP")
    }

    @Test func `a reseller sees prices in its own currency`() async {
        let other = Caller(caller, user: "reseller.api")
        #expect(await other.get("/products?mpn=AUR-365-BP").rows.first?.at("prices", "0", "currency")?.text == "EUR")
    }

    @Test(arguments: [1, 19, 20, 21, 57, 5_000])
    func `the catalogue has as many rows as asked for, but never less than the landmarks`(rows: Int) {
        let catalogue = Catalogue(seed: 3, rows: rows)
        #expect(catalogue.count == max(rows, 19))
        #expect(Set((0..<catalogue.count).map { catalogue.product($0).id }).count == catalogue.count)
        #expect(catalogue.rows(mpn: catalogue.product(catalogue.count - 1).mpn).contains(catalogue.count - 1))
    }
}
