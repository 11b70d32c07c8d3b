import Glibc
import TerminalSupport

// How fast the real program is in a terminal, beside a plain list in C on the same machine in the same minute:
//
//     swift build -c release && .build/release/TerminalBenchmarks [--quick] [--lists] [--views] [--preview] [--program PATH]
//
// --quick: fewer keys, no list of a million rows, and 5 seconds of idling in place of 60. --lists: filters and orders of
// long lists alone. --views: keys in each view alone. --preview: keys with a preview alone. Both programs are measured in turn. Times are from what a person does to the byte that shows it; a burst is over when nothing came for 4 ms.

struct Plan {
    var isQuick = false
    var isListsOnly = false
    var isViewsOnly = false
    var isPreviewOnly = false
    var program = PseudoTerminal.builtProduct("souk")
    let floor = PseudoTerminal.builtProduct("ListFloor")

    init() {
        var arguments = CommandLine.arguments.dropFirst()
        while let argument = arguments.popFirst() {
            switch argument {
            case "--quick": isQuick = true
            case "--lists": isListsOnly = true
            case "--views": isViewsOnly = true
            case "--preview": isPreviewOnly = true
            case "--program":
                guard let path = arguments.popFirst() else { Plan.refuse("--program needs a path") }
                program = path
            default:
                Plan.refuse(
                    "what is '\(argument)'? There are --quick, --lists, --views, --preview and --program PATH.")
            }
        }
        for path in [program, floor] where access(path, X_OK) != 0 {
            Plan.refuse("there is no \(path). Build it first: swift build -c release")
        }
    }

    var runs: Int { isQuick ? 3 : 10 }
    var keys: Int { isQuick ? 100 : 400 }
    var rowCounts: [Int] { isQuick ? [1_500, 100_000] : [1_500, 100_000, 1_000_000] }
    var idleSeconds: Int { isQuick ? 5 : 60 }

    static func refuse(_ message: String) -> Never {
        print("TerminalBenchmarks: \(message)")
        exit(64)
    }
}

let plan = Plan()

func startFloor(_ rows: Int, columns: Int, lines: Int, preview: Bool = false) throws -> MeasuredProgram {
    try MeasuredProgram(plan.floor, [String(rows)] + (preview ? ["--preview"] : []), columns: columns, rows: lines)
}

func startSouk(_ rows: Int, columns: Int, lines: Int) throws -> MeasuredProgram {
    try MeasuredProgram(plan.program, ["--sandbox", "--subscriptions", String(rows)], columns: columns, rows: lines)
}

func grouped(_ number: Int) -> String {
    let digits = String(number)
    return digits.enumerated().map { place, digit in
        place > 0 && (digits.count - place) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }.joined()
}

/// Opens the list of all subscriptions and waits until all of them are there.
func openSubscriptions(_ program: MeasuredProgram, _ rows: Int) throws {
    _ = try program.wait(for: "NEEDS YOU NOW", seconds: 60)
    program.settle()
    _ = program.press("3")
    _ = try program.wait(for: " of \(grouped(rows))", seconds: 300)
    program.settle(milliseconds: 1000)
}

/// Waits until what is read ahead is there, a minute at most.
func waitUntilIdle(_ program: MeasuredProgram) {
    var before: ProcessFigures?
    for _ in 0..<60 {
        program.settle(milliseconds: 1000)
        guard let now = ProcessFigures(of: program.processID) else { return }
        // The runtime wakes once a second for good.
        if now.wakeUps(since: before) <= 2 { break }
        before = now
    }
}

