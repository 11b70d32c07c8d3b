import Marketplace

/// How much is read, and how much of it a filter lets pass, as the head of every view says it.
enum ExtentWords {
    /// A column in a sentence.
    static func title(ofColumn name: String) -> String {
        switch name {
        case "mpn": "MPN"
        case "po": "PO number"
        default: name
        }
    }

    /// `1,180 of 1,500 subscriptions read`, `MPN of 36 of 1,500 read`, `rate of 36 read`.
    /// - Parameters:
    ///   - all: How many there are, where that is said.
    ///   - values: What was read of them; nothing where it is the rows themselves.
    ///   - what: The rows.
    static func read(_ count: Int, among all: Int? = nil, of values: String = "", what: String = "") -> String {
        (values.isEmpty ? "" : "\(values) of ") + grouped(count) + (all.map { " of \(grouped($0))" } ?? "")
            + (what.isEmpty ? "" : " \(what)") + " read"
    }

    /// `12 match of 1,500`.
    /// - Parameter all: How much there is, in words.
    static func matches(_ count: Int, of all: String, soFar: Bool = false) -> String {
        "\(grouped(count)) match \(soFar ? "so far " : "")of \(all)"
    }

    /// The same where others may match too: `9 match; MPN of 36 of 1,500 read`.
    static func matches(_ count: Int, _ coverage: String) -> String { "\(grouped(count)) match; \(coverage)" }

    /// Only after all of it was looked through.
    static func nothingMatches(of all: String) -> String { "0 of \(all) match, all read" }
}
