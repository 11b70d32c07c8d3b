import Marketplace
import Testing

@Suite struct `A phone number` {
    @Test(arguments: [
        ("45#33#550412#", "+45 33 550412"), ("45#33#550412", "+45 33 550412"), ("81##18881234567#", "+81 18881234567"),
        ("1#503#5550110#12", "+1 503 5550110 ext. 12"), ("#33#550412#", "33 550412"), ("+4533550412", "+4533550412"),
        ("004533550412", "+4533550412"), ("+45 33 55 04 12", "+45 33 55 04 12"), ("", ""), ("45#33##", "45 33"),
        ("ask Mette", "ask Mette"), ("45#ask#Mette#", "45 ask Mette"),
    ]) func `is shown as people write it, whatever was reported`(reported: String, shown: String) {
        #expect(PhoneNumber(reported).description == shown)
        #expect(!PhoneNumber(reported).description.contains("#"))
    }

    @Test(arguments: [
        ("+45 33 550412", "45#33#550412#"), ("+45 33 55 04 12", "45#33#550412#"), ("0045 33550412", "45##33550412#"),
        ("+4533550412", "45##33550412#"), ("+1 (503) 555-0110", "1#503#5550110#"), ("+15035550110", "1#503#5550110#"),
        ("+1 503 555 0110 ext. 12", "1#503#5550110#12"), ("+1 503 555 0110 x12", "1#503#5550110#12"),
        ("+49 (0)40 5550100", "49#40#5550100#"), ("45#33#550412#", "45#33#550412#"),
        (" +45 33 550412 ", "45#33#550412#"),
        ("+39 06 1234567", "39#06#1234567#"),
    ]) func `that is typed with its country is written as the marketplace does`(typed: String, wire: String) {
        #expect(PhoneNumber(typed: typed)?.wire == wire)
    }

    @Test(arguments: [
        ("33 550412", "DK", "45#33#550412#"), ("040 5550100", "DE", "49#40#5550100#"),
        ("06 1234567", "IT", "39#06#1234567#"), ("503-555-0110", "US", "1#503#5550110#"),
        ("+45 33 550412", "DE", "45#33#550412#"),
    ]) func `that is typed without one gets that of the account`(typed: String, country: String, wire: String) {
        #expect(PhoneNumber(typed: typed, in: Country(code: country))?.wire == wire)
    }

    @Test(arguments: ["", "33 550412", "ask Mette", "+", "+999 1234567", "+45", "12", "+45 33 550412 or so", "45#a#1#"])
    func `is nothing else`(typed: String) {
        #expect(PhoneNumber(typed: typed) == nil)
    }

    @Test func `is the same shown and typed again`() {
        for wire in ["45#33#550412#", "81##18881234567#", "1#503#5550110#12", "49#40#5550100#"] {
            #expect(PhoneNumber(typed: PhoneNumber(wire).description)?.wire == wire)
        }
    }

    @Test(arguments: ["+45 33 550412", "+4533550412", "004533550412", "4533550412", "033550412", "33550412", "550412"])
    func `is found however it is typed`(words: String) {
        let text = PhoneNumber("45#33#550412#").searchText
        #expect(words.split(separator: " ").allSatisfy { Folding.text(text, holds: String($0)) })
    }

    @Test(arguments: ["+4533550412", "004533550412", "4533550412", "33550412"])
    func `that was reported in one piece is found as well`(words: String) {
        #expect(Folding.text(PhoneNumber("+4533550412").searchText, holds: words))
        #expect(Folding.text(PhoneNumber("+45 33 55 04 12").searchText, holds: words))
    }
}

@Suite struct `A country` {
    @Test func `is shown by its name`() {
        #expect(Country.name(of: "DK") == "Denmark")
        #expect(Country.name(of: "gb") == "United Kingdom")
        #expect(Country.name(of: "ZZ") == "ZZ")
        #expect(Country.all.count == 250)
        #expect(Country.all.allSatisfy { AccountRules.refusal(ofCountry: $0.code) == nil && !$0.name.isEmpty })
        #expect(Country.all.allSatisfy { (1...3).contains($0.callingCode.count) })
    }

    @Test(
        arguments: [
            ("DK", "DK"), ("dk", "DK"), ("Denmark", "DK"), ("denm", "DK"), ("UK", "GB"), ("usa", "US"),
            ("osterreich", nil), ("austria", "AT"), ("austr", nil), ("congo", "CG"), ("cote d'iv", "CI"), ("d", nil),
            ("", nil),
        ] as [(String, String?)]) func `is typed by code or name`(typed: String, code: String?)
    {
        #expect(Country(typed: typed)?.code == code)
    }
}

@Suite struct `A language` {
    @Test(arguments: [
        ("da_DK", "Danish (Denmark)"), ("da-DK", "Danish (Denmark)"), ("da", "Danish"),
        ("en_US", "English (United States)"),
        ("xx_YY", "xx_YY"), ("", ""),
    ]) func `is shown by its name`(code: String, name: String) {
        #expect(Language.name(of: code) == name)
    }

    @Test func `is typed by code or name`() {
        #expect(Language(typed: "danish", in: Country(code: "DK"))?.wire == "da_DK")
        #expect(Language(typed: "de_AT", in: Country(code: "DK"))?.wire == "de_AT")
        #expect(Language(typed: "Norwegian Bokmal")?.wire == "nb")
        #expect(Language(typed: "Klingon") == nil)
    }
}
