import HTTPTypes
import Marketplace

extension Client {
    /// Has a report made once. However it ends, the lists of reports are read again; the report is ready when its
    /// status says so.
    /// - Throws: As ``place(_:)``.
    /// - Source: REFERENCE 12: POST /reports.
    package func schedule(_ draft: ReportDraft) async throws(MarketplaceError) -> Report {
        try await perform(.schedule(draft), \.report)
    }
}

/// Where a file lies: a web address with its secret query.
struct FileAddress: Sendable {
    let scheme: String
    let authority: String
    /// With its query.
    let target: Secret
    /// Without its query, for the log.
    let path: String

    /// - Throws: `.unreachable` with the reason, when this is no web address.
    init(_ address: Secret) throws(MarketplaceError) {
        let text = address.revealed
        guard let mark = text.firstRange(of: "://"), ["https", "http"].contains(text[..<mark.lowerBound].lowercased())
        else { throw .unreachable(host: "the report's storage", reason: "its address is not valid") }
        scheme = text[..<mark.lowerBound].lowercased()
        let rest = text[mark.upperBound...].prefix { $0 != "#" }
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let target = rest.dropFirst(host.count)
        guard !host.isEmpty, !host.contains("@"), rest.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unreachable(host: "the report's storage", reason: "its address is not valid")
        }
        authority = String(host)
        self.target = Secret(target.hasPrefix("/") ? String(target) : "/" + target)
        path = String(target.prefix { $0 != "?" })
    }
}
