import FoundationEssentials
import TerminalSupport
import TestSupport
import Testing

@Suite(.onOwnThreads) final class `Keys from the configuration` {
    private let path = FileManager.default.temporaryDirectory.path() + "/souk-keys-\(UUID().uuidString).toml"

    deinit { try? FileManager.default.removeItem(atPath: path) }

    private func run(_ keys: String, _ arguments: [String]) throws -> PseudoTerminal {
        try Data("[keys]\n\(keys)\n".utf8).write(to: URL(filePath: path))
        return try PseudoTerminal(
            running: `The real program`.program, arguments + ["--config", path], columns: 200, rows: 100)
    }

    @Test func `souk keys prints action, keys, view and title`() throws {
        let terminal = try run("order = [\"F6\", \"^N\"]", ["keys"])
        #expect(terminal.exitStatus() == .code(0))
        let text = String(decoding: terminal.received, as: UTF8.self)
        #expect(text.contains("order\tF6 ^N\taccounts\tnew order for this customer\r\n"))
        #expect(text.contains("filter\t/\tcatalog\t"))
        #expect(
            text.contains("confirm\tEnter\treview\tsend it when the words are typed, else go back (cannot be changed)"))
    }

    @Test func `souk keys prints JSON`() throws {
        let terminal = try run("order = \"F6\"", ["keys", "--json"])
        #expect(terminal.exitStatus() == .code(0))
        struct Row: Decodable {
            var action: String
            var changeable: Bool
            var keys: [String]
            var title: String
            var view: String
        }
        struct Answer: Decodable { var actions: [Row] }
        let rows = try JSONDecoder().decode(Answer.self, from: Data(terminal.received)).actions
        #expect(rows.filter { $0.action == "order" }.allSatisfy { $0.keys == ["F6"] && $0.changeable })
        #expect(rows.contains { $0.action == "confirm" && !$0.changeable })
    }

    @Test(arguments: [["--sandbox"], ["keys"], ["config"]]) func `a conflict ends the program with both names`(
        arguments: [String]
    ) throws {
        let terminal = try run("order = \"/\"", arguments)
        #expect(terminal.exitStatus() == .code(2))
        #expect(terminal.screen.contains("toml, line 2: / would mean both order and filter in accounts."))
        #expect(terminal.isAsShellsWantIt)
    }

    @Test func `the dashboard takes the keys of the file`() throws {
        let terminal = try run("filter = \"F3\"", ["--sandbox"])
        #expect(terminal.wait(for: "NEEDS YOU NOW"))
        terminal.send("3")
        #expect(terminal.wait(for: "F3 filter"))
        terminal.send("\u{1B}OR")
        #expect(terminal.wait(for: "Enter keep"))
    }
}
