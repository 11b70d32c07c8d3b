import MarketplaceClient
import Testing

@testable import App

@Suite struct `The profile from the environment` {
    private static let whole = [
        "SOUK_BASE_URL": "https://api.example/marketplace/eu/", "SOUK_MARKETPLACE": "de", "SOUK_USER": "x.api",
        "SOUK_PASSWORD": "secret-word", "SOUK_SUBSCRIPTION_KEY": "0123456789abcdef",
    ]

    @Test(arguments: [
        ("/no/such/file.pem", "does not exist"), ("/", "is a directory"), (#filePath, "holds no certificates"),
        ("~/none.pem", "/nowhere/none.pem, does not exist"),
    ])
    func `a file of certificates that cannot be used is told`(path: String, words: String) throws {
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.trustRoots(from: ["SOUK_CA_FILE": path, "HOME": "/nowhere"])
        }
        #expect(problem?.variable == "SOUK_CA_FILE")
        #expect(problem?.message.hasPrefix("SOUK_CA_FILE cannot be used.") == true)
        #expect(problem?.message.contains(words) == true)
    }

    @Test func `without a file of certificates the system's are trusted`() throws {
        #expect(try EnvironmentProfile.trustRoots(from: [:]) == nil)
        #expect(try EnvironmentProfile.trustRoots(from: ["SOUK_CA_FILE": ""]) == nil)
    }

    @Test func `a whole environment makes a profile named by its host`() throws {
        let profile = try EnvironmentProfile.profile(from: Self.whole, isReadOnly: true)
        #expect(profile.name == "api.example")
        #expect(profile.isReadOnly)
        #expect(!"\(profile)".contains("secret-word"))
    }

    @Test(arguments: EnvironmentProfile.variables.map(\.name))
    func `what is missing is named, with where to find it`(name: String) throws {
        var environment = Self.whole
        environment[name] = ""
        let problem = #expect(throws: EnvironmentProfile.Problem.missing([name])) {
            try EnvironmentProfile.profile(from: environment, isReadOnly: false)
        }
        let message = try #require(problem?.message)
        #expect(message.contains(name))
        #expect(message.contains("panel"))
        #expect(message.contains("souk --sandbox"))
        #expect(!message.contains("secret-word"))
    }

    @Test(arguments: ["api.cloud.im", "ftp://x", "http://", "https://user@host/x", "http:// x", "https:///x"])
    func `what is no address is refused with an example`(text: String) {
        var environment = Self.whole
        environment["SOUK_BASE_URL"] = text
        let problem = #expect(throws: EnvironmentProfile.Problem.baseURL(text)) {
            try EnvironmentProfile.profile(from: environment, isReadOnly: false)
        }
        #expect(problem?.message.contains("https://api.cloud.im/marketplace/eu") == true)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8787/marketplace/us", "127.0.0.1:8787", true), ("http://localhost/x", "localhost", true),
        ("http://[::1]:80/", "[::1]:80", true), ("https://api.cloud.im/marketplace/eu", "api.cloud.im", false),
        ("https://localhost.example/", "localhost.example", false),
    ])
    func `only this machine is not production`(text: String, host: String, isThisMachine: Bool) throws {
        let address = try #require(EnvironmentProfile.Address(text))
        #expect(address.host == host)
        #expect(address.isThisMachine == isThisMachine)
    }

    @Test func `the index reads lists ahead where calls are limited, in a third of them`() throws {
        #expect(
            try EnvironmentProfile.indexPlan(from: [:], pacing: .standard)
                == IndexPlan(reads: true, readsDetails: false, share: 1.0 / 3))
        #expect(try !EnvironmentProfile.indexPlan(from: [:], pacing: .unlimited).reads)
        #expect(
            try EnvironmentProfile.indexPlan(
                from: ["SOUK_INDEX": "details", "SOUK_INDEX_SHARE": "20"], pacing: .unlimited)
                == IndexPlan(reads: true, readsDetails: true, share: 0.2))
        #expect(try !EnvironmentProfile.indexPlan(from: ["SOUK_INDEX": "off"], pacing: .standard).reads)
    }

    @Test(arguments: [
        ("SOUK_INDEX", "all"), ("SOUK_INDEX_SHARE", "0"), ("SOUK_INDEX_SHARE", "101"), ("SOUK_INDEX_SHARE", "a third"),
    ])
    func `a wrong setting of the index is named with what it may be`(name: String, text: String) throws {
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.indexPlan(from: [name: text], pacing: .standard)
        }
        let message = try #require(problem?.message)
        #expect(message.contains("\(name) is '\(text)'"))
        #expect(message.contains("must be"))
    }

    @Test func `calls are paced as recommended unless the environment says otherwise`() throws {
        #expect(try EnvironmentProfile.pacing(from: Self.whole) == .standard)
        #expect(
            try EnvironmentProfile.pacing(from: ["SOUK_CALLS_PER_MINUTE": "10"]) == Pacing(perMinute: 10, perDay: 5000))
        #expect(try EnvironmentProfile.pacing(from: ["SOUK_BASE_URL": "http://127.0.0.1:1/x"]) == .unlimited)
        #expect(throws: EnvironmentProfile.Problem.count(variable: "SOUK_CALLS_PER_DAY", text: "many")) {
            try EnvironmentProfile.pacing(from: ["SOUK_CALLS_PER_DAY": "many"])
        }
    }
}
