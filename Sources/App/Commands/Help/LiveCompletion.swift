import Dispatch
import Marketplace
import MarketplaceClient

/// Names, MPNs and ids that only the marketplace knows, for a word that is being typed: one page, in 300 ms with the
/// sign-in, or nothing. Whoever presses Tab gets no error, and pays with two calls at most.
struct LiveCompletion: Equatable, Sendable {
    enum Subject: Equatable, Sendable {
        case accounts(Account.Kind)
        case subscriptions(of: Account.ID)
        case offers

        /// - Parameter path: Of the command.
        init?(argument name: String, of path: [String]) {
            switch (name, path.first) {
            case ("ID", "customers"), ("CUSTOMER", _), ("ACCOUNT", _): self = .accounts(.customer)
            case ("ID", "resellers"), ("RESELLER", _): self = .accounts(.reseller)
            // Subscriptions and orders have no names; those of one customer are asked for by an option.
            default: return nil
            }
        }

        /// - Parameter values: Of the options that stand on the line.
        init?(option: String, beside values: [String: String]) {
            switch option {
            case "customer": self = .accounts(.customer)
            case "reseller": self = .accounts(.reseller)
            case "mpn": self = .offers
            case "subscription":
                guard let id = values["customer"], !id.isEmpty, id.utf8.allSatisfy({ (48...57).contains($0) }) else {
                    return nil
                }
                self = .subscriptions(of: .init(id))
            default: return nil
            }
        }
    }

    var subject: Subject
    var typed: String
    /// What stands before it in the same word, such as `--customer=`.
    var before = ""

    /// - Parameter typed: As the shell has it, perhaps with a quotation mark in front.
    /// - Returns: Nil while fewer than two letters are typed.
    init?(of subject: Subject, typed: String) {
        let text = typed.first.map { "'\"".contains($0) } == true ? String(typed.dropFirst()) : typed
        guard text.count >= 2 else { return nil }
        (self.subject, self.typed) = (subject, text)
    }

    /// Milliseconds that all of it may take.
    private static let time = 300

    /// Nothing where the profile does not allow it, calls are few, or no answer comes in time.
    func candidates(_ source: Settings.Source) -> [Completion.Candidate] {
        let found = Mailslot<[Completion.Candidate]>()
        let semaphore = DispatchSemaphore(value: 0)
        let task = Task.detached {
            if let backend = Self.backend(source), Self.hasCalls(backend), let rows = try? await read(backend.client) {
                found.put(rows)
            }
            semaphore.signal()
        }
        defer { task.cancel() }
        guard semaphore.wait(timeout: .now() + .milliseconds(Self.time)) == .success else { return [] }
        return (found.take() ?? []).map { Completion.Candidate(text: before + $0.text, note: $0.note) }
    }

    /// The command of a secret may ask for a passphrase: it runs only where the profile says so.
    private static func backend(_ source: Settings.Source) -> Backend? {
        guard var settings = try? Settings(source, asksForSecrets: false) else { return nil }
        let needsCommand = !settings.secretCommands.isEmpty
        let isAllowed = try? EnvironmentProfile.flag("SOUK_COMPLETE_LIVE", settings.values, otherwise: !needsCommand)
        guard isAllowed == true else { return nil }
        if needsCommand {
            guard let whole = try? Settings(source) else { return nil }
            settings = whole
        }
        return try? Backend.remote(settings, isReadOnly: true, readTimeout: Double(time) / 1000)
    }

    /// Whether a third of the minute's calls is left, those of other programs counted.
    private static func hasCalls(_ backend: Backend) -> Bool {
        hasCalls(backend.sharedCalls, of: backend.client.budget().perMinute, now: backend.clock.now())
    }

    static func hasCalls(_ calls: SharedCalls?, of perMinute: Int?, now: Instant) -> Bool {
        guard let perMinute else { return true }
        return calls?.inLastMinute(now: now).map { (perMinute - $0) * 3 >= perMinute } ?? false
    }

    /// What the marketplace has that begins with what is typed, apart from case and accents.
    func read(_ client: Client) async throws -> [Completion.Candidate] {
        switch subject {
        case .accounts(let kind):
            let part = ReadSession.part(toAskFor: typed)
            let query = kind == .customer ? AccountQuery.customersNamed(part) : .resellersNamed(part)
            return try await page(of: .accounts(query), client).filter { begins($0.name) }.map {
                Completion.Candidate(text: $0.name, note: "\($0.id), \($0.status.word)")
            }
        case .subscriptions(let customer):
            return try await page(of: .subscriptions(SubscriptionQuery(customer: customer)), client).filter {
                begins($0.id.rawValue)
            }.map { Completion.Candidate(text: $0.id.rawValue, note: "\($0.name), \($0.status.word)") }
        case .offers:
            var found: [Completion.Candidate] = []
            for offer in try await page(of: .products(ProductQuery()), client) where begins(offer.mpn) {
                if found.last?.text != offer.mpn {
                    found.append(Completion.Candidate(text: offer.mpn, note: offer.title))
                }
            }
            return found
        }
    }

    private func page<Row>(of list: RowList<Row>, _ client: Client) async throws -> [Row] {
        var pages = client.pages(of: list)
        return try await pages.next()?.rows ?? []
    }

    private func begins(_ text: String) -> Bool {
        let wanted = Folding.folded(typed)
        return Folding.searchable(text).split(separator: Folding.lineEnd).contains { $0.starts(with: wanted) }
    }
}
