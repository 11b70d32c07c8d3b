import Marketplace
import Synchronization

/// The tasks that settle writes, one for each write, so that none is looked up twice at a time. Deinit cancels them.
final class Settlements: Sendable {
    private let tasks = Mutex<[String: Task<Void, Never>]>([:])
    /// When each write was first looked for, by the steady time, and its age then.
    private let firstLooks = Mutex<[String: (at: Instant, age: Double)]>([:])

    deinit { for task in tasks.withLock({ $0.values }) { task.cancel() } }

    /// For how many seconds before `now` the outcome of the write `id` has been unknown. From the first look on they are
    /// counted by the steady time: a step forward of the time of day would call a write not taken too early.
    func age(of id: String, at now: Instant, atFirstLook age: Double) -> Double {
        firstLooks.withLock { looks in
            let first = looks[id] ?? (now, age)
            looks[id] = first
            return first.age + now.seconds(since: first.at)
        }
    }

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

/// When a write of unknown outcome is looked up, and when it is certain that it was not taken.
enum Settling {
    /// Seconds after the outcome was found to be unknown, ascending: the back-off of the lookups.
    static let looks: [Double] = [2, 5, 15, 60, 180, 600, 1800, 7200, 21_600, 86_400]

    /// Seconds after which a write that cannot be found counts as not taken.
    static let certainty = JournalEntry.secondsToShow

    /// The same for a write that the marketplace had accepted and may still carry out.
    static let certaintyOfAccepted = 86_400.0

    /// Seconds from a look until the next one; nil when a further look would not help.
    /// - Parameters:
    ///   - age: Seconds since the outcome was found to be unknown, when the look began.
    ///   - count: Looks so far. The pauses grow with them too, so that a stopped clock leads to no more looks.
    static func pause(after age: Double, looks count: Int) -> Double? {
        let place = max(looks.firstIndex { $0 > age } ?? looks.count, count - 1)
        guard looks.indices.contains(place) else { return nil }
        // Never longer than between two looks, whatever the clocks did.
        let pause = place == 0 ? looks[0] : looks[place] - looks[place - 1]
        return looks[place] > age ? min(pause, looks[place] - age) : pause
    }
}

/// What a look at the marketplace says of a write.
enum LookupResult: Hashable, Sendable {
    /// It is there. `how` says by what it was recognised; a sentence without its full stop. `warning` says what else a
    /// person must know; whole sentences.
    case taken(made: String?, how: String, warning: String? = nil)
    /// All of what it would have changed was read, and it is not there. `how` says what was read; `isOpen` whether it can
    /// still come about once the marketplace has accepted it.
    case absent(how: String, isOpen: Bool = false)
    /// The look decided nothing. The reason says what to do; whole sentences.
    case unclear(reason: String)
}

extension Client {
    /// Settles a write, with growing pauses, for a day. Does not keep the client alive while it waits.
    func settling(_ id: String) -> Task<Void, Never> {
        settlements.task(for: id) { [weak self, clock] in
            var looks = 0
            while !Task.isCancelled {
                let began = clock.steady()
                guard let age = await self?.look(for: id) else { return }
                looks += 1
                guard let pause = Settling.pause(after: age, looks: looks) else { return }
                // Counted from when the look began: one whose time came meanwhile (a laptop slept) is made up for.
                let wait = max(0, pause - max(0, clock.steady().seconds(since: began)))
                do { try await clock.sleep(seconds: wait) } catch { return }
            }
        }
    }

