import Testing

@testable import MarketplaceSandbox

@Suite struct SizeTests {
    @Test(arguments: [0, 1, 50]) func `small sandboxes still have their landmarks`(size: Int) async {
        let caller = Caller {
            $0.customers = size
            $0.resellers = size
            $0.subscriptions = size
            $0.orders = size
            $0.products = size
        }
        #expect(await caller.get("/customers/1000415").status == 200)
        #expect(await caller.get("/subscriptions/1000917").status == 200)
        #expect(await caller.get("/orders/1000703").status == 200)
        #expect(await caller.get("/customers").total == max(size, 4))
        #expect(await caller.get("/resellers").total == max(size, 2))
        #expect(await caller.get("/subscriptions").total == max(size, 8))
        #expect(await caller.get("/orders").total == max(size, 10))
    }

    @Test func `another seed gives other rows and the same landmarks`() async {
        let one = Caller()
        let two = Caller { $0.seed = 2 }
        #expect(await one.get("/customers?limit=50").body != two.get("/customers?limit=50").body)
        #expect(await one.get("/customers?limit=4").body == two.get("/customers?limit=4").body)
    }

    @Test func `the same seed and clock give the same marketplace`() async {
        let one = Caller()
        let two = Caller()
        for path in ["/customers?limit=400", "/products?limit=900", "/subscriptions?limit=1000", "/orders?limit=1000"] {
            #expect(await one.get(path).body == two.get(path).body)
        }
    }
}
