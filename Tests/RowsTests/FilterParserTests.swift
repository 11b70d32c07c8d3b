import FoundationEssentials
import Marketplace
import TestSupport
import Testing

@testable import Rows

@Suite struct `The filter language` {
    private static let today = CalendarDate("2026-11-20")!
    private static let parser = FilterParser(
        columns: [
            FilterColumn(name: "id", kind: .text), FilterColumn(name: "customer", kind: .text),
            FilterColumn(name: "units", kind: .number), FilterColumn(name: "renews", kind: .date),
            FilterColumn(name: "reseller", kind: .text), FilterColumn(name: "total", kind: .money),
        ], today: today)

    private func conditions(_ text: String) throws -> [FilterTerm.Condition] {
        try Self.parser.parse(text).terms.map(\.condition)
    }

    private func problem(_ text: String) -> FilterProblem? {
        do {
            _ = try Self.parser.parse(text)
            return nil
        } catch {
            return error
        }
    }

    private func words(_ text: String, _ column: String? = nil) -> FilterTerm.Condition {
        .holds(Array(text.utf8), column: column)
    }

    private func days(_ first: String, _ last: String? = nil) throws -> ClosedRange<CalendarDate> {
        try #require(CalendarDate(first))...#require(CalendarDate(last ?? first))
    }

    @Test func `takes words in any order, without case and accents`() throws {
        #expect(try conditions("  Prem  JØRGENSEN ") == [words("prem"), words("jorgensen")])
        #expect(try conditions("").isEmpty)
    }

    @Test func `keeps quoted words together`() throws {
        #expect(try conditions(#""hold me" x"#) == [words("hold me"), words("x")])
        #expect(try conditions(#""not: a column""#) == [words("not: a column")])
        // As it is while it is being typed.
        #expect(try conditions(#"a "b c"#) == [words("a"), words("b c")])
    }

