import Marketplace

/// What orders of this session should make of subscriptions. An answer to a change tells only a difference, so each is
/// checked by reading the subscription again once its order has ended (REFERENCE 10.2).
struct Expectations {
    enum Wish: Equatable {
        case units(mpn: String, vendor: String, total: Int)
        case ended
    }

    struct Entry: Equatable {
        var order: Order.ID
        var label: String
        var subscription: Subscription.ID
        var wish: Wish
        /// When the order had ended; what was read of the subscription before tells nothing.
        var endedAt: Moment?
    }

    private(set) var entries: [Entry] = []

    /// Subscriptions that must be read.
    var requests: [DataQuery] { entries.filter { $0.endedAt != nil }.map { .subscription($0.subscription) } }

    /// - Returns: What to do at once, when the order has ended already.
    mutating func expect(_ order: Order, of intent: WriteIntent, _ model: Model) -> [Reaction] {
        let entry: Entry
        switch intent {
        case .place(.change(let change)) where !change.waitsForRenewal && change.lines.count == 1:
            let line = change.lines[0]
            entry = Entry(
                order: order.id, label: order.label, subscription: change.subscription,
                wish: .units(mpn: line.product.mpn, vendor: line.product.vendor, total: line.quantity.total))
        case .place(.cancellation(let cancellation)):
            entry = Entry(
                order: order.id, label: order.label, subscription: cancellation.subscription, wish: .ended)
        default: return []
        }
        entries.append(entry)
        return take(order, model)
    }

    mutating func receive(_ event: Event, _ model: Model) -> [Reaction] {
        switch event {
        case .order(_, let snapshot): return snapshot.value.map { take($0, model) } ?? []
        case .subscription(let id, let snapshot): return take(snapshot, of: id, model)
        default: return []
        }
    }

    private mutating func take(_ order: Order, _ model: Model) -> [Reaction] {
        guard order.status.isFinal,
            let place = entries.firstIndex(where: { $0.order == order.id && $0.endedAt == nil })
        else { return [] }
        guard order.status == .completed else {
            entries.remove(at: place)
            return []
        }
        entries[place].endedAt = model.moment
        return [.effect(.refresh(.subscription(entries[place].subscription)))]
    }

    private mutating func take(
        _ snapshot: Snapshot<SubscriptionDetail>, of id: Subscription.ID, _ model: Model
    ) -> [Reaction] {
        guard !snapshot.isLoading else { return [] }
        var reactions: [Reaction] = []
        entries.removeAll { entry in
            guard entry.subscription == id, let endedAt = entry.endedAt else { return false }
            if let failure = snapshot.failure {
                reactions.append(
                    .say(
                        Notice(
                            .warning,
                            "Order \(entry.label) completed, but subscription \(id) could not be read to see it: "
                                + failure.message)))
                return true
            }
            guard let detail = snapshot.value, let readAt = snapshot.readAt, model.moment(of: readAt) >= endedAt else {
                return false
            }
            reactions.append(.say(entry.verdict(on: detail)))
            return true
        }
        return reactions
    }
}

extension Expectations.Entry {
    fileprivate func verdict(on detail: SubscriptionDetail) -> Notice {
        switch wish {
        case .units(let mpn, let vendor, let total):
            let held = detail.products.first { $0.mpn == mpn && $0.vendor == vendor }?.quantity
            if held == total {
                return Notice(
                    .done, "Order \(label) completed: subscription \(subscription) holds \(counted(total, "unit")) now."
                )
            }
            let told = held.map { counted($0, "unit") } ?? "no number of units"
            return Notice(
                .warning,
                "Order \(label) completed, but subscription \(subscription) shows \(told), not \(grouped(total)). Read it "
                    + "again in a moment; if it stays so, ask the marketplace's support.")
        case .ended:
            let status = detail.subscription.status
            if status == .terminated || status == .removed {
                return Notice(.done, "Order \(label) completed: subscription \(subscription) is \(status.word).")
            }
            return Notice(
                .warning, "Order \(label) completed, but subscription \(subscription) is still \(status.word).")
        }
    }
}
