import Screen
import TestSupport
import Testing

@Suite struct `A list's cursor` {
    private func cursor(on id: Int, in ids: [Int], visible: Int = 5) -> ListCursor<Int> {
        var cursor = ListCursor<Int>()
        cursor.select(id: id, in: ids)
        cursor.scroll(count: ids.count, visible: visible)
        return cursor
    }

    @Test func `begins on the first row`() {
        var cursor = ListCursor<Int>()
        cursor.settle(in: [7, 8])
        #expect(cursor.selected == 7)
    }

    @Test func `stays on its row when rows come before it, go, or change places`() {
        var cursor = cursor(on: 3, in: [1, 2, 3, 4])
        for ids in [[9, 1, 2, 3, 4], [3, 4], [4, 1, 3], [3]] {
            cursor.settle(in: ids)
            #expect(cursor.selected == 3)
            #expect(ids[cursor.index] == 3)
        }
    }

    @Test func `goes to the row now at its place when its own is gone`() {
        var cursor = cursor(on: 3, in: [1, 2, 3, 4])
        cursor.settle(in: [1, 2, 4])
        #expect(cursor.selected == 4)
        cursor.settle(in: [1])
        #expect(cursor.selected == 1)
    }

    @Test func `finds its row again after an empty list`() {
        var cursor = cursor(on: 3, in: [1, 2, 3, 4])
        cursor.settle(in: [])
        #expect(cursor.selected == 3)
        cursor.settle(in: [4, 3])
        #expect(cursor.selected == 3)
    }

    @Test func `does not move in an empty list`() {
        var cursor = ListCursor<Int>()
        for motion: ListCursor<Int>.Motion in [.up, .down, .pageDown, .last] {
            cursor.move(motion, in: [], visible: 5)
            #expect(cursor.selected == nil)
        }
    }

    @Test func `moves by rows, pages and halves, and stops at the ends`() {
        let ids = Array(0..<20)
        var cursor = cursor(on: 0, in: ids)
        for (motion, expected) in [
            (ListCursor<Int>.Motion.up, 0), (.down, 1), (.pageDown, 5), (.halfPageDown, 7), (.halfPageUp, 5),
            (.pageUp, 1), (.last, 19), (.pageDown, 19), (.first, 0),
        ] {
            cursor.move(motion, in: ids, visible: 5)
            #expect(cursor.selected == expected)
        }
    }

    @Test func `moves by the keys of every list`() {
        #expect(ListCursor<Int>.Motion(.down) == .down && ListCursor<Int>.Motion("j") == .down)
        #expect(ListCursor<Int>.Motion("G") == .last && ListCursor<Int>.Motion(.home) == .first)
        #expect(ListCursor<Int>.Motion("x") == nil)
    }

    @Test func `keeps its promises through any changes`() {
        var dice = Dice(seed: 1)
        var cursor = ListCursor<Int>()
        var ids: [Int] = []
        var fresh = 0
        let motions: [ListCursor<Int>.Motion] = [.up, .down, .pageUp, .pageDown, .halfPageUp, .first, .last]
        for _ in 0..<5000 {
            let before = cursor.selected
            let visible = 1 + dice.below(7)
            switch dice.below(5) {
            case 0:
                ids.insert(fresh, at: dice.below(ids.count + 1))
                fresh += 1
            case 1 where !ids.isEmpty: ids.remove(at: dice.below(ids.count))
            case 2: ids.shuffle(using: &dice)
            case 3 where !ids.isEmpty:
                let motion = motions[dice.below(motions.count)]
                let start = before.flatMap { ids.firstIndex(of: $0) }
                cursor.move(motion, in: ids, visible: visible)
                if let start {
                    #expect(cursor.index == place(after: motion, from: start, count: ids.count, visible: visible))
                }
                checkView(cursor, count: ids.count, visible: visible)
                continue
            default: break
            }
            cursor.settle(in: ids)
            cursor.scroll(count: ids.count, visible: visible)
            if let before, ids.contains(before) { #expect(cursor.selected == before) }
            if let selected = cursor.selected, !ids.isEmpty { #expect(ids[cursor.index] == selected) }
            checkView(cursor, count: ids.count, visible: visible)
        }
    }

    private func place(after motion: ListCursor<Int>.Motion, from start: Int, count: Int, visible: Int) -> Int {
        let step =
            switch motion {
            case .up: -1
            case .down: 1
            case .pageUp: -max(1, visible - 1)
            case .pageDown: max(1, visible - 1)
            case .halfPageUp: -max(1, visible / 2)
            case .halfPageDown: max(1, visible / 2)
            case .first: -count
            case .last: count
            }
        return min(max(0, start + step), count - 1)
    }

    private func checkView(_ cursor: ListCursor<Int>, count: Int, visible: Int) {
        guard count > 0 else { return }
        #expect((cursor.top..<cursor.top + visible).contains(cursor.index))
        #expect(cursor.top >= 0 && cursor.top <= max(0, count - visible))
    }
}
