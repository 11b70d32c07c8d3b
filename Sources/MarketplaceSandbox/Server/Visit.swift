import FoundationEssentials
import HTTPTypes

/// A request as it came in, with its time and its correlation id.
struct Visit: Sendable {
    var request: HTTPRequest
    var body: [UInt8]
    var target: Target
    var correlationID: String
    /// Seconds since 1970 with their fraction.
    var seconds: Double
    /// Rows that have come in at the top of lists, where a fault says so.
    var shift = 0

    init(_ request: HTTPRequest, _ body: [UInt8], clock: Date, number: Int, seed: UInt64) {
        var dice = Dice(seed: seed, .correlation, number)
        self.request = request
        self.body = body
        target = Target(request.path ?? "/")
        correlationID = "a8n-" + dice.uuid()
        seconds = clock.timeIntervalSince1970
    }

    var now: Moment { Moment(seconds: Int64(seconds.rounded(.down))) }

    /// Where the caller reached the sandbox, as in `http://127.0.0.1:8787`.
    var origin: String {
        (request.scheme ?? "http") + "://" + (request.authority ?? "127.0.0.1")
    }
}

/// A request's target taken apart: the path below `/marketplace/{region}`, and the query.
struct Target: Sendable {
    /// As error bodies quote it: without base path, with a leading slash.
    var path: String
    /// All segments of the path, the base path included.
    var all: [String]
    /// Nil when the target is not below the base path.
    var segments: [String]?
    var query: Query

    init(_ target: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        all = parts[0].split(separator: "/").map { Percent.decoded($0) }
        query = Query(parts.dropFirst().first ?? "")
        if all.count >= 2, all[0] == "marketplace" {
            let below = Array(all.dropFirst(2))
            segments = below
            path = "/" + below.joined(separator: "/")
        } else {
            segments = nil
            path = String(parts[0])
        }
    }
}
