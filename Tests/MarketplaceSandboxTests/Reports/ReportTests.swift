import HTTPTypes
import Testing

@testable import MarketplaceSandbox

@Suite struct ReportTests {
    let caller = Caller()

    /// Fetches a file as a browser would: without any header of the API.
    private func download(_ url: String?, _ headers: HTTPFields = [:]) async -> Reply {
        let path = url?.split(separator: "127.0.0.1").last.map(String.init) ?? "/"
        var request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1", path: path)
        request.headerFields = headers
        let (response, body) = await caller.sandbox.respond(to: request, body: [])
        return Reply(response, body)
    }

    @Test func `all reports come at once, newest first, in capital letters`() async {
        let reply = await caller.get("/reports?offset=5&limit=2")
        #expect(reply.rows.count == reply.total)
        #expect(reply.json.at("pagination", "offset")?.number == 0)
        #expect(reply.json.at("pagination", "limit")?.number == reply.total)
        #expect(Set(reply.rows.compactMap { $0["format"]?.text }) == ["JSON", "CSV", "XML", "XLSX"])
        let times = reply.rows.compactMap { $0["creationDate"]?.text }
        #expect(times == times.sorted(by: >))
        #expect(Set(reply.ids).count == reply.total)
        let oldest = reply.rows.last
        #expect(oldest?["status"]?.text == "completed")
        #expect(oldest?["downloadUrl"] == nil, "files are kept 90 days")
    }

    @Test(arguments: [
        ("format=json", "format", "JSON"), ("format=XLSX", "format", "XLSX"), ("status=error", "status", "error"),
        ("type=on_invoice", "type", "on_invoice"), ("name=monthly", "name", "Monthly Report"),
    ])
    func `filters hold for every row`(query: String, field: String, value: String) async {
        let reply = await caller.get("/reports?" + query)
        #expect(reply.total > 0)
        #expect(reply.rows.allSatisfy { $0[field]?.text == value })
    }

    @Test func `days bound the list on both ends`() async {
        let rows = await caller.get("/reports?from=2031-02-01&to=2031-02-02&type=daily").rows
        #expect(rows.compactMap { $0["creationDate"]?.text } == ["2031-02-02T00:05:00Z", "2031-02-01T00:05:00Z"])
    }

    @Test(arguments: [
        "format=pdf", "status=done", "type=weekly", "from=2031-13-01", "limit=0", "status=error,completed",
    ])
    func `filters that make no sense are 400`(query: String) async {
        #expect(await caller.get("/reports?" + query).status == 400)
    }

    @Test func `a report is scheduled, then made, then can be read`() async {
        let body =
            #"{"name":"January","format":"csv","startDate":"2031-01-01T00:00:00Z","endDate":"2031-01-31T23:59:59Z"}"#
        let placed = await caller.post("/reports", body).json
        #expect(placed["status"]?.text == "submitted")
        #expect(placed["type"]?.text == "onetime")
        #expect(placed["format"]?.text == "CSV")
        #expect(placed["downloadUrl"] == nil)
        let id = placed["id"]?.text ?? ""
        caller.clock.advance(by: 1)
        #expect(await caller.get("/reports/\(id)").json["status"]?.text == "processing")
        caller.clock.advance(by: 1)
        let done = await caller.get("/reports/\(id)").json
        #expect(done["status"]?.text == "completed")
        #expect(await caller.get("/reports").ids.first == id)
        let file = await download(done["downloadUrl"]?.text)
        #expect(file.status == 200)
        #expect(file.headers[.contentType] == "text/csv")
        let lines = file.text.split(separator: "\r\n")
        #expect(lines.first?.hasPrefix("orderNumber,type,status,creationDate,") == true)
        let wanted = await caller.get(
            "/orders?creationTimeFrom=2031-01-01T00:00:00Z&creationTimeTo=2031-01-31T23:59:59Z"
        ).total
        #expect(lines.count == wanted + 1)
    }

    @Test(arguments: ["json", "csv", "xml", "xlsx"])
    func `files come in every format`(format: String) async {
        let report = await caller.get("/reports?format=\(format)").rows.first
        let file = await download(report?["downloadUrl"]?.text)
        #expect(file.status == 200)
        switch format {
        case "json": #expect(file.json.items.allSatisfy { $0["orderNumber"] != nil })
        case "xml": #expect(file.text.hasSuffix("</report>\n"))
        case "xlsx": #expect(file.body.starts(with: [0x50, 0x4B, 3, 4]))
        default: #expect(file.text.hasPrefix("orderNumber"))
        }
    }