    @Test func `knows not, fuzzy and columns by name or the beginning of one`() throws {
        #expect(try Self.parser.parse("!hold").terms == [FilterTerm(condition: words("hold"), isNegated: true)])
        #expect(try conditions("~a365") == [.fuzzy(Array("a365".utf8), column: nil)])
        #expect(try conditions("customer:nord") == [words("nord", "customer")])
        #expect(try conditions("Cust:nord") == [words("nord", "customer")])
        #expect(try conditions(#"c:"søn a/s""#) == [words("son a/s", "customer")])
        #expect(try conditions("c:~ns") == [.fuzzy(Array("ns".utf8), column: "customer")])
        #expect(try conditions("customer=x") == [.line(Array("x".utf8), column: "customer")])
        #expect(
            try Self.parser.parse("customer!=x").terms == [
                FilterTerm(condition: .line(Array("x".utf8), column: "customer"), isNegated: true)
            ])
    }

    @Test(arguments: ["units>1.000", "units>1,000", "total>12,500", "total>=1.000EUR"])
    func `refuses a number that may be two, with the way to write it`(text: String) {
        do throws(FilterProblem) {
            _ = try Self.parser.parse(text)
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.message.contains("may be two numbers: write 1"))
        }
    }

    @Test func `compares numbers, money and dates`() throws {
        #expect(try conditions("units>5") == [.number(.greater, 5, column: "units")])
        #expect(try conditions("units<=1500") == [.number(.lessOrEqual, 1500, column: "units")])
        #expect(try conditions("units<=1,500,000") == [.number(.lessOrEqual, 1_500_000, column: "units")])
        #expect(
            try conditions("total<12,50") == [
                .money(.less, Decimal(string: "12.5")!, currency: nil, column: "total")
            ])
        #expect(
            try conditions("total>=1.234,56eur") == [
                .money(.greaterOrEqual, Decimal(string: "1234.56")!, currency: "EUR", column: "total")
            ])
        #expect(try conditions("units:25") == [.number(.equal, 25, column: "units")])
        #expect(
            try conditions("total>=100.5") == [
                .money(.greaterOrEqual, Decimal(string: "100.5")!, currency: nil, column: "total")
            ])
        #expect(try conditions("total<100eur") == [.money(.less, 100, currency: "EUR", column: "total")])
        #expect(try conditions("renews<2026-12-01") == [.date(.less, days("2026-12-01"), column: "renews")])
        #expect(try conditions("ren=2026-02") == [.date(.equal, days("2026-02-01", "2026-02-28"), column: "renews")])
        #expect(try conditions("ren>2025-12") == [.date(.greater, days("2025-12-01", "2025-12-31"), column: "renews")])
        #expect(try conditions("ren:2024") == [.date(.equal, days("2024-01-01", "2024-12-31"), column: "renews")])
        #expect(try conditions("ren<=+30d") == [.date(.lessOrEqual, days("2026-12-20"), column: "renews")])
        #expect(try conditions("ren>=today") == [.date(.greaterOrEqual, days("2026-11-20"), column: "renews")])
    }

    @Test func `compares the main column when none is named`() throws {
        #expect(try conditions(">5") == [.number(.greater, 5, column: "units")])
        #expect(try conditions("<2026-12-01") == [.date(.less, days("2026-12-01"), column: "renews")])
        #expect(try conditions(">-7d") == [.date(.greater, days("2026-11-13"), column: "renews")])
    }

    @Test func `takes signs inside words as text`() throws {
        #expect(try conditions("mette@jorgensen.example") == [words("mette@jorgensen.example")])
        #expect(try conditions("14:02") == [words("14:02")])
        #expect(try conditions("a!b AUR-365-BP a~b") == [words("a!b"), words("aur-365-bp"), words("a~b")])
    }

    @Test(
        arguments: [
            ("x custo:a b", nil),
            (
                "x foo:a",
                "Filter, character 3: there is no column “foo”. Columns: id, customer, units, renews, reseller, total."
                    + " Quote it to look for the text."
            ),
            ("re:a", "Filter, character 1: “re” may be renews or reseller."),
            ("units>x", "Filter, character 7: units is compared with a number, for example units>5."),
            ("units>", "Filter, character 1: units is compared with a number, for example units>5."),
            (
                "total>=1eu",
                "Filter, character 8: total is compared with an amount, for example total>=100 or total>=100EUR."
            ),
            (
                "renews<2026-13",
                "Filter, character 8: renews is compared with a date, for example 2026-12-01, 2026-12, today"
                    + " or +30d."
            ),
            (
                "customer>5",
                "Filter, character 1: customer is words; > compares numbers, money and dates. customer:5 looks for"
                    + " words."
            ),
            ("a !", "Filter, character 3: ! wants words after it that a row must not have."),
            ("~", "Filter, character 1: ~ wants letters after it, which a row must have in order."),
            ("id:", "Filter, character 1: id: wants words after it, to be found in that column."),
            ("id=", "Filter, character 1: id= wants the whole word after it."),
            (">", "Filter, character 1: > wants a number or a date after it, for example >5 or <2026-12-01."),
        ] as [(String, String?)])
    func `says what is wrong and where`(text: String, message: String?) { #expect(problem(text)?.message == message) }

    @Test func `says when there is nothing to compare`() {
        let parser = FilterParser(columns: [FilterColumn(name: "name", kind: .text)], today: Self.today)
        #expect(throws: FilterProblem(place: 0..<1, reason: "this list has no column of numbers to compare.")) {
            try parser.parse(">5")
        }
    }

    @Test func `knows when one filter passes only rows that another passes`() throws {
        func narrows(_ text: String, _ other: String) throws -> Bool {
            try Self.parser.parse(text).narrows(Self.parser.parse(other))
        }
        for (text, other) in [
            ("aurora", "aur"), ("aurora x", "aur"), ("x", ""), ("!a", "!aur"), ("~abc", "~ac"), ("abc", "~ac"),
            ("units>50", "units>5"), ("units>=6", "units>5"), ("units=7", "units>5"), ("units<5", "units<=5"),
            ("total>9EUR", "total>9"), ("c:nord", "c:no"), ("!units>5", "!units>50"),
        ] {
            #expect(try narrows(text, other), "\(text) and \(other)")
        }
        for (text, other) in [
            ("aur", "aurora"), ("", "x"), ("!aur", "!a"), ("c:nord", "nord"), ("nord", "c:nord"),
            ("units>5", "units>50"),
            ("units>5", "units<9"), ("son@x", "son"), ("12345", "123"), ("total>9", "total>9EUR"), ("a", "!a"),
            ("renews<2026-12", "renews<2027"),
            ("!units>50", "!units>5"),
        ] {
            #expect(try !narrows(text, other), "\(text) and \(other)")
        }
    }
}

@Suite struct `Folded texts` {
    @Test func `folds letters in a text as it folds them alone`() {
        let values = Array(UInt32(0x7E)...0x82) + Array(0xC0...0x17F) + [0x390, 0x451, 0x5FF, 0x600, 0x1E9E, 0x4F5C]
        let letters = values.compactMap(Unicode.Scalar.init).map { String($0) }
        #expect(folded(letters.joined()) == letters.map(folded).joined())
        #expect(folded("Ä/Č/Ω/Я/\u{5FF}\u{600}") == "a/c/ω/я/\u{5FF}")
    }

    private func folded(_ text: String) -> String { String(decoding: Folding.folded(text), as: UTF8.self) }

