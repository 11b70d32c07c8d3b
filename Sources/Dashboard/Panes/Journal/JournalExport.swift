import Marketplace

/// The journal as files that other programs read.
enum JournalExport {
    /// A spreadsheet's lines.
    static func csv(_ entries: [JournalEntry], _ model: Model) -> String {
        let titles = [
            "at", "ended at", "profile", "what", "customer", "customer's name", "subscription", "PO number", "changes",
            "outcome", "reason", "made", "correlation ID", "settled by", "warning", "bulk run", "method", "path",
            "request", "user", "sent by",
        ]
        let rows: [[String?]] = entries.map { entry in
            [
                entry.at.description, entry.endedAt?.description, entry.profile, entry.name, entry.customer?.rawValue,
                entry.customer.map { model.name(of: $0) }, entry.subscription?.rawValue, entry.poNumber,
                entry.changes.joined(separator: "; "), entry.outcomeWord.lowercased(), entry.outcome.reason,
                entry.outcome.made, entry.correlationID, entry.settledBy, entry.warning, entry.group, entry.method,
                entry.path, entry.request, entry.user, entry.sender.words,
            ]
        }
        return CSVText.lines(titles, rows, separator: model.profile.csvSeparator)
    }

    /// One JSON object a line, its keys sorted; missing values are left out.
    static func jsonLines(_ entries: [JournalEntry], _ model: Model) -> String {
        entries.map { $0.json(model).text + "\n" }.joined()
    }
}

extension JournalEntry {
    func json(_ model: Model) -> JSONObject {
        var object = JSONObject()
        object.set("at", at.description)
        object.set("changes", changes)
        object.set("correlationID", correlationID)
        object.set("customer", customer?.rawValue)
        object.set("customerName", customer.map { model.name(of: $0) })
        object.set("endedAt", endedAt?.description)
        object.set("group", group)
        object.set("id", id.rawValue)
        object.set("made", outcome.made)
        object.set("method", method)
        object.set("name", name)
        object.set("outcome", outcomeWord.lowercased())
        object.set("path", path)
        object.set("poNumber", poNumber)
        object.set("profile", profile)
        object.set("reason", outcome.reason)
        // It is JSON already, with its keys sorted.
        object.set("request", json: request.first == "{" ? request : JSONText.quoted(request))
        object.set("sentBy", sender.words)
        object.set("settledBy", settledBy)
        object.set("subscription", subscription?.rawValue)
        object.set("user", user)
        object.set("warning", warning)
        return object
    }
}
