import Glibc
import Marketplace
import TestSupport
import Testing

@testable import App
@testable import MarketplaceClient

@Suite struct `The words that may come next` {
    private func words(_ line: String, profiles: [String] = []) throws -> [String] {
        let typed = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let completion = Completion(commands: CommandDescription.all) { profiles }
        switch completion.answer(typed) {
        case .files: return [":files"]
        case .words(let candidates): return candidates.map(\.text)
        case .live(let live):
            let subject =
                switch live.subject {
                case .accounts(let kind): kind.wire
                case .subscriptions(let customer): "subscription of \(customer)"
                case .offers: "offer"
                }
            return ["\(live.before)\(subject) \(live.typed)"]
        }
    }

    @Test(arguments: [
        ("subs", ["subscriptions"]), ("users ", ["list", "show"]), ("customers s", ["show"]),
        ("--sandbox pl", ["plans"]), ("--profile list st", ["status"]), ("nonsense l", []),
        ("subscriptions list --status ", ["pending", "active", "hold", "terminated", "removed"]),
        ("subscriptions list --status=h", ["--status=hold"]), ("subscriptions list --st", ["--status"]),
        ("subscriptions list --status hold --st", []), ("subscriptions list -- --st", []),
        ("subscriptions list --sort renews,au", ["renews,auto"]), ("subscriptions list --columns id,id", []),
        ("orders list --ids-from ", [":files"]), ("orders list --config=", [":files"]), ("orders show ", []),
        ("completions ", ["bash", "zsh", "fish"]), ("completions bash ", []), ("--ve", ["--version"]),
        ("orders list --json=", []),
    ])
    func `go on from what is typed`(line: String, expected: [String]) throws {
        #expect(try words(line) == expected)
    }

    @Test(arguments: [
        ("orders list --customer Jø", ["customer Jø"]), ("orders list --customer J", []),
        ("orders list --customer 'Jø", ["customer Jø"]),
        ("customers list --reseller=No", ["--reseller=reseller No"]),
        ("customers edit Jø", ["customer Jø"]), ("contacts add Jø", ["customer Jø"]),
        ("resellers show No", ["reseller No"]), ("products list --mpn AU", ["offer AU"]),
        ("orders list --customer 1000412 --subscription 10", ["subscription of 1000412 10"]),
        ("orders list --customer Jø --subscription 10", []), ("orders list --subscription 10", []),
        ("subscriptions cancel 10", []), ("orders withdraw 10", []), ("subscriptions show 10", []),
    ])
    func `are asked of the marketplace where it alone knows them, after two letters`(
        line: String, expected: [String]
    ) throws {
        #expect(try words(line) == expected)
    }

    @Test func `are the profiles where one is to be named`() throws {
        #expect(try words("orders list --profile ", profiles: ["acme", "nordwind"]) == ["acme", "nordwind"])
        #expect(try words("orders list -p n", profiles: ["acme", "nordwind"]) == ["nordwind"])
        #expect(
            try words("orders list --profile=", profiles: ["acme", "nordwind"])
                == ["--profile=acme", "--profile=nordwind"])
        #expect(try words("--profile=n", profiles: ["acme", "nordwind"]) == ["--profile=nordwind"])
    }

    @Test(arguments: ["--config FILE", "--config=FILE"])
    func `are the profiles of the file that the line names, in one word or two`(option: String) throws {
        let file = try TestFolder.make() + "/config.toml"
        Files.write("[profiles.acme]\n[profiles.nordwind]\n", to: file)
        let words = option.replacing("FILE", with: file).split(separator: " ").map(String.init) + ["--profile", ""]
        let path = Completion.value(of: "--config", in: words)
        #expect(path == file)
        #expect(Settings.profileNames(Settings.Source(environment: [:], path: path)) == ["acme", "nordwind"])
    }

    @Test func `begin with every command`() throws {
        let first = try words("")
        #expect(Set(first) == Set(CommandDescription.all.map { $0.path[0] }))
        #expect(first.count == Set(first).count)
    }

    @Test func `of each command are all its options`() throws {
        for command in CommandDescription.all where !command.options.isEmpty {
            #expect(
                try words(command.path.joined(separator: " ") + " --") == command.options.map { "--" + $0.name },
                "\(command.name)")
        }
    }
}

