import Dashboard
import Glibc
import TestSupport
import Testing

@testable import App

/// What a person chose of the views is a convenience: whatever is wrong with its file, the program starts without it.
@Suite struct `Choices on the disk` {
    private let directory: String
    private var path: String { directory + "/souk/work.choices.json" }
    private var file: ChoicesFile { ChoicesFile(path: path) }

    init() throws { directory = try TestFolder.make() }

    private var choices: Choices {
        var view = ViewChoices()
        view.columns = ["mpn": true]
        view.columnOrder = ["mpn", "id"]
        view.sort = "rate"
        view.sortsDescending = true
        view.hidesPreview = true
        var choices = Choices()
        choices.usesUTC = true
        choices.views = ["Subscriptions": view]
        return choices
    }

    private func text() -> String { Files.text(of: path) ?? "" }

    @Test func `come back as they were, and only their owner can read them`() {
        file.write(choices)
        #expect(file.read() == choices)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `are none without a file, and nothing is kept without a place`() {
        #expect(file.read() == nil)
        let nowhere = ChoicesFile(path: nil)
        nowhere.write(choices)
        #expect(nowhere.read() == nil)
    }

    @Test func `of a torn file are none, and the next ones replace it`() {
        file.write(choices)
        let whole = text()
        for length in 0..<whole.utf8.count {
            #expect(Files.write(String(whole.prefix(length)), to: path))
            #expect(file.read() == nil, "\(length) of \(whole.utf8.count) bytes")
        }
        file.write(choices)
        #expect(file.read() == choices)
    }

    @Test(arguments: ["[]", "null", "{\"views\":3}", "{\"usesUTC\":\"yes\"}", "\u{0}"])
    func `that make no sense are none`(text: String) {
        file.write(choices)
        #expect(Files.write(text, to: path))
        #expect(file.read() == nil)
    }

    @Test func `with fields of another version are read as far as they are known`() {
        file.write(choices)
        let newer = text().replacing("\"usesUTC\":true", with: "\"colour\":\"red\",\"usesUTC\":true")
            .replacing("\"hidesPreview\":true", with: "\"hidesPreview\":true,\"zoom\":[1,2]")
        #expect(newer.contains("colour") && newer.contains("zoom"))
        #expect(Files.write(newer, to: path))
        #expect(file.read() == choices)
        // An older version knew fewer.
        #expect(Files.write("{\"usesUTC\":true}", to: path))
        var older = Choices()
        older.usesUTC = true
        #expect(file.read() == older)
        #expect(Files.write("{\"usesUTC\":true,\"views\":{\"Orders\":{\"sort\":\"age\"}}}", to: path))
        older.views["Orders"] = ViewChoices()
        older.views["Orders"]?.sort = "age"
        #expect(file.read() == older)
    }

    @Test func `that cannot be written leave the old file as it is, and nothing beside it`() throws {
        file.write(choices)
        let before = text()
        // A folder in the place of the new file cannot be written to by anybody.
        let temporary = "\(path).\(getpid()).new"
        #expect(mkdir(temporary, 0o700) == 0)
        file.write(Choices())
        #expect(text() == before)
        #expect(rmdir(temporary) == 0)
        file.write(Choices())
        #expect(file.read() == Choices())
    }

    @Test func `whose path is a folder, or lies below a file, are none and do no harm`() {
        #expect(Files.write("x", to: directory + "/file"))
        for path in [directory, directory + "/file/work.choices.json"] {
            let file = ChoicesFile(path: path)
            file.write(choices)
            #expect(file.read() == nil)
        }
        #expect(Files.text(of: directory + "/file") == "x")
    }
}
