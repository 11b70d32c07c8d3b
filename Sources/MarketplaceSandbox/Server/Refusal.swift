/// The error that answers a request (REFERENCE 13).
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
