import Marketplace

/// A number of units as a person types it: `28` is the new total, `+3` and `-2` are differences.
struct UnitsRule: Equatable, Sendable {
    var number: Int
    var isDifference: Bool

    private static let most = 1_000_000

    /// - Returns: nil when it is no whole number.
    init?(_ typed: String) {
        let text = typed.trimmingSpaces()
        guard let number = TypedNumber(text).whole, (-Self.most...Self.most).contains(number) else { return nil }
        self.number = number
        isDifference = text.hasPrefix("+") || text.hasPrefix("-")
    }

    /// What to say of a text that is no rule.
    static func refusal(of typed: String) -> String {
        let text = typed.trimmingSpaces()
        if let how = TypedNumber(text).howToWrite { return "\u{201C}\(text)\u{201D} \(how)" }
        return text.isEmpty
            ? "Type the new number of units, or the difference: 28, +3 or -2."
            : "The units must be a whole number: 28, +3 or -2."
    }

    func total(from held: Int) -> Int {
        guard isDifference else { return number }
        let (total, isTooLarge) = held.addingReportingOverflow(number)
        return isTooLarge ? held : total
    }

    /// `+3`, `28`.
    var words: String { isDifference && number >= 0 ? "+\(grouped(number))" : grouped(number) }
}

/// Why something cannot be asked for, as a sentence.
struct Refusal: Error, Equatable, Sendable {
    var text: String

    init(_ text: String) { self.text = text }
}
