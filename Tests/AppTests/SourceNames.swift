import FoundationEssentials

/// What the package's sources name, for pages that speak of it.
struct SourceNames: Sendable {
    /// The root of the package.
    static let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// Read once: it is some megabytes.
    static let shared = Result { try SourceNames() }

    /// Every word of the program's code, and of what tests share.
    private(set) var words: Set<String> = []
    /// The types that are declared there, the files, and the folders.
    private(set) var types: Set<String> = []
    /// The names of suites and tests.
    private(set) var tests: [String] = []
    private var paths: Set<String> = []

    private static let declarations: Set<String> = ["struct", "class", "enum", "protocol", "actor", "typealias"]

    init() throws {
        for folder in ["Sources", "Tests", "assets"] {
            for path in try FileManager.default.subpathsOfDirectory(atPath: "\(Self.package)/\(folder)") {
                paths.insert("\(folder)/\(path)")
                guard folder != "assets" else { continue }
                let name = path.split(separator: "/").last ?? ""
                types.insert(String(name.split(separator: ".").first ?? ""))
                guard name.hasSuffix(".swift") else { continue }
                let text = try String(contentsOfFile: "\(Self.package)/\(folder)/\(path)", encoding: .utf8)
                let isShared = folder == "Sources" || path.hasPrefix("Support/") || path.contains("Recipes/")
                if isShared { learn(text) } else { learnTests(text) }
                if path.contains("Recipes/") { learnTests(text) }
            }
        }
        learn(try String(contentsOfFile: Self.package + "/Package.swift", encoding: .utf8))
    }

    /// Whether there is such a file or folder, below the root or below its sources or tests.
    func hasPath(_ path: String) -> Bool {
        let path = path.hasSuffix("/") ? String(path.dropLast()) : path
        return ["", "Sources/", "Tests/"].contains { paths.contains($0 + path) }
            || !path.contains("/") && FileManager.default.fileExists(atPath: "\(Self.package)/\(path)")
    }

    /// The words that code is made of.
    static func words(of text: String) -> [String] {
        text.utf8.split { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                false
            default: true
            }
        }.map { String(Substring($0)) }
    }

    private mutating func learn(_ text: String) {
        var previous = ""
        for word in Self.words(of: text) {
            if Self.declarations.contains(previous) { types.insert(word) }
            words.insert(word)
            previous = word
        }
    }

    private mutating func learnTests(_ text: String) {
        for line in text.split(separator: "\n") where ["func `", "struct `", "class `"].contains(where: line.contains) {
            let parts = line.split(separator: "`", omittingEmptySubsequences: false)
            if parts.count > 1 { tests.append(String(parts[1])) }
        }
    }
}

/// A page of the DocC catalogue, in the parts that name something.
struct DocPage {
    /// What stands in back-ticks in the text.
    private(set) var names: [String] = []
    /// The examples in Swift, by lines without the space before them.
    private(set) var examples: [[String]] = []
    /// The text without examples and commands.
    private(set) var text = ""
    /// The commands for a shell.
    private(set) var commands: [String] = []

    static var all: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".md") }.sorted()
        }
    }

    private static let folder = SourceNames.package + "/Sources/App/Souk.docc"

    init(_ name: String) throws {
        let page = try String(contentsOfFile: "\(Self.folder)/\(name)", encoding: .utf8)
        var block: Substring?
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                block = block == nil ? line.dropFirst(3) : nil
                if block == "swift" { examples.append([]) }
            } else if block == "swift" {
                examples[examples.count - 1].append(line.trimmingSpacesBefore)
            } else if block == "sh" {
                commands.append(String(line))
            } else if block == nil {
                text += line + " "
            }
        }
        let parts = text.split(separator: "`", omittingEmptySubsequences: false)
        names = parts.indices.filter { $0 % 2 == 1 }.map { String(parts[$0]) }.filter { !$0.isEmpty }
    }

    /// What stands between `sign`s of which the first follows a space or a bracket.
    func quoted(_ sign: Character) -> [String] {
        var quotes: [String] = []
        var rest = text[...]
        while let start = rest.firstIndex(of: sign) {
            let isOpening = start == rest.startIndex || " (".contains(rest[rest.index(before: start)])
            let after = rest.index(after: start)
            guard isOpening, let end = rest[after...].firstIndex(of: sign) else {
                rest = rest[after...]
                continue
            }
            quotes.append(String(rest[after..<end]))
            rest = rest[rest.index(after: end)...]
        }
        return quotes
    }
}

extension StringProtocol {
    var trimmingSpacesBefore: String { String(drop { $0 == " " }) }
}
