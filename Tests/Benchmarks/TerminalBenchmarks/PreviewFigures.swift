import Glibc

/// A key that moves the cursor of a list with a preview beside it: pressed once, and held down.
struct PreviewFigures {
    /// Longer than keys that repeat are apart, in milliseconds.
    static let pause: Int32 = 60
    /// How far apart the keys are that a terminal sends while one is held down, in milliseconds.
    private static let repetition = 30
    private static let rows = 1_500
    /// Keys one way: fewer than there are rows in view.
    private static let steps = 15

    private var last: [Int] = []
    private var bytes: [Int] = []

    /// Presses a key so many times, each on its own.
    private mutating func press(_ key: String, _ count: Int, on program: MeasuredProgram) {
        for _ in 0..<count {
            guard let answer = program.press(key, after: Self.pause) else { continue }
            last.append(answer.last)
            bytes.append(answer.bytes)
        }
    }

    /// Holds a key down for so many repetitions. What is drawn after the last one is shared out among all of them.
    private mutating func hold(_ key: String, _ count: Int, on program: MeasuredProgram) {
        program.settle(milliseconds: Self.pause)
        let before = program.received
        for _ in 0..<count {
            let next = MeasuredProgram.now() + Self.repetition * 1_000_000
            if let answer = program.press(key) { last.append(answer.last) }
            program.settle(until: next)
        }
        program.settle(milliseconds: Self.pause)
        bytes.append((program.received - before) / count)
    }

    static func show(columns: Int, lines: Int) throws {
        let floors = try [false, true].map {
            try startFloor(rows, columns: columns, lines: lines, preview: $0)
        }
        for floor in floors { _ = try floor.wait(for: "ready") }
        let souk = try startSouk(rows, columns: columns, lines: lines)
        try openSubscriptions(souk, rows)
        waitUntilIdle(souk)
        // First among the rows in view, then with a list that scrolls.
        for (what, keys) in [("in view", ["j", "k"]), ("scrolling", ["j"])] {
            if what == "scrolling" { for program in floors + [souk] { program.skip("j", lines) } }
            var (plain, preview, alone, held) = (Self(), Self(), Self(), Self())
            // In pieces and in turn: whatever else the machine does meets all of them.
            for _ in 0..<plan.keys / 25 {
                for key in keys {
                    plain.press(key, steps, on: floors[0])
                    preview.press(key, steps, on: floors[1])
                    alone.press(key, steps, on: souk)
                }
                for key in keys { held.hold(key, steps, on: souk) }
            }
            show(what, columns, lines, plain, preview, alone, held)
        }
    }

    private static func show(
        _ what: String, _ columns: Int, _ lines: Int, _ plain: Self, _ preview: Self, _ alone: Self, _ held: Self
    ) {
        var figures = Figures(
            "A key with the preview, \(what), \(columns)x\(lines), \(grouped(rows)) rows",
            ["floor", "with preview", "souk", "held down"])
        func add(_ what: String, _ unit: String, _ value: (Self) -> Double?) {
            figures.add(what, unit, value(plain), value(preview), value(alone), value(held))
        }
        add("key to last byte, p50", "ms") { $0.last.milliseconds(at: 0.5) }
        add("key to last byte, p99", "ms") { $0.last.milliseconds(at: 0.99) }
        add("bytes a key, mean", "bytes") { $0.bytes.mean }
        figures.show()
    }
}
