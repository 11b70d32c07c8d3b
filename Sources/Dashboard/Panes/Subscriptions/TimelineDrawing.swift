import Marketplace
import Screen

extension Page {
    /// The term with today and the changes of units in it, and below or above it how many there were: a row a level where
    /// there is space, else in words under the bar.
    mutating func timeline(_ history: UnitsHistory, hasLevels: Bool, isSpoken: Bool) {
        heading("TIMELINE", right: "day \(grouped(history.daysGone)) of \(grouped(history.daysInAll))")
        let gap = history.isWhole ? "" : "Before that its orders do not say how many there were."
        if isSpoken {
            field("units", history.words)
            if !gap.isEmpty { paragraph(gap) }
            return
        }
        let (first, last) = (history.term.lowerBound.spoken, history.term.upperBound.spoken)
        let scale = TimelineScale(history, columns: max(10, width - 4 - first.count - last.count - 4))
        let start = 3 + first.count + 2
        let levels = Set(history.steps.map(\.units)).sorted(by: >)
        if hasLevels, levels.count > 1, levels.count <= 5 {
            for level in levels {
                let label = grouped(level)
                let isNow = level == history.steps.last?.units
                runs(
                    [(start - 2 - TerminalText.width(of: label), label, isNow ? Style.strong : .faint)]
                        + scale.runs(of: level, history).map { (start + $0.x, $0.text, Style(.accent)) })
            }
            runs(bar(first, last, scale, start, history))
        } else {
            runs(bar(first, last, scale, start, history))
            runs([(3, "units", .faint)] + scale.labels(of: history).map { (start + $0.x, $0.text, $0.style) })
        }
        if !gap.isEmpty { paragraph(gap, style: .faint) }
    }

    private func bar(
        _ first: String, _ last: String, _ scale: TimelineScale, _ start: Int, _ history: UnitsHistory
    ) -> [(x: Int, text: String, style: Style)] {
        [
            (3, first, .faint), (start - 1, "│", .faint), (start, scale.gone(history), .plain),
            (start + scale.today, history.isOver ? "" : "o", .strong),
            (start + scale.today + 1, String(repeating: "─", count: max(0, scale.columns - scale.today - 1)), .faint),
            (start + scale.columns, "│", .faint), (start + scale.columns + 2, last, .faint),
        ]
    }
}

/// The term laid out over columns.
private struct TimelineScale {
    let columns: Int
    /// The column of today.
    let today: Int
    private let history: UnitsHistory

    init(_ history: UnitsHistory, columns: Int) {
        (self.columns, self.history) = (columns, history)
        today = history.daysGone * (columns - 1) / max(1, history.daysInAll)
    }

    func column(of day: CalendarDate) -> Int {
        let days = min(max(0, day.days(since: history.term.lowerBound)), history.daysInAll)
        return days * (columns - 1) / max(1, history.daysInAll)
    }

    /// What of the term is gone, with a mark where the units changed.
    func gone(_ history: UnitsHistory) -> String {
        let changes = Set(history.steps.dropFirst(history.isWhole ? 1 : 0).map { column(of: $0.day) })
        return String((0..<(history.isOver ? columns : today)).map { changes.contains($0) ? "╪" : "═" })
    }

    /// Where the units were `level`.
    func runs(of level: Int, _ history: UnitsHistory) -> [(x: Int, text: String)] {
        history.steps.enumerated().compactMap { place, step in
            guard step.units == level else { return nil }
            let next = place + 1 < history.steps.count ? column(of: history.steps[place + 1].day) : today + 1
            let start = column(of: step.day)
            return (start, String(repeating: "─", count: max(1, next - start)))
        }
    }

    /// Each step in words at its column, the latest first; of those that would touch only the later one.
    func labels(of history: UnitsHistory) -> [(x: Int, text: String, style: Style)] {
        var labels: [(x: Int, text: String, style: Style)] = []
        var free = columns + 12
        for (place, step) in history.steps.enumerated().reversed() {
            let isFirst = place == 0 && history.isWhole
            let day = step.day == history.today ? " today" : isFirst ? "" : " from \(step.day.shortSpoken)"
            let text = grouped(step.units) + day
            let x = min(column(of: step.day), free - TerminalText.width(of: text))
            guard x >= 0 else { break }
            labels.append((x, text, place == history.steps.count - 1 ? .strong : .plain))
            free = x - 2
        }
        return labels
    }
}

extension UnitsHistory {
    fileprivate var isOver: Bool { today > term.upperBound }

    /// `20 from 02 Dec 2025, 25 from 13 Jun 2026`.
    var words: String { steps.map { "\(grouped($0.units)) from \($0.day.spoken)" }.joined(separator: ", ") }
}
