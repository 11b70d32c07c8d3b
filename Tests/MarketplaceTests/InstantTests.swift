import Marketplace
import TestSupport
import Testing

@Suite struct `An instant` {
    @Test(arguments: [
        ("2026-11-20T14:04:12Z", "2026-11-20T14:04:12Z"), ("2026-11-20T14:04:12.5Z", "2026-11-20T14:04:12Z"),
        ("2026-11-20T14:04:12.123456789Z", "2026-11-20T14:04:12Z"), ("2026-11-20t14:04:12z", "2026-11-20T14:04:12Z"),
        ("2026-11-20T14:04Z", "2026-11-20T14:04:00Z"), ("2026-11-20 14:04:12Z", "2026-11-20T14:04:12Z"),
        ("2026-11-20  14:04:12 Z", "2026-11-20T14:04:12Z"), ("2026-11-20, 14:04:12 UTC", "2026-11-20T14:04:12Z"),
        ("2026-11-20,14:04:12 GMT", "2026-11-20T14:04:12Z"), ("2026-11-20T14:04:12,750Z", "2026-11-20T14:04:12Z"),
        ("2026-11-20T14:04:12+02:00", "2026-11-20T12:04:12Z"), ("2026-11-20T14:04:12+0530", "2026-11-20T08:34:12Z"),
        ("2026-11-20T23:30:00-08:00", "2026-11-21T07:30:00Z"), ("2026-11-20T01:00:00.25+02", "2026-11-19T23:00:00Z"),
        ("2026-11-26T02:20:00 -0800", "2026-11-26T10:20:00Z"), ("2026-11-26 02:20:00-08:00", "2026-11-26T10:20:00Z"),
        ("2026-11-26 02:20:00.000 +01:00", "2026-11-26T01:20:00Z"),
        ("2026-11-26T02:20:00-00:00", "2026-11-26T02:20:00Z"), ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ])
    func `is read by RFC 3339 and in the variants that servers write`(_ text: String, _ expected: String) {
        #expect(Instant(text)?.description == expected)
    }

    @Test(arguments: [
        "", "soon", "2026-11-20T", "2026-11-20T14", "2026-11-20T1404", "2026-11-20T24:00:00Z", "2026-11-20T14:60Z",
        "2026-11-20T14:04:61Z", "2026-11-20T14:04:1", "2026-02-30T10:00:00Z", "2026-11-20X14:04:12Z",
        "2026-11-20T14:04:12+x", "2026-11-20T14:04:12+", "2026-11-20T14:04:12.Z", "2026-11-20T14:04:12+24:00",
        "2026-11-20T14:04:12+01:60", "2026-11-20T14:04:12+01:", "2026-11-20T14:04:12Zulu", "2026-11-20T14:04:12 PST",
        "2026-11-20T14:04:12Z ", "2026-11-20T14:04:12+٠١:٠٠",
    ])
    func `is not made of bad text`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test(arguments: ["2026-11-20T14:04:12", "2026-11-20 14:04:12.5", "2026-11-20T14:04", "2026-11-20"])
    func `is not guessed where the zone is missing`(_ text: String) {
        #expect(Instant(text) == nil)
    }

    @Test(arguments: 1...60 as ClosedRange<UInt64>)
    func `however it is written, is the right moment or none`(seed: UInt64) {
        var dice = Dice(seed: seed)
        for _ in 0..<50 {
            let moment = Instant(millisecondsSince1970: Int64(dice.below(2_000_000_000)) * 1000)
            let minutes = (dice.below(27 * 60) - 13 * 60) / 15 * 15
            let local = moment.adding(seconds: Double(minutes) * 60)
            let separator = dice.one(of: ["T", "t", " ", "  ", ",", ", "])
            let fraction = dice.one(of: ["", ".000", ",0", ".000000"])
            let blank = dice.one(of: ["", " "])
            let (hours, rest) = (abs(minutes) / 60, abs(minutes) % 60)
            func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
            let offset = (minutes < 0 ? "-" : "+") + two(hours) + dice.one(of: ["", ":"]) + two(rest)
            let zone = minutes == 0 ? dice.one(of: ["Z", "z", "UTC", offset]) : offset
            let plain = "\(local.utcDate)\(separator)\(local.utcTime)\(fraction)"
            #expect(Instant(plain + blank + zone) == moment, "\(plain)\(blank)\(zone)")
            #expect(Instant(plain) == nil, "\(plain)")
        }
    }

    @Test func `at the ends of time is still counted`() {
        let last = Instant(millisecondsSince1970: .max)
        let first = Instant(millisecondsSince1970: .min)
        #expect(last.adding(seconds: 1e300) == last)
        #expect(first.adding(seconds: -1e300) == first)
        #expect(last.seconds(since: first) > 1e15)
        #expect(Instant(secondsSince1970: .infinity) == last)
        #expect(!first.utcTime.isEmpty && !first.utcDate.description.isEmpty)
        #expect(spokenDuration(seconds: .infinity).hasSuffix(" d 1 h"))
    }

    @Test func `keeps milliseconds`() {
        #expect(Instant("1970-01-01T00:00:01.25Z")!.millisecondsSince1970 == 1250)
        #expect(Instant("1970-01-01T00:00:01.0019Z")!.millisecondsSince1970 == 1001)
        #expect(Instant("1969-12-31T23:59:59.999Z")!.millisecondsSince1970 == -1)
    }

    @Test func `knows its date and time before 1970 too`() {
        let instant = Instant(millisecondsSince1970: -1)
        #expect(instant.utcDate.description == "1969-12-31")
        #expect(instant.utcTime == "23:59:59")
        #expect(Instant(millisecondsSince1970: -86_400_000).description == "1969-12-31T00:00:00Z")
    }

    @Test func `is counted in seconds`() {
        let start = Instant("2026-11-20T14:04:12Z")!
        #expect(start.adding(seconds: 90.5).seconds(since: start) == 90.5)
        #expect(start.adding(seconds: -1) < start)
        #expect(start.spoken == "20 Nov 2026 14:04")
    }

    @Test(arguments: [
        (-5.0, "0 s"), (0.9, "0 s"), (59.9, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"),
        (11_520, "3 h 12 min"), (86_400, "1 d"), (187_200, "2 d 4 h"),
    ])
    func `lies apart from another by so much, in words`(_ seconds: Double, _ words: String) {
        #expect(spokenDuration(seconds: seconds) == words)
    }
}
