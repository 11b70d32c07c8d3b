import Testing

@testable import MarketplaceSandbox

@Suite struct JSONTests {
    private func value(_ text: String) -> JSONValue? { JSONValue(Array(text.utf8)) }

    private func written(_ text: String) -> String {
        var writer = JSONWriter()
        writer.value(value(text) ?? .null)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `JSON is written as it was read, names in their order`() {
        let text = #"{"z":[1,-2.5,true,false,null],"b":"\"\\\u001b]0;\u0007\u0001","ü":{"x":"👩‍👩‍👧 作者"},"e":{},"a":[]}"#
        #expect(written(text) == text)
        let many = "{" + (0..<300).map { #""\#($0 % 7)-\#($0)":\#($0)"# }.joined(separator: ",") + "}"
        #expect(written(many) == many)
    }

    @Test func `names that are equal, begin oddly or look alike are kept apart`() {
        let text = #"{"a":1,"":2,"a":3," ":4,"\#u{e9}":5,"e\#u{301}":6,"\#u{301}":7,"1 b":8}"#
        #expect(Array(written(text).utf8) == Array(text.utf8))
        #expect(value(text)?["a"] == .number("3"))
    }

    @Test(arguments: [
        ("7", "7"), ("-0", "0"), ("7.0", "7"), ("2.50", "2.5"), ("7e2", "700"), ("25E-1", "2.5"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("-0.0000000000000000000000000000000000001", "-0.0000000000000000000000000000000000001"),
        ("9007199254740993", "9007199254740993"), ("0.1", "0.1"), ("1e200", "1e+200"),
    ])
    func `numbers keep their value`(text: String, number: String) {
        #expect(value(text) == .number(number))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "{\"a\":1,}", "{\"a\":1 ,\n}", "01", "007", "-01", "1.", ".5", "+1", "1e", "1e999", "NaN",
        "nul", "\"\\x\"", "\"\\u12\"", "\"\\ud83d x\"", "[1] 2", "'a'", "\"\n\"", "{a:1}", "{\"a\":1 \"b\":2}",
        "[1,,2]", "// 1", "1\0",
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(value(text) == nil)
    }

    @Test func `only UTF-8 is read`() {
        #expect(JSONValue([0x22, 0xFF, 0x22]) == nil)
        #expect(JSONValue("[1]".utf8.flatMap { [$0, 0] }) == nil)
        #expect(JSONValue([0xFF, 0xFE] + "[1]".utf8.flatMap { [$0, 0] }) == nil)
        #expect(JSONValue([0xEF, 0xBB, 0xBF] + "[1]".utf8) == .array([.number("1")]))
        #expect(value(#""\ud83d\ude00\/""#) == .string("😀/"))
    }

    /// The decoder itself ends the process at some of these.
    @Test(arguments: [63, 64, 65, 511, 512, 513, 514, 100_000])
    func `brackets are taken to a depth of 64, and refused beyond, also in bodies that break off`(depth: Int) {
        let lists = String(repeating: "[", count: depth)
        let objects = String(repeating: #"{"a":"#, count: depth)
        #expect((value(lists + String(repeating: "]", count: depth)) != nil) == (depth <= 64))
        #expect((value(objects + "1" + String(repeating: "}", count: depth)) != nil) == (depth <= 64))
        #expect(value(lists) == nil)
        #expect(value(objects + "{") == nil)
    }

    @Test func `brackets and commas in text count for nothing`() {
        let text = #"{"a":"\#(String(repeating: "[{", count: 300))\\\",]","b":[",]"]}"#
        #expect(written(text) == text)
    }

    // MARK: Bodies of requests

    @Test(arguments: [
        "{", "[]", "7", "null", #"{"customerId":"1000412",}"#, #"{"a":01}"#, #"{"a":"\udc00"}"#,
        String(repeating: "[", count: 513), String(repeating: #"{"a":"#, count: 513) + "{",
    ])
    func `a body that is no JSON object is refused in the words of the API`(body: String) async {
        let reply = await Caller().post("/orders", body)
        #expect(reply.status == 400)
        #expect(reply.message == "Malformed request body: a JSON object is expected")
    }

    private func estimate(quantity: String) async -> Reply {
        await Caller().post(
            "/orders/estimate", #"{"customerId":"1000412","products":[{"mpn":"FAIL-1","quantity":\#(quantity)}]}"#)
    }

    @Test(arguments: ["2.5", "12345678901234567890", "true", "[]", "{}", "\"many\"", "1e30", "1e200", "1e-30", "-1"])
    func `a quantity that cannot be one is refused by its name`(quantity: String) async {
        let reply = await estimate(quantity: quantity)
        #expect(reply.status == 400)
        #expect(reply.message.hasPrefix("products[0].quantity: "))
    }

    @Test(arguments: ["20", "20.0", "20.00000", "2e1", "\"20.0\""])
    func `a quantity counts as what it is worth, however it is written`(quantity: String) async {
        #expect(await estimate(quantity: quantity).json.at("details", "0", "quantity") == .number("20"))
    }
}
