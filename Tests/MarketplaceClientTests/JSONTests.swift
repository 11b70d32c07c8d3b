import FoundationEssentials
import Marketplace
import Testing

@testable import MarketplaceClient

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

    @Test func `every kind of value is read`() throws {
        let value = try parse(#" {"a": [1, -2.50, 3e2, true, false, null], "b": {"c": ""}, "d": {}, "e": []} "#)
        #expect(
            value["a"].elements == [
                .number("1"), .number("-2.50"), .number("3e2"), .bool(true), .bool(false), .null,
            ])
        #expect(value["b"]["c"] == .string(""))
        #expect(value["d"] == .object([]))
        #expect(value["e"] == .array([]))
        #expect(value["nothing"]["below"] == .null)
    }

    @Test func `escapes become characters`() throws {
        #expect(try parse(#""a\"\\\/\n\tJ\u00f8rgen \ud83d\ude00 作者""#).text == "a\"\\/\n\tJørgen 😀 作者")
        #expect(try parse(#""\ud83d x""#).text == "\u{FFFD} x")
        #expect(try parse(#""\ud83d\u0041""#).text == "\u{FFFD}A")
    }

    @Test func `broken text costs a character, not the document`() throws {
        #expect(try JSONValue(parsing: [0x22, 0x61, 0xFF, 0x62, 0x22]).text == "a\u{FFFD}b")
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF, 0x31]) == .number("1"))
    }

    @Test(arguments: [
        ("", "it is empty"), ("  ", "it is empty"), ("<html></html>", "it is a web page, not JSON"),
        (#"{"a": [1"#, "it ends in the middle"), (#"{"a": "x"#, "it ends in the middle"),
        ("[1,]", "it is not JSON from byte 3 on"), ("{\"a\" 1}", "it is not JSON from byte 5 on"),
        ("1 2", "it is not JSON from byte 2 on"), ("007", "it is not JSON from byte 1 on"),
        ("-01", "it is not JSON from byte 2 on"), (#"{"a":00}"#, "it is not JSON from byte 6 on"),
        ("nul", "it ends in the middle"), ("-", "it ends in the middle"),
        ("Unauthorized", "it is not JSON from byte 0 on"), (#""\x""#, "it is not JSON from byte 2 on"),
        (String(repeating: "[", count: 100_000), "it is nested too deeply"),
    ])
    func `what is no JSON says why`(text: String, reason: String) {
        #expect(throws: JSONProblem(reason: reason)) { try parse(text) }
    }

    @Test func `writing sorts keys, leaves out nil and breaks no line`() throws {
        let value = JSONValue.object([
            "b": .string("1\n\"2\"\u{1}"), "a": .number("1.50"), "c": nil, "d": .array([.null, .bool(true)]),
        ])
        #expect(value.encoded == #"{"a":1.50,"b":"1\n\"2\"\u0001","d":[null,true]}"#)
        #expect(try parse(value.encoded)["b"].text == "1\n\"2\"\u{1}")
    }

    @Test func `amounts never pass through binary floating point`() throws {
        let price = try parse(#"{"currency":"USD","amount":0.1}"#).money
        #expect(price == Money(try #require(Decimal(plain: "0.1")), "USD"))
        let large = try parse(#"{"currency":"USD","amount":12345678901234567.89}"#).money
        #expect(large?.amount.description == "12345678901234567.89")
    }

    @Test func `numbers and texts stand for each other`() throws {
        #expect(try parse("10.0").integer == 10)
        #expect(try parse(#""10""#).integer == 10)
        #expect(try parse("10.5").integer == nil)
        #expect(try parse("1e400").integer == nil)
        #expect(try parse(#""2.0""#).decimal == 2)
        #expect(try parse(#""TRUE""#).truth == true)
        #expect(try parse("0").truth == false)
        #expect(try parse("[1]").text == nil)
    }
}
