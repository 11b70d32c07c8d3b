import Marketplace
import Screen

/// A write that was sent and whose answer did not say what became of it. It follows its entry in the journal, so that it
/// shows the entry's present state.
struct Unconfirmed {
    enum Verdict: Equatable {
        /// Nobody can say yet; the reason as sentences.
        case open(reason: String)
        case taken(JournalEntry)
        case notTaken(reason: String)
    }

    let intent: WriteIntent
    let error: MarketplaceError
    /// When it was sent.
    let sentAt: Instant
    /// What the journal says of it; nil until it was read.
    private(set) var entry: JournalEntry?
    /// Why the journal cannot be read just now, so that `entry` may be out of date.
    private(set) var journalProblem: String?

    /// The journal keeps whole seconds, and the clock on screen lags a little.
    private static let secondsOfDoubt = 2.0

    init(_ intent: WriteIntent, _ error: MarketplaceError, sentAt: Instant) {
        self.intent = intent
        self.error = error
        self.sentAt = sentAt
    }

    var verdict: Verdict {
        switch entry?.outcome {
        case .taken: if let entry { .taken(entry) } else { .open(reason: firstReason) }
        case .refused(let reason): .notTaken(reason: reason)
        case .unknown(let reason): .open(reason: reason)
        case .sending, nil: .open(reason: firstReason)
        }
    }

    var isOpen: Bool { if case .open = verdict { true } else { false } }

    var correlationID: String? { error.correlationID ?? entry?.correlationID }

    /// What followed from the answer, or from its absence.
    private var firstReason: String {
        if case .outcomeUnknown(_, let reason, _) = error { reason } else { error.message }
    }

    /// - Parameter entries: The journal, newest first.
    /// - Returns: Whether it says something else now.
    mutating func follow(_ entries: [JournalEntry]) -> Bool {
        let before = verdict
        journalProblem = nil
        if let latest = own(entries) { entry = latest }
        return verdict != before
    }

    mutating func lose(_ reason: String) { journalProblem = reason }

    private func own(_ entries: [JournalEntry]) -> JournalEntry? {
        if let entry { return entries.first { $0.id == entry.id } }
        if let id = error.correlationID, let own = entries.first(where: { $0.correlationID == id }) { return own }
        let since = sentAt.adding(seconds: -Self.secondsOfDoubt)
        return entries.first { entry in
            entry.at >= since && entry.name == intent.name && entry.poNumber == intent.poNumber
                && entry.subscription == intent.subscription
                && (intent.customer == nil || entry.customer == intent.customer)
        }
    }
}

// MARK: Words

extension Unconfirmed {
    /// `sales order`, `change of subscription 1000917`, at the beginning of a sentence.
    private var subject: String { "The \(intent.name)" }

    /// What the message line says once the outcome has changed.
    var news: Notice {
        switch verdict {
        case .open(let reason): Notice(.warning, "Looked up, and still not confirmed. \(reason)")
        case .taken(let entry):
            entry.warning == nil
                ? Notice(.done, "\(subject) was taken: \(Self.how(entry)).")
                : Notice(.warning, "\(subject) was taken, but look at it.")
        case .notTaken: Notice(.problem, "\(subject) was not taken. Nothing was changed.")
        }
    }

    /// The header's short word for it.
    var mark: String {
        switch verdict {
        case .open: "sent, not confirmed"
        case .taken: "taken"
        case .notTaken: "not taken"
        }
    }

    /// What is to be said to somebody who leaves it; nil when nothing is left to be done.
    func farewell(isKept: Bool, _ model: Model) -> Notice? {
        let drafts = model.keymap.name(of: .drafts)
        switch verdict {
        case .open:
            let journal = model.keymap.name(of: View.journal.action)
            return Notice(.warning, "\(subject) is not confirmed yet. It is looked up by itself; \(journal) shows it.")
        case .taken: return nil
        case .notTaken:
            return Notice(.info, "It was not taken." + (isKept ? " Kept as a draft. \(drafts) lists the drafts." : ""))
        }
    }

