import Marketplace
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `A request as a shell command` {
    private func command(_ method: String, _ path: String) -> String {
        CurlCommand(LoggedExchange(id: 1, at: Stage.start, method: method, path: path, source: .live)).text
    }

    @Test func `has variables where secrets stood`() {
        #expect(
            command("GET", "/orders?customerId=7&offset=0")
                == "curl -sS -X GET \"$SOUK_BASE_URL\"'/orders?customerId=7&offset=0' -H \"Authorization: Bearer "
                + "$SOUK_TOKEN\" -H \"X-Subscription-Key: $SOUK_SUBSCRIPTION_KEY\" -H 'Accept: application/json'")
    }

    @Test func `takes a write's body from a file and signs in with the user`() {
        #expect(command("POST", "/orders").hasSuffix("-H 'Content-Type: application/json' --data @body.json"))
        let signIn = command("POST", "/token")
        #expect(signIn.contains("-u \"$SOUK_USER:$SOUK_PASSWORD\""))
        #expect(!signIn.contains("SOUK_TOKEN"))
        #expect(
            command("GET", "https://files.example/report.json")
                == "curl -sS -X GET 'https://files.example/report.json'")
    }

    @Test func `keeps a path within its quotes`() {
        #expect(command("GET", "/a'$(x)'").contains("'/a'\\''$(x)'\\'''"))
    }
}
