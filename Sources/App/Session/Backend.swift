import Dashboard
import FoundationEssentials
import Marketplace
import MarketplaceClient
import MarketplaceSandbox

/// What a session or a command works with: the client of one profile, its clock, its files, and how the screen names it.
struct Backend {
    var client: Client
    var clock: any ClientClock
    var summary: ProfileSummary
    var index = IndexPlan.off
    var drafts = Drafts(path: nil)
    var choices = ChoicesFile(path: nil)
    var watch = WatchFile(path: nil)
    var lastSession = SessionFile(path: nil)
    var views = ViewsFile(path: nil)
    var support: SupportBundle
    /// Where its calls are counted together with those of other programs.
    var sharedCalls: SharedCalls?
    /// Nil on the embedded marketplace, which no configuration makes read-only.
    var permission: WritePermission?
    /// Why no journal of changes can be kept, as sentences; nil when it can.
    var stateProblem: String?

    /// At the marketplace inside the program.
    /// - Throws: the exit after a message that says what is wrong in the environment.
    static func embedded(
        _ options: SandboxOptions, _ settings: Settings, isReadOnly: Bool, readTimeout: Double? = nil
    ) throws -> Backend {
        var profile = Profile(
            name: "sandbox", baseURL: "http://sandbox.invalid/marketplace/us", marketplace: "us", user: "demo.api",
            password: Secret("demo"), subscriptionKey: Secret(String(repeating: "0", count: 32)),
            isReadOnly: isReadOnly)
        if isReadOnly { profile.readOnlyOrigin = settings.readOnlyOrigin(isAsked: true) }
        profile.vendorRules = VendorRules(own: settings.rules, isSandbox: true)
        let clock: any ClientClock = options.now.map { FixedClock(instant: $0) } ?? SystemClock()
        var configuration = options.configuration
        if options.now == nil {
            // The embedded marketplace's clock is not this computer's, and does not step with it.
            configuration.now = {
                Date(timeIntervalSince1970: Double(clock.steady().millisecondsSince1970) / 1000)
            }
        }
        let pacing = configuration.callsPerMinute == nil ? Pacing.unlimited : .standard
        let sandbox = Sandbox(configuration)
        // Beside all that comes before the first call.
        Task.detached(priority: .userInitiated) { await sandbox.prepare() }
        // The embedded marketplace ends with the program, and its journal with it.
        let client = Client(
            profile: profile, transport: SandboxTransport(sandbox: sandbox), clock: clock,
            journal: MemoryJournal(), pacing: pacing, zone: .local, readTimeout: readTimeout)
        var summary = ProfileSummary(
            name: "sandbox", place: "the sandbox: nothing is real", user: profile.user, isReadOnly: isReadOnly,
            isProduction: false)
        summary.readOnlyOrigin = profile.readOnlyOrigin
        summary.vendorRules = profile.vendorRules
        summary.csvSeparator = try csvSeparator(settings)
        summary.downloadFolder = SavedPath.usual()
        return try Backend(
            client: client, clock: clock, summary: summary,
            index: usable(settings) { (values) throws(EnvironmentProfile.Problem) in
                try EnvironmentProfile.indexPlan(from: values, pacing: pacing)
            }, views: ViewsFile(settings, makesFile: false), support: SupportBundle(settings))
    }

