import Marketplace
import Screen

extension ListColumn where Row == JournalEntry {
    /// The columns of the journal of writes.
    public static func journal(_ entities: EntityStore, zone: Zone = .utc, now: Instant) -> [ListColumn<JournalEntry>] {
        [
            ListColumn(
                "sent",
                .init(
                    "SENT", .forms(6, 12), .first(1), short: { $0.map { zone.briefest($0.at, now: now) } ?? "" },
                    text: { ($0.map { zone.brief($0.at, now: now) } ?? "", .plain) }), .instant(\.at)),
            ListColumn(
                "outcome",
                .init("OUTCOME", .whole(9), .first(2)) { ($0?.outcomeWord ?? "", $0?.outcomeStyle ?? .plain) },
                .ranked { ($0.outcomeRank, $0.outcomeWord) }),
            ListColumn(
                "what", .init("WHAT", .name(12, 24), .first(3)) { ($0?.briefName ?? "", .plain) },
                .text(\.shownName)),
            ListColumn(
                "customer",
                .init("CUSTOMER", .name(16, 28), .first(4)) { row in
                    (row?.customer.map { entities.name(of: $0) } ?? "", .plain)
                }, .optionalAccount(\.customer, entities)),
            ListColumn(
                "change",
                .init("CHANGE", .product(24, 44), .first(5)) { row in
                    (row?.changes.joined(separator: "; ") ?? "", .plain)
                }, .text { $0.changes.joined(separator: "; ") }),
            ListColumn(
                "number", .init("NUMBER", .whole(8), .then(1)) { ($0?.outcome.made ?? "", .plain) },
                .unique { $0.outcome.made ?? "" }),
            ListColumn(
                "po", .init("PO NUMBER", .whole(14), .then(2)) { ($0?.poNumber ?? "", .plain) },
                .unique { $0.poNumber ?? "" }),
            ListColumn(
                "correlation", .init("CORRELATION ID", .whole(36), .then(3)) { ($0?.correlationID ?? "", .plain) },
                .unique { $0.correlationID ?? "" }, isShown: false),
            ListColumn(
                "run", .init("BULK RUN", .whole(18), .then(4)) { ($0?.group ?? "", .plain) },
                .text { $0.group ?? "" }, isShown: false),
        ]
    }
}

extension JournalEntry {
    /// What became of it. Capitals ask for a person.
    public var outcomeWord: String {
        switch outcome {
        case .sending: "sending"
        case .taken: warning == nil || !sender.isOwn ? "taken" : "CHECK"
        case .refused: "not taken"
        case .unknown: sender.isOwn ? "UNKNOWN" : "unknown"
        }
    }

    public var outcomeStyle: Style {
        switch outcome {
        case .sending: .warning
        case .taken: warning == nil ? .plain : Style(.warning, strong: true)
        case .refused: .bad
        case .unknown: sender.isOwn ? Style(.warning, strong: true) : .faint
        }
    }

    /// Its rank when sorted by outcome: what needs a person first.
    var outcomeRank: Int {
        switch outcome {
        case .unknown: sender.isOwn ? 0 : 5
        case .sending: 1
        case .refused: 3
        case .taken: warning == nil ? 4 : 2
        }
    }

    /// What it is, and who sent it when somebody else did.
    public var shownName: String { sender.short.map { "\($0): \(name)" } ?? name }

    /// The same for a narrow column: the kind of order, or what was changed. The columns beside it name whose it is.
    var briefName: String {
        var brief = name[...]
        if brief.hasSuffix(" order") {
            brief = brief.dropLast(6)
        } else if brief.hasPrefix("change of "), let id = brief.lastIndex(of: " ") {
            brief = brief[..<id].dropFirst("change of ".count)
        }
        return String(brief) + (sender.short.map { " \($0)" } ?? "")
    }
}

extension JournalEntry.Sender {
    /// Who sent it, after "sent"; nil for the profile's own user.
    public var words: String? {
        switch self {
        case .own: nil
        case .user(let user): "by \(user)"
        case .elsewhere(_, let user?): "by \(user) at another address"
        case .elsewhere(_, nil): "at another address"
        case .profile(let name): "with profile \(name)"
        }
    }

    /// The same in few words, for lists.
    fileprivate var short: String? { if case .elsewhere = self { "elsewhere" } else { words } }
}
