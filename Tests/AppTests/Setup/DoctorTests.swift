import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient
import TerminalSupport
import TestSupport
import Testing

@testable import App
@testable import CursesScreen

/// `souk doctor` at a served sandbox and on this computer alone.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The doctor` {
    private let stage: SetupStage

    init() throws { stage = try SetupStage() }

    private struct Report {
        var exit: PseudoTerminal.Exit?
        var checks: [String: (state: String, text: String, next: String)] = [:]
        var whole: String
        var wrong: [String] { checks.filter { $0.value.state == "wrong" }.keys.sorted() }
        var skipped: [String] { checks.filter { $0.value.state == "skipped" }.keys.sorted() }
    }

    private func report(_ changes: [String: String?], _ options: [String] = []) throws -> Report {
        let run = try stage.run(["doctor"] + options, changes)
        var report = Report(exit: run.exit, whole: run.output + run.errors)
        for line in run.output.split(separator: "\n") {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4 else { continue }
            report.checks[parts[1]] = (parts[0], parts[2], parts[3])
        }
        return report
    }

    @Test func `finds nothing wrong where all is right`() throws {
        let server = try Served()
        let report = try report(SetupStage.profile(server))
        #expect(report.exit == .code(0), "\(report.whole)")
        #expect(report.checks.count == Doctor.checks.count)
        #expect(report.wrong == [])
        #expect(report.skipped == ["terminal"])
        #expect(report.checks["clock"]?.text == "agrees with the marketplace's")
        #expect(report.whole.hasSuffix("0 wrong, 0 warnings.\n"))
    }

    @Test func `shows a person the same on a terminal, with the terminal itself`() throws {
        let server = try Served()
        let terminal = try stage.start(["doctor"], SetupStage.profile(server))
        #expect(terminal.exitStatus() == .code(0), "\(terminal.screen.text)")
        #expect(terminal.screen.contains("ok       sign-in        the marketplace takes base URL, user, password, key"))
        #expect(terminal.screen.contains("ok       terminal       240x50, 256 colours, UTF-8, clipboard"))
        #expect(terminal.leftovers == [])
    }

    /// What is wrong, and the words that name it.
    static let faults: [(change: [String: String], check: String, words: String)] = [
        (["SOUK_BASE_URL": "https://nowhere.invalid/marketplace/eu"], "network", "nothing answers at nowhere.invalid"),
        (["SOUK_BASE_URL": "http://127.0.0.1:9/marketplace/us"], "network", "nothing answers at 127.0.0.1:9"),
        (["SOUK_BASE_URL": "SERVED/nothing/there"], "sign-in", "the base URL"),
        (["SOUK_BASE_URL": "nowhere"], "configuration", "SOUK_BASE_URL is no address"),
        (["SOUK_USER": "nobody.api"], "sign-in", "refuses the API user or the password"),
        (["SOUK_PASSWORD": "of-another-one"], "sign-in", "refuses the API user or the password"),
        (["SOUK_PASSWORD": ""], "secrets", "the password of that user"),
        (["SOUK_PASSWORD": "\"demo\""], "secrets", "SOUK_PASSWORD is in quotes"),
        (["SOUK_SUBSCRIPTION_KEY": "of-another-one"], "sign-in", "refuses the subscription key"),
        (["SOUK_MARKETPLACE": "xx"], "sign-in", "does not know the marketplace code 'xx'"),
        (["http_proxy": "http://127.0.0.1:9"], "network", "the proxy 127.0.0.1:9 (http_proxy) is in the way"),
        (
            ["https_proxy": "ORIGIN", "SOUK_BASE_URL": "https://api.example/m"], "network",
            "(https_proxy) is in the way: refuses the connection"
        ),
        (["http_proxy": "ftp://127.0.0.1:9"], "network", "http_proxy names a proxy of the kind ftp"),
        (["SOUK_CA_FILE": "/nonexistent.pem", "SOUK_BASE_URL": "https://127.0.0.1:9/m"], "network", "does not exist"),
        (["SOUK_THEME": "nosuch"], "terminal", "there is no theme nosuch"),
    ]

    @Test(arguments: faults.indices) func `names the part that is wrong, and skips what rests on it`(
        _ place: Int
    ) throws {
        let (change, check, words) = Self.faults[place]
        let server = try Served()
        let origin = server.baseURL.replacing("/marketplace/us", with: "")
        let changes = change.mapValues {
            $0.replacing("SERVED", with: server.baseURL).replacing("ORIGIN", with: origin)
        }
        let report = try report(SetupStage.profile(server, changes.mapValues { $0 }))
        #expect(report.exit == .code(2))
        #expect(report.wrong == [check], "\(report.whole)")
        #expect(report.checks[check]?.text.contains(words) == true, "\(report.whole)")
        for other in Doctor.checks where other.needs.contains(check) {
            #expect(report.checks[other.name]?.state == "skipped", "\(other.name)")
        }
    }

    @Test(arguments: [(-2.0, "ahead of"), (2.0, "behind")])
    func `warns of a clock that is off`(hours: Double, words: String) throws {
        let server = try OtherClock(hours: hours)
        let report = try report(SetupStage.profile(baseURL: server.baseURL))
        #expect(report.exit == .code(0), "\(report.whole)")
        let clock = try #require(report.checks["clock"])
        #expect(clock.state == "warning")
        #expect(clock.text.contains(words) && clock.next == "Set the time.", "\(clock)")
        // Seconds pass between the two clocks.
        #expect(clock.text.contains("2 h") || clock.text.contains("1 h 59 min"), "\(clock)")
    }

    @Test func `says under --json that it was stopped`() throws {
        let silent = try SilentServer()
        let terminal = try stage.start(["doctor", "--json"], SetupStage.profile(baseURL: silent.baseURL))
        try #require(silent.wait())
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(130))
        #expect(terminal.sentText.contains(#"{"code":"cancelled","#), "\(terminal.sentText)")
    }

    @Test func `says so too while the command of a secret runs, which ends with it`() throws {
        let started = stage.home + "/started"
        stage.write(
            """
            [profiles.slow]
            base-url = "http://127.0.0.1:9/m"
            marketplace = "us"
            user = "demo.api"
            password-command = "echo $$ >\(started); exec sleep 100"
            subscription-key = "k"

            """)
        let terminal = try stage.start(["doctor", "--json"])
        try #require(terminal.wait { _ in Files.text(of: started)?.hasSuffix("\n") == true })
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(130))
        #expect(terminal.sentText.contains(#"{"code":"cancelled","#), "\(terminal.sentText)")
        let process = pid_t(Files.text(of: started)?.dropLast() ?? "") ?? 0
        #expect(process > 0 && kill(process, 0) != 0)
    }

    @Test func `asks no network with --offline`() throws {
        let report = try report(
            [
                "SOUK_BASE_URL": "https://nowhere.invalid/m", "SOUK_MARKETPLACE": "us", "SOUK_USER": "a.api",
                "SOUK_PASSWORD": "p", "SOUK_SUBSCRIPTION_KEY": "k",
            ], ["--offline"])
        #expect(report.exit == .code(0), "\(report.whole)")
        #expect(report.skipped == ["calls", "clock", "network", "sign-in", "terminal"])
    }

    @Test func `shows no secret, however it is written`() throws {
        let server = try Served()
        let secrets = ["p%s/w+rd-ä-of-mine", "k3y-of-mine-which-is-long"]
        stage.write(
            """
            [profiles.mine]
            base-url = "\(server.baseURL)"
            marketplace = "us"
            user = "demo.api"
            password-command = "echo '\(secrets[0])'; echo '\(secrets[0])' >&2"
            subscription-key = "\(secrets[1])"
            """)
        for options in [[], ["--json"], ["--offline"]] {
            let report = try report(["http_proxy": "http://me:\(secrets[1])@127.0.0.1:9"], options)
            for secret in secrets {
                for spelling in SetupStage.spellings(of: secret) {
                    #expect(!report.whole.contains(spelling), "\(options): \(report.whole)")
                }
            }
        }
    }

    @Test func `names the command of a secret that fails, and ends one that never does`() throws {
        stage.write(
            """
            [profiles.mine]
            base-url = "http://127.0.0.1:9/m"
            marketplace = "us"
            user = "demo.api"
            password-command = "sleep 900"
            subscription-key-command = "/usr/bin/printf key"
            """)
        let begin = ContinuousClock.now
        let report = try report([:], ["--offline"])
        #expect(ContinuousClock.now - begin < .seconds(60))
        #expect(report.wrong == ["secrets"])
        #expect(
            report.checks["secrets"]?.text.contains("password-command in ~/config/souk/config.toml, line 5") == true)
    }

    @Test func `names a file that others can change, and who printed the secrets`() throws {
        stage.write(
            """
            [profiles.mine]
            base-url = "http://127.0.0.1:9/m"
            marketplace = "us"
            user = "demo.api"
            password-command = "/bin/echo demo"
            subscription-key-command = "KEY=secret-word; echo $KEY"
            """, mode: 0o664)
        let report = try report([:], ["--offline"])
        let secrets = try #require(report.checks["secrets"])
        #expect(secrets.state == "warning")
        #expect(secrets.text.contains("echo answered in") && secrets.text.contains("the command answered in"))
        #expect(secrets.next == "Make it yours alone: chmod 600 ~/config/souk/config.toml")
        #expect(!report.whole.contains("secret-word"))
    }

    @Test func `counts outcomes that are unknown, and names a journal that cannot be read`() async throws {
        let server = try Served()
        let owner = Owner(address: server.baseURL, marketplace: "us", user: "demo.api")
        let path = "\(stage.home)/state/souk/\(StateFiles.name(of: owner)).jsonl"
        let intent = JournalRecord.Intent(
            profile: "mine", place: "\(server.baseURL) us", user: "demo.api", method: "POST", path: "/orders",
            name: "sales order", request: "{}")
        try await FileJournal(path: path).append(
            JournalRecord(id: "4F1C09A2", at: Instant(secondsSince1970: 1_700_000_000), event: .intended(intent)))
        let journal = try #require(try report(SetupStage.profile(server)).checks["journal"])
        #expect(journal.state == "warning")
        #expect(journal.text == "1 outcome is unknown since 2023-11-14T22:13:20Z")
        #expect(chmod(path, 0) == 0)
        // The superuser may read everything.
        guard geteuid() != 0 else { return }
        #expect(try report(SetupStage.profile(server)).wrong == ["journal"])
    }

    @Test(arguments: [
        ("xterm-256color", 80, 24, true, Finding.State.ok), ("xterm-256color", 30, 24, true, .warning),
        ("xterm-256color", 80, 24, false, .warning),
    ])
    func `judges a terminal`(name: String, columns: Int, rows: Int, isUTF8: Bool, state: Finding.State) {
        let facts = TerminalFacts(
            name: name, columns: columns, rows: rows, drawing: .possible, colours: 256, isUTF8: isUTF8,
            knowsWidths: true, hasClipboard: true)
        #expect(TerminalCheck.finding(facts, [:]).state == state)
        #expect(TerminalCheck.finding(facts, ["NO_COLOR": "1"]).text.contains("no colours"))
        var other = facts
        other.drawing = .tooDumb
        #expect(TerminalCheck.finding(other, [:]).state == .wrong)
    }
}

