import FoundationEssentials
import TestSupport
import Testing

@testable import App

/// The files of toml-test for TOML 1.0 (https://github.com/toml-lang/toml-test, MIT), in the folder `Toml`.
@Suite struct `Every file of toml-test` {
    private static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") + "/Toml/"

    private static func files(_ folder: String) -> [String] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: Self.folder + folder)) ?? []
        return names.filter { $0.hasSuffix(".toml") }.map { folder + "/" + $0 }.sorted()
    }

    private static func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](#require(FileManager.default.contents(atPath: folder + name), "\(name)"))
    }

    @Test func `is there`() {
        #expect(Self.files("valid").count == 210)
        #expect(Self.files("invalid").count == 499)
    }

    @Test(arguments: files("valid")) func `that is valid is read to its values`(name: String) throws {
        let document = try TOMLDocument(SourceText(Self.bytes(name)))
        let json = try Data(Self.bytes(name.dropLast(4) + "json"))
        let expected = try JSONDecoder().decode(ExpectedTOML.self, from: json)
        #expect(expected.matches(.table(document.root)), "\(document.root)")
    }

    @Test(arguments: files("invalid")) func `that is invalid is refused with line and column`(name: String) throws {
        let bytes = try Self.bytes(name)
        let problem = #expect(throws: SourceText.Problem.self) { try TOMLDocument(SourceText(bytes)) }
        let place = try #require(problem?.place)
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        #expect((1...lines.count).contains(place.line))
        #expect((1...bytes.count + 1).contains(place.column))
        #expect(problem?.text.isEmpty == false)
    }
}

/// A document as toml-test writes it in JSON: each value with its type.
private indirect enum ExpectedTOML: Decodable {
    case table([String: ExpectedTOML])
    case list([ExpectedTOML])
    case value(type: String, text: String)

    init(from decoder: any Decoder) throws {
        if let list = try? [ExpectedTOML](from: decoder) {
            self = .list(list)
        } else if let value = try? [String: String](from: decoder), let type = value["type"], let text = value["value"]
        {
            self = .value(type: type, text: text)
        } else {
            self = .table(try [String: ExpectedTOML](from: decoder))
        }
    }

    func matches(_ content: TOMLValue.Content) -> Bool {
        switch (self, content) {
        case (.table(let expected), .table(let table)):
            return expected.count == table.entries.count
                && table.entries.allSatisfy { expected[$0.key]?.matches($0.value.content) ?? false }
        case (.list(let expected), .array(let values)):
            return expected.count == values.count && zip(expected, values).allSatisfy { $0.matches($1.content) }
        case (.value("string", let text), .string(let value)): return text.utf8.elementsEqual(value.utf8)
        case (.value("integer", let text), .integer(let value)): return text == String(value)
        case (.value("bool", let text), .boolean(let value)): return text == String(value)
        case (.value("float", let text), .float(let value)):
            return Double(text) == value || text == "nan" && value.isNaN
        case (.value(let type, let text), .moment(let moment)):
            let types: [TOMLMoment.Kind: String] = [
                .offsetDateTime: "datetime", .localDateTime: "datetime-local", .localDate: "date-local",
                .localTime: "time-local",
            ]
            return types[moment.kind] == type && Self.short(text) == Self.short(moment.text)
        default: return false
        }
    }

    /// Without zeros at the end of the fraction of a second.
    private static func short(_ moment: String) -> String {
        guard let dot = moment.firstIndex(of: ".") else { return moment }
        let digits = moment[moment.index(after: dot)...].prefix(while: \.isNumber)
        var fraction = digits
        while fraction.last == "0" { fraction.removeLast() }
        return moment[..<dot] + (fraction.isEmpty ? "" : ".") + fraction + moment[digits.endIndex...]
    }
}

