import Dashboard
import Glibc
import Marketplace
import MarketplaceClient
import Rows
import Synchronization

/// The files of reports that the person saves and opens: one download a report at a time.
final class ReportFiles: Sendable {
    private let client: any DashboardClient
    private let mailbox: Mailbox
    private let downloads = Mutex<[Report.ID: Task<Void, Never>]>([:])
    /// Parts come far more often than anybody can see.
    private static let betweenStates = Duration.milliseconds(100)

    init(_ client: any DashboardClient, _ mailbox: Mailbox) {
        self.client = client
        self.mailbox = mailbox
    }

    func run(_ effect: ReportFileEffect) {
        switch effect {
        case .download(let request): download(request)
        case .stop(let report): downloads.withLock { $0[report] }?.cancel()
        case .openTable(let path):
            Task { [mailbox] in mailbox.post(.table(path: path, Self.table(at: path))) }
        }
    }

    /// Ends all downloads; what came is kept.
    func stop() { for task in downloads.withLock({ Array($0.values) }) { task.cancel() } }

    private func download(_ request: DownloadRequest) {
        downloads.withLock { downloads in
            guard downloads[request.report] == nil else { return }
            downloads[request.report] = Task { [client, mailbox] in
                let latest = Mutex<ContinuousClock.Instant?>(nil)
                let ending = await client.download(request) { progress in
                    let isDue = latest.withLock { latest in
                        if let latest, latest.duration(to: .now) < Self.betweenStates { return false }
                        latest = .now
                        return true
                    }
                    if isDue { mailbox.post(.download(request, .running(progress))) }
                }
                self.downloads.withLock { $0[request.report] = nil }
                mailbox.post(.download(request, ending))
            }
        }
    }

    // MARK: Tables

    /// The csv file at `path`, whoever wrote it.
    static func table(at path: String) -> Result<CSVTable, ExportProblem> {
        // A pipe in its place must not hold anybody up.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(problem(path, errno)) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .failure(problem(path, errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return .failure(ExportProblem(message: "\(path) is no file that can be opened as a table."))
        }
        guard status.st_size <= CSVFile.limit else {
            let limit = CSVFile.limit / 1_048_576
            return .failure(
                ExportProblem(
                    message: "\(path) is too long to be opened here: it has more than \(limit) MB. Another program can."
                ))
        }
        guard let bytes = FileBytes.read(descriptor) else { return .failure(problem(path, errno)) }
        return .success(CSVTable(CSVFile(bytes)))
    }

    private static func problem(_ path: String, _ code: Int32) -> ExportProblem {
        let words =
            switch code {
            case ENOENT, ENOTDIR: "it is not there any more. Save it again."
            case EACCES, EPERM: "you may not read it."
            default: String(cString: strerror(code)) + "."
            }
        return ExportProblem(message: "\(path) cannot be opened: \(words)")
    }
}

extension LiveClient {
    func download(
        _ request: DownloadRequest, report progress: @escaping @Sendable (DownloadProgress) -> Void
    ) async -> Download {
        await ReportSaving(request: request, client: client, onProgress: progress).run(environment())
    }
}

/// Saves the file of one report.
struct ReportSaving: Sendable {
    var request: DownloadRequest
    var client: Client
    /// Is given what is here, with every part that comes.
    var onProgress: @Sendable (DownloadProgress) -> Void

    func run(_ environment: [String: String]) async -> Download {
        let path = SavedPath(folder: request.folder, environment).path(of: request.name)
        do throws(FileProblem) {
            try PartialFile.checkNew(path)
        } catch {
            return .taken(path: path)
        }
        let report: Report
        do throws(MarketplaceError) {
            // Its address is valid for a while only.
            report = try await client.reports.value(for: request.report)
        } catch {
            return .failed(error.message, nil)
        }
        let file: PartialFile
        do throws(FileProblem) {
            file = try PartialFile(of: path, report: report.id)
        } catch {
            return error.isTaken ? .taken(path: path) : .failed(error.sentences, nil)
        }
        return await read(report, into: file)
    }

    private func read(_ report: Report, into file: PartialFile) async -> Download {
        let download = ReportDownload(report: report, file: file, client: client) { onProgress($0.progress) }
        do throws(ReportDownload.Failure) {
            try await download.run()
            return .saved(path: file.path, bytes: file.bytes, resumedFrom: file.resumedFrom)
        } catch {
            let kept = file.bytes > 0 ? file.progress : nil
            switch error {
            case .marketplace(.cancelled): return .stopped(file.progress)
            case .marketplace(let failure): return .failed(failure.message, kept)
            case .file(let problem):
                return problem.isTaken ? .taken(path: file.path) : .failed(problem.sentences, kept)
            }
        }
    }
}

extension PartialFile {
    fileprivate var progress: DownloadProgress {
        DownloadProgress(bytes: bytes, length: length, resumedFrom: resumedFrom)
    }
}
