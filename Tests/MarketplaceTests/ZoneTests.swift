import Marketplace
import Testing

@Suite struct `A time zone` {
    private let moment = Instant(millisecondsSince1970: 1_795_183_452_000)  // 2026-11-20T14:04:12Z
    private let late = Instant(millisecondsSince1970: 1_795_217_652_000)  // 2026-11-20T23:34:12Z
    private let cet = Zone(name: "CET", hours: 1)

    @Test func `shows moments as its clocks do`() {
        #expect(cet.time(of: moment) == "15:04:12")
        #expect(cet.spoken(moment) == "20 Nov 2026 15:04")
        #expect(cet.short(moment) == "20 Nov 15:04")
        #expect(cet.name(at: moment) == "CET")
        #expect(Zone.utc.spoken(moment) == "20 Nov 2026 14:04")
    }

    @Test func `has a day of its own`() {
        #expect(cet.date(of: late).description == "2026-11-21")
        #expect(Zone.utc.date(of: late).description == "2026-11-20")
        #expect(Zone(name: "PST", hours: -8).date(of: moment.adding(seconds: -8 * 3600)).description == "2026-11-19")
    }

    @Test func `shows UTC beside it, with the day where that differs`() {
        #expect(cet.withUTC(moment) == "20 Nov 2026 15:04, 14:04 UTC")
        #expect(cet.withUTC(late) == "21 Nov 2026 00:34, 20 Nov 23:34 UTC")
        #expect(Zone.utc.withUTC(moment) == "20 Nov 2026 14:04 UTC")
    }

    @Test func `is what it is called`() {
        #expect(cet == Zone(name: "CET", hours: 1))
        #expect(cet != .utc)
    }
}
