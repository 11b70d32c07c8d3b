import ArgumentParser
import CursesScreen
import Dashboard
import Glibc
import Screen

/// `souk` and `souk --sandbox`: the dashboard.
struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Open the dashboard (the default).")

    @Flag(help: "Refuse every change.")
    var readOnly = false

    @Flag(help: "Draw with ASCII characters alone.")
    var ascii = false

    @Flag(help: "Write the screens as plain lines instead of drawing them: for screen readers, and for pipes.")
    var linear = false
    @Option(help: "The colours: \(Theme.names.joined(separator: ", ")), or a file with a theme of your own.")
    var theme: String?

    @Flag(inversion: .prefixedNo, help: "Take clicks and the wheel; without, the terminal keeps them for itself.")
    var mouse: Bool?

    @OptionGroup var marketplace: BackendOptions

    func run() throws {
        let settings = try marketplace.settings()
        var keymap = try marketplace.profile.keymap(settings)
        // Terminals of this kind open their menu with F10, unless somebody has switched that off.
        keymap.lacksF10 = settings.values["VTE_VERSION"]?.isEmpty == false
        let end: SessionEnd
        if let maker = maker(settings) {
            end = try linear ? makeProfileAndSpeak(maker, keymap) : makeProfileAndDraw(maker, keymap)
        } else {
            let backend = try marketplace.backend(settings, isReadOnly: readOnly)
            end = try linear ? speak(backend, keymap, settings) : draw(backend, keymap, settings)
        }
        if let problem = end.problem { printError("souk: \(problem)") }
        let code = end.exitCode == 0 && end.problem != nil ? ExitStatus.failed : end.exitCode
        if code != 0 { throw ExitCode(code) }
    }

    private func draw(_ backend: Backend, _ keymap: Keymap, _ settings: Settings) throws -> SessionEnd {
        try withScreen(settings) { terminal in
            var session = Session(terminal: terminal, backend: backend, keymap: keymap, mailbox: try mailbox())
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
        guard !marketplace.sandbox, settings.profileName == nil, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            EnvironmentProfile.variables.allSatisfy({ settings.values[$0.name].filled == nil }),
            let path = settings.source.file
        else { return nil }
        return ProfileMaker(
            file: ConfigurationFile(path: path), settings: settings, sandboxOptions: marketplace.options,
            isReadOnly: readOnly)
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
        let settings = try marketplace.settings()
        return try speak(try marketplace.backend(settings, isReadOnly: readOnly), keymap, settings)
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
        if ascii { terminal.asciiOnly = true }
        if let theme { terminal.theme = theme }
        if let mouse { terminal.mouse = mouse }
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
