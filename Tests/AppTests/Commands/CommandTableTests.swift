import Testing

@testable import App

@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The words of a command` {
    /// Otherwise nobody could say whether the word after an option belongs to it, before the command is known.
    @Test func `have options with a value in all commands, or in none`() {
        let options = CommandTable.all.flatMap(\.options)
        for option in options {
            let same = options.filter { $0.name == option.name || $0.short != nil && $0.short == option.short }
            #expect(
                same.allSatisfy { ($0.value == nil) == (option.value == nil) && $0.name == option.name },
                "\(option.name)")
        }
    }

    private func output(_ command: String) throws -> [String] {
        let block = try TranscriptBlock(command: "bare \(command)", columns: nil).played()
        #expect(block.exit == 0, "\(command): \(block.errors)")
        return block.output
    }

    @Test(arguments: [
        "--sandbox customers list --seed 3 --limit 2 --ids", "--seed 3 --sandbox --limit 2 customers list --ids",
        "customers --seed 3 --sandbox --limit 2 list --ids", "-q customers --ids list --sandbox --limit=2 --seed=3",
        "--limit 2 --ids customers --seed 3 list --sandbox",
    ])
    func `may have options before, between and behind them`(command: String) throws {
        let usual = try output("customers list --sandbox --seed 3 --limit 2 --ids")
        #expect(usual.count == 2)
        #expect(try output(command) == usual)
    }
}
