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

/// A request that is not done as asked, and what to tell the caller (REFERENCE 13).
struct Refusal: Error, Sendable {
    enum Source: Sendable {
        /// The API itself: its errors name path, time and correlation id.
        case platform
        /// The gateway in front of it: keys, limits, unknown paths.
        case gateway
    }

    var source = Source.platform
    var status: Int
    var message: String
    var headers: [(name: String, value: String)] = []
    var isNotFound = false

    static func badRequest(_ message: String) -> Refusal {
        Refusal(status: 400, message: message)
    }

    static func badParameter(_ name: String) -> Refusal {
        badRequest("Invalid value for parameter \(name)")
    }

    static func missing(_ field: String) -> Refusal {
        badRequest("\(field): must not be empty")
    }

    static let unauthorized = Refusal(status: 401, message: "Unauthorized")

    static let forbidden = Refusal(status: 403, message: "Access to the operation is forbidden")

    /// An id that nothing has. It can answer 400 instead (REFERENCE 16, row 2).
    static let notFound = Refusal(status: 404, message: "No entity has been found", isNotFound: true)

    /// Business rules answer 500 with a text that explains them (REFERENCE 16, row 4).
    static func rule(_ message: String) -> Refusal {
        Refusal(status: 500, message: message)
    }

    static func gateway(_ status: Int, _ message: String) -> Refusal {
        Refusal(source: .gateway, status: status, message: message)
    }

    func answer(_ visit: Visit) -> Answer {
        let milliseconds = Int((visit.seconds - visit.seconds.rounded(.down)) * 1_000)
        let body = JSONWriter.object { json in
            switch source {
            case .gateway:
                json.field("statusCode", status)
                json.field("message", message)
            case .platform:
                json.field("timeStamp", visit.now.text(milliseconds: milliseconds))
                json.field("status", status)
                json.field("message", message)
                json.field("path", visit.target.path)
                json.field("correlationId", visit.correlationID)
            }
        }
        return Answer(status: status, body: body, headers: headers)
    }
}

extension Answer {
    static func object(_ body: (inout JSONWriter) -> Void) -> Answer {
        Answer(body: JSONWriter.object(body))
    }

    /// A page of rows with its place in the whole.
    static func list<Row>(
        _ rows: [Row], total: Int, _ page: (offset: Int, limit: Int), _ each: (inout JSONWriter, Row) -> Void
    ) -> Answer {
        object { json in
            json.array("data", rows) { json, row in
                json.object { each(&$0, row) }
            }
            json.object("pagination") { json in
                json.field("offset", page.offset)
                json.field("limit", page.limit)
                json.field("total", total)
            }
        }
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
        for header in headers + [(name: "X-Correlation-ID", value: correlationID)] {
            guard let name = HTTPField.Name(header.name) else { continue }
            response.headerFields[name] = header.value
        }
        return response
    }
}
