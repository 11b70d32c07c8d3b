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

    @Test func `JSON is read strictly and written as it was`() {
        let text = #"{"a":[1,-2.50,1e3,true,false,null],"b":"\"\\\u001b]0;\u0007\u0001","ü":{"x":"👩‍👩‍👧 作者"},"e":{}}"#
        var writer = JSONWriter()
        writer.value(JSONValue(Array(text.utf8)) ?? .null)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
        #expect(JSONValue(Array(#""\ud83d\ude00 \ud83d x""#.utf8)) == .string("😀 \u{FFFD} x"))
        for bad in [
            "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "nul", "\"\\x\"", "\"\\u12\"", "[1] 2", "'a'", "\"\n\"",
        ] {
            #expect(JSONValue(Array(bad.utf8)) == nil, "\(bad)")
        }
        #expect(JSONValue([0x22, 0xFF, 0x22]) == nil)
    }

    @Test func `ids are given in order around the landmarks and found again`() {
        let ids = IDSpace(first: 100, landmarks: [(id: 7, place: 0), (id: 5, place: 3), (id: 9, place: 4)])
        #expect((0..<7).map { ids.id(of: $0) } == [7, 100, 101, 5, 9, 102, 103])
        for place in 0..<7 { #expect(ids.place(of: String(ids.id(of: place)), count: 7) == place) }
        for id in ["104", "99", "", "0", "0100", "1x", "-100"] { #expect(ids.place(of: id, count: 7) == nil) }
    }

    @Test func `groups keep their rows in order, also those that come later`() {
        var groups = GroupIndex(groups: [2, 0, 2, 1, 2])
        groups.append(row: 5, to: 2)
        groups.append(row: 6, to: 9)
        func rows(_ group: Int) -> [Int] {
            let list = groups.rows(of: group)
            return (0..<list.count).map { list[$0] }
        }
        #expect(rows(2) == [0, 2, 4, 5])
        #expect(rows(1) == [3])
        #expect(rows(9) == [6])
        #expect(rows(3) == [])
        #expect(groups.rows(of: 2).page(offset: 1, limit: 2).places == [4, 2])
        #expect(groups.rows(of: 2).page(offset: 1, limit: 9) { $0 != 4 }.places == [2, 0])
    }
}

@Suite struct SizeTests {
    @Test(arguments: [0, 1, 50]) func `small sandboxes still have their landmarks`(size: Int) async {
        let caller = Caller {
            $0.customers = size
            $0.resellers = size
            $0.subscriptions = size
            $0.orders = size
            $0.products = size
        }
        #expect(await caller.get("/customers/1000415").status == 200)
        #expect(await caller.get("/subscriptions/1000917").status == 200)
        #expect(await caller.get("/orders/1000703").status == 200)
        #expect(await caller.get("/customers").total == max(size, 4))
        #expect(await caller.get("/resellers").total == max(size, 2))
        #expect(await caller.get("/subscriptions").total == max(size, 8))
        #expect(await caller.get("/orders").total == max(size, 10))
    }

    @Test func `another seed gives other rows and the same landmarks`() async {
        let one = Caller()
        let two = Caller { $0.seed = 2 }
        #expect(await one.get("/customers?limit=50").body != two.get("/customers?limit=50").body)
        #expect(await one.get("/customers?limit=4").body == two.get("/customers?limit=4").body)
    }

    @Test func `the same seed and clock give the same marketplace`() async {
        let one = Caller()
        let two = Caller()
        for path in ["/customers?limit=400", "/products?limit=900", "/subscriptions?limit=1000", "/orders?limit=1000"] {
            #expect(await one.get(path).body == two.get(path).body)
        }
    }
}
