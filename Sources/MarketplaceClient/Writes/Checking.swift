import FoundationEssentials
import Marketplace

/// Compares what a change of quantity came to with what was asked for: the request carries a total, the answer a
/// difference, and only the subscription tells which of them the marketplace understood (REFERENCE 10.2).
extension Client {
    /// When an order is looked at until it has ended, in seconds since it was taken. One that takes longer is looked at
    /// again when the program starts.
    private static let looks: [Double] = [2, 5, 10, 20, 40, 60, 120, 180, 240, 300, 600, 1200, 1800, 2700, 3600]
    /// Seconds after which an order is no longer compared.
    private static let checkedFor = 7 * 86_400.0

    /// Looks at the answer of a change at once, and at its subscription as soon as the order has ended.
    func watchOver(_ result: WriteResult, of intent: WriteIntent, held: SubscriptionDetail?, entry: String) async {
        guard case .place(.change(let asked)) = intent, case .order(let order) = result else { return }
        if let warning = Self.answerWarning(asked, order, held) {
            await history.add(JournalRecord(id: entry, at: clock.now(), event: .checked(warning: warning)))
        }
        if !asked.waitsForRenewal { _ = checking(entry) }
    }

    /// The changes of quantity in the journal that were taken lately and not compared yet.
    func uncheckedChanges(in records: [JournalRecord]) -> [String] {
        let since = clock.now().adding(seconds: -Self.checkedFor)
        let taken = Set(records.lazy.filter { if case .ended(.taken) = $0.event { true } else { false } }.map(\.id))
        let checked = Set(records.lazy.filter(\.isLastCheck).map(\.id))
        return records.filter { record in
            guard case .intended(let intent) = record.event, record.at >= since, taken.contains(record.id),
                !checked.contains(record.id), case .order(let order) = AskedWrite(intent)
            else { return false }
            return order.isChangeOfQuantity
        }.map(\.id)
    }

    /// Compares the change `entry` of the journal once its order has ended. Does not keep the client alive while it waits.
    func checking(_ entry: String) -> Task<Void, Never> {
        settlements.task(for: "check \(entry)") { [weak self, clock] in
            let start = clock.now()
            while !Task.isCancelled {
                guard await self?.check(entry) == false else { return }
                let age = clock.now().seconds(since: start)
                guard let next = Self.looks.first(where: { $0 > age }) else { return }
                do { try await clock.sleep(seconds: next - age) } catch { return }
            }
        }
    }

    /// - Returns: Whether nothing more is to be looked at.
    private func check(_ entry: String) async -> Bool {
        guard let records = try? await history.records(),
            let begun = records.first(where: { $0.id == entry && $0.isIntent }),
            case .intended(let intent) = begun.event, case .order(let asked) = AskedWrite(intent),
            let made = records.lazy.compactMap({ $0.id == entry ? $0.made : nil }).first,
            let id = asked.subscription
        else { return true }
        do throws(MarketplaceError) {
            // The answers to whoever follows the order serve here too.
            let order = try await orders.value(for: Order.ID(made))
            guard order.status.isFinal else { return false }
            let warning = order.status == .completed ? Self.warning(asked, try await fresh(id)) : nil
            await history.add(
                JournalRecord(
                    id: entry, at: clock.now(), event: .checked(warning: warning),
                    settledBy: "by reading subscription \(id) when the order had ended"))
            return true
        } catch {
            return false
        }
    }

    /// What an answer to a change says that was not asked for.
    private static func answerWarning(
        _ asked: ChangeOrder, _ order: Order, _ held: SubscriptionDetail?
    ) -> String? {
        for line in asked.lines {
            guard let answered = order.lines.first(where: { $0.mpn == line.product.mpn }) else { continue }
            switch order.meaning(ofQuantityIn: answered) {
            case .difference(let told):
                guard let before = held?.products.first(where: { $0.mpn == line.product.mpn })?.quantity else {
                    continue
                }
                let meant = line.quantity.difference(from: before)
                if told == meant { continue }
                return "The marketplace answered a difference of \(told) for \(line.product.mpn), not \(meant): "
                    + "subscription \(asked.subscription) may come to hold another number of units than the "
                    + "\(line.quantity.total) asked for. Read it again when the order has ended."
            case .totalAtRenewal(let total) where total != Decimal(line.quantity.total):
                return
                    "The marketplace answered \(total.grouped(fractionDigits: 0)) units of \(line.product.mpn) from the "
                    + "renewal on, not the \(line.quantity.total) asked for. Withdraw the order while it is open."
            case .totalAtRenewal, .units, nil: continue
            }
        }
        return nil
    }

    /// What a subscription holds that was not asked for.
    private static func warning(_ asked: AskedOrder, _ detail: SubscriptionDetail) -> String? {
        for line in asked.lines {
            guard let wanted = line.quantity,
                let held = detail.products.first(where: { held in
                    held.product != nil && held.product == line.product || held.mpn == line.mpn
                })?.quantity, Decimal(held) != wanted
            else { continue }
            return "Subscription \(detail.subscription.id) holds \(held) units of \(line.mpn), not the "
                + "\(wanted.grouped(fractionDigits: 0)) asked for. Look for another change of it before you change it again."
        }
        return nil
    }
}

extension AskedOrder {
    fileprivate var isChangeOfQuantity: Bool {
        kind == .change && !isPlanSwitch && !waitsForRenewal && subscription != nil
            && lines.contains { $0.quantity != nil }
    }
}

extension JournalRecord {
    /// Whether it was written after the end of the order, so that nothing more is to be compared.
    fileprivate var isLastCheck: Bool { if case .checked = event { settledBy != nil } else { false } }

    /// The id of what was made, when this says so.
    var made: String? { if case .ended(.taken(let made)) = event { made } else { nil } }
}
