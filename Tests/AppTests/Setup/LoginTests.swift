import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// `souk login` on a terminal and without one, at a served sandbox.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The login` {
    private let stage: SetupStage

    init() throws { stage = try SetupStage() }

    /// A person who reads each question before the answer is typed.
    private final class Person {
        let terminal: PseudoTerminal
        private var seen: [String: Int] = [:]

        init(_ terminal: PseudoTerminal) { self.terminal = terminal }

        func answer(_ question: String, _ text: String) throws {
            try read(question)
            terminal.send(text + "\r")
        }

        func read(_ question: String) throws {
            let count = (seen[question] ?? 0) + 1
            seen[question] = count
            try #require(
                terminal.wait { $0.text.split(separator: question, omittingEmptySubsequences: false).count > count },
                "\(question): \(terminal.screen.text)")
        }

        /// Everything up to the store, right at once.
        func answerAll(_ baseURL: String, user: String = "demo.api") throws {
            try answer("Base URL or region", baseURL)
            try answer("API user", user)
            try answer("Subscription key", SetupStage.key)
            try answer("Password", "demo")
            try answer("Marketplace code", "us")
        }
    }

    private func person(
        _ arguments: [String] = [], _ changes: [String: String?] = [:]
    ) throws -> Person {
        Person(try stage.start(["login"] + arguments, ["PATH": stage.home + "/bin"].merging(changes) { $1 }))
    }

    @Test func `makes a profile that souk then uses`() throws {
        let server = try Served()
        let person = try person()
        try person.answerAll(server.baseURL)
        try person.answer("Keep the secrets in", "1")
        try person.answer("Profile name [demo]", "")
        #expect(person.terminal.exitStatus() == .code(0), "\(person.terminal.screen.text)")
        #expect(person.terminal.screen.contains("Written to ~/config/souk/config.toml"))
        #expect(person.terminal.leftovers == [])
        #expect(
            stage.text == """
                [profiles.demo]
                base-url = "\(server.baseURL)"
                marketplace = "us"
                user = "demo.api"
                password = "demo"
                subscription-key = "\(SetupStage.key)"

                """)
        var status = stat()
        #expect(stat(stage.file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
        let read = try stage.run(["customers", "show", "1000412", "--json"])
        #expect(read.exit == .code(0), "\(read.errors)")
        // A write that the marketplace does not take is in the journal too.
        Files.write("{}", to: stage.home + "/body")
        let write = try stage.run(["api", "POST", "/customers", "--body", stage.home + "/body", "--write"])
        #expect(write.exit != .code(0))
        let bundle = try stage.run(["support-bundle", "-"])
        #expect(bundle.exit == .code(0), "\(bundle.errors)")
        // The journal, and what else is kept.
        let state = stage.home + "/state/souk"
        let kept = try FileManager.default.contentsOfDirectory(atPath: state).map { name in
            name + (Files.text(of: "\(state)/\(name)") ?? "")
        }
        #expect(kept.contains { $0.contains("/customers") })
        for spelling in SetupStage.spellings(of: SetupStage.key) {
            for text in [bundle.output, write.errors, person.terminal.sentText] + kept {
                #expect(!text.contains(spelling))
            }
        }
    }

    /// The question that a wrong value answers, what is wrong, and what is asked again.
    static let wrongValues: [(question: String, typed: String, words: String, again: [String])] = [
        ("Base URL or region", "nowhere", "this is no base URL", ["Base URL or region"]),
        ("Base URL or region", "http://127.0.0.1:9/m", "nothing answers at 127.0.0.1:9", ["Base URL or region"]),
        ("API user", "nobody.api", "refuses the API user or the password", ["API user", "Password"]),
        ("Subscription key", "k3y-of-another-one", "refused the subscription key", ["Subscription key"]),
        ("Password", "p%s/w+rd-ä-of-mine", "refuses the API user or the password", ["API user", "Password"]),
        ("Marketplace code", "xx", "does not know the code 'xx'", ["Marketplace code"]),
    ]

    @Test(arguments: wrongValues.indices) func `asks again for what is wrong, and for that alone`(_ place: Int) throws {
        let wrong = Self.wrongValues[place]
        let server = try Served()
        let right = [
            ("Base URL or region", server.baseURL), ("API user", "demo.api"), ("Subscription key", SetupStage.key),
            ("Password", "demo"), ("Marketplace code", "us"),
        ]
        let person = try person()
        var rest = right[...]
        while let (question, text) = rest.popFirst() {
            guard question == wrong.question else {
                try person.answer(question, text)
                continue
            }
            try person.answer(question, wrong.typed)
            // User, password and code are proved together, by the sign-in.
            if ["API user", "Password"].contains(question) {
                for (question, text) in rest { try person.answer(question, text) }
                rest = []
            }
            #expect(person.terminal.wait(for: wrong.words), "\(person.terminal.screen.text)")
            #expect(stage.text == nil, "nothing is written before all is right")
            for question in wrong.again {
                try person.answer(question, right.first { $0.0 == question }?.1 ?? "")
            }
        }
        try person.answer("Keep the secrets in", "1")
        try person.answer("Profile name", "mine")
        #expect(person.terminal.exitStatus() == .code(0), "\(person.terminal.screen.text)")
        #expect(stage.text?.contains("user = \"demo.api\"") == true)
        #expect(person.terminal.leftovers == [])
        if wrong.question == "Password" || wrong.question == "Subscription key" {
            for spelling in SetupStage.spellings(of: wrong.typed) {
                #expect(!person.terminal.sentText.contains(spelling))
            }
        }
    }

    @Test func `says that a proxy is in the way`() throws {
        let server = try Served()
        let person = try person([], ["http_proxy": "http://me:proxy-word@127.0.0.1:9"])
        try person.answer("Base URL or region", server.baseURL)
        #expect(person.terminal.wait(for: "the proxy 127.0.0.1:9 (http_proxy) is in the way"))
        try person.read("Base URL or region")
        person.terminal.send(KeyText.control("c"))
        #expect(person.terminal.exitStatus() == .code(130))
        #expect(!person.terminal.sentText.contains("proxy-word"))
    }

    @Test func `says that the clock is off, and goes on`() throws {
        let server = try OtherClock(hours: -2)
        let person = try person()
        try person.answerAll(server.baseURL)
        #expect(person.terminal.wait(for: "ahead of the marketplace; look-ups of writes go by it. Set the time."))
        try person.read("Keep the secrets in")
        person.terminal.send(KeyText.control("d"))
        #expect(person.terminal.exitStatus() == .code(130))
        #expect(stage.text == nil)
    }

    @Test(arguments: ["Base URL or region", "API user", "Subscription key", "Password", "Marketplace code"])
    func `leaves the terminal as it was and nothing stored at ^C`(question: String) throws {
        let server = try Served()
        let answers = [
            ("Base URL or region", server.baseURL), ("API user", "demo.api"), ("Subscription key", SetupStage.key),
            ("Password", "demo"), ("Marketplace code", "us"),
        ]
        let person = try person()
        for (asked, text) in answers {
            if asked == question { break }
            try person.answer(asked, text)
        }
        try person.read(question)
        person.terminal.send("half" + KeyText.control("c"))
        #expect(person.terminal.exitStatus() == .code(130))
        #expect(person.terminal.isAsShellsWantIt)
        #expect(person.terminal.leftovers == [])
        #expect(stage.text == nil)
    }

    @Test(arguments: [SIGTERM, SIGHUP, SIGSEGV]) func `gives the terminal back whatever ends it at a hidden question`(
        _ number: Int32
    ) throws {
        let server = try Served()
        let person = try person()
        try person.answer("Base URL or region", server.baseURL)
        try person.answer("API user", "demo.api")
        try person.read("Subscription key")
        person.terminal.signal(number)
        #expect(person.terminal.exitStatus() == (number == SIGSEGV ? .signal(Int(number)) : .code(128 + Int(number))))
        #expect(person.terminal.isAsShellsWantIt)
        #expect(stage.text == nil)
    }

    @Test func `can be stopped at a hidden question, and asks it again behind fg`() throws {
        let server = try Served()
        let places = stage.places.merging(["PS1": "shell> ", "HISTFILE": nil]) { $1 }
        let person = Person(
            try PseudoTerminal(
                running: "/bin/bash", ["--norc", "--noprofile", "-i"], environment: places, columns: 200, rows: 50))
        try person.answer("shell>", "\(`The real program`.program) login")
        try person.answer("Base URL or region", server.baseURL)
        try person.answer("API user", "demo.api")
        try person.read("Subscription key")
        person.terminal.send("\u{1A}")
        #expect(person.terminal.wait(for: "Stopped"))
        person.terminal.send("fg\r")
        try person.answer("Subscription key", SetupStage.key)
        try person.read("Password")
        person.terminal.send(KeyText.control("c"))
        try person.read("shell>")
        person.terminal.send("exit 4\r")
        #expect(person.terminal.exitStatus() == .code(4))
        #expect(!person.terminal.sentText.contains(SetupStage.key))
    }

    @Test func `keeps the secrets in pass, and shows them to nobody on the way`() throws {
        let server = try Served()
        try makePass()
        let person = try person([], ["LOG": stage.home + "/log"])
        try person.answerAll(server.baseURL)
        try person.read("1 pass   2 a file only you can read")
        person.terminal.send("1\r")
        try person.answer("Profile name", "")
        #expect(person.terminal.exitStatus() == .code(0), "\(person.terminal.screen.text)")
        #expect(
            stage.text?.contains(
                """
                password-command = "pass show souk/demo/password"
                subscription-key-command = "pass show souk/demo/subscription-key"
                """) == true, "\(stage.text ?? "")")
        let log = try #require(Files.text(of: stage.home + "/log"))
        #expect(log.contains("insert --multiline --force souk/demo/password"))
        for spelling in SetupStage.spellings(of: SetupStage.key) {
            for text in [log, stage.text ?? "", person.terminal.sentText] { #expect(!text.contains(spelling)) }
        }
        #expect(Files.text(of: stage.home + "/kept/souk.demo.subscription-key") == SetupStage.key + "\n")

        let changes: [String: String?] = ["PATH": stage.home + "/bin", "LOG": stage.home + "/log"]
        let logout = try stage.run(["logout"], changes)
        #expect(logout.output == "Profile demo: The secrets are removed from pass. Profile and journal stay.\n")
        #expect(Files.text(of: stage.home + "/kept/souk.demo.password") == nil)
        #expect(stage.text?.contains("command") == false && stage.text?.contains("[profiles.demo]") == true)
    }

    /// A pass that writes down how it was called and what the process list shows of it.
    private func makePass() throws {
        let program = """
            #!/bin/sh
            PATH=/usr/bin:/bin
            echo "$*" >>"$LOG"
            cat /proc/$PPID/cmdline /proc/$PPID/environ /proc/$$/cmdline /proc/$$/environ 2>/dev/null \\
                | tr '\\0' '\\n' >>"$LOG"
            verb=$1
            for entry; do :; done
            place=\(stage.home)/kept/$(echo "$entry" | tr / .)
            mkdir -p \(stage.home)/kept
            case $verb in
                insert) cat >"$place" ;;
                show) cat "$place" ;;
                rm) rm "$place" ;;
            esac
            """
        let folder = stage.home + "/bin"
        for path in [folder, stage.home + "/.password-store"] { #expect(mkdir(path, 0o700) == 0) }
        Files.write(program, to: folder + "/pass")
        #expect(chmod(folder + "/pass", 0o700) == 0)
        Files.write("somebody", to: stage.home + "/.password-store/.gpg-id")
    }

    // MARK: Without a terminal

    private func options(_ server: Served, _ changes: [String: String] = [:]) -> [String] {
        Files.write((changes["password"] ?? "demo") + "\n", to: stage.home + "/p")
        Files.write((changes["key"] ?? SetupStage.key) + "\r\n", to: stage.home + "/k")
        return [
            "login", "--base-url", changes["base"] ?? server.baseURL, "--user", changes["user"] ?? "demo.api",
            "--marketplace", changes["marketplace"] ?? "us", "--password-file", stage.home + "/p", "--key-file",
            stage.home + "/k", "--store", "file", "--name", changes["name"] ?? "nordwind",
        ]
    }

    @Test func `needs no terminal where everything is given, and keeps what a person wrote`() throws {
        let server = try Served()
        let before = """
            # The German shop first.
            theme = "dark" # by night

            [profiles.old] # of last year
            base-url = "https://api.cloud.im/marketplace/na" # North America
            marketplace = "us"
            user = "old.api"
            password-command = "pass show old" # mine

            [keys]
            order = "F6"

            """
        stage.write(before, mode: 0o644)
        let run = try stage.run(options(server) + ["--json"])
        #expect(run.exit == .code(0), "\(run.errors)")
        #expect(run.errors == "")
        try `The set-up's schemas`.check(run.output, "login")
        let json = try PrintedJSON(run.output)
        #expect(json["profile"]?.text == "nordwind" && json["store"]?.text == "file")
        let text = try #require(stage.text)
        #expect(text.hasPrefix("profile = \"old\"\n" + before + "\n[profiles.nordwind]\nbase-url = "))
        var status = stat()
        #expect(stat(stage.file, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)

        let again = try stage.run(options(server))
        #expect(again.exit == .code(64) && again.errors.contains("there is a profile nordwind already"))
        #expect(stage.text == text)
        let replaced = try stage.run(options(server, ["user": "reseller.api"]) + ["--replace"])
        #expect(replaced.exit == .code(0), "\(replaced.errors)")
        #expect(stage.text == text.replacing("demo.api", with: "reseller.api"))
    }

    static let faults: [(change: [String: String], code: String, exit: Int)] = [
        (["base": "nowhere"], "badValue", 64), (["base": "http://127.0.0.1:9/m"], "unreachable", 7),
        (["user": "nobody.api"], "wrongPassword", 3), (["password": "of-another-one"], "wrongPassword", 3),
        (["key": "of-another-one"], "wrongSubscriptionKey", 3), (["marketplace": "xx"], "wrongMarketplace", 3),
        (["name": "a/b"], "badValue", 64), (["password": " demo"], "badValue", 64),
    ]

    @Test(arguments: faults.indices) func `names the value that is wrong, with its code`(_ place: Int) throws {
        let fault = Self.faults[place]
        let server = try Served()
        let run = try stage.run(options(server, fault.change) + ["--json"])
        #expect(run.exit == .code(fault.exit), "\(run.errors)")
        #expect(run.output == "")
        #expect(try PrintedJSON(run.errors)["code"]?.text == fault.code)
        #expect(stage.text == nil)
        for secret in ["of-another-one", SetupStage.key] { #expect(!run.errors.contains(secret)) }
    }

    @Test func `names a proxy that refuses, with its code`() throws {
        let server = try Served()
        let run = try stage.run(options(server) + ["--json"], ["http_proxy": "http://127.0.0.1:9"])
        #expect(run.exit == .code(7))
        #expect(try PrintedJSON(run.errors)["code"]?.text == "proxyRefused")
    }

    @Test func `names what is missing where nobody can be asked`() throws {
        let run = try stage.run(["login", "--user", "demo.api"])
        #expect(run.exit == .code(64))
        #expect(
            run.errors.contains(
                "needs --base-url, --marketplace, --password-file, --key-file, --store, --name."), "\(run.errors)")
    }

    @Test func `leaves a store unused that is not there, and the file as it was`() throws {
        let server = try Served()
        var options = options(server)
        options[options.count - 3] = "pass"
        let run = try stage.run(options, ["PATH": stage.home + "/bin"])
        #expect(run.exit == .code(64), "\(run.errors)")
        #expect(run.errors.contains("pass cannot be used here"))
        #expect(stage.text == nil)
    }
}
