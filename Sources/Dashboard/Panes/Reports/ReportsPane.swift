import Marketplace
import Rows
import Screen

/// The reports that the generators of the panel have made: they are saved as files, and a csv opens as a table.
struct ReportsPane: ViewPane, OpeningPane {
    static let view = View(9, "Reports")

    var list = RowList<Report>(.reports)
    var scroll = 0
    /// What became of the files that were asked for in this session, and where they go.
    private(set) var downloads: [Report.ID: (request: DownloadRequest, state: Download)] = [:]
    /// Counts the changes of these.
    private var downloadsVersion = 0
    /// Reports as they were read last by themselves.
    private var latest: [Report.ID: Snapshot<Report>] = [:]
    /// The folder that was named last.
    private var lastFolder: String?
    /// The file that is being opened.
    private var opening: String?

    static var ownOrderWords: String { "newest first" }

    var crumb: String? { opened.map { latest[$0]?.value?.name ?? list.row($0)?.name ?? "report \($0.rawValue)" } }
    func subject(_ model: Model) -> String? { report?.name }

    /// The report that is open, or on the cursor, as it was read last.
    var report: Report? {
        guard let opened else { return list.selected.map(current) }
        return latest[opened]?.value ?? list.row(opened)
    }

    /// The row, or what was read of it since.
    func current(_ row: Report) -> Report {
        guard let newer = latest[row.id]?.value else { return row }
        // A list that was read later knows more of it.
        return row.status.isFinal && !newer.status.isFinal ? row : newer
    }

    func download(of report: Report.ID) -> Download? { downloads[report]?.state }

    func queries(_ model: Model) -> [DataQuery] { [.reports(ReportQuery())] + (opened.map { [.report($0)] } ?? []) }

    func countedQueries(_ model: Model) -> [DataQuery] { [.reports(ReportQuery())] }

    /// One that is being made is followed while somebody looks at it.
    func settledQueries(_ model: Model) -> [DataQuery] {
        guard opened == nil, let row = list.selected, !row.status.isFinal else { return [] }
        return [.report(row.id)]
    }

