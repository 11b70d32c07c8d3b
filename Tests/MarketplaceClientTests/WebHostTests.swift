import Testing

@testable import MarketplaceClient

@Suite struct `A host of the web` {
    @Test(arguments: [
        "localhost", "LOCALHOST:8787", "localhost.", "souk.localhost", "a.b.LocalHost.:1", "127.0.0.1", "127.1",
        "127.0.0.1.", "127.255.255.254:80", "0x7f.1", "0177.0.0.1", "2130706433", "0x7F000001", "0.0.0.0", "0", "[::1]",
        "[::]", "[0:0:0:0:0:0:0:1]:8080", "[::ffff:127.0.0.1]", "[::FFFF:7f00:1]",
    ])
    func `is this machine, whichever way that is written`(text: String) {
        #expect(WebHost(text)?.isThisMachine == true)
    }

    @Test(arguments: [
        "127.evil.com", "localhost.evil.com", "notlocalhost", "127.0.0.1.evil.com", "128.0.0.1", "1.127.0.0",
        "10.0.0.1",
        "[::2]", "[::ffff:128.0.0.1]", "[::127.0.0.1]", "[fe80::1]", "local-host", "127.0.0.1.nip.io", "2130706434x",
        "api.cloud.im",
    ])
    func `is another machine where it only looks like this one`(text: String) {
        #expect(WebHost(text)?.isThisMachine == false)
    }

    @Test(arguments: [
        "", ":80", "a:", "a:0", "a:65536", "a:8x", "a:+1", "a b", " a", "a\n", "user@a", "a/b", "a\\b", "[::1", "::1",
        "[127.0.0.1]", "[::1]x", "[::1%lo]", "[]", "a%2eb", "ä", "localhost#", "a,b", "http://a", ".",
    ])
    func `is refused where programs would understand different things`(text: String) { #expect(WebHost(text) == nil) }

    @Test func `has its port apart`() {
        #expect(WebHost("API.Example:81")?.name == "api.example")
        #expect(WebHost("API.Example:81")?.port == 81)
        #expect(WebHost("[::1]")?.name == "::1")
        #expect(WebHost("[::1]")?.port == nil)
    }
}
