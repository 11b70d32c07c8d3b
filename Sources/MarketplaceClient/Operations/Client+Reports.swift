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

    /// Fetches the file of a completed report from the storage it was put into. Neither token nor key goes there, and
    /// the call does not count for the marketplace's limits.
    /// - Throws: `.notFound` when the report has no file; `.forbidden` when its address is no longer valid: read the
    ///   report again for a new one; otherwise as any read.
    /// - Source: REFERENCE 12.
    public func download(_ report: Report) async throws(MarketplaceError) -> ReportFile {
        let what = "file of report \(report.id)"
        guard let address = report.download else { throw .notFound(what: what, correlationID: nil) }
        let file = try FileAddress(address)
        let call = Call.read(what, at: [], timeout: 300)
        let answer = try await connection.fetch(call, from: file)
        guard answer.status == 200 else { throw answer.storageError(what: what) }
        return ReportFile(bytes: answer.body, contentType: answer.fields[.contentType])
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

extension Answer {
    /// Why a storage gave no file. Its words are not the platform's.
    fileprivate func storageError(what: String) -> MarketplaceError {
        switch status {
        case 404, 410: .notFound(what: what, correlationID: nil)
        case 401, 403: .forbidden(message: "The address of the \(what) is no longer valid.", correlationID: nil)
        case 500...: .serverFailed(status: status, message: "", correlationID: nil)
        default: .unreadable(what: what, reason: "its storage refuses it", status: status, correlationID: nil)
        }
    }
}
