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

    init(
        _ request: HTTPRequest, _ body: [UInt8], _ target: Target, clock: Date, number: Int, seed: UInt64
    ) {
        var dice = Dice(seed: seed, .correlation, number)
        self.request = request
        self.body = body
        self.target = target
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
    /// All segments of the path, the base path included.
    var all: [String]
    /// Nil when the target is not below the base path.
    var segments: [String]?
    var query: Query
    /// The whole target as it came.
    let text: String

    /// As error bodies quote it: without base path, with a leading slash.
    var path: String { segments.map { "/" + $0.joined(separator: "/") } ?? String(text.prefix { $0 != "?" }) }

    init(_ text: String) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        all = parts[0].split(separator: "/").map { Percent.decoded($0) }
        query = Query(parts.dropFirst().first ?? "")
        segments = all.count >= 2 && all[0] == "marketplace" ? Array(all.dropFirst(2)) : nil
        self.text = text
    }
}
