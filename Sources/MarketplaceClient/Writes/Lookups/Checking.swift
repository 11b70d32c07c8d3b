import Marketplace

/// Compares what an order made of a subscription with what was asked for, once the order has ended: the one place where
/// that is done. What is found goes into the journal, and from there to the screen.
extension Client {
    /// When an order is looked at until it has ended, in seconds since it was taken. One that takes longer is looked at
    /// again when somebody who follows it sees its end, and when the program starts.
    private static let looks: [Double] = [2, 5, 10, 20, 40, 60, 120, 180, 240, 300, 600, 1200, 1800, 2700, 3600]
    /// Seconds after which an order is no longer compared.
    private static let checkedFor = 7 * 86_400.0

    /// Looks at the answer at once, and at the subscription as soon as the order has ended.
    /// - Parameter held: The subscription before.
    func watchOver(_ result: WriteResult, of intent: WriteIntent, held: SubscriptionDetail?, entry: String) async {
        switch (intent, result) {
        case (.place(let draft), .order(let order)):
            if case .change(let asked) = draft, let found = asked.verification(byAnswer: order, held: held) {
                await history.add(JournalRecord(id: entry, at: clock.now(), event: .checked(found)))
            }
            if AskedOrder(draft.json).isVerifiable { _ = checking(entry) }
        case (.change(_, let changes), .subscription(let detail)):
            if let found = changes.verification(by: detail) {
                await history.add(JournalRecord(id: entry, at: clock.now(), event: .checked(found)))
            }
        default: break
        }
    }

    /// The orders in the journal that were taken lately and whose subscriptions were not compared yet.
    func uncheckedOrders(in records: [JournalRecord]) -> [String] {
        let since = clock.now().adding(seconds: -Self.checkedFor)
        let taken = Set(records.lazy.filter { if case .ended(.taken) = $0.event { true } else { false } }.map(\.id))
        let checked = Set(records.lazy.filter(\.isLastCheck).map(\.id))
        return records.filter { record in
            guard case .intended(let intent) = record.event, record.at >= since, taken.contains(record.id),
                !checked.contains(record.id), case .order(let order) = AskedWrite(intent)
            else { return false }
            return order.isVerifiable
        }.map(\.id)
    }

    /// Compares the order `entry` of the journal once it has ended. Does not keep the client alive while it waits.
    func checking(_ entry: String) -> Task<Void, Never> {
        settlements.task(for: "check \(entry)") { [weak self, clock] in
            // Not by the time of day, which may step.
            let start = clock.steady()
            while !Task.isCancelled {
                guard await self?.check(entry) == false else { return }
                let age = clock.steady().seconds(since: start)
                guard let next = Self.looks.first(where: { $0 > age }) else { return }
                do { try await clock.sleep(seconds: next - age) } catch { return }
            }
        }
    }

    /// Compares once and now every order in the journal that has ended, whenever its next look would be due.
    public func verifyEndedOrders() async {
        guard let records = try? await history.records() else { return }
        for entry in uncheckedOrders(in: records) { _ = await check(entry) }
    }

    /// Somebody who follows the order has seen its end: whoever ordered it by this program waits for what it made.
    func verifySoon(_ order: Order.ID) {
        _ = settlements.task(for: "end of \(order)") { [weak self] in
            guard let self, let records = try? await self.history.records() else { return }
            let made = Set(records.lazy.filter { $0.made == order.rawValue }.map(\.id))
            for entry in self.uncheckedOrders(in: records) where made.contains(entry) { _ = await self.check(entry) }
        }
    }

    /// - Returns: Whether nothing more is to be looked at.
    private func check(_ entry: String) async -> Bool {
        guard let records = try? await history.records(),
            !records.contains(where: { $0.id == entry && $0.isLastCheck }),
            let begun = records.first(where: { $0.id == entry && $0.isIntent }),
            case .intended(let intent) = begun.event, case .order(let asked) = AskedWrite(intent),
            let made = records.lazy.compactMap({ $0.id == entry ? $0.made : nil }).first,
            let id = asked.subscription
        else { return true }
        // The answers that followers of the order get serve here too.
        guard let order = try? await orders.value(for: Order.ID(made)), order.status.isFinal else { return false }
        var found = Verification(.notCarriedOut, order: order.shownNumber, subscription: id)
        if order.status == .completed {
            do throws(MarketplaceError) {
                found = asked.verification(of: order, by: try await fresh(id), endedOn: intent.endedOn)
            } catch {
                found.verdict = .unread
                found.reason = error.message
                let isRecorded = records.last { $0.id == entry && $0.isCheck }?.event == .checked(found)
                if !isRecorded {
                    await history.add(JournalRecord(id: entry, at: clock.now(), event: .checked(found)))
                }
                return false
            }
        }
        await history.conclude(
            JournalRecord(
                id: entry, at: clock.now(), event: .checked(found),
                settledBy: "by reading subscription \(id) when the order had ended"))
        return true
    }
}

extension JournalRecord {
    var isCheck: Bool { if case .checked = event { true } else { false } }

    /// Whether it was written after the end of the order, so that nothing more is to be compared.
    var isLastCheck: Bool { isCheck && settledBy != nil }

    /// The id of what was made, when this says so.
    var made: String? { if case .ended(.taken(let made)) = event { made } else { nil } }
}
