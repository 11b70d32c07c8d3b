import Glibc
import MarketplaceClient

/// The file and the environment, the secrets apart.
struct ConfigurationCheck: Check {
    let name = "configuration"
    let needs: [String] = []

    func look(at examination: inout Examination) -> Finding {
        let settings: Settings
        do throws(Configuration.Problem) {
            settings = try Settings(examination.source, asksForSecrets: false)
            _ = try settings.keymap()
        } catch {
            return .wrong(error.message, next: nil)
        }
        examination.settings = settings
        let values = settings.values
        do throws(EnvironmentProfile.Problem) {
            // The next check looks at the secrets.
            var complete = values
            for name in ["SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"] { complete[name] = "none" }
            examination.profile = try EnvironmentProfile.profile(
                from: complete, named: settings.profileName, isReadOnly: false)
            let pacing = try EnvironmentProfile.pacing(from: values)
            _ = try EnvironmentProfile.indexPlan(from: values, pacing: pacing)
            _ = try EnvironmentProfile.csvSeparator(from: values)
        } catch {
            return finding(error, settings)
        }
        let place = settings.profileName.map { "\(examination.source.file ?? ""), profile \($0)" }
        let readOnly = examination.profile?.isReadOnly == true ? ", read-only" : ""
        let words = (place ?? "the environment, no profile of a file") + readOnly
        let flawed = settings.views.filter { $0.problem != nil }
        guard let problem = flawed.first?.problem else { return .ok(words) }
        let count = flawed.count == 1 ? "1 saved view" : "\(flawed.count) saved views"
        return .warning("\(words); \(count) cannot be opened", next: problem)
    }

    private func finding(_ problem: EnvironmentProfile.Problem, _ settings: Settings) -> Finding {
        if case .missing(let names) = problem {
            let place = settings.profileName.map { "the profile \($0)" } ?? "the environment"
            if names.count == 3, settings.profileName == nil {
                return .wrong(
                    "no profile is set up",
                    next: "souk login asks for what the panel shows; souk --sandbox needs nothing.")
            }
            let words = EnvironmentProfile.variables.filter { names.contains($0.name) }.map(\.source)
            return .wrong(
                "\(place) lacks \(words.joined(separator: "; and "))", next: "souk login asks for it.")
        }
        return .wrong(problem.message, next: problem.variable.flatMap { settings.places[$0] })
    }
}

/// Whether password and subscription key are there, and who else can read them.
struct SecretsCheck: Check {
    let name = "secrets"
    let needs = ["configuration"]

    func look(at examination: inout Examination) -> Finding {
        guard var settings = examination.settings else { return .skipped("needs the configuration") }
        let commands = settings.secretCommands
        let began = ContinuousClock.now
        do throws(Configuration.Problem) {
            // What is left must do for the network.
            let seconds = examination.seconds(atMost: commands.count > 1 ? 3 : 5)
            try settings.askForSecrets(within: .milliseconds(Int(seconds * 1000)))
        } catch {
            return .wrong(error.message, next: nil)
        }
        let took = ContinuousClock.now - began
        examination.settings = settings
        do throws(EnvironmentProfile.Problem) {
            let profile = try EnvironmentProfile.profile(
                from: settings.values, named: settings.profileName, isReadOnly: false)
            examination.profile = profile
        } catch {
            guard case .missing(let names) = error else {
                return .wrong(error.message, next: error.variable.flatMap { settings.places[$0] })
            }
            let words = EnvironmentProfile.variables.filter { names.contains($0.name) }.map(\.source)
            return .wrong("missing: \(words.joined(separator: "; and "))", next: "souk login asks for it.")
        }
        var parts = Set(commands.map { Self.program(of: $0.command) }).sorted()
            .map { "\($0) answered in \(Self.tenths(took)) s" }
        if commands.count < 2 {
            let isOfFile = settings.places["SOUK_PASSWORD"]?.contains("(password)") == true
            if commands.isEmpty { parts.append(isOfFile ? "in the file" : "from the environment") }
        }
        return judged(parts, file: settings.profileName == nil ? nil : examination.source.file)
    }

    /// - Parameter file: Where the profile is; nil for the environment alone.
    private func judged(_ parts: [String], file: String?) -> Finding {
        var status = stat()
        guard let file, stat(file, &status) == 0 else { return .ok(parts.joined(separator: "; ")) }
        let mode = String(status.st_mode & 0o777, radix: 8)
        let text = (parts + ["the file's mode is 0\(mode)"]).joined(separator: "; ")
        guard status.st_mode & 0o022 != 0 else { return .ok(text) }
        return .warning(
            text + ", so others can change it and the commands in it",
            next: "Make it yours alone: chmod 600 \(file)")
    }

    /// What a command is called: its first word, without its folder. Not more of it, which may be a secret.
    static func program(of command: String) -> String {
        let first = command.split(whereSeparator: \.isWhitespace).first ?? ""
        let name = first.split(separator: "/").last ?? ""
        let isName =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
        return isName ? String(name) : "the command"
    }

    private static func tenths(_ duration: Duration) -> String {
        let tenths = duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
