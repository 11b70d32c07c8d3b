import Marketplace
import Screen

extension JournalEntry {
    /// What became of it. Capitals ask for a person.
    var outcomeWord: String {
        switch outcome {
        case .sending: "sending"
        case .taken: warning == nil ? "taken" : "CHECK"
        case .refused: "not taken"
        case .unknown: "UNKNOWN"
        }
    }

    var outcomeStyle: Style {
        switch outcome {
        case .sending: .warning
        case .taken: warning == nil ? .good : Style(.warning, strong: true)
        case .refused: .bad
        case .unknown: Style(.warning, strong: true)
        }
    }

    /// Its place when sorted by outcome: what needs a person first.
    var outcomeRank: Int {
        switch outcome {
        case .unknown: 0
        case .sending: 1
        case .refused: 3
        case .taken: warning == nil ? 4 : 2
        }
    }
}

extension JournalEntry.Outcome {

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