func measureStart() throws {
    var first: [[Int]] = [[], []]
    var frame: [[Int]] = [[], []]
    var data: [[Int]] = [[], []]
    for _ in 0..<plan.runs {
        let floor = try startFloor(1_500, columns: 120, lines: 40)
        first[0].append(try floor.waitForFirstByte())
        frame[0].append(try floor.wait(for: "ready"))
        let souk = try startSouk(1_500, columns: 120, lines: 40)
        first[1].append(try souk.waitForFirstByte())
        frame[1].append(try souk.wait(for: "Catalog"))
        data[1].append(try souk.wait(for: "orders failed"))
    }
    var figures = Figures("Start, 120x40, 1,500 rows", ["floor", "souk"])
    figures.add("to the first byte, p50", "ms", first[0].milliseconds(at: 0.5), first[1].milliseconds(at: 0.5))
    figures.add("to the first frame, p50", "ms", frame[0].milliseconds(at: 0.5), frame[1].milliseconds(at: 0.5))
    figures.add("to the first data, p50", "ms", nil, data[1].milliseconds(at: 0.5))
    figures.show()
}

struct Moves {
    var last: [Int] = []
    var bytes: [Int] = []
    var resize: [Int] = []
    var figures: ProcessFigures?

    /// One key, timed.
    mutating func take(_ answer: MeasuredProgram.Answer?) {
        guard let answer else { return }
        last.append(answer.last)
        bytes.append(answer.bytes)
    }
}

func measureMoves(_ rows: Int, columns: Int, lines: Int) throws {
    let programs = [
        try startFloor(rows, columns: columns, lines: lines),
        try startFloor(rows, columns: columns, lines: lines, preview: true),
        try startSouk(rows, columns: columns, lines: lines),
    ]
    for floor in programs[..<2] { _ = try floor.wait(for: "ready", seconds: 60) }
    try openSubscriptions(programs[2], rows)
    for program in programs { program.settle() }
    var moves = [Moves(), Moves(), Moves()]
    // In pieces and in turn: whatever else the machine does meets all of them.
    for _ in 0..<plan.keys / 25 {
        for (place, program) in programs.enumerated() {
            let pause = place == 2 && columns >= 120 ? PreviewFigures.pause : nil
            for _ in 0..<25 { moves[place].take(program.press("j", after: pause)) }
        }
    }
    for (place, program) in programs.enumerated() {
        for size in [(100, 30), (columns, lines), (90, 24), (columns, lines)] {
            if let answer = program.resize(columns: size.0, rows: size.1) { moves[place].resize.append(answer.last) }
        }
        moves[place].figures = ProcessFigures(of: program.processID)
    }
    var figures = Figures(
        "The cursor down, \(columns)x\(lines), \(grouped(rows)) rows", ["floor", "with pane", "souk"])
    func add(_ what: String, _ unit: String, _ value: (Moves) -> Double?) {
        figures.add(what, unit, value(moves[0]), value(moves[1]), value(moves[2]))
    }
    add("key to last byte, p50", "ms") { $0.last.milliseconds(at: 0.5) }
    add("key to last byte, p99", "ms") { $0.last.milliseconds(at: 0.99) }
    add("bytes a key, mean", "bytes") { $0.bytes.mean }
    add("resize to the last byte, worst of 4", "ms") { $0.resize.milliseconds(at: 1) }
    add("resident", "MiB") { $0.figures.map { Double($0.resident) / 1024 } }
    figures.show()
}

/// A view, and the keys that move its cursor there and back.
struct MovedView {
    var name: String
    var keys: String
    /// What its screen shows.
    var sign: String
    /// Rows of the plain list beside it, as many as it has itself.
    var rows: Int
    var there = "j"
    var back = "k"
    var hasPreview = false
    /// So many one way that the last row is never reached, where a key brings nothing.
    var steps: Int { rows < 12 ? 3 : 10 }

    static let all = [
        MovedView(name: "3 Subscriptions", keys: "3", sign: "SUBSCRIPTIONS", rows: 1_500, hasPreview: true),
        MovedView(name: "8 Money", keys: "8", sign: "MONEY", rows: 400),
        MovedView(name: "the calendar", keys: "8", sign: "RENEWALS", rows: 12, there: "l", back: "h"),
        MovedView(name: "9 Reports", keys: "9", sign: "REPORTS", rows: 149, hasPreview: true),
        MovedView(name: "0 Changes", keys: "0", sign: "CHANGES", rows: 80),
        MovedView(name: "1 Home", keys: "1", sign: "NEEDS YOU NOW", rows: 5),
        MovedView(name: "the card", keys: "3i", sign: "CALL", rows: 6),
    ]
}

