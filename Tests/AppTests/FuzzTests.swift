import Glibc
import Screen
import TerminalSupport
import TestSupport
import Testing

/// Whatever comes from a terminal of whatever size, the real program goes on, draws into the size it has, sends nothing
/// that a terminal would mind, and leaves it as it was. SOUK_FUZZ_EVENTS in the environment makes it more events,
/// SOUK_FUZZ_SEED plays one seed alone.
@Suite(.onOwnThreads, .timeLimit(.minutes(120))) struct `Any bytes from any terminal` {
    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    private static let wanted = number("SOUK_FUZZ_EVENTS") ?? 1000
    /// A program takes so many at most: what a terminal sent is kept as long as it runs.
    private static let eventsInOneRun = 1000
    private static let runs = max(4, (wanted + eventsInOneRun - 1) / eventsInOneRun)

    /// Input that once went wrong, in a window of 80x24.
    private static let kept = [
        // Suspended, curses set the whole palette of the terminal back to its first colours.
        "\u{1A}",
        // Suspended again before anything was drawn, the title was restored twice.
        "\u{1A}\u{1A}",
        // A sequence that was cut off made keys of the paste behind it.
        "\u{1B}[\u{1B}[200~25\r\u{1B}[201~",
    ].map { Array($0.utf8) }

    private static let seeds = number("SOUK_FUZZ_SEED").map { [UInt64($0)] } ?? Array(1...UInt64(runs))

    @Test(arguments: seeds) func `are survived`(seed: UInt64) throws {
        let run = try FuzzedProgram(seed: seed)
        var left = (Self.wanted + Self.runs - 1) / Self.runs
        while left > 0 {
            let count = min(left, run.pickCount())
            try run.send((0..<count).map { _ in run.pickEvent() })
            left -= count
        }
        try run.end()
    }

    @Test func `that once went wrong are survived`() throws {
        let run = try FuzzedProgram(seed: 0)
        for bytes in Self.kept { try run.send([bytes]) }
        try run.end()
    }
}

/// The real program under any input, with what must hold after each batch of it.
private final class FuzzedProgram {
    private let seed: UInt64
    private var dice: Dice
    private var terminal: PseudoTerminal
    private let folder: String
    private var batches = 0
    /// What was sent lately, for the message of a failure.
    private var lately: [[UInt8]] = []

    private struct Kind: Sendable {
        var environment: [String: String?]
        var arguments: [String]
        /// The look of the band at the top, which is as wide as the window.
        var isBand: @Sendable (EmulatedScreen.Cell) -> Bool
    }

    private static let kinds = [
        Kind(environment: [:], arguments: [], isBand: { $0.isReversed }),
        Kind(environment: ["NO_COLOR": "1", "LANG": "C"], arguments: ["--read-only"], isBand: { $0.isReversed }),
        Kind(
            environment: ["SOUK_THEME": "dark", "TERM": "xterm-direct2"], arguments: [],
            isBand: { $0.background == 0x12F_3A4D }),
        Kind(
            environment: [:], arguments: ["--ascii", "--no-mouse", "--order-seconds", "0"], isBand: { $0.isReversed }),
    ]
    private var kind: Kind { Self.kinds[Int(seed % UInt64(Self.kinds.count))] }

    init(seed: UInt64) throws {
        self.seed = seed
        dice = Dice(seed: seed)
        folder = try TestFolder.make()
        terminal = try Self.start(Self.kinds[Int(seed % UInt64(Self.kinds.count))], folder)
    }

    private static func start(_ kind: Kind, _ folder: String) throws -> PseudoTerminal {
        let places: [String: String?] = ["XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": folder]
        let terminal = try PseudoTerminal(
            running: `The real program`.program, ["--sandbox"] + kind.arguments,
            environment: places.merging(kind.environment) { $1 }, folder: folder)
        try #require(terminal.wait { kind.isBand($0.cell(79, 0)) })
        return terminal
    }

    func pickCount() -> Int { 1 + dice.below(30) }
    func pickEvent() -> [UInt8] { HostileInput.event(&dice) }

    /// Sends a batch and then holds the program to another size of its window.
    func send(_ events: [[UInt8]]) throws {
        batches += 1
        lately = events
        for event in events { terminal.send(bytes: event) }
        // A window that is too small says its size in words, and has no band: from there every other one can be recognised.
        let isNarrow = dice.below(2) == 0
        try take(
            isNarrow
                ? Size(columns: 1 + dice.below(39), rows: 1 + dice.below(100))
                : Size(columns: 1 + dice.below(300), rows: 1 + dice.below(9)))
        if dice.below(5) > 0 {
            let isUsual = dice.below(3) > 0
            try take(
                isUsual
                    ? Size(columns: 80, rows: 24) : Size(columns: 40 + dice.below(261), rows: 10 + dice.below(91)))
        }
        try #require(terminal.screen.unexpected == [:], "\(story)")
    }

    private func take(_ size: Size) throws {
        terminal.resize(columns: size.columns, rows: size.rows)
        var words = TerminalText.cut("souk: this window is \(size.columns) x \(size.rows)", to: size.columns)
        if kind.arguments.contains("--ascii") { words.replace("…", with: "~") }
        let isDrawn = terminal.wait { screen in
            size.columns < 40 || size.rows < 10
                ? screen.row(0) == words : (0..<size.columns).allSatisfy { kind.isBand(screen.cell($0, 0)) }
        }
        if isDrawn { return }
        // It may have been asked to leave. What was typed after that may have thrown away the end of its output, as ^C does.
        let exit = terminal.exitStatus(within: 0)
        try #require(exit == .code(0), "\(size) \(String(describing: exit)) \(story)\n\(terminal.screen.text)")
        try #require(terminal.isAsShellsWantIt && terminal.screen.unexpected == [:], "\(story)")
        terminal = try Self.start(kind, folder)
    }

    /// Ends it in one of the ways out.
    func end() throws {
        // The rest of a paste would swallow the keys.
        terminal.send("\u{1B}[201~")
        switch dice.below(3) {
        case 0:
            terminal.signal(SIGTERM)
            #expect([.code(128 + Int(SIGTERM)), .code(0)].contains(terminal.exitStatus()), "\(story)")
        case 1:
            terminal.signal(SIGHUP)
            #expect([.code(128 + Int(SIGHUP)), .code(0)].contains(terminal.exitStatus()), "\(story)")
        default:
            terminal.send(KeyText.control("c") + KeyText.control("c"))
            #expect(terminal.exitStatus() == .code(0), "\(story)")
        }
        #expect(terminal.leftovers == [], "\(story)")
    }

    /// Enough to play it again: the seed, and the last batch as it was sent.
    private var story: String {
        "seed \(seed), batch \(batches), lately "
            + lately.map { String(decoding: $0, as: UTF8.self).debugDescription }.joined(separator: " ")
    }
}
