import Marketplace

extension JournalEntry {
    /// The writes in `records`, newest first.
    ///
    /// Several outcomes of one intent can stand in a journal: an unknown one and how it was settled, or two that
    /// programs found at the same time. That it was taken outweighs everything, that it was refused outweighs that
    /// nobody knew.
    /// - Parameters:
    ///   - underWay: The intents whose answer is still awaited.
    ///   - reader: Who is shown them.
    static func all(in records: [JournalRecord], underWay: Set<String>, for reader: JournalReader) -> [JournalEntry] {
        var entries: [JournalEntry] = []
        var places: [String: Int] = [:]
        var notices: [Int: [String]] = [:]
        for record in records {
            switch record.event {
            case .intended(let intent):
                guard places[record.id] == nil else { continue }
                places[record.id] = entries.count
                entries.append(
                    JournalEntry(
                        record, intent, isUnderWay: underWay.contains(record.id), sender: reader.sender(of: intent)))
            case .ended(let outcome):
                guard let place = places[record.id] else { continue }
                entries[place].end(outcome, record)
            case .checked(let verification):
                guard let place = places[record.id], !entries[place].isVerified else { continue }
                entries[place].verification = verification
                entries[place].isVerified = record.isLastCheck
                entries[place].warning = verification.warning
            case .noticed(let notice):
                guard let place = places[record.id], notices[place]?.contains(notice) != true else { continue }
                notices[place, default: []].append(notice)
            case .damaged(let line):
                if line.isOutcome {
                    guard let place = places[record.id] ?? entries.indices.last else { continue }
                    notices[place, default: []].append(
                        "Line \(line.number) of \(line.path) is damaged; it is about this write or one beside it.")
                } else if places[record.id] == nil {
                    places[record.id] = entries.count
                    entries.append(JournalEntry(record, line))
                }
            }
        }
        for (place, notices) in notices {
            entries[place].warning = (notices + [entries[place].warning].compactMap(\.self)).joined(separator: " ")
        }
        return entries.reversed()
    }

    /// The intents without a record of their outcome.
    static func withoutOutcome(in records: [JournalRecord]) -> [String] {
        var open: [String] = []
        var ended: Set<String> = []
        for record in records {
            switch record.event {
            case .intended: open.append(record.id)
            case .ended: ended.insert(record.id)
            case .checked, .noticed, .damaged: break
            }
        }
        return open.filter { !ended.contains($0) }
    }

    private init(_ record: JournalRecord, _ line: DamagedLine) {
        self.init(
            id: ID(record.id), at: record.at, profile: line.value(of: "profile") ?? "",
            name: line.value(of: "name") ?? "damaged line of the journal", customer: line.customer,
            subscription: line.value(of: "subscription").map { Subscription.ID($0) },
            poNumber: line.value(of: "poNumber"), method: line.value(of: "method") ?? "",
            path: line.value(of: "path") ?? "", request: line.text, outcome: .unknown(reason: line.reason))
    }

    private init(_ record: JournalRecord, _ intent: JournalRecord.Intent, isUnderWay: Bool, sender: Sender) {
        self.init(
            id: ID(record.id), at: record.at, profile: intent.profile, user: intent.user, sender: sender,
            isTakenOver: intent.isTakenOver,
            name: intent.name ?? AskedWrite(intent).name(path: intent.path), customer: intent.customer,
            subscription: intent.subscription, poNumber: intent.poNumber, changes: intent.changes,
            method: intent.method, path: intent.path, request: intent.request,
            outcome: isUnderWay ? .sending : .unknown(reason: JournalRecord.endedEarly), group: intent.group,
            intent: intent.intentID)
    }

    private mutating func end(_ outcome: JournalRecord.Outcome, _ record: JournalRecord) {
        correlationID = correlationID ?? record.correlationID
        switch (outcome, self.outcome) {
        case (.taken(let id), let before):
            if case .taken = before { return }
            self.outcome = .taken(made: id)
        case (_, .taken), (_, .refused): return
        case (.refused(let reason), _): self.outcome = .refused(reason: reason)
        case (.unknown(let reason), _): self.outcome = .unknown(reason: reason)
        }
        endedAt = record.at
        settledBy = record.settledBy
    }
}

extension JournalRecord {
    /// Why the outcome of an intent without one is unknown.
    static let endedEarly = "The program ended before the answer came."
}