    mutating func update(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .reports(ReportQuery(), let snapshot): list.receive(snapshot, setting(model))
        case .report(let id, let snapshot): return receive(snapshot, of: id)
        case .download(let request, let state): return receive(state, of: request, model)
        case .table(let path, let result): return receive(result, at: path)
        case .arranged(let result): list.take(result)
        case .key(let key): return take(key, model)
        default: break
        }
        return []
    }

    private mutating func receive(_ snapshot: Snapshot<Report>, of id: Report.ID) -> [Reaction] {
        latest[id] = snapshot
        downloadsVersion += 1
        guard let report = snapshot.value, let row = list.row(id), row.status != report.status else { return [] }
        let words = report.status == .completed ? "is ready" : "is \(report.status.word)"
        return [
            .effect(.refresh(.reports(ReportQuery()))),
            .say(Notice(report.status == .completed ? .done : .info, "Report \(report.name) \(words).")),
        ]
    }

    private mutating func receive(_ state: Download, of request: DownloadRequest, _ model: Model) -> [Reaction] {
        downloads[request.report] = (request, state)
        lastFolder = request.folder
        downloadsVersion += 1
        return ReportWords.notice(of: state, request, model.keymap).map { [.say($0)] } ?? []
    }

    private mutating func receive(_ result: Result<CSVTable, ExportProblem>, at path: String) -> [Reaction] {
        guard opening == path else { return [] }
        opening = nil
        switch result {
        case .success(let table): return [.open(.table(table, path: path))]
        case .failure(let problem): return [.say(Notice(.problem, problem.message))]
        }
    }

    mutating func receive(_ message: PaneMessage, _ model: Model) -> [Reaction] {
        if case .taken(.report(let report), _) = message {
            latest[report.id] = Snapshot(value: report, readAt: model.now)
        }
        return []
    }

    func rowStamp(_ model: Model) -> RowStamp {
        var stamp = RowStamp(model)
        stamp.ownVersion = downloadsVersion
        return stamp
    }

    func columns(_ model: Model) -> [ListColumn<Report>] {
        let states = downloads.mapValues { ReportWords.cell(of: $0.state) }
        return ListColumn.reports(zone: model.zone, now: model.now) { states[$0.id] ?? ("", .plain) }
    }

    // MARK: Keys

    static let bindings = ownBindings + listBindings

    private static let ownBindings: [Binding<ReportsPane>] = [
        Binding(
            .open, .enter, title: "open the report; again: its csv file as a table", hint: "open",
            unavailable: { pane, _ in pane.report == nil ? "Nothing to open." : nil },
            action: { pane, model in
                guard pane.opened == nil else { return pane.openTable(model) }
                pane.opened = pane.list.selected?.id
                pane.scroll = 0
                return []
            }),
        filterBinding("filter: words of name, status, format, kind; created>-30d"),
        Binding(
            .download, "d", title: "save the file, into a folder that you name", hint: "download",
            unavailable: { pane, model in pane.oneRowRefusal(model) },
            refused: { pane, model in pane.downloadRefusal(model) },
            action: { pane, model in
                guard let report = pane.report else { return [] }
                return [.open(.download(report, pane.proposal(for: report, model)))]
            }),
        Binding(
            .openTable, "o", title: "open the saved csv file as a table", hint: "table",
            unavailable: { pane, model in pane.oneRowRefusal(model) },
            refused: { pane, model in pane.tableRefusal(model) },
            action: { pane, model in pane.openTable(model) }),
        Binding(
            .stopDownload, "x", title: "stop the download; what came is kept",
            refused: { pane, _ in pane.running == nil ? "No download of this report is running." : nil },
            action: { pane, _ in pane.report.map { [.effect(.stopDownload($0.id))] } ?? [] }),
        Binding(
            .newReport, "n", title: "have a report made once: a form", hint: "new report", topic: .list,
            unavailable: { _, model in model.readOnlyRefusal },
            action: { pane, model in
                [.open(.form(.report, ReportForm.fields(like: pane.report)))]
            }),
        backBinding("one step back"),
    ]

    private var running: DownloadProgress? {
        guard let report, case .running(let progress)? = download(of: report.id) else { return nil }
        return progress
    }

    private func downloadRefusal(_ model: Model) -> String? {
        guard let report else { return "No report selected." }
        if running != nil { return "It is being saved: \(model.keymap.name(of: .stopDownload)) stops it." }
        return report.whyNoFile
    }

    /// Where the file of the report was saved, or one of its name is.
    private var savedPath: String? {
        switch report.flatMap({ download(of: $0.id) }) {
        case .saved(let path, _, _), .taken(let path): path
        case .running, .stopped, .failed, nil: nil
        }
    }

    private func tableRefusal(_ model: Model) -> String? {
        guard let report else { return "No report selected." }
        guard report.format == .csv else { return "Only csv opens as a table; this is \(report.format.word)." }
        if running != nil { return "It is being saved; then \(model.keymap.name(of: .openTable)) opens it." }
        return savedPath == nil ? report.whyNoFile ?? "Save it first: \(model.keymap.name(of: .download))." : nil
    }

    private mutating func openTable(_ model: Model) -> [Reaction] {
        if let reason = tableRefusal(model) { return [.say(Notice(.info, reason))] }
        guard let path = savedPath else { return [] }
        opening = path
        return [.effect(.openTable(path)), .say(Notice(.info, "Opening \(path)…"))]
    }

    /// Where it went before, or would go.
    private func proposal(for report: Report, _ model: Model) -> DownloadRequest {
        if let before = downloads[report.id]?.request { return before }
        return DownloadRequest(
            report: report.id, folder: lastFolder ?? model.profile.downloadFolder,
            name: ReportWords.fileName(of: report))
    }

    var isArranging: Bool { list.isWaiting || opening != nil }

    func focused(_ model: Model) -> Report? { report }

    func copies(of row: Report, _ model: Model) -> [CopyOffer] {
        [
            CopyOffer("n", "name", row.name), CopyOffer("y", "id", row.id.rawValue),
            CopyOffer("p", "path of the saved file", savedPath),
        ].compactMap(\.self)
    }

    func words(for row: OpenRow, _ model: Model) -> String? {
        row.id(as: Report.ID.self).map { list.row($0)?.name ?? latest[$0]?.value?.name ?? "report" }
    }

    /// How far its file has come, where nothing is shown beside the list.
    func reason(_ model: Model) -> String? {
        guard opened == nil, let report else { return nil }
        return ReportWords.state(of: download(of: report.id), model.keymap) ?? report.whyNoFile
    }

    func freshness(_ model: Model) -> Freshness {
        if let opened, let snapshot = latest[opened] { return Freshness(snapshot) }
        return Freshness(list.snapshot)
    }
}
