import Marketplace

/// A write of the journal that asks for the same as another one: same kind, same customer, same lines. The PO number may
/// differ.
struct Twin: Hashable, Sendable {
    /// Of its entry in the journal.
    var id: String
    var at: Instant
    var name: String
    var poNumber: String?
    /// What it made, when the journal says that.
    var made: String?
    /// Whether its outcome is unknown yet, because it is under way or its answer was lost.
    var isOpen: Bool
    /// Whether it creates something each time it is sent: it is not idempotent.
    var isCreation: Bool

    /// Whether the person who agreed to repeat `agreed` has not seen this one.
    func isNew(to agreed: Set<String>?) -> Bool {
        guard let agreed, isCreation else { return false }
        return !agreed.contains(id)
    }

    /// The equal writes of the same user at the same marketplace that are open, however old, or that were taken in the
    /// last 24 hours; oldest first.
    ///
    /// An idempotent write, which sets a state and creates nothing, counts as open only until its answer cannot come any
    /// more: sending it twice does no harm, and an outcome that can never be found out must not block it for good.
    static func all(of intent: JournalRecord.Intent, in records: [JournalRecord], now: Instant) -> [Twin] {
        let since = now.adding(seconds: -WriteGate.twinWindow)
        var twins: [Twin] = []
        var places: [String: Int] = [:]
        var refused: Set<String> = []
        let likeness = intent.likeness
        let sender = JournalReader(intent)
        for record in records {
            if case .intended(let other) = record.event {
                guard other.method == intent.method, other.path == intent.path, other.customer == intent.customer,
                    other.likeness == likeness, places[record.id] == nil, sender.sent(other)
                else { continue }
                places[record.id] = twins.count
                twins.append(
                    Twin(
                        id: record.id, at: record.at, name: other.name ?? AskedWrite(other).name(path: other.path),
                        poNumber: other.poNumber, isOpen: true, isCreation: AskedWrite(other).isCreation))
            } else if case .damaged(let line) = record.event, line.mayBe(intent), places[record.id] == nil {
                places[record.id] = twins.count
                twins.append(
                    Twin(
                        id: record.id, at: record.at,
                        name: "write in line \(line.number) of the journal, which is damaged,",
                        poNumber: line.value(of: "poNumber"), isOpen: true, isCreation: true))
            } else if let place = places[record.id], case .ended(let outcome) = record.event {
                switch outcome {
                case .taken(let made):
                    twins[place].isOpen = false
                    twins[place].made = twins[place].made ?? made
                    refused.remove(record.id)
                case .refused:
                    if twins[place].isOpen { refused.insert(record.id) }
                    twins[place].isOpen = false
                case .unknown: break
                }
            }
        }
        for place in twins.indices where !twins[place].isCreation {
            twins[place].isOpen = twins[place].isOpen && now.seconds(since: twins[place].at) < Settling.certainty
        }
        return twins.filter { !refused.contains($0.id) && ($0.isOpen || $0.at >= since) }
    }
}

extension JournalRecord.Intent {
    /// The other writes of unknown outcome on the same subscription, account or order,
    /// as sentences without their full stops. Equal ones are no neighbours but twins.
    /// - Parameter records: Of the same user.
    func unsettledNeighbours(in records: [JournalRecord]) -> [String] {
        let open = Set(JournalRecord.unsettled(in: records))
        let likeness = likeness
        return records.compactMap { record in
            guard case .intended(let other) = record.event, open.contains(record.id), other.likeness != likeness,
                subscription != nil && other.subscription == subscription || method == "PATCH" && other.path == path
            else { return nil }
            return
                "A \(other.name ?? AskedWrite(other).name(path: other.path)) was sent on \(record.at.spoken) UTC and "
                + "nobody knows yet whether it was taken: it may still come and change what this one makes"
        }
    }

    /// The equal writes of other users at the same marketplace that are open, as sentences without their full stops: they
    /// may be taken as well as this one.
    func openTwinsOfOthers(in records: [JournalRecord], now: Instant) -> [String] {
        let sender = JournalReader(self)
        var users: [String: String] = [:]
        let theirs = records.map { record in
            guard case .intended(var other) = record.event, place != nil, other.place != nil,
                case .user(let user) = sender.sender(of: other)
            else { return record }
            users[record.id] = user
            other.user = self.user
            return JournalRecord(id: record.id, at: record.at, event: .intended(other))
        }
        return Twin.all(of: self, in: theirs, now: now).compactMap { twin in
            guard twin.isOpen, let user = users[twin.id] else { return nil }
            return
                "\(user) sent an equal \(twin.name) on \(twin.at.spoken) UTC, and this journal does not say yet whether it "
                + "was taken"
        }
    }

    /// The request without what may differ between two that ask for the same.
    fileprivate var likeness: String {
        guard poNumber != nil, let json = try? JSONValue(parsing: Array(request.utf8)),
            case .object(let members) = json
        else { return request }
        return JSONValue.object(members.filter { $0.name != "poNumber" }).encoded
    }
}

extension AskedWrite {
    fileprivate var isCreation: Bool {
        switch self {
        case .order, .newAccount, .report: true
        case .withdrawal, .creditCheck, .subscription, .specialPrices, .account, .other: false
        }
    }
}
