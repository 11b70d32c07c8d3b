import CursesScreen
import Dashboard
import Glibc
import Screen

/// `souk` and `souk --sandbox`: the dashboard.
struct DashboardCommand {
    private let arguments: ParsedArguments
    private let isReadOnly: Bool

    static var command: CommandDefinition {
        CommandDefinition(
            path: ["dashboard"], summary: "Open the dashboard (the default).",
            options: [
                OptionDefinition("ascii", "Draw with ASCII characters alone."),
                OptionDefinition(
                    "linear",
                    "Write the screens as plain lines instead of drawing them: for screen readers, and for pipes."),
                OptionDefinition(
                    "theme", value: "NAME|FILE",
                    "The colours: \(Theme.names.joined(separator: ", ")), or a file with a theme of your own."),
                OptionDefinition("mouse", "Take clicks and the wheel."),
                OptionDefinition("no-mouse", "Leave clicks and the wheel to the terminal."),
            ] + CommonOptions.marketplace + CommonOptions.help,
            // What it asks, and whether it sends anything, is decided at its keys.
            calls: "0", examples: ["souk", "souk --sandbox", "souk --profile nordwind --read-only"], isLocal: false,
            writes: true
        ) { arguments in try DashboardCommand(arguments).run() }
    }

    private init(_ arguments: ParsedArguments) {
        self.arguments = arguments
        isReadOnly = arguments.has("read-only")
    }

    private func run() throws {
        let settings = try Settings(arguments, needsProfile: !arguments.has("sandbox"))
        var keymap = try settings.usableKeymap()
        // Terminals of this kind open their menu with F10, unless somebody has switched that off.
        keymap.lacksF10 = settings.values["VTE_VERSION"]?.isEmpty == false
        let linear = arguments.has("linear")
        let end: SessionEnd
        if let maker = maker(settings) {
            end = try linear ? makeProfileAndSpeak(maker, keymap) : makeProfileAndDraw(maker, keymap)
        } else {
            end = try linear ? speak(backend(settings), keymap, settings) : draw(keymap, settings)
        }
        if let problem = end.problem { printError("souk: \(problem)") }
        let code = end.exitCode == 0 && end.problem != nil ? ExitStatus.failed : end.exitCode
        if code != 0 { throw ExitCode(code) }
    }

    private func backend(_ settings: Settings) throws -> Backend {
        try CommandDefinition.backend(arguments, settings, isReadOnly: isReadOnly)
    }

    /// A profile is looked at before the screen is taken: what is wrong with it is a line in the shell. The embedded
    /// marketplace, which has none, is made while the terminal takes in its first bytes.
    private func draw(_ keymap: Keymap, _ settings: Settings) throws -> SessionEnd {
        let backend: () throws -> Backend
        if arguments.has("sandbox") {
            let options = try SandboxOptions(arguments)
            backend = { try .embedded(options, settings, isReadOnly: isReadOnly) }
        } else {
            let remote = try self.backend(settings)
            backend = { remote }
        }
        return try withScreen(settings) { terminal in
            var session = Session(terminal: terminal, backend: try backend(), keymap: keymap, mailbox: try mailbox())
            return session.run()
        }
    }

    private func withScreen(
        _ settings: Settings, _ body: (CursesTerminal) throws -> SessionEnd
    ) throws -> SessionEnd {
        let options = try terminalOptions(settings)
        let terminal = try usable { () throws(TerminalProblem) in try CursesTerminal(options) }
        defer { terminal.close() }
        return try body(terminal)
    }

    private func speak(_ backend: Backend, _ keymap: Keymap, _ settings: Settings) throws -> SessionEnd {
        let escapeDelay = try escapeDelay(settings)
        let terminal = try usable { () throws(TerminalProblem) in try LinearTerminal(escapeDelay: escapeDelay) }
        defer { terminal.close() }
        var session = LinearSession(terminal: terminal, backend: backend, keymap: keymap, mailbox: try mailbox())
        return session.run()
    }

    private func mailbox() throws -> Mailbox {
        if let mailbox = Mailbox() { return mailbox }
        throw CommandError(.internal, "the system has no file handles left. Close other programs and try again.")
    }

    // MARK: Without a profile

    /// What makes a profile, where none is given, and where somebody can be asked for one.
    private func maker(_ settings: Settings) -> ProfileMaker? {
        guard !arguments.has("sandbox"), settings.profileName == nil, isatty(STDIN_FILENO) == 1,
            isatty(STDOUT_FILENO) == 1,
            EnvironmentProfile.variables.allSatisfy({ settings.values[$0.name].filled == nil }),
            let path = settings.source.file
        else { return nil }
        return ProfileMaker(
            file: ConfigurationFile(path: path), settings: settings, sandboxOptions: SandboxOptions(),
            isReadOnly: isReadOnly)
    }

    /// The form first, then the dashboard with what it made, on the same screen.
    private func makeProfileAndDraw(_ maker: ProfileMaker, _ keymap: Keymap) throws -> SessionEnd {
        try withScreen(maker.settings) { terminal in
            var setup = Session(settingUp: maker, terminal: terminal, keymap: keymap, mailbox: try mailbox())
            let end = setup.run()
            guard let backend = end.next else { return end }
            var session = Session(terminal: terminal, backend: backend, keymap: keymap, mailbox: try mailbox())
            return session.run()
        }
    }

    /// The questions of `souk login` first: a form is not read line by line.
    private func makeProfileAndSpeak(_ maker: ProfileMaker, _ keymap: Keymap) throws -> SessionEnd {
        printError("There is no profile yet. ^C leaves; souk --sandbox --linear opens the sandbox without an account.")
        try LoginCommand.ask(writingTo: maker.file.path)
        let settings = try Settings(arguments)
        return try speak(.remote(settings, isReadOnly: isReadOnly), keymap, settings)
    }

    // MARK: The terminal

    private func escapeDelay(_ settings: Settings) throws -> Int? {
        try Backend.usable(settings) { (_) throws(EnvironmentProfile.Problem) in
            try EnvironmentProfile.milliseconds("SOUK_ESCAPE_DELAY", settings.values)
        }
    }

    private func terminalOptions(_ settings: Settings) throws -> TerminalOptions {
        var terminal = try Backend.usable(settings) { (_) throws(EnvironmentProfile.Problem) in
            try TerminalSettings(settings)
        }
        if arguments.has("ascii") { terminal.asciiOnly = true }
        if let theme = arguments.value("theme") { terminal.theme = theme }
        if arguments.has("mouse") { terminal.mouse = true }
        if arguments.has("no-mouse") { terminal.mouse = false }
        do {
            return try terminal.options(crashReport: StateFiles(settings.values)?.crashReport)
        } catch {
            throw CommandError(.badConfiguration, error.message)
        }
    }

    private func usable<Terminal>(_ open: () throws(TerminalProblem) -> Terminal) throws -> Terminal {
        do {
            return try open()
        } catch {
            throw CommandError(.terminalUnusable, error.message)
        }
    }
}
