import Glibc
import TestSupport
import Testing

@testable import App

@Suite struct `The words that may come next` {
    private func words(_ line: String, profiles: [String] = []) throws -> [String] {
        let typed = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let completion = Completion(commands: try CommandDescription.all()) { profiles }
        switch completion.answer(typed) {
        case .files: return [":files"]
        case .words(let candidates): return candidates.map(\.text)
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
        #expect(Set(first) == Set(try CommandDescription.all().map { $0.path[0] }))
        #expect(first.count == Set(first).count)
    }

    @Test func `of each command are all its options`() throws {
        for command in try CommandDescription.all() where !command.options.isEmpty {
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
