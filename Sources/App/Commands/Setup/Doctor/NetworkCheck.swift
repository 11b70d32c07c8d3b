import Marketplace
import MarketplaceClient

/// The way to the marketplace: names, proxy, certificates, and whether anything answers.
struct NetworkCheck: Check {
    let name = "network"
    let needs = ["configuration"]

    func look(at examination: inout Examination) -> Finding {
        guard let settings = examination.settings, let profile = examination.profile,
            let address = EnvironmentProfile.Address(profile.baseURL)
        else { return .skipped("needs the configuration") }
        let way: NetworkWay
        do throws(EnvironmentProfile.Problem) {
            way = try NetworkWay(settings.values, to: address)
        } catch {
            return .wrong(error.message, next: error.variable.flatMap { settings.places[$0] })
        }
        examination.transport = way.transport
        guard examination.asksNetwork else {
            return .skipped("no network is asked (--offline); \(way.words)")
        }
        let probe = ProfileProbe(
            profile: profile, transport: way.transport, timeout: examination.seconds(atMost: 5))
        let reached = WaitingThread.run { () async -> Result<ProfileProbe.Reached, MarketplaceError> in
            do throws(MarketplaceError) {
                return .success(try await probe.reach())
            } catch {
                return .failure(error)
            }
        }
        examination.reached = reached
        switch reached {
        case .success(let answer):
            return .ok("\(way.words); answers in \(Int(answer.milliseconds.rounded())) ms")
        case .failure(let error):
            if let (text, next) = way.obstacle(error) { return .wrong(text, next: next) }
            // Something answers; the sign-in shows whether it is the API.
            return .ok("\(way.words); answers")
        }
    }
}

/// How requests go to a marketplace, in words.
struct NetworkWay {
    let transport: HTTPTransport
    private let address: EnvironmentProfile.Address
    private let proxy: ProxySettings.Proxy?
    private let authorities: String

    /// - Throws: What of the settings cannot be used.
    init(_ values: [String: String], to address: EnvironmentProfile.Address) throws(EnvironmentProfile.Problem) {
        self.address = address
        let proxies = try EnvironmentProfile.proxies(from: values)
        proxy = proxies.proxy(scheme: address.scheme, host: address.host)
        transport = HTTPTransport(
            proxies: proxies, trust: try EnvironmentProfile.trustRoots(from: values),
            allowsPlainHTTP: try EnvironmentProfile.flag("SOUK_ALLOW_PLAIN_HTTP", values))
        let own = values["SOUK_CA_FILE"].filled.map { " and those of \($0)" } ?? ""
        let system = values["SSL_CERT_FILE"].filled.map { "the certificates of \($0)" } ?? "the system's certificates"
        authorities = address.scheme == "https" ? "TLS, \(system)\(own)" : "not encrypted"
    }

    var isEncrypted: Bool { address.scheme == "https" }
    var usesProxy: Bool { proxy != nil }

    /// `api.cloud.im, no proxy; TLS, the system's certificates`
    var words: String {
        "\(address.authority), \(proxy.map { "through the proxy \(Self.name($0))" } ?? "no proxy"); \(authorities)"
    }

    /// What is in the way, and what to do; nil when something answered.
    func obstacle(_ error: MarketplaceError) -> (text: String, next: String)? {
        switch error {
        case .unreachable(let host, let reason):
            if let proxy {
                let said = reason.hasPrefix("the proxy") ? String(reason.dropFirst("the proxy ".count)) : reason
                return (
                    "the proxy \(Self.name(proxy)) is in the way: \(said)",
                    "Check \(proxy.variable), or take \(address.host.name) out of it with NO_PROXY=\(address.host.name)."
                )
            }
            let next =
                reason == "no such host"
                ? "Check the base URL and the name server." : "Check the base URL, the network and the firewall."
            return ("nothing answers at \(host) (\(reason))", next)
        case .timedOut(let seconds):
            let who = proxy.map { "\(address.authority) through the proxy \(Self.name($0))" } ?? address.authority
            return (
                "no answer from \(who) within \(spokenDuration(seconds: seconds))",
                "Check the network and the firewall, or whether a proxy is needed (https_proxy)."
            )
        case .untrusted(let host, let reason):
            return (
                "the certificate of \(host) is not trusted: \(reason)",
                "If your network inspects secure connections, name the file of its authority with ca-file in the "
                    + "profile or SOUK_CA_FILE. Otherwise do not go on: somebody may be listening."
            )
        default: return nil
        }
    }

    private static func name(_ proxy: ProxySettings.Proxy) -> String {
        "\(proxy.host.name):\(proxy.port) (\(proxy.variable))"
    }
}

/// This computer's clock against the marketplace's.
struct ClockCheck: Check {
    let name = "clock"
    let needs = ["network"]
    /// Seconds that a clock may be off before look-ups of writes can miss something.
    private static let tolerance = 60.0

    func look(at examination: inout Examination) -> Finding {
        guard case .success(let answer)? = examination.reached, let ahead = answer.secondsAhead else {
            return .skipped("the answer bears no date to compare with")
        }
        return Self.finding(ahead)
    }

    /// - Parameter ahead: Seconds by which the marketplace's clock is ahead of this computer's.
    static func finding(_ ahead: Double) -> Finding {
        if ahead == 0 { return .ok("agrees with the marketplace's") }
        let words =
            "this computer is \(spokenDuration(seconds: abs(ahead))) \(ahead < 0 ? "ahead of" : "behind") the marketplace"
        guard abs(ahead) >= tolerance else { return .ok(words) }
        return .warning(words + "; look-ups of writes go by it", next: "Set the time.")
    }
}
