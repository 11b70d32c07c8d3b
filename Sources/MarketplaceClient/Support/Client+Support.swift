import Marketplace

extension Client {
    /// What a support desk asks for and may see: the profile, the journal's newest writes as JSON lines, and the
    /// request log with its correlation ids. Names, addresses and e-mail addresses are masked; no secret of this session
    /// is in it, wherever it may have come in. Asks the marketplace nothing.
    public func supportText() async -> String {
        var lines = [
            "PROFILE", "  name         \(profile.name)", "  base URL     \(profile.baseURL)",
            "  marketplace  \(profile.marketplace)", "  API user     \(profile.user)",
            "  read-only    \(profile.isReadOnly ? "yes" : "no")", "",
        ]
        lines += await journalLines()
        lines.append("")
        let log = requestLog
        lines.append("REQUESTS, \(min(log.count, Self.mostRequests)) of \(log.count), oldest first")
        lines += log.suffix(Self.mostRequests).map(\.supportLine)
        return withoutSecrets(lines.joined(separator: "\n") + "\n")
    }

    /// `text` with `•••` in the place of every secret that this session has used.
    public func withoutSecrets(_ text: String) -> String { connection.secrets.removed(from: text) }

    private static let mostEntries = 200
    private static let mostRequests = 300

    private func journalLines() async -> [String] {
        let entries: [JournalEntry]
        do {
            entries = try await journalEntries()
        } catch {
            return ["JOURNAL", "  It cannot be read: \(error.reason)."]
        }
        let names = customerNames(Set(entries.prefix(Self.mostEntries).compactMap(\.customer)))
        return ["JOURNAL, \(min(entries.count, Self.mostEntries)) of \(entries.count), newest first"]
            + entries.prefix(Self.mostEntries).map { $0.supportLine(hiding: $0.customer.flatMap { names[$0] }) }
    }

    /// The names of customers, as far as they are cached.
    private func customerNames(_ customers: Set<Account.ID>) -> [Account.ID: String] {
        var names: [Account.ID: String] = [:]
        for rows in cachedLists.accounts {
            for row in rows where customers.contains(row.id) { names[row.id] = row.name }
        }
        return names
    }
}

extension LoggedExchange {
    /// `2026-11-20T14:04:12Z GET /orders?limit=100 200 84 ms 4096 bytes live a8n-…`
    fileprivate var supportLine: String {
        let answer = status.map { "\($0) \(Int(milliseconds)) ms \(bytes) bytes" } ?? "no answer"
        let failure = failure.map { PersonalData().masked($0) }
        let parts = [
            at.description, method, PersonalData.masked(path: path), answer, source.word, correlationID, failure,
        ]
        return "  " + parts.compactMap { $0 }.joined(separator: " ")
    }
}

extension JournalEntry {
    /// - Parameter name: The customer's name, when it is cached.
    fileprivate func supportLine(hiding name: String?) -> String {
        var personal = PersonalData()
        if let name { personal.hide(name) }
        let body: JSONValue
        if request.isEmpty {
            body = .null
        } else if let json = try? JSONValue(parsing: Array(request.utf8)) {
            body = personal.masked(json)
        } else {
            body = .string(PersonalData.mask)
        }
        let isAboutAccount = path.hasPrefix("/customers") || path.hasPrefix("/resellers")
        let changes = changes.map { change in
            // Before and after: the former name of an account is nowhere else.
            isAboutAccount
                ? "\(change.prefix { $0 != " " }) \(PersonalData.mask)" : personal.masked(change)
        }
        func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
        func sentence(_ text: String?) -> JSONValue? { text.map { .string(personal.masked($0)) } }
        return "  "
            + JSONValue.object([
                "at": text(at.description), "changes": .array(changes.map { .string($0) }),
                "correlationID": text(correlationID), "customer": text(customer?.rawValue),
                "endedAt": text(endedAt?.description), "group": text(group), "made": text(outcome.made),
                "method": text(method), "name": sentence(self.name), "outcome": text(outcomeWord), "path": text(path),
                "poNumber": text(poNumber), "reason": sentence(outcome.reason), "request": body,
                "settledBy": sentence(settledBy), "subscription": text(subscription?.rawValue), "user": text(user),
                "warning": sentence(warning),
            ]).encoded
    }

    private var outcomeWord: String {
        switch outcome {
        case .sending: "sending"
        case .taken: "taken"
        case .refused: "not taken"
        case .unknown: "unknown"
        }
    }
}
