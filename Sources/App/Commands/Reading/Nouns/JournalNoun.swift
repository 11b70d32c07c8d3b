import Marketplace
import MarketplaceClient
import Rows
import Screen

/// The writes that this program sent from this machine, as its journal has them. Nothing is asked of the marketplace.
enum JournalNoun: Noun {
    typealias Row = JournalEntry

    static let words = NounWords(
        plural: "journal", singular: "journal entry", argument: "ENTRY",
        listSummary: "List the writes that were sent from this machine, newest first.",
        showSummary: "Show one write: request, outcome, correlation id. Its first 8 signs are enough.",
        listCalls: "0", showCalls: "0",
        examples: ["souk journal list", "souk journal list --filter outcome:unknown --json"],
        showExamples: ["souk journal show 4F1C09A2", "souk journal show 4F1C09A2 --json"], isLocal: true,
        rowName: "journal entries")

    static let filters: [NounFilter<Void>] = []
    static let everything: Void = ()
    private static let outcomes = ["sending", "taken", "refused", "unknown"]

    static let fields: [Field<JournalEntry>] = [
        Field(
            "id", .id, null: false, .always,
            .init("id", usual: true, screen: true) { row, _ in (String(row.id.rawValue.prefix(8)), .plain) }
        ) { row, _ in .id(row.id) },
        Field("sentAt", .moment, null: false, .always, .init("sent", "SENT UTC", usual: true, screen: true)) { row, _ in
            .instant(row.at)
        },
        Field("endedAt", .moment, .always, .init("ended", "ENDED UTC")) { row, _ in .moment(row.endedAt) },
        Field("profile", .text, null: false) { row, _ in .string(row.profile) },
        Field("user", .text) { row, _ in .text(row.user) },
        Field(
            "outcome", .word(outcomes), null: false, .always,
            .init("outcome", usual: true, screen: true) { row, _ in (row.outcomeWord, row.outcomeStyle.tone) }
        ) { row, _ in .plainWord(row.outcome.code) },
        Field("name", .text, null: false, .always, .init("what", usual: true, screen: true)) { row, _ in
            .string(row.name)
        },
        Field("customerId", .id, .always, .init("customer", usual: true, screen: true)) { row, _ in .id(row.customer) },
        Field("customerName", .text, .whenRead) { row, facts in facts.name(of: row.customer) },
        Field("subscriptionId", .id, .always, .init("subscription")) { row, _ in .id(row.subscription) },
        Field(
            "changes", .list(.text), null: false, .always,
            .init(
                "change", usual: true, screen: true,
                plain: { row, _ in .string(row.changes.joined(separator: "; ")) })
        ) { row, _ in .texts(row.changes) },
        Field("madeId", .id, .always, .init("number", usual: true)) { row, _ in .text(row.outcome.made) },
        Field("poNumber", .text, .always, .init("po", "PO NUMBER", usual: true)) { row, _ in .text(row.poNumber) },
        Field("reason", .text) { row, _ in .text(row.outcome.reason) },
        Field("correlationId", .text, .always, .init("correlation", "CORRELATION ID")) { row, _ in
            .text(row.correlationID)
        },
        Field("settledBy", .text) { row, _ in .text(row.settledBy) },
        Field("warning", .text) { row, _ in .text(row.warning) },
        Field("run", .text, .always, .init("run", "BULK RUN")) { row, _ in .text(row.group) },
        Field("intent", .text) { row, _ in .text(row.intent) },
        Field("method", .text, null: false) { row, _ in .string(row.method) },
        Field("path", .text, null: false) { row, _ in .string(row.path) },
        Field("request", .any) { row, _ in
            row.request.first == "{" || row.request.first == "["
                ? .json(.stored(row.request)) : .text(row.request.isEmpty ? nil : row.request)
        },
    ]

    static func paneColumns(_ facts: Facts) -> [ListColumn<JournalEntry>] {
        ListColumn<JournalEntry>.journal(facts.entities, now: facts.now)
    }

    static func open(_ query: Void, _ client: Client, limit: Int?) -> [PageStream<JournalEntry>] {
        var isRead = false
        return [
            PageStream {
                if isRead { return nil }
                isRead = true
                let entries = try await entries(client)
                return RowPage(rows: entries, total: entries.count)
            }
        ]
    }

    static func answers(_ row: JournalEntry, _ query: Void, _ client: Client) -> Bool { true }
    static func id(of row: JournalEntry) -> String { row.id.rawValue }

    static func find(
        _ argument: String, _ session: ReadSession
    ) async throws -> (row: JournalEntry, details: [Detail]) {
        let wanted = (argument.hasPrefix("id:") ? String(argument.dropFirst(3)) : argument).lowercased()
        let found = try await entries(session.client).filter { $0.id.rawValue.lowercased().hasPrefix(wanted) }
        if let whole = found.first(where: { $0.id.rawValue.lowercased() == wanted }) { return (whole, []) }
        guard wanted.count >= 8, let first = found.first else {
            throw CommandError(
                .notFound, "the journal has no entry \(argument).",
                hint: "souk journal list shows them; the first 8 signs of an id are enough.")
        }
        if found.count > 1 {
            throw CommandError(
                .ambiguous, "\(found.count) journal entries begin with '\(argument)'.", hint: "Give the whole id.",
                details: ["candidates": .list(found.map { ["id": .text($0.id.rawValue), "name": .text($0.name)] })])
        }
        return (first, [])
    }

    static func entries(_ client: Client) async throws -> [JournalEntry] {
        do throws(JournalError) {
            return try await client.journalEntries()
        } catch {
            throw CommandError(.journalUnusable, "the journal cannot be read: \(error.reason).")
        }
    }
}

extension JournalEntry.Outcome {
    /// For scripts.
    fileprivate var code: String {
        switch self {
        case .sending: "sending"
        case .taken: "taken"
        case .refused: "refused"
        case .unknown: "unknown"
        }
    }
}
