import CNCurses
import Glibc

@main
enum Souk {
    static let summary = "A keyboard-driven dashboard for the Ingram Micro Cloud Marketplace API."

    /// How it is used, a paragraph each.
    static let description = [
        """
        Without a command, souk opens the dashboard on the marketplace of a profile: the one that the environment gives, \
        or one of ~/.config/souk/config.toml, which souk login makes; souk config shows what is in force. With \
        --sandbox it opens on the embedded marketplace: no key, no network. souk dashboard --help lists the options.
        """,
        """
        Commands print their rows and what they read; those that write print their review, and send it only with --yes. \
        souk status shows what needs a person now, souk commands says of each command whether it reads or writes, and \
        souk NOUN list --help lists the options of one.
        """,
    ]

    /// The variables of the environment that it reads.
    static let variables: [(names: String, summary: String)] = [
        ("SOUK_CONFIG, SOUK_PROFILE", "The configuration file, and the profile of it."),
        (
            "SOUK_BASE_URL, SOUK_MARKETPLACE, SOUK_USER, SOUK_PASSWORD, SOUK_SUBSCRIPTION_KEY",
            "A profile, or what overrules one of the file."
        ), ("SOUK_READ_ONLY", "on: refuse every write."),
        (
            "SOUK_CALLS_PER_MINUTE, SOUK_CALLS_PER_DAY, SOUK_INDEX, SOUK_INDEX_SHARE",
            "How many calls may be made, and how many of them to read ahead."
        ),
        (
            "SOUK_CA_FILE, SSL_CERT_FILE",
            "Certificate authorities in PEM form: besides the system's, and in their place."
        ),
        ("https_proxy, http_proxy, all_proxy, no_proxy", "Proxies, read as curl reads them."),
        ("SOUK_ALLOW_PLAIN_HTTP", "on: secrets may go to another machine over http://."),
        (
            "SOUK_THEME, SOUK_MOUSE, SOUK_ASCII, SOUK_SYNCHRONIZED_OUTPUT, NO_COLOR",
            "How the dashboard draws, and whether it takes the mouse."
        ), ("SOUK_ESCAPE_DELAY", "How long Esc is held, in milliseconds."),
        ("SOUK_CSV_SEPARATOR", "What separates the cells of exported spreadsheets: , or ; or tab."),
        ("SOUK_ALERTS", "How a change of what is watched is announced: off, bell, osc9 or osc777."),
    ]

    static func main() {
        StandardStreams.prepare()
        // Long lists are read and replaced all day; the memory of the replaced ones goes back to the system.
        cn_return_large_blocks()
        let words = Array(CommandLine.arguments.dropFirst())
        let hasJSONErrors = OutputFormat.hasJSONErrors(words[...])
        if hasJSONErrors { Interruption.endWithJSON() }
        do {
            if words.first == Completion.word {
                return try CompletionScript.answer(Array(words.dropFirst()), environment())
            }
            try CommandTable.perform(words)
            try finishOutput()
        } catch let exit as ExitCode {
            Glibc.exit(exit.rawValue)
        } catch {
            let error = error as? CommandError ?? CommandError(.internal, "\(error)")
            printError(hasJSONErrors ? error.json.line : "souk: \(error.sentences)")
            Glibc.exit(error.code.exit)
        }
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
