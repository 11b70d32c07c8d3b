import Marketplace
import Screen

/// The bulk change in front of the views.
extension Dashboard {
    /// Whether a form or a bulk change is in front.
    var isWriting: Bool { flow != nil || bulk != nil }

    /// Opens a bulk change of these rows, unless nothing may be written with this profile.
    mutating func open(_ act: BulkAct, _ rows: [Subscription]) {
        known.formCount += 1
        show(BulkFlow(act, rows, known))
    }

    mutating func show(_ latest: BulkFlow) {
        if let reason = known.readOnlyRefusal {
            notice = Notice(.warning, reason)
        } else {
            bulk = latest
        }
    }

    mutating func toBulk(_ event: Event) -> [Reaction] {
        let known = known
        return bulk?.update(event, known) ?? []
    }

    /// What it reads beside what it asks through its effects.
    func bulkRequests(_ bulk: BulkFlow) -> [Request] {
        var requests: [Request] = bulk.rows.compactMap { row in
            if case .reading = row.state { .subscription(row.id) } else { nil }
        }
        if known.customer == nil { requests.append(.accounts(SubscriptionsPane.names(known))) }
        return requests
    }

    /// Back to the list: rows that were taken lose their marks, and are read again when they are in view.
    mutating func leave(_ left: BulkFlow) {
        bulk = nil
        let taken = left.rows.filter(\.isTaken).map(\.id)
        for id in taken { subscriptions.list.marks.set(id, false) }
        known.forget(taken)
        guard left.savedAt != nil else { return }
        let key = known.keymap.name(of: .drafts)
        let isBegun = left.rows.contains(where: \.isSent)
        notice = Notice(
            .info,
            isBegun
                ? "The rest is kept as a draft. \(key) lists the drafts."
                : "Kept as a draft, nothing was sent. \(key) lists the drafts.")
    }
}
