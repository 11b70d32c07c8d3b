import Testing

@testable import MarketplaceSandbox

@Suite struct OrderListTests {
    let caller = Caller()

    @Test func `one order is in error, PF, since three hours`() async {
        let order = await caller.get("/orders/1000705").json
        #expect(order["status"]?.text == "error")
        #expect(order["statusCode"]?.text == "PF")
        #expect(order["orderNumber"]?.text == "SO000705")
        #expect(order["customerId"]?.text == "1000413")
        #expect(order["subscriptionId"]?.text == "1000922")
        #expect(order["creationDate"]?.text == "2031-03-04T09:18:00Z")
        #expect(order["provisioningDate"] == .null)
        #expect(await caller.get("/orders?status=error").ids.contains("1000705"))
    }

    @Test func `one order is processing past its usual time, LO, for Jørgensen & Søn`() async {
        let order = await caller.get("/orders/1000704").json
        #expect(order["status"]?.text == "processing")
        #expect(order["statusCode"]?.text == "LO")
        #expect(order["customerId"]?.text == "1000412")
        #expect(order["subscriptionId"]?.text == "1000919")
        #expect(order["creationDate"]?.text == "2031-03-03T10:30:00Z")
        #expect(await caller.get("/orders?statusCode=LO").ids == ["1000704"])
    }

    @Test func `one change waits for the renewal and shows its new total`() async {
        let order = await caller.get("/orders/1000703").json
        #expect(order["type"]?.text == "change")
        #expect(order["status"]?.text == "processing")
        #expect(order["statusCode"]?.text == "AS")
        #expect(order["scheduledOn"]?.text == "renewal")
        #expect(order["subscriptionId"]?.text == "1000921")
        #expect(order.at("products", "0", "quantity")?.number == 35)
        #expect(await caller.get("/orders?status=processing").ids.contains("1000703"))
    }

    @Test func `list rows have neither purchase order numbers nor products nor prices`() async {
        let expected: Set<String> = [
            "id", "orderNumber", "type", "customerId", "status", "statusCode", "creationDate", "provisioningDate",
        ]
        let rows = await caller.get("/orders?limit=500").rows
        #expect(rows.allSatisfy { Set($0.names) == expected })
    }

    @Test func `orders come newest first`() async {
        let times = await caller.get("/orders?limit=1000").rows.compactMap { $0["creationDate"]?.text }
        #expect(times == times.sorted(by: >))
    }

    @Test func `renewals and cancellations have neither products nor details`() async throws {
        let rows = await caller.get("/orders?limit=1000").rows
        for (type, prefix) in [("renewal", "RN"), ("cancellation", "CL")] {
            let id = try #require(rows.first { $0["type"]?.text == type }?["id"]?.text)
            let order = await caller.get("/orders/\(id)").json
            #expect(order["orderNumber"]?.text?.hasPrefix(prefix) == true)
            #expect(order["products"] == nil && order["details"] == nil)
            #expect(order["subscriptionId"]?.text != nil)
        }
    }

    @Test func `a change shows the signed difference, and its charge the period`() async {
        let reply = await caller.get("/orders/1000702")
        let order = reply.json
        #expect(order.at("products", "0", "quantity")?.number == 5)
        let line = order.at("details", "0")
        #expect(line?["type"]?.text == "recurring")
        #expect(line?["description"]?.text?.contains(" from 20") == true)
        #expect(line?["description"]?.text?.contains(" through 20") == true)
        #expect(line?["quantity"]?.number == 5)
        #expect(reply.text.contains(#""quantity":5.0,"#))
    }

    @Test func `filters find by customer, subscription, number and time`() async {
        let ofCustomer = await caller.get("/orders?customerId=1000412&limit=100")
        #expect(Set(ofCustomer.ids) == ["1000701", "1000702", "1000704", "1000706", "1000707"])
        #expect(await caller.get("/orders?subscriptionId=1000917").ids == ["1000702", "1000701"])
        #expect(await caller.get("/orders?customerId=1000413&subscriptionId=1000917").total == 0)
        #expect(await caller.get("/orders?orderNumber=SO000704").ids == ["1000704"])
        #expect(await caller.get("/orders?orderNumber=CH000704").total == 0)
        let hour = await caller.get("/orders?creationTimeFrom=2031-03-03T10:30:00Z&creationTimeTo=2031-03-03T10:30:00Z")
        #expect(hour.ids == ["1000704"])
        #expect(await caller.get("/orders?creationTimeFrom=yesterday").status == 400)
    }

    @Test func `every order number finds its order`() async {
        for row in await caller.get("/orders?limit=300").rows {
            let number = row["orderNumber"]?.text ?? ""
            #expect(await caller.get("/orders?orderNumber=\(number)").ids == [row["id"]?.text])
        }
    }

    @Test func `orders of a reseller are those of its customers`() async {
        let customers = Set(await caller.get("/resellers/1000101/customers?limit=1000").ids)
        let reply = await caller.get("/resellers/1000101/orders?limit=1000")
        #expect(reply.total > 10)
        #expect(reply.rows.allSatisfy { customers.contains($0["customerId"]?.text ?? "") })
        #expect(await caller.get("/resellers/1000101/orders?customerId=1000412").total == 0)
        #expect(await caller.get("/resellers/1000101/orders?subscriptionId=1000917").total == 0)
        #expect(await caller.get("/resellers/1000100/orders?subscriptionId=1000917").total == 2)
    }

    @Test func `most orders are completed, and each knows its subscription's customer`() async {
        let rows = await caller.get("/orders?limit=300").rows
        #expect(rows.count { $0["status"]?.text == "completed" } > 250)
        for row in rows.prefix(100) {
            let order = await caller.get("/orders/\(row["id"]?.text ?? "")").json
            let subscription = await caller.get("/subscriptions/\(order["subscriptionId"]?.text ?? "")").json
            #expect(subscription["customerId"] == row["customerId"])
            #expect(subscription["creationDate"]?.text ?? "9" <= row["creationDate"]?.text ?? "")
        }
    }
}
