import Marketplace
import Testing

@Suite struct StringJSONTests {
    @Test func `quotes, backslashes and control characters are escaped, all else stays`() {
        #expect("".jsonQuoted() == #""""#)
        #expect(#"a"b\c/d"#.jsonQuoted() == #""a\"b\\c/d""#)
        #expect(
            "\n\r\t\0\u{1}\u{8}\u{C}\u{1B}\u{1F} ".jsonQuoted() == #""\n\r\t\u0000\u0001\u0008\u000c\u001b\u001f ""#)
        #expect("é\u{2028}👩‍👩‍👧 作者\r\n".jsonQuoted() == "\"é\u{2028}👩‍👩‍👧 作者\\r\\n\"")
    }

    @Test func `control characters that JSON allows stay, or are escaped for a terminal`() {
        let text = "~\u{7F}\u{80}\u{9B}\u{9F}\u{A0}\n"
        #expect(Array(text.jsonQuoted().utf8) == Array("\"~\u{7F}\u{80}\u{9B}\u{9F}\u{A0}\\n\"".utf8))
        #expect(text.jsonQuoted(escapingAllControls: true) == "\"~\\u007f\\u0080\\u009b\\u009f\u{A0}\\n\"")
    }
}
