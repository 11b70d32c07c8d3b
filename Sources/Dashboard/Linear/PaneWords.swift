import Marketplace
import Screen

// What each pane says in linear mode. Panes that say nothing of their own are read from their picture.

extension AccountsPane {
    func spoken(_ model: Model) -> Spoken {
        if showsPreview { return Spoken(page: preview(width: Page.spokenWidth, model).sentences) }
        var spoken = Spoken()
        if let problem = tree.problem {
            spoken.extent = problem.message
        } else if tree.resellers.snapshot.value == nil, tree.ownCustomers.snapshot.value == nil {
            spoken.extent = "Loading accounts."
        } else {
            let rows = counted(tree.count, "row")
            spoken.extent =
                filter.isActive
                ? "\(filter.isEditing ? "Typing filter" : "Filter") \(filter.field.text): \(rows)."
                : "The account tree, \(rows)."
        }
        if let coverage = tree.tenants.coverage { spoken.extent += " " + coverage }
        if filter.isEditing, !filter.isActive { spoken.extent = "Filter: type words. " + spoken.extent }
        guard let row = selectedRow else { return spoken }
        spoken.position = "\(grouped(cursor.index + 1)) of \(grouped(tree.count))"
        var words = [row.text]
        if let account = selected {
            words.append(account.kind == .customer ? "customer \(account.id)" : "reseller \(account.id)")
            words.append(account.status.word)
        }
        if let isOpen = row.isOpen { words.append(isOpen ? "unfolded" : "folded") }
        spoken.row = words.joined(separator: ", ")
        return spoken
    }
}

extension SubscriptionsPane {
    func spoken(_ model: Model) -> Spoken {
        if let opened {
            let pages = [
                page(of: opened, width: Page.spokenWidth, model), aside(of: opened, width: Page.spokenWidth, model),
            ]
            return Spoken(page: pages.flatMap(\.sentences))
        }
        return list.spoken("subscriptions", columns(model))
    }
}

extension OrdersPane {
    func spoken(_ model: Model) -> Spoken {
        if let opened { return Spoken(page: page(of: opened, width: Page.spokenWidth, model).sentences) }
        return list.spoken("orders", columns(model))
    }
}

extension CatalogPane {
    func spoken(_ model: Model) -> Spoken {
        if opened != nil, let product = selected {
            return Spoken(page: page(of: product, width: Page.spokenWidth, model).sentences)
        }
        return list.spoken("products", columns(model))
    }
}

extension UsersPane {
    func spoken(_ model: Model) -> Spoken {
        list.spoken("administrators and contacts", columns(model))
    }
}

extension JournalPane {
    func spoken(_ model: Model) -> Spoken {
        if opened != nil, let entry {
            return Spoken(page: page(of: entry, width: Page.spokenWidth, model).sentences)
        }
        var spoken = list.spoken("entries", columns(model))
        if model.unknownWrites > 0 { spoken.extent = "\(grouped(model.unknownWrites)) unknown. " + spoken.extent }
        return spoken
    }
}

extension HomePane {
    func spoken(_ model: Model) -> Spoken {
        guard let overview else {
            return Spoken(extent: snapshot.failure?.message ?? "Loading what needs a person now.")
        }
        let lanes = Overview.Lane.allCases
        guard opened != nil else {
            let lane = selectedLane
            let count = overview.items[lane]?.count
            let words = count.map { "\(grouped($0)) \(lane.meaning($0))" } ?? "not read yet"
            return Spoken(
                extent:
                    "Needs you now, \(counted(lanes.count, "lane")). \(extent.replacing("  ", with: ", ").asSentence)",
                row: "\(lane.title.lowercased()), \(words)",
                position: "\((lanes.firstIndex(of: lane) ?? 0) + 1) of \(lanes.count)")
        }
        var spoken = Spoken(extent: "\(counted(rows.count, "row")).", position: position)
        if rows.indices.contains(items.index) { spoken.row = words(of: rows[items.index], model) }
        return spoken
    }
}

extension RequestsPane {
    func spoken(_ model: Model) -> Spoken { list.spoken("requests", columns(model)) }
}
