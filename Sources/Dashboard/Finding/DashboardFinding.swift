import Marketplace
import Screen

/// Going to anything that is known, or that the marketplace knows by the very id, number, name or MPN typed.
extension Dashboard {
    mutating func takeInFinder(_ key: Key) -> [Reaction] {
        guard var box = finder else { return [] }
        if let reactions = Self.everywhere.perform(key, on: &self, model) { return reactions }
        let outcome = box.take(key, ownPlaces)
        finder = box
        switch outcome {
        case .stays: return []
        case .looksFor(let text): return [.effect(.find(text))]
        case .closes:
            finder = nil
            return []
        case .goes(let place): return go(to: place)
        }
    }

    /// An answer may be what go-to asked for.
    mutating func toFinder(_ event: Event) -> [Effect] {
        let own = ownPlaces
        guard finder?.receive(event, own) == true, let finder else { return [] }
        return [.find(finder.text)]
    }

    mutating func receive(_ findings: Findings) -> [Reaction] {
        for account in findings.accounts where model.accounts[account.id] == nil { model.learn(account) }
        let own = ownPlaces
        guard let place = finder?.receive(findings, own) else { return [] }
        return go(to: place)
    }

    private mutating func go(to found: FoundPlace) -> [Reaction] {
        // What cannot be done now says why, in the message line.
        guard found.unavailable == nil else { return [] }
        finder = nil
        notice = nil
        switch found.target {
        case .earlier(let place):
            if let stop = trail.latest(Trail.limit).first(where: { $0.place == place }) { travel(to: stop) }
        case .view(let target): go(to: target)
        case .action(_, let key):
            lastKey = key
            return perform(key)
        case .draft(let id): return drafts.first { $0.id == id }.map { open($0) } ?? []
        case .account(let id) where model.accounts[id]?.kind == .reseller:
            drill(into: .accounts, of: model.scope)
            accounts.reveal(id, under: model.accounts[id]?.vendorAccount)
        case .account(let id): return [.open(.subscriptions(of: id))]
        case .product(let mpn, let vendor):
            drill(into: .catalog, of: model.scope)
            let model = model
            catalog.show(mpn: mpn, vendor: vendor, model)
        case .subscription(let id, let customer):
            drill(into: .subscriptions, of: customerInView(customer), opening: .subscription(id))
        case .order(let id, let customer):
            drill(into: .orders, of: customerInView(customer), opening: .order(id))
        }
        return []
    }

    /// Nothing is shown under the name of an account that is not known.
    private func customerInView(_ id: Account.ID) -> Account.ID? { model.accounts[id] == nil ? nil : id }

    /// What can be gone to without being looked for: places of before, views, drafts, and what can be done here.
    var ownPlaces: [FoundPlace] {
        guard let finder else { return [] }
        let keymap = model.keymap
        var places = trail.latest(6).map { stop in
            FoundPlace(target: .earlier(stop.place), title: words(for: stop.place), rank: .beginning)
        }
        places += View.allCases.map { target in
            FoundPlace(
                target: .view(target), title: target.title,
                detail: "key \(keymap.name(of: target.action))", rank: .beginning)
        }
        places += drafts.map { draft in
            FoundPlace(
                target: .draft(draft.id), title: draft.title, detail: "kept \(draft.savedAt.spoken) UTC",
                rank: .beginning)
        }
        guard finder.isTyped else { return places }
        let isPlace = Set(View.allCases.map(\.action) + [.goTo])
        let rows = pane.help(model) + Self.bindings.help(for: self, model) + Self.everywhere.help(for: self, model)
        for row in keymap.inForce(rows) {
            guard let name = row.action, let key = row.inner, !isPlace.contains(name) else {
                continue
            }
            places.append(
                FoundPlace(
                    target: .action(name, key), title: row.title, detail: row.key.isEmpty ? "no key" : "key \(row.key)",
                    rank: .beginning, unavailable: row.unavailable))
        }
        return places
    }
}
