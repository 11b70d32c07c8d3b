import Marketplace
import MarketplaceClient

/// Reads a report's file until it is whole, for commands and for the view. Where the connection breaks it goes on at once, as
/// long as something comes of it; then the same download goes on later.
struct ReportDownload: Sendable {
    var report: Report
    var file: PartialFile
    var client: Client
    /// Called with every part that came.
    var onProgress: @Sendable (PartialFile) -> Void

    enum Failure: Error {
        /// It could not be written.
        case file(FileProblem)
        /// It could not be read; `.cancelled` when the task was cancelled. What came is kept.
        case marketplace(MarketplaceError)
    }

    private static let mostTries = 5

    func run() async throws(Failure) {
        var tries = 0
        while let error = await cut(isFirst: tries == 0) {
            tries += 1
            guard tries < Self.mostTries, isCut(error.failure), error.isFurther, !Task.isCancelled else {
                throw .marketplace(Task.isCancelled ? .cancelled : error.failure)
            }
        }
        if let failure = file.failure { throw .file(failure) }
        // Whoever cancels it is asked for nothing more, and what came need not be all.
        if Task.isCancelled { throw .marketplace(.cancelled) }
        do {
            try file.finish()
        } catch {
            throw .file(error)
        }
    }

    /// Reads on until the end.
    /// - Returns: What ended it before, and whether something had come; nil when nothing did.
    private func cut(isFirst: Bool) async -> (failure: MarketplaceError, isFurther: Bool)? {
        let (file, before) = (file, file.bytes)
        do throws(MarketplaceError) {
            try await client.download(report, after: file.beginning) { part in
                let isTaken = file.take(part, isFirst: isFirst)
                onProgress(file)
                return isTaken && !Task.isCancelled
            }
            return nil
        } catch {
            return (error, file.bytes > before)
        }
    }

    private func isCut(_ error: MarketplaceError) -> Bool {
        switch error {
        case .unreachable, .timedOut: true
        default: false
        }
    }
}
