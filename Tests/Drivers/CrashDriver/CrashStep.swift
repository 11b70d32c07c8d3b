/// Where the driver can be made to stand still while it sends a write, in the order in which it gets there.
enum CrashStep: String, CaseIterable, Sendable {
    case beforeIntent = "before-intent"
    case afterIntent = "after-intent"
    /// The answer is there, or it is certain that none comes; nothing of it is written.
    case afterAnswer = "after-answer"
    case afterOutcome = "after-outcome"
}

/// The commands to the driver, one a line; each line begins with the time in milliseconds since 1970.
enum CrashCommand: Hashable, Sendable {
    /// Stand still at the next such step.
    case stop(CrashStep)
    /// Buy units of the landmark product `AUR-365-BP`, unless the dry run asks for one word more.
    case sell(customer: String, quantity: Int, poNumber: String)
    /// The same after the person has typed that word.
    case sellAgain(customer: String, quantity: Int, poNumber: String)
    /// Have a subscription hold so many units.
    case change(subscription: String, total: Int, poNumber: String)
    case settle
    /// Ends the oldest wait: a step, or a sleep.
    case go
    /// The time-out of the request under way is over.
    case giveUp

    var line: String {
        switch self {
        case .stop(let step): "stop \(step.rawValue)"
        case .sell(let customer, let quantity, let number): "sell \(customer) \(quantity) \(number)"
        case .sellAgain(let customer, let quantity, let number): "sell-again \(customer) \(quantity) \(number)"
        case .change(let subscription, let total, let number): "change \(subscription) \(total) \(number)"
        case .settle: "settle"
        case .go: "go"
        case .giveUp: "give-up"
        }
    }

    init?(words: [Substring]) {
        func order(_ make: (String, Int, String) -> CrashCommand) -> CrashCommand? {
            guard words.count == 4, let units = Int(words[2]) else { return nil }
            return make(String(words[1]), units, String(words[3]))
        }
        let command: CrashCommand? =
            switch words.first {
            case "stop": words.last.flatMap { CrashStep(rawValue: String($0)) }.map { .stop($0) }
            case "sell": order { .sell(customer: $0, quantity: $1, poNumber: $2) }
            case "sell-again": order { .sellAgain(customer: $0, quantity: $1, poNumber: $2) }
            case "change": order { .change(subscription: $0, total: $1, poNumber: $2) }
            case "settle": .settle
            case "go": .go
            case "give-up": .giveUp
            default: nil
            }
        guard let command else { return nil }
        self = command
    }
}
