import ClientSupport
import HTTPTypes
import Marketplace
import MarketplaceClient
import Testing

/// TLS with authorities of our own. The certificates beside this file are good until 2120; `expired.pem` ended in 2020,
/// `other-host.pem` is for api.example. `authority.pem` signed all of them, `stranger.pem` none.
@Suite(.timeLimit(.minutes(30))) struct `Certificates` {
    private static func path(_ name: String) -> String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/Certificates/\(name).pem"
    }

    private static func serve(_ certificate: String) async throws -> LoopbackServer {
        try await LoopbackServer.start(
            LoopbackServer.Identity(certificate: path(certificate), key: path("server-key")),
            answer: { line in LoopbackServer.answer(line.hasPrefix("POST") ? Examples.token : Examples.order) })
    }

    private static func client(
        _ server: LoopbackServer, host: String = "127.0.0.1", trusting authority: String?, clock: ManualClock
    ) throws -> Client {
        let roots = try TrustRoots(additional: authority.map(path), environment: [:])
        return Client(
            profile: .test(baseURL: "https://\(host):\(server.port)/marketplace/us"),
            transport: UnhurriedTransport(HTTPTransport(trust: roots)), clock: clock, pacing: .unlimited)
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func `the authority of the extra file is trusted`(host: String) async throws {
        let server = try await Self.serve("server")
        let client = try Self.client(server, host: host, trusting: "authority", clock: ManualClock())
        #expect(try await client.orders.value(for: "1000701").number == "SO000012")
    }

    @Test(arguments: [
        ("server", nil, "it has expired"), ("server", "stranger", "it has expired"),
        ("expired", "authority", "it has expired"), ("other-host", "authority", "it is for another host"),
    ])
    func `a certificate that is not trusted ends the call at once, and nothing was sent`(
        certificate: String, authority: String?, words: String
    ) async throws {
        let server = try await Self.serve(certificate)
        let clock = ManualClock()
        let client = try Self.client(server, trusting: authority, clock: clock)
        let error = await failure { () async throws(MarketplaceError) in try await client.orders.value(for: "1000701") }
        guard case .untrusted(let host, let reason) = error else {
            Issue.record("not told as untrusted: \(String(describing: error))")
            return
        }
        #expect(host == "127.0.0.1:\(server.port)")
        #expect(reason.contains(words))
        #expect(error?.message.contains("certificate") == true)
        // One connection, no request, no second try.
        #expect(clock.sleeps == [])
        #expect(await server.event() == .connected)
        #expect(await server.event() == .disconnected(after: nil))
        server.stop()
        #expect(await server.event() == nil)
    }

    @Test func `a write to a host that is not trusted was surely not sent`() async throws {
        let server = try await Self.serve("server")
        let client = try Self.client(server, trusting: nil, clock: ManualClock())
        let error = await failure { () async throws(MarketplaceError) in try await client.place(.sample) }
        guard case .untrusted = error else {
            Issue.record("not told as untrusted: \(String(describing: error))")
            return
        }
    }
}
