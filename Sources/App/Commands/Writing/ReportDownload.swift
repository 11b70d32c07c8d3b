import FoundationEssentials
import Marketplace
import MarketplaceClient

/// Reads a report's file until it is whole. Where the connection breaks it goes on at once, as long as something comes of
/// it; then the same command goes on later.
struct ReportDownload: Sendable {
    var report: Report
    var file: PartialFile
    var session: ReadSession

    private static let mostTries = 5

    /// - Returns: Bytes of the file, and of those that an earlier command had read.
    func run() async throws -> (bytes: Int, contentType: String?, resumedFrom: Int) {
        var tries = 0
        while let error = await cut(isFirst: tries == 0) {
            tries += 1
            guard tries < Self.mostTries, isCut(error.failure), error.isFurther else {
                throw leftOff(CommandError(error.failure, list: "souk reports list"))
            }
        }
        if let failure = file.failure { throw leftOff(failure) }
        try file.finish()
        return (file.bytes, file.contentType, file.resumedFrom)
    }

    /// Reads on until the end.
    /// - Returns: What ended it before, and whether something had come; nil when nothing did.
    private func cut(isFirst: Bool) async -> (failure: MarketplaceError, isFurther: Bool)? {
        let (file, notes, before) = (file, session.notes, file.bytes)
        do throws(MarketplaceError) {
            try await session.client.download(report, after: file.beginning) { part in
                let isTaken = file.take(part, isFirst: isFirst)
                notes.progress(Self.progress(file))
                return isTaken
            }
            return nil
        } catch {
            return (error, file.bytes > before)
        }
    }

    private static func progress(_ file: PartialFile) -> String {
        let read = Decimal(file.bytes).grouped(fractionDigits: 0)
        let all = file.length.map { " of \(Decimal($0).grouped(fractionDigits: 0))" } ?? ""
        return "\(read)\(all) bytes read; ^C stops, and the same command goes on later."
    }

    private func isCut(_ error: MarketplaceError) -> Bool {
        switch error {
        case .unreachable, .timedOut: true
        default: false
        }
    }

    /// The error, with what is there already.
    private func leftOff(_ error: CommandError) -> CommandError {
        guard file.beginning != nil else { return error }
        var error = error
        let all = file.length.map { " of \($0)" } ?? ""
        error.hint = "\(file.bytes)\(all) bytes are in \(file.path).part: the same command goes on there."
        error.details = ["bytes": .number(file.bytes), "length": .number(orNull: file.length)]
        return error
    }
}
