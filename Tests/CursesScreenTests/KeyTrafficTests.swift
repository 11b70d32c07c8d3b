import Glibc
import Screen
import TestSupport
import Testing

@testable import CursesScreen

/// Keys among everything that terminals send beside them, split anywhere: what is no key is none, and each key is itself.
/// SOUK_FUZZ_EVENTS in the environment makes it more events.
@Suite(.onOwnThreads, .timeLimit(.minutes(60))) struct `Keys among answers` {
    private static let events = getenv("SOUK_FUZZ_EVENTS").flatMap { Int(String(cString: $0)) } ?? 8000

    @Test(arguments: 1...8) func `are the only keys`(seed: UInt64) {
        var traffic = TerminalTraffic<Key>(
            seed: seed, keys: KeyForms.all, escape: [.escape], paste: { .paste($0) })
        var readings = DecodedReadings()
        for number in 0..<(Self.events + 7) / 8 {
            let event = traffic.next()
            var keys: [Key] = []
            for piece in event.pieces { keys += readings.read(piece.bytes, after: piece.silence) }
            if event.rests { keys += readings.rest() }
            if !event.tail.isEmpty { keys += readings.read(event.tail, after: 60) }
            let story = event.pieces.map {
                "\($0.silence) ms " + String(decoding: $0.bytes, as: UTF8.self).debugDescription
            }
            #expect(keys == event.meaning, "seed \(seed), event \(number): \(story), tail \(event.tail)")
            if keys != event.meaning { return }
        }
        #expect(readings.read("k", after: 3100) == ["k"])
    }
}
