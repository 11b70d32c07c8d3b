import Testing

@testable import MarketplaceClient

/// What curl does with the same environment is in `assets/checks/proxies.py`, which runs both side by side.
@Suite struct `Proxies from the environment` {
    private func proxy(_ environment: [String: String], _ url: String) throws -> String? {
        let base = try BaseURL(url)
        let settings = try ProxySettings(environment: environment)
        return settings.proxy(scheme: base.scheme, host: base.host).map { proxy in
            "\(proxy.kind) \(proxy.user.map { $0 + ":" + (proxy.password?.revealed ?? "") + "@" } ?? "")"
                + "\(proxy.host.name):\(proxy.port)"
        }
    }

    @Test(
        arguments: [
            (["https_proxy": "http://p.example:3128"], "http p.example:3128"),
            (["HTTPS_PROXY": "http://p.example:3128/"], "http p.example:3128"),
            (["https_proxy": "http://low.example:1", "HTTPS_PROXY": "http://cap.example:2"], "http low.example:1"),
            (["https_proxy": "", "HTTPS_PROXY": "http://cap.example:2"], "http cap.example:2"),
            (["https_proxy": "p.example:3128"], "http p.example:3128"),
            (["https_proxy": "p.example"], "http p.example:1080"),
            (["https_proxy": "HTTP://P.Example"], "http p.example:1080"),
            (["https_proxy": "http://me:p%40ss@p.example:1"], "http me:p@ss@p.example:1"),
            (["https_proxy": "http://me@p.example:1"], "http me:@p.example:1"),
            (["https_proxy": "http://@p.example:1"], "http p.example:1"),
            (["https_proxy": "http://me:a@b@p.example:1"], "http me:a@b@p.example:1"),
            (["https_proxy": "http://[::1]:3128"], "http ::1:3128"),
            (["all_proxy": "http://p.example:1"], "http p.example:1"),
            (["ALL_PROXY": "p.example:1"], "http p.example:1"),
            (["ALL_PROXY": "http://a.example:1", "https_proxy": "http://p.example:1"], "http p.example:1"),
            (["ALL_PROXY": "socks5://p.example"], "socks5 p.example:1080"),
            (["ALL_PROXY": "socks5h://p.example:9050"], "socks5 p.example:9050"),
            (["http_proxy": "http://p.example:1"], nil),
            (["HTTP_PROXY": "http://p.example:1"], nil), ([:], nil),
        ] as [([String: String], String?)])
    func `for an encrypted address are those that curl would take`(
        environment: [String: String], expected: String?
    ) throws {
        #expect(try proxy(environment, "https://api.example/x") == expected)
    }

    @Test(
        arguments: [
            (["http_proxy": "http://p.example:1"], "http p.example:1"), (["HTTP_PROXY": "http://p.example:1"], nil),
            (["HTTP_PROXY": "https://nobody reads this"], nil),
            (["ALL_PROXY": "http://p.example:1"], "http p.example:1"),
            (["https_proxy": "http://p.example:1"], nil),
        ] as [([String: String], String?)])
    func `for a plain address leave HTTP_PROXY in capitals alone`(
        environment: [String: String], expected: String?
    ) throws {
        #expect(try proxy(environment, "http://api.example/x") == expected)
    }

    @Test(
        arguments: [
            ("https_proxy", "https://p.example:1", "a proxy of the kind https"),
            ("HTTPS_PROXY", "socks4://p.example:1", "socks4"), ("https_proxy", "socks4a://p.example:1", "socks4a"),
            ("https_proxy", "socks://p.example:1", "kind socks,"), ("http_proxy", "ftp://p.example", "kind ftp"),
            ("all_proxy", "socks5://me:secret@p.example", "cannot log in"),
            ("http_proxy", "127.0.0.1:99999", "not understood"),
            ("http_proxy", "http://127.0.0.1:1 ", "not understood"),
            ("http_proxy", " http://127.0.0.1:1", "kind before ://"), ("http_proxy", "http://", "not understood"),
            ("http_proxy", "http://me:secret@", "not understood"),
            ("https_proxy", "http://p.example:port", "not understood"),
            ("https_proxy", "http://me:secret@p example", "not understood"), ("ALL_PROXY", "direct", nil),
            ("https_proxy", "se:cret://x", "kind before ://"), ("https_proxy", "http://::1:80", "not understood"),
        ] as [(String, String, String?)])
    func `that are not understood are named, without their login`(
        variable: String, value: String, words: String?
    ) throws {
        guard let words else {
            // A word alone is a host.
            #expect(try proxy([variable: value], "https://api.example/") == "http direct:1080")
            return
        }
        let problem = #expect(throws: ProxySettings.Problem.self) { try ProxySettings(environment: [variable: value]) }
        #expect(problem?.variable == variable)
        #expect(problem?.text.contains(words) == true, "\(problem?.text ?? "")")
        #expect(problem?.text.contains("secret") == false)
    }

