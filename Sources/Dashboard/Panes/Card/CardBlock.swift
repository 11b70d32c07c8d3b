import Screen

/// A part of the card: a heading, and below it rows of which as many are shown as the window has space for.
struct CardBlock {
    enum Kind: Hashable, CaseIterable {
        case name, facts, contacts, holdings, orders, next, writes
    }

    typealias Runs = [(x: Int, text: String, style: Style)]

    var kind: Kind
    var title = ""
    var right = ""
    /// Lines below the heading that stay with it.
    var head: [Runs] = []
    /// What its rows are about, in order; of facts there is nothing to open.
    var lines: [CustomerCardPane.Line] = []
    /// Lines of the screen that each row takes.
    var heights: [Int]
    /// The lines of a row.
    var runs: (Int) -> [Runs]
    /// Lines of the screen that its rows get.
    var budget: Int
    /// Whether it is left out, heading and all.
    var isGone = false

    init(
        _ kind: Kind, _ title: String = "", right: String = "", head: [Runs] = [],
        lines: [CustomerCardPane.Line] = [], heights: [Int] = [], runs: @escaping (Int) -> [Runs] = { _ in [] }
    ) {
        (self.kind, self.title, self.right, self.head) = (kind, title, right, head)
        (self.lines, self.heights, self.runs) = (lines, heights, runs)
        budget = heights.reduce(0, +)
    }

    /// A block whose rows are made already.
    init(
        _ kind: Kind, _ title: String, right: String = "", head: [Runs] = [],
        rows: [(line: CustomerCardPane.Line, runs: [Runs])]
    ) {
        self.init(
            kind, title, right: right, head: head, lines: rows.map(\.line), heights: rows.map(\.runs.count),
            runs: { rows[$0].runs })
    }

    /// Lines of the screen that it takes.
    var height: Int { isGone ? 0 : (title.isEmpty ? 0 : 1) + head.count + budget }

    /// The rows that are shown when `top` is the first of them: one at least.
    func shown(from top: Int) -> Range<Int> {
        guard !isGone, top < heights.count else { return 0..<0 }
        var (end, used) = (top, 0)
        while end < heights.count, used + heights[end] <= budget || end == top {
            used += heights[end]
            end += 1
        }
        return top..<end
    }

    /// The last row that may come first: those after it fill the block.
    var lastTop: Int {
        guard !isGone, budget < heights.reduce(0, +) else { return 0 }
        var (top, used) = (heights.count, 0)
        while top > 0, used + heights[top - 1] <= budget {
            used += heights[top - 1]
            top -= 1
        }
        return min(top, max(0, heights.count - 1))
    }

    /// Lines of its first `count` rows.
    fileprivate func height(ofFirst count: Int) -> Int { heights.prefix(count).reduce(0, +) }
}

extension CardBlock {
    /// What goes first where the window is short: rows of a block down to so many; -1 for the whole block.
    private static let steps: [(kind: Kind, rows: Int)] = [
        (.holdings, 6), (.orders, 2), (.writes, 1), (.next, 3), (.writes, -1), (.next, -1), (.contacts, 2),
        (.facts, -1),
        (.holdings, 3), (.contacts, 1), (.orders, 1), (.holdings, 1), (.holdings, -1),
    ]

    /// Makes the blocks of one column fit into `height` lines.
    static func fit(_ blocks: [CardBlock], into height: Int) -> [CardBlock] {
        var blocks = blocks
        for step in steps {
            let surplus = blocks.reduce(0) { $0 + $1.height } - height
            guard surplus > 0 else { break }
            guard let place = blocks.firstIndex(where: { $0.kind == step.kind }) else { continue }
            if step.rows < 0 {
                blocks[place].isGone = true
            } else {
                let least = blocks[place].height(ofFirst: step.rows)
                blocks[place].budget = min(blocks[place].budget, max(least, blocks[place].budget - surplus))
            }
        }
        return blocks.filter { !$0.isGone }
    }
}
