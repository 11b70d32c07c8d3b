import Marketplace
import Testing

@Suite struct `A calendar date` {
    @Test func `is the same after it was written and read`() {
        var date = CalendarDate(year: 1899, month: 12, day: 28)!
        var previous = date.components
        for _ in 0..<150_000 {
            date = date.adding(days: 1)
            let (year, month, day) = date.components
            #expect(CalendarDate(year: year, month: month, day: day) == date)
            #expect((year, month, day) > previous)
            previous = (year, month, day)
        }
        #expect(date.components.year == 2310)
        #expect(CalendarDate(date.description) == date)
    }

    @Test func `counts days from 1970`() {
        #expect(CalendarDate(year: 1970, month: 1, day: 1)!.daysSince1970 == 0)
        #expect(CalendarDate(year: 2000, month: 3, day: 1)!.daysSince1970 == 11_017)
        #expect(CalendarDate(year: 1, month: 1, day: 1)!.daysSince1970 == -719_162)
        #expect(CalendarDate("2026-11-20")!.days(since: CalendarDate("2025-11-20")!) == 365)
        #expect(CalendarDate("2024-02-28")!.adding(days: 2).description == "2024-03-01")
    }

    @Test(arguments: [(2024, true), (2023, false), (2000, true), (1900, false), (2100, false), (2400, true)])
    func `has a leap day in leap years only`(_ year: Int, _ isLeap: Bool) {
        #expect((CalendarDate(year: year, month: 2, day: 29) != nil) == isLeap)
    }

    @Test(arguments: [
        "", "2026", "2026-11", "2026-11-31", "2026-02-30", "2026-13-01", "2026-00-10", "2026-01-00", "0000-01-01",
        "2026/11/20", "20-11-2026", "2026-1-01x", "-026-11-20", "2026-+1-20", "٢٠٢٦-١١-٢٠", "yesterday!",
    ])
    func `is not made of bad text`(_ text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func `is read from the head of a time`() {
        #expect(CalendarDate("2026-11-20T23:59:59Z")?.description == "2026-11-20")
        #expect(CalendarDate("2026-11-20 00:00:00")?.description == "2026-11-20")
    }

    @Test func `is not the first part of a longer number`() {
        #expect(CalendarDate("2026-11-201") == nil)
    }

    @Test(arguments: [
        ("0001-01-01", true), ("1970-01-01", true), ("1970-12-31", true), ("1971-01-01", false), ("2026-11-20", false),
        ("2099-12-31", false), ("9998-12-31", false), ("9999-01-01", true), ("9999-12-31", true),
    ])
    func `of year 1, 1970 or 9999 stands for none`(_ text: String, _ isNone: Bool) {
        #expect(CalendarDate(text)!.standsForNone == isNone)
    }

    @Test func `is written and spoken with all its digits`() {
        let date = CalendarDate(year: 805, month: 3, day: 4)!
        #expect(date.description == "0805-03-04")
        #expect(CalendarDate("2026-11-02")!.spoken == "02 Nov 2026")
    }

    @Test func `comes in order`() {
        let texts = ["2026-11-20", "1999-12-31", "2027-01-01", "2026-02-01"]
        #expect(texts.compactMap { CalendarDate($0) }.sorted().map(\.description) == texts.sorted())
    }
}
