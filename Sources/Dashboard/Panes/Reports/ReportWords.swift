import Marketplace
import Screen

/// What is said of a report's file as it is saved: in its row, on its page, in the message line.
enum ReportWords {
    /// `45 %`, `saved`, for the narrow column of the list.
    static func cell(of state: Download) -> (String, Style) {
        switch state {
        case .running(let progress): (percent(progress) ?? "saving", .accent)
        case .saved: ("saved", .plain)
        case .taken: ("name taken", .warning)
        case .stopped(let progress): ("cut \(percent(progress) ?? "")".trimmingSpaces(), .warning)
        case .failed: ("failed", .bad)
        }
    }

    /// One sentence; nil where nothing was asked for.
    static func state(of state: Download?, _ keymap: Keymap) -> String? {
        let (save, stop) = (keymap.name(of: .download), keymap.name(of: .stopDownload))
        return sentence(of: state, save: save, stop: stop)
    }

    private static func sentence(of state: Download?, save: String, stop: String) -> String? {
        switch state {
        case .running(let progress):
            "Saving: \(bar(progress, columns: 12))\(amount(progress)); \(stop) stops."
        case .saved(let path, _, _): "Saved: \(path)"
        case .taken(let path): "\(path) is there already and was left as it is. \(save) names another file."
        case .stopped(let progress): "Stopped: \(amount(progress)) here. \(save) goes on there."
        case .failed(let reason, _): reason
        case nil: nil
        }
    }

    /// What is said once as it ends, whatever is in view; nil while it runs.
    static func notice(of state: Download, _ request: DownloadRequest, _ keymap: Keymap) -> Notice? {
        let (save, open) = (keymap.name(of: .download), keymap.name(of: .openTable))
        return switch state {
        case .running: nil
        case .saved(let path, let bytes, let resumed):
            Notice(
                .done,
                "Saved: \(path), \(grouped(bytes)) bytes"
                    + (resumed > 0 ? "; \(grouped(resumed)) of them were here before." : "."))
        case .taken(let path):
            Notice(
                .warning,
                "Not saved: \(path) is there already. \(save) names another file"
                    + (path.lowercased().hasSuffix(".csv") ? ", \(open) opens that one." : "."))
        case .stopped(let progress): Notice(.info, "\(request.name): stopped, \(amount(progress)) kept.")
        case .failed(let reason, let progress):
            Notice(
                .problem,
                "\(request.name) was not saved. \(reason)"
                    + (progress.map { " \(amount($0).capitalised) kept: \(save) goes on there." } ?? ""))
        }
    }

    /// `1,200 of 4,800 bytes`.
    static func amount(_ progress: DownloadProgress) -> String {
        progress.length.map { "\(grouped(progress.bytes)) of \(grouped($0)) bytes" }
            ?? "\(grouped(progress.bytes)) bytes"
    }

    /// `45 %`; never 100 before all is here.
    static func percent(_ progress: DownloadProgress) -> String? {
        progress.share.map { "\(min(progress.bytes == progress.length ? 100 : 99, Int($0 * 100))) %" }
    }

    /// `═════───── 45 %, `; empty where the length is not reported.
    static func bar(_ progress: DownloadProgress, columns: Int) -> String {
        guard let share = progress.share, let percent = percent(progress) else { return "" }
        let full = Int(share * Double(columns))
        return String(repeating: "█", count: full) + String(repeating: "─", count: columns - full) + " \(percent), "
    }

    /// A name that every file system takes, with what it covers: `Monthly-Report-2026-10-01.csv`.
    static func fileName(of report: Report) -> String {
        let kept = report.name.map { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) ? $0 : "-" }
        var base = String(kept).split(separator: "-").joined(separator: "-").drop { ".-".contains($0) }
            .prefix(80)
        if base.isEmpty { base = "report" }
        let day = (report.from ?? report.created).map { "-\($0.utcDate)" } ?? ""
        let ending = report.format.word.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(8)
        return base + day + (ending.isEmpty ? "" : "." + ending)
    }
}
