import HTTPTypes
import Marketplace
import MarketplaceClient
import Testing

/// Readers that leave at the moment they are notified: neither may wait for the other for ever.
@Suite(.timeLimit(.minutes(30))) struct `Readers that leave` {
    private struct AnsweringTransport: Transport {
        func send(
            _ request: HTTPRequest, body: [UInt8], timeout: Duration
        ) async throws(TransportError) -> (HTTPResponse, [UInt8]) {
            let isSignIn = request.path?.hasSuffix("/token") == true
            let answer = isSignIn ? Examples.token : #"{"id":"9","customerId":"7","status":"processing"}"#
            return (HTTPResponse(status: .ok), Array(answer.utf8))
        }
    }

    @Test func `never hold up those who are notified at the same time`() async {
        let client = Client(
            profile: .test(isReadOnly: true), transport: AnsweringTransport(), clock: ManualClock(),
            journal: MemoryJournal(), pacing: .unlimited)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<400 {
                        let reader = Task { for await _ in client.orders.snapshots(for: "9") {} }
                        let telling = Task { await client.orders.refresh("9") }
                        await Task.yield()
                        reader.cancel()
                        await telling.value
                        await reader.value
                    }
                }
            }
        }
        let last = try? await client.orders.value(for: "9")
        #expect(last?.status == .processing)
    }
}
