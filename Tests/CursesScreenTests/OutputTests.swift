import CNCurses
import Glibc
import Screen
import Synchronization
import TerminalSupport
import TestSupport
import Testing

@testable import CursesScreen

/// What becomes of bytes that the terminal does not take at once.
@Suite(.onOwnThreads) struct `Output that has to wait` {
    /// A pipe that another program has made non-blocking, read by a thread from when it is full.
    private final class SlowReader: @unchecked Sendable {
        let writeEnd: Int32
        private let readEnd: Int32
        private var thread = pthread_t()
        // Because the thread alone touches it until it is joined.
        private var bytes: [UInt8] = []

        init() {
            var ends: [Int32] = [-1, -1]
            _ = pipe(&ends)
            (readEnd, writeEnd) = (ends[0], ends[1])
            _ = fcntl(writeEnd, F_SETFL, O_NONBLOCK)
        }

        func start() {
            let me = Unmanaged.passRetained(self).toOpaque()
            pthread_create(
                &thread, nil,
                { argument in
                    let reader = Unmanaged<SlowReader>.fromOpaque(argument!).takeRetainedValue()
                    reader.read()
                    return nil
                }, me)
        }

        private func read() {
            // Nothing is read before there is no room left.
            var events = pollfd(fd: writeEnd, events: Int16(POLLOUT), revents: 0)
            while poll(&events, 1, 0) > 0 { sched_yield() }
            var part = [UInt8](repeating: 0, count: 1000)
            while case let count = Glibc.read(readEnd, &part, part.count), count > 0 { bytes += part[..<count] }
        }

        func everything() -> [UInt8] {
            close(writeEnd)
            pthread_join(thread, nil)
            close(readEnd)
            return bytes
        }
    }

    private static let text = (0..<30_000).map { "\($0) " }.joined()

    @Test func `a pipe that others made non-blocking gets everything`() {
        let reader = SlowReader()
        reader.start()
        #expect(TerminalOutput(reader.writeEnd).send(Self.text) == .sent)
        #expect(String(decoding: reader.everything(), as: UTF8.self) == Self.text)
    }

    @Test func `line by line it is the same`() throws {
        let reader = SlowReader()
        reader.start()
        let null = open("/dev/null", O_RDONLY)
        defer { close(null) }
        let terminal = try LinearTerminal(input: null, output: reader.writeEnd)
        terminal.write([Self.text, "the end"])
        #expect(!terminal.isDeaf)
        #expect(String(decoding: reader.everything(), as: UTF8.self) == Self.text + "\nthe end\n")
    }

    @Test func `a pipe that nobody reads any more is closed`() {
        var ends: [Int32] = [-1, -1]
        _ = pipe(&ends)
        close(ends[0])
        signal(SIGPIPE, SIG_IGN)
        #expect(TerminalOutput(ends[1]).send("x") == .closed)
        close(ends[1])
    }

    @Test func `the terminal stays as blocking as it was for those who share it`() throws {
        let emulator = try PseudoTerminal()
        let output = TerminalOutput(emulator.farEnd)
        #expect(output.descriptor != emulator.farEnd)
        #expect(fcntl(output.descriptor, F_GETFL) & O_NONBLOCK != 0)
        #expect(fcntl(emulator.farEnd, F_GETFL) & O_NONBLOCK == 0)
        #expect(output.send("hello") == .sent)
        emulator.settle()
        #expect(emulator.screen.row(0) == "hello")
    }

    private func driver(nonBlocking: Bool, before command: String = "") throws -> PseudoTerminal {
        let terminal = try PseudoTerminal(
            running: "/bin/bash", ["-c", "\(command) exec \(PseudoTerminal.builtProduct("TerminalDriver"))"],
            columns: 200, rows: 60)
        try #require(terminal.wait(for: "ready"))
        if nonBlocking { terminal.makeNonBlocking() }
        return terminal
    }

    private func isFull(_ screen: EmulatedScreen) -> Bool {
        screen.row(59).hasPrefix("full")
            && (6..<59).allSatisfy { y in (0..<200).allSatisfy { screen.cell($0, y).text == String(($0 + y) % 10) } }
    }

    @Test(arguments: [true, false]) func `a frame that is taken in part is whole in the end`(nonBlocking: Bool) throws {
        let terminal = try driver(nonBlocking: nonBlocking)
        terminal.send("w")
        #expect(terminal.isStuffed())
        #expect(terminal.wait(until: isFull), "\(terminal.screen.text)")
        terminal.send("wq")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }

    @Test(arguments: [true, false]) func `a terminal that takes nothing any more keeps nobody`(nonBlocking: Bool) throws
    {
        let terminal = try driver(nonBlocking: nonBlocking)
        terminal.send("w")
        #expect(terminal.isStuffed())
        terminal.signal(SIGTERM)
        #expect(terminal.exitStatusUnread() == .code(100 + Int(SIGTERM)))
        #expect(terminal.isAsShellsWantIt)
    }

    /// Stopped with the screen full, and continued while nobody reads.
    private func stoppedDriver(nonBlocking: Bool) throws -> PseudoTerminal {
        let terminal = try driver(nonBlocking: nonBlocking)
        terminal.send("w")
        try #require(terminal.wait(until: isFull), "\(terminal.screen.text)")
        terminal.signal(SIGSTOP)
        terminal.screen.feed(Array("\u{1B}[H\u{1B}[2J".utf8))
        terminal.signal(SIGCONT)
        return terminal
    }

    @Test(arguments: [true, false]) func `the first frame after a stop waits for the terminal, and is whole in the end`(
        nonBlocking: Bool
    ) throws {
        let terminal = try stoppedDriver(nonBlocking: nonBlocking)
        #expect(terminal.isStuffed())
        #expect(terminal.wait(until: isFull), "\(terminal.screen.text)")
        terminal.send("wq")
        #expect(terminal.exitStatus() == .code(0))
        // The frame that the stop cut may end within a sequence; the next one begins with a whole one, and terminals begin
        // anew with it.
        #expect(terminal.leftovers.filter { !$0.contains(#"\u{1B}"#) && !$0.contains("control 27 within") } == [])
    }

    @Test(arguments: [true, false]) func `a terminal that takes nothing after a stop keeps nobody`(nonBlocking: Bool)
        throws
    {
        let terminal = try stoppedDriver(nonBlocking: nonBlocking)
        #expect(terminal.isStuffed())
        terminal.signal(SIGTERM)
        #expect(terminal.exitStatusUnread() == .code(100 + Int(SIGTERM)))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `signals that come while it waits are served when it goes on`() throws {
        let terminal = try driver(nonBlocking: true)
        terminal.send("w")
        #expect(terminal.isStuffed())
        terminal.resize(columns: 90, rows: 20)
        #expect(terminal.wait { $0.row(0) == "size 90x20" })
    }

    @Test func `a frame that memory has no room for is shown all the same`() throws {
        // No file may grow beyond 8 KiB, that of the frame among them.
        let terminal = try driver(nonBlocking: false, before: "ulimit -f 8;")
        terminal.send("w")
        #expect(terminal.wait(until: isFull), "\(terminal.screen.text)")
        terminal.send("ww")
        #expect(terminal.wait(until: isFull))
        terminal.send("wq")
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }
}
