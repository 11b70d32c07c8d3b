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
    func `a file of certificates that cannot be used is reported`(path: String, words: String) throws {
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.trustRoots(from: ["SOUK_CA_FILE": path, "HOME": "/nowhere"], places: ["/"])
        }
        #expect(problem?.variable == "SOUK_CA_FILE")
        #expect(problem?.message.hasPrefix("SOUK_CA_FILE cannot be used.") == true)
        #expect(problem?.message.contains(words) == true)
    }

    @Test func `without a file of certificates the system's are trusted`() throws {
        for file in [nil, ""] {
            #expect(
                try EnvironmentProfile.trustRoots(from: ["SOUK_CA_FILE": file].compactMapValues(\.self), places: ["/"])
                    == TrustRoots())
        }
    }

    @Test func `a system without certificates is reported at once, unless nothing is encrypted`() throws {
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.trustRoots(from: Self.whole, places: ["/nowhere/certs"])
        }
        #expect(problem?.message.hasPrefix("This system has no certificate authorities") == true)
        let plain = Self.whole.merging(["SOUK_BASE_URL": "HTTP://127.0.0.1/x"]) { $1 }
        #expect(try EnvironmentProfile.trustRoots(from: plain, places: []) == TrustRoots())
    }

    @Test(
        arguments: [
            ("http://api.example/x", [:], "leads to api.example with http://"), ("https://api.example/x", [:], nil),
            ("HTTP://API.example/x", [:], "leads to API.example"), ("http://127.evil.com/", [:], "127.evil.com"),
            ("http://localhost.evil.com/", [:], "localhost.evil.com"), ("http://LocalHost.:80/x", [:], nil),
            ("http://127.1/x", [:], nil), ("http://[::ffff:127.0.0.1]/x", [:], nil),
            ("http://10.0.0.1/x", [:], "10.0.0.1"),
            ("http://api.example/x", ["SOUK_ALLOW_PLAIN_HTTP": "on"], nil),
            ("http://api.example/x", ["SOUK_ALLOW_PLAIN_HTTP": "off"], "api.example"),
            (
                "http://127.0.0.1/x", ["http_proxy": "http://p.example:1"],
                "http_proxy leads to a proxy on another machine"
            ),
            ("http://127.0.0.1/x", ["http_proxy": "http://localhost:1"], nil),
            ("http://127.0.0.1/x", ["http_proxy": "p.example:1", "no_proxy": "127.0.0.1"], nil),
            ("http://127.0.0.1/x", ["ALL_PROXY": "p.example:1", "SOUK_ALLOW_PLAIN_HTTP": "on"], nil),
            (
                "https://api.example/x", ["https_proxy": "https://p.example:1"],
                "https_proxy names a proxy of the kind https"
            ),
            ("https://api.example/x", ["https_proxy": "p.example:1", "NO_PROXY": "10.0.0.0/99"], "NO_PROXY holds"),
        ] as [(String, [String: String], String?)])
    func `secrets go nowhere in the clear but to this machine`(
        url: String, more: [String: String], words: String?
    ) throws {
        let environment = Self.whole.merging(["SOUK_BASE_URL": url]) { $1 }.merging(more) { $1 }
        guard let words else {
            _ = try EnvironmentProfile.proxies(from: environment)
            return
        }
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.proxies(from: environment)
        }
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
    }

    @Test(arguments: [
        ("SOUK_PASSWORD", "demo\r", "holds a carriage return (U+000D) at its end"),
        ("SOUK_PASSWORD", "demo\n", "a line end (U+000A)"), ("SOUK_PASSWORD", "\"demo\"", "is in quotes"),
        ("SOUK_PASSWORD", "“demo”", "is in quotes"), ("SOUK_USER", " demo.api", "begins with a blank"),
        ("SOUK_USER", "demo.api ", "ends with a blank"), ("SOUK_USER", "demo.api:secret", "holds a colon"),
        ("SOUK_PASSWORD", "\u{FEFF}demo", "a byte order mark (U+FEFF) at its start"),
        ("SOUK_SUBSCRIPTION_KEY", "00\u{200B}", "a zero-width space (U+200B) at its end"),
        ("SOUK_SUBSCRIPTION_KEY", "00\r\nX-Evil: 1", "a carriage return (U+000D) in it"),
        ("SOUK_SUBSCRIPTION_KEY", "00 11", "holds a blank in it"), ("SOUK_SUBSCRIPTION_KEY", "00ö", "no plain letter"),
        ("SOUK_MARKETPLACE", "us\n", "a line end"), ("SOUK_MARKETPLACE", "'us'", "is in quotes"),
        ("SOUK_BASE_URL", "https://api.example/x\u{A0}", "a no-break space (U+00A0) at its end"),
        ("SOUK_BASE_URL", "https://api.example/x ", "ends with a blank"), ("SOUK_PASSWORD", "\u{202E}x", "invisible"),
        ("SOUK_PASSWORD", "a\u{0}b", "a null byte"), ("SOUK_PASSWORD", "a\tb", "a tab"),
    ])
    func `what nobody meant to be part of a value is named before anything is sent`(
        variable: String, value: String, words: String
    ) {
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.profile(from: Self.whole.merging([variable: value]) { $1 }, isReadOnly: false)
        }
        #expect(problem?.variable == variable)
        #expect(problem?.message.hasPrefix(variable + " ") == true)
        #expect(problem?.message.contains(words) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.contains("secret") == false && problem?.message.contains("demo") == false)
    }

    @Test(arguments: ["correct horse battery", "\"", "it's", "\"a", "pässwörd 作", "a\"b", "-", "😀"])
    func `an odd password is a password`(password: String) throws {
        let environment = Self.whole.merging(["SOUK_PASSWORD": password]) { $1 }
        #expect(try !EnvironmentProfile.profile(from: environment, isReadOnly: false).password.isEmpty)
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

    @Test(arguments: [
        "https://user:pass-word@host/x", "https://user:pa/ss-word@host/x", "https://pass-word@host", "//u:pass-word@h",
    ])
    func `a login in an address is refused without showing it`(text: String) {
        let environment = Self.whole.merging(["SOUK_BASE_URL": text]) { $1 }
        let problem = #expect(throws: EnvironmentProfile.Problem.self) {
            try EnvironmentProfile.profile(from: environment, isReadOnly: false)
        }
        #expect(problem?.message.hasPrefix("SOUK_BASE_URL holds a user name or password") == true)
        #expect(problem?.message.contains("ss-word") == false)
    }

    @Test(arguments: [
        "api.cloud.im", "ftp://x", "http://", "http:// x", "https:///x", "https://user:pass-word", "u:pass-word",
    ])
    func `what is no address is refused with an example`(text: String) {
        var environment = Self.whole
        environment["SOUK_BASE_URL"] = text
        let problem = #expect(throws: EnvironmentProfile.Problem.baseURL(text)) {
            try EnvironmentProfile.profile(from: environment, isReadOnly: false)
        }
        #expect(problem?.message.contains("https://api.cloud.im/marketplace/eu") == true)
        #expect(problem?.message.contains("pass-word") == false)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8787/marketplace/us", "127.0.0.1:8787", true), ("http://localhost/x", "localhost", true),
        ("http://[::1]:80/", "[::1]:80", true), ("https://api.cloud.im/marketplace/eu", "api.cloud.im", false),
        ("https://localhost.example/", "localhost.example", false),
    ])
    func `only this machine is not production`(text: String, host: String, isThisMachine: Bool) throws {
        let address = try #require(EnvironmentProfile.Address(text))
        #expect(address.authority == host)
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
