import HTTPTypes

/// What the sandbox sends back.
struct Answer: Sendable {
    enum Content: String, Sendable {
        case json = "application/json"
        case html = "text/html"
        case xml = "application/xml"
        case csv = "text/csv"
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    }

    var status = 200
    var content = Content.json
    var body: [UInt8]
    /// Headers besides content type, length and correlation id.
    var headers: [(name: String, value: String)] = []
    /// Seconds to let the caller wait.
    var delay: Double = 0
}

extension Answer {
    static func object(_ body: (inout JSONWriter) -> Void) -> Answer {
        Answer(body: JSONWriter.object(body))
    }

    /// A page of rows with its place in the whole.
    static func list<Row>(
        _ rows: [Row], total: Int, _ page: (offset: Int, limit: Int), _ each: (inout JSONWriter, Row) -> Void
    ) -> Answer {
        Answer(body: self.page(rows, total: total, page) { json, row in json.object { each(&$0, row) } })
    }

    /// The same of rows that may have been written before.
    static func list(
        _ places: [Int], total: Int, _ page: (offset: Int, limit: Int), kept: WrittenRows,
        _ each: (inout JSONWriter, Int) -> Void
    ) -> Answer {
        Answer(body: kept.page(places, total: total, page, each))
    }

    /// The bytes of a page.
    static func page<Row>(
        _ rows: [Row], total: Int, _ page: (offset: Int, limit: Int), _ write: (inout JSONWriter, Row) -> Void
    ) -> [UInt8] {
        var json = JSONWriter(capacity: 512 * rows.count)
        json.object { json in
            json.array("data", rows, write)
            json.object("pagination") { json in
                json.field("offset", page.offset)
                json.field("limit", page.limit)
                json.field("total", total)
            }
        }
        return json.bytes
    }

    /// What the proxy says when the platform takes too long: a page of HTML (REFERENCE 10.5).
    static func gatewayTimeout(after seconds: Double) -> Answer {
        var answer = page(504)
        answer.delay = seconds
        return answer
    }

    /// A page of HTML with a status, as proxies send it.
    static func page(_ status: Int) -> Answer {
        let title = "\(status) \(reason(status))"
        let page = """
            <html>\r
            <head><title>\(title)</title></head>\r
            <body>\r
            <center><h1>\(title)</h1></center>\r
            <hr><center>nginx</center>\r
            </body>\r
            </html>\r

            """
        return Answer(status: status, content: .html, body: Array(page.utf8))
    }

    /// The words of a status, as servers write them.
    static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 409: "Conflict"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        case 503: "Service Temporarily Unavailable"
        case 504: "Gateway Time-out"
        default: status < 400 ? "Welcome" : "Error"
        }
    }

    func response(correlationID: String) -> HTTPResponse {
        var response = HTTPResponse(status: .init(code: status))
        response.headerFields[.contentType] = content.rawValue
        for header in headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            response.headerFields[name] = header.value
        }
        response.headerFields[.correlationID] = correlationID
        return response
    }
}
