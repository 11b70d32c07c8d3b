import Screen

/// What `souk --help` shows.
enum HelpText {
    private static let width = 100

    static var program: String {
        var lines = ["  souk --sandbox", "  souk subscriptions list --filter 'ends<30d' --sandbox", ""]
        lines += [Souk.summary, "", "Usage: souk [OPTIONS]", "       souk COMMAND [ARGUMENTS] [OPTIONS]"]
        for paragraph in Souk.description { lines += [""] + TerminalText.wrap(paragraph, width: width) }
        lines += ["", "Commands:"]
        for noun in CommandTable.nouns {
            let commands = noun.commands()
            let verbs = commands.compactMap { $0.path.dropFirst().first }.joined(separator: ", ")
            lines += item(noun.word, commands.count == 1 ? commands[0].summary : verbs, indent: 20)
        }
        lines += ["", "Environment:"]
        for variable in Souk.variables { lines += item(variable.names, variable.summary, indent: 32) }
        let codes = ExitStatus.meanings.map { "\($0.code) \($0.meaning)" }.joined(separator: "; ")
        lines += [""]
        lines += TerminalText.wrap(
            "Exit codes: \(codes); otherwise 128 and the signal's number when a signal ended it.", width: width)
        return lines.joined(separator: "\n")
    }

    /// A title, and what it means beside it, or below it where the title takes the line.
    private static func item(_ title: String, _ words: String, indent: Int) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let rest = TerminalText.wrap(words, width: width - indent).map { margin + $0 }
        let head = "  " + title
        guard head.count < indent, let first = rest.first else { return [head] + rest }
        return [head + first.dropFirst(head.count)] + rest.dropFirst()
    }
}
