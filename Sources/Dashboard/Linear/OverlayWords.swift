import Screen

extension HelpOverlay {
    func sentences(over below: Dashboard) -> [Sentence] {
        let rows = shown(below.helpSections(kind))
        let title = kind == .keys ? "Keys here" : "Actions"
        var sentences = [
            Sentence(.place, "\(title): \(below.helpSubject(kind)). Type to search."),
            Sentence(
                .extent, (search.isEmpty ? "" : "Search \(search.text): ") + counted(rows.count, "row") + "."),
        ]
        if rows.indices.contains(selected) {
            let row = rows[selected]
            let key = row.key.split(separator: " ").map { KeyWords.words(for: String($0)) }.joined(separator: " or ")
            let reason = row.unavailable.map { " Not now: \($0)" } ?? ""
            sentences.append(
                Sentence(
                    .selected, "\(selected + 1) of \(rows.count), selected: \(key), \(row.title).\(reason)"))
        }
        return sentences
    }
}

extension Finder {
    func sentences(over below: Dashboard) -> [Sentence] {
        let own = below.places(isTyped: isTyped)
        let rows = rows(own)
        var sentences = [Sentence(.place, "Go to: type a name, an id, an MPN or an action.")]
        if isTyped {
            let coverage = coverage(own).map { " " + $0 } ?? ""
            sentences.append(Sentence(.extent, "\(field.text): \(counted(rows.count, "place")).\(coverage)"))
        }
        if rows.indices.contains(selected) {
            let row = rows[selected]
            let detail = [row.title, row.unavailable == nil ? detail(of: row, below.model) : ""]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            sentences.append(
                Sentence(
                    .selected,
                    "\(selected + 1) of \(rows.count), selected: \(row.target.kind.word) \(detail)".asSentence))
        }
        sentences.append(Sentence(.page, note(own, width: .max).text))
        return sentences
    }
}

extension CopyMenu {
    /// Every letter with what it copies.
    var spoken: [Sentence] {
        [
            Sentence(.place, "Copy of \(subject): press a letter, or Escape."),
            Sentence(.page, offers.map { "\($0.key), \($0.what): \($0.text.prefix { $0 != "\n" })".asSentence }),
        ]
    }
}

extension BulkFlow {
    /// Whether an answer is awaited that changes these sentences.
    var isAwaiting: Bool { stage == .recalling || isRunning || (stage == .review && !isChecked) }

    /// What a change of marked rows says of itself: what it asks, then what its picture shows.
    func spoken(_ model: Model) -> [Sentence] {
        let place = Sentence(.place, "\(title.capitalised), \(counted(rows.count, "row")).")
        if stage == .rule {
            return [place, Sentence(.page, fields.factSentences), Sentence(.selected, fields.focusedWords ?? "")]
        }
        let rect = Rect(x: 0, y: 0, width: 160, height: min(200, rows.count + 24))
        var flow = self
        flow.layout(rect, model)
        var canvas = Canvas(size: Size(columns: rect.width, rows: rect.height))
        flow.draw(on: &canvas, in: rect, model)
        let lines = canvas.lineWords
        return [
            place, Sentence(.page, lines.filter { !$0.isSelected }.map(\.text)),
            Sentence(.selected, lines.filter(\.isSelected).map { "Selected: \($0.text)" }),
        ]
    }
}
