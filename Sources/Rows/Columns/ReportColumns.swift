import Marketplace
import Screen

extension Report.Status {
    /// Its rank when sorted by status: what is to come first.
    var rank: Int {
        switch self {
        case .submitted: 0
        case .processing: 1
        case .error: 2
        case .completed: 3
        case .other: 4
        }
    }

    public var style: Style {
        switch self {
        case .submitted, .processing: .warning
        case .error: .bad
        case .completed, .other: .plain
        }
    }
}

extension Report {
    /// Why it has no file, or nil when it has one.
    public var whyNoFile: String? {
        if download != nil { return nil }
        return switch status {
        case .submitted, .processing: "Being made; it has a file when it is completed."
        case .error: "Making it failed; there is no file."
        case .completed: "Its file is gone: files are kept 90 days."
        case .other: "The marketplace gives no file of it."
        }
    }
}

extension ListColumn where Row == Report {
    /// The columns of reports.
    /// - Parameter file: What is said of a report's file beside the marketplace's words: how far it is saved. Empty for
    ///   nothing.
    public static func reports(
        zone: Zone, now: Instant, file: @escaping @Sendable (Report) -> (String, Style) = { _ in ("", .plain) }
    ) -> [ListColumn<Report>] {
        [
            ListColumn("report", .init("REPORT", .name(20, 44), .first(1)) { ($0?.name ?? "", .plain) }, .text(\.name)),
            ListColumn(
                "status",
                .init("STATUS", .whole(10), .first(3)) { ($0?.status.word ?? "", $0?.status.style ?? .plain) },
                .ranked { ($0.status.rank, $0.status.word) }),
            ListColumn(
                "format", .init("FORMAT", .whole(6), .first(4)) { ($0?.format.word ?? "", .plain) },
                .text(\.format.word)),
            ListColumn(
                "created",
                .init(
                    "CREATED", .forms(6, 12), .first(2),
                    short: { $0?.created.map { zone.briefest($0, now: now) } ?? "" },
                    text: { ($0?.created.map { zone.brief($0, now: now) } ?? "", .plain) }), .instant(\.created)),
            ListColumn(
                "file",
                .init("FILE", .whole(10), .first(5)) { row in
                    guard let row else { return ("", .plain) }
                    let own = file(row)
                    if !own.0.isEmpty { return own }
                    return row.download == nil ? ("none", .faint) : ("ready", .plain)
                }, .text { $0.download == nil ? "none" : "ready" }),
            ListColumn(
                "kind", .init("KIND", .whole(10), .then(1)) { ($0?.kind.word ?? "", .plain) }, .text(\.kind.word)),
            ListColumn(
                "from",
                .init("FROM", .whole(11), .then(2)) { ($0?.from?.utcDate.spoken ?? "", .plain) }, .instant(\.from)),
            ListColumn(
                "to", .init("TO", .whole(11), .then(3)) { ($0?.to?.utcDate.spoken ?? "", .plain) }, .instant(\.to)),
            ListColumn(
                "view", .init("VIEW", .name(8, 20), .then(4)) { ($0?.view ?? "", .plain) }, .text { $0.view ?? "" }),
            ListColumn(
                "id", .init("ID", .whole(36), .then(5)) { ($0?.id.rawValue ?? "", .plain) }, .unique(\.id.rawValue),
                isShown: false),
        ]
    }
}