    /// Looks once for the write `id` and writes down what was found.
    /// - Returns: For how many seconds its outcome had been unknown when the look began; nil when it is settled.
    func look(for id: String) async -> Double? {
        guard let records = try? await history.records(),
            let begun = records.first(where: { $0.id == id && $0.isIntent }),
            !records.contains(where: { $0.id == id && $0.isFinal }), await !history.isUnderWay(id)
        else { return nil }
        let began = clock.steady()
        // Only a record that bears the marketplace's clock can be counted from, by another program too.
        let unknown = records.first { $0.id == id && $0.isUnknown && $0.secondsAhead != nil }
        let last = records.last { $0.id == id && $0.isUnknown }
        var isCounted = unknown != nil
        // From now on it is certain that nothing of it is still to be sent.
        if last == nil {
            isCounted = connection.secondsAhead != nil
            await add(unknown: JournalRecord.endedEarly, to: id)
        }
        let result = await look(for: begun, among: records)
        // The clocks are read together, and the time that the look took is taken off again.
        let unknownFor = unknown?.age(at: clock.now(), secondsAheadNow: connection.secondsAhead)
        let took = clock.steady().seconds(since: began)
        let age = settlements.age(of: id, at: began, atFirstLook: max(0, (unknownFor ?? 0) - took))
        let isAccepted = records.contains { $0.id == id && $0.isAccepted }
        do {
            switch result {
            case .taken(let made, let how, let warning):
                try await history.settle(record(id, .taken(id: made), how))
                if let warning { await note(warning, about: id) }
                let asked = begun.intent.map { AskedWrite($0) } ?? .other
                makeStale(after: asked)
                if let records = try? await history.records(), uncheckedOrders(in: records).contains(id) {
                    _ = checking(id)
                }
                return nil
            case .absent(let how, let isOpen)
            where age >= (isAccepted && isOpen ? Settling.certaintyOfAccepted : Settling.certainty):
                try await history.settle(record(id, .refused(reason: "It was not taken: \(how)."), how))
                return nil
            case .absent:
                guard !isCounted, connection.secondsAhead != nil else { break }
                await add(unknown: last?.unknownReason ?? JournalRecord.endedEarly, to: id)
            case .unclear(let reason):
                let isToBeCounted = !isCounted && connection.secondsAhead != nil
                if last?.unknownReason != reason || isToBeCounted { await add(unknown: reason, to: id) }
            }
        } catch {
            // Without a journal nothing can be settled; the next look tries again.
        }
        return age
    }

    /// Writes down what a person must know of a write that was taken.
    func note(_ warning: String, about id: String) async {
        await history.add(JournalRecord(id: id, at: clock.now(), event: .noticed(warning)))
    }

    private func record(_ id: String, _ outcome: JournalRecord.Outcome, _ how: String) -> JournalRecord {
        JournalRecord(
            id: id, at: clock.now(), event: .ended(outcome), settledBy: how, secondsAhead: connection.secondsAhead)
    }

    private func add(unknown reason: String, to id: String) async {
        await history.add(
            JournalRecord(
                id: id, at: clock.now(), event: .ended(.unknown(reason: reason)), secondsAhead: connection.secondsAhead)
        )
    }

    private func makeStale(after asked: AskedWrite) {
        switch asked {
        case .order(let order): makeOrdersStale(of: order.customer ?? "", subscription: order.subscription)
        case .withdrawal(let id), .creditCheck(_, let id): orders.makeStale { $0 == id }
        case .subscription(let id, _), .specialPrices(let id, _): makeStale(id)
        case .newAccount: accountLists.makeStale { _ in true }
        case .account(let key, _): makeStale(key)
        case .report: reportLists.makeStale { _ in true }
        case .other: break
        }
    }
}

extension JournalRecord {
    /// The intents of unknown outcome, oldest first.
    static func unsettled(in records: [JournalRecord]) -> [String] {
        let settled = Set(records.lazy.filter(\.isFinal).map(\.id))
        var seen: Set<String> = []
        return records.filter { $0.isIntent && !settled.contains($0.id) && seen.insert($0.id).inserted }.map(\.id)
    }

    /// Whether it is, or may be, the intent of a write.
    var isIntent: Bool {
        switch event {
        case .intended: true
        case .damaged(let line): !line.isOutcome
        case .ended, .checked, .noticed: false
        }
    }

    /// The intent, when this is its record and can be relied on.
    var intent: Intent? { if case .intended(let intent) = event { intent } else { nil } }

    var isUnknown: Bool { if case .ended(.unknown) = event { true } else { false } }
}

extension JournalRecord {
    /// Why the outcome was unknown; nil of other records.
    fileprivate var unknownReason: String? {
        if case .ended(.unknown(let reason)) = event { reason } else { nil }
    }
}
