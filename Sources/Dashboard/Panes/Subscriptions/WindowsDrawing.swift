import Marketplace
import Screen

extension Model {
    /// What can still be undone of a subscription, by the rule of its vendor; nil where there is none.
    func windows(of detail: SubscriptionDetail) -> SubscriptionWindows? {
        SubscriptionWindows(
            of: detail, orders: subscriptionOrders[detail.subscription.id]?.map { orders[$0.id] ?? $0 },
            rules: profile.vendorRules, now: marketplaceNow, today: today)
    }

    /// The changes that decide it and whose lines are not read.
    func windowQueries(of detail: SubscriptionDetail) -> [DataQuery] {
        guard windows(of: detail)?.units == .notRead,
            let hours = profile.vendorRules[detail]?.hoursToTakeAway
        else { return [] }
        let first = marketplaceNow.adding(seconds: Double(-hours) * 3600)
        return (subscriptionOrders[detail.subscription.id] ?? []).filter { order in
            order.kind == .change && orders[order.id] == nil && order.carriedOut.map { $0 > first } ?? false
        }.map { .order($0.id) }
    }

    /// `03 Dec 13:58`; the last day alone where the time is not known.
    func words(of deadline: SubscriptionWindows.Deadline) -> String {
        deadline.isExact
            ? zone.brief(deadline.at, now: marketplaceNow) : deadline.lastDay(\.utcDate).spoken
    }
}

extension SubscriptionsPane {
    /// Units that can be taken away, lot by lot, the cancellation, and by when the renewal is to be decided.
    func appendWindows(_ detail: SubscriptionDetail?, _ model: Model, to page: inout Page) {
        guard let detail, let windows = model.windows(of: detail) else { return }
        page.blank()
        page.heading("WINDOWS", right: windows.rule.words)
        page.labelWidth = 11
        for row in windows.rows(model) { page.field(row.label, row.value, style: row.style) }
        page.labelWidth = 12
    }
}

extension SubscriptionWindows {
    fileprivate struct Row {
        var label: String
        var value: String
        var style = Style.plain
    }

    fileprivate func rows(_ model: Model) -> [Row] { unitRows(model) + cancellationRows(model) + decisionRows(model) }

    private func unitRows(_ model: Model) -> [Row] {
        switch units {
        case nil: return []
        case .notRead: return [Row(label: "units", value: "being read", style: .faint)]
        case .unclear:
            return [Row(label: "units", value: "its orders do not say when they came", style: .faint)]
        case .lots(let lots, let locked):
            var rows = lots.map { lot in
                Row(label: counted(lot.units, "unit"), value: "removable until \(model.words(of: lot.until))")
            }
            if locked > 0 {
                let day = turnsOn.map { "locked until \($0.spoken)" } ?? "locked"
                rows.append(Row(label: counted(locked, "unit"), value: day))
            }
            return rows
        }
    }

    private func cancellationRows(_ model: Model) -> [Row] {
        switch cancellation {
        case nil: []
        case .notRead: [Row(label: "cancel", value: "being read", style: .faint)]
        case .open(let until): [Row(label: "cancel", value: "possible until \(model.words(of: until))")]
        case .closed(let since): [Row(label: "cancel", value: "closed since \(model.words(of: since))")]
        }
    }

    private func decisionRows(_ model: Model) -> [Row] {
        guard let decideBy else { return [] }
        let days = decideBy.days(since: model.today)
        let value = days < 0 ? "to be decided by \(decideBy.spoken): that is over" : "decide by \(decideBy.spoken)"
        return [Row(label: "auto-renew", value: value, style: (0...7).contains(days) ? .warning : .plain)]
    }
}
