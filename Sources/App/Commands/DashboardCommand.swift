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
        let backend = try marketplace.backend(settings, isReadOnly: readOnly)
        guard let mailbox = Mailbox() else {
            throw CommandError(.internal, "the system has no file handles left. Close other programs and try again.")
        }
        let end =
            try linear
            ? speak(backend, keymap, mailbox, escapeDelay: escapeDelay(settings))
            : draw(backend, keymap, mailbox, terminalOptions(settings))
        if let problem = end.problem { printError("souk: \(problem)") }
        let code = end.exitCode == 0 && end.problem != nil ? ExitStatus.failed : end.exitCode
        if code != 0 { throw ExitCode(code) }
    }

    private func draw(
        _ backend: Backend, _ keymap: Keymap, _ mailbox: Mailbox, _ options: TerminalOptions
    ) throws -> SessionEnd {
        let terminal = try usable { () throws(TerminalProblem) in try CursesTerminal(options) }
        defer { terminal.close() }
        var session = Session(terminal: terminal, backend: backend, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

    private func speak(
        _ backend: Backend, _ keymap: Keymap, _ mailbox: Mailbox, escapeDelay: Int?
    ) throws -> SessionEnd {
        let terminal = try usable { () throws(TerminalProblem) in try LinearTerminal(escapeDelay: escapeDelay) }
        defer { terminal.close() }
        var session = LinearSession(terminal: terminal, backend: backend, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

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
