import Marketplace

/// Where the person is, and back along the way it came.
extension Dashboard {
    var here: Place {
        var place = Place(view: view, scope: model.scope)
        switch view {
        case .subscriptions: place.opened = subscriptions.opened.map { .subscription($0) }
        case .orders: place.opened = orders.opened.map { .order($0) }
        case .catalog: place.opened = catalog.opened.map { .product($0) }
        case .journal: place.opened = journal.opened.map { .entry($0) }
        case .home, .accounts, .users: break
        }
        return place
    }

    /// To a place as it was left.
    mutating func show(_ place: Place) {
        log = nil
        view = place.view
        treeHasFocus = false
        look(at: place.scope)
        show(place.opened)
    }

    /// Opens a row over the list of the view, or closes what is open.
    mutating func show(_ row: Place.Opened?) {
        guard here.opened != row else { return }
        closeRows()
        switch row {
        case .subscription(let id): subscriptions.open(id)
        case .order(let id): orders.open(id)
        case .product(let id): catalog.open(id)
        case .entry(let id): journal.open(id)
        case nil: break
        }
    }

    mutating func closeRows() {
        subscriptions.close()
        orders.close()
        catalog.close()
        journal.close()
    }

    /// To an earlier place, with the layers that Esc took off there.
    mutating func travel(to stop: Trail.Stop) {
        history = stop.layers
        show(stop.place)
    }

    /// Whether Esc on what is open leads to where one came from, and not to the list below it.
    var isOnLanding: Bool {
        guard !treeHasFocus, log == nil, let landing = history.last?.landing else { return false }
        return here.opened == landing
    }

    func words(for place: Place) -> String {
        var parts = [place.view.title]
        if let scope = place.scope { parts.append(model.name(of: scope)) }
        switch place.opened {
        case .subscription(let id): parts.append("subscription \(id)")
        case .order(let id): parts.append("order \(orders.details[id]?.value?.label ?? id.rawValue)")
        case .product(let id): parts.append(catalog.list.row(id)?.title ?? "product")
        case .entry: parts.append(journal.entry?.name ?? "entry")
        case nil: break
        }
        return parts.joined(separator: ", ")
    }
}
