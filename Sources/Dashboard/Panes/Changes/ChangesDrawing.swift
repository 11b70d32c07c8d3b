import Marketplace
import Rows
import Screen

extension ChangesPane {
    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        let rect = area.whole
        guard !rect.isEmpty else { return }
        if let dayField {
            var x = rect.x + 1
            x += canvas.write("CHANGES", x: x, y: rect.y, width: rect.width - 1, style: .title) + 2
            x += canvas.write("since", x: x, y: rect.y, style: .faint) + 1
            dayField.draw(
                on: &canvas, x: x, y: rect.y, width: max(1, min(30, rect.maxX - x - 1)),
                style: Style(.plain, underlined: true), focused: true)
        } else {
            drawListHead(
                "CHANGES", filter: list.filter, problem: list.problem, sorting: sortingWords(model), extent: extent,
                on: &canvas, in: rect)
        }
        let notes = notes(width: rect.width)
        let body = rect.droppingTop(1).droppingBottom(notes.count)
        list.drawRows(
            columns(model), rowStamp(model), orWhyEmpty: emptiness(model), on: &canvas, in: body, focused: focused)
        for (line, note) in notes.enumerated() {
            canvas.write(note.text, x: rect.x + 1, y: body.maxY + line, width: rect.width - 2, style: note.style)
        }
    }

    func columns(_ model: Model) -> [ListColumn<Changes.Change>] {
        ListColumn.changes(
            model.entities, now: model.marketplaceNow, zone: model.zone, isOfOneCustomer: model.customer != nil)
    }

    func listWidth(_ area: PaneArea) -> Int { area.whole.width }

    /// `since yesterday, 25 Nov 2026`, and the order that the person chose.
    func sortingWords(_ model: Model) -> String {
        let start = choice.map { "since \($0.words(today: model.today, zone: model.zone))" } ?? ""
        return list.order == nil ? start : "\(start), \(list.sortingWords(columns(model), own: Self.ownOrderWords))"
    }

    /// `12 changes of 8 customers`, or how many of them a filter lets pass.
    private var extent: String {
        guard let answer, list.snapshot.value != nil, !list.isNarrowed else { return list.extent }
        let count = counted(answer.changes.count, "change")
        return answer.customers > 1 ? "\(count) of \(grouped(answer.customers)) customers" : count
    }

    /// What happened how often, and what it rests on, below the list. Short windows lose the former first.
    func notes(width: Int) -> [(text: String, style: Style)] {
        guard let answer, list.snapshot.value != nil else { return [] }
        func lines(_ text: String, _ style: Style) -> [(text: String, style: Style)] {
            text.isEmpty ? [] : TerminalText.wrap(text, width: max(1, width - 2)).map { ($0, style) }
        }
        let words = answer.restWords
        var rest = lines(choice?.note ?? "", .warning)
        if answer.isComplete {
            rest += lines(words.joined(separator: " "), .faint)
        } else {
            rest += lines(words[0], .warning) + lines(words.dropFirst().joined(separator: " "), .faint)
        }
        let counts = lines(answer.countWords.isEmpty ? "" : answer.countWords.capitalised + ".", .plain)
        let most = max(1, area.whole.height / 4)
        return counts.count + rest.count <= most ? counts + rest : Array(rest.prefix(most))
    }

    private func emptiness(_ model: Model) -> String {
        guard let answer, let choice, list.snapshot.value != nil, !list.isNarrowed else {
            return list.emptiness(of: "changes")
        }
        let since = choice.words(today: model.today, zone: model.zone)
        let key = model.keymap.name(of: .since)
        return answer.isComplete
            ? "Nothing changed since \(since).\n\(key) chooses another day."
            : "Nothing read so far has changed since \(since)."
    }

    func summary(_ model: Model) -> PaneSummary {
        var summary = list.summary("changes", columns(model), model.zone)
        guard let answer, list.snapshot.value != nil else { return summary }
        if let dayField { summary.extent = "Since when: \(dayField.text)." }
        let since = choice.map { "Since \($0.words(today: model.today, zone: model.zone))." } ?? ""
        let words = [since, answer.countWords.asSentence] + answer.restWords
        summary.extent = ([summary.extent] + words).filter { !$0.isEmpty }.joined(separator: " ")
        return summary
    }
}
