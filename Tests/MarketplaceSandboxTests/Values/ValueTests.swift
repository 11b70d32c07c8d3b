import Testing

@testable import MarketplaceSandbox

@Suite struct ValueTests {
    @Test func `days are read and written, and those that do not exist refused`() {
        for text in ["1970-01-01", "2000-02-29", "2031-12-31", "1969-07-20", "0001-01-01"] {
            #expect(CalendarDay(text)?.text == text)
        }
        for text in ["2031-02-29", "1900-02-29", "2031-13-01", "2031-00-10", "2031-1-1", "20310101", "2031-04-31", "x"]
        {
            #expect(CalendarDay(text) == nil)
        }
    }

    @Test func `months are added to the last day there is`() {
        #expect(CalendarDay("2031-01-31")?.adding(months: 1).text == "2031-02-28")
        #expect(CalendarDay("2031-12-15")?.adding(months: 1).text == "2032-01-15")
        #expect(CalendarDay("2031-03-16")?.adding(months: -12).text == "2030-03-16")
        #expect(CalendarDay("2032-02-29")?.adding(months: 12).text == "2033-02-28")
    }

    @Test func `moments are read in the forms that clients send`() {
        let noon = Moment("2031-03-04T12:00:00Z")
        for text in [
            "2031-03-04T12:00:00.123Z", "2031-03-04T14:00:00+02:00", "2031-03-04 12:00:00", "2031-03-04t12:00:00z",
        ] {
            #expect(Moment(text) == noon)
        }
        for text in ["2031-03-04", "2031-03-04T25:00:00Z", "2031-03-04T12:00:00.Z", "2031-03-04T12:00:00+2:00"] {
            #expect(Moment(text) == nil)
        }
        #expect(noon?.text == "2031-03-04T12:00:00Z")
    }

    @Test func `amounts are exact and written without trailing zeros`() {
        #expect(Amount("20.60")?.text == "20.6")
        #expect(Amount("978")?.text == "978")
        #expect(Amount("-0.05")?.text == "-0.05")
        #expect(Amount("0.0850")?.text == "0.085")
        for text in ["", "-", ".5", "1.", "1,5", "1e3", "1.23456", "1234567890123", "--1"] {
            #expect(Amount(text) == nil)
        }
        #expect((Amount("20.6").map { $0 * 3 })?.text == "61.8")
    }

    @Test func `shares are rounded half up to the cent`() {
        #expect(Amount("41.2")?.scaled(12, over: 28).text == "17.66")
        #expect(Amount("0.01")?.scaled(1, over: 2).text == "0.01")
        #expect(Amount("-41.2")?.scaled(12, over: 28).text == "-17.66")
        #expect(Amount("1")?.scaled(1, over: 0).text == "0")
    }
}
