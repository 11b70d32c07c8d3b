import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// What a support desk is given about this program and its marketplace: one text that a person can read before it is
/// sent.
struct SupportBundle: Sendable {
    private let settings: [String]
    private let environment: [String: String]

    init(_ settings: Settings) {
        self.settings = settings.lines
        environment = settings.values
    }

    /// - Parameters:
    ///   - client: Nil where no profile is usable.
    ///   - signIn: What came of signing in; nil when it was not tried.
    func text(of client: Client?, at now: Instant, signIn: String? = nil) async -> String {
        var lines = [
            "souk support bundle", "",
            "Secrets are taken out, and names, addresses and e-mail addresses as far as rules recognise them.",
            "Read it before you send it.", "",
            "  made         \(now)", "  version      souk \(Version.text)", "  system       \(Self.system)", "",
            "TERMINAL",
        ]
        lines += terminal.map { "  " + $0.name.padded(to: 13) + $0.value }
        lines += ["", "CONFIGURATION"] + (settings.isEmpty ? ["nothing is set"] : settings).map { "  " + homeless($0) }
        if let signIn { lines += ["", "SIGN-IN", "  \(signIn)"] }
        lines.append("")
        let own = lines.joined(separator: "\n") + "\n"
        guard let client else {
            let filter = SecretFilter(
                user: environment["SOUK_USER"] ?? "", password: Secret(environment["SOUK_PASSWORD"] ?? ""),
                subscriptionKey: Secret(environment["SOUK_SUBSCRIPTION_KEY"] ?? ""))
            return filter.removed(from: own) + "PROFILE\n  None is usable; souk says why when it starts.\n"
        }
        // Texts of other programs, for example a reason of the system, pass the same filter.
        return client.withoutSecrets(own) + (await client.supportText())
    }

    /// A name for the file: the profile, and the moment in digits.
    static func fileName(profile: String, at now: Instant) -> String {
        let digits = now.description.filter(\.isNumber)
        return "souk-support-\(profile)-\(digits.prefix(8))-\(digits.dropFirst(8)).txt"
    }

    private var terminal: [(name: String, value: String)] {
        var window = winsize()
        let isThere = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 && window.ws_col > 0
        let size = isThere ? "\(window.ws_col) x \(window.ws_row)" : "none"
        let names = [
            "TERM", "COLORTERM", "TERM_PROGRAM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "ESCDELAY", "TMUX", "STY",
            "SSH_TTY",
        ]
        return [("size", size)] + names.compactMap { name in environment[name].filled.map { (name, $0) } }
    }

    /// `/home/jane/.config` as `~/.config`.
    private func homeless(_ line: String) -> String {
        guard let home = environment["HOME"].filled, home.count > 1 else { return line }
        return line.replacing(home + "/", with: "~/")
    }

    private static var system: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        func text<Value>(_ field: Value) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        return "\(text(name.sysname)) \(text(name.release)) \(text(name.machine))"
    }
}

extension String {
    /// With spaces at its end up to `width` characters.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(1, width - count))
    }
}
