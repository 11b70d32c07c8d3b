import ClientSupport
import Dashboard
import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import Rows
import Synchronization
import TestSupport
import Testing

@testable import App

@Suite(.serialized) struct `Saved reports` {
    private let folder: String

    init() throws { folder = try TestFolder.make() }

    private func client(_ server: Served) -> Client {
        Client(
            profile: Profile(
                name: "test", baseURL: server.baseURL, marketplace: "us", user: "demo.api", password: Secret("demo"),
                subscriptionKey: Secret(String(repeating: "0", count: 32))),
            transport: UnhurriedTransport(), pacing: .unlimited)
    }

    /// The newest csv report of a client.
    private func report(_ client: Client) async throws -> Report.ID {
        let rows = try await client.reportLists.value(for: ReportQuery(status: .completed, format: .csv)).rows
        return try #require(rows.first).id
    }

    private func save(
        _ client: Client, to folder: String? = nil, _ environment: [String: String] = [:],
        onProgress: @escaping @Sendable (DownloadProgress) -> Void = { _ in }
    ) async throws -> Download {
        let request = DownloadRequest(report: try await report(client), folder: folder ?? self.folder, name: "r.csv")
        return await ReportSaving(request: request, client: client, onProgress: onProgress).run(environment)
    }

    private func bytes(_ name: String) -> [UInt8]? {
        let file = open("\(folder)/\(name)", O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return FileBytes.read(file)
    }

    private func whole() async throws -> [UInt8] {
        let server = try Served()
        defer { _ = server.end() }
        let client = client(server)
        let report = try await client.reports.value(for: try await report(client))
        let bytes = Mutex<[UInt8]>([])
        try await client.download(report) { part in
            if case .bytes(let more) = part { bytes.withLock { $0 += more } }
            return true
        }
        return bytes.withLock { $0 }
    }

    @Test(.onOwnThreads) func `go on where they were cut, and say how far they are`() async throws {
        let all = try await whole()
        let seen = Mutex<[DownloadProgress]>([])
        let server = try Served(["--fault", "GET /rde/*/*: truncate 500 first 2"])
        defer { _ = server.end() }
        let ending = try await save(client(server)) { progress in seen.withLock { $0.append(progress) } }
        #expect(ending == .saved(path: folder + "/r.csv", bytes: all.count, resumedFrom: 0))
        #expect(bytes("r.csv") == all && bytes("r.csv.part") == nil)
        var status = stat()
        #expect(stat(folder + "/r.csv", &status) == 0 && status.st_mode & 0o777 == 0o600)
        let progress = seen.withLock { $0 }
        #expect(progress.map(\.bytes) == progress.map(\.bytes).sorted())
        #expect(progress.contains { $0.bytes == 500 } && progress.allSatisfy { $0.length == all.count })
    }

    @Test(.onOwnThreads) func `begin anew where the storage ignores what was asked for, and glue nothing together`()
        async throws
    {
        let all = try await whole()
        let server = try Served([
            "--fault", "GET /rde/*/*: truncate 500 first 1", "--fault", "GET /rde/*/*: ignored-range",
        ])
        defer { _ = server.end() }
        let starts = Mutex<[Int]>([])
        let ending = try await save(client(server)) { progress in starts.withLock { $0.append(progress.bytes) } }
        #expect(ending == .saved(path: folder + "/r.csv", bytes: all.count, resumedFrom: 0))
        #expect(bytes("r.csv") == all)
        let after = starts.withLock { $0 }.drop { $0 < 500 }.dropFirst()
        #expect(after.contains(0), "the second answer begins at the first byte")
    }

    @Test(.onOwnThreads) func `keep what came when they fail, and the same download goes on there later`() async throws
    {
        let all = try await whole()
        let server = try Served([
            "--fault", "GET /rde/*/*: truncate 500 first 1", "--fault", "GET /rde/*/*: reset first 2",
        ])
        defer { _ = server.end() }
        let client = client(server)
        guard case .failed(_, let progress?) = try await save(client) else { return #expect(Bool(false)) }
        #expect(progress.bytes == 500 && progress.length == all.count)
        #expect(bytes("r.csv.part")?.count == 500 && bytes("r.csv") == nil)
        #expect(try await save(client) == .saved(path: folder + "/r.csv", bytes: all.count, resumedFrom: 500))
        #expect(bytes("r.csv") == all)
    }

    @Test(.onOwnThreads) func `stop when their task is cancelled, and keep what came`() async throws {
        let all = try await whole()
        let server = try Served(["--fault", "GET /rde/*/*: slow 600 first 1"])
        defer { _ = server.end() }
        let client = client(server)
        let begun = Mailslot<Bool>()
        let task = Task {
            try await save(client) { if $0.bytes > 0 { begun.put(true) } }
        }
        while begun.take() == nil { await Task.yield() }
        task.cancel()
        guard case .stopped(let progress) = try await task.value else { return #expect(Bool(false)) }
        #expect(progress.bytes > 0 && progress.bytes < all.count)
        #expect(bytes("r.csv.part") == Array(all.prefix(progress.bytes)))
        #expect(
            try await save(client)
                == .saved(path: folder + "/r.csv", bytes: all.count, resumedFrom: progress.bytes))
        #expect(bytes("r.csv") == all)
    }

    @Test(.onOwnThreads) func `replace nothing that is there`() async throws {
        let server = try Served()
        defer { _ = server.end() }
        let file = open(folder + "/r.csv", O_WRONLY | O_CREAT, 0o600)
        #expect(FileBytes.write(Array("mine".utf8), to: file))
        close(file)
        #expect(try await save(client(server)) == .taken(path: folder + "/r.csv"))
        #expect(bytes("r.csv") == Array("mine".utf8))
    }

    @Test(.onOwnThreads) func `say plainly which folder is missing, and take ~ for the home folder`() async throws {
        let server = try Served()
        defer { _ = server.end() }
        let client = client(server)
        #expect(
            try await save(client, to: folder + "/none")
                == .failed("There is no folder \(folder)/none. Make it, or name another one.", nil))
        guard case .saved(let path, _, _) = try await save(client, to: "~", ["HOME": folder]) else {
            return #expect(Bool(false))
        }
        #expect(path == folder + "/r.csv")
    }

    // MARK: Words

    @Test(arguments: [
        (ENOSPC, "The disk is full: /d/f.part cannot be written. Free some space, then try again."),
        (EDQUOT, "The disk is full: /d/f.part cannot be written. Free some space, then try again."),
        (ENOENT, "There is no folder /d. Make it, or name another one."),
        (ENOTDIR, "/d is no folder. Name another one."), (EACCES, "You may not write to /d. Name another folder."),
        (EROFS, "/d is on a disk that can only be read. Name another folder."),
        (EIO, "/d/f.part cannot be written (Input/output error)."),
    ])
    func `say plainly why a file cannot be written`(code: Int32, words: String) {
        #expect(FileProblem("/d/f.part", "cannot be written", code: code).sentences == words)
    }

    @Test(arguments: [
        ("~", "/home/me/f"), ("~/x", "/home/me/x/f"), ("x", "/here/x/f"), (".", "/here/f"), ("/a/", "/a/f"),
        ("/", "/f"), ("", "/here/f"), ("~x", "/here/~x/f"),
    ])
    func `are saved where the person says`(typed: String, path: String) {
        #expect(SavedPath(folder: typed, ["HOME": "/home/me", "PWD": "/here"]).path(of: "f") == path)
    }

    @Test func `are proposed for the folder of downloads, else for where souk was started`() {
        #expect(SavedPath.usual(["XDG_DOWNLOAD_DIR": "/dl", "PWD": "/here"]) == "/dl")
        #expect(SavedPath.usual(["XDG_DOWNLOAD_DIR": "rel", "PWD": "/here"]) == "/here")
    }

    // MARK: Tables

    private func write(_ text: String, _ name: String) {
        let file = open("\(folder)/\(name)", O_WRONLY | O_CREAT, 0o600)
        #expect(FileBytes.write(Array(text.utf8), to: file))
        close(file)
    }

    private func problem(_ path: String) -> String {
        switch ReportFiles.table(at: path) {
        case .success: "opened"
        case .failure(let problem): problem.message
        }
    }

    @Test func `open as tables, and say why they do not`() throws {
        write("a,b\n1,2\n", "t.csv")
        let table = try ReportFiles.table(at: folder + "/t.csv").get()
        #expect(table.titles == ["a", "b"] && table.rowCount == 1)
        #expect(
            problem(folder + "/none.csv")
                == "\(folder)/none.csv cannot be opened: it is not there any more. Save it again.")
        #expect(problem(folder) == "\(folder) is no file that can be opened as a table.")
        #expect(mkfifo(folder + "/pipe", 0o600) == 0)
        #expect(problem(folder + "/pipe") == "\(folder)/pipe is no file that can be opened as a table.")
    }

    @Test func `with a hundred thousand lines are tables of a hundred thousand rows`() throws {
        let lines = (1...100_000).map { "SO\($0),\"Größe; \($0)\",\($0).50,2026-10-01" }
        write("number,name,total,day\r\n" + lines.joined(separator: "\r\n") + "\r\n", "long.csv")
        let table = try ReportFiles.table(at: folder + "/long.csv").get()
        let rows = table.rows()
        #expect(rows.count == 100_000 && rows.last?[1] == "Größe; 100000")
    }
}

extension `Saved reports` {
    /// One download a report at a time, whose states come as events.
    @Test func `are saved by the runner one at a time, and each end is posted`() async throws {
        let mailbox = try #require(Mailbox())
        let files = ReportFiles(StubClient(), mailbox)
        let request = DownloadRequest(report: "r", folder: "/d", name: "f")
        files.run(.download(request))
        var states: [Download] = []
        while states.last.map({ if case .saved = $0 { false } else { true } }) ?? true {
            for case .download(request, let state) in mailbox.drain() { states.append(state) }
            await Task.yield()
        }
        #expect(
            states == [
                .running(DownloadProgress(bytes: 1, length: 2)), .saved(path: "/d/f", bytes: 2, resumedFrom: 0),
            ])
    }
}
