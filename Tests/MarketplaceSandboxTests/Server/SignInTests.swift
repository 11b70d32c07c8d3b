import HTTPTypes
import Testing

@testable import MarketplaceSandbox

@Suite struct SignInTests {
    let caller = Caller()

    @Test func `the right password, key and marketplace give a token for 25 minutes`() async {
        let reply = await caller.signIn()
        #expect(reply.status == 200)
        #expect(reply.json["token"]?.text?.isEmpty == false)
        #expect(reply.json["expiresInSeconds"]?.number == 1_500)
    }

    @Test func `a wrong password is 401`() async {
        let reply = await caller.signIn(password: "wrong")
        #expect(reply.status == 401)
        #expect(reply.message == "Unauthorized")
        #expect(reply.json["path"]?.text == "/token")
    }

    @Test func `a wrong marketplace is 400 and named`() async {
        let reply = await caller.signIn(marketplace: "atlantis")
        #expect(reply.status == 400)
        #expect(reply.message == "Unknown marketplace: atlantis")
    }

    @Test func `a missing marketplace is 400`() async {
        let reply = await caller.signIn(marketplace: nil)
        #expect(reply.status == 400)
        #expect(reply.message.hasPrefix("marketplace:"))
    }

    @Test func `a missing key is the gateway's 401`() async throws {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("X-Subscription-Key"))] = ""
        let reply = await caller.raw(.get, "/marketplace/us/customers", headers)
        #expect(reply.status == 401)
        #expect(reply.json.names == ["statusCode", "message"])
        #expect(reply.message.contains("missing subscription key"))
    }

    @Test func `a wrong key is the gateway's 401`() async throws {
        var headers = HTTPFields()
        headers[try #require(HTTPField.Name("X-Subscription-Key"))] = "1234"
        let reply = await caller.raw(.post, "/marketplace/us/token", headers)
        #expect(reply.status == 401)
        #expect(reply.message.contains("invalid subscription key"))
    }

    @Test(arguments: ["", "Bearer", "Bearer nonsense", "Bearer a.b.c", "Basic ZGVtby5hcGk6ZGVtbw=="])
    func `what is no token is 401`(header: String) async {
        var headers = HTTPFields()
        headers[.authorization] = header
        let reply = await caller.raw(.get, "/marketplace/us/customers", headers)
        #expect(reply.status == 401)
    }

    @Test func `a token ends after its time, and a new one works`() async {
        #expect(await caller.get("/customers").status == 200)
        caller.clock.advance(by: 1_499)
        #expect(await caller.get("/customers").status == 200)
        caller.clock.advance(by: 1)
        let late = await caller.get("/customers")
        #expect(late.status == 401)
        #expect(late.json["path"]?.text == "/customers")
        #expect(await Caller(caller, user: "demo.api").get("/customers").status == 200)
    }

    @Test func `a new token does not end the one before`() async {
        #expect(await caller.get("/customers").status == 200)
        caller.clock.advance(by: 5)
        _ = await caller.signIn()
        #expect(await caller.get("/customers").status == 200)
    }
}
