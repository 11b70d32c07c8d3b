import ArgumentParser
import CursesScreen
import Dashboard
import Glibc

/// `souk` and `souk --sandbox`: the dashboard.
struct DashboardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dashboard", abstract: "Open the dashboard (the default).")

    @Flag(help: "Use the embedded marketplace: no key, no network, nothing real.")
    var sandbox = false

    @Flag(help: "Refuse every change.")
    var readOnly = false

    @Flag(help: "Draw with ASCII characters alone.")
    var ascii = false

    @Flag(help: "Tell the screens in plain lines instead of drawing them: for screen readers, and for pipes.")
    var linear = false

    @OptionGroup var profile: ProfileOptions
    @OptionGroup(title: "Sandbox options") var options: SandboxOptions

    func run() throws {
        let settings = try profile.settings(environment(), needsProfile: !sandbox)
        let keymap = try profile.keymap(settings)
        let environment = settings.values
        let seat =
            try sandbox
            ? Seat.embedded(options, settings, isReadOnly: readOnly) : Seat.remote(settings, isReadOnly: readOnly)
        guard let mailbox = Mailbox() else {
            throw fail("the system has no file handles left. Close other programs and try again.", code: 1)
        }
        let code = try linear ? tell(seat, keymap, mailbox) : draw(seat, keymap, mailbox, environment)
        if code != 0 { throw ExitCode(code) }
    }

    private func draw(
        _ seat: Seat, _ keymap: Keymap, _ mailbox: Mailbox, _ environment: [String: String]
    ) throws -> Int32 {
        // NO_COLOR asks for no colour when it is set and not empty (no-color.org).
        let terminal = try usable { () throws(TerminalProblem) in
            try CursesTerminal(asciiOnly: ascii, colour: environment["NO_COLOR"]?.isEmpty ?? true)
        }
        defer { terminal.close() }
        var session = Session(terminal: terminal, seat: seat, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

    private func tell(_ seat: Seat, _ keymap: Keymap, _ mailbox: Mailbox) throws -> Int32 {
        let terminal = try usable { () throws(TerminalProblem) in try LinearTerminal() }
        defer { terminal.close() }
        var session = LinearSession(terminal: terminal, seat: seat, keymap: keymap, mailbox: mailbox)
        return session.run()
    }

    private func usable<Terminal>(_ open: () throws(TerminalProblem) -> Terminal) throws -> Terminal {
        do {
            return try open()
        } catch {
            throw fail(error.message, code: 2)
        }
    }
}
