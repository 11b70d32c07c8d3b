/// What subscriptions bring and cost, as far as their details were read. It holds little of each, so that it can hold all
/// of them, also where the details themselves had to be forgotten.
public struct ReadCharges: Sendable {
    private struct Entry {
        var charges: SubscriptionCharges
        /// The day of its last change, as the detail had it.
        var modified: CalendarDate?
        /// The day on which it was read; nil where nobody asks for it.
        var readOn: CalendarDate?
    }

    private var entries: [Subscription.ID: Entry] = [:]
    /// Changes with what was read.
    public private(set) var version = 0

    public init() {}

    public var count: Int { entries.count }

    /// - Parameter day: On which it was read, in UTC as the marketplace's days of change.
    public mutating func take(_ detail: SubscriptionDetail, on day: CalendarDate? = nil) {
        version += 1
        entries[detail.subscription.id] = Entry(
            charges: SubscriptionCharges(detail), modified: detail.subscription.modified, readOn: day)
    }

    /// Forgets what was changed since it was read.
    /// - Parameter id: Nil for all.
    public mutating func drop(_ id: Subscription.ID?) {
        version += 1
        if let id { entries[id] = nil } else { entries = [:] }
    }

    /// Nil where it was not read, or where the row of the list says a later day of change than what was read.
    public subscript(row: Subscription) -> SubscriptionCharges? {
        entry(row.id, modified: row.modified)?.charges
    }

    /// Whether a subscription is to be read: its charges are not here, or it was read on the day of its last change and
    /// that day is over. It may have changed once more on that day, which the list does not show.
    /// - Parameter modified: The day of its last change, as the list has it.
    public func lacks(_ id: Subscription.ID, modified: CalendarDate?, today: CalendarDate) -> Bool {
        guard let entry = entry(id, modified: modified) else { return true }
        guard let readOn = entry.readOn, let changed = entry.modified else { return false }
        return changed >= readOn && changed < today
    }

    private func entry(_ id: Subscription.ID, modified: CalendarDate?) -> Entry? {
        guard let entry = entries[id] else { return nil }
        if let latest = modified, let read = entry.modified, latest > read { return nil }
        return entry
    }
}
