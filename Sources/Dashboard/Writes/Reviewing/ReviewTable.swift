import Marketplace
import Screen

/// Numbers of a review side by side: before, after and the difference, or one, a period and the whole term.
struct ReviewTable: Equatable {
    struct Row: Equatable {
        var label: String
        /// As many as there are heads; the last may be missing.
        var cells: [String]
        /// After the cells: the currency and the period.
        var note = ""
        /// Of the middle cell, which is what the person agrees to.
        var style = Style.strong

        var after: String { cells.count > 1 ? cells[1] : "" }
    }

    var heads = ["NOW", "AFTER", "CHANGE"]
    var rows: [Row] = []
    private static let details: Set<String> = ["your cost", "margin"]
    /// Without what the reseller alone is concerned with, and that part.
    var essence: ReviewTable { ReviewTable(heads: heads, rows: rows.filter { !Self.details.contains($0.label) }) }
    var besides: ReviewTable { ReviewTable(heads: heads, rows: rows.filter { Self.details.contains($0.label) }) }

    /// Whether it compares before and after.
    var isChange: Bool { heads.first == "NOW" }

    mutating func add(_ label: String, _ cells: String..., note: String = "", style: Style = .strong) {
        rows.append(Row(label: label, cells: cells, note: note, style: style))
    }

    /// Adds what prices make of a month or a term; what of it is not known, a note says.
    /// - Parameters:
    ///   - span: `a month`, `a term`.
    ///   - hasCost: Whether the cost has a row; the margin follows from it.
    mutating func add(_ sums: PriceAnswer.Sums, _ span: String, hasCost: Bool = true) {
        func cells(_ before: Money?, _ after: Money?) -> [String] {
            let change = before.flatMap { before in after.flatMap { difference(before, $0) } }
            return [before?.bare ?? "?", after?.bare ?? "?", change ?? ""]
        }
        func currency(_ one: Money?, _ other: Money?) -> String { (other ?? one)?.currency ?? "" }
        let (before, after) = (sums.before, sums.after)
        if before.price != nil || after.price != nil {
            let note = "\(currency(before.price, after.price)) \(span)"
            rows.append(Row(label: "rate", cells: cells(before.price, after.price), note: note))
        }
        if hasCost, before.cost != nil || after.cost != nil {
            let note = currency(before.cost, after.cost)
            rows.append(Row(label: "your cost", cells: cells(before.cost, after.cost), note: note, style: .plain))
        }
        let (margin, then) = (before.margin, after.margin)
        if margin != nil || then != nil {
            let note = "\(then?.share ?? "?"), before \(margin?.share ?? "?")"
            rows.append(
                Row(
                    label: "margin", cells: cells(margin?.amount, then?.amount), note: note,
                    style: then?.isLoss == true ? .bad : .strong))
        }
    }

    /// Adds rate, cost and margin before and after, as far as both are reported.
    mutating func add(_ before: Rates, _ after: Rates, each period: Period?) {
        guard let now = before.price, let then = after.price, let change = difference(now, then) else { return }
        let each = [now.currency, period?.each ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
        add("rate", now.bare, then.bare, change, note: each)
        guard let cost = before.cost, let costThen = after.cost, let costChange = difference(cost, costThen),
            let margin = before.margin, let marginThen = after.margin,
            let marginChange = difference(margin.amount, marginThen.amount)
        else { return }
        add("your cost", cost.bare, costThen.bare, costChange, style: .plain)
        let note = marginThen.share.map {
            $0 == margin.share ? "\($0), as before" : "\($0)\(margin.share.map { ", before \($0)" } ?? "")"
        }
        let isFalling = (marginThen.percent ?? 0) < (margin.percent ?? 0)
        let style: Style = marginThen.isLoss ? .bad : isFalling && marginThen.percent != nil ? .warning : .plain
        add("margin", margin.amount.bare, marginThen.amount.bare, marginChange, note: note ?? "", style: style)
    }

    /// `+61.80`; nil for two currencies.
    private func difference(_ before: Money, _ after: Money) -> String? {
        before.currency == after.currency ? Money(after.amount - before.amount, after.currency).signed : nil
    }

    /// Adds rate, cost and margin of an order, a unit, a billing period and the whole term, as far as they are reported.
    mutating func add(_ columns: [Rates]) {
        guard let currency = columns.first?.price?.currency else { return }
        let prices = columns.compactMap(\.price)
        rows.append(Row(label: "rate", cells: prices.map(\.bare), note: currency))
        let (costs, margins) = (columns.compactMap(\.cost), columns.compactMap(\.margin))
        guard costs.count == prices.count, margins.count == prices.count, let last = columns.last else { return }
        rows.append(Row(label: "your cost", cells: costs.map(\.bare), style: .plain))
        let style: Style = margins.contains(where: \.isLoss) ? .bad : .plain
        rows.append(
            Row(label: "margin", cells: margins.map(\.amount.bare), note: last.margin?.share ?? "", style: style))
    }
}

extension Money {
    /// `+61.80`, `-4.00`, `0.00`.
    var signed: String { (amount > 0 ? "+" : "") + bare }
}

extension Page {
    /// A table of numbers, right aligned below their heads. In words where nothing is drawn.
    mutating func table(_ table: ReviewTable, isSpoken: Bool, isNarrow: Bool) {
        guard !table.rows.isEmpty else { return }
        if isSpoken {
            for row in table.rows { field(row.label, row.words(table), style: row.style) }
            return
        }
        let widest = table.rows.flatMap(\.cells).map { TerminalText.width(of: $0) }.max() ?? 0
        let column = max(isNarrow ? 6 : 10, widest) + 2
        func x(_ place: Int, _ text: String) -> Int {
            3 + labelWidth + column * (place + 1) - 2 - TerminalText.width(of: text)
        }
        let heads = table.heads.prefix(table.rows.map(\.cells.count).max() ?? 0)
        runs(heads.enumerated().map { (x($0, $1), $1, Style.faint) })
        for row in table.rows {
            var parts: [(x: Int, text: String, style: Style)] = [(3, row.label, .faint)]
            for (place, cell) in row.cells.enumerated() {
                parts.append((x(place, cell), cell, place == 1 ? row.style : .plain))
            }
            let end = 3 + labelWidth + column * row.cells.count
            if !row.note.isEmpty, end + TerminalText.width(of: row.note) < width {
                parts.append((end, row.note, row.style == .strong ? .plain : row.style))
            } else if !row.note.isEmpty {
                // The currency has to be somewhere: below the label's row where the line is full.
                runs(parts)
                parts = [(3 + labelWidth, row.note, .plain)]
            }
            runs(parts)
        }
    }
}

extension ReviewTable.Row {
    /// `25 → 28, +3`, with what belongs to it.
    fileprivate func words(_ table: ReviewTable) -> String {
        // `576.80 EUR a month`, but `86.52, 15.0 %`.
        let note = note.isEmpty ? "" : note.first?.isNumber == true ? ", \(note)" : " \(note)"
        guard table.isChange else {
            return zip(table.heads, cells).map { "\($0.lowercased()) \($1)" }.joined(separator: ", ") + note
        }
        let difference = cells.count > 2 && !cells[2].isEmpty ? ", \(cells[2])" : ""
        return cells.count > 1 ? "\(cells[0]) → \(cells[1])\(difference)\(note)" : (cells.first ?? "") + note
    }
}
