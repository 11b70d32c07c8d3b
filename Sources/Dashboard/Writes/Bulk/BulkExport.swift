import FoundationEssentials
import Marketplace

/// The rows of a bulk change as a spreadsheet: what each is, what it would become, and why it can or cannot.
extension BulkFlow {
    /// Its name says whether anything was sent: `souk-bulk-cancellation-preview-prod-20261120-140412.csv`.
    func export(_ model: Model) -> [Reaction] {
        let title = act.title.split(separator: " ").joined(separator: "-")
        let step = stage == .ended ? "outcome" : "preview"
        let name = "souk-bulk-\(title)-\(step)-\(model.profile.name)-\(model.stamp).csv"
        return [
            .effect(.export(name: name, text: csv(model))),
            .say(Notice(.info, "Writing \(counted(rows.count, "row"))…")),
        ]
    }

    private func csv(_ model: Model) -> String {
        let isOrder = act != .autoRenew
        let titles =
            ["row", "subscription", "customer", "customer's name", "product"] + act.exportTitles
            + (isOrder ? ["estimate", "currency", "PO number"] : []) + ["standing", "reason"]
        return CSVText.lines(
            titles,
            rows.map { row in
                let cells =
                    [
                        String(row.place), row.id.rawValue, row.customer?.rawValue,
                        row.customer.map { model.name(of: $0) }, row.subscription?.name,
                    ] + act.exportCells(row)
                let price = row.figures?.price
                let order = [price.map { "\($0.amount)" }, price?.currency, row.run?.intent.poNumber]
                let (standing, reason) = row.standing(in: stage)
                return cells + (isOrder ? order : []) + [standing, reason]
            }, separator: model.profile.csvSeparator)
    }
}

extension BulkAct {
    fileprivate var exportTitles: [String] {
        switch self {
        case .units: ["units now", "units after"]
        case .autoRenew: ["auto-renew now", "auto-renew after", "renews or ends"]
        case .cancellation: ["status now", "units now"]
        }
    }

    fileprivate func exportCells(_ row: BulkRow) -> [String?] {
        let figures = row.figures
        let after = row.isImpossible ? nil : figures
        return switch self {
        case .units: [figures?.units.map { String($0.before) }, after?.units.map { String($0.after) }]
        case .autoRenew: [figures?.before, after?.after, row.subscription?.turningDate?.real?.description]
        case .cancellation: [figures?.before, figures?.units.map { String($0.before) }]
        }
    }
}

extension BulkRow {
    /// What is, or became, of it in a word or two, and why.
    fileprivate func standing(in stage: BulkFlow.Stage) -> (word: String, reason: String) {
        switch state {
        case .waiting, .reading, .checking, .ready:
            if isLeftOut { return ("left out", caution?.words ?? "") }
            guard case .ready(let run) = state else { return ("not checked yet", "") }
            return (stage == .review ? "can be sent" : "not sent", notes(of: run))
        case .cannot(let reason): return ("cannot be sent", reason)
        case .sending: return ("being sent", "")
        case .taken(let words): return (order == nil ? "done" : "accepted", order?.words ?? words)
        case .heldBack(let reason): return ("held back", reason)
        case .refused(let reason): return ("refused", reason)
        case .failed(let reason): return ("not taken", reason)
        case .unknown(let reason): return ("unknown", reason)
        }
    }
}
