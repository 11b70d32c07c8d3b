import Glibc
import MarketplaceClient
import TestSupport
import Testing

@testable import App

/// Changes of a configuration file that leave alone what a person wrote.
@Suite struct `The text of a configuration` {
    private static let whole = """
        # Mine.
        profile = "a" # the usual one

        [profiles.a]
        # The address.
        base-url = "https://a/m" # of a
        user = "a#b" # with a sign in it
        password = "p"

        # The other one.
        [profiles.b]
        user = "b"
        """

    private func changed(
        _ text: String, _ edit: (inout ConfigurationText) throws -> Void
    ) throws -> String {
        var changed = ConfigurationText(text, place: "config.toml")
        try edit(&changed)
        return changed.text
    }

    @Test func `keeps every other line and comment`() throws {
        let text = try changed(Self.whole) { text in
            try text.set([.text("user", "c"), .flag("read-only", true)], removing: ["password"], of: "a")
        }
        #expect(
            text
                == Self.whole.replacing("user = \"a#b\" # with", with: "user = \"c\" # with")
                .replacing("password = \"p\"\n", with: "").replacing(
                    "[profiles.a]\n", with: "[profiles.a]\nread-only = true\n"))
    }

    @Test func `names another usual profile, and none`() throws {
        #expect(
            try changed(Self.whole) { try $0.setUsual("b") }
                == Self.whole.replacing("profile = \"a\" #", with: "profile = \"b\" #"))
        #expect(
            try changed(Self.whole) { try $0.setUsual(nil) }
                == Self.whole.replacing("profile = \"a\" # the", with: "# the"))
        #expect(try changed("[profiles.b]\n") { try $0.setUsual("b") } == "profile = \"b\"\n\n[profiles.b]\n")
    }

    @Test func `takes a profile away with the comments in it`() throws {
        let text = try changed(Self.whole) { try $0.remove("a") }
        #expect(text == "# Mine.\nprofile = \"a\" # the usual one\n\n# The other one.\n[profiles.b]\nuser = \"b\"")
        #expect(try changed(Self.whole) { try $0.remove("b") }.hasSuffix("# The other one."))
    }

    @Test(arguments: ["", "\u{FEFF}theme = \"dark\"\r\n", "theme = \"dark\""])
    func `adds a profile at the end, in the line ends and with the mark of the file`(before: String) throws {
        let text = try changed(before) { try $0.set([.text("user", "ä\"\\\u{1}")], removing: [], of: "new") }
        let end = before.contains("\r\n") ? "\r\n" : "\n"
        #expect(text.unicodeScalars.starts(with: before.unicodeScalars))
        #expect(text.hasSuffix("[profiles.new]\(end)user = \"ä\\\"\\\\\\u0001\"\(end)"), "\(text.debugDescription)")
        #expect(
            try Configuration(parsing: text, from: "").profiles.first?.settings["user"]?.text == "ä\"\\\u{1}")
    }

    @Test(arguments: [
        "profiles = { a = { user = \"x\" } }", "[profiles]\na.user = \"x\"", "[profiles]\na = { user = \"x\" }",
        "[profiles.a]\nuser = \"\"\"\nx\"\"\"", "profiles.a.user = \"x\"", "[profiles.a]\nuser = ",
    ])
    func `is left alone where it is laid out in another way`(text: String) {
        for edit: (inout ConfigurationText) throws -> Void in [
            { try $0.set([.text("user", "y"), .text("marketplace", "z")], removing: [], of: "a") },
            { try $0.set([], removing: ["user"], of: "a") }, { try $0.remove("a") },
        ] {
            var changed = ConfigurationText(text, place: "config.toml")
            do {
                try edit(&changed)
                #expect(throws: Never.self) { try changed.meaning() }
            } catch {
                #expect(changed.text == text)
            }
        }
    }

    @Test func `replaces a file as a whole, through a link, with its mode`() throws {
        let folder = try TestFolder.make()
        let (file, link) = (folder + "/real.toml", folder + "/config.toml")
        Files.write("[profiles.a]\nuser = \"a\"\n", to: file)
        #expect(chmod(file, 0o640) == 0 && symlink(file, link) == 0)
        func mode() -> mode_t {
            var status = stat()
            return stat(file, &status) == 0 ? status.st_mode & 0o777 : 0
        }
        let configuration = ConfigurationFile(path: link)
        try configuration.change { (text) throws(ConfigurationText.Problem) in try text.setUsual("a") }
        #expect(Files.text(of: file) == "profile = \"a\"\n\n[profiles.a]\nuser = \"a\"\n")
        #expect(mode() == 0o640)
        try configuration.change { (text) throws(ConfigurationText.Problem) in
            try text.set([.text("password", "p")], removing: [], of: "a")
        }
        #expect(mode() == 0o600, "it holds a secret now")
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
    }

    @Test func `refuses what somebody else changes meanwhile`() throws {
        let folder = try TestFolder.make()
        let path = folder + "/config.toml"
        Files.write("theme = \"dark\"\n", to: path)
        #expect(throws: CommandError.self) {
            try ConfigurationFile(path: path).change { (text) throws(ConfigurationText.Problem) in
                Files.write("theme = \"light\" # by another one\n", to: path)
                try text.setUsual("a")
            }
        }
        #expect(Files.text(of: path) == "theme = \"light\" # by another one\n")
    }
}
