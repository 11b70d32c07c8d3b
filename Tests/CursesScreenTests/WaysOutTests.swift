import Glibc
import TerminalSupport
import TestSupport
import Testing

/// A real process on a pseudo-terminal: what the shell finds when it is gone.
@Suite(.onOwnThreads) struct `Ways out` {
    private func start(
        _ arguments: [String] = [], environment: [String: String?] = [:]
    ) throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.builtProduct("TerminalDriver"), arguments, environment: environment)
        try #require(terminal.wait(for: "ready"))
        #expect(terminal.screen.isAlternate)
        return terminal
    }

    private func expectSane(_ terminal: PseudoTerminal) {
        #expect(terminal.leftovers == [])
    }

    @Test func `q ends well`() throws {
        let terminal = try start()
        terminal.send("q")
        #expect(terminal.exitStatus() == .code(0))
        expectSane(terminal)
        #expect(terminal.screen.contains("good-bye"))
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `asked to end, the program ends in order`(_ number: Int32) throws {
        let terminal = try start()
        terminal.signal(number)
        #expect(terminal.exitStatus() == .code(100 + Int(number)))
        expectSane(terminal)
        #expect(terminal.screen.contains("ended by \(number)"))
    }

    @Test func `asked again and again, a program that does not listen restores and dies`() throws {
        let terminal = try start()
        terminal.send("b")
        #expect(terminal.wait(for: "said deaf"))
        var exit: PseudoTerminal.Exit?
        for _ in 0..<100 where exit == nil {
            terminal.signal(SIGTERM)
            exit = terminal.exitStatus(within: 0.1)
        }
        #expect(exit == .signal(Int(SIGTERM)))
        expectSane(terminal)
    }

    @Test func `an exit that nobody announced restores`() throws {
        let terminal = try start()
        terminal.send("x")
        #expect(terminal.exitStatus() == .code(7))
        expectSane(terminal)
    }

    @Test func `a failed check restores, says why and names its signal`() throws {
        let terminal = try start()
        terminal.send("f")
        let exit = terminal.exitStatus()
        #expect(exit == .signal(Int(SIGILL)) || exit == .signal(Int(SIGTRAP)))
        expectSane(terminal)
        #expect(terminal.screen.contains("the driver was told to fail"))
    }

    @Test(arguments: [("n", SIGSEGV), ("a", SIGABRT), ("o", SIGSEGV)])
    func `a crash restores and names its signal`(_ key: String, _ number: Int32) throws {
        let terminal = try start()
        terminal.send(key)
        #expect(terminal.exitStatus() == .signal(Int(number)))
        expectSane(terminal)
    }

    @Test(arguments: [SIGQUIT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS, SIGABRT])
    func `a fatal signal from outside restores`(_ number: Int32) throws {
        let terminal = try start()
        terminal.signal(number)
        #expect(terminal.exitStatus() == .signal(Int(number)))
        expectSane(terminal)
    }

    @Test(arguments: [("n", "SIGSEGV"), ("a", "SIGABRT"), ("f", "ended by SIG"), ("o", "SIGSEGV")])
    func `a crash leaves a report and says where`(_ key: String, _ name: String) throws {
        let folder = try TestFolder.make()
        let path = folder + "/state/souk/crash.txt"
        let terminal = try start(["--crash-report", path])
        terminal.send("e")
        try #require(terminal.wait(for: "said spoken"))
        terminal.send(key)
        #expect(terminal.exitStatus() != nil)
        expectSane(terminal)
        #expect(terminal.screen.contains("is in"))
        #expect(terminal.screen.contains(path))
        let report = try #require(contents(of: path))
        #expect(report.hasPrefix("driver 1\nended by SIG"))
        #expect(report.contains(name))
        #expect(report.contains("on screen: the driver\n"))
        #expect(report.contains("a word on the error output"))
        #expect(report.contains("TerminalDriver\n"), "the mappings name the program")
        let frames = report.split(separator: "\n").filter { $0.hasPrefix("  0x") }
        #expect(!frames.isEmpty)
    }

    @Test func `a report that cannot be written is no second crash`() throws {
        let terminal = try start(["--crash-report", "/proc/nowhere/crash.txt"])
        terminal.send("n")
        #expect(terminal.exitStatus() == .signal(Int(SIGSEGV)))
        expectSane(terminal)
        #expect(terminal.screen.contains("No report could be written"))
    }

    @Test func `a second crash waits for the report of the first`() throws {
        // What is read of the report meanwhile is too little for it: whoever writes it waits.
        let path = try TestFolder.make() + "/crash.txt"
        #expect(mkfifo(path, 0o600) == 0)
        let reader = open(path, O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        // F_SETPIPE_SZ, which Swift does not import.
        #expect(fcntl(reader, 1031, 4096) == 4096)
        let terminal = try start(["--crash-report", path])
        terminal.send("2")
        var source = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        #expect(poll(&source, 1, 10_000) == 1)
        #expect(terminal.exitStatus(within: 0.5) == nil)
        var report: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while poll(&source, 1, 10_000) > 0 {
            let count = read(reader, &part, part.count)
            guard count > 0 else { break }
            report += part[..<count]
        }
        let text = String(decoding: report, as: UTF8.self)
        #expect(text.contains("what was where in memory:") && text.contains("TerminalDriver\n"), "\(text)")
        #expect(text.ranges(of: "ended by SIG").count == 1)
        #expect(terminal.exitStatus() == .signal(Int(SIGSEGV)))
        expectSane(terminal)
    }

    @Test func `asked to quit, the program leaves no report`() throws {
        let path = try TestFolder.make() + "/crash.txt"
        let terminal = try start(["--crash-report", path])
        terminal.signal(SIGQUIT)
        #expect(terminal.exitStatus() == .signal(Int(SIGQUIT)))
        #expect(contents(of: path) == nil)
    }

    private func contents(of path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    @Test func `a shell that is killed takes the program with it`() throws {
        let shell = try PseudoTerminal(
            running: "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> ", "HISTFILE": nil])
        #expect(shell.wait(for: "shell>"))
        shell.send(PseudoTerminal.builtProduct("TerminalDriver") + "\r")
        #expect(shell.wait(for: "ready"))
        shell.signal(SIGKILL)
        #expect(shell.exitStatus() == .signal(Int(SIGKILL)))
        #expect(shell.wait(for: "ended by \(SIGHUP)"))
        #expect(shell.leftovers == [])
    }

    @Test func `a crash while another handler was asked for still restores`() throws {
        let terminal = try start(environment: ["SWIFT_BACKTRACE": "enable=no"])
        terminal.send("n")
        #expect(terminal.exitStatus() == .signal(Int(SIGSEGV)))
        expectSane(terminal)
    }

    @Test func `a closed terminal window ends the program`() throws {
        let terminal = try start()
        terminal.hangUp()
        let exit = terminal.exitStatus()
        #expect(exit == .code(3) || exit == .code(100 + Int(SIGHUP)))
    }

    @Test func `the error output waits until the screen is gone`() throws {
        let terminal = try start()
        terminal.send("e")
        #expect(terminal.wait(for: "said spoken"))
        #expect(!terminal.screen.contains("a word"))
        terminal.send("q")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.screen.contains("a word on the error output"))
    }

    @Test func `^Z gives the terminal to the shell, fg takes it again`() throws {
        let shell = try PseudoTerminal(
            running: "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> ", "HISTFILE": nil])
        #expect(shell.wait(for: "shell>"))
        shell.send(PseudoTerminal.builtProduct("TerminalDriver") + "\r")
        #expect(shell.wait(for: "ready"))
        shell.send("\u{1A}")
        #expect(shell.wait { $0.contains("Stopped") && !$0.isAlternate && $0.isCursorVisible })
        shell.resize(columns: 90, rows: 20)
        shell.send("fg\r")
        #expect(shell.wait { $0.contains("size 90x20") && $0.contains("ready") && $0.isAlternate })
        shell.send("q")
        #expect(shell.wait { !$0.isAlternate && $0.contains("good-bye") })
        shell.send("exit 4\r")
        #expect(shell.exitStatus() == .code(4))
    }

    @Test func `^Z without a shell changes nothing`() throws {
        let terminal = try start()
        terminal.send("\u{1A}k")
        #expect(terminal.wait { $0.contains("said k") && $0.isAlternate })
        #expect(!terminal.isAsShellsWantIt)
    }

    @Test func `stopped from outside and continued, the screen comes back`() throws {
        let terminal = try start()
        terminal.signal(SIGSTOP)
        terminal.screen.feed(Array("\u{1B}[H\u{1B}[2J$ ls".utf8))
        terminal.signal(SIGCONT)
        #expect(terminal.wait { $0.contains("continued") && $0.contains("ready") && !$0.contains("$ ls") })
        terminal.signal(SIGTSTP)
        terminal.send("j")
        #expect(terminal.wait { $0.contains("continued continued") && $0.contains("j") })
    }

    @Test func `clicks, turns of the wheel and the focus arrive`() throws {
        let terminal = try start()
        terminal.send("\u{1B}[<0;5;2M\u{1B}[<0;5;2m\u{1B}[<64;1;1M\u{1B}[O")
        #expect(terminal.wait { $0.contains("said click(4,1) wheelUp(0,0)") && $0.contains("not looked at") })
        terminal.send("\u{1B}[I")
        #expect(terminal.wait { !$0.contains("not looked at") })
        terminal.send("y")
        #expect(terminal.wait(for: "sent"))
        #expect(terminal.sentText.contains("\u{1B}]52;c;SsO4cmdlbnNlbu+/vQrkvZzogIU=\u{7}"))
    }

    @Test func `the window's size is followed`() throws {
        let terminal = try start()
        for (columns, rows) in [(100, 30), (30, 7), (120, 40)] {
            terminal.resize(columns: columns, rows: rows)
            #expect(terminal.wait { $0.row(0) == "size \(columns)x\(rows)" && $0.contains("ready") })
        }
    }

    @Test(arguments: ["C", "POSIX", "en_US.UTF-8", "xx_XX.ISO-8859-1", "C.UTF-8"])
    func `wide text is shown in the locale`(_ locale: String) throws {
        let terminal = try start(environment: ["LANG": locale, "LC_ALL": locale])
        #expect(terminal.screen.row(2) == "作者 Jørgensen ™ …")
    }

    @Test(arguments: [("no-such-terminal", "does not know"), ("dumb", "cannot move its cursor")])
    func `a terminal that cannot be used is reported`(_ type: String, _ words: String) throws {
        let terminal = try PseudoTerminal(
            running: PseudoTerminal.builtProduct("TerminalDriver"), environment: ["TERM": type], columns: 200)
        #expect(terminal.exitStatus() == .code(2))
        #expect(terminal.screen.contains(words))
        #expect(terminal.isAsShellsWantIt)
    }
}
