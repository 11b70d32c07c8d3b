/// What subscriptions bring and cost, as far as their details were read. It holds little of each, so that it can hold all
/// of them, also where the details themselves had to be forgotten.
public struct ReadCharges: Sendable {
    private struct Entry {
        var charges: SubscriptionCharges
        /// The day of its last change, as the detail had it.
        var modified: CalendarDate?
    }

    private var entries: [Subscription.ID: Entry] = [:]
    /// Changes with what was read.
    public private(set) var version = 0

    public init() {}

    public var count: Int { entries.count }

    public mutating func take(_ detail: SubscriptionDetail) {
        version += 1
        entries[detail.subscription.id] = Entry(
            charges: SubscriptionCharges(detail), modified: detail.subscription.modified)
    }

    /// Forgets what was changed since it was read.
    /// - Parameter id: Nil for all.
    public mutating func drop(_ id: Subscription.ID?) {
        version += 1
        if let id { entries[id] = nil } else { entries = [:] }
    }

    /// Nil where it was not read, or where the row of the list says a later day of change than what was read.
    public subscript(row: Subscription) -> SubscriptionCharges? {
        guard let entry = entries[row.id] else { return nil }
        if let latest = row.modified, let read = entry.modified, latest > read { return nil }
        return entry.charges
    }
}
