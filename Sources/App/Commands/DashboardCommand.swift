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

    @Flag(help: "Tell the screens in plain lines instead of drawing them: for screen readers, and for pipes.")
    var linear = false
    @Option(help: "The colours: \(Theme.names.joined(separator: ", ")), or a file with a theme of your own.")
    var theme: String?

    @Flag(inversion: .prefixedNo, help: "Take clicks and the wheel; without, the terminal keeps them for itself.")
    var mouse: Bool?

    @OptionGroup var place: SeatOptions

    func run() throws {
        let settings = try place.settings()
        let keymap = try place.profile.keymap(settings)
        let seat = try place.seat(settings, isReadOnly: readOnly)
        guard let mailbox = Mailbox() else {
            throw fail("the system has no file handles left. Close other programs and try again.", code: 1)
        }
        let code =
            try linear
            ? tell(seat, keymap, mailbox, escapeDelay: escapeDelay(settings))
            : draw(seat, keymap, mailbox, terminalOptions(settings))
        if code != 0 { throw ExitCode(code) }
    }

    private func draw(_ seat: Seat, _ keymap: Keymap, _ mailbox: Mailbox, _ options: TerminalOptions) throws -> Int32 {
        let terminal = try usable { () throws(TerminalProblem) in try CursesTerminal(options) }
        defer { terminal.close() }
        var session = Session(terminal: terminal, seat: seat, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

    private func tell(_ seat: Seat, _ keymap: Keymap, _ mailbox: Mailbox, escapeDelay: Int?) throws -> Int32 {
        let terminal = try usable { () throws(TerminalProblem) in try LinearTerminal(escapeDelay: escapeDelay) }
        defer { terminal.close() }
        var session = LinearSession(terminal: terminal, seat: seat, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

    private func escapeDelay(_ settings: Settings) throws -> Int? {
        try Seat.usable(settings) { (_) throws(EnvironmentProfile.Problem) in
            try EnvironmentProfile.milliseconds("SOUK_ESCAPE_DELAY", settings.values)
        }
    }

    private func terminalOptions(_ settings: Settings) throws -> TerminalOptions {
        var wishes = try Seat.usable(settings) { (_) throws(EnvironmentProfile.Problem) in
            try TerminalWishes(settings)
        }
        if ascii { wishes.asciiOnly = true }
        if let theme { wishes.theme = theme }
        if let mouse { wishes.mouse = mouse }
        do {
            return try wishes.options(crashReport: StateFiles(settings.values)?.crashReport)
        } catch {
            throw fail(error.message, code: ExitStatus.notConfigured)
        }
    }

    private func usable<Terminal>(_ open: () throws(TerminalProblem) -> Terminal) throws -> Terminal {
        do {
            return try open()
        } catch {
            throw fail(error.message, code: 2)
        }
    }
}