/// Keys in every kind of view, with all details read.
func measureViews(columns: Int, lines: Int) throws {
    let souk = try startSouk(1_500, columns: columns, lines: lines)
    _ = try souk.wait(for: "NEEDS YOU NOW", seconds: 60)
    souk.settle()
    var figures = Figures("A key that moves, \(columns)x\(lines)", ["floor", "with pane", "souk"])
    for view in MovedView.all {
        for key in view.keys {
            _ = souk.press(String(key))
            souk.settle()
        }
        _ = try souk.wait(for: view.sign, seconds: 60)
        waitUntilIdle(souk)
        let programs = [
            try startFloor(view.rows, columns: columns, lines: lines),
            try startFloor(view.rows, columns: columns, lines: lines, preview: true), souk,
        ]
        for floor in programs[..<2] { _ = try floor.wait(for: "ready", seconds: 60) }
        for program in programs { program.settle() }
        var moves = [Moves(), Moves(), Moves()]
        for _ in 0..<plan.keys / view.steps / 2 {
            for (place, program) in programs.enumerated() {
                let keys = program === souk ? [view.there, view.back] : ["j", "k"]
                let pause = program === souk && columns >= 120 && view.hasPreview ? PreviewFigures.pause : nil
                for key in keys { for _ in 0..<view.steps { moves[place].take(program.press(key, after: pause)) } }
            }
        }
        for (what, part) in [("p50", 0.5), ("p99", 0.99)] {
            let times = moves.map { $0.last.milliseconds(at: part) }
            figures.add("\(view.name), key to last byte, \(what)", "ms", times[0], times[1], times[2])
        }
        let bytes = moves.map(\.bytes.mean)
        figures.add("\(view.name), bytes a key, mean", "bytes", bytes[0], bytes[1], bytes[2])
    }
    figures.show()
}

struct Steps {
    var echo: [Int] = []
    var first: [Int] = []
    var last: [Int] = []

    mutating func take(_ progress: MeasuredProgram.Progress?) {
        guard let progress else { return }
        echo.append(progress.echo)
        first.append(progress.first)
        last.append(progress.last)
    }

    func add(to figures: inout Figures, _ key: String) {
        figures.add("\(key), echo, p50", "ms", nil, echo.milliseconds(at: 0.5))
        figures.add("\(key), first results, worst", "ms", nil, first.milliseconds(at: 1))
        figures.add("\(key), all results, p50", "ms", nil, last.milliseconds(at: 0.5))
        figures.add("\(key), all results, worst", "ms", nil, last.milliseconds(at: 1))
    }
}

/// How many rows pass the filter: `1,234 match so far of 100,000`.
func matches(_ screen: EmulatedScreen) -> String {
    for row in 0..<screen.rows {
        let words = screen.row(row).split(separator: " ")
        guard let place = words.firstIndex(of: "match"), place > 0 else { continue }
        return words[place - 1] + (words.dropFirst(place + 1).first == "so" ? " so far" : "")
    }
    return ""
}

/// The rows of the list, without what only their details hold.
func names(_ screen: EmulatedScreen) -> String {
    (5..<screen.rows - 3).map { String(screen.row($0).prefix(30)) }.joined(separator: "\n")
}

