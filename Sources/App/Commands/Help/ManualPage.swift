import FoundationEssentials

/// A page for `man`: `souk(1)` and one for each command, from the same definitions as help.
struct ManualPage {
    /// Without `.1`: `souk-orders-list`.
    var name: String
    var text: String

    static var all: [ManualPage] {
        let commands = CommandDescription.all
        return [ManualPage(of: commands)] + commands.map { ManualPage($0) }
    }

    private init(of commands: [CommandDescription]) {
        var roff = Roff("souk", Souk.summary)
        roff.section("SYNOPSIS")
        roff.paragraph("souk [OPTIONS]", style: .bold)
        roff.paragraph("souk COMMAND [ARGUMENTS] [OPTIONS]", style: .bold)
        roff.section("DESCRIPTION")
        for paragraph in Souk.description { roff.paragraph(paragraph) }
        roff.section("COMMANDS")
        for command in commands {
            roff.item(
                (["souk"] + command.path + command.arguments).joined(separator: " "),
                command.summary + (command.effect == .write ? " It can change what the marketplace holds." : ""))
        }
        roff.section("ENVIRONMENT")
        for variable in Souk.variables { roff.item(variable.names, variable.summary) }
        roff.section("FILES")
        roff.item("~/.config/souk/config.toml", "Profiles, keys and looks.")
        roff.item("~/.local/state/souk/", "The journal of every write, drafts, and the report of a crash.")
        roff.exitCodes(ExitStatus.meanings.map(\.code))
        roff.section("SEE ALSO")
        roff.paragraph(commands.map { "\(Self.name(of: $0))(1)" }.joined(separator: ", "))
        self.init(name: "souk", text: roff.text)
    }

    init(_ command: CommandDescription) {
        var roff = Roff(Self.name(of: command), command.summary)
        roff.section("SYNOPSIS")
        roff.paragraph(command.usage, style: .bold)
        if let sentence = command.callsSentence {
            roff.section("CALLS")
            roff.paragraph(sentence)
        }
        roff.section("OPTIONS")
        for option in command.options { roff.item(option.title, option.words) }
        if !command.columns.isEmpty {
            roff.section("COLUMNS")
            roff.paragraph(command.columns.joined(separator: ", "))
        }
        roff.exitCodes(command.exitCodes)
        if !command.examples.isEmpty {
            roff.section("EXAMPLES")
            for example in command.examples { roff.paragraph(example, style: .bold) }
        }
        roff.section("SEE ALSO")
        roff.paragraph("souk(1)")
        self.init(name: Self.name(of: command), text: roff.text)
    }

    private init(name: String, text: String) {
        self.name = name
        self.text = text
    }

    private static func name(of command: CommandDescription) -> String {
        (["souk"] + command.path).joined(separator: "-")
    }
}

/// Text in the language of `man` pages.
private struct Roff {
    enum Style { case plain, bold }

    private(set) var text: String

    init(_ name: String, _ summary: String) {
        let title = Self.escaped(name.uppercased())
        text = ".TH \"\(title)\" \"1\" \"\" \"souk \(Version.text)\" \"souk\"\n.nh\n.ad l\n"
        section("NAME")
        // What `whatis` shows is one line.
        let line = summary.hasSuffix(".") ? String(summary.dropLast()) : summary
        text += Self.escaped(name) + " \\- " + Self.escaped(line) + "\n"
    }

    mutating func section(_ title: String) { text += ".SH \(title)\n" }

    mutating func paragraph(_ words: String, style: Style = .plain) {
        text += ".PP\n" + (style == .bold ? "\\fB\(Self.escaped(words))\\fR" : Self.escaped(words)) + "\n"
    }

    mutating func item(_ title: String, _ words: String) {
        text += ".TP\n\\fB\(Self.escaped(title))\\fR\n\(Self.escaped(words))\n"
    }

    mutating func exitCodes(_ codes: [Int32]) {
        section("EXIT STATUS")
        for (code, meaning) in ExitStatus.meanings where codes.contains(code) { item(String(code), meaning) }
    }

    /// Text that is no request and no escape: a line of a page must not begin with a dot or an apostrophe.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}
