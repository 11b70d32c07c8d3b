import FoundationEssentials
import Marketplace
import MarketplaceClient

/// What a command that writes works with.
struct WriteSession: Sendable {
    let read: ReadSession
    /// Nil where nothing says where state is kept.
    let intents: IntentStore?
    let isProduction: Bool
    /// Whether the marketplace ends with this process, and all that was sent to it.
    let isEmbedded: Bool
    /// Why nothing can be sent, with the place where that is set; nil when it may be.
    let readOnly: String?

    var client: Client { read.client }
    var clock: any ClientClock { read.clock }
    var arguments: ParsedArguments { read.arguments }
    var profile: Profile { read.client.profile }

    init(_ arguments: ParsedArguments, _ notes: Notes) throws {
        let timeout = try arguments.value("timeout").map { text throws(CommandError) in
            try TypedValue.duration(text, option: "--timeout")
        }
        let asksReadOnly = arguments.has("read-only")
        let (backend, settings) = try CommandDefinition.backend(
            arguments, isLocal: false, isReadOnly: asksReadOnly, timeout: timeout ?? 30)
        read = try ReadSession(client: backend.client, clock: backend.clock, arguments: arguments, notes: notes)
        intents = IntentStore(environment())
        isEmbedded = arguments.has("sandbox")
        isProduction = backend.summary.isProduction
        let profile = backend.client.profile
        if profile.isReadOnly {
            let origin = settings.readOnlyOrigin(isAsked: asksReadOnly)
            readOnly = "the profile \(profile.name) is read-only (\(origin.words))"
        } else {
            readOnly = nil
        }
        if let problem = backend.stateProblem { notes.note("souk: \(problem)") }
    }

    /// `nordwind.api on api.cloud.im/marketplace/eu de, profile nordwind, PRODUCTION`.
    var place: String {
        let owner = profile.owner
        let address = owner.address.split(separator: "://", maxSplits: 1).last.map(String.init) ?? owner.address
        let whole = isEmbedded ? "the embedded marketplace" : "\(address) \(owner.marketplace)"
        return "\(profile.user) on \(whole), profile \(profile.name)" + (isProduction ? ", PRODUCTION" : "")
    }

    /// The words by which the same marketplace is asked again.
    var marketplaceWords: [String] {
        ["profile", "config"].flatMap { name in arguments.value(name).map { ["--" + name, $0] } ?? [] }
            + (isEmbedded ? ["--sandbox"] : []) + arguments.sandboxWords
    }
}
