import CursesScreen
import Glibc
import MarketplaceClient
import Screen

/// How the terminal is used: by options of the command line, else by the settings.
struct TerminalSettings {
    var asciiOnly: Bool
    /// A theme's name or, with a slash in it, a file.
    var theme: String?
    var mouse: Bool
    var marksFrames: Bool
    /// How many milliseconds an Esc is held for what may belong to it; nil when it is not set.
    let escapeDelay: Int?
    let alerts: Alerts
    private let noColour: Bool
    /// Where the theme was set, as a sentence with a space before it.
    private let themePlace: String

    /// - Throws: A switch that is neither on nor off.
    init(_ settings: Settings) throws(EnvironmentProfile.Problem) {
        asciiOnly = try EnvironmentProfile.flag("SOUK_ASCII", settings.values)
        theme = settings.values["SOUK_THEME"].filled
        mouse = try EnvironmentProfile.flag("SOUK_MOUSE", settings.values, otherwise: true)
        marksFrames = try EnvironmentProfile.flag("SOUK_SYNCHRONIZED_OUTPUT", settings.values, otherwise: true)
        escapeDelay = try EnvironmentProfile.milliseconds("SOUK_ESCAPE_DELAY", settings.values)
        alerts = try EnvironmentProfile.alerts(from: settings.values)
        // It switches colours off when it is set and not empty (no-color.org).
        noColour = settings.values["NO_COLOR"].filled != nil
        themePlace = settings.places["SOUK_THEME"].map { " " + $0 } ?? ""
    }

    /// - Parameter crashReport: The file that a crash writes its report to.
    /// - Throws: What is wrong with the theme, and where it was set.
    func options(crashReport: String?) throws(Configuration.Problem) -> TerminalOptions {
        var options = TerminalOptions()
        options.asciiOnly = asciiOnly
        options.mouse = mouse
        options.marksFrames = marksFrames
        options.escapeDelay = escapeDelay
        options.alerts = alerts
        options.crashReport = crashReport
        options.program = "souk \(Version.text)"
        if let theme { options.theme = try named(theme) }
        if noColour { options.theme = .withoutColour }
        return options
    }

    private func named(_ name: String) throws(Configuration.Problem) -> Theme {
        if let theme = Theme.named(name) { return theme }
        guard name.contains("/") else {
            throw Configuration.Problem(
                message:
                    "there is no theme \(TerminalText.safe(name)); there are \(Theme.names.joined(separator: ", ")). "
                    + "A file with one of your own is named with its folder: ./mine.theme." + themePlace)
        }
        let file = open(name, O_RDONLY | O_CLOEXEC)
        defer { if file >= 0 { close(file) } }
        guard file >= 0, let bytes = FileBytes.read(file) else {
            throw Configuration.Problem(
                message:
                    "the theme \(TerminalText.safe(name)) cannot be read (\(String(cString: strerror(errno)))).\(themePlace)"
            )
        }
        let text: String
        do throws(SourceText.Problem) {
            text = try SourceText(bytes).text
        } catch {
            throw Configuration.Problem(
                message: error.sentence("the theme \(TerminalText.safe(name))") + themePlace)
        }
        do throws(ThemeProblem) {
            return try Theme(text: text)
        } catch {
            let line = error.line.map { ", line \($0)" } ?? ""
            throw Configuration.Problem(
                message: "the theme \(TerminalText.safe(name))\(line): \(error.message).\(themePlace)")
        }
    }
}
