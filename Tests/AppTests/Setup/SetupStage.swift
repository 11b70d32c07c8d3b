import FoundationEssentials
import Glibc
import MarketplaceClient
import TerminalSupport
import TestSupport
import Testing

/// A home directory of its own for the commands of the set-up, and the real program in it.
struct SetupStage {
    let home: String
    static let key = String(repeating: "0", count: 32)

    init() throws { home = try TestFolder.make() }

    var file: String { home + "/config/souk/config.toml" }
    var text: String? { Files.text(of: file) }

    func write(_ text: String, mode: mode_t = 0o600) {
        #expect(StateDirectory.make(above: file) && Files.write(text, to: file))
        chmod(file, mode)
    }

    var places: [String: String?] {
        [
            "HOME": home, "XDG_CONFIG_HOME": home + "/config", "XDG_STATE_HOME": home + "/state",
            "SOUK_CALLS_PER_MINUTE": nil,
        ]
    }

    func start(
        _ arguments: [String], _ changes: [String: String?] = [:], columns: Int = 240
    ) throws -> PseudoTerminal {
        try PseudoTerminal(
            running: `The real program`.program, arguments, environment: places.merging(changes) { $1 },
            columns: columns, rows: 50)
    }

    /// Runs it without a terminal on its output.
    func run(_ arguments: [String], _ changes: [String: String?] = [:]) throws -> (
        exit: PseudoTerminal.Exit?, output: String, errors: String
    ) {
        let words = arguments.map { "'\($0)'" }.joined(separator: " ")
        let command = "'\(`The real program`.program)' \(words) >'\(home)/out' 2>'\(home)/err' </dev/null"
        let terminal = try PseudoTerminal(
            running: "/bin/sh", ["-c", command], environment: places.merging(changes) { $1 }, columns: 240, rows: 50)
        let exit = terminal.exitStatus(within: 60)
        return (exit, Files.text(of: home + "/out") ?? "", Files.text(of: home + "/err") ?? "")
    }

    /// The profile of the sandbox in the environment.
    static func profile(_ server: Served, _ changes: [String: String?] = [:]) -> [String: String?] {
        profile(baseURL: server.baseURL, changes)
    }

    static func profile(baseURL: String, _ changes: [String: String?] = [:]) -> [String: String?] {
        let all: [String: String?] = [
            "SOUK_BASE_URL": baseURL, "SOUK_MARKETPLACE": "us", "SOUK_USER": "demo.api", "SOUK_PASSWORD": "demo",
            "SOUK_SUBSCRIPTION_KEY": key,
        ]
        return all.merging(changes) { $1 }
    }

    /// How a secret may be written: as it is, percent-encoded, and in base 64 at each of the three places.
    static func spellings(of secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let percent = bytes.map { byte in
            let isPlain = Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
            return isPlain
                ? String(Character(Unicode.Scalar(byte)))
                : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        let encoded = (0..<3).map { shift in
            // What other bytes around it may change is left out.
            let text = Data([UInt8](repeating: 0x41, count: shift) + bytes).base64EncodedString()
                .filter { $0 != "=" }
            return String(text.dropFirst(shift == 0 ? 0 : 4).dropLast(2))
        }
        return [secret, percent, percent.lowercased()] + encoded
    }
}
