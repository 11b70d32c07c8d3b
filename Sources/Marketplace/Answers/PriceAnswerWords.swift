import FoundationEssentials

extension PriceAnswer.Part {
    /// `unit price of AUR-365-BP 20.60 EUR → 20.00 EUR`.
    public var words: String {
        "\(kind.word) of \(product.mpn.isEmpty ? product.title : product.mpn) "
            + "\(before?.words ?? "not reported") → \(after.words)"
    }
}

extension PriceAnswer {
    /// What is charged and what is left before and after, a label and the words; nothing where neither is known, or
    /// nothing changes.
    public var lines: [(label: String, text: String)] {
        var lines: [(label: String, text: String)] = []
        if parts.isEmpty { return lines }
        func add(_ label: String, _ sums: Sums, _ what: String) {
            if sums.before.price != nil || sums.after.price != nil {
                lines.append((label, Self.change(sums.before.price, sums.after.price)))
            }
            if sums.before.margin != nil || sums.after.margin != nil {
                let (before, after) = (sums.before.margin, sums.after.margin)
                let words = [before, after].map { $0?.words ?? "not known" }
                lines.append(
                    ("margin", "\(words[0]) → \(words[1]) \(what)" + Self.difference(before?.amount, after?.amount)))
            }
        }
        add("a month", month, "a month")
        add("a term", wholeTerm, "a term")
        return lines
    }

    private static func change(_ before: Money?, _ after: Money?) -> String {
        "\(before?.description ?? "not known") → \(after?.description ?? "not known")" + difference(before, after)
    }

    /// `, -15.00`; empty where one of them is not known, or the currencies differ.
    private static func difference(_ before: Money?, _ after: Money?) -> String {
        guard let before, let change = after?.adding(before.times(-1)) else { return "" }
        return ", \(change.amount > 0 ? "+" : "")\(change.bare)"
    }
}
