import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Exported spreadsheets` {
    private func cell(_ text: String, separator: Character = ",") -> String {
        let lines = CSVText.lines(["a"], [[text]], separator: separator).split(separator: "\r\n")
        return lines.count > 1 ? String(lines[1]) : ""
    }

    @Test func `begin with the mark of UTF-8 and end their lines as RFC 4180 says`() {
        #expect(CSVText.lines(["a", "b"], [["Jørgensen", nil]]) == "\u{FEFF}a,b\r\nJørgensen,\r\n")
    }

    @Test(arguments: [
        "00123", "123456789012", "4111111111111111", "1E5", "12e03", "3-4", "1/2", "2026-11-20", "2026-11-20T14:04:12Z",
        "12:30", "20.11.2026", "MAR-24", "SEPT1", "20 Nov 2026", "1.2.3", "50%", "+45 33", "00.5", "1 000", "€5", "5 €",
        "=1+1", "+1+1", "-x", "@SUM(A1)", "March 2026",
    ])
    func `keep as text what a sheet would change`(text: String) {
        #expect(cell(text).hasPrefix("'"), "\(cell(text))")
        #expect(!cell(text).hasPrefix("=") && !cell(text).hasPrefix("\"="))
    }

    @Test(arguments: [
        "1000412", "-3", "0", "24.72", "0.5", "-1234.5", "SO000012", "PO-2026-0012", "AUR-365-BP", "a8n-12",
        "Wren & Co",
        "3 units", "作者", "", "x@y.example", "marble 3x",
    ])
    func `leave alone what a sheet shows unchanged`(text: String) {
        #expect(cell(text) == text)
    }

    @Test func `quote what holds their separator`() {
        #expect(cell("a,b") == "\"a,b\"")
        #expect(cell("a;b") == "a;b")
        #expect(cell("a;b", separator: ";") == "\"a;b\"")
        #expect(cell("a,b", separator: ";") == "a,b")
        #expect(cell("say \"x\"") == "\"say \"\"x\"\"\"")
    }

    @Test func `write numbers with a decimal comma after semicolons`() {
        #expect(cell("24.72", separator: ";") == "24,72")
        #expect(cell("1000412", separator: ";") == "1000412")
        #expect(cell("v1.5", separator: ";") == "v1.5")
        #expect(cell("24.72", separator: "\t") == "24.72")
    }
}
