import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App

/// When the marketplace was last seen in a dashboard, in its file.
@Suite struct `The time of the last session on the disk` {
    private let path: String
    private var file: SessionFile { SessionFile(path: path, lockLimit: .milliseconds(50)) }
    private static let noon = Instant("2026-11-26T12:00:00Z")!

    init() throws { path = try TestFolder.make() + "/souk/work.session.json" }

    @Test func `is kept alone, and only its owner can read it`() throws {
        #expect(try file.read() == nil)
        try file.note(Self.noon)
        #expect(try file.read() == Self.noon)
        #expect(Files.text(of: path) == #"{"lastSeen":"2026-11-26T12:00:00Z"}"#)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `of two dashboards is the later one`() throws {
        let (one, other) = (file, file)
        try one.note(Self.noon)
        try other.note(Self.noon.adding(seconds: -60))
        #expect(try file.read() == Self.noon)
        try other.note(Self.noon.adding(seconds: 60))
        #expect(try file.read() == Self.noon.adding(seconds: 60))
    }

    @Test func `that a clock kept which was ahead gives way`() throws {
        try file.note(Self.noon.adding(seconds: 86_400 * 365))
        try file.note(Self.noon)
        #expect(try file.read() == Self.noon)
    }

    @Test func `is nowhere without a place`() throws {
        let memory = SessionFile(path: nil)
        #expect(try memory.read() == nil)
    }

    @Test(arguments: ["", "{", "[]", #"{"lastSeen":5}"#, "\u{0}"])
    func `of a damaged file is put aside before the next is kept`(text: String) throws {
        try file.note(Self.noon)
        #expect(Files.write(text, to: path))
        let failure = #expect(throws: SessionFile.Problem.self) { try file.read() }
        #expect(
            failure?.message.hasPrefix("The time of the last session cannot be read: the file is damaged, and is put ")
                == true)
        try file.note(Self.noon)
        #expect(try file.read() == Self.noon)
        #expect(Files.text(of: path + ".damaged") == text)
    }

    @Test(arguments: ["{}", #"{"lastSeen":"yesterday"}"#, #"{"lastSeen":null,"more":1}"#])
    func `that says no moment is none`(text: String) throws {
        try file.note(Self.noon)
        #expect(Files.write(text, to: path))
        #expect(try file.read() == nil)
        try file.note(Self.noon)
        #expect(try file.read() == Self.noon)
    }

    @Test func `that cannot be read stays where it is`() throws {
        try file.note(Self.noon)
        #expect(unlink(path) == 0 && mkdir(path, 0o700) == 0)
        #expect(throws: SessionFile.Problem.self) { try file.note(Self.noon) }
        #expect(access(path, F_OK) == 0)
    }

    @Test func `waits for another program no longer than it may`() throws {
        try file.note(Self.noon)
        let lock = try FileLock.take(path, within: .zero)
        defer { FileLock.release(lock) }
        let failure = #expect(throws: SessionFile.Problem.self) { try file.note(Self.noon.adding(seconds: 60)) }
        #expect(failure?.message.contains("another program holds") == true)
    }
}
