import Testing

@testable import MarketplaceSandbox

/// The sandbox over HTTP, as any program meets it.
@Suite(.timeLimit(.minutes(5))) struct `The served sandbox` {
    private static let list = "/marketplace/us/orders?limit=100"
    /// The status line and headers of answers name the time of the sandbox's own clock.
    private static let date = "Tue, 04 Mar 2031 12:30:00 GMT"

    @Test func `answers in gzip when asked, with the same rows`() async throws {
        try await Served.run { served in
            let plain = try await served.get(Self.list)
            let packed = try await served.get(Self.list, "Accept-Encoding: deflate, gzip")
            #expect(packed["content-encoding"] == "gzip")
            #expect(packed["vary"] == "Accept-Encoding")
            #expect(plain["vary"] == "Accept-Encoding")
            #expect(packed["content-length"] == "\(packed.body.count)")
            #expect(packed.body.count < plain.body.count / 5)
            #expect(try packed.unpacked() == plain.body)
        }
    }

    @Test(arguments: [
        "", "Accept-Encoding: gzip;q=0", "Accept-Encoding: identity", "Accept-Encoding: deflate, br",
    ])
    func `answers plainly when gzip is not asked for`(header: String) async throws {
        try await Served.run { served in
            let answer = try await served.get(Self.list, header)
            #expect(answer["content-encoding"] == nil)
            #expect(answer["content-length"] == "\(answer.body.count)")
            #expect(answer.body.starts(with: Array(#"{"data":[{"id":"#.utf8)))
        }
    }

    @Test(arguments: [
        ("subscriptions", "1000917", #"{"attributes":{"costCentre":"42"}}"#, "costCentre"),
        ("subscriptions", "1000917", #"{"renewalStatus":false}"#, #""renewalDate":null"#),
        ("customers", "1000412", #"{"externalId":"CRM-NEW"}"#, "CRM-NEW"),
    ])
    func `a list shows a row as it was changed`(list: String, id: String, change: String, wanted: String) async throws {
        func row(_ served: Served) async throws -> String {
            let text = String(decoding: try await served.get("/marketplace/us/\(list)?limit=1000").body, as: UTF8.self)
            let start = try #require(text.firstRange(of: #"{"id":"\#(id)""#)?.lowerBound)
            let rest = text[start...]
            return String(rest[..<(rest.firstRange(of: #"},{"id""#)?.lowerBound ?? rest.endIndex)])
        }
        try await Served.run { served in
            #expect(!(try await row(served)).contains(wanted))
            let patch = served.request(
                "/marketplace/us/\(list)/\(id)", "Connection: close", method: "PATCH", length: change.utf8.count)
            let answer = try PlainAnswer(try await served.send(patch + change))
            #expect(answer.status == 200)
            #expect(try await row(served).contains(wanted))
        }
    }

    @Test func `a short answer is not compressed`() async throws {
        try await Served.run { served in
            let answer = try await served.get("/marketplace/us/orders?limit=1", "Accept-Encoding: gzip")
            #expect(answer["content-encoding"] == nil && answer["vary"] == nil)
        }
    }

    @Test(arguments: [("truncate 100", 100), ("reset 100", 100), ("slow 0.001", nil), ("cut 2000", nil)])
    func `faults of the connection count plain bytes`(fault: String, count: Int?) async throws {
        try await Served.run("GET /orders: \(fault)") { served in
            let answer = try await served.get(Self.list, "Accept-Encoding: gzip")
            guard fault != "cut 2000" else {
                #expect(try answer.unpacked().count == 2_000)
                return
            }
            #expect(answer["content-encoding"] == nil)
            // What a reset leaves unread is lost, so it may be less.
            if let count { #expect(answer.body.count <= count) }
            #expect(answer.body.isEmpty || answer.body.first == UInt8(ascii: "{"))
        }
    }

    @Test func `a broken gzip is sent as it is`() async throws {
        try await Served.run("GET /orders: gzip-broken") { served in
            let answer = try await served.get(Self.list, "Accept-Encoding: gzip")
            #expect(answer["content-encoding"] == "gzip")
            #expect(answer.body.count == 75)
        }
    }

    @Test func `the date is that of the sandbox's clock`() async throws {
        try await Served.run { served in
            let answer = try await served.get(Self.list)
            #expect(answer["date"] == Self.date)
        }
    }

    @Test func `HEAD has the headers of an answer and no body`() async throws {
        try await Served.run { served in
            let answer = try await served.get(Self.list, method: "HEAD")
            #expect(answer.status == 405)
            #expect(answer["content-length"] != nil && answer["content-length"] != "0")
            #expect(answer.body.isEmpty)
        }
    }

    @Test func `requests that come together are answered in their order on one connection`() async throws {
        try await Served.run { served in
            let first = served.request("/marketplace/us/orders?limit=1")
            let second = served.request("/marketplace/us/customers?limit=1", "Connection: close")
            let text = String(decoding: try await served.send(first + second), as: UTF8.self)
            let order = try #require(text.firstRange(of: #""orderNumber""#))
            let customer = try #require(text.firstRange(of: #""contactPersons""#))
            #expect(order.lowerBound < customer.lowerBound)
            #expect(text.ranges(of: "HTTP/1.1 200 OK\r\n").count == 2)
        }
    }

    @Test(arguments: [("HTTP/1.1", "Connection: close"), ("HTTP/1.0", "Accept: */*")])
    func `a connection ends after the last answer`(version: String, header: String) async throws {
        try await Served.run { served in
            let request = served.request(Self.list, header).replacing("HTTP/1.1", with: version)
            let answer = try PlainAnswer(try await served.send(request))
            #expect(answer.status == 200 && answer["connection"] == "close")
        }
    }

    @Test func `who sends no more still gets the answer`() async throws {
        try await Served.run { served in
            let answer = try PlainAnswer(try await served.send(served.request(Self.list), closesOutput: true))
            #expect(answer.status == 200)
        }
    }

    @Test func `leave is given before a body that waits for it`() async throws {
        try await Served.run { served in
            let head = served.request("/marketplace/us/orders", "Expect: 100-continue", method: "POST", length: 2)
            let text = String(decoding: try await served.send(head + "{}", closesOutput: true), as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 100 Continue\r\n"))
            #expect(text.contains("HTTP/1.1 400 Bad Request\r\n"))
            #expect(text.contains("customerId"))
        }
    }

    @Test func `a body that is too long is refused in the gateway's words, and the next request is taken`() async throws
    {
        try await Served.run { served in
            let count = (1 << 20) + 100_000
            let long = served.request("/marketplace/us/orders", method: "POST", length: count)
            let text = String(
                decoding: try await served.send(
                    long + String(repeating: "x", count: count) + served.request(Self.list, "Connection: close")),
                as: UTF8.self)
            #expect(text.hasPrefix("HTTP/1.1 413 "))
            #expect(text.contains("Request body is too large"))
            #expect(text.contains("HTTP/1.1 200 OK\r\n"))
        }
    }

    @Test func `what is no HTTP is a bad request`() async throws {
        try await Served.run { served in
            let answer = try PlainAnswer(try await served.send("How do you do?\r\n\r\n"))
            #expect(answer.status == 400 && answer["connection"] == "close")
        }
    }

    @Test func `a target may name the host`() async throws {
        try await Served.run { served in
            let answer = try await served.get("http://127.0.0.1\(Self.list)")
            #expect(answer.status == 200)
        }
    }

    @Test func `a port has one server`() async throws {
        try await Served.run { served in
            await #expect(throws: SandboxServer.Failure.portInUse(served.port)) {
                try await SandboxServer.run(Sandbox(), port: served.port) { _ in }
            }
            await #expect(throws: SandboxServer.Failure.invalidPort(65_536)) {
                try await SandboxServer.run(Sandbox(), port: 65_536) { _ in }
            }
        }
    }

    @Test func `the end comes although somebody waits for an answer`() async throws {
        try await Served.run("GET /orders: delay 3600") { served in
            async let answer = served.get(Self.list)
            await served.waitsForAnswer()
            served.stop()
            _ = try? await answer
        }
    }
}

@Suite struct `Accept-Encoding` {
    @Test(arguments: [
        "gzip", "x-gzip", "deflate, gzip", "gzip, deflate, br", "GZIP", "gzip;q=0.1", "gzip; q=0.5 , br;q=1", "*",
        "*;q=0.3", "identity;q=0.5, gzip;q=0.5", "br, *;q=0, gzip;q=1",
    ])
    func `takes gzip`(header: String) {
        #expect(Negotiation.takesGzip(Self.codings(header)))
    }

    @Test(arguments: [
        "", "identity", "deflate", "br", "gzip;q=0", "gzip; q=0.000", "*;q=0", "*;q=1, gzip;q=0", "gzip;q=x",
        "gzip;q=0.2, identity;q=0.8", "gzipped",
    ])
    func `does not take gzip`(header: String) {
        #expect(!Negotiation.takesGzip(Self.codings(header)))
    }

    private static func codings(_ header: String) -> [Substring] { header.split(separator: ",") }
}
