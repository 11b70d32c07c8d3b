import Marketplace
import Screen

/// The journal as files that other programs read.
enum JournalExport {
    /// A spreadsheet's lines: RFC 4180 with titles. No cell begins so that a spreadsheet takes it for a formula.
    static func csv(_ entries: [JournalEntry], _ known: Known) -> String {
        let titles = [
            "at", "ended at", "profile", "what", "customer", "customer's name", "subscription", "PO number", "changes",
            "outcome", "reason", "made", "correlation ID", "settled by", "warning", "bulk run", "method", "path",
            "request",
        ]
        let rows = entries.map { entry in
            [
                entry.at.description, entry.endedAt?.description, entry.profile, entry.name, entry.customer?.rawValue,
                entry.customer.map { known.name(of: $0) }, entry.subscription?.rawValue, entry.poNumber,
                entry.changes.joined(separator: "; "), entry.outcomeWord.lowercased(), entry.outcome.reason,
                entry.outcome.made, entry.correlationID, entry.settledBy, entry.warning, entry.group, entry.method,
                entry.path, entry.request,
            ].map { cell($0 ?? "") }
        }
        return ([titles] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        var text = TerminalText.safe(text)
        if let first = text.first, "=+-@".contains(first) { text = "'" + text }
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    /// One JSON object a line, its keys sorted; what is not known is left out.
    static func jsonLines(_ entries: [JournalEntry], _ known: Known) -> String {
        entries.map { line($0, known) + "\n" }.joined()
    }

    private static func line(_ entry: JournalEntry, _ known: Known) -> String {
        let texts: [(name: String, text: String?)] = [
            ("at", entry.at.description), ("correlationID", entry.correlationID),
            ("customer", entry.customer?.rawValue), ("customerName", entry.customer.map { known.name(of: $0) }),
            ("endedAt", entry.endedAt?.description), ("group", entry.group), ("id", entry.id.rawValue),
            ("made", entry.outcome.made), ("method", entry.method), ("name", entry.name),
            ("outcome", entry.outcomeWord.lowercased()), ("path", entry.path), ("poNumber", entry.poNumber),
            ("profile", entry.profile), ("reason", entry.outcome.reason), ("settledBy", entry.settledBy),
            ("subscription", entry.subscription?.rawValue), ("warning", entry.warning),
        ]
        var members = texts.compactMap { name, text in text.map { (name, JSONText.quoted($0)) } }
        members.append(("changes", "[" + entry.changes.map(JSONText.quoted).joined(separator: ",") + "]"))
        // The request is JSON already, with its keys sorted.
        members.append(("request", entry.request.first == "{" ? entry.request : JSONText.quoted(entry.request)))
        return "{" + members.sorted { $0.0 < $1.0 }.map { "\"\($0)\":\($1)" }.joined(separator: ",") + "}"
    }
}
