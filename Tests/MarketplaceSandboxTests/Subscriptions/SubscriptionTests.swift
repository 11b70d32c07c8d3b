import Testing

@testable import MarketplaceSandbox

@Suite struct SubscriptionTests {
    let caller = Caller()

    @Test func `1000917 is 25 units of AUR-365-BP that renew in ten days`() async {
        let found = await caller.get("/subscriptions/1000917").json
        #expect(found["customerId"]?.text == "1000412")
        #expect(found["name"]?.text == "Aurora 365 Business Premium")
        #expect(found["status"]?.text == "active")
        #expect(found["renewalStatus"] == .bool(true))
        #expect(found["renewalDate"]?.text == "2031-03-14")
        #expect(found["expirationDate"]?.text == "2031-03-16")
        #expect(found["creationDate"]?.text == "2030-03-16")
        #expect(found.at("subscriptionPeriod", "type")?.text == "year")
        #expect(found.at("billingPeriod", "type")?.text == "month")
        #expect(found["planId"]?.number != nil)
        #expect(found.at("products", "0", "mpn")?.text == "AUR-365-BP")
        #expect(found.at("products", "0", "quantity")?.number == 25)
        #expect(found.at("products", "0", "unitPrice", "amount")?.text == "20.6")
        #expect(found["totalPrice"] == found.at("products", "0", "extendedPrice"))
        #expect(found.at("totalPrice", "amount")?.text == "515")
        #expect(found.at("totalPrice", "currency")?.text == "EUR")
        #expect(found.at("totalSubscriptionPrice", "amount")?.text == "6180")
        #expect(found.at("orderParameters", "0", "name")?.text == "microsoft_domain")
        #expect(found.at("fulfillmentParameters", "0", "name")?.text == "ms_customer_id")
    }

    @Test func `the other landmark subscriptions are on hold, pending, and ending in five days`() async {
        #expect(await caller.get("/subscriptions/1000918").json["status"]?.text == "hold")
        let pending = await caller.get("/subscriptions/1000919").json
        #expect(pending["status"]?.text == "pending")
        #expect(pending["expirationDate"] == nil)
        let ending = await caller.get("/subscriptions/1000920").json
        #expect(ending["expirationDate"]?.text == "2031-03-09")
        #expect(ending["renewalStatus"] == .bool(false))
        #expect(ending["renewalDate"] == .null)
        let ofCustomer = await caller.get("/subscriptions?customerId=1000412")
        #expect(Set(ofCustomer.ids) == ["1000917", "1000918", "1000919", "1000920"])
    }

    @Test func `list rows are short`() async {
        let rows = await caller.get("/subscriptions?limit=200").rows
        for row in rows {
            #expect(row["products"] == nil && row["totalPrice"] == nil && row["planId"] == nil)
            #expect(row["attributes"] == .object([]))
        }
    }

    @Test func `rows come newest first`() async {
        let days = await caller.get("/subscriptions?limit=1000").rows.compactMap { $0["creationDate"]?.text }
        #expect(days == days.sorted(by: >))
        #expect(days.count == 1_000)
    }

    @Test(arguments: ["pending", "active", "hold", "terminated", "removed"])
    func `a status finds exactly its rows`(status: String) async {
        let all =
            await caller.get("/subscriptions?limit=1000").rows
            + caller.get("/subscriptions?limit=1000&offset=1000").rows
        let expected = all.filter { $0["status"]?.text == status }.compactMap { $0["id"]?.text }
        let found = await caller.get("/subscriptions?limit=1000&status=\(status)")
        #expect(found.total == expected.count)
        #expect(found.total > 0)
        #expect(found.ids == Array(expected.prefix(1_000)))
    }

    @Test func `most subscriptions are active, and dates agree with the status`() async {
        let all = await caller.get("/subscriptions?limit=1000").rows
        #expect(all.count { $0["status"]?.text == "active" } > 700)
        for row in all where row["status"]?.text == "active" {
            #expect((row["expirationDate"]?.text ?? "") > "2031-03-04")
        }
        for row in all where row["status"]?.text == "terminated" {
            #expect((row["expirationDate"]?.text ?? "9") < "2031-03-04")
        }
    }

    @Test func `days bound the list on both ends, included`() async {
        let all = await caller.get("/subscriptions?limit=1000").rows
        let day = all[400]["creationDate"]?.text ?? ""
        let found = await caller.get("/subscriptions?limit=1000&creationDateFrom=\(day)&creationDateTo=\(day)")
        #expect(found.total >= 1)
        #expect(found.rows.allSatisfy { $0["creationDate"]?.text == day })
        #expect(found.total == all.count { $0["creationDate"]?.text == day })
        #expect(await caller.get("/subscriptions?creationDateFrom=04.03.2031").status == 400)
        #expect(await caller.get("/subscriptions?creationDateFrom=2031-03-04&creationDateTo=2030-01-01").total == 0)
    }

    @Test func `customer and status together narrow the list`() async {
        #expect(await caller.get("/subscriptions?customerId=1000412&status=hold").ids == ["1000918"])
        #expect(await caller.get("/subscriptions?customerId=1").total == 0)
    }

    @Test func `every row has a detail that agrees with it, some without products`() async {
        var withoutProducts = 0
        for row in await caller.get("/subscriptions?limit=400").rows {
            let detail = await caller.get("/subscriptions/\(row["id"]?.text ?? "")").json
            for name in row.names { #expect(detail[name] == row[name]) }
            if detail["products"]?.items.isEmpty == true { withoutProducts += 1 }
        }
        #expect(withoutProducts > 0)
    }
}
