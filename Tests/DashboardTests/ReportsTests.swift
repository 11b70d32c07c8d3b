import Marketplace
import MarketplaceClient
import Rows
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The view of reports` {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]
    private static let toReport = "9/monthly<Enter>"

    private func stage(_ size: Size = sizes[0], _ keys: String = toReport) async -> Stage {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press(keys)
        return stage
    }

    private func report(_ stage: Stage) throws -> Report { try #require(stage.dashboard.reports.report) }

    private func request(_ stage: Stage, _ name: String = "m.csv") throws -> DownloadRequest {
        DownloadRequest(report: try report(stage).id, folder: "/home/me", name: name)
    }

    // MARK: Pictures

    @Test(arguments: sizes) func `lists them, newest first, with one that is being saved`(size: Size) async throws {
        let stage = await stage(size, "9")
        expectScreen(stage.screen, matches: "reports-\(size.columns)x\(size.rows)")
        await stage.press("/csv<Enter>")
        await stage.send(
            .download(
                try request(stage), .running(DownloadProgress(bytes: 48_200, length: 107_000, resumedFrom: 20_000))))
        expectScreen(stage.screen, matches: "reports-saving-\(size.columns)x\(size.rows)")
        await stage.press("<Enter>")
        expectScreen(stage.screen, matches: "report-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `asks where a file goes`(size: Size) async {
        let stage = await stage(size, Self.toReport + "d")
        expectScreen(stage.screen, matches: "download-form-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `shows a csv as a table that scrolls both ways`(size: Size) async throws {
        let stage = await stage(size)
        try await open(Self.sheet, stage)
        expectScreen(stage.screen, matches: "csv-table-\(size.columns)x\(size.rows)")
        await stage.press("llljj")
        expectScreen(stage.screen, matches: "csv-table-right-\(size.columns)x\(size.rows)")
        await stage.press("<Enter>")
        expectScreen(stage.screen, matches: "csv-line-\(size.columns)x\(size.rows)")
    }

    @Test(arguments: sizes) func `has a report made by form and review`(size: Size) async {
        let stage = await stage(size, Self.toReport + "n")
        expectScreen(stage.screen, matches: "new-report-\(size.columns)x\(size.rows)")
        await stage.press("<F10>")
        expectScreen(stage.screen, matches: "new-report-review-\(size.columns)x\(size.rows)")
    }

    // MARK: Saving

    @Test func `d begins to save only when the form is through`() async throws {
        let stage = await stage()
        let id = try report(stage).id
        await stage.press("d")
        #expect(stage.dashboard.downloadForm != nil)
        #expect(!stage.effects.contains { if case .client(.reportFile) = $0 { true } else { false } })
        await stage.press("/tmp/x<Enter>y.csv<Enter>")
        #expect(stage.effects.contains(.download(DownloadRequest(report: id, folder: "/tmp/x", name: "y.csv"))))
        #expect(stage.dashboard.downloadForm == nil)
    }

    @Test(arguments: [
        ("<BS><Enter>", "Name a folder"), ("/tmp<Enter>a/b<Enter>", "no slash"),
        ("/tmp<Enter><BS><Enter>", "Name the file"),
    ])
    func `a folder or name that cannot be is refused in its form`(keys: String, words: String) async {
        let stage = await stage(Self.sizes[1], Self.toReport + "d")
        await stage.press(keys + "<Enter>")
        #expect(stage.screen.contains(words), "\(stage.screen)")
        #expect(!stage.effects.contains { if case .client(.reportFile) = $0 { true } else { false } })
    }

    @Test(arguments: [
        (
            Download.saved(path: "/home/me/m.csv", bytes: 1200, resumedFrom: 500),
            "Saved: /home/me/m.csv, 1,200 bytes; 500 of them"
        ),
        (
            .taken(path: "/home/me/m.csv"),
            "Not saved: /home/me/m.csv is there already. d names another file, o opens that one."
        ),
        (.stopped(DownloadProgress(bytes: 500, length: 1200)), "m.csv: stopped, 500 of 1,200 bytes kept."),
        (
            .failed(
                "The disk is full: /home/me/m.csv.part cannot be written.", DownloadProgress(bytes: 5, length: nil)),
            "m.csv was not saved. The disk is full"
        ),
    ])
    func `says how a download ended, in whatever view one is`(state: Download, words: String) async throws {
        let stage = await stage(Size(columns: 160, rows: 40))
        let request = try request(stage)
        await stage.press("4")
        await stage.send(.download(request, state))
        #expect(stage.screen.contains(words), "\(stage.screen)")
    }

    @Test func `x stops a download that runs, and says why it cannot stop another`() async throws {
        let stage = await stage()
        await stage.press("x")
        #expect(stage.screen.contains("No download of this report is running."))
        let request = try request(stage)
        await stage.send(.download(request, .running(DownloadProgress(bytes: 1, length: 3))))
        #expect(stage.screen.contains("33 %"))
        await stage.press("d")
        #expect(stage.screen.contains("It is being saved: x stops it."))
        await stage.press("x")
        #expect(stage.effects.contains(.stopDownload(request.report)))
    }

    @Test func `a stopped download begins again with the same folder and name`() async throws {
        let stage = await stage()
        await stage.send(.download(try request(stage), .stopped(DownloadProgress(bytes: 1, length: 3))))
        await stage.press("d")
        #expect(stage.dashboard.downloadForm?.fields["folder"] == "/home/me")
        #expect(stage.dashboard.downloadForm?.fields["name"] == "m.csv")
    }

    @Test func `the folder named last is proposed for the next file`() async throws {
        let stage = await stage()
        await stage.send(.download(try request(stage), .saved(path: "/home/me/m.csv", bytes: 1, resumedFrom: 0)))
        await stage.press("jd")
        #expect(stage.dashboard.downloadForm?.fields["folder"] == "/home/me")
        #expect(stage.dashboard.downloadForm?.fields["name"].hasPrefix("Monthly-Report-2026-") == true)
    }

    @Test func `a report without a file says why`() async {
        let stage = await stage(Self.sizes[1], "9/monthly file:none<Enter>d")
        #expect(stage.screen.contains("Its file is gone: files are kept 90 days."), "\(stage.screen)")
    }

    @Test(arguments: [
        ("Every Invoice - 2026-11-3", "xlsx", "Every-Invoice-2026-11-3-2026-11-01.xlsx"),
        ("../../etc", "csv", "etc-2026-11-01.csv"),
        ("作者", "csv", "report-2026-11-01.csv"), ("\u{1B}]0;x\u{7}", "unknown/x", "0-x-2026-11-01.unknownx"),
    ])
    func `a file name is plain whatever the report is called`(name: String, format: String, expected: String) {
        let formats: [String: Report.Format] = ["csv": .csv, "xlsx": .xlsx]
        let report = Report(
            id: "1", name: name, status: .completed, kind: .daily, format: formats[format] ?? .other(format),
            from: CalendarDate("2026-11-01").map {
                Instant(millisecondsSince1970: Int64($0.daysSince1970) * 86_400_000)
            })
        #expect(ReportWords.fileName(of: report) == expected)
    }

    @Test func `a share is never said to be whole before it is`() {
        #expect(ReportWords.percent(DownloadProgress(bytes: 999, length: 1000)) == "99 %")
        #expect(ReportWords.percent(DownloadProgress(bytes: 1000, length: 1000)) == "100 %")
        #expect(ReportWords.percent(DownloadProgress(bytes: 5, length: nil)) == nil)
        #expect(ReportWords.percent(DownloadProgress(bytes: 5, length: 0)) == nil)
    }

    // MARK: Tables

    private static let sheet =
        "orderNumber,type,status,creationDate,customerId,customerName,mpn,quantity,total,currency\r\n"
        + (1...40).map { line in
            "SO00\(100 + line),\(line % 3 == 0 ? "change" : "sales"),completed,2026-10-\(10 + line % 20)T08:00:00Z,10004\(10 + line),"
                + "\"Jørgensen & Søn, \(line)\",AUR-365-BP,\(line),\(line).50,\(line % 2 == 0 ? "EUR" : "USD")\r\n"
        }.joined()

    private func open(_ text: String, _ stage: Stage) async throws {
        await stage.send(.download(try request(stage), .saved(path: "/home/me/m.csv", bytes: 1, resumedFrom: 0)))
        await stage.press("o")
        #expect(stage.effects.contains(.openTable("/home/me/m.csv")))
        await stage.send(.table(path: "/home/me/m.csv", .success(CSVTable(CSVFile(Array(text.utf8))))))
    }

    @Test func `a table is filtered and sorted as every list, and Esc leads back to the report`() async throws {
        let stage = await stage(Self.sizes[1])
        try await open(Self.sheet, stage)
        #expect(stage.dashboard.csvTable?.list.count == 40)
        await stage.press("/currency:eur quantity>35<Enter>")
        #expect(stage.dashboard.csvTable?.list.count == 3)
        #expect(stage.screen.contains("SO00140"))
        await stage.press("<Esc>stotal<Enter>S")
        #expect(stage.dashboard.csvTable?.list.selected?[8] == "40.50")
        await stage.press("<Esc>")
        #expect(stage.dashboard.csvTable == nil)
        #expect(stage.dashboard.view == .reports)
    }

    @Test func `H reads the first line as a line, and back`() async throws {
        let stage = await stage(Self.sizes[1])
        try await open("a,b\n1,2\n", stage)
        #expect(stage.dashboard.csvTable?.list.count == 1)
        await stage.press("H")
        #expect(stage.dashboard.csvTable?.list.count == 2)
        #expect(stage.screen.contains("column 1"))
        await stage.press("H")
        #expect(stage.dashboard.csvTable?.list.count == 1)
    }

    @Test func `signs that a terminal would obey are not drawn`() async throws {
        let stage = await stage(Self.sizes[1])
        try await open("a,b\n\u{1B}]0;owned\u{7},\u{202E}x\u{9B}31m\n", stage)
        await stage.press("<Enter>")
        #expect(
            !stage.screen.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" || $0.value == 0x9B || $0.value == 0x202E
            })
    }

    @Test(arguments: [("", "The file is empty."), ("a,b\n", "no line but the one that names")])
    func `an empty file says so`(text: String, words: String) async throws {
        let stage = await stage(Self.sizes[1])
        try await open(text, stage)
        #expect(stage.screen.contains(words), "\(stage.screen)")
    }

    @Test func `a table that opens late stays out of the way of who has gone on`() async throws {
        let stage = await stage()
        await stage.send(.download(try request(stage), .taken(path: "/home/me/m.csv")))
        await stage.press("o3")
        await stage.send(.table(path: "/home/me/m.csv", .success(CSVTable(CSVFile(Array("a\n1\n".utf8))))))
        #expect(stage.dashboard.csvTable == nil)
    }

    @Test func `why a file cannot be opened is said, and no other format opens`() async throws {
        let stage = await stage(Size(columns: 160, rows: 40))
        await stage.send(.download(try request(stage), .saved(path: "/home/me/m.csv", bytes: 1, resumedFrom: 0)))
        await stage.press("o")
        await stage.send(.table(path: "/home/me/m.csv", .failure(ExportProblem(message: "It is gone."))))
        #expect(stage.screen.contains("It is gone."))
        await stage.press("<Esc>/xlsx<Enter>o")
        #expect(stage.screen.contains("Only csv opens as a table; this is xlsx."))
    }

    // MARK: Making one

    @Test func `a report is sent once, after its review, and is followed until it is ready`() async throws {
        let stage = await stage(Self.sizes[1], "9n")
        await stage.press("Usage<Enter>2026-10-01<Enter>2026-10-31<F10>")
        #expect(!stage.effects.contains { if case .client(.send) = $0 { true } else { false } })
        await stage.press("report<Enter>")
        #expect(stage.effects.count { if case .client(.send) = $0 { true } else { false } } == 1)
        let made = try report(stage)
        #expect(made.name == "Usage" && made.status == .submitted)
        #expect(made.from?.description == "2026-10-01T00:00:00Z" && made.to?.description == "2026-10-31T23:59:59Z")
        #expect(stage.dashboard.view == .reports && stage.dashboard.reports.opened == made.id)
        await stage.pass(seconds: 20)
        #expect(try report(stage).status == .completed)
        #expect(stage.screen.contains("Report Usage is ready."), "\(stage.screen)")
    }

    @Test(arguments: [
        ("x<Enter>nonsense<Enter>", "2026-11-01"), ("<BS><Enter>2026-10-01<Enter>", "Give the generator's name."),
        ("x<Enter>2026-10-01<Enter>2026-09-30<Enter>", "would end before it begins"),
    ])
    func `what is missing or wrong keeps the form from its review`(keys: String, words: String) async {
        let stage = await stage(Self.sizes[1], "9n" + keys + "<F10>")
        #expect(stage.screen.contains(words), "\(stage.screen)")
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `read-only, the form does not open`() async {
        let stage = await Stage(columns: 120, rows: 40, isReadOnly: true)
        await stage.press("9n")
        #expect(stage.dashboard.flow == nil)
    }

    @Test func `linear mode says the row and the file's state`() async throws {
        let stage = await Stage(columns: 120, rows: 40, isLinear: true)
        await stage.press(Self.toReport)
        let summary = stage.dashboard.reports.summary(stage.dashboard.model)
        #expect(summary.row?.hasPrefix("Monthly Report, status completed, format csv") == true, "\(summary)")
        await stage.send(.download(try request(stage), .running(DownloadProgress(bytes: 1, length: 4))))
        await stage.press("<Enter>")
        let page = stage.dashboard.reports.summary(stage.dashboard.model).page
        #expect(page.contains("Saving: 1 of 4 bytes."), "\(page)")
    }
}
