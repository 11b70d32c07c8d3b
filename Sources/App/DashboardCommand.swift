import ArgumentParser
import CursesScreen
import Dashboard
import Glibc
import Marketplace
import MarketplaceClient
import MarketplaceSandbox

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

    @OptionGroup(title: "Sandbox options") var options: SandboxOptions

    func run() throws {
        let environment = environment()
        let seat = try sandbox ? embeddedSeat() : remoteSeat(environment)
        // NO_COLOR asks for no colour when it is set and not empty (no-color.org).
        let terminal = try openTerminal(colour: environment["NO_COLOR"]?.isEmpty ?? true)
        guard let mailbox = Mailbox() else {
            terminal.close()
            throw fail("the system has no file handles left. Close other programs and try again.", code: 1)
        }
        var session = Session(terminal: terminal, seat: seat, mailbox: mailbox)
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

    private func embeddedSeat() throws -> Seat {
        let configuration = options.configuration
        let profile = Profile(
            name: "sandbox", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: "demo.api",
            password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32)),
            isReadOnly: readOnly)
        let clock: any ClientClock = options.now.map { FixedClock(instant: $0) } ?? SystemClock()
        // What the embedded marketplace forgets at the end of the program needs no journal on the disk.
        let client = Client(
            profile: profile, transport: SandboxTransport(sandbox: Sandbox(configuration)), clock: clock,
            journal: MemoryJournal())
        return Seat(
            client: client, clock: clock,
            summary: ProfileSummary(
                name: "sandbox", place: "the sandbox, where nothing is real", user: profile.user,
                isReadOnly: readOnly, isProduction: false))
    }

    private func remoteSeat(_ environment: [String: String]) throws -> Seat {
        let profile: Profile
        do {
            profile = try EnvironmentProfile.profile(from: environment, isReadOnly: readOnly)
        } catch {
            throw fail(error.message, code: 2)
        }
        let journal: any Journal
        if let path = Self.journalPath(environment, profile: profile.name) {
            journal = FileJournal(path: path)
        } else {
            throw fail("neither XDG_STATE_HOME nor HOME says where the order journal is to be kept.", code: 2)
        }
        let client = Client(
            profile: profile, transport: HTTPTransport(environment: environment), clock: SystemClock(),
            journal: journal)
        let isThisMachine = EnvironmentProfile.Address(profile.baseURL)?.isThisMachine ?? false
        return Seat(
            client: client, clock: SystemClock(),
            summary: ProfileSummary(
                name: profile.name, place: "\(profile.name), marketplace \(profile.marketplace)",
                user: profile.user, isReadOnly: readOnly, isProduction: !isThisMachine))
    }

    /// One file per profile under the state directory; characters that a file name should not have become `-`.
    static func journalPath(_ environment: [String: String], profile: String) -> String? {
        let base: String
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            base = state
        } else if let home = environment["HOME"], home.hasPrefix("/") {
            base = home + "/.local/state"
        } else {
            return nil
        }
        let name = profile.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "-" }
        return "\(base)/souk/\(String(name)).jsonl"
    }
}

/// Where a person sits: the client of one profile, its clock, and how the screen names it.
struct Seat {
    var client: Client
    var clock: any ClientClock
    var summary: ProfileSummary
}

/// A clock that stands still, for pictures and tests of the sandbox; waiting takes its real time.
struct FixedClock: ClientClock {
    let instant: Instant

    func now() -> Instant { instant }
    func sleep(seconds: Double) async throws(CancellationError) { try await SystemClock().sleep(seconds: seconds) }
}
