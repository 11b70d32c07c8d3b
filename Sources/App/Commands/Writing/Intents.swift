import FoundationEssentials
import Glibc
import Marketplace
import MarketplaceClient

/// What a review showed and what a person may agree to: kept on the disk between two commands. Holds no secret.
struct StoredIntent: Codable, Equatable, Sendable {
    var id: String
    /// The command: `["orders", "place"]`.
    var act: [String]
    /// What was typed of the write, by the names of options; arguments under `arguments`.
    var words: [String: [String]]
    var write: WriteIntent
    /// What was seen, as far as it is compared.
    var seen: DryRun
    var madeAt: Instant
    var expiresAt: Instant
    var address: String
    var marketplace: String
    var user: String
    var profile: String
    /// The e-mail address of the new login whose password was given, and is to be given again: it is not stored.
    var passwordOf: String?

    /// Seconds from the review on in which it may be sent.
    static let secondsValid = 900.0

    /// Whether it may still be sent. A clock that was set back before the review makes it no younger.
    func isValid(at now: Instant) -> Bool { now < expiresAt && now.seconds(since: madeAt) > -60 }
}

/// The intents of this machine, a file each, readable by their owner alone. Whether one was sent is in the journal, not
/// here.
struct IntentStore: Sendable {
    let folder: String

    /// Nil where nothing says where state is kept.
    init?(_ environment: [String: String]) {
        guard let files = StateFiles(environment) else { return nil }
        self.init(folder: files.directory + "/intents")
    }

    init(folder: String) { self.folder = folder }

    private static let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// `7K3Q-9M2D`, another one each time.
    static func newID() -> String {
        let letters = (0..<8).map { _ in signs[Int.random(in: 0..<signs.count)] }
        return String(letters[..<4]) + "-" + String(letters[4...])
    }

    /// An id as it was typed, in any case; nil when it cannot be one.
    static func id(_ text: String) -> String? {
        let letters = Array(text.uppercased())
        guard letters.count == 9, letters[4] == "-",
            letters.enumerated().allSatisfy({ $0 == 4 || signs.contains($1) })
        else { return nil }
        return String(letters)
    }

    private func path(_ id: String) -> String { "\(folder)/\(id).json" }

    /// - Throws: Why it cannot be kept.
    func keep(_ intent: StoredIntent) throws(CommandError) {
        let path = path(intent.id)
        guard StateDirectory.make(above: path) else { throw problem(path, "cannot be made") }
        removeOld(before: intent.madeAt)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let data = try? encoder.encode(intent) else { throw problem(path, "cannot be written as JSON") }
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw problem(path, "cannot be made") }
        defer { close(file) }
        guard FileBytes.write(Array(data), to: file), fsync(file) == 0 else { throw problem(path, "cannot be written") }
    }

    /// Nil when there is none of this id.
    func intent(_ id: String) throws(CommandError) -> StoredIntent? {
        let path = path(id)
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw problem(path, "cannot be opened") }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            throw CommandError(
                .intentForeign, "Not sent: \(path) can be written or read by others.", hint: "Make a new review.")
        }
        guard let bytes = FileBytes.read(file) else { throw problem(path, "cannot be read") }
        guard let intent = try? JSONDecoder().decode(StoredIntent.self, from: Data(bytes)), intent.id == id else {
            throw CommandError(
                .intentExpired, "Not sent: \(path) cannot be understood.", hint: "Make a new review.")
        }
        return intent
    }

    func drop(_ id: String) { unlink(path(id)) }

    /// Those of the day before and earlier: nothing can be sent with them, and what was sent is in the journal.
    private func removeOld(before now: Instant) {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names where name.hasSuffix(".json") {
            guard let id = Self.id(String(name.dropLast(5))), let intent = try? intent(id),
                now.seconds(since: intent.expiresAt) > 86_400
            else { continue }
            drop(id)
        }
    }

    private func problem(_ path: String, _ what: String) -> CommandError {
        let code = errno
        return CommandError(.outputFailed, "the intent \(path) \(what) (\(String(cString: strerror(code)))).")
    }
}

extension DryRun {
    /// As much of it as is compared before sending, without values that may be secret.
    var compared: DryRun {
        var run = self
        run.estimate = estimate.map { Estimate(total: $0.total) }
        run.subscription?.orderParameters = []
        run.subscription?.fulfillmentParameters = []
        run.subscription?.attributes = [:]
        for place in run.subscription?.products.indices ?? 0..<0 { run.subscription?.products[place].others = [] }
        run.order?.lines = []
        run.order?.charges = []
        run.order?.others = []
        run.account?.attributes = [:]
        run.checks = checks.map { Check($0.verdict, $0.text, $0.name) }
        run.intent = intent.withoutParameters
        run.seenOrders = []
        return run
    }
}

extension WriteIntent {
    /// Whether an order parameter is a secret, which no disk may hold.
    var holdsSecret: Bool {
        switch self {
        case .place(.sales(let order)): order.lines.contains { $0.parameters.contains(where: \.isSecret) }
        case .place(.migration(let order)): order.lines.contains { $0.parameters.contains(where: \.isSecret) }
        case .place(.change(let order)): order.lines.contains { $0.parameters.contains(where: \.isSecret) }
        case .place, .withdraw, .creditCheck, .change, .create, .edit, .schedule: false
        }
    }

    /// Whose new login gets a password; nil for nobody's.
    var passwordOf: String? {
        let contacts: [NewContact] =
            switch self {
            case .create(let draft): draft.contacts
            case .edit(_, let changes): changes.contacts ?? []
            case .place, .withdraw, .creditCheck, .change, .schedule: []
            }
        return contacts.first { $0.password != nil }?.person.email
    }

    /// The same with the password of a login in it.
    func with(_ password: Secret, of email: String) -> WriteIntent {
        func filled(_ contacts: [NewContact]) -> [NewContact] {
            guard let place = contacts.lastIndex(where: { $0.person.email == email }) else { return contacts }
            var contacts = contacts
            contacts[place].password = password
            return contacts
        }
        switch self {
        case .create(var draft):
            draft.contacts = filled(draft.contacts)
            return .create(draft)
        case .edit(let account, var changes):
            changes.contacts = changes.contacts.map(filled)
            return .edit(account, changes)
        case .place, .withdraw, .creditCheck, .change, .schedule: return self
        }
    }

    /// The same where what was read beside it says nothing of what is written.
    var withoutParameters: WriteIntent {
        switch self {
        case .withdraw(let order): return .withdraw(order.withoutLines)
        case .creditCheck(let checks, let order): return .creditCheck(checks, of: order.withoutLines)
        case .place(.change(var order)):
            for place in order.lines.indices { order.lines[place].product.others = [] }
            return .place(.change(order))
        case .place, .change, .create, .edit, .schedule: return self
        }
    }
}

extension Order {
    /// What a review compares of it, without parameters that may be secret.
    fileprivate var withoutLines: Order {
        var order = self
        order.lines = []
        order.charges = []
        order.others = []
        return order
    }
}
