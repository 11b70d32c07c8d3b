import Marketplace
import Screen

extension JournalEntry {
    /// What became of it. Capitals ask for a person.
    var outcomeWord: String {
        switch outcome {
        case .sending: "sending"
        case .taken: warning == nil || !sender.isOwn ? "taken" : "CHECK"
        case .refused: "not taken"
        case .unknown: sender.isOwn ? "UNKNOWN" : "unknown"
        }
    }

    var outcomeStyle: Style {
        switch outcome {
        case .sending: .warning
        case .taken: warning == nil ? .good : Style(.warning, strong: true)
        case .refused: .bad
        case .unknown: sender.isOwn ? Style(.warning, strong: true) : .faint
        }
    }

    var outcomeHeading: String { sender.isOwn ? outcomeWord.uppercased() : outcomeWord }

    /// What it is, and who sent it when somebody else did.
    var shownName: String { sender.short.map { "\($0): \(name)" } ?? name }

    /// Its place when sorted by outcome: what needs a person first.
    var outcomeRank: Int {
        switch outcome {
        case .unknown: sender.isOwn ? 0 : 5
        case .sending: 1
        case .refused: 3
        case .taken: warning == nil ? 4 : 2
        }
    }
}

extension JournalEntry.Sender {
    /// Who sent it, after "sent"; nil for the profile's own user.
    var words: String? {
        switch self {
        case .own: nil
        case .user(let user): "by \(user)"
        case .elsewhere(_, let user?): "by \(user) at another address"
        case .elsewhere(_, nil): "at another address"
        case .profile(let name): "with profile \(name)"
        }
    }

    /// The same in few words, for lists.
    fileprivate var short: String? { if case .elsewhere = self { "elsewhere" } else { words } }

    private var place: String? { if case .elsewhere(let place, _) = self { place } else { nil } }

    /// What that means for the person.
    var sentence: String? {
        guard let words else { return nil }
        let place = place.map { " (\($0))" } ?? ""
        return
            "It was sent \(words)\(place), not by this profile's user: it is shown here, and not looked up. Who sent it "
            + "sees what became of it."
    }
}

extension JournalEntry {
    /// What it is about, as the marketplace keeps it: where one can see what became of it.
    enum Subject: Hashable {
        case order(Order.ID)
        case orders(of: Account.ID)
        case subscription(Subscription.ID)
        case account(Account.ID)
    }

    /// Nil when neither the request nor the answer tells.
    var subject: Subject? {
        let parts = path.split(separator: "/").map(String.init)
        switch (method, parts.first, parts.count) {
        case ("POST", "orders", 1):
            if let made = outcome.made { return .order(.init(made)) }
            return customer.map { .orders(of: $0) }
        case (_, "orders", 2): return .order(.init(parts[1]))
        case (_, "subscriptions", 2...): return .subscription(.init(parts[1]))
        case ("PATCH", "customers", 2), ("PATCH", "resellers", 2): return .account(.init(parts[1]))
        case ("POST", "customers", 1), ("POST", "resellers", 1), ("POST", "resellers", 3):
            return outcome.made.map { .account(.init($0)) }
        default: return nil
        }
    }

    /// `20 Nov 14:04`: the year stands in the detail.
    var shortMoment: String { "\(at.utcDate.spoken.dropLast(5)) \(at.utcTime.prefix(5))" }
}
