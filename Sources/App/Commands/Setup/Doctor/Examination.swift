import Marketplace
import MarketplaceClient

/// What one run of the doctor knows so far: each check adds what it found.
struct Examination {
    /// From what the settings are read.
    var source: Settings.Source
    var asksNetwork: Bool
    var settings: Settings?
    /// Complete only once the secrets are there.
    var profile: Profile?
    var transport: HTTPTransport?
    /// How the API answered without any secret; nil when it was not asked.
    var reached: Result<ProfileProbe.Reached, MarketplaceError>?
    /// The client that has signed in.
    var client: Client?
    /// By the name of the check.
    private(set) var findings: [(name: String, finding: Finding)] = []

    private let deadline: ContinuousClock.Instant

    /// - Parameter limit: How long all checks together may take.
    init(source: Settings.Source, asksNetwork: Bool, limit: Duration = .seconds(15)) {
        self.source = source
        self.asksNetwork = asksNetwork
        deadline = .now + limit
    }

    /// Seconds that a step may take: as many as it should, and no more than are left.
    func seconds(atMost seconds: Double) -> Double {
        let left = ContinuousClock.now.duration(to: deadline).components
        return max(0.1, min(seconds, Double(left.seconds) + Double(left.attoseconds) / 1e18))
    }

    func state(of name: String) -> Finding.State? { findings.first { $0.name == name }?.finding.state }

    mutating func note(_ finding: Finding, of name: String) { findings.append((name, finding)) }

    /// `text` without secrets, with `~` for the home directory, and with nothing in it that acts on a terminal.
    func shown(_ text: String) -> String {
        let values = settings?.values ?? source.environment
        var filter = SecretFilter(
            user: values["SOUK_USER"] ?? "", password: Secret(values["SOUK_PASSWORD"] ?? ""),
            subscriptionKey: Secret(values["SOUK_SUBSCRIPTION_KEY"] ?? ""))
        let proxies = try? ProxySettings(environment: values)
        for host in ["http", "https"] {
            guard let address = WebHost("a.example"),
                let password = proxies?.proxy(scheme: host, host: address)?.password
            else { continue }
            filter.add(password)
        }
        return StandardStreams.safe(HomePath.short(filter.removed(from: text), values))
    }
}

/// Places below the home directory, as people write them.
enum HomePath {
    /// `/home/jane/.config` as `~/.config`.
    static func short(_ text: String, _ environment: [String: String]) -> String {
        guard let home = environment["HOME"].filled, home.count > 1 else { return text }
        return text.replacing(home + "/", with: "~/")
    }
}
