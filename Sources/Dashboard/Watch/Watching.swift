import Marketplace
import Rows
import Screen

/// The rows that the person watches: what `w` does, and what their changes bring.
extension Dashboard {
    private var isAtHome: Bool { view == .home && overlays.isEmpty }

    var watchRefusal: String? {
        if isAtHome { return nil }
        guard let row = pane.watchable(model) else {
            return "Nothing here can be watched: orders, subscriptions and customers can."
        }
        let isFull = model.watched[row.id] == nil && model.watched.rows.count >= WatchList.most
        return isFull
            ? "\(WatchList.most) rows are watched already, and no more can be. Take one off: \(homeKey), then "
                + "\(model.keymap.name(of: .watch))."
            : nil
    }

    private var homeKey: String { model.keymap.name(of: View.home.action) }

    func toggleWatch() -> [Reaction] {
        if isAtHome { return [.open(.watched)] }
        guard let row = pane.watchable(model) else { return [] }
        let name = model.name(of: row)
        if model.watched[row.id] != nil {
            return [.watch(.remove(row.id)), .say(Notice(.info, "\(name) is not watched any more."))]
        }
        return [
            .watch(.add(row)),
            .say(Notice(.info, "Watching \(name): Home says when it changes, and the bell rings.")),
        ]
    }

    /// What an answer changes of what is watched.
    mutating func watch(_ event: Event) -> [Effect] {
        guard !model.watched.rows.isEmpty else { return [] }
        let news: (row: WatchedRow, isNew: Bool)? =
            switch event {
            case .order(_, let latest): latest.value.flatMap { model.watched.news(of: $0, at: model.now) }
            case .subscription(_, let latest): latest.value.flatMap { model.watched.news(of: $0, at: model.now) }
            case .account(_, let latest): latest.value.flatMap { model.watched.news(of: $0, at: model.now) }
            default: nil
            }
        guard let news else { return [] }
        model.watched.apply(.replace(news.row))
        let effects: [Effect] = [.saveWatch(.replace(news.row))]
        guard news.isNew else { return effects }
        let words = "\(model.name(of: news.row)): \(news.row.changeWords)"
        notice = Notice(.warning, "Watched: \(words).")
        return effects + [.alert(words)]
    }

    /// What is open is seen.
    mutating func acknowledgeOpenRow() -> [Effect] {
        guard overlays.page == nil, !model.watched.rows.isEmpty, let row = panes[view].openRow else { return [] }
        let id =
            row.id(as: Order.ID.self).map { WatchedRow.ID($0) }
            ?? row.id(as: Subscription.ID.self).map { WatchedRow.ID($0) }
        return id.map { acknowledge($0) } ?? []
    }

    /// The person has seen what became of it.
    mutating func acknowledge(_ id: WatchedRow.ID) -> [Effect] {
        guard let row = model.watched.acknowledged(id) else { return [] }
        model.watched.apply(.replace(row))
        return [.saveWatch(.replace(row))]
    }
}

extension Model {
    /// `order SO003991`, `Aurora 365 Business Premium 1000917`, `Jørgensen & Søn A/S`.
    func name(of row: WatchedRow) -> String {
        switch row.id.kind {
        case .order: "order \(row.title)"
        case .subscription: "\(row.title) \(row.id.id)"
        case .customer: row.title
        }
    }

    func watchableCustomer(_ id: Account.ID?) -> WatchedRow? {
        guard let id, let entry = accounts[id], entry.kind == .customer else { return nil }
        return WatchedRow(customer: id, name: entry.name, entry.status)
    }

    /// What keeps the watched rows up to date: orders until they end, the others every few minutes.
    var watchedQueries: [DataQuery] {
        watched.rows.compactMap { row in
            switch row.id.kind {
            case .order: row.isEnded ? nil : .followedOrder(Order.ID(row.id.id))
            case .subscription: .followedSubscription(Subscription.ID(row.id.id))
            case .customer: .followedAccount(AccountKey(kind: .customer, id: row.customer))
            }
        }
    }
}

extension WatchedRow {
    /// The way to it.
    var destination: Destination {
        switch id.kind {
        case .order: .order(Order.ID(id.id))
        case .subscription: .subscription(Subscription.ID(id.id))
        case .customer: .tree(customer)
        }
    }
}
