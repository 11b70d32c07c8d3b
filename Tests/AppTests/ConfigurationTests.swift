import FoundationEssentials
import Testing

@testable import App

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

    private func write(_ text: String, mode: Int = 0o600) throws -> String { try write(Array(text.utf8), mode: mode) }

    private func write(_ bytes: [UInt8], mode: Int = 0o600) throws -> String {
        let path = directory + "/config.toml"
        try Data(bytes).write(to: URL(filePath: path))
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
        ("[profiles.a]\nbase_url = \"x\"", "line 2: base_url is not a setting here; there are base-url"),
        ("[profiles.a]\nread-only = \"yes\"", "line 2: read-only must be true or false"),
        ("[profiles.a]\ncalls-per-day = \"5\"", "line 2: calls-per-day must be a whole number"),
        ("[profile]\n", "line 1: [profile] is not a table here; there are [keys], [profiles.NAME], [views.NAME] and"),
        ("[keys]\nchange-seats = 5", "line 2: change-seats needs a key in quotes"),
        ("[keys]\nchange-seats = [\"c\", 5]", "line 2: change-seats needs a key in quotes"),
        ("keys = 5", "line 1: keys must be a table"), ("profiles = 5", "line 1: profiles must be a table"),
        ("profiles.a = \"x\"", "line 1: a must be a table of settings, for example [profiles.a]"),
        ("read-only = true", "line 1: read-only is not a setting here; there are profile"),
        ("read-only = true", "read-only belongs to a profile, below [profiles.NAME]"),
        ("[profiles.a]\ntheme = \"x\"", "theme is for all profiles and comes before the first [ ]"),
        ("[profiles.a]\ncalls-per-day = 1e3", "line 2: calls-per-day must be a whole number, without quotes"),
        ("[profiles.a]\nread-only = \"yes\"", "line 2: read-only must be true or false, without quotes."),
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

    private static let readOnly = """
        # my profile
        [profiles.nord]
        user = "nord.api"
        read-only = true

        """

    @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
    func `read-only is read whatever editor saved the file`(end: String, mark: String) throws {
        for text in [Self.readOnly, String(Self.readOnly.split(separator: "\n").dropFirst().joined(separator: "\n"))] {
            let settings = try settings(mark + text.replacing("\n", with: end))
            #expect(settings.values["SOUK_READ_ONLY"] == "on")
            #expect(settings.values["SOUK_USER"] == "nord.api")
        }
    }

    @Test(arguments: [
        "profiles.nord.read-only = true", "profiles = {nord = {read-only = true}}", "[profiles]\nnord.read-only = true",
        "\"profiles\".'nord'.\"read-\\u006fnly\" = true # \t",
    ])
    func `read-only is read however TOML lets it be written`(text: String) throws {
        let settings = try settings(text)
        #expect(settings.profileName == "nord")
        #expect(settings.values["SOUK_READ_ONLY"] == "on")
    }

    @Test(arguments: [
        "read-only = true", "[profiles]\nread-only = true", "[profiles.nord]\nread_only = true",
        "[profiles.nord]\nread-only = \"true\"", "[profiles.nord]\nread-only = 1", "[[profiles]]\nread-only = true",
        "[profiles.nord.x]\nread-only = true", "[profiles.nord]\nread-only = [true]", "[nord]\nread-only = true",
        "[profiles.nord]\nread-only = true\n[profiles.nord]\nread-only = false", "[profiles.nord]\rread-only = true",
    ])
    func `a file that means to set read-only and does not is refused`(text: String) {
        #expect(throws: Configuration.Problem.self) { try self.settings(text) }
    }

    @Test func `a file in UTF-16 is named`() throws {
        let bytes = Self.readOnly.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        for start in [[], [0xFF, 0xFE] as [UInt8]] {
            let path = try write(start + bytes)
            let problem = #expect(throws: Configuration.Problem.self) {
                try Settings(environment: [:], path: path, profile: nil)
            }
            #expect(problem?.message.contains("config.toml, line 1, column 1: this is written in UTF-16.") == true)
        }
    }

    @Test func `a profile of the environment does not pass by a read-only one unseen`() throws {
        let text = "[profiles.a]\nread-only = true\n[profiles.b]\nuser = \"y\""
        let environment = ["SOUK_BASE_URL": "https://api.example/x"]
        let problem = #expect(throws: Configuration.Problem.self) { try self.settings(text, environment: environment) }
        #expect(problem?.message.contains("makes the profile a read-only") == true)
        #expect(problem?.message.contains("SOUK_READ_ONLY=on or off") == true)
        for value in ["on", "off"] {
            let settings = try settings(text, environment: environment.merging(["SOUK_READ_ONLY": value]) { $1 })
            #expect(settings.values["SOUK_READ_ONLY"] == value)
        }
        let harmless = text.replacing("read-only = true", with: "read-only = false")
        #expect(try settings(harmless, environment: environment).profileName == nil)
    }

    @Test func `a link that leads nowhere is reported`() throws {
        try FileManager.default.createDirectory(atPath: directory + "/souk", withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: directory + "/souk/config.toml", withDestinationPath: directory + "/gone.toml")
        let problem = #expect(throws: Configuration.Problem.self) {
            try Settings(environment: ["XDG_CONFIG_HOME": self.directory], path: nil, profile: nil)
        }
        #expect(problem?.message.contains("leads to no file") == true)
    }
}
