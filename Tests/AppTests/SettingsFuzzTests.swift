import FoundationEssentials
import Glibc
import MarketplaceClient
import TestSupport
import Testing

@testable import App

/// Whatever is in the configuration file and in the environment, there is an answer, and what protects is not lost.
/// SOUK_FUZZ_EVENTS in the environment makes it more of them.
@Suite(.onOwnThreads, .timeLimit(.minutes(60))) struct `Any settings` {
    private static let wanted = getenv("SOUK_FUZZ_EVENTS").flatMap { Int(String(cString: $0)) } ?? 4000

    // MARK: The file

    private static let texts = [
        """
        # my profile
        profile = "nord"
        theme = 'dark'
        [profiles.nord]
        base-url = "https://api.example/marketplace/eu" # eu
        read-only = true
        calls-per-minute = 1_0
        [profiles."s\\u00f8r"]
        user = "x.api"
        [keys]
        order = ["C", "F6"]

        """,
        "[profiles.a]\r\nuser = \"a.api\"\r\n# x\r\nread-only = true # yes\r\n\r\n[keys]\r\n'filter' = [\r\n'/', # y\r\n]\r\n",
        "\u{FEFF}[profiles]\n[profiles.a]\nread-only=true\nindex-share = 0x14\n[profiles.b]\nread-only = false\n",
    ].map { Array($0.utf8) }

    private static let pieces = [
        "\r", "\n", "\r\n", "\t", " ", "#", "\"", "'", "=", ".", ",", "[", "]", "{", "}", "\\", "\u{0}", "\u{FEFF}",
        "ø",
        "read-only = true\n", "[profiles.c]\n", "true", "false", "1", "_", "\\u0041", "[[", "]]", "é", "\u{2028}",
        "\u{85}",
    ].map { Array($0.utf8) }

    private static func edit(_ bytes: inout [UInt8], _ dice: inout Dice) {
        let place = dice.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + dice.below(12))
        switch dice.below(7) {
        case 0: bytes.insert(UInt8(dice.below(256)), at: place)
        case 1: bytes.insert(contentsOf: dice.one(of: pieces), at: place)
        case 2: bytes.removeSubrange(place..<end)
        case 3: if place < bytes.count { bytes[place] = UInt8(dice.below(256)) }
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: dice.below(bytes.count + 1))
        case 5: bytes = Array(bytes.prefix(place))
        default: if place < bytes.count { bytes.removeSubrange(place..<(place + 1)) }
        }
    }

    /// Whether a line of the text says for itself, without any knowledge of TOML, that a profile is read-only. Nil where
    /// the line may be part of a longer text.
    private static func saysReadOnly(_ bytes: [UInt8]) -> Bool? {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.contains("'''") || text.contains("\"\"\"") { return nil }
        return text.unicodeScalars.split(separator: "\n").contains { line in
            let words = String(line).prefix { $0 != "#" }.filter { !" \t\r\u{FEFF}".contains($0) }
            return words == "read-only=true"
        }
    }

    @Test func `of a file are refused, or keep what says read-only`() {
        var dice = Dice(seed: 20_261_126)
        var accepted = 0
        for round in 0..<Self.wanted {
            var bytes = dice.one(of: Self.texts)
            for _ in 0...dice.below(3) { Self.edit(&bytes, &dice) }
            let profiles: [Configuration.ProfileSettings]
            do {
                profiles = try Configuration(SourceText(bytes), from: "f").profiles
            } catch {
                continue
            }
            accepted += 1
            guard Self.saysReadOnly(bytes) == true else { continue }
            let isKept = profiles.contains { $0.settings["read-only"]?.text == "on" }
            #expect(isKept, "round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)")
        }
        // A run in which everything is refused finds nothing.
        #expect(accepted > Self.wanted / 20)
    }

    @Test func `of a file that toml-test made end with an answer`() throws {
        let folder =
            #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/Toml/"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".toml") }
            .sorted()
        let texts = files.compactMap { FileManager.default.contents(atPath: folder + $0).map { [UInt8]($0) } }
        var dice = Dice(seed: 7)
        for _ in 0..<Self.wanted {
            var bytes = dice.one(of: texts)
            for _ in 0...dice.below(4) { Self.edit(&bytes, &dice) }
            do throws(SourceText.Problem) {
                _ = try TOMLDocument(SourceText(bytes))
            } catch {
                #expect(error.place.line >= 1 && error.place.column >= 1 && !error.text.isEmpty)
            }
        }
    }

    // MARK: The environment

    private static let values = [
        "", "on", "off", "ON", "True", "0", "1", "yes", " on", "60", "-1", "99999999999999999999", "lists", "details",
        "https://api.example/marketplace/eu", "http://127.0.0.1:8787/x", "HTTP://LOCALHOST", "http://127.1/",
        "http://0/",
        "http://127.evil.com/", "http://[::1]/", "http://[::ffff:127.0.0.1]:80", "http://localhost.evil.com",
        "http://10.0.0.1", "https://u:pass-word@h/", "https://u:pass-word", "http://p.example:3128", "p.example",
        "socks5://p.example", "socks5h://u:pass-word@p.example", "https://p.example:1",
        "http://u:pass-word@p.example:1",
        "127.0.0.1:99999", "*", "10.0.0.0/8", "10.0.0.0/99", ".example, localhost", "[::1]:80", "us", "x.api",
        "pass-word", "pass-word\r", "\"pass-word\"", "\u{200B}", "/nowhere/ca.pem", "~/x.pem", "/",
    ]

    private static let names =
        (Configuration.profileKeys + Configuration.commonKeys).compactMap(\.variable) + [
            "https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
            "SSL_CERT_FILE", "HOME",
        ]

    private static let secretive = [
        "SOUK_BASE_URL", "SOUK_USER", "SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY", "https_proxy", "HTTPS_PROXY",
        "http_proxy", "all_proxy", "ALL_PROXY",
    ]

    /// What resolvers make of a host that is written in numbers.
    private static func isLoopback(_ host: String) -> Bool {
        let name = host.lowercased()
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(name, nil, &hints, &found) == 0, let first = found else { return false }
        defer { freeaddrinfo(first) }
        var text = [CChar](repeating: 0, count: 100)
        getnameinfo(first.pointee.ai_addr, first.pointee.ai_addrlen, &text, 100, nil, 0, NI_NUMERICHOST)
        let shown = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return shown.hasPrefix("127.") || shown.hasPrefix("::ffff:127.") || ["::1", "0.0.0.0", "::"].contains(shown)
    }

    private func check(_ environment: [String: String]) throws(EnvironmentProfile.Problem) {
        let profile = try EnvironmentProfile.profile(from: environment, isReadOnly: false)
        _ = try EnvironmentProfile.indexPlan(from: environment, pacing: EnvironmentProfile.pacing(from: environment))
        _ = try EnvironmentProfile.trustRoots(from: environment, places: ["/"])
        let proxies = try EnvironmentProfile.proxies(from: environment)
        let saysReadOnly = ["on", "true", "yes", "1"].contains(environment["SOUK_READ_ONLY"]?.lowercased())
        #expect(profile.isReadOnly == saysReadOnly, "\(environment)")
        guard let address = EnvironmentProfile.Address(profile.baseURL) else {
            Issue.record("no address: \(environment)")
            return
        }
        let names =
            address.scheme == "https"
            ? ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] : ["http_proxy", "all_proxy", "ALL_PROXY"]
        let wantsProxy = names.contains { environment[$0].filled != nil }
        let hasExceptions = ["no_proxy", "NO_PROXY"].contains { environment[$0].filled != nil }
        let proxy = proxies.proxy(scheme: address.scheme, host: address.host)
        if !hasExceptions { #expect((proxy != nil) == wantsProxy, "\(environment)") }
        let isAllowed = try EnvironmentProfile.flag("SOUK_ALLOW_PLAIN_HTTP", environment)
        if address.scheme == "http", !isAllowed {
            #expect(Self.isLoopback(address.host.name), "\(environment)")
            if let proxy { #expect(Self.isLoopback(proxy.host.name), "\(environment)") }
        }
    }

    @Test func `of the environment are refused by their name, or taken as they are`() {
        var dice = Dice(seed: 8)
        var accepted = 0
        let whole = [
            "SOUK_BASE_URL": "https://api.example/x", "SOUK_MARKETPLACE": "us", "SOUK_USER": "x.api",
            "SOUK_PASSWORD": "pass-word", "SOUK_SUBSCRIPTION_KEY": "0123456789",
        ]
        for _ in 0..<Self.wanted {
            var environment = whole
            for _ in 0...dice.below(4) {
                var value = Array(dice.one(of: Self.values).utf8)
                if dice.below(3) == 0 { Self.edit(&value, &dice) }
                let text = String(decoding: value, as: UTF8.self)
                environment[dice.one(of: Self.names)] = text
            }
            do throws(EnvironmentProfile.Problem) {
                try check(environment)
                accepted += 1
            } catch {
                if case .missing = error { continue }
                let message = error.message
                let isNamed = error.variable.map { message.contains($0) || message.contains("proxy") } ?? false
                #expect(isNamed, "\(message)")
                // Where a secret or a login may stand, nothing of it is shown.
                let mayBeSecret = Self.secretive.contains { error.variable == $0 }
                #expect(!mayBeSecret || !message.contains("pass-word"), "\(message)")
            }
        }
        #expect(accepted > Self.wanted / 20)
    }
}
