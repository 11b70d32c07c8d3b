import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

/// Plain `souk` without a profile, on a terminal, at a served sandbox.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The set-up in the dashboard` {
    private let stage: SetupStage

    init() throws { stage = try SetupStage() }

    private static let f2 = "\u{1B}OQ"
    private static let f5 = "\u{1B}[15~"

    private struct Typed {
        var base: String
        var marketplace = "us"
        var user = "demo.api"
        var password = "demo"
        var key = SetupStage.key

        var all: [String] { [base, marketplace, user, password, key] }
    }

    private func start(
        _ arguments: [String] = [], _ changes: [String: String?] = [:], columns: Int = 120
    ) throws -> PseudoTerminal {
        let terminal = try stage.start(
            arguments, ["PATH": stage.home + "/bin"].merging(changes) { $1 }, columns: columns)
        try #require(terminal.wait(for: "field 1 of 7"), "\(terminal.screen.text)")
        return terminal
    }

    /// Fills in the boxes, from the first one on.
    private func fill(_ terminal: PseudoTerminal, _ typed: Typed) {
        for text in typed.all {
            // As it comes from a page in a browser.
            terminal.send(KeyText.control("e") + KeyText.control("u") + KeyText.paste(" \(text)\n") + KeyText.tab)
        }
    }

    @Test func `makes a profile and goes on with it, without a restart`() throws {
        let server = try Served()
        let terminal = try start()
        fill(terminal, Typed(base: server.baseURL))
        #expect(terminal.wait(for: "field 6 of 7"))
        #expect(stage.text == nil)
        terminal.send(KeyText.f10)
        #expect(terminal.wait { $0.contains("souk demo") && $0.contains("1 Home") }, "\(terminal.screen.text)")
        terminal.send("2")
        #expect(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
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
        #expect(stat(stage.file, &status) == 0 && status.st_mode & 0o777 == 0o600)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [] && terminal.isAsShellsWantIt)
        for spelling in SetupStage.spellings(of: SetupStage.key) { #expect(!terminal.sentText.contains(spelling)) }
    }

    /// What is typed in the place of the right value, and what stands beside the boxes then.
    static let wrongValues: [(place: Int, typed: String, words: [String])] = [
        (0, "nowhere", ["no base URL", "WRONG: base URL", "This is no base URL."]),
        (0, "http://127.0.0.1:9/m", ["no answer", "nothing answers at 127.0.0.1:9".capitalised]),
        (1, "xx", ["wrong: not known there", "does not know the code 'xx'"]),
        (2, "nobody.api", ["wrong, or the password", "WRONG: API user, password"]),
        (3, "p%s/w+rd-ä-of-mine", ["wrong, or the API user", "refuses the API user or the password"]),
        (4, "k3y-of-another-one", ["wrong: copy it again", "WRONG: subscription key"]),
    ]

    @Test(arguments: wrongValues.indices) func `says which value is wrong, and stores nothing until it is right`(
        _ place: Int
    ) throws {
        let wrong = Self.wrongValues[place]
        let server = try Served()
        let terminal = try start()
        var texts = Typed(base: server.baseURL).all
        let right = texts[wrong.place]
        texts[wrong.place] = wrong.typed
        fill(
            terminal,
            Typed(base: texts[0], marketplace: texts[1], user: texts[2], password: texts[3], key: texts[4]))
        terminal.send(KeyText.f10)
        for words in wrong.words { #expect(terminal.wait(for: words), "\(words): \(terminal.screen.text)") }
        #expect(stage.text == nil, "nothing is written before all is right")
        // The cursor stands on the first wrong value, in the order of the boxes.
        let first = terminal.screen.contains("WRONG: API user, password") ? 2 : wrong.place
        #expect(terminal.wait(for: "field \(first + 1) of 7"), "\(terminal.screen.text)")
        terminal.send(String(repeating: KeyText.tab, count: wrong.place - first))
        terminal.send(KeyText.control("e") + KeyText.control("u") + KeyText.paste(right) + KeyText.f10)
        #expect(terminal.wait { $0.contains("souk demo") && $0.contains("1 Home") }, "\(terminal.screen.text)")
        #expect(stage.text?.contains("user = \"demo.api\"") == true)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
        if wrong.place >= 3 {
            for spelling in SetupStage.spellings(of: wrong.typed) { #expect(!terminal.sentText.contains(spelling)) }
        }
    }

    @Test func `Esc leaves while a test runs, with the terminal as it was and nothing written`() throws {
        // Something that takes connections and never answers.
        let silent = try SilentServer()
        let terminal = try start()
        fill(terminal, Typed(base: silent.baseURL))
        terminal.send(Self.f5)
        #expect(terminal.wait(for: "testing…"), "\(terminal.screen.text)")
        terminal.send(KeyText.escape)
        #expect(terminal.exitStatus() == .code(0), "\(terminal.screen.text)")
        #expect(terminal.isAsShellsWantIt && terminal.leftovers == [])
        #expect(stage.text == nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: stage.home) == [])
    }

    @Test func `F2 opens the sandbox, and stores nothing`() throws {
        let terminal = try start()
        terminal.send(Self.f2)
        #expect(terminal.wait { $0.contains("souk sandbox") && $0.contains("1 Home") }, "\(terminal.screen.text)")
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.isAsShellsWantIt && terminal.leftovers == [])
        #expect(stage.text == nil)
    }

    @Test func `a store that refuses leaves the form, and another one can be chosen`() throws {
        let server = try Served()
        let folder = stage.home + "/bin"
        for path in [folder, stage.home + "/.password-store"] { #expect(mkdir(path, 0o700) == 0) }
        Files.write("#!/bin/sh\n/bin/cat >/dev/null\necho 'no key to encrypt for' >&2\nexit 2\n", to: folder + "/pass")
        #expect(chmod(folder + "/pass", 0o700) == 0)
        Files.write("somebody", to: stage.home + "/.password-store/.gpg-id")
        let terminal = try start()
        fill(terminal, Typed(base: server.baseURL))
        terminal.send(KeyText.f10)
        #expect(terminal.wait(for: "pass did not keep the secrets"), "\(terminal.screen.text)")
        #expect(stage.text == nil)
        terminal.send(KeyText.tab + KeyText.down + KeyText.f10)
        #expect(terminal.wait { $0.contains("souk demo") && $0.contains("1 Home") }, "\(terminal.screen.text)")
        #expect(stage.text?.contains("password = \"demo\"") == true)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
    }

    @Test func `in linear mode the questions of souk login come first`() throws {
        let server = try Served()
        let terminal = try stage.start(["--linear"], ["PATH": stage.home + "/bin"])
        let answers = [
            ("Base URL or region", server.baseURL), ("API user", "demo.api"), ("Subscription key", SetupStage.key),
            ("Password", "demo"), ("Marketplace code", "us"), ("Keep the secrets in", "1"), ("Profile name", ""),
        ]
        for (question, text) in answers {
            #expect(terminal.wait(for: question), "\(terminal.screen.text)")
            terminal.send(text + "\r")
        }
        #expect(terminal.wait(for: "souk, profile demo"), "\(terminal.screen.text)")
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
    }

    @Test(arguments: [["--sandbox"], ["dashboard", "--profile", "mine"]])
    func `is not opened where a marketplace is named`(arguments: [String]) throws {
        let terminal = try stage.start(arguments)
        #expect(terminal.wait { $0.contains("souk sandbox") || $0.contains("there is no profile mine") })
        #expect(!terminal.sentText.contains("Set Up"))
    }

    @Test func `without a terminal nobody is asked`() throws {
        let run = try stage.run([])
        #expect(run.exit == .code(2))
        #expect(run.errors.contains("the profile is not complete"))
    }
}

/// Takes connections and never says a word.
private final class SilentServer {
    let baseURL: String
    private let socket: Int32

    init() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(socket, pointer, size) == 0 && listen(socket, 8) == 0 && getsockname(socket, pointer, &size) == 0
            }
        }
        self.socket = socket
        baseURL = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/marketplace/us"
        try #require(isListening)
    }

    deinit { close(socket) }
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
