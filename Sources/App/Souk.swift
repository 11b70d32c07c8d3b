import ArgumentParser
import CNCurses
import Glibc

@main
struct Souk: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "souk",
        abstract: "A keyboard-driven dashboard for the Ingram Micro Cloud Marketplace API.",
        discussion: """
            Without a command, souk opens the dashboard on the marketplace of the profile in the environment:
            SOUK_BASE_URL, SOUK_MARKETPLACE, SOUK_USER, SOUK_PASSWORD and SOUK_SUBSCRIPTION_KEY, or of a profile in
            ~/.config/souk/config.toml; souk config shows what is in force.
            SOUK_CONFIG and SOUK_PROFILE choose file and profile. SOUK_READ_ONLY, SOUK_CALLS_PER_MINUTE,
            SOUK_CALLS_PER_DAY, SOUK_INDEX, SOUK_INDEX_SHARE and SOUK_CA_FILE (certificate authorities to trust besides
            the system's, in PEM form) set what is optional; SSL_CERT_FILE names authorities in the place of the system's.
            https_proxy, http_proxy, all_proxy and no_proxy are read as curl reads them; SOUK_ALLOW_PLAIN_HTTP=on lets
            secrets go to another machine over http://.
            SOUK_THEME, SOUK_MOUSE, SOUK_ASCII, SOUK_SYNCHRONIZED_OUTPUT and NO_COLOR say how it draws, SOUK_ESCAPE_DELAY
            how long Esc is held (milliseconds), SOUK_CSV_SEPARATOR (, or ; or tab) how exported spreadsheets are made,
            SOUK_ALERTS (off, bell, osc9 or osc777) how a change of what is watched is announced.
            With --sandbox it opens on the embedded marketplace: no key, no network.
            souk dashboard --help lists the options.

            Commands that read, for people and scripts, each with list and show: \(CommandTable.listed).
            Commands that write print their review, and send it only with --yes: souk orders place and withdraw, souk
            subscriptions set-units, add-units, auto-renew, renew, cancel, switch-plan, special-prices and edit, souk
            customers create, edit, hold and activate, souk resellers create and edit, souk contacts add, edit and remove.
            souk status shows what needs a person now, souk commands lists every command, and souk NOUN list --help the
            options of one.

            Exit codes: \(ExitStatus.meanings.map { "\($0.code) \($0.meaning)" }.joined(separator: "; "));
            otherwise 128 and the signal's number when a signal ended it.
            """,
        version: Version.line,
        subcommands: [
            DashboardCommand.self, APICommand.self, SandboxCommand.self,
            SupportBundleCommand.self,
        ],
        defaultSubcommand: DashboardCommand.self)

    static func main() {
        StandardStreams.prepare()
        // Long lists are read and replaced all day; the memory of the replaced ones goes back to the system.
        cn_return_large_blocks()
        let words = CommandLine.arguments.dropFirst()
        if OutputFormat.hasJSONErrors(words) { Interruption.endWithJSON() }
        do {
            if words.first == Completion.word {
                return try CompletionScript.answer(Array(words.dropFirst()), environment())
            }
            // Commands that read have a parser of their own: to make the tree of all others takes milliseconds.
            if try !CommandTable.perform(Array(words), otherCommands: otherCommands) {
                var command = try parseAsRoot()
                try command.run()
            }
            try finishOutput()
        } catch {
            leave(error, asJSON: OutputFormat.hasJSONErrors(words))
        }
    }

    private static let otherCommands = ["dashboard", "api", "sandbox", "support-bundle", "help"]

    /// Ends the program with the words and the exit code of an error, which may be a request for help.
    private static func leave(_ error: any Error, asJSON: Bool) -> Never {
        if let error = error as? CommandError {
            printError(asJSON ? error.json.line : "souk: \(error.sentences)")
            Glibc.exit(error.code.exit)
        }
        let text = fullMessage(for: error)
        let code = exitCode(for: error)
        if code.isSuccess {
            do {
                if !text.isEmpty { try printOutput(text) }
                try finishOutput()
            } catch {
                leave(error, asJSON: asJSON)
            }
        } else if !text.isEmpty {
            printError(text)
        }
        Glibc.exit(code.rawValue)
    }
}

enum Version {
    static let text = "0.1.0"

    /// For people: with the commit and the compiler where the build was given them, as that of a package is.
    static var line: String {
        let build = cn_build().map { String(cString: $0) }
        return "souk \(text) (\(build ?? "built from source"))"
    }
}
