import Marketplace
import Screen

// What go-to says of what it found, and of what it did not look at.
extension Finder {
    /// Why one cannot go to the row on the cursor now.
    func reason(_ own: [FoundPlace]) -> String? {
        let rows = rows(own)
        guard rows.indices.contains(selected) else { return nil }
        return rows[selected].unavailable.map { "Not now: \($0)" }
    }

    /// Whether it fits into the message line; a longer one is shown below the rows.
    static func fits(_ reason: String, width: Int) -> Bool { TerminalText.width(of: reason) <= width - 2 }

    /// What the message line says of the row on the cursor, or why there is none.
    /// - Parameter width: Columns of the window.
    func note(_ own: [FoundPlace], width: Int) -> Notice {
        if let reason = reason(own) { return Notice(.warning, Self.fits(reason, width: width) ? reason : "") }
        let rows = rows(own)
        let requests = queries(own)
        for request in requests {
            if case .failed(let error) = asked[request] { return Notice(.problem, error.message) }
        }
        if isTyped, let failure = names.failure {
            return Notice(.problem, "Not all names of customers are read. \(failure.message)")
        }
        let isOver = requests.allSatisfy { if case .here = asked[$0] { true } else { false } }
        if !isOver { return Notice(.info, "Asking the marketplace for \u{201C}\(text)\u{201D}…") }
        if isTyped, let progress = namesProgress { return Notice(.info, progress) }
        guard rows.isEmpty, isTyped, isFound else { return Notice(.info, "") }
        // The end of the sentence must not be cut off by a long id.
        let what = text.count > 16 ? "it" : "\u{201C}\(text)\u{201D}"
        return Notice(
            .info,
            isLookedThrough(requests)
                ? "No account, order, subscription or product matches \(what)."
                : "Nothing read so far matches \(what).")
    }

    /// `Reading the names of all customers: 500 of 1,200…`; nil when they are read.
    private var namesProgress: String? {
        guard !found.hasAllCustomers else { return nil }
        let count = names.value.map { listing in
            ": \(grouped(listing.count ?? 0))" + (listing.total.map { " of \(grouped($0))" } ?? "")
        }
        return "Reading the names of all customers\(count ?? "")…"
    }

    /// Whether everything that may match was looked at.
    /// - Parameter requests: What the marketplace was asked and has answered.
    private func isLookedThrough(_ requests: [DataQuery]) -> Bool {
        guard found.hasAllCustomers, found.hasAllResellers, found.coverage?.isComplete ?? true else { return false }
        let hasProducts = requests.contains { if case .products = $0 { true } else { false } }
        guard found.hasCatalogue || hasProducts else { return false }
        // Orders and subscriptions are found by one word: by their numbers, of which a whole one was asked for.
        let isAsked = requests.contains { if case .subscription = $0 { true } else { false } }
        return text.contains(" ") || isAsked || found.hasAllNumbers
    }

    /// How much was looked through for a tenant id or a domain; nil when it was everything, or something else was meant.
    func coverage(_ own: [FoundPlace]) -> String? {
        guard isTyped, isFound, Needle(text).mayBeParameter || rows(own).isEmpty else { return nil }
        let words = [found.coverage?.words, poWords].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// How many PO numbers were looked through; nil when it was all, or what is typed holds no digit and is none.
    private var poWords: String? {
        guard text.contains(where: \.isNumber), let orders = found.orderCoverage, !orders.isComplete else { return nil }
        let count =
            orders.total.map { "\(grouped(orders.read)) of \(counted($0, "order"))" } ?? counted(orders.read, "order")
        return "PO numbers of \(count) were searched: orders carry them only in full."
    }
}
