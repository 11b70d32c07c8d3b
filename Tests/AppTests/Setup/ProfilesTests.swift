import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// `souk profiles` and `souk logout`.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The profiles` {
    private let stage: SetupStage
    private static let text = """
        # Two of them.
        profile = "nordwind"

        [profiles.nordwind]
        base-url = "https://api.cloud.im/marketplace/eu"
        marketplace = "de"
        user = "nordwind.api"
        password = "secret-word"
        subscription-key = "secret-key"

        [profiles.sierra]
        base-url = "https://api.cloud.im/marketplace/na"
        marketplace = "us"
        user = "sierra.api"
        password-command = "security find sierra" # mine
        read-only = true

        """

    init() throws {
        stage = try SetupStage()
        stage.write(Self.text)
    }

    @Test func `are listed with the usual one marked, and no secret`() throws {
        let run = try stage.run(["profiles", "list"])
        #expect(run.exit == .code(0))
        #expect(
            run.output == """
                *\tnordwind\tapi.cloud.im/marketplace/eu de\tnordwind.api\tfile
                \tsierra\tapi.cloud.im/marketplace/na us\tsierra.api\tcommand

                """)
        let terminal = try stage.start(["profiles", "list"])
        #expect(terminal.exitStatus() == .code(0))
        #expect(
            terminal.screen.contains("* nordwind  api.cloud.im/marketplace/eu de  nordwind.api  secrets: file"))
        let json = try stage.run(["profiles", "list", "--json"])
        try `The set-up's schemas`.check(json.output, "profiles-list")
        #expect(try PrintedJSON(json.output)["profiles"]?.elements.count == 2)
        #expect(!json.output.contains("secret-"))
    }

    @Test func `take turns as the usual one`() throws {
        let run = try stage.run(["profiles", "use", "sierra", "--json"])
        #expect(run.exit == .code(0), "\(run.errors)")
        try `The set-up's schemas`.check(run.output, "profiles-use")
        #expect(stage.text == Self.text.replacing("profile = \"nordwind\"", with: "profile = \"sierra\""))
        let unknown = try stage.run(["profiles", "use", "nobody"])
        #expect(unknown.exit == .code(4))
        #expect(unknown.errors.contains("It holds nordwind, sierra."))
    }

    @Test func `lose their secrets and nothing else when somebody logs out`() throws {
        let run = try stage.run(["logout", "--json"])
        #expect(run.exit == .code(0), "\(run.errors)")
        try `The set-up's schemas`.check(run.output, "logout")
        #expect(try PrintedJSON(run.output)["removedFrom"]?.elements.map(\.text) == ["the configuration file"])
        let expected = Self.text.replacing("password = \"secret-word\"\n", with: "")
            .replacing("subscription-key = \"secret-key\"\n", with: "")
        #expect(stage.text == expected)
        #expect(try stage.run(["logout"]).output == "The profile nordwind holds no secrets.\n")
        let other = try stage.run(["logout", "sierra"])
        #expect(other.output.contains("line 13, is not one that souk login wrote"), "\(other.output)")
        #expect(stage.text == expected, "a command that somebody else wrote stays")
    }

    @Test func `are removed, but not while an outcome in their journal is unknown`() async throws {
        let owner = Owner(address: "https://api.cloud.im/marketplace/eu", marketplace: "de", user: "nordwind.api")
        let path = "\(stage.home)/state/souk/\(StateFiles.name(of: owner)).jsonl"
        let intent = JournalRecord.Intent(
            profile: "nordwind", place: "https://api.cloud.im/marketplace/eu de", user: "nordwind.api", method: "POST",
            path: "/orders", name: "sales order", request: "{}")
        try await FileJournal(path: path).append(
            JournalRecord(id: "4F1C09A2", at: Instant(secondsSince1970: 1_700_000_000), event: .intended(intent)))
        let refused = try stage.run(["profiles", "remove", "nordwind", "--json"])
        #expect(refused.exit == .code(9), "\(refused.errors)")
        #expect(try PrintedJSON(refused.errors)["code"]?.text == "journalUnusable")
        #expect(stage.text == Self.text)

        let run = try stage.run(["profiles", "remove", "sierra", "--json"])
        #expect(run.exit == .code(0), "\(run.errors)")
        try `The set-up's schemas`.check(run.output, "profiles-remove")
        let start = try #require(Self.text.firstRange(of: "[profiles.sierra]"))
        #expect(stage.text == String(Self.text[..<start.lowerBound].dropLast()), "with the blank line before it")

        #expect(unlink(path) == 0)
        let last = try stage.run(["profiles", "remove", "nordwind"])
        #expect(last.exit == .code(0), "\(last.errors)")
        #expect(stage.text?.contains("profile") == false && stage.text?.contains("# Two of them.") == true)
    }
}
