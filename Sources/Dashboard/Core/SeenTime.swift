import Marketplace

/// Until when the person has seen the marketplace in this session: the time of the latest read of all its orders or
/// subscriptions that came before a key, by the marketplace's clock. What is read while nobody is there is not seen, and
/// what is read of one account says nothing of the others.
struct SeenTime {
    private var read: Instant?
    private var kept: Instant?

    /// It is not kept more often than this: a crash takes so much of it at most.
    private static let secondsBetween = 60.0

    mutating func note(_ event: Event, _ model: Model) {
        let readAt: Instant? =
            switch event {
            case .overview(let query, let latest): query.scope == .all ? latest.readAt : nil
            case .orders(let query, let latest): query == OrderQuery() ? latest.readAt : nil
            case .subscriptions(let query, let latest): query == SubscriptionQuery() ? latest.readAt : nil
            default: nil
            }
        guard let moment = readAt?.adding(seconds: model.offsets.marketplaceAhead) else { return }
        read = read.map { max($0, moment) } ?? moment
    }

    /// A key was pressed.
    /// - Returns: What is to be kept of it.
    mutating func save(isLeaving: Bool) -> [Effect] {
        guard let read, read != kept else { return [] }
        if let kept, !isLeaving, read.seconds(since: kept) < Self.secondsBetween { return [] }
        kept = read
        return [.saveSession(read)]
    }
}
