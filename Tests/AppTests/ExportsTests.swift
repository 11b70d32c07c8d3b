import Dashboard
import Glibc
import TestSupport
import Testing

@testable import App

@Suite final class `Exported files` {
    private let folder: String

    init() throws { folder = try TestFolder.make() }

    deinit {
        for name in names { unlink("\(folder)/\(name)") }
        rmdir(folder)
    }

    private var names: [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    private func text(_ path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1000)
        return String(decoding: bytes[..<fread(&bytes, 1, bytes.count, file)], as: UTF8.self)
    }

    @Test func `a file is new and its owner's alone`() throws {
        let path = try Exports(folders: [folder]).write("a,b\r\n", name: "j.csv").get()
        #expect(path.hasSuffix("/j.csv"))
        #expect(text(path) == "a,b\r\n")
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `no file is written over`() throws {
        let exports = Exports(folders: [folder])
        _ = try exports.write("first", name: "j.csv").get()
        let second = try exports.write("second", name: "j.csv").get()
        #expect(names == ["j-2.csv", "j.csv"])
        #expect(text(second) == "second")
        #expect(text("\(folder)/j.csv") == "first")
    }

    @Test func `a link in the way is not followed`() throws {
        #expect(symlink("/nowhere/at/all", "\(folder)/j.csv") == 0)
        _ = try Exports(folders: [folder]).write("x", name: "j.csv").get()
        #expect(names == ["j-2.csv", "j.csv"])
    }

    @Test(arguments: [
        ("../../etc/passwd", "-..-etc-passwd"), ("a/b\u{1B}]0;x", "a-b--0-x"), ("", "souk-export"),
        ("..", "souk-export"),
        ("souk-journal-作.csv", "souk-journal--.csv"),
    ]) func `names are made harmless`(name: String, safe: String) { #expect(Exports.safe(name) == safe) }

    @Test func `the next folder is taken when the first cannot be written to`() throws {
        let path = try Exports(folders: ["\(folder)/missing", folder]).write("x", name: "j").get()
        #expect(path.hasSuffix("/j"))
    }

    @Test func `a failure says what to do`() {
        guard case .failure(let problem) = Exports(folders: ["\(folder)/missing"]).write("x", name: "j") else {
            Issue.record("it was written")
            return
        }
        #expect(problem.message.contains("Nothing was exported"))
        #expect(problem.message.contains("XDG_DOWNLOAD_DIR"))
    }
}
