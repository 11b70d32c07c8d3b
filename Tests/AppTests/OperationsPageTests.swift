import FoundationEssentials
import Testing

@testable import App

/// The page that says where each operation is, beside the description of the API and the commands there are.
@Suite struct `The page of operations` {
    private static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(SourceNames.package)/\(path)", encoding: .utf8)
    }

    /// The cells of the table's rows.
    private static func rows() throws -> [[String]] {
        let page = try text("Sources/App/Souk.docc/Operations.md")
        let table = page.split(separator: "<!-- operations -->")[1].split(separator: "<!-- /operations -->")[0]
        return table.split(separator: "\n").dropFirst(2).map { line in
            line.split(separator: "|").map { $0.drop { $0 == " " } }.map { cell in
                String(cell.reversed().drop { $0 == " " }.reversed())
            }
        }
    }

    @Test func `has each of the description's operations once, in its order`() throws {
        // Links name operations too, deeper in the file.
        let described = try Self.text("assets/openapi.yaml").split(separator: "\n").compactMap { line in
            line.hasPrefix("      operationId: ") ? String(line.dropFirst(19)) : nil
        }
        #expect(described.count == 28)
        let named = try Self.rows().map { $0[0].filter { $0 != "`" } }
        #expect(named == described)
    }

    @Test func `names commands that there are, and no screen or command without a word`() throws {
        let names = Set(CommandTable.all.map(\.name))
        for row in try Self.rows() {
            try #require(row.count == 3, "\(row)")
            #expect(!["", "-"].contains(row[1]) && !["", "-"].contains(row[2]), "\(row[0]) has no place")
            for command in row[2].matches(of: /`(souk [a-z -]+)`/).map({ String($0.output.1) }) {
                #expect(names.contains(command), "\(row[0]): \(command)")
            }
        }
    }
}