    @Test(arguments: [
        ("*", "https://api.example/", true), ("a,*", "https://api.example/", true),
        ("api.example", "https://API.Example./", true), (".api.example", "https://api.example/", true),
        ("api.example.", "https://api.example/", true), ("example", "https://api.example/", true),
        ("pi.example", "https://api.example/", false), ("*.example", "https://api.example/", true),
        ("www.api.example", "https://api.example/", false), ("EXAMPLE", "https://api.example/", true),
        ("x y\tapi.example", "https://api.example/", true), (" , ,api.example , z", "https://api.example:8443/", true),
        ("api.example:443", "https://api.example/", true), ("api.example:8443", "https://api.example/", false),
        ("api.example:8443", "https://api.example:8443/", true), ("api.example:80", "http://api.example/", true),
        ("10.0.0.0/8", "https://10.200.3.4/", true), ("10.0.0.0/8", "https://11.0.0.1/", false),
        ("10.0.0.1", "https://10.0.0.1/", true), ("0.0.1", "https://10.0.0.1/", false),
        ("10.0.0.1/32", "https://10.0.0.1/", true), ("10.0.0.0/31", "https://10.0.0.1/", true),
        ("10.0.0.0/0", "https://1.2.3.4/", true), ("127.0.0.0/8", "https://127.1/", true),
        ("10.0.0.1:443", "https://10.0.0.1/", true), ("10.0.0.1:80", "https://10.0.0.1/", false),
        ("::1", "https://[::1]/", true), ("[::1]", "https://[::1]/", true), ("[::1]:443", "https://[::1]/", true),
        ("[::1]:80", "https://[::1]/", false), ("fd00::/8", "https://[fd12::1]/", true),
        ("[fd00::]/8", "https://[fd12::1]/", true), ("fd00::/8", "https://[fe12::1]/", false),
        ("0:0:0:0:0:0:0:1", "https://[::1]/", true), ("1.2.3.4", "https://x.1.2.3.4.example/", false),
        ("127.0.0.1", "https://localhost/", false), ("", "https://api.example/", false),
    ])
    func `are left out for what NO_PROXY covers`(value: String, url: String, isCovered: Bool) throws {
        for name in ["NO_PROXY", "no_proxy"] {
            let environment = ["ALL_PROXY": "http://p.example:1", name: value]
            #expect(try (proxy(environment, url) == nil) == isCovered)
        }
    }

    @Test(arguments: [
        "10.0.0.0/33", "10.0.0.0/x", "10.0.0/8/8", "fd00::/129", "[10.0.0.1]", "http://a.example", "a.example:x",
        "a.example:99999", "<local>", "192.168.*", "a*b", "me@a.example", "[::1", "/8", "10.0.0.0/", "10.0.0.0/+8",
    ])
    func `of which an exception is not understood are refused`(value: String) throws {
        let environment = ["ALL_PROXY": "http://p.example:1", "NO_PROXY": "ok.example,\(value)"]
        let problem = #expect(throws: ProxySettings.Problem.self) { try ProxySettings(environment: environment) }
        #expect(problem?.variable == "NO_PROXY")
        #expect(problem?.text.contains("'\(value)'") == true)
        // Without a proxy there is nothing to except from.
        #expect(try ProxySettings(environment: ["NO_PROXY": value]) == ProxySettings())
    }

    @Test func `in lower case win over those in capitals, also for exceptions`() throws {
        let environment = ["ALL_PROXY": "p.example", "no_proxy": "other.example", "NO_PROXY": "*"]
        #expect(try proxy(environment, "https://api.example/") == "http p.example:1080")
    }
}
