import Marketplace
import Rows

// What a list says of itself: where its cursor is, how much of it is here, shown and read, and why it is empty.
extension RowList {
    /// `3 of 1,500`; nil in an empty list.
    var position: String? {
        isEmpty || hidesCursor ? nil : "\(grouped(cursor.index + 1)) of \(grouped(count))"
    }

    /// How much of the list is here: `1,500`, `500 of 1,500 loaded`.
    var loaded: String {
        guard let listing = snapshot.value else { return snapshot.isLoading ? "loading" : "" }
        let rows = grouped(loadedCount)
        if listing.isComplete { return rows }
        return listing.total.map { "\(rows) of \(grouped($0)) loaded" } ?? "\(rows) loaded, more exist"
    }

    private var loadedCount: Int { snapshot.value?.count ?? shown.rows.count }

    /// How much of the list is here, shown and read: `12 match of 1,500`, `9 match; MPN of 36 of 1,500 read`.
    var extent: String {
        guard let listing = snapshot.value else {
            guard let failure = snapshot.failure else { return loaded }
            return failure.isOfConnection ? "not read: no connection" : "not read"
        }
        var text = loaded
        if isNarrowed {
            let isAll = count == 0 && shown.isWhole && listing.isComplete && listing.problems == 0
            text =
                isPartlyRead
                ? ExtentWords.matches(count, coverageWords) + (listing.isComplete ? "" : ", \(loaded)")
                : isAll
                    ? ExtentWords.nothingMatches(of: loaded)
                    : ExtentWords.matches(count, of: loaded, soFar: !shown.isWhole)
        } else if isPartlyRead {
            text += "; " + ExtentWords.read(readCount, of: coverageName)
        }
        if listing.problems > 0 { text += ", \(listing.problems) unreadable" }
        if snapshot.failure?.isOfConnection == true { text += ", no connection" }
        return text
    }

    // MARK: What is read

    /// `MPN of 36 of 1,500 read`.
    private var coverageWords: String {
        ExtentWords.read(readCount, among: loadedCount, of: coverageName)
    }

    private var readCount: Int { coverage?.rows ?? 0 }

    private var coverageName: String { coverage.map { Self.title(ofColumn: $0.column) } ?? "values" }

    /// Of the columns that were not read whole the one that is named. Plain words look into several: those with digits
    /// are mostly meant for codes, others for names.
    private var coverage: Arrangement<Row>.Coverage? {
        guard let first = shown.coverage.first, !first.isNamed else { return shown.coverage.first }
        let isCode = filter.words.contains { $0.contains(where: \.isNumber) }
        return isCode ? first : shown.coverage.first { $0.column == "product" } ?? first
    }

    /// A column in a sentence.
    static func title(ofColumn name: String) -> String { ExtentWords.title(ofColumn: name) }

    // MARK: Nothing to show

    /// The text of an empty list: why it is empty, what is not read, and what to do. A line each.
    /// - Parameters:
    ///   - what: Its rows, all of them; `one` is one of them.
    ///   - rest: What is to be said of details that were not read.
    func emptiness(of what: String, one: String? = nil, rest: String = "") -> String {
        guard let listing = snapshot.value else {
            return snapshot.failure?.message ?? "Loading \(what)…"
        }
        if shown.rows.isEmpty, loadedCount > 0 { return "Loading \(what)…" }
        let unread = listing.problems > 0 ? " \(grouped(listing.problems)) cannot be read." : ""
        guard isNarrowed, loadedCount > 0 else {
            if let failure = snapshot.failure { return failure.message }
            guard listing.isComplete else { return "Loading \(what)…" }
            return listing.problems == 0
                ? "There are no \(what)."
                : "None of the \(grouped(listing.problems)) \(what) can be read: the marketplace sends them without an id."
        }
        if isPartlyRead {
            return "None of the \(grouped(readCount)) read so far matches \(question()).\(unread)\n\(rest)"
        }
        guard listing.isComplete, shown.isWhole else {
            let total = listing.total.map { " of \(grouped($0))" } ?? ""
            return "None of the \(grouped(loadedCount))\(total) \(what) loaded so far matches \(question()).\(unread)\n"
                + (snapshot.failure?.message ?? "The others are being loaded.")
        }
        var lines = ["No \(one ?? String(what.dropLast())) matches \(question()).\(unread)"]
        if let hindrance = shown.hindrance, let words = words(of: hindrance) { lines.append(words) }
        lines.append("Esc shows all \(loaded).")
        return lines.joined(separator: "\n")
    }

    /// The filter in a sentence: `“visio” and status=active`.
    private func question() -> String {
        let words = understoodTerms.map { $0.isPlain ? "\u{201C}\($0.text)\u{201D}" : $0.text }
        return words.joined(separator: " and ")
    }

    /// `Without status=active 3 match: Backspace over it.`
    private func words(of hindrance: Arrangement<Row>.Hindrance) -> String? {
        let place = hindrance.term - scopeCount
        guard understoodTerms.indices.contains(place) else { return nil }
        let how = place == understoodTerms.count - 1 ? ": Backspace over it." : "."
        let count = hindrance.count == 1 ? "1 matches" : "\(grouped(hindrance.count)) match"
        return "Without \(understoodTerms[place].text) \(count)\(how)"
    }
}

extension MarketplaceError {
    /// Whether no answer of the marketplace came at all.
    var isOfConnection: Bool {
        switch self {
        case .unreachable, .timedOut, .untrusted: true
        default: false
        }
    }
}
