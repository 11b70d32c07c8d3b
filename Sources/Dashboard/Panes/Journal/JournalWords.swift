import Marketplace
import Rows
import Screen

extension JournalEntry {
    var outcomeHeading: String { sender.isOwn ? outcomeWord.uppercased() : outcomeWord }
}

extension JournalEntry.Sender {
    private var place: String? { if case .elsewhere(let place, _) = self { place } else { nil } }

    /// What that means for the person.
    var sentence: String? {
        guard let words else { return nil }
        let place = place.map { " (\($0))" } ?? ""
        return
            "It was sent \(words)\(place), not by this profile's user: souk shows it here and does not check it. Who sent it "
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
        case report(Report.ID)
    }

    /// Nil when neither the request nor the answer says it.
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
        case ("POST", "reports", 1): return outcome.made.map { .report(.init($0)) }
        default: return nil
        }
    }
}
