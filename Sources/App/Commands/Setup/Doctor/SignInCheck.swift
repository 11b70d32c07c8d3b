import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// Whether the marketplace takes the profile, and which part of it is wrong when it does not.
struct SignInCheck: Check {
    let name = "sign-in"
    let needs = ["secrets", "network"]

    func look(at examination: inout Examination) -> Finding {
        guard let profile = examination.profile, let transport = examination.transport,
            let settings = examination.settings
        else { return .skipped("needs the configuration") }
        if case .failure(let error)? = examination.reached { return wrongAddress(error, profile, settings) }
        let client = Client(
            profile: profile, transport: transport, pacing: .unlimited, readTimeout: examination.seconds(atMost: 5))
        let failure = WaitingThread.run { () async -> MarketplaceError? in
            do throws(MarketplaceError) {
                try await client.signIn()
                return nil
            } catch {
                return error
            }
        }
        guard let failure else {
            examination.client = client
            return .ok("the marketplace takes base URL, user, password, key and marketplace code")
        }
        return finding(failure, profile, settings)
    }

    private func finding(_ error: MarketplaceError, _ profile: Profile, _ settings: Settings) -> Finding {
        func place(_ variable: String) -> String { settings.places[variable].map { " " + $0 } ?? "" }
        switch error {
        case .wrongPassword:
            return .wrong(
                "the marketplace refuses the API user or the password; base URL and subscription key are right",
                next: "The user's name ends in .api and must be activated once by the link in its first e-mail; a new "
                    + "password is set in the panel under Users." + place("SOUK_USER") + place("SOUK_PASSWORD"))
        case .wrongSubscriptionKey:
            return .wrong(
                "the gateway refuses the subscription key",
                next: "Copy it again from the panel, menu Marketplace API." + place("SOUK_SUBSCRIPTION_KEY"))
        case .wrongMarketplace(let code, _):
            return .wrong(
                "the marketplace does not know the marketplace code '\(code)'; user, password and key are right",
                next: "It is the part after cp. in the panel's address, for example us in cp.us.na.cloud.im."
                    + place("SOUK_MARKETPLACE"))
        case .unreadable, .notFound: return wrongAddress(error, profile, settings)
        default:
            let words = CommandError(error)
            return .wrong(words.message, next: words.hint)
        }
    }

    /// Something answers at the base URL, and it is not the API.
    private func wrongAddress(_ error: MarketplaceError, _ profile: Profile, _ settings: Settings) -> Finding {
        switch error {
        case .unreadable, .notFound, .rejected:
            let place = settings.places["SOUK_BASE_URL"].map { " " + $0 } ?? ""
            let words = CommandError(error)
            return .wrong(
                "the base URL \(profile.baseURL) does not lead to the API: \(words.message)",
                next: "Copy it again from the panel, menu Marketplace API." + place)
        case .serverFailed(let status, _, _):
            return .wrong(
                "what answers at the base URL \(profile.baseURL) fails (HTTP \(status))",
                next: "Try again in a moment; if it stays so, copy the base URL again from the panel.")
        default: return finding(error, profile, settings)
        }
    }
}

/// The calls that may still be made, as far as this computer can count them.
struct CallsCheck: Check {
    let name = "calls"
    let needs = ["sign-in"]

    func aside(_ examination: Examination) -> String? {
        guard let pacing = pacing(examination), let perMinute = pacing.perMinute, let perDay = pacing.perDay else {
            return nil
        }
        // The count is kept by the subscription key.
        guard examination.state(of: "secrets") == .ok, let used = used(examination) else {
            return "\(perMinute) a minute and \(Self.grouped(perDay)) a day are allowed"
        }
        return left(perDay, used)
    }

    func look(at examination: inout Examination) -> Finding {
        guard let pacing = pacing(examination), let perDay = pacing.perDay else {
            return .ok("not limited for a marketplace on this computer")
        }
        // Those of this run: the request without secrets, and the sign-in.
        return .ok(left(perDay, (used(examination) ?? 0) + 2))
    }

    private func left(_ perDay: Int, _ used: Int) -> String {
        "\(Self.grouped(max(0, perDay - used))) of \(Self.grouped(perDay)) are left today by our own count"
    }

    /// The calls that programs of this computer have made with the key; nil where none has written one down.
    private func used(_ examination: Examination) -> Int? {
        guard let settings = examination.settings, let profile = examination.profile,
            let path = StateFiles(settings.values)?.calls(of: profile), access(path, F_OK) == 0
        else { return nil }
        return SharedCalls(path: path).usedToday(now: SystemClock().now())?.used
    }

    private func pacing(_ examination: Examination) -> Pacing? {
        examination.settings.flatMap { settings in try? EnvironmentProfile.pacing(from: settings.values) }
    }

    private static func grouped(_ count: Int) -> String { Decimal(count).grouped(fractionDigits: 0) }
}
