import Screen

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
    /// Whether something is on its way that changes what is told.
    var isAwaiting: Bool { stage == .recalling || isRunning || (stage == .review && !isChecked) }

    /// What a change of marked rows says of itself: what it asks, then what its picture shows.
    func spoken(_ model: Model) -> [Sentence] {
        let place = Sentence(.place, "\(title.capitalised), \(counted(rows.count, "row")).")
        if stage == .rule {
            return [place, Sentence(.page, fields.told), Sentence(.selected, fields.focusedWords ?? "")]
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
