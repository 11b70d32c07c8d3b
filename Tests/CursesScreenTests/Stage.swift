import Glibc
import Screen
import TerminalSupport
import TestSupport
import Testing

@testable import CursesScreen

/// Tests that open a terminal in this process. Curses is one for the whole process: they take turns.
@Suite(.onOwnThreads, .serialized) enum Stages {}

/// A terminal in this process with an emulator at its other end.
final class Stage {
    let emulator: PseudoTerminal
    let terminal: CursesTerminal

    init(
        _ columns: Int = 40, _ rows: Int = 6, type: String = "xterm-256color", asciiOnly: Bool = false,
        theme: Theme = .standard, mouse: Bool = true, marksFrames: Bool = true
    ) throws {
        let emulator = try PseudoTerminal(columns: columns, rows: rows)
        var options = TerminalOptions()
        options.asciiOnly = asciiOnly
        options.theme = theme
        options.mouse = mouse
        options.marksFrames = marksFrames
        self.emulator = emulator
        terminal = try emulator.reading {
            try CursesTerminal(input: emulator.farEnd, output: emulator.farEnd, type: type, options)
        }
    }

    deinit { emulator.reading { terminal.close() } }

    var screen: EmulatedScreen { emulator.screen }

    /// Shows a canvas and returns how many bytes that sent.
    @discardableResult
    func show(_ canvas: Canvas) -> Int { received(during: { terminal.present(canvas) }).count }

    @discardableResult
    func show(_ draw: (inout Canvas) -> Void) -> Int {
        var canvas = Canvas(size: terminal.size)
        draw(&canvas)
        return show(canvas)
    }

    /// The bytes that `action` sends.
    func sent(by action: () -> Void) -> String { String(decoding: received(during: action), as: UTF8.self) }

    private func received(during action: () -> Void) -> ArraySlice<UInt8> {
        emulator.settle()
        let before = emulator.received.count
        emulator.reading(while: action)
        emulator.settle()
        return emulator.received[before...]
    }

    /// Types each text in a piece of its own and returns the first `count` keys that come of it.
    func type(_ pieces: String..., expecting count: Int) -> [Key] {
        var keys: [Key] = []
        for piece in pieces {
            emulator.send(piece)
            keys += waitForKeys()
        }
        while keys.count < count, case let more = waitForKeys(), !more.isEmpty { keys += more }
        return keys
    }

    private func waitForKeys() -> [Key] {
        var source = pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&source, 1, 5000) > 0 else { return [] }
        return terminal.keys()
    }
}
