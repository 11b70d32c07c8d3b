import Glibc
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Keys, clicks, pastes and windows without sense, from a seed: whatever comes, the dashboard goes on and draws what the
/// window has room for. SOUK_FUZZ_EVENTS in the environment makes it more events for a seed.
@Suite(.onOwnThreads, .timeLimit(.minutes(60))) struct `Any keys in any window` {
    private static let events = getenv("SOUK_FUZZ_EVENTS").flatMap { Int(String(cString: $0)) } ?? 400

    private static let letters = Array("123456789jkhlgGoOcARPxnECHBdyWLueaqfmv:/?,.sS<>*VUp []-0+=!~\"'øé者")
    private static let names: [Key] = [
        .enter, .enter, .enter, .escape, .escape, .tab, .backTab, .up, .down, .left, .right, .home, .end, .pageUp,
        .pageDown, .backspace, .delete, .insert, .function(1), .function(2), .function(3), .function(5), .function(6),
        .function(8), .function(9), .function(10), .function(10), .control("p"), .control("u"), .control("w"),
        .control("l"), .control("z"), .control("r"), .control("a"), .control("k"), .control("c"),
    ]
    private static let pastes = [
        "", "25", "two\nlines", "\u{1B}[2J\u{1B}]0;x\u{7}", "\u{202E}gnp.exe", String(repeating: "作", count: 500),
        "\u{0}\u{301}",
    ]

    private static func event(_ dice: inout Dice) -> Event {
        switch dice.below(100) {
        case 0..<55: .key(.character(dice.one(of: letters)))
        case 55..<85: .key(dice.one(of: names))
        case 85..<88: .key(.paste(dice.one(of: pastes)))
        case 88..<94:
            .key(
                .mouse(
                    Mouse(
                        dice.one(of: [.click, .wheelUp, .wheelDown]), x: dice.below(310) - 5, y: dice.below(110) - 5)))
        case 94..<96: .focused(dice.below(2) == 0)
        default:
            .resized(
                dice.below(2) == 0
                    ? Size(columns: 80, rows: 24) : Size(columns: 1 + dice.below(300), rows: 1 + dice.below(100)))
        }
    }

    @Test(arguments: 1...6) func `are survived`(seed: UInt64) async {
        var dice = Dice(seed: seed)
        let stage = await Stage(isReadOnly: seed == 6, isLinear: seed == 5)
        var size = Size(columns: 80, rows: 24)
        for number in 0..<Self.events {
            let event = Self.event(&dice)
            if case .resized(let latest) = event { size = latest }
            await stage.send(event)
            if dice.below(20) == 0 { await stage.pass(seconds: Double(dice.below(90))) }
            var bare = stage.dashboard
            // The columns are laid out as for a frame; the rows are drawn without what was drawn ahead.
            bare.prepare()
            bare.forgetPrepared()
            let canvas = bare.draw()
            #expect(stage.canvas == canvas, "event \(number): \(event): drawn ahead it is another picture")
            #expect(canvas.size == size, "event \(number): \(event)")
            let lines = canvas.text.split(separator: "\n", omittingEmptySubsequences: false)
            let isWithin =
                lines.count == size.rows && lines.allSatisfy { TerminalText.width(of: String($0)) <= size.columns }
            #expect(isWithin, "event \(number): \(event)")
            let isClean = canvas.text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0x7F) }
            #expect(isClean, "event \(number): \(event)")
            if !isWithin || !isClean { return }
            if seed == 5 { #expect(!stage.dashboard.sentences.isEmpty) }
        }
        if seed == 6 { #expect(stage.transport.writes.isEmpty) }
    }
}

extension Dashboard {
    /// Forgets what was drawn ahead.
    fileprivate mutating func forgetPrepared() {
        change(SubscriptionsPane.self) { $0.list.prepared = nil }
        change(OrdersPane.self) { $0.list.prepared = nil }
        change(CatalogPane.self) { $0.list.prepared = nil }
        change(UsersPane.self) { $0.list.prepared = nil }
        change(JournalPane.self) { $0.list.prepared = nil }
        change(MoneyPane.self) { $0.list.prepared = nil }
    }
}
