import Dashboard
import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

/// The rows that a person watches, in their file.
@Suite struct `Watched rows on the disk` {
    private let path: String
    private var file: WatchFile { WatchFile(path: path, lockLimit: .milliseconds(50)) }

    init() throws { path = try TestFolder.make() + "/souk/work.watch.json" }

    private static func row(_ id: String) -> WatchedRow {
        WatchedRow(customer: Account.ID(id), name: "Customer \(id)", .active)
    }

    @Test func `come back as they were, and only their owner can read them`() throws {
        try file.apply(.add(Self.row("1")))
        #expect(try file.read().rows == [Self.row("1")])
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `of two programs are all kept, and one that was taken off stays off`() throws {
        let (one, other) = (file, file)
        try one.apply(.add(Self.row("1")))
        try other.apply(.add(Self.row("2")))
        #expect(try one.apply(.remove(WatchedRow.ID(Account.ID("1")))).rows.map(\.id.id) == ["2"])
        try other.apply(.replace(Self.row("1")))
        #expect(try one.read().rows.map(\.id.id) == ["2"])
    }

    @Test func `are none without a file, and stay in memory without a place`() throws {
        #expect(try file.read().rows.isEmpty)
        let memory = WatchFile(path: nil)
        try memory.apply(.add(Self.row("1")))
        #expect(try memory.read().rows.count == 1)
    }

    @Test(arguments: ["", "{", "[", "{\"rows\":[]}", "3", "\u{0}"])
    func `of a damaged file are told of and put aside before the next is kept`(text: String) throws {
        try file.apply(.add(Self.row("1")))
        #expect(Files.write(text, to: path))
        #expect(throws: WatchFile.Problem.self) { try file.read() }
        try file.apply(.add(Self.row("2")))
        #expect(try file.read().rows.map(\.id.id) == ["2"])
        #expect(Files.text(of: path + ".damaged") == text)
        #expect(Files.write("again", to: path))
        try file.apply(.add(Self.row("3")))
        #expect(Files.text(of: path + ".damaged") == text)
        #expect(Files.text(of: path + ".damaged-2") == "again")
    }

    @Test func `that cannot be read stay where they are`() throws {
        try file.apply(.add(Self.row("1")))
        #expect(unlink(path) == 0 && mkdir(path, 0o700) == 0)
        #expect(throws: WatchFile.Problem.self) { try file.apply(.add(Self.row("2"))) }
        var status = stat()
        #expect(stat(path, &status) == 0 && lstat(path + ".damaged", &status) != 0)
    }

    @Test func `are not changed while another program holds them, which is said`() throws {
        try file.apply(.add(Self.row("1")))
        let lock = try FileLock.take(path, within: .zero)
        let problem = #expect(throws: WatchFile.Problem.self) { try file.apply(.add(Self.row("2"))) }
        #expect(problem?.message.contains("another program holds") == true)
        FileLock.release(lock)
        #expect(try file.apply(.add(Self.row("2"))).rows.count == 2)
    }
}