    /// At the marketplace of the profile that the settings make.
    /// - Throws: the exit after a message that says what is missing or wrong, and where it was set.
    static func remote(_ settings: Settings, isReadOnly: Bool, readTimeout: Double? = nil) throws -> Backend {
        let environment = settings.values
        let (given, pacing, index) = try usable(settings) { (values) throws(EnvironmentProfile.Problem) in
            let pacing = try EnvironmentProfile.pacing(from: values)
            let profile = try EnvironmentProfile.profile(
                from: values, named: settings.profileName, isReadOnly: isReadOnly)
            return (profile, pacing, try EnvironmentProfile.indexPlan(from: values, pacing: pacing))
        }
        var profile = given
        if profile.isReadOnly { profile.readOnlyOrigin = settings.readOnlyOrigin(isAsked: isReadOnly) }
        profile.vendorRules = VendorRules(own: settings.rules, isSandbox: false)
        let transport = try usable(settings) { (values) throws(EnvironmentProfile.Problem) in
            HTTPTransport(
                proxies: try EnvironmentProfile.proxies(from: values),
                trust: try EnvironmentProfile.trustRoots(from: values),
                allowsPlainHTTP: try EnvironmentProfile.flag("SOUK_ALLOW_PLAIN_HTTP", values))
        }
        let owner = profile.owner
        let files = StateFiles(environment)
        let journal: any Journal =
            files.map {
                TakeOverJournal(
                    path: $0.journal(of: owner), takingOver: $0.olderJournal(ofProfile: profile.name), for: profile)
            } ?? ClosedJournal(reason: StatePlace.missing)
        // A profile that only reads needs no place for it.
        let problem = profile.isReadOnly ? nil : StatePlace.problem(with: files, of: owner)
        let permission = WritePermission(settings)
        let sharedCalls = files.map { SharedCalls(path: $0.calls(of: profile)) }
        let client = Client(
            profile: profile, transport: transport, clock: SystemClock(), journal: journal, pacing: pacing,
            calls: sharedCalls, refusal: { permission.refusal() },
            zone: .local, readTimeout: readTimeout)
        let isThisMachine = EnvironmentProfile.Address(profile.baseURL)?.isThisMachine ?? false
        var summary = ProfileSummary(
            name: profile.name, place: "\(profile.name), marketplace \(profile.marketplace)",
            user: profile.user, isReadOnly: profile.isReadOnly, isProduction: !isThisMachine, owner: owner)
        summary.readOnlyOrigin = profile.readOnlyOrigin
        summary.vendorRules = profile.vendorRules
        summary.csvSeparator = try csvSeparator(settings)
        summary.downloadFolder = SavedPath.usual()
        return Backend(
            client: client, clock: SystemClock(), summary: summary, index: index,
            drafts: Drafts(
                path: files?.drafts(of: owner), olderPath: files?.olderDrafts(ofProfile: profile.name),
                problem: problem), choices: ChoicesFile(path: files?.choices(of: owner)),
            watch: WatchFile(path: files?.watched(by: owner)),
            lastSession: SessionFile(path: files?.session(of: owner)), views: ViewsFile(settings, makesFile: true),
            support: SupportBundle(settings), sharedCalls: sharedCalls, permission: permission, stateProblem: problem)
    }

    /// For what this machine alone knows of a profile, such as its journal: no secret is asked for, and nothing can be
    /// sent.
    /// - Throws: As ``remote(_:isReadOnly:readTimeout:)``.
    static func local(_ settings: Settings) throws -> Backend {
        var settings = settings
        settings.fillIn(["SOUK_PASSWORD", "SOUK_SUBSCRIPTION_KEY"], with: "none")
        return try remote(settings, isReadOnly: true)
    }

    private static func csvSeparator(_ settings: Settings) throws -> Character {
        try usable(settings) { (values) throws(EnvironmentProfile.Problem) in
            try EnvironmentProfile.csvSeparator(from: values)
        }
    }

    static func usable<Value>(
        _ settings: Settings, _ read: ([String: String]) throws(EnvironmentProfile.Problem) -> Value
    ) throws -> Value {
        do {
            return try read(settings.values)
        } catch {
            if case .missing(let names) = error { throw missing(names, settings) }
            let place = error.variable.flatMap { settings.places[$0] }
            throw CommandError(.badConfiguration, error.message + (place.map { " " + $0 } ?? ""))
        }
    }
}

extension Backend {
    /// - Parameter names: Of the variables that nothing gives a value.
    private static func missing(_ names: [String], _ settings: Settings) -> CommandError {
        let variables = EnvironmentProfile.variables
        let details: JSON = ["missing": .texts(names)]
        let isEmpty = variables.allSatisfy { settings.source.environment[$0.name].filled == nil }
        guard !isEmpty || settings.profileName != nil else {
            return CommandError(
                .noProfile, "no profile is set up.",
                hint: "souk login asks for what the panel shows; souk --sandbox needs nothing.", details: details)
        }
        return CommandError(
            .noProfile, "the profile is not complete.",
            hint: "souk login asks for everything; or set in the environment, or in the profile of the file.",
            lines: variables.filter { names.contains($0.name) }.map { "\($0.name)  \($0.source)" }, details: details)
    }
}

/// A stopped clock, for pictures and tests of the sandbox; waiting takes its real time.
struct FixedClock: ClientClock {
    let instant: Instant

    func now() -> Instant { instant }
    func sleep(seconds: Double) async throws(CancellationError) { try await SystemClock().sleep(seconds: seconds) }
}
