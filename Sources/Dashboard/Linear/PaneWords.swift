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
            let page = openedPage(of: opened, width: Page.spokenWidth, isWhole: true, model).page
            return PaneSummary(page: page.sentences)
        }
        var summary = list.summary("subscriptions", columns(model), model.zone)
        summary.extent += spokenRest(model)
        return summary
    }
}

extension OrdersPane {
    func summary(_ model: Model) -> PaneSummary {
        if let opened { return PaneSummary(page: page(of: opened, width: Page.spokenWidth, model).sentences) }
        var summary = list.summary("orders", columns(model), model.zone)
        summary.extent += spokenRest(model)
        return summary
    }
}

extension CatalogPane {
    func summary(_ model: Model) -> PaneSummary {
        if opened != nil, let product = selected {
            return PaneSummary(page: page(of: product, width: Page.spokenWidth, model).sentences)
        }
        return list.summary("products", columns(model), model.zone)
    }
}

extension UsersPane {
    func summary(_ model: Model) -> PaneSummary {
        list.summary("administrators and contacts", columns(model), model.zone)
    }
}

extension JournalPane {
    func summary(_ model: Model) -> PaneSummary {
        if opened != nil, let entry {
            return PaneSummary(page: page(of: entry, width: Page.spokenWidth, model).sentences)
        }
        var summary = list.summary("entries", columns(model), model.zone)
        if model.unknownWrites > 0 { summary.extent = "\(grouped(model.unknownWrites)) unknown. " + summary.extent }
        return summary
    }
}

extension HomePane {
    func summary(_ model: Model) -> PaneSummary {
        let lanes = lines
        var parts = standingWords(model).map(\.text)
        if !lanes.isEmpty { parts.insert("Needs you now, \(counted(lanes.count, "lane")).", at: 0) }
        if !extent.isEmpty { parts.append(extent.asSentence) }
        let coverage = coverageWords(model, width: .max / 2)
        if !coverage.isEmpty { parts.append(coverage.replacing(".  ", with: ". ").asSentence) }
        var summary = PaneSummary(
            extent: parts.joined(separator: " "), position: position, page: weekWords + writeWords(model))
        if isWatchSelected { summary.row = watchWords(model) }
        if let line = selectedView { summary.row = words(of: line, model) }
        guard let lane = selectedLane else { return summary }
        let count = "\(countWords(lane)) \(lane.meaning(rows.count, model.today))\(unreadable(lane))"
        let money = moneyWords(lane).replacing("  ", with: " and ").replacing("+ ", with: " or more ")
        summary.row = [lane.title.lowercased(), count, money, why(lane, model)].filter { !$0.isEmpty }.joined(
            separator: ", ")
        return summary
    }
}

extension HomePane {
    /// Four weeks of the calendar, and then the latest writes.
    private var weekWords: [String] {
        guard let schedule = overview?.schedule else { return [] }
        return (0..<4).map { week in
            let sum = schedule.count(inWeek: week)
            let days = "Week of \(schedule.firstDay.adding(days: week * 7).shortSpoken)"
            let amounts = stake.value?.renewals.amounts(inWeek: week)
            let (renewing, ending) = (amounts?.renewing.spoken ?? "", amounts?.ending.spoken ?? "")
            return "\(days): \(grouped(sum.renewing)) renew\(renewing), \(grouped(sum.ending)) end\(ending)."
        }
    }

    private func writeWords(_ model: Model) -> [String] {
        latestWrites(model).map { entry in
            let write = LatestWrite(entry, model)
            let parts = [write.time, write.number, write.change, write.what, write.customer, write.outcome]
            return parts.filter { !$0.isEmpty }.joined(separator: ", ").replacing(" > ", with: " to ").asSentence
        }
    }
}

extension MonthlyMoney {
    /// ` for 9,902 EUR and 1,240 USD a month`; empty where nothing was read.
    fileprivate var spoken: String {
        if sums.isEmpty { return "" }
        let parts = sums.map { "\($0.rate.wholeWords) \($0.currency)" }
        return " for \(isComplete ? "" : "at least ")\(parts.joined(separator: " and ")) a month"
    }
}

extension MoneyPane {
    func summary(_ model: Model) -> PaneSummary {
        if let calendar { return summary(calendar, model) }
        // The bar only draws what the rate says.
        let columns = columns(model).filter { $0.name != Self.barName }
        var summary = list.summary("groups by \(grouping.rawValue)", columns, model.zone)
        if counting.value != nil { summary.extent += " " + extentWords(model, width: .max).capitalised.asSentence }
        summary.page = totalWords
        return summary
    }

    private func summary(_ calendar: RenewalCalendar, _ model: Model) -> PaneSummary {
        guard let schedule = calendar.schedule else {
            return PaneSummary(extent: calendar.overview.failure?.message ?? "Loading subscriptions.")
        }
        let amounts = calendar.stake.value?.renewals.amounts(on: calendar.day)
        let money = TurnKind.allCases.compactMap { kind in
            amounts.map { ($0[kind].monthWords.replacing("  ", with: " and "), kind == .renews ? "renews" : "ends") }
        }.filter { !$0.0.isEmpty }.map { "\($0.1) \($0.0)" }
        let count = RenewalCalendar.words(schedule.count(on: calendar.day))
        let within = [7, 30, RenewalSchedule.daysAhead].map { days in
            "Within \(days) days: \(RenewalCalendar.words(schedule.count(within: days)))."
        }
        return PaneSummary(
            extent: "Calendar of renewals, \(calendar.coverage(restWords(model), model)).",
            row: (["\(calendar.day.weekday) \(calendar.day.spoken)", count] + money).joined(separator: ", "),
            page: within)
    }

    private var totalWords: [String] {
        guard let value = counting.value, !value.totals.isEmpty else { return [] }
        let totals = value.totals.compactMap { total in
            total.rate.map { rate in
                let margin = total.margin.map { ", margin \($0.words)" } ?? ""
                let committed = total.committed.map { ", committed \($0)" } ?? ""
                return "Total \(rate) a month\(margin)\(committed).".replacing("  ", with: " ")
            }
        }
        return totals + [footWords]
    }
}

extension RequestsPane {
    func summary(_ model: Model) -> PaneSummary { list.summary("requests", columns(model), model.zone) }
}