    @Test(arguments: [
        ("Jørgensen & Søn A/S", "jorgensen & son a/s"), ("STRASSE Straße", "strasse strasse"), ("İstanbul", "istanbul"),
        ("Ærø Łódź Ðorđe", "aero lodz dorde"), ("e\u{301}É", "ee"), ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("作者出版株式会社", "作者出版株式会社"), ("ΆΛΦΑΣ", "αλφασ"), ("Ёлка", "елка"), ("a\u{202E}b\u{200B}c", "abc"),
        ("tab\tend\nx", "tab end x"), ("Brightwater™", "brightwater™"), ("Việt", "viet"), ("", ""),
    ])
    func `drops case, accents and what is invisible`(text: String, expected: String) {
        #expect(folded(text) == expected)
    }

    @Test func `letters that a text keeps apart from their signs are the same letters`() {
        for (apart, together) in [
            ("И\u{306}од", "йод"), ("Ки\u{306}в, Украі\u{308}на", "Кив, Украіна"),
            ("か\u{3099}ハ\u{309A}ウ\u{3099}", "がパヴ"),
            ("\u{1112}\u{1161}\u{11AB}\u{1100}\u{1173}\u{11AF}", "한글"), ("\u{1112}\u{1161}", "하"), ("Å\u{338}", "a"),
        ] {
            #expect(folded(apart) == folded(together))
        }
    }

    @Test func `folding once is enough`() {
        for value in UInt32(0x20)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let once = folded(String(scalar))
            #expect(folded(once) == once, "U+\(String(value, radix: 16))")
        }
    }

    private static let spellings: [[String]] = [
        ["Schäfer", "Scha\u{308}fer", "Schaefer", "SCHÄFER", "SCHAEFER"], ["Jørgensen", "Joergensen", "JØRGENSEN"],
        ["Hägg", "Haegg", "Ha\u{308}gg"], ["Håkansson", "Haakansson", "Ha\u{30A}kansson"],
        ["Müller", "Mueller", "Mu\u{308}ller"], ["Öberg", "Oeberg", "O\u{308}berg"],
        ["Große Straße", "Grosse Strasse"],
        ["Bæk", "Baek"], ["Işık", "Isik", "IŞIK"], ["İstanbul", "istanbul", "ıstanbul", "ISTANBUL", "I\u{307}stanbul"],
        ["Søn 24", "Soen 24", "So\u{338}n 24", "SØN 24"], ["Straße", "strasse", "STRAẞE"],
    ]

    @Test(arguments: spellings) func `are found however the name is spelled`(names: [String]) {
        let plain = names[0].map { letter -> String in
            switch letter.lowercased() {
            case "ä", "å", "æ": "a"
            case "ö", "ø": "o"
            case "ü": "u"
            default: String(letter)
            }
        }.joined()
        for name in names {
            for typed in names + [plain] {
                #expect(Folding.text("AB \(name) & Co", holds: typed), "\(name) by \(typed)")
            }
        }
    }

    @Test(arguments: [
        ("joergensen", "rgensen"), ("Schäfer", "Sch"), ("haegg", "haegg"), ("schafer", "schafer"), ("", ""),
        ("作者出版", "作者出版"), ("Lindstro\u{308}m", "Lindstr"), ("strasse", "stra"),
    ])
    func `a marketplace is asked for what has one spelling`(word: String, part: String) {
        #expect(Folding.plainPart(of: word) == part)
    }

    @Test func `codes have one spelling, and other letters stay what they are`() {
        #expect(Folding.searchable("X-AE-1") == Folding.folded("X-AE-1"))
        #expect(Folding.text("Mueller 24 GmbH", holds: "müller"))
        #expect(!Folding.text("Mueller AE-1", holds: "a-1"))
        #expect(!Folding.text("BLUE-1", holds: "blu-1"))
        #expect(!Folding.text("Luna", holds: "lue"))
        #expect(!Folding.text("Tauernhof", holds: "aur"))
        #expect(!Folding.text("Queen", holds: "quen"))
        #expect(!Folding.text("Hans", holds: "haans"))
        #expect(Folding.text("anything", holds: ""))
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>) func `whatever the text, more letters find less`(seed: UInt64) {
        var dice = Dice(seed: seed)
        let letters = ["a", "e", "ä", "o", "ö", "ø", "å", "ß", "ss", "u", "ü", "ı", "a\u{308}", "x", " ", "1", "作"]
        for _ in 0..<50 {
            let text = (0..<dice.below(8)).map { _ in dice.one(of: letters) }.joined()
            let part = (0...dice.below(3)).map { _ in dice.one(of: letters) }.joined()
            #expect(Folding.text(text, holds: text), "\(text)")
            if Folding.text(text, holds: part + "e") { #expect(Folding.text(text, holds: part), "\(part) in \(text)") }
            let lines = Folding.searchable(text).split(separator: Folding.lineEnd, omittingEmptySubsequences: false)
            #expect(lines.count <= 3)
        }
    }
}
