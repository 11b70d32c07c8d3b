import Marketplace
import Rows

/// A report's file that is to be saved.
public struct DownloadRequest: Hashable, Sendable {
    public var report: Report.ID
    /// As the person typed it; `~` stands for the home folder.
    public var folder: String
    /// The name of the file, without a folder.
    public var name: String

    public init(report: Report.ID, folder: String, name: String) {
        self.report = report
        self.folder = folder
        self.name = name
    }
}

/// How far the file of a report has come.
public enum Download: Equatable, Sendable {
    /// It is being read.
    case running(DownloadProgress)
    /// It is whole and has its name.
    case saved(path: String, bytes: Int, resumedFrom: Int)
    /// There is a file of that name already. It was left as it is.
    case taken(path: String)
    /// It was stopped; what came is kept, and the same download goes on there.
    case stopped(DownloadProgress)
    /// Why it ended, as sentences; what came is kept.
    case failed(String, DownloadProgress?)
}

/// What of a file is here.
public struct DownloadProgress: Equatable, Sendable {
    public var bytes: Int
    /// Of the whole file; nil where the server does not say it.
    public var length: Int?
    /// Bytes of an earlier download that were kept.
    public var resumedFrom: Int

    public init(bytes: Int, length: Int?, resumedFrom: Int = 0) {
        self.bytes = bytes
        self.length = length
        self.resumedFrom = resumedFrom
    }

    /// The share that is here, from 0 to 1; nil where the length is not reported.
    var share: Double? {
        length.flatMap { $0 > 0 ? min(1, max(0, Double(bytes) / Double($0))) : nil }
    }
}

/// What is done with the files of reports, beside the screen.
public enum ReportFileEffect: Equatable, Sendable {
    /// Save it. Nothing happens while the same report is being saved.
    case download(DownloadRequest)
    /// Stop saving it; what came is kept.
    case stop(Report.ID)
    /// Read a csv file as a table.
    case openTable(path: String)
}

extension Effect {
    static func download(_ request: DownloadRequest) -> Effect { .client(.reportFile(.download(request))) }
    static func stopDownload(_ report: Report.ID) -> Effect { .client(.reportFile(.stop(report))) }
    static func openTable(_ path: String) -> Effect { .client(.reportFile(.openTable(path: path))) }
}
