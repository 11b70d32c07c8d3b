import Marketplace
import TestSupport
import Testing

@testable import App

@Suite struct `Names of state files` {
    private func name(_ address: String, _ marketplace: String = "us", _ user: String = "demo.api") -> String {
        StateFiles.name(of: Owner(address: address, marketplace: marketplace, user: user))
    }

    @Test func `name address, marketplace and user`() {
        #expect(
            name("https://api.cloud.im/marketplace/eu", "de", "jane.api")
                == "https_api.cloud.im_marketplace_eu_de_jane.api")
        #expect(name("http://127.0.0.1:8787") == "http_127.0.0.1%3A8787_us_demo.api")
        #expect(name("https://a", "ü", "a_b/c d") == "https_a_%C3%BC_a%5Fb%2Fc%20d")
    }

    @Test func `lie in the state directory, one owner's files beside each other`() throws {
        let owner = Owner(address: "https://a/x", marketplace: "us", user: "u")
        let files = try #require(StateFiles(["XDG_STATE_HOME": "/s", "HOME": "/h"]))
        #expect(files.journal(of: owner) == "/s/souk/https_a_x_us_u.jsonl")
        #expect(files.drafts(of: owner) == "/s/souk/https_a_x_us_u.drafts.json")
        #expect(files.crashReport == "/s/souk/crash.txt")
        #expect(StateFiles(["HOME": "/h"])?.directory == "/h/.local/state/souk")
        #expect(StateFiles(["XDG_STATE_HOME": "relative"]) == nil)
    }

    @Test func `are those of older versions where those are to be taken over`() throws {
        let files = try #require(StateFiles(["XDG_STATE_HOME": "/s"]))
        #expect(files.olderJournal(ofProfile: "api.example:80") == "/s/souk/api.example-80.jsonl")
        #expect(files.olderDrafts(ofProfile: "../ä b") == "/s/souk/..---b.drafts.json")
    }

    /// Pieces that are easily taken for one another.
    private static let pieces = [
        "a", "b", "A", "/", "//", "_", "%", "%2F", "~", " ", "-", ".", "..", ":", "ä", "a\u{308}", "作", "\u{0}", "\n",
        "",
        "http", "https://",
    ]

    private func text(_ dice: inout Dice, _ longest: Int) -> String {
        (0..<dice.below(longest + 1)).map { _ in Self.pieces[dice.below(Self.pieces.count)] }.joined()
    }

    @Test(arguments: [6, 40, 400])
    func `are another one for each owner, and names that any file may have`(longest: Int) {
        var dice = Dice(seed: UInt64(longest))
        var owners: [String: [[UInt8]]] = [:]
        for _ in 0..<3000 {
            let owner = Owner(
                address: ["https://", "http://", "", "https/"][dice.below(4)] + text(&dice, longest),
                marketplace: text(&dice, 3), user: text(&dice, longest))
            let name = StateFiles.name(of: owner)
            let bytes = [owner.address, owner.marketplace, owner.user].map { Array($0.utf8) }
            #expect(owners[name] == nil || owners[name] == bytes, "\(owner) shares \(name)")
            owners[name] = bytes
            #expect(name.utf8.count <= 200 && !name.isEmpty)
            #expect(name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }, "\(name)")
            #expect(name.contains("_") || name.contains("~"), "neither . nor .. nor a name of older versions")
        }
    }

    @Test func `of long owners that differ at their ends differ`() {
        let long = String(repeating: "x", count: 500)
        #expect(name("https://a", "us", long + "1") != name("https://a", "us", long + "2"))
        #expect(name("https://a", "us", long).hasPrefix("https_a_us_xxx"))
        #expect(name("https://a", "us", long) == name("https://a", "us", long))
    }

    @Test func `are no names of older versions`() {
        for profile in ["a_b", "https_a_us_u", "x", "crash"] {
            #expect(!StateFiles.olderName(ofProfile: profile).contains("_"))
        }
    }
}
