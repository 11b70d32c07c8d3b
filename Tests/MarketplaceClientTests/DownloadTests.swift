import HTTPTypes
import Marketplace
import MarketplaceClient
import Synchronization
import Testing

@Suite struct `A report's file` {
    private let transport = StubTransport()
    private let client: Client

    init() { client = Client(profile: .test(), transport: transport, clock: ManualClock()) }

    /// What was handed on of a file.
    private struct Taken: Equatable {
        var start: Int?
        var version: FileVersion?
        var text = ""
        var error: MarketplaceError?
    }

    private func report(_ address: String?) -> Report {
        Report(id: "r", name: "", status: .completed, kind: .daily, format: .csv, download: address.map { Secret($0) })
    }

    private func download(
        _ address: String? = "https://reports.example.invalid/f.csv?sig=fake", after beginning: FileBeginning? = nil
    ) async -> Taken {
        let taken = Mutex(Taken())
        let error = await failure { () async throws(MarketplaceError) in
            try await client.download(report(address), after: beginning) { part in
                taken.withLock { taken in
                    switch part {
                    case .start(let place, let version, _):
                        taken.start = place
                        taken.version = version
                    case .bytes(let bytes): taken.text += String(decoding: bytes, as: UTF8.self)
                    }
                }
                return true
            }
        }
        var result = taken.withLock { $0 }
        result.error = error
        return result
    }

    private static let version = FileVersion(
        entityTag: "\"one\"", lastModified: "Thu, 01 Jan 2026 00:00:00 GMT", length: 6)

    private func headers(_ range: String? = nil, tag: String = "\"one\"", length: String? = nil) -> [String: String] {
        var headers = ["ETag": tag, "Last-Modified": "Thu, 01 Jan 2026 00:00:00 GMT"]
        headers["Content-Range"] = range
        headers["Content-Length"] = length
        return headers
    }

    @Test func `is fetched without token and key, and its address stays out of the log`() async throws {
        transport.expect("GET /f.csv?sig=fake", .answer(200, "abcdef", headers: headers(length: "6")))
        #expect(await download() == Taken(start: 0, version: Self.version, text: "abcdef"))
        #expect(try #require(transport.sent.first?.fields).isEmpty)
        #expect(client.requestLog.map(\.path) == ["https://reports.example.invalid/f.csv"])
        #expect(client.requestLog.map(\.bytes) == [6])
        #expect(client.budget().usedToday == 0)
    }

    @Test func `goes on where its reading was cut, while it is the same`() async throws {
        transport.expect("GET /f.csv?sig=fake", .answer(206, "def", headers: headers("bytes 3-5/6")))
        let taken = await download(after: FileBeginning(bytes: 3, version: Self.version))
        #expect(taken == Taken(start: 3, version: Self.version, text: "def"))
        let fields = try #require(transport.sent.first?.fields)
        #expect(fields[.range] == "bytes=3-" && fields[.ifRange] == "\"one\"")
    }

    @Test func `comes whole from a storage that sends no parts, or has another one now`() async throws {
        transport.expect("GET /f.csv?sig=fake", .answer(200, "ABCDEFG", headers: headers(tag: "\"two\"", length: "7")))
        let taken = await download(after: FileBeginning(bytes: 3, version: Self.version))
        #expect(taken.start == 0 && taken.text == "ABCDEFG" && taken.version?.entityTag == "\"two\"")
    }

    @Test(arguments: [
        (206, "bytes 3-5/6", "\"two\""), (206, "bytes 3-6/7", "\"one\""), (206, "bytes 2-5/6", "\"one\""),
        (206, "nonsense", "\"one\""), (416, "bytes */2", "\"one\""),
    ])
    func `is asked for anew when the part is of another file or from another place`(
        status: Int, range: String, tag: String
    ) async throws {
        transport.expect(
            "GET /f.csv?sig=fake", .answer(status, "xyz", headers: headers(range, tag: tag)),
            .answer(200, "abcdef", headers: headers(length: "6")))
        let taken = await download(after: FileBeginning(bytes: 3, version: Self.version))
        #expect(taken == Taken(start: 0, version: Self.version, text: "abcdef"))
        #expect(transport.sent.map { $0.fields[.range] } == ["bytes=3-", nil])
    }

    @Test func `is asked for anew where nothing would show that it was changed`() async throws {
        transport.expect("GET /f.csv?sig=fake", .answer(200, "abcdef"))
        let taken = await download(after: FileBeginning(bytes: 3, version: FileVersion(length: 6)))
        #expect(taken.start == 0 && taken.text == "abcdef")
        #expect(try #require(transport.sent.first?.fields).isEmpty)
    }

    @Test func `is compared by its day where its tag is a weak one`() async throws {
        transport.expect(
            "GET /f.csv?sig=fake", .answer(200, "abc", headers: headers(tag: "W/\"one\"", length: "3")),
            .answer(206, "c", headers: headers("bytes 2-2/3", tag: "W/\"one\"")))
        let version = try #require(await download().version)
        #expect(version.entityTag == nil)
        #expect(await download(after: FileBeginning(bytes: 2, version: version)).start == 2)
        #expect(transport.sent.last?.fields[.ifRange] == "Thu, 01 Jan 2026 00:00:00 GMT")
    }

    @Test func `that ends before its length is not whole, and a part that nobody asked for is none`() async {
        transport.expect("GET /f.csv?sig=fake", .answer(200, "abc", headers: headers(length: "6")))
        transport.expect("GET /f.csv?sig=fake", .answer(206, "def", headers: headers("bytes 3-5/6")))
        let taken = await download()
        #expect(taken.text == "abc")
        #expect(taken.error == .unreachable(host: "reports.example.invalid", reason: "the file ended early"))
        guard case .unreadable = await download().error else { return #expect(Bool(false)) }
    }

    @Test func `that is gone, forbidden or nowhere says so`() async {
        transport.expect("GET /f", .answer(404, "<xml/>"), .answer(403, "<xml/>"))
        #expect(await download("https://x.invalid/f").error == .notFound(what: "file of report r", correlationID: nil))
        guard case .forbidden = await download("https://x.invalid/f").error else { return #expect(Bool(false)) }
        #expect(await download(nil).error == .notFound(what: "file of report r", correlationID: nil))
        for address in ["ftp://x/f", "x", "https://a b/f", "https://u:p@host/f"] {
            guard case .unreachable = await download(address).error else { return #expect(Bool(false)) }
        }
        #expect(transport.sent.count == 2)
    }
}