/// Each letter of a filter and each change of the order, with all rows there.
func measureLongWork(_ rows: Int) throws {
    let souk = try startSouk(rows, columns: 120, lines: 40)
    try openSubscriptions(souk, rows)
    waitUntilIdle(souk)
    let before = ProcessFigures(of: souk.processID)
    // As long as the longest silence between an echo and all results may be.
    let quiet: Int32 = rows > 100_000 ? 1500 : 300
    var (first, more, ahead, sort) = (Steps(), Steps(), Steps(), Steps())
    for (sign, word) in [("", "premium"), ("!", "active"), ("~", "bkup"), ("", "wind")] {
        _ = souk.press("/" + sign, quiet: quiet)
        for (place, letter) in word.enumerated() {
            let progress = souk.follow(String(letter), quiet: quiet, matches)
            if place == 0 { first.take(progress) } else { more.take(progress) }
        }
        _ = souk.press("\u{1B}", quiet: quiet)
    }
    for letter in ["p", "a", "9"] {
        ahead.take(souk.follow("/" + letter, quiet: quiet, matches))
        _ = souk.press("\u{1B}", quiet: quiet)
    }
    let between = ProcessFigures(of: souk.processID)
    for key in [">", ">", "S", ">", "S", ">", ">", "S"] { sort.take(souk.follow(key, quiet: quiet, names)) }
    let after = ProcessFigures(of: souk.processID)
    var figures = Figures("Filter and order, key to last byte, 120x40, \(grouped(rows)) rows", ["floor", "souk"])
    first.add(to: &figures, "first letter")
    more.add(to: &figures, "a letter more")
    ahead.add(to: &figures, "/ with a letter")
    sort.add(to: &figures, "another order")
    func add(_ what: String, _ kibibytes: Int?) {
        figures.add(what, "MiB", nil, kibibytes.map { Double($0) / 1024 })
    }
    add("resident before", before?.resident)
    add("resident after the filters", between?.resident)
    add("resident while sorted", after?.resident)
    add("resident at most", after?.peak)
    figures.show()
}

/// Wake-ups while nobody does anything, after what is read ahead is there.
func measureIdle(_ rows: Int) throws {
    let souk = try startSouk(rows, columns: 120, lines: 40)
    let floor = try startFloor(rows, columns: 120, lines: 40)
    try openSubscriptions(souk, rows)
    _ = try floor.wait(for: "ready")
    waitUntilIdle(souk)
    let start = [floor, souk].map { ProcessFigures(of: $0.processID) }
    sleep(UInt32(plan.idleSeconds))
    let end = [floor, souk].map { ProcessFigures(of: $0.processID) }
    func wakeUps(_ place: Int) -> Double? {
        guard let start = start[place], let end = end[place] else { return nil }
        return Double(end.wakeUps(since: start))
    }
    var figures = Figures("Idle, 120x40, \(grouped(rows)) rows", ["floor", "souk"])
    figures.add("wake-ups in \(plan.idleSeconds) s, all threads", "times", wakeUps(0), wakeUps(1))
    figures.add("resident", "MiB", end[0].map { Double($0.resident) / 1024 }, end[1].map { Double($0.resident) / 1024 })
    figures.add("resident at most", "MiB", end[0].map { Double($0.peak) / 1024 }, end[1].map { Double($0.peak) / 1024 })
    figures.show()
}

do {
    if !plan.isListsOnly, !plan.isViewsOnly {
        for (columns, lines) in [(80, 24), (120, 40), (200, 60)] {
            try PreviewFigures.show(columns: columns, lines: lines)
        }
    }
    if plan.isPreviewOnly { exit(0) }
    if !plan.isListsOnly {
        for (columns, lines) in [(80, 24), (120, 40)] { try measureViews(columns: columns, lines: lines) }
    }
    if plan.isViewsOnly { exit(0) }
    if !plan.isListsOnly {
        try measureStart()
        for (columns, lines) in [(80, 24), (120, 40), (200, 60)] {
            for rows in plan.rowCounts { try measureMoves(rows, columns: columns, lines: lines) }
        }
    }
    for rows in plan.rowCounts { try measureLongWork(rows) }
    if !plan.isListsOnly {
        try measureIdle(1_500)
        try measureIdle(100_000)
    }
} catch {
    print("TerminalBenchmarks: \(error)")
    exit(1)
}
