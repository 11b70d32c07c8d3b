import TerminalSupport
import TestSupport
import Testing

/// Whole views of the real program as a terminal shows them: every cell with its look, and the cursor. The files in
/// `Golden` are written anew with SOUK_RECORD_GOLDEN=1. The sandbox's fixed time makes them the same each time.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Pictures of the real program` {
    private struct Step {
        var keys: String
        /// What the screen shows once the answers are there.
        var awaited: [String]
        /// The picture to take; nil on the way to one.
        var name: String?
    }

    private static let walk = [
        Step(keys: "", awaited: ["NEEDS YOU NOW", "ERROR", "END", "Money of all"], name: "home"),
        Step(keys: "2", awaited: ["Nordwind Handel GmbH"]),
        Step(keys: "jlj", awaited: ["Jørgensen & Søn A/S"], name: "accounts"),
        Step(keys: "3", awaited: ["Citrine Mail Hosting", "1 of 4"], name: "subscriptions"),
        Step(keys: "?", awaited: ["type to search"], name: "help"),
        Step(keys: KeyText.escape, awaited: ["1 of 4"]),
        Step(keys: "/1000917\r", awaited: ["1 match of 4"]),
        Step(keys: "\r", awaited: ["515.00"], name: "subscription"),
        Step(keys: "5", awaited: ["CATALOG"]),
        Step(keys: "/AUR-365-BP\r", awaited: ["exact 3"], name: "catalog"),
        Step(keys: "jo", awaited: ["New order"]),
        Step(keys: "3", awaited: ["61.80 EUR"], name: "order-form"),
        Step(keys: KeyText.f10, awaited: ["Type 3, the units:", "price asked"], name: "order-review"),
    ]

    /// What differs from run to run is masked here and nowhere else: the last letters of a new order's PO number.
    private func masked(_ picture: String) -> String {
        picture.replacing(/SOUK-261120-140412-\w{4}/, with: "SOUK-261120-140412-****")
    }

    private func start(_ environment: [String: String?], columns: Int, rows: Int) throws -> PseudoTerminal {
        let nowhere: [String: String?] = ["XDG_CONFIG_HOME": "/nonexistent", "XDG_STATE_HOME": try TestFolder.make()]
        return try PseudoTerminal(
            running: `The real program`.program, ["--sandbox", "--now", "2026-11-20T14:04:12Z"],
            environment: nowhere.merging(environment) { $1 }, columns: columns, rows: rows)
    }

    /// Plays the walk and compares each picture of it, as `show` makes it of the screen, with the file that the step's
    /// name and `suffix` name. A picture counts as soon as it is right: what is still being read may come before it.
    private func play(
        on terminal: PseudoTerminal, _ suffix: String, _ show: (EmulatedScreen) -> String
    ) throws {
        for step in Self.walk {
            terminal.send(step.keys)
            try #require(
                terminal.wait { screen in step.awaited.allSatisfy(screen.contains) },
                "\(step.awaited): \(terminal.screen.text)")
            guard let name = step.name.map({ "\($0)-\(suffix)" }) else { continue }
            if let expected = recordedScreen(name) {
                terminal.wait(seconds: 10) { masked(show($0)) == expected }
            } else {
                terminal.rest(milliseconds: 1000)
            }
            expectScreen(masked(show(terminal.screen)), matches: name)
        }
        #expect(terminal.screen.title?.hasPrefix("souk sandbox") == true)
        terminal.send(KeyText.control("c") + KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(0))
        #expect(terminal.leftovers == [])
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func `in the terminal's own colours`(columns: Int, rows: Int) throws {
        try play(on: start([:], columns: columns, rows: rows), "\(columns)x\(rows)", \.picture)
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func `without colours`(columns: Int, rows: Int) throws {
        let terminal = try start(["NO_COLOR": "1"], columns: columns, rows: rows)
        try play(on: terminal, "no-colour-\(columns)x\(rows)", \.looks)
        #expect(terminal.sentText.firstMatch(of: /\u{1B}\[(\d+;)*[349][0-8](;\d+)*m/) == nil)
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func `in a theme of lights`(columns: Int, rows: Int) throws {
        let terminal = try start(["TERM": "xterm-direct2", "SOUK_THEME": "dark"], columns: columns, rows: rows)
        try play(on: terminal, "dark-\(columns)x\(rows)", \.looks)
    }
}
