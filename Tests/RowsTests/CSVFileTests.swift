import Marketplace
import Testing

@testable import Rows

@Suite struct `A csv file` {
    private func cells(_ text: String) -> [[String]] { cells(Array(text.utf8)) }

    private func cells(_ bytes: [UInt8]) -> [[String]] {
        let file = CSVFile(bytes)
        return (0..<file.count).map { line in (0..<file.cellCount(line)).map { file[line, $0] } }
    }

    @Test(arguments: [
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2\n", [["a", "b"], ["1,5", "2"]]),
        ("a\tb\n1\t2\n", [["a", "b"], ["1", "2"]]),
        ("a|b\n1|2\n", [["a", "b"], ["1", "2"]]),
        ("sep=;\r\na,b;c\r\n", [["a,b", "c"]]),
        ("\u{FEFF}a,b\n", [["a", "b"]]),
        ("\"a,1\",\"b\"\"q\"\"\"\n", [["a,1", "b\"q\""]]),
        ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]),
        ("\"a\"x,b\n", [["ax", "b"]]),
        ("a,,\n,\n", [["a", "", ""], ["", ""]]),
        ("a,b\n\n1\n1,2,3\n", [["a", "b"], ["1"], ["1", "2", "3"]]),
        ("a,\"\"\n", [["a", ""]]),
        ("\"a,b\n1,2\n", [["\"a", "b"], ["1", "2"]]),
        ("a,b,", [["a", "b", ""]]),
        ("one\ntwo\n", [["one"], ["two"]]),
        ("", []), ("\r\n\n", []), ("\u{FEFF}", []), ("\"", [["\""]]),
    ])
    func `is read as programs write it`(text: String, expected: [[String]]) { #expect(cells(text) == expected) }

    @Test func `may be UTF-16 with its mark, and what cannot be read is replaced`() {
        let units = Array("ä;b\n作;者\n".utf16)
        #expect(
            cells([0xFF, 0xFE] + units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }) == [["ä", "b"], ["作", "者"]])
        #expect(
            cells([0xFE, 0xFF] + units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }) == [["ä", "b"], ["作", "者"]])
        #expect(cells([0x41, 0xE4, 0x2C, 0x42]) == [["A\u{FFFD}", "B"]])
    }

    @Test func `whatever its bytes are, is read to its end with each byte in one cell at most`() {
        var number: UInt64 = 7
        func roll(_ count: Int) -> Int {
            number = number &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(number >> 33) % count
        }
        let signs = Array("ab\",;\n\r\t|é0".utf8)
        for _ in 0..<3000 {
            let bytes = (0..<roll(40)).map { _ in signs[roll(signs.count)] }
            let file = CSVFile(bytes)
            let texts = (0..<file.count).flatMap { line in (0..<file.cellCount(line)).map { file[line, $0] } }
            #expect(texts.reduce(0) { $0 + $1.utf8.count } <= 3 * bytes.count)
            #expect(file.count == 0 || file.mostCells > 0)
        }
    }

    @Test func `says when a quote is never closed`() {
        #expect(CSVFile(Array("a,\"b\n".utf8)).hasOpenQuote)
        #expect(!CSVFile(Array("a,\"b\"\n".utf8)).hasOpenQuote)
    }
}

@Suite struct `The table of a csv file` {
    private func table(_ text: String, hasHeader: Bool? = nil) -> CSVTable {
        CSVTable(CSVFile(Array(text.utf8)), hasHeader: hasHeader)
    }

    @Test(arguments: [
        ("id,name\n1,a\n", true), ("1,a\n2,b\n", false), ("id,id\n1,a\n", false), ("2026-11-01,x\n", false),
        ("id,,name\n1,2,a\n", true), ("a\nb\n", true), ("", false), (",\n1,2\n", false), ("-1.5,x\n", false),
    ])
    func `finds out whether its first line names the columns`(text: String, expected: Bool) {
        #expect(table(text).hasHeader == expected)
    }

    @Test func `has a name of letters for each column, and no two are equal`() {
        let odd = table("Order Number,order-number,2026,,Größe (m²)\nx,y,z\n", hasHeader: true)
        #expect(odd.titles == ["Order Number", "order-number", "2026", "column 4", "Größe (m²)"])
        #expect(odd.names == ["order-number", "order-number-b", "column-c", "column-d", "größe-m"])
        #expect(Set(table(String(repeating: "x,", count: 500)).names).count == CSVTable.mostColumns)
    }

    @Test func `gives lines of any length the columns of the longest`() {
        let table = table("a,b\n1\n1,2,3\n")
        #expect(table.titles == ["a", "b", "column 3"] && table.rowCount == 2)
        let rows = table.rows()
        #expect(rows.map(\.id) == [2, 3])
        #expect([rows[0][0], rows[0][1], rows[0][2], rows[1][2]] == ["1", "", "", "3"])
    }

    @Test func `counts its first line as a row when a person says so`() {
        let text = "a,b\n1,2\n"
        #expect(table(text).rows().map(\.id) == [2])
        #expect(table(text, hasHeader: false).rows().map(\.id) == [1, 2])
        #expect(table(text, hasHeader: false).titles == ["column 1", "column 2"])
        #expect(table("", hasHeader: true).rows().isEmpty)
    }

    @Test func `leaves columns out that nobody would find, and says how many`() {
        let table = table(String(repeating: "x,", count: 499) + "x\n")
        #expect(table.columnCount == CSVTable.mostColumns && table.hiddenColumns == 100)
    }

    @Test func `compares numbers, dates and moments, and searches everything else as text`() {
        let table = table(
            "id,amount,day,at,zip\n1000412,9.5,2026-11-01,2026-11-01T10:00:00Z,01234\n1000413,100,2026-11-02,"
                + "2026-11-02T10:00:00Z,99999\n")
        #expect(table.columns().map(\.filterColumn.kind) == [.text, .money, .date, .date, .text])
    }

    @Test func `draws the first column, and of the others those from where one has scrolled to`() {
        let table = table("a,b,c,d\n1,2,3,4\n")
        #expect(table.columns().filter { $0.tableColumn != nil }.map(\.name) == ["a", "b", "c", "d"])
        #expect(table.columns(from: 3).filter { $0.tableColumn != nil }.map(\.name) == ["a", "d"])
    }

    @Test func `has one line for a cell of several`() throws {
        let table = table("a\n\"x\ny\"\n")
        let look = try #require(table.columns().first?.tableColumn)
        #expect(look.text(table.rows().first).0 == "x y")
    }
}