@Suite struct `A TOML document` {
    private func problem(_ text: String) -> SourceText.Problem? {
        do throws(SourceText.Problem) {
            _ = try TOMLDocument(SourceText(text))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: [
        ("a = \"x", 1, 5, "no closing"), ("\na 1", 2, 3, "after a key comes ="), ("a = yes", 1, 5, "yes is no value"),
        ("a =", 1, 4, "a value is missing"), ("a = 1 b", 1, 7, "nothing more"), ("[a", 1, 3, "] is missing"),
        ("[]", 1, 2, "a name is expected"), ("a = [\"x\" \"y\"]", 1, 10, ", or ]"), ("a = [x]", 1, 6, "quotes"),
        ("a = 1\na = 2", 2, 1, "already set in line 1"), ("[a]\n[a]", 2, 1, "a second time; first in line 1"),
        ("a = \"\\q\"", 1, 7, "only"), ("= 1", 1, 1, "a name is expected"), ("read-only = True", 1, 13, "write true"),
        ("# ø作\r\nb = 1\rc = 2", 2, 6, "a carriage return"), ("a = 'ø' x", 1, 9, "nothing more"),
        ("a = 9223372036854775808", 1, 5, "too large"), ("a = 1\n[a.b]", 2, 1, "a second time; first in line 1"),
        ("a = {b = 1}\na.c = 2", 2, 1, "nothing can be added to a, which was completed in line 1"),
        ("a = \"x\u{1}\"", 1, 7, "U+0001"), ("a = \"\\uD800\"", 1, 7, "no such character"),
        ("a = {b = 1,\nc = 2}", 1, 12, "a name is expected"), ("a = {b = 1\n", 1, 11, "on one line"),
    ])
    func `is refused with line, column and what is wrong`(text: String, line: Int, column: Int, words: String) {
        let problem = problem(text)
        #expect(problem?.place == SourceText.Place(line: line, column: column))
        #expect(problem?.text.contains(words) == true, "\(problem?.text ?? "")")
    }

    @Test func `of any depth ends with an answer`() {
        let deep = TOMLDocument.deepest
        #expect(problem("a = " + String(repeating: "[", count: 1_000_000))?.text.contains("levels") == true)
        #expect(problem("a = " + String(repeating: "{b=", count: 1_000_000))?.text.contains("levels") == true)
        #expect(problem(String(repeating: "a.", count: 1_000_000) + "a = 1")?.text.contains("levels") == true)
        #expect(problem("[" + String(repeating: "a.", count: 1_000_000) + "a]")?.text.contains("levels") == true)
        #expect(
            problem("a = " + String(repeating: "[", count: deep) + String(repeating: "]", count: deep))?.text == nil)
        // Each part alone is within the bound.
        let half = String(repeating: "a.", count: deep - 10)
        #expect(problem("[\(half)a]\n\(half)a = 1")?.text.contains("levels") == true)
        #expect(problem("[\(half)a]\na = " + String(repeating: "[", count: deep - 10))?.text.contains("levels") == true)
    }

    @Test func `of many keys is read in a moment`() throws {
        let text = (0..<50_000).map { "k\($0) = [{a = \($0)}]" }.joined(separator: "\n")
        #expect(try TOMLDocument(SourceText(text)).root.entries.count == 50_000)
        let list = (0..<50_000).map { "[[t]]\na = \($0)" }.joined(separator: "\n")
        #expect(try TOMLDocument(SourceText(list)).root.entries.count == 1)
    }
}

@Suite struct `The text of a file` {
    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x61, 0x0D, 0x0A, 0x62], "a\nb"), ([0x61, 0x0A, 0x62, 0x0D, 0x0A], "a\nb\n"),
            ([0x61, 0x0D, 0x62], "a\rb"), ([], ""), ([0xEF, 0xBB, 0xBF], ""),
        ] as [([UInt8], String)])
    func `is what the editor showed`(bytes: [UInt8], text: String) throws {
        #expect(try SourceText(bytes).text.unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test(
        arguments: [
            ([0xFF, 0xFE, 0x61, 0x00], 1, 1, "UTF-16"), ([0xFE, 0xFF, 0x00, 0x61], 1, 1, "UTF-16"),
            ([0x61, 0x00, 0x62, 0x00], 1, 1, "UTF-16"), ([0x00, 0x61, 0x00, 0x62], 1, 1, "UTF-16"),
            ([0x61, 0x0D, 0x0A, 0xC3, 0xB8, 0x62, 0xE4, 0x62], 2, 3, "no text in UTF-8"),
        ] as [([UInt8], Int, Int, String)])
    func `is refused where it is no UTF-8`(bytes: [UInt8], line: Int, column: Int, words: String) {
        let problem = #expect(throws: SourceText.Problem.self) { try SourceText(bytes) }
        #expect(problem?.place == SourceText.Place(line: line, column: column))
        #expect(problem?.text.contains(words) == true)
    }
}