/// What the commands of the set-up print as JSON.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The set-up's schemas` {
    /// Those that the tests of the set-up compare with what is printed.
    static let tried = [
        "config", "doctor", "keys", "login", "logout", "profiles-list", "profiles-remove", "profiles-use",
    ]

    @Test(arguments: [["--offline"], []]) func `describe what the doctor prints`(options: [String]) throws {
        let stage = try SetupStage()
        let run = try stage.run(["doctor", "--json"] + options, ["SOUK_BASE_URL": "http://127.0.0.1:9/m"])
        #expect(run.exit == .code(2))
        #expect(run.errors == "")
        try Self.check(run.output, "doctor")
        #expect(try PrintedJSON(run.output)["wrong"] == .number(1))
    }

    @Test func `describe what is in force, without secrets, and the keys`() throws {
        let stage = try SetupStage()
        stage.write(
            """
            [profiles.mine]
            base-url = "https://api.cloud.im/marketplace/eu"
            marketplace = "de"
            user = "nordwind.api"
            password = "p%s/w+rd-ä-of-mine"
            subscription-key-command = "echo k3y-of-mine-which-is-long"

            [keys]
            order = "F6"
            """)
        let run = try stage.run(["config", "--json"], ["https_proxy": "http://me:proxy-word@proxy.example:3128"])
        #expect(run.exit == .code(0), "\(run.errors)")
        try Self.check(run.output, "config")
        let json = try PrintedJSON(run.output)
        #expect(json["profile"]?.text == "mine")
        #expect(json["settings"]?.elements.first?["variable"]?.text == "SOUK_BASE_URL")
        #expect(json["keys"]?.elements.first?["action"]?.text == "order")
        for secret in ["p%s/w+rd-ä-of-mine", "k3y-of-mine-which-is-long", "proxy-word"] {
            for spelling in SetupStage.spellings(of: secret) { #expect(!run.output.contains(spelling)) }
        }
        let keys = try stage.run(["keys", "--json"])
        #expect(keys.exit == .code(0), "\(keys.errors)")
        try Self.check(keys.output, "keys")
        #expect(try PrintedJSON(keys.output)["actions"]?.elements.isEmpty == false)
    }

    static func check(_ text: String, _ schema: String) throws {
        let problems = try SchemaCheck.problems(of: text, schema)
        #expect(problems.isEmpty, "\(problems.prefix(5))")
    }
}
