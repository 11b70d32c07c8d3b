import FoundationEssentials
import TerminalSupport
import Testing

/// A marketplace over HTTP, and the real program at it with a state folder of its own.
protocol ServedMarketplace {
    var server: Served { get }
    var plain: PlainHTTP { get }
    var state: String { get }
}

private struct TotalOfPage: Decodable {
    struct Pagination: Decodable { var total: Int }
    var pagination: Pagination
}

extension ServedMarketplace {
    func line(_ command: String, _ changes: [String: String] = [:]) -> String {
        var variables = [
            "SOUK_BASE_URL": server.baseURL, "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api", "SOUK_PASSWORD": "demo",
            "SOUK_SUBSCRIPTION_KEY": String(repeating: "0", count: 32), "XDG_STATE_HOME": state,
        ]
        variables.merge(changes) { $1 }
        return variables.sorted { $0.key < $1.key }.map { "\($0)='\($1)'" }.joined(separator: " ") + " bare " + command
    }

    func run(_ command: String, _ changes: [String: String] = [:]) throws -> TranscriptBlock {
        try TranscriptBlock(command: line(command, changes), columns: nil).played()
    }

    func json(_ command: String) throws -> PrintedJSON { try PrintedJSON(try run(command).output.joined()) }

    /// The intent of a review, which the transcript's own form does not show.
    func intent(_ command: String) throws -> String {
        let file = state + "/review"
        _ = try run("\(command) --json > '\(file)'")
        let review = try PrintedJSON(try String(contentsOfFile: file, encoding: .utf8))
        return try #require(review["intent"]?.text)
    }

    /// Everything that the commands below could have changed.
    func world() throws -> [String] {
        let total = try plain.get("/orders?limit=1", as: TotalOfPage.self).pagination.total
        let customers = try plain.get("/customers?limit=1", as: TotalOfPage.self).pagination.total
        return ["\(total) \(customers)"]
            + (try [
                "/subscriptions/1000917", "/subscriptions/1000918", "/subscriptions/1000920", "/customers/1000412",
                "/customers/1000414", "/orders/1000704",
            ].map { try plain.get($0) })
    }

    func orders() throws -> Int { try plain.get("/orders?limit=1", as: TotalOfPage.self).pagination.total }

    /// The command on a terminal of its own, at that server.
    func terminal(_ server: Served, _ command: String) throws -> PseudoTerminal {
        let line = line(command, ["SOUK_BASE_URL": server.baseURL]).replacing(
            " bare ", with: " '\(`The real program`.program)' ")
        return try PseudoTerminal(running: "/bin/sh", ["-c", "exec env \(line)"], columns: 200, rows: 50)
    }
}