    @Test func `a file is served from a place on, as long as it is the same`() async throws {
        let url = await caller.get("/reports?format=csv").rows.first?["downloadUrl"]?.text
        let whole = await download(url)
        let tag = try #require(whole.headers[.eTag])
        let count = whole.body.count
        #expect(whole.status == 200 && whole.headers[.acceptRanges] == "bytes" && count > 20)
        func part(_ range: String, _ condition: String? = nil) async -> Reply {
            var headers = HTTPFields()
            headers[.range] = range
            headers[.ifRange] = condition
            return await download(url, headers)
        }
        let rest = await part("bytes=10-", tag)
        #expect(rest.status == 206 && rest.body == Array(whole.body.dropFirst(10)))
        #expect(rest.headers[.contentRange] == "bytes 10-\(count - 1)/\(count)")
        #expect(await part("bytes=2-3", whole.headers[.lastModified]).body == Array(whole.body[2...3]))
        #expect(await part("bytes=10-", "\"other\"").body == whole.body)
        #expect(await part("bytes=1-2,4-5").status == 200)
        let beyond = await part("bytes=\(count)-")
        #expect(beyond.status == 416 && beyond.headers[.contentRange] == "bytes */\(count)")
        await caller.sandbox.setFaults([try FaultRule(fault: "GET /rde/*/*: ignored-range first 1")])
        let ignored = await part("bytes=10-", tag)
        #expect(ignored.status == 200 && ignored.body == whole.body)
        #expect(await part("bytes=10-", tag).status == 206)
    }

    @Test func `the URL works without the API's headers only, and only for its time`() async throws {
        let url = await caller.get("/reports?type=daily").rows.first?["downloadUrl"]?.text
        var headers = HTTPFields()
        headers[.authorization] = "Bearer token"
        #expect(await download(url, headers).status == 403)
        headers = HTTPFields()
        headers[try #require(HTTPField.Name("X-Subscription-Key"))] = String(repeating: "0", count: 32)
        #expect(await download(url, headers).status == 403)
        #expect(await download(url?.replacing("sig=", with: "sig=0")).status == 403)
        #expect(await download(url?.replacing("provider", with: "1000100")).status == 403)
        #expect(await download("127.0.0.1/rde/x?se=1&sig=1").status == 404)
        caller.clock.advance(by: 3_599)
        #expect(await download(url).status == 200)
        caller.clock.advance(by: 1)
        let late = await download(url)
        #expect(late.status == 403)
        #expect(late.text.contains("not valid in the specified time frame"))
    }

    @Test func `each reseller has reports of its own`() async {
        let reseller = Caller(caller, user: "reseller.api")
        let own = await reseller.get("/reports").ids
        #expect(Set(own).isDisjoint(with: await caller.get("/reports").ids))
        #expect(await caller.get("/reports/\(own.first ?? "")").status == 404)
        let url = await reseller.get("/reports?type=monthly").rows.first?["downloadUrl"]?.text
        #expect(await download(url).status == 200)
    }

    @Test(arguments: [
        (#"{"startDate":"2031-01-01T00:00:00Z"}"#, "name: must not be empty"),
        (#"{"name":"x"}"#, "startDate: must not be empty"),
        (#"{"name":"x","startDate":"2031-01-01"}"#, "startDate: must be a time (ISO 8601 with an offset)"),
        (#"{"name":"x","startDate":"2031-01-01T00:00:00Z","format":"pdf"}"#, "format: must be one of"),
        (#"{"name":"x","startDate":"2031-01-01T00:00:00Z","format":"unknown"}"#, "format: must be one of"),
        (
            #"{"name":"x","startDate":"2031-01-02T00:00:00Z","endDate":"2031-01-01T00:00:00Z"}"#,
            "endDate: must not be before startDate"
        ),
    ])
    func `bad input is 400 and names the field`(body: String, message: String) async {
        let reply = await caller.post("/reports", body)
        #expect(reply.status == 400)
        #expect(reply.message.hasPrefix(message), "\(reply.message)")
    }
}
