import Testing

@testable import MarketplaceSandbox

@Suite struct JSONTests {
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
}
