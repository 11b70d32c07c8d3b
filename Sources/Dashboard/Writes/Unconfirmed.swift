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
    /// When it was last looked up without being found.
    private(set) var checkedAt: Instant?
    /// Whether the message line has said that it was taken.
    var isAnnounced = false

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

    /// It was looked up, and what became of it is still not known.
    mutating func noteCheck(at time: Instant) { if isOpen { checkedAt = time } }

    /// The order that it made, once it is known to have been taken.
    var madeOrder: Order.ID? {
        if case .taken(let entry) = verdict, case .order(let id) = entry.subject { id } else { nil }
    }

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

    var state: WriteBand.State {
        switch verdict {
        case .open: .unknown
        case .taken: .taken
        case .notTaken: .notTaken
        }
    }

    /// What the message line says once the outcome has changed.
    func news(_ model: Model) -> Notice {
        switch verdict {
        case .open: return Notice(.warning, "Checked: still unknown.")
        case .taken(let entry):
            if entry.warning != nil { return Notice(.warning, "It was taken, but look at it: Enter opens it.") }
            return Notice(
                .done,
                "It was taken\(made(model).map { ": \($0)" } ?? "")." + (entry.subject == nil ? "" : " Enter opens it.")
            )
        case .notTaken: return Notice(.problem, "It was not taken. Nothing was changed.")
        }
    }

    /// The same for somebody who left it.
    func newsElsewhere(_ model: Model) -> Notice {
        let journal = model.keymap.name(of: View.journal.action)
        return switch verdict {
        case .open: Notice(.warning, "Outcome unknown: \(intent.name). souk keeps checking; \(journal) shows it.")
        case .taken: Notice(.done, "\(subject) was taken\(made(model).map { ": \($0)" } ?? ""). \(journal) shows it.")
        case .notTaken: Notice(.problem, "\(subject) was not taken. Nothing was changed. \(journal) shows it.")
        }
    }

    /// `order SO003990`: what it made, where that can be named.
    private func made(_ model: Model) -> String? {
        guard case .taken(let entry) = verdict else { return nil }
        if let id = madeOrder { return "order \(model.orders[id]?.label ?? id.rawValue)" }
        return entry.outcome.made.map { "it is \($0)" }
    }

    /// What is to be said to somebody who leaves it; nil when nothing is left to be done.
    func farewell(isKept: Bool, _ model: Model) -> Notice? {
        let drafts = model.keymap.name(of: .drafts)
        switch verdict {
        case .open:
            let journal = model.keymap.name(of: View.journal.action)
            return Notice(.warning, "Outcome unknown: \(intent.name). souk keeps checking; \(journal) shows it.")
        case .taken: return nil
        case .notTaken:
            return Notice(.info, "It was not taken." + (isKept ? " Kept as a draft. \(drafts) lists the drafts." : ""))
        }
    }

    /// For a support desk, or the panel's search box.
    func copyOffer(_ model: Model) -> CopyOffer? {
        var lines = ["\(intent.name), sent \(model.zone.withUTC(sentAt)): \(state.words.lowercased())"]
        if let customer = intent.customer { lines.append("customer \(model.fullName(of: customer))") }
        if let number = intent.poNumber, !number.isEmpty { lines.append("PO number \(number)") }
        if let correlationID { lines.append("correlation id \(correlationID)") }
        return CopyOffer("y", "the write and its outcome", lines.joined(separator: "\n"))
    }

    func page(width: Int, _ model: Model) -> Page {
        var page = Page(width: width)
        page.labelWidth = 14
        switch verdict {
        case .open(let reason): appendOpen(reason, to: &page, model)
        case .taken(let entry):
            page.paragraph(taken(entry, model), style: .strong)
            if let warning = entry.warning { page.paragraph(warning, style: .warning) }
            if case .place = intent {
                page.field("when done", "souk compares what it made with what was asked for, and says so")
            }
        case .notTaken(let reason):
            page.paragraph("\(subject) was sent, and it was not taken. Nothing was changed.", style: .strong)
            page.paragraph(reason, style: .bad)
            page.paragraph("It can be sent again: Enter leads back to the form; the review checks everything again.")
        }
        page.blank()
        appendFacts(to: &page, model)
        return page
    }

    private func appendOpen(_ reason: String, to page: inout Page, _ model: Model) {
        page.paragraph(reason, style: .warning)
        page.paragraph(
            isOrder
                ? "So the order may or may not exist. Do not place it again, here or in the panel."
                : "So it may or may not have been done. Do not ask for it again, here or in the panel.", style: .strong)
        page.blank()
        if let journalProblem {
            page.field("journal", "It cannot be read just now (\(journalProblem)), so this may be old.", style: .bad)
        }
        let limit = spokenDuration(seconds: JournalEntry.secondsToShow)
        let checked = checkedAt.map { "\(model.zone.time(of: $0)), not found yet. " } ?? ""
        page.field(
            "checked",
            "\(checked)souk keeps checking for a day, at first often; u checks now. What is not found within \(limit) "
                + "counts as not taken.")
        page.field("until then", "Nothing is sent again before this is settled. This page shows the outcome.")
        page.field("Enter shows", whereToLook)
    }

    private var isOrder: Bool { if case .place = intent { true } else { false } }

    /// `Order SO003991, found by its PO number at 13:34:38, is processing.`
    private func taken(_ entry: JournalEntry, _ model: Model) -> String {
        let order = madeOrder.flatMap { model.orders[$0] }
        let name = madeOrder.map { "Order \(order?.label ?? $0.rawValue)" }
        let label = order.map { " as order \($0.label)" } ?? ""
        let how =
            entry.settledBy.map { how in
                ", \(how.replacing(label, with: ""))" + (entry.endedAt.map { " at \(model.zone.time(of: $0))" } ?? "")
            } ?? ""
        guard let name else {
            return "\(subject) was taken\(how)." + (entry.outcome.made.map { " It is \($0)." } ?? "")
        }
        let comma = how.isEmpty ? "" : ","
        return "\(name)\(how)\(comma) is \(order?.status.word ?? "taken")."
    }

    private func appendFacts(to page: inout Page, _ model: Model) {
        let words = ReviewWords(intent, nil, model)
        if let customer = intent.customer { page.field("customer", model.fullName(of: customer)) }
        for (place, thing) in words.things.enumerated() {
            let text = [thing.name, thing.exact].filter { !$0.isEmpty }.joined(separator: ", ")
            page.field(place == 0 ? "product" : "", text)
        }
        for fact in words.facts where fact.label == "units" { page.field(fact.label, fact.text) }
        for row in words.table.rows where words.table.isChange && !row.after.isEmpty {
            page.field(row.label, "→ \(row.after)")
        }
        if let id = intent.subscription { page.field("subscription", id.rawValue) }
        if let number = intent.poNumber, !number.isEmpty { page.field("PO number", number) }
        if let correlationID { page.field("correlation", correlationID) }
    }

    /// Where one can see what became of it.
    private var whereToLook: String {
        switch intent {
        case .place: "the customer's orders; the PO number identifies it"
        case .withdraw: "the customer's orders; its status says whether it was withdrawn"
        case .creditCheck: "the order; it says whether its credit is checked"
        case .change: "the subscription, and with it whether it was changed"
        case .schedule: "the reports; its name and days identify it"
        case .create, .edit: "the accounts, and with them whether it was made or changed"
        }
    }

    var help: [KeyHelp] {
        let leave = KeyHelp("Esc", "leave this page; the journal keeps it", "leave")
        let journal = KeyHelp("7", "the journal, with every write", "journal")
        let copy = KeyHelp("y", "copy PO number and correlation id", "copy")
        switch verdict {
        case .open:
            let look = KeyHelp("Enter", "where it would be: " + whereToLook, "where it would be")
            return [KeyHelp("u", "check now what became of it", "check now"), look, copy, journal, leave]
        case .taken(let entry):
            return (entry.subject == nil ? [] : [KeyHelp("Enter", "open what it made or changed", "open")])
                + [copy, journal, leave]
        case .notTaken: return [KeyHelp("Enter", "back to the form", "back to the form"), copy, journal, leave]
        }
    }
}
