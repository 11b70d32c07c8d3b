/// `souk doctor`: looks at each part of the set-up in turn and says which one is wrong.
enum Doctor {
    static let checks: [any Check] = [
        ConfigurationCheck(), SecretsCheck(), NetworkCheck(), ClockCheck(), SignInCheck(), CallsCheck(), JournalCheck(),
        TerminalCheck(),
    ]

    static let definitions: [FieldDefinition] = [
        FieldDefinition(
            "checks",
            .list(
                .object([
                    FieldDefinition("name", .word(checks.map(\.name)), isNullable: false),
                    FieldDefinition("state", .word(Finding.State.allCases.map(\.rawValue)), isNullable: false),
                    FieldDefinition("text", .text, isNullable: false), FieldDefinition("next", .text),
                ])), isNullable: false),
        FieldDefinition("wrong", .integer, isNullable: false), FieldDefinition("warnings", .integer, isNullable: false),
    ]

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["doctor"], summary: "Look at configuration, secrets, network, clock, sign-in, journal and terminal.",
            argument: nil,
            options: [
                OptionDefinition("offline", "Ask no network: look at this computer alone."), CommonOptions.json,
            ] + SetupOptions.profile + CommonOptions.help,
            calls: "1", schema: "schemas/v1/doctor.json", fields: definitions, isList: false, columns: [],
            filterColumns: [], examples: ["souk doctor", "souk doctor --offline --json"], isLocal: true
        ) { arguments in
            let format = try OutputFormat(arguments)
            var examination = Examination(
                source: SetupOptions.source(arguments), asksNetwork: !arguments.has("offline"))
            for check in checks {
                examination.note(finding(of: check, in: &examination), of: check.name)
                if !format.isJSON { try print(check.name, in: examination, format) }
            }
            let (wrong, warnings) = (count(.wrong, examination), count(.warning, examination))
            if case .json(let isIndented) = format {
                let json = json(examination, wrong: wrong, warnings: warnings)
                try printOutput(isIndented ? json.indented : json.line)
            } else {
                printError("\(wrong) wrong, \(warnings) warning\(warnings == 1 ? "" : "s").")
            }
            if wrong > 0 { throw ExitCode(ExitStatus.notConfigured) }
        }
    }

    /// What a check finds, or why it is not looked at.
    static func finding(of check: any Check, in examination: inout Examination) -> Finding {
        let missing = check.needs.compactMap { need in checks.first { $0.name == need } }.first { need in
            [.wrong, .skipped].contains(examination.state(of: need.name) ?? .skipped)
        }
        guard let missing else { return check.look(at: &examination) }
        let aside = check.aside(examination).map { "; " + $0 } ?? ""
        return .skipped("needs \(missing.words)" + aside)
    }

    private static func count(_ state: Finding.State, _ examination: Examination) -> Int {
        examination.findings.count { $0.finding.state == state }
    }

    private static func print(_ name: String, in examination: Examination, _ format: OutputFormat) throws {
        guard let finding = examination.findings.last(where: { $0.name == name })?.finding else { return }
        let (text, next) = (examination.shown(finding.text), finding.next.map(examination.shown))
        let state = finding.state.rawValue
        guard format.isTable else {
            return try printOutput([state, name, text, next ?? ""].joined(separator: "\t"))
        }
        func padded(_ text: String, to width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        try printOutput(padded(state, to: 9) + padded(name, to: 15) + text + (next.map { ". " + $0 } ?? ""))
    }

    private static func json(_ examination: Examination, wrong: Int, warnings: Int) -> JSON {
        [
            "checks": .list(
                examination.findings.map { name, finding in
                    [
                        "name": .text(name), "state": .text(finding.state.rawValue),
                        "text": .text(examination.shown(finding.text)),
                        "next": .text(orNull: finding.next.map(examination.shown)),
                    ]
                }),
            "wrong": .number(wrong), "warnings": .number(warnings),
        ]
    }
}
