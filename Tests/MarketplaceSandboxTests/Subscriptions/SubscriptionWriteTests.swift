import Testing

@testable import MarketplaceSandbox

@Suite struct SubscriptionWriteTests {
    let caller = Caller()

    private func patch(_ body: String, _ id: String = "1000917") async -> Reply {
        await caller.send(.patch, "/subscriptions/\(id)", body)
    }

    @Test func `automatic renewal can be switched off and on`() async {
        let off = await patch(#"{"renewalStatus":false}"#).json
        #expect(off["renewalStatus"] == .bool(false))
        #expect(off["renewalDate"] == .null)
        #expect(off["lastModifiedDate"]?.text == "2031-03-04")
        #expect(await patch(#"{"renewalStatus":true}"#).json["renewalDate"]?.text == "2031-03-14")
    }

    @Test func `attributes are replaced`() async {
        let json = await patch(#"{"attributes":{"costCentre":"42"}}"#).json
        #expect(json.at("attributes", "costCentre")?.text == "42")
        #expect(
            await caller.get("/subscriptions?customerId=1000412").rows.contains {
                $0["attributes"] == json["attributes"]
            })
    }

    @Test func `a special price counts from then on, in tiers where it has some`() async {
        let body = #"""
            {"products":[{"mpn":"AUR-365-BP","unitPrice":{"currency":"EUR","amount":"20","priceTiers":[
             {"lowerLimit":"30","amount":"18"},{"lowerLimit":"10","amount":"19.5"}]},
             "unitProviderCost":{"currency":"EUR","amount":"11"}}]}
            """#
        let json = await caller.post("/subscriptions/1000917/specialPricing", body).json
        #expect(json.at("products", "0", "unitPrice", "amount")?.text == "20")
        #expect(json.at("products", "0", "unitPrice", "priceTiers", "0", "lowerLimit")?.text == "10")
        #expect(json.at("products", "0", "unitProviderCost", "amount")?.text == "11")
        #expect(json.at("totalPrice", "amount")?.text == "487.5")
        let renewal = #"{"type":"renewal","customerId":"1000412","subscriptionId":"1000917"}"#
        #expect(await caller.post("/orders/estimate", renewal).json.at("total", "amount")?.text == "487.5")
        #expect(
            await patch(#"{"products":[{"id":"CAT-000002","unitCost":{"currency":"EUR","amount":"1"}}]}"#).json
                .at("products", "0", "unitCost", "amount")?.text == "1")
    }

    @Test(arguments: [
        (#"{"renewalStatus":"yes"}"#, "renewalStatus: must be true or false"),
        (#"{"products":{}}"#, "products: must be a list"),
        (
            #"{"products":[{"unitPrice":{"currency":"EUR","amount":"1"}}]}"#,
            "products[0].mpn: must not be empty unless id is given"
        ),
        (
            #"{"products":[{"mpn":"FAIL-1","unitPrice":{"currency":"EUR","amount":"1"}}]}"#,
            "products[0]: Product FAIL-1 is not in Subscription #1000917"
        ),
        (
            #"{"products":[{"mpn":"AUR-365-BP"}]}"#,
            "products[0].unitPrice: must be there unless unitCost or unitProviderCost is"
        ),
        (
            #"{"products":[{"mpn":"AUR-365-BP","unitPrice":{"currency":"USD","amount":"1"}}]}"#,
            "products[0].unitPrice.currency: must be EUR, the currency of the account"
        ),
        (
            #"{"products":[{"mpn":"AUR-365-BP","unitPrice":{"currency":"EUR","amount":1}}]}"#,
            "products[0].unitPrice.amount: must be a decimal number in text"
        ),
        (
            #"{"products":[{"mpn":"AUR-365-BP","unitPrice":{"currency":"EUR","amount":"-1"}}]}"#,
            "products[0].unitPrice.amount: must be an amount of 0 or more with at most four decimals"
        ),
    ])
    func `bad input is 400 and names the field`(body: String, message: String) async {
        let reply = await patch(body)
        #expect(reply.status == 400)
        #expect(reply.message == message)
    }

    @Test func `what has ended cannot be renewed again`() async {
        let ended = await caller.get("/subscriptions?status=terminated&limit=1").ids.first ?? ""
        #expect(await patch(#"{"renewalStatus":true}"#, ended).status == 500)
        #expect(await patch("{}", "1").status == 404)
        #expect(
            await caller.post("/subscriptions/1000917/specialPricing", "{}").message == "products: must not be empty")
    }
}
