import Glibc
import TerminalSupport

/// Plays the tour of the README on the real program, and writes what it showed: a recording for asciinema players, and
/// pictures of single screens.
///
/// `TourRecorder PROGRAM README FOLDER` writes `tour.cast`, and an SVG picture for each of ``pictures``, into the folder.
@main
struct TourRecorder {
    /// The pictures of the README, each with the way to it from the first screen.
    private static let pictures: [(name: String, walkthrough: String)] = [
        ("home", #""NEEDS YOU NOW" "16 Nov""#),
        (
            "order-review",
            #""NEEDS YOU NOW" `:` `1000412` "Jørgensen" `Enter` "Jørgensen & Søn" `5` `/` `AUR-365-BP` "exact 3" `Enter` `j` `o` "1 FILL IN" `5` "103.00 EUR" `F10` "Type 5""#
        ),
        (
            "bulk-review",
            #""NEEDS YOU NOW" `3` "SUBSCRIPTIONS" `/` `status=active` `Enter` "match" `Space` `Space` `Space` `Space` "4 marked" `c` "1 RULE" `+3` `F10` "Type ""#
        ),
    ]
    /// Seconds of the recording that pass with a key of a text, with a key alone, and with what is to be read.
    private static let (letter, key, reading) = (0.12, 0.6, 1.8)

    private let program: String
    private let folder: String

    static func main() {
        let arguments = CommandLine.arguments
        guard arguments.count == 4 else { end("usage: TourRecorder PROGRAM README FOLDER", 2) }
        let recorder = TourRecorder(program: arguments[1], folder: arguments[3])
        do {
            let tour = try Walkthrough.section("tour", of: read(arguments[2]))
            try recorder.record(Walkthrough(tour))
            for (name, walkthrough) in pictures { try recorder.draw(name, Walkthrough(walkthrough)) }
        } catch {
            end("\(error)", 1)
        }
    }

    private func start() throws -> PseudoTerminal {
        try PseudoTerminal(
            running: program, ["--sandbox", "--now", "2026-11-20T14:04:12Z", "--theme", "dark"],
            environment: [
                "TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC", "XDG_CONFIG_HOME": "/nonexistent",
                "XDG_STATE_HOME": nil, "HOME": "/nonexistent",
            ],
            columns: 110, rows: 32)
    }

    private func draw(_ name: String, _ walkthrough: Walkthrough) throws {
        let terminal = try start()
        try walkthrough.play(on: terminal)
        terminal.rest(milliseconds: 300)
        try Self.write(ScreenDrawing.svg(of: terminal.screen), to: "\(folder)/\(name).svg")
    }

    private func record(_ tour: Walkthrough) throws {
        let terminal = try start()
        var recording = Recording(columns: terminal.screen.columns, rows: terminal.screen.rows)
        try tour.play(on: terminal) { step, pressed in
            switch step {
            case .press(_, let keys): recording.pass(keys.count > 1 && pressed != nil ? Self.letter : Self.key)
            case .see: recording.pass(Self.reading)
            }
            terminal.rest(milliseconds: 60)
            recording.take(terminal.received)
        }
        try Self.write(recording.text, to: "\(folder)/tour.cast")
    }

    private static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { end("\(path) cannot be read: \(String(cString: strerror(errno)))", 1) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else {
            end("\(path) cannot be written: \(String(cString: strerror(errno)))", 1)
        }
        fputs(text, file)
        fclose(file)
        print(path)
    }

    private static func end(_ words: String, _ code: Int32) -> Never {
        fputs(words + "\n", fdopen(STDERR_FILENO, "w"))
        exit(code)
    }
}
