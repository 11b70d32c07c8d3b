import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

/// One command of a transcript: what is typed, and what it prints on both streams.
///
/// A transcript is a text of such blocks. `$ ` begins a command of a shell whose output is no terminal, `$80 ` one on a
/// terminal of 80 columns, where both streams are one. Lines after it are what it prints: after `! ` on the standard error,
/// otherwise on the standard output, with `→` for a tab and `␛` for an escape. `= 64` is its exit code, at the end.
///
/// `souk` asks the embedded marketplace, `bare` what the environment says. `serve` serves the embedded one over HTTP until
/// the command has ended, and makes it the environment's.
struct TranscriptBlock: Equatable {
    var command: String
    /// Of its terminal; nil where there is none.
    var columns: Int?
    var output: [String] = []
    var errors: [String] = []
    var exit: Int?

    static func blocks(of text: String) -> (head: [String], blocks: [TranscriptBlock]) {
        var head: [String] = []
        var blocks: [TranscriptBlock] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let start = start(line) {
                blocks.append(start)
            } else if blocks.isEmpty {
                head.append(line)
            } else if line.hasPrefix("= ") {
                blocks[blocks.count - 1].exit = Int(line.dropFirst(2))
            } else if blocks[blocks.count - 1].exit != nil {
                continue
            } else if line.hasPrefix("! ") {
                blocks[blocks.count - 1].errors.append(String(line.dropFirst(2)))
            } else {
                blocks[blocks.count - 1].output.append(line)
            }
        }
        return (head, blocks)
    }

    private static func start(_ line: String) -> TranscriptBlock? {
        guard line.first == "$", let space = line.firstIndex(of: " ") else { return nil }
        let columns = line[line.index(after: line.startIndex)..<space]
        guard columns.allSatisfy(\.isNumber) else { return nil }
        return TranscriptBlock(command: String(line[line.index(after: space)...]), columns: Int(columns))
    }

    var text: String {
        let lines =
            ["$\(columns.map(String.init) ?? "") \(command)"] + output + errors.map { "! " + $0 }
            + ["= \(exit.map(String.init) ?? "?")", ""]
        return lines.joined(separator: "\n")
    }

    /// The same command with what it printed now.
    func played() throws -> TranscriptBlock {
        let folder = try TestFolder.make()
        var block = TranscriptBlock(command: command, columns: columns)
        let program = """
            souk() { '\(`The real program`.program)' "$@" --sandbox --now 2026-11-20T14:04:12Z; }
            bare() { '\(`The real program`.program)' "$@"; }
            serve() {
                mkfifo served
                bare sandbox --port 0 --now 2026-11-20T14:04:12Z "$@" >served 2>/dev/null &
                trap "kill $!" EXIT
                read -r SOUK_BASE_URL <served
                export SOUK_BASE_URL SOUK_MARKETPLACE=us SOUK_USER=demo.api SOUK_PASSWORD=demo
                export SOUK_SUBSCRIPTION_KEY=\(String(repeating: "0", count: 32))
            }
            cd '\(folder)'
            """
        let streams = columns == nil ? ">'\(folder)/out' 2>'\(folder)/err' </dev/null" : ""
        let script = "\(program)\n{ \(command)\n} \(streams)\necho $? >'\(folder)/code'"
        let terminal = try PseudoTerminal(
            running: "/bin/sh", ["-c", script],
            environment: [
                "XDG_STATE_HOME": folder, "XDG_CONFIG_HOME": folder, "HOME": folder, "SOUK_CALLS_PER_MINUTE": nil,
            ], columns: columns ?? 80, rows: 50)
        _ = terminal.exitStatus(within: 60)
        let code = try String(contentsOfFile: folder + "/code", encoding: .utf8)
        block.exit = Int(code.filter(\.isNumber))
        if columns == nil {
            let (out, err) = (folder + "/out", folder + "/err")
            block.output = Self.lines(try String(contentsOfFile: out, encoding: .utf8), folder)
            block.errors = Self.lines(try String(contentsOfFile: err, encoding: .utf8), folder)
        } else {
            block.output = Self.lines(terminal.sentText.replacing("\r\n", with: "\n"), folder)
        }
        return block
    }

    /// - Parameter folder: Where it was played, another one each time.
    private static func lines(_ text: String, _ folder: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let shown = text.replacing(folder, with: "FOLDER").replacing("\t", with: "→").replacing("\u{1B}", with: "␛")
            .replacing("\r", with: "␍")
            .replacing("\u{FEFF}", with: "⌑")
            // What is another at each time: ports, and the moments of what is asked over HTTP.
            .replacing(/127\.0\.0\.1(:|%3A)\d{4,5}/, with: { "127.0.0.1\($0.output.1)PORT" })
            .replacing(/sent (on|at) [0-9A-Za-z ]*\d\d:\d\d UTC and/, with: { "sent \($0.output.1) TIME and" })
            // What is made anew each time: ids of journal entries and answers, PO numbers, intents.
            .replacing(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/, with: "UUID")
            .replacing(/(settle|show) [0-9A-F]{8}\b/, with: { "\($0.output.1) ENTRY" })
            .replacing(/SOUK-(\d{6}-\d{6})-[0-9A-Z]{4,}/, with: { "SOUK-\($0.output.1)-PONR" })
            .replacing(/(intent(":"|","| ))[0-9A-Z]{4}-[0-9A-Z]{4}/, with: { "\($0.output.1)INTENT" })
        let lines = shown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.last == "" ? Array(lines.dropLast()) : lines
    }
}

/// The command line as people and scripts see it, played against the embedded marketplace at one moment.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Transcripts` {
    private static let folder = SourceNames.package + "/Tests/Transcripts"

    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
        .filter { $0.hasSuffix(".txt") }.sorted()

    /// SOUK_RECORD_GOLDEN=1 writes what is printed now into the transcript: read it before it is committed.
    @Test(arguments: names) func `print what they show`(name: String) throws {
        let path = "\(Self.folder)/\(name)"
        let (head, blocks) = TranscriptBlock.blocks(of: try String(contentsOfFile: path, encoding: .utf8))
        #expect(!blocks.isEmpty)
        let played = try blocks.map { try $0.played() }
        if getenv("SOUK_RECORD_GOLDEN") != nil {
            let text = head.joined(separator: "\n") + "\n" + played.map(\.text).joined(separator: "\n")
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return
        }
        for (before, now) in zip(blocks, played) {
            var before = before
            // An empty line stands between two blocks.
            while before.output.last == "", now.output.last != "" { before.output.removeLast() }
            #expect(before.text == now.text, "\(name)")
        }
    }

    @Test func `are there`() { #expect(Self.names.count > 3) }
}
