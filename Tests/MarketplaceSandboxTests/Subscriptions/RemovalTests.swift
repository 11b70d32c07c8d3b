import Testing

@testable import MarketplaceSandbox

@Suite struct RemovalTests {
    private static let day = 86_400.0

    /// Clocks leap days here, which no token survives.
    private func caller(_ configure: (inout SandboxConfiguration) -> Void = { _ in }) -> Caller {
        Caller {
            $0.tokenSeconds = 1_000_000_000
            configure(&$0)
        }
    }

    private func status(_ caller: Caller, _ id: String = "1000917") async -> String? {
        await caller.get("/subscriptions/\(id)").json["status"]?.text
    }

    @Test func `a cancelled subscription is terminated, and removed thirty days later`() async {
        let caller = caller()
        _ = await caller.post("/orders", #"{"type":"cancellation","customerId":"1000412","subscriptionId":"1000917"}"#)
        caller.clock.advance(by: 2)
        #expect(await status(caller) == "terminated")
        caller.clock.advance(by: 29 * Self.day)
        #expect(await status(caller) == "terminated")
        caller.clock.advance(by: Self.day)
        #expect(await status(caller) == "removed")
        let detail = await caller.get("/subscriptions/1000917").json
        #expect(detail["lastModifiedDate"]?.text == "2031-04-03")
        #expect(detail["expirationDate"]?.text == "2031-03-04")
        #expect(detail["name"]?.text == "Aurora 365 Business Premium")
    }

    @Test func `a term that is not renewed ends and is removed, also in one leap of the clock`() async {
        let caller = caller()
        #expect(await status(caller, "1000920") == "active")
        caller.clock.advance(by: 100 * Self.day)
        #expect(await status(caller, "1000920") == "removed")
    }

    @Test func `how long it takes can be set`() async {
        let caller = caller { $0.removalDays = 1 }
        _ = await caller.post("/orders", #"{"type":"cancellation","customerId":"1000412","subscriptionId":"1000917"}"#)
        caller.clock.advance(by: 2)
        #expect(await status(caller) == "terminated")
        caller.clock.advance(by: Self.day)
        #expect(await status(caller) == "removed")
    }

    @Test func `the filter by status follows`() async {
        let caller = caller()
        func total(_ status: String) async -> Int {
            await caller.get("/subscriptions?status=\(status)&limit=1").json.at("pagination", "total")?.number ?? -1
        }
        let (terminated, removed) = (await total("terminated"), await total("removed"))
        caller.clock.advance(by: 30 * Self.day)
        let gone = await total("removed") - removed
        #expect(gone > 0)
        // Others have ended meanwhile.
        #expect(await total("terminated") > terminated - gone - 1)
    }
}