@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Completion in bash` {
    /// What bash offers on that line.
    private func offered(_ line: String, home: String = "/nonexistent") throws -> [String] {
        let program = `The real program`.program
        // Bash takes the line apart also at each =.
        let words = line.replacing("=", with: " = ").split(separator: " ", omittingEmptySubsequences: false)
        let script = try TestFolder.make() + "/script"
        Files.write(
            """
            export XDG_CONFIG_HOME=\(home)
            souk() { '\(program)' "$@"; }
            source <('\(program)' completions bash)
            COMP_LINE='\(line)' COMP_POINT=\(line.count)
            COMP_WORDS=(\(words.map { "'\($0)'" }.joined(separator: " "))) COMP_CWORD=\(words.count - 1)
            _souk 2> /dev/null
            echo "${COMPREPLY[*]}"
            """, to: script)
        return try SecretCommand(text: "bash \(script)").firstLine { _ in }.split(separator: " ").map(String.init)
    }

    @Test(arguments: [
        ("souk subs", ["subscriptions"]), ("souk users ", ["list", "show"]),
        ("souk subscriptions list --status=h", ["hold"]), ("souk subscriptions list --sort renews,au", ["renews,auto"]),
    ])
    func `is what the program says`(line: String, expected: [String]) throws {
        #expect(try offered(line) == expected)
    }

    @Test func `names profiles after --profile=, of the file after --config=`() throws {
        let home = try TestFolder.make()
        #expect(mkdir(home + "/souk", 0o700) == 0)
        Files.write("[profiles.usual]\n", to: home + "/souk/config.toml")
        Files.write("[profiles.other]\n", to: home + "/other.toml")
        #expect(try offered("souk orders list --profile=u", home: home) == ["usual"])
        #expect(try offered("souk orders list --config=\(home)/other.toml --profile=", home: home) == ["other"])
        #expect(try offered("souk orders list --config=\(home)/other.toml --profile ", home: home) == ["other"])
    }
}

@Suite struct `Words that the marketplace knows` {
    private func words(_ subject: LiveCompletion.Subject, _ typed: String) async throws -> [String] {
        let backend = try Backend.embedded(
            SandboxOptions(), Settings(environment: [:]), isReadOnly: true)
        let live = try #require(LiveCompletion(of: subject, typed: typed))
        return try await live.read(backend.client).map { [$0.text, $0.note].joined(separator: " | ") }
    }

    @Test func `are names that begin so, with id and status`() async throws {
        #expect(try await words(.accounts(.customer), "jørgens") == ["Jørgensen & Søn A/S | 1000412, active"])
        #expect(try await words(.accounts(.reseller), "NORDW") == ["Nordwind Handel GmbH | 1000100, active"])
        #expect(try await words(.accounts(.customer), "ørgensen").isEmpty)
    }

    @Test func `are MPNs, each once, and ids of a customer's subscriptions`() async throws {
        let offers = try await words(.offers, "aur-365-bp")
        #expect(offers == ["AUR-365-BP | Aurora 365 Business Premium"])
        let held = try await words(.subscriptions(of: "1000412"), "1000917")
        #expect(held == ["1000917 | Aurora 365 Business Premium, active"])
        #expect(try await words(.subscriptions(of: "1000412"), "99").isEmpty)
    }

    @Test func `are not asked for when less than a third of the minute's calls is left`() throws {
        let now = Instant(millisecondsSince1970: 1_795_183_452_000)
        let path = try TestFolder.make() + "/calls"
        #expect(LiveCompletion.hasCalls(nil, of: nil, now: now))
        #expect(!LiveCompletion.hasCalls(nil, of: 60, now: now))
        let calls = SharedCalls(path: path)
        for _ in 0..<40 { _ = calls.leave(now: now) { _ in true } }
        #expect(LiveCompletion.hasCalls(calls, of: 60, now: now))
        _ = calls.leave(now: now) { _ in true }
        #expect(!LiveCompletion.hasCalls(calls, of: 60, now: now))
        #expect(LiveCompletion.hasCalls(calls, of: 60, now: now.adding(seconds: 62)))
    }

    @Test func `are not asked for through the command of a secret, unless the profile says so`() throws {
        let folder = try TestFolder.make()
        let asked = folder + "/asked"
        let file = folder + "/config.toml"
        func candidates(_ more: String) throws {
            Files.write(
                """
                [profiles.test]
                base-url = "http://127.0.0.1:9/marketplace/us"
                marketplace = "us"
                user = "demo.api"
                password-command = "touch \(asked)"
                subscription-key = "00000000000000000000000000000000"
                \(more)
                """, to: file)
            chmod(file, 0o600)
            let source = Settings.Source(environment: ["XDG_STATE_HOME": folder], path: file)
            #expect(try #require(LiveCompletion(of: .offers, typed: "AUR")).candidates(source).isEmpty)
        }
        try candidates("")
        #expect(access(asked, F_OK) != 0)
        try candidates("complete-live = false")
        #expect(access(asked, F_OK) != 0)
    }
}
