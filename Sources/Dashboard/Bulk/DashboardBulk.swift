import Marketplace
import Screen

/// The bulk change in front of the views.
extension Dashboard {
    /// Whether a form or a bulk change is in front.
    var isWriting: Bool { flow != nil || bulk != nil }

    /// Opens a bulk change of these rows, unless nothing may be written with this profile.
    mutating func open(_ act: BulkAct, _ rows: [Subscription]) {
        model.formCount += 1
        show(BulkFlow(act, rows, model))
    }

    mutating func show(_ latest: BulkFlow) {
        if let reason = model.readOnlyRefusal {
            notice = Notice(.warning, reason)
        } else {
            bulk = latest
        }
    }

    mutating func toBulk(_ event: Event) -> [Reaction] {
        let model = model
        return bulk?.update(event, model) ?? []
    }

    /// What it reads beside what it asks through its effects.
    func bulkQueries(_ bulk: BulkFlow) -> [DataQuery] {
        var requests: [DataQuery] = bulk.rows.compactMap { row in
            if case .reading = row.state { .subscription(row.id) } else { nil }
        }
        if model.customer == nil { requests.append(.accounts(SubscriptionsPane.names(model))) }
        return requests
    }

    /// Back to the list: rows that were taken lose their marks, and are read again when they are in view.
    mutating func leave(_ left: BulkFlow) {
        bulk = nil
        let taken = left.rows.filter(\.isTaken).map(\.id)
        for id in taken { subscriptions.list.marks.set(id, false) }
        model.forget(taken)
        guard left.savedAt != nil else { return }
        let key = model.keymap.name(of: .drafts)
        let isBegun = left.rows.contains(where: \.isSent)
        notice = Notice(
            .info,
            isBegun
                ? "The rest is kept as a draft. \(key) lists the drafts."
                : "Kept as a draft, nothing was sent. \(key) lists the drafts.")
    }
}
