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

    @OptionGroup var profile: ProfileOptions
    @OptionGroup(title: "Sandbox options") var options: SandboxOptions

    func run() throws {
        let settings = try profile.settings(environment(), needsProfile: !sandbox)
        let keymap = try profile.keymap(settings)
        let environment = settings.values
        let seat =
            try sandbox
            ? Seat.embedded(options, settings, isReadOnly: readOnly) : Seat.remote(settings, isReadOnly: readOnly)
        // NO_COLOR asks for no colour when it is set and not empty (no-color.org).
        let terminal = try openTerminal(colour: environment["NO_COLOR"]?.isEmpty ?? true)
        guard let mailbox = Mailbox() else {
            terminal.close()
            throw fail("the system has no file handles left. Close other programs and try again.", code: 1)
        }
        var session = Session(terminal: terminal, seat: seat, keymap: keymap, mailbox: mailbox)
        let code = session.run()
        terminal.close()
        if code != 0 { throw ExitCode(code) }
    }

    private func openTerminal(colour: Bool) throws -> CursesTerminal {
        do {
            return try CursesTerminal(asciiOnly: ascii, colour: colour)
        } catch {
            throw fail(error.message, code: 2)
        }
    }
}
