import FoundationEssentials
import Testing

@testable import App

@Suite struct `The text of a configuration file` {
    @Test func `tables, keys, values and comments are told apart`() throws {
        let text = try ConfigurationText(
            """
            # souk
            profile = "nord#wind"  # the usual one
            [profiles."my place"]
            calls-per-minute = 1_000
            read-only = true
            'odd key' = 'C:\\new'
            [keys]
            change-seats = ["c", "F6", ]
            note = "a \\"b\\" \\\\ \\t"
            """)
        #expect(text.tables.map(\.path) == [[], ["profiles", "my place"], ["keys"]])
        #expect(text.tables[0].entries == [.init(key: "profile", value: .text("nord#wind"), line: 2)])
        #expect(text.tables[1].entries.map(\.value) == [.number(1000), .flag(true), .text("C:\\new")])
        #expect(text.tables[2].entries.map(\.value) == [.list(["c", "F6"]), .text("a \"b\" \\ \t")])
        #expect(text.tables[2].line == 7)
    }

    @Test(arguments: [
        ("a = \"x", 1, 5, "no closing"), ("\na 1", 2, 3, "after a key comes ="), ("a = yes", 1, 5, "yes is no value"),
        ("a =", 1, 4, "a value is missing"), ("a = 1 b", 1, 7, "nothing more"), ("[a", 1, 3, "] is missing"),
        ("[]", 1, 2, "a name is expected"), ("a = [\"x\" \"y\"]", 1, 10, ", or ]"), ("a = [x]", 1, 6, "quotes"),
        ("a = 1\na = 2", 2, 1, "already set in line 1"), ("[a]\n[a]", 2, 1, "a second time"),
        ("a = \"\\q\"", 1, 7, "only"), ("= 1", 1, 1, "a name is expected"),
    ])
    func `what is wrong is said with its line and column`(text: String, line: Int, column: Int, words: String) {
        let problem = #expect(throws: ConfigurationText.Problem.self) { try ConfigurationText(text) }
        #expect(problem?.line == line)
        #expect(problem?.column == column)
        #expect(problem?.text.contains(words) == true)
    }
}

@Suite final class `The configuration file` {
    private let directory: String

    init() throws {
        directory = FileManager.default.temporaryDirectory.path() + "/souk-configuration-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private static let two = """
        profile = "nord"
        [profiles.nord]
        base-url = "https://api.example/marketplace/eu"
        marketplace = "de"
        user = "nord.api"
        password-command = "printf 'geheim\\nmore'"
        subscription-key-command = "printf key"
        read-only = true
        index-share = 20
        [profiles.south]
        base-url = "https://south.example/x"
        [keys]
        order = "C"
        """

    private func write(_ text: String, mode: Int = 0o600) throws -> String {
        let path = directory + "/config.toml"
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    private func settings(
        _ text: String, mode: Int = 0o600, environment: [String: String] = [:], profile: String? = nil
    ) throws -> Settings {
        try Settings(environment: environment, path: write(text, mode: mode), profile: profile)
    }

    @Test func `the usual profile gives what the environment does not`() throws {
        let settings = try settings(Self.two, environment: ["SOUK_USER": "other.api"])
        #expect(settings.profileName == "nord")
        #expect(settings.values["SOUK_BASE_URL"] == "https://api.example/marketplace/eu")
        #expect(settings.values["SOUK_USER"] == "other.api")
        #expect(settings.values["SOUK_PASSWORD"] == "geheim")
        #expect(settings.keys.map(\.action) == ["order"])
        #expect(settings.keys.first?.keys == ["C"])
        #expect(settings.keys.first?.place.hasSuffix("config.toml, line 13") == true)
        let profile = try EnvironmentProfile.profile(
            from: settings.values, named: settings.profileName, isReadOnly: false)
        #expect(profile.name == "nord")
        #expect(profile.isReadOnly)
        #expect(try EnvironmentProfile.indexPlan(from: settings.values, pacing: .standard).share == 0.2)
        #expect(settings.places["SOUK_INDEX_SHARE"]?.hasSuffix("config.toml, line 9 (index-share).") == true)
    }

    @Test func `a profile is chosen by its name`() throws {
        #expect(try settings(Self.two, profile: "south").values["SOUK_BASE_URL"] == "https://south.example/x")
        #expect(
            try settings(Self.two, environment: ["SOUK_PROFILE": "south"]).profileName == "south")
        let problem = #expect(throws: Configuration.Problem.self) { try self.settings(Self.two, profile: "east") }
        #expect(problem?.message.contains("there is no profile east") == true)
        #expect(problem?.message.contains("nord, south") == true)
    }

    @Test func `of several profiles one must be chosen`() {
        let text = "[profiles.a]\nuser = \"x\"\n[profiles.b]\nuser = \"y\""
        let problem = #expect(throws: Configuration.Problem.self) { try self.settings(text) }
        #expect(problem?.message.contains("--profile NAME") == true)
    }

    @Test(arguments: [
        ("[profiles.a]\nbase_url = \"x\"", "line 2: base_url is not known here; there are base-url"),
        ("[profiles.a]\nread-only = \"yes\"", "line 2: read-only must be true or false"),
        ("[profiles.a]\ncalls-per-day = \"5\"", "line 2: calls-per-day must be a whole number"),
        ("[profile]\n", "line 1: [profile] is not known; there are [keys] and [profiles.NAME]"),
        ("[keys]\nchange-seats = 5", "line 2: change-seats needs a key in quotes"),
        ("a b", "line 1, column 3: after a key comes ="),
        ("[profiles.a]\npassword-command = \"exit 1\"", "password-command"),
    ])
    func `what is wrong is said with its place`(text: String, words: String) {
        let problem = #expect(throws: Configuration.Problem.self) { try self.settings(text) }
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
    }

    @Test func `a secret in a file that others can read is refused`() throws {
        let text = "[profiles.a]\npassword = \"x\""
        let problem = #expect(throws: Configuration.Problem.self) { try self.settings(text, mode: 0o644) }
        #expect(problem?.message.contains("chmod 600") == true)
        #expect(try settings(text).values["SOUK_PASSWORD"] == "x")
    }

    @Test func `a directory is no configuration`() {
        let problem = #expect(throws: Configuration.Problem.self) {
            try Settings(environment: [:], path: self.directory, profile: nil)
        }
        #expect(problem?.message.contains("is a directory") == true)
    }

    @Test func `a file that was named must exist, the usual one need not`() throws {
        #expect(throws: Configuration.Problem.self) {
            try Settings(environment: [:], path: self.directory + "/none.toml", profile: nil)
        }
        let settings = try Settings(
            environment: ["XDG_CONFIG_HOME": directory + "/none"], path: nil, profile: nil)
        #expect(settings.profileName == nil)
    }

}
