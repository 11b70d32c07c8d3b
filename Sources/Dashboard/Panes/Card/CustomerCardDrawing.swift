import Marketplace
import Rows
import Screen

extension CustomerCardPane {
    /// Where two columns stand beside one another.
    private static let leastForTwo = 100

    private var places: PaneArea {
        area.whole.width >= Self.leastForTwo ? Bands.opened(area.whole) : PaneArea(main: area.whole)
    }

    /// The blocks of each column, as far as the window has space for them.
    private func columns(_ model: Model) -> [(rect: Rect, blocks: [CardBlock])] {
        guard let card else { return [] }
        let places = places
        let main = CardWords(card, isAccountRead: isAccountRead, width: places.main.width, model)
        guard let detail = places.detail else {
            let blocks = [main.name, main.facts, main.contacts, main.holdings, main.orders, main.writes]
            return [(places.main, CardBlock.fit(blocks.filter(\.isWanted), into: places.main.height))]
        }
        let aside = CardWords(card, isAccountRead: isAccountRead, width: detail.width, model)
        let left = [main.name, main.facts, main.contacts, main.holdings]
        let right = [aside.orders, aside.next, aside.writes]
        return [
            (places.main, CardBlock.fit(left.filter(\.isWanted), into: places.main.height)),
            (detail, CardBlock.fit(right.filter(\.isWanted), into: detail.height)),
        ]
    }

    /// Every block that is shown, in the order in which the cursor goes through them.
    func shownBlocks(_ model: Model) -> [CardBlock] { columns(model).flatMap(\.blocks) }

    func draw(on canvas: inout Canvas, in area: PaneArea, _ model: Model, focused: Bool) {
        canvas.fill(area.whole)
        guard card != nil else {
            var page = Page(width: area.whole.width)
            page.heading(subject(model) ?? "")
            page.blank()
            page.paragraph(accountFailure?.message ?? "Loading…", style: accountFailure == nil ? .faint : .bad)
            return page.draw(on: &canvas, in: area.whole)
        }
        for (place, column) in columns(model).enumerated() {
            if place > 0 {
                canvas.verticalRule(x: column.rect.x - 1, y: column.rect.y, height: column.rect.height)
            }
            draw(column.blocks, on: &canvas, in: column.rect, focused: focused)
        }
    }

    private func draw(_ blocks: [CardBlock], on canvas: inout Canvas, in rect: Rect, focused: Bool) {
        let used = blocks.reduce(0) { $0 + $1.height }
        // Air between the blocks where there is enough for all of them.
        let gap = used + blocks.count - 1 <= rect.height ? 1 : 0
        var y = rect.y
        func write(_ runs: CardBlock.Runs) {
            guard y < rect.maxY else { return }
            for run in runs {
                canvas.write(run.text, x: rect.x + run.x, y: y, width: rect.width - run.x, style: run.style)
            }
        }
        for block in blocks {
            let shown = block.shown(from: min(tops[block.kind] ?? 0, block.lastTop))
            if !block.title.isEmpty {
                let isWhole = shown.count == block.heights.count
                let extent = isWhole ? "" : ", \(shown.lowerBound + 1) to \(shown.upperBound)"
                var page = Page(width: rect.width)
                page.heading(block.title + extent, right: block.right)
                write(page.lines[0].map { ($0.x, $0.text, $0.style) })
                y += 1
            }
            for runs in block.head {
                write(runs)
                y += 1
            }
            for place in shown {
                let isSelected = block.lines.indices.contains(place) && block.lines[place] == cursor.selected
                for (number, runs) in block.runs(place).enumerated() {
                    write(runs)
                    if isSelected, number == 0, y < rect.maxY {
                        canvas.write(">", x: rect.x + 1, y: y, style: .title)
                        if focused { canvas.select(Rect(x: rect.x, y: y, width: rect.width, height: 1)) }
                    }
                    y += 1
                }
            }
            y += gap
        }
    }

    // MARK: Linear mode

    func summary(_ model: Model) -> PaneSummary {
        guard let card else {
            return PaneSummary(extent: accountFailure?.message ?? "Loading the customer.")
        }
        let words = CardWords(card, isAccountRead: isAccountRead, width: CardWords.spoken, model)
        let all = [words.name, words.facts, words.contacts, words.holdings, words.orders, words.next, words.writes]
        let sentences = all.filter(\.isWanted).flatMap { block -> [String] in
            let heading = block.right.isEmpty ? block.title : "\(block.title): \(block.right)"
            let head = block.head.map { $0.map(\.text).joined(separator: ", ") }
            let rows = block.heights.indices.map { place in
                block.runs(place).joined().map { $0.text.trimmingSpaces() }.filter { !$0.isEmpty }
                    .joined(separator: ", ")
            }
            return ([heading] + head + rows).filter { !$0.isEmpty }.map { $0.asSentence }
        }
        var summary = PaneSummary(position: position, page: sentences)
        summary.extent = card.lackWords.map { $0.capitalised } ?? ""
        summary.row = self.words(ofSelected: model)
        return summary
    }

    /// The row on the cursor in words.
    func words(ofSelected model: Model) -> String? {
        guard let selected = cursor.selected, let card else { return nil }
        let words = CardWords(card, isAccountRead: isAccountRead, width: CardWords.spoken, model)
        for block in [words.contacts, words.holdings, words.orders, words.next, words.writes] {
            guard let place = block.lines.firstIndex(of: selected) else { continue }
            return block.runs(place).joined().map { $0.text.trimmingSpaces() }.filter { !$0.isEmpty }
                .joined(separator: ", ")
        }
        return nil
    }
}

extension CardBlock {
    /// Whether there is anything in it.
    fileprivate var isWanted: Bool { !title.isEmpty || !head.isEmpty || !heights.isEmpty }
}
