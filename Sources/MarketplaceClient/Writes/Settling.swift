import Marketplace
import Synchronization

/// The settlings that are going on, so that no write is looked up twice at a time. Ends them with itself.
final class Settlements: Sendable {
    private let tasks = Mutex<[String: Task<Void, Never>]>([:])

    deinit { for task in tasks.withLock({ $0.values }) { task.cancel() } }

    /// The task that settles `id`; begins `body` when there is none.
    func task(for id: String, _ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        tasks.withLock { tasks in
            if let task = tasks[id] { return task }
            let task = Task { [weak self] in
                await body()
                self?.tasks.withLock { _ = $0.removeValue(forKey: id) }
            }
            tasks[id] = task
            return task
        }
    }
}

/// When a write without an answer is looked up, and when it is certain that it was not taken.
enum Settling {
    /// Seconds after it became known that no answer would come.
    static let looks: [Double] = [2, 5, 15, 60, 180, 600, 1800, 7200, 21_600, 86_400]

    /// Only after so many seconds is a write that cannot be found called not taken.
    static let certainty = JournalEntry.secondsToShow
}

/// What a look at the marketplace says of a write.
enum Finding: Hashable, Sendable {
    /// It is there. `how` says by what it was recognised; a sentence without its full stop.
    case taken(made: String?, how: String)
    /// All of what it would have changed was read, and it is not there. `how` says what was read.
    case absent(how: String)
    /// The look did not tell. The reason says what to do; whole sentences.
    case unclear(reason: String)
}

extension Client {
    /// Settles a write, with patience. Does not keep the client alive while it waits.
    func settling(_ id: String) -> Task<Void, Never> {
        settlements.task(for: id) { [weak self, clock] in
            while !Task.isCancelled {
                let looked = clock.now()
                guard let openSince = await self?.look(for: id) else { return }
                // Counted from when the look began: one whose time came meanwhile (a laptop slept) is made up for.
                let age = looked.seconds(since: openSince)
                guard let next = Settling.looks.first(where: { $0 > age }) else { return }
                let wait = max(0, next - clock.now().seconds(since: openSince))
                do { try await clock.sleep(seconds: wait) } catch { return }
            }
        }
    }

    /// Looks once for the write `id` and writes down what was found.
    /// - Returns: Since when it is known that no answer comes; nil when it is settled, or another look would not help.
    func look(for id: String) async -> Instant? {
        guard let records = try? await history.records(),
            let begun = records.first(where: { $0.id == id && $0.isIntent }), case .intended(let intent) = begun.event,
            !records.contains(where: { $0.id == id && $0.isFinal }), await !history.isUnderWay(id)
        else { return nil }
        let now = clock.now()
        var openSince = records.first { $0.id == id && $0.isUnknown }?.at
        if openSince == nil {
            // From now on it is certain that nothing of it is still to be sent.
            await add(unknown: JournalRecord.endedEarly, to: id)
            openSince = now
        }
        guard let openSince else { return nil }
        do {
            switch await find(intent, id: id, at: begun.at, among: records) {
            case .taken(let made, let how):
                try await history.settle(record(id, .taken(id: made), how))
                makeStale(after: AskedWrite(intent))
                if let records = try? await history.records(), uncheckedChanges(in: records).contains(id) {
                    _ = checking(id)
                }
                return nil
            case .absent(let how) where now.seconds(since: openSince) >= Settling.certainty:
                try await history.settle(record(id, .refused(reason: "It was not taken: \(how)."), how))
                return nil
            case .absent: break
            case .unclear(let reason):
                let last = records.last { $0.id == id && $0.isUnknown }
                if last?.event != .ended(.unknown(reason: reason)) { await add(unknown: reason, to: id) }
            }
        } catch {
            // Without a journal nothing can be settled; the next look tries again.
        }
        return openSince
    }

    private func record(_ id: String, _ outcome: JournalRecord.Outcome, _ how: String) -> JournalRecord {
        JournalRecord(id: id, at: clock.now(), event: .ended(outcome), settledBy: how)
    }

    private func add(unknown reason: String, to id: String) async {
        await history.add(JournalRecord(id: id, at: clock.now(), event: .ended(.unknown(reason: reason))))
    }

    private func makeStale(after asked: AskedWrite) {
        switch asked {
        case .order(let order): makeOrdersStale(of: order.customer ?? "", subscription: order.subscription)
        case .withdrawal(let id), .creditCheck(_, let id): orders.makeStale { $0 == id }
        case .subscription(let id, _), .specialPrices(let id, _): subscriptions.makeStale { $0 == id }
        case .newAccount: accountLists.makeStale { _ in true }
        case .account(let key, _): makeStale(key)
        case .report: reportLists.makeStale { _ in true }
        case .other: break
        }
    }
}

extension JournalRecord {
    /// The intents whose outcome nobody knows, oldest first.
    static func unsettled(in records: [JournalRecord]) -> [String] {
        let settled = Set(records.lazy.filter(\.isFinal).map(\.id))
        var seen: Set<String> = []
        return records.filter { $0.isIntent && !settled.contains($0.id) && seen.insert($0.id).inserted }.map(\.id)
    }

    var isIntent: Bool { if case .intended = event { true } else { false } }
    var isUnknown: Bool { if case .ended(.unknown) = event { true } else { false } }
}
