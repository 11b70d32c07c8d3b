import Testing

@testable import CursesScreen

/// The bytes that ring the bell and show a note on the desktop.
@Suite struct `The bell and the note` {
    @Test(arguments: [
        (Alerts.off, true, ""), (.bell, true, "\u{7}"), (.osc9, false, "\u{7}"), (.osc777, false, "\u{7}"),
        (.osc9, true, "\u{1B}]9;souk: order 1; failed\u{7}\u{7}"),
        (.osc777, true, "\u{1B}]777;notify;souk;order 1, failed\u{7}\u{7}"),
    ])
    func `are what the settings and the terminal allow`(alerts: Alerts, understands: Bool, bytes: String) {
        #expect(alerts.sequence(for: "order 1; failed", understandsNotes: understands) == bytes)
    }

    @Test(arguments: Alerts.allCases)
    func `let nothing of a name act on the terminal`(alerts: Alerts) {
        let sequence = alerts.sequence(
            for: "a\u{7}\u{1B}]0;title\u{7}\u{9B}2J\u{202E}\n" + String(repeating: "x", count: 5000),
            understandsNotes: true)
        #expect(sequence.unicodeScalars.dropFirst().dropLast(2).allSatisfy { $0.value >= 32 && $0.value != 0x9B })
        #expect(sequence.count < 200)
    }
}
