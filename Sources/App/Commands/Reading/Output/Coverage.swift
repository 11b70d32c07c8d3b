import FoundationEssentials
import Marketplace

/// What a printed list rests on.
struct Coverage: Sendable {
    /// The moment of the oldest answer that was used.
    var asOf: Instant
    var calls = 0
    /// Whether every row that matches was printed.
    var isComplete = false
    /// Filters that the marketplace did not apply; the rows were checked here.
    var ignoredFilters: [String] = []
    /// Rows that meet every filter, among those that were read.
    var matched = 0
    var printed = 0
    var read = 0
    /// Rows that the marketplace says it has; nil when it did not say.
    var total: Int?
    var unreadable: [Unreadable] = []
    /// Why the reading ended early.
    var failure: MarketplaceError?
    /// Whether rows may have slipped past while the list was read.
    var hasGaps = false
    /// Ids of `--ids-from` that no row has.
    var missing: [String] = []

    struct Unreadable: Sendable {
        /// Its place in the list; nil for a row whose details could not be read.
        var index: Int?
        var id: String?
        var reason: String
    }

    static let definitions = [
        FieldDefinition("asOf", .moment, isNullable: false), FieldDefinition("calls", .integer, isNullable: false),
        FieldDefinition("complete", .flag, isNullable: false),
        FieldDefinition("ignoredFilters", .list(.text), isNullable: false),
        FieldDefinition("matched", .integer, isNullable: false),
        FieldDefinition("printed", .integer, isNullable: false),
        FieldDefinition("read", .integer, isNullable: false), FieldDefinition("total", .integer),
        FieldDefinition(
            "unreadable",
            .list(
                .object([
                    FieldDefinition("id", .text), FieldDefinition("index", .integer),
                    FieldDefinition("reason", .text, isNullable: false),
                ])), isNullable: false),
    ]

    var json: JSON {
        [
            "asOf": .text(asOf.description), "calls": .number(calls), "complete": .flag(isComplete),
            "ignoredFilters": .texts(ignoredFilters), "matched": .number(matched), "printed": .number(printed),
            "read": .number(read), "total": .number(orNull: total),
            "unreadable": .list(
                unreadable.map { row in
                    [
                        "id": .text(orNull: row.id), "index": .number(orNull: row.index), "reason": .text(row.reason),
                    ]
                }),
        ]
    }

    /// Why not all could be printed that was asked for; nil when it could.
    func problem(_ plural: String) -> CommandError? {
        var reasons: [String] = []
        if let failure { reasons.append("the reading broke off: \(CommandError(failure).message)") }
        if !unreadable.isEmpty {
            let first = unreadable[0]
            let place = first.index.map { "row \($0 + 1)" } ?? first.id ?? "a row"
            reasons.append(
                "\(unreadable.count) row\(unreadable.count == 1 ? "" : "s") could not be read; \(place): \(first.reason)."
            )
        }
        if hasGaps { reasons.append("the marketplace sent fewer rows than it counts.") }
        if !missing.isEmpty {
            let count = missing.count == 1 ? "1 id of --ids-from was" : "\(missing.count) ids of --ids-from were"
            reasons.append("\(count) not found, \(missing.count == 1 ? "it" : "the first") is \(missing[0]).")
        }
        guard !reasons.isEmpty else { return nil }
        return CommandError(
            .incomplete, "not all \(plural) were printed: \(reasons.joined(separator: " "))",
            hint: "Try again, or go on with what is there.",
            details: [
                "missing": .texts(missing), "printed": .number(printed), "unreadable": .number(unreadable.count),
            ])
    }
}
