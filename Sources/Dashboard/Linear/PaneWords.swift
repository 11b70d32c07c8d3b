import Marketplace
import Screen

// What each pane says in linear mode. Panes that say nothing of their own are read from their picture.

extension AccountsPane {
    func summary(_ model: Model) -> PaneSummary {
        if showsPreview { return PaneSummary(page: preview(width: Page.spokenWidth, model).sentences) }
        var summary = PaneSummary()
        if let problem = tree.problem {
            summary.extent = problem.message
        } else if tree.resellers.snapshot.value == nil, tree.allCustomers.snapshot.value == nil {
            summary.extent = "Loading accounts."
        } else {
            let rows = counted(tree.count, "row")
            summary.extent =
                filter.isActive
                ? "\(filter.isEditing ? "Typing filter" : "Filter") \(filter.field.text): "
                    + (tree.emptiness(filter.field.text)?.replacing("\n", with: " ") ?? "\(tree.extent).")
                : "The account tree, \(rows)."
        }
        if let coverage = tree.tenants.coverage { summary.extent += " " + coverage }
        if filter.isEditing, !filter.isActive { summary.extent = "Filter: type words. " + summary.extent }
        guard let row = selectedRow else { return summary }
        summary.position = "\(grouped(cursor.index + 1)) of \(grouped(tree.count))"
        var words = [row.text]
        if let account = selected {
            words.append(account.kind == .customer ? "customer \(account.id)" : "reseller \(account.id)")
            words.append(account.status.word)
        }
        if let isOpen = row.isOpen { words.append(isOpen ? "unfolded" : "folded") }
        summary.row = words.joined(separator: ", ")
        return summary
    }
}

extension SubscriptionsPane {
    func summary(_ model: Model) -> PaneSummary {
        if let opened {
            let pages = [
                page(of: opened, width: Page.spokenWidth, model), aside(of: opened, width: Page.spokenWidth, model),
            ]
            return PaneSummary(page: pages.flatMap(\.sentences))
        }
        var summary = list.summary("subscriptions", columns(model))
        summary.extent += spokenRest(model)
        return summary
    }
}

extension OrdersPane {
    func summary(_ model: Model) -> PaneSummary {
        if let opened { return PaneSummary(page: page(of: opened, width: Page.spokenWidth, model).sentences) }
        var summary = list.summary("orders", columns(model))
        summary.extent += spokenRest(model)
        return summary
    }
}

extension CatalogPane {
    func summary(_ model: Model) -> PaneSummary {
        if opened != nil, let product = selected {
            return PaneSummary(page: page(of: product, width: Page.spokenWidth, model).sentences)
        }
        return list.summary("products", columns(model))
    }
}

extension UsersPane {
    func summary(_ model: Model) -> PaneSummary {
        list.summary("administrators and contacts", columns(model))
    }
}

extension JournalPane {
    func summary(_ model: Model) -> PaneSummary {
        if opened != nil, let entry {
            return PaneSummary(page: page(of: entry, width: Page.spokenWidth, model).sentences)
        }
        var summary = list.summary("entries", columns(model))
        if model.unknownWrites > 0 { summary.extent = "\(grouped(model.unknownWrites)) unknown. " + summary.extent }
        return summary
    }
}

extension HomePane {
    func summary(_ model: Model) -> PaneSummary {
        guard let overview else {
            return PaneSummary(extent: snapshot.failure?.message ?? "Loading what needs a person now.")
        }
        let lanes = Overview.Lane.allCases
        guard opened != nil else {
            let lane = selectedLane
            let count = overview.items[lane]?.count
            let words = count.map { "\(grouped($0)) \(lane.meaning($0))" } ?? "not read yet"
            return PaneSummary(
                extent:
                    "Needs you now, \(counted(lanes.count, "lane")). \(extent.replacing("  ", with: ", ").asSentence)",
                row: "\(lane.title.lowercased()), \(words)",
                position: "\((lanes.firstIndex(of: lane) ?? 0) + 1) of \(lanes.count)")
        }
        var summary = PaneSummary(extent: "\(counted(rows.count, "row")).", position: position)
        if rows.indices.contains(items.index) { summary.row = words(of: rows[items.index], model) }
        return summary
    }
}

extension RequestsPane {
    func summary(_ model: Model) -> PaneSummary { list.summary("requests", columns(model)) }
}