    private static func how(_ entry: JournalEntry) -> String {
        entry.settledBy ?? entry.outcome.made.map { "it is \($0)" } ?? "the marketplace said so"
    }

    func page(width: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        page.labelWidth = 14
        switch verdict {
        case .open(let reason):
            page.heading("NOT CONFIRMED", right: "outcome unknown", rightStyle: .warning)
            page.paragraph("\(subject) was sent. Nobody can say yet whether it was taken.", style: .strong)
            page.paragraph(reason, style: .warning)
        case .taken(let entry):
            page.heading(
                "TAKEN", right: entry.settledBy == nil ? "confirmed" : "found by a look",
                rightStyle: entry.warning == nil ? .good : .warning)
            page.paragraph("\(subject) was taken: \(Self.how(entry)).", style: .good)
            if let warning = entry.warning { page.paragraph(warning, style: .warning) }
        case .notTaken(let reason):
            page.heading("NOT TAKEN", right: "nothing was changed", rightStyle: .bad)
            page.paragraph("\(subject) was sent, and it was not taken.", style: .strong)
            page.paragraph(reason, style: .bad)
        }
        page.blank()
        appendFacts(to: &page, model)
        page.blank()
        appendWhatNext(to: &page, model)
        return page
    }

    private func appendFacts(to page: inout Page, _ model: Model) {
        let words = ReviewWords(intent, nil, model)
        if let customer = intent.customer { page.field("for", model.fullName(of: customer)) }
        for (place, thing) in words.things.enumerated() {
            let text = [thing.name, thing.exact].filter { !$0.isEmpty }.joined(separator: ", ")
            page.field(place == 0 ? "what" : "", text, style: .strong)
        }
        for change in words.changes { page.field(change.label, "→ \(change.after)") }
        if let id = intent.subscription { page.field("subscription", id.rawValue) }
        if let number = intent.poNumber, !number.isEmpty { page.field("PO number", number) }
        if let made = entry?.outcome.made, made != intent.subscription?.rawValue { page.field("made", made) }
        if let correlationID { page.field("correlation", correlationID) }
    }

    private func appendWhatNext(to page: inout Page, _ model: Model) {
        switch verdict {
        case .open:
            if let journalProblem {
                page.field(
                    "journal", "It cannot be read just now (\(journalProblem)), so this may be old.", style: .bad)
            }
            page.field(
                "next",
                "It is looked up by itself for a day, at first often; what is found stands here at once. What cannot be "
                    + "found is called not taken after \(spokenDuration(seconds: JournalEntry.secondsToShow)), no sooner."
            )
            page.field("until then", "Do not ask for it again, here or in the panel.")
            page.field(
                "you can", "u looks it up now. Enter shows \(whereToLook). 7 shows the journal.")
        case .taken(let entry):
            page.field("next", "Nothing is left to send.")
            page.field("you can", (entry.subject == nil ? "" : "Enter shows it. ") + "Esc leaves this page.")
        case .notTaken:
            page.field("next", "It can be sent again; the review asks everything anew.")
            page.field("you can", "Enter goes back to the form. 7 shows the journal. Esc leaves this page.")
        }
    }

    /// Where one can see what became of it.
    private var whereToLook: String {
        switch intent {
        case .place: "the customer's orders: look for the PO number"
        case .withdraw: "the customer's orders: look at its status"
        case .change: "the subscription: look whether it was changed"
        case .create, .edit: "the accounts: look whether it is there"
        }
    }

    var help: [KeyHelp] {
        let leave = KeyHelp("Esc", "leave this page", "leave")
        let journal = KeyHelp("7", "the journal, with every write", "journal")
        switch verdict {
        case .open:
            return [
                KeyHelp("u", "ask now what became of it", "look up now"),
                KeyHelp("Enter", "look where it would be", "where it would be"), journal, leave,
            ]
        case .taken(let entry): return (entry.subject == nil ? [] : [KeyHelp("Enter", "show it", "show it")]) + [leave]
        case .notTaken: return [KeyHelp("Enter", "back to the form", "back to the form"), journal, leave]
        }
    }
}
