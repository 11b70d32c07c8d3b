import Testing

@testable import MarketplaceSandbox

@Suite struct MigrationTests {
    let caller = Caller()

    private func migration(_ more: String) -> String {
        #"{"type":"migration","customerId":"1000412","products":[{"id":"CAT-000002","quantity":3}]\#(more)}"#
    }

    @Test func `a running subscription is migrated with its dates`() async {
        let placed = await caller.post(
            "/orders",
            migration(
                #","autorenewal":false,"startDate":"2030-09-10","migrationDate":"2031-03-01","expirationDate":"2031-09-10","migrationProgram":"count_migration_billing_period""#
            )
        ).json
        #expect(placed["type"]?.text == "migration")
        #expect(placed["startDate"]?.text == "2030-09-10")
        #expect(placed["lastBillingDate"]?.text == "2031-02-10")
        #expect(placed["nextBillingDate"]?.text == "2031-03-10")
        #expect(placed["migrationProgram"]?.text == "count_migration_billing_period")
        caller.clock.advance(by: 2)
        let subscription = await caller.get("/subscriptions/\(placed["subscriptionId"]?.text ?? "")").json
        #expect(subscription["status"]?.text == "active")
        #expect(subscription["expirationDate"]?.text == "2031-09-10")
        #expect(subscription["renewalStatus"] == .bool(false))
    }

    @Test(arguments: [
        (#","startDate":"2031-04-01","migrationDate":"2031-03-01""#, "migrationDate: must not be before startDate"),
        (
            #","startDate":"2029-01-01","expirationDate":"2030-01-01","migrationDate":"2029-02-01""#,
            "expirationDate: must be in the future"
        ),
        (#","startDate":"yesterday""#, "startDate: must be a day (YYYY-MM-DD)"),
        (#","autorenewal":"no""#, "autorenewal: must be true or false"),
    ])
    func `dates that make no sense are 400`(more: String, message: String) async {
        let reply = await caller.post("/orders", migration(more))
        #expect(reply.status == 400)
        #expect(reply.message == message)
    }
}
