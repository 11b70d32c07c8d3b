import FoundationEssentials
import Testing

@testable import App

/// That the pages of the DocC catalogue speak of what is there: a page that names a type or a file of yesterday sends a
/// newcomer the wrong way.
@Suite struct `The pages for contributors` {
    private static let recipes = ["Contributing.md", "Glossary.md"]
    /// What looks like a type and is none: a header, a word that stands for a profile's name, and keys.
    private static let foreign: Set<String> = [
        "Date", "PROFILE", "Enter", "Esc", "Tab", "Space", "Backspace", "Del", "Up", "Down", "Left", "Right", "Home",
        "End",
        "PgUp", "PgDn",
    ]

    /// What a name in back-ticks says wrongly; nil when it is right, or names nothing of the sources.
    /// - Parameter isStrict: Whether every word of it must be one of the sources.
    private static func problem(_ name: String, _ names: SourceNames, isStrict: Bool) -> String? {
        let isPath = name.contains("/") && !name.contains(" ") && name.first?.isLetter == true
        if isPath || name.hasSuffix(".md") {
            let isOurs = isStrict || name.first?.isUppercase == true
            return !isOurs || names.hasPath(name) ? nil : "there is no file \(name)"
        }
        let words = SourceNames.words(of: name)
        let isName = name.first?.isUppercase == true && name.contains { $0.isLowercase } && name.utf8.count > 2
        let isPlain = name.utf8.allSatisfy { byte in
            UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte & 0xDF || "0123456789_.:()".utf8.contains(byte)
        }
        if isName, isPlain, let type = words.first, !names.types.contains(type), !foreign.contains(type) {
            return "no type, file or folder is called \(type)"
        }
        guard isStrict || isName && isPlain else { return nil }
        let missing = words.filter { !names.words.contains($0) && !names.types.contains($0) && !foreign.contains($0) }
        return missing.isEmpty ? nil : "the sources have no \(missing.joined(separator: ", "))"
    }

    @Test func `every type and file that a page names is there`() throws {
        let names = try SourceNames.shared.get()
        let pages = try DocPage.all
        #expect(pages.contains("Architecture.md") && Set(pages).isSuperset(of: Self.recipes))
        for page in pages {
            let spans = try DocPage(page).names
            if Self.recipes.contains(page) { #expect(spans.count > 40, "\(page)") }
            for span in Set(spans) {
                let problem = Self.problem(span, names, isStrict: Self.recipes.contains(page))
                #expect(problem == nil, "\(page): \(span)")
            }
        }
    }

    @Test(arguments: [
        "NoSuchPane", "Panes.noSuchMember", "Sources/Dashboard/NoSuchFolder", "Model.refusal(of:noSuchLabel:)",
        "NoSuchFile.md", "overlays.noSuchMember",
    ])
    func `a name that is gone is found`(name: String) throws {
        #expect(Self.problem(name, try SourceNames.shared.get(), isStrict: true) != nil)
    }

    @Test func `every test that a page names is there`() throws {
        let tests = try SourceNames.shared.get().tests
        let page = try DocPage("Contributing.md")
        let quoted = page.quoted("\"").map { $0.hasSuffix(" …") ? String($0.dropLast(2)) : $0 } + page.quoted("'")
        #expect(quoted.count > 8)
        for name in quoted { #expect(tests.contains { $0.hasPrefix(name) }, "\(name)") }
        for file in try DocPage.all {
            for command in try DocPage(file).commands {
                let parts = command.split(separator: "'", omittingEmptySubsequences: false)
                guard command.contains("--filter '"), parts.count > 1 else { continue }
                for name in parts[1].split(separator: "|") {
                    #expect(tests.contains { $0.hasPrefix(name) }, "\(file): \(name)")
                }
            }
        }
    }

    @Test func `every example is code that the tests compile`() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: SourceNames.package + "/Tests/DashboardTests/Recipes"
        ).map { "DashboardTests/Recipes/\($0)" }
        let code = try (files + ["AppTests/VendorsCommand.swift"]).map { file in
            try String(contentsOfFile: "\(SourceNames.package)/Tests/\(file)", encoding: .utf8)
                .split(separator: "\n", omittingEmptySubsequences: false).map(\.trimmingSpacesBefore)
                .joined(separator: "\n")
        }
        let examples = try DocPage("Contributing.md").examples
        #expect(examples.count == 5)
        for example in examples {
            let text = example.joined(separator: "\n")
            #expect(code.contains { $0.contains(text) }, "no test has this:\n\(text)")
        }
    }

    @Test func `each command is described wholly and reached by its words`() {
        #expect(Set(CommandTable.all.map(\.path)).count == CommandTable.all.count)
        for command in CommandTable.all + [VendorsCommand.command] {
            #expect(!command.summary.isEmpty && !command.examples.isEmpty && !command.calls.isEmpty, "\(command.name)")
            #expect(command.options.suffix(2) == CommonOptions.help[...], "\(command.name)")
        }
    }

    @Test func `each view of the registry has a folder of its own below the panes`() throws {
        let names = try SourceNames.shared.get()
        let path = SourceNames.package + "/Sources/Dashboard/Shell/Panes.swift"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let panes = text.split(separator: "\n").map(\.trimmingSpacesBefore).filter { $0.hasSuffix("Pane.self,") }
        #expect(panes.count > 5)
        for pane in panes.map({ String($0.dropLast(6)) }) {
            let folder = "Sources/Dashboard/Panes/\(pane.dropLast(4))"
            #expect(names.hasPath("\(folder)/\(pane).swift"), "\(folder)")
        }
    }

    @Test func `a command reads the marketplace that its options choose`() async throws {
        let command = VendorsCommand.command
        let arguments = try ParsedArguments(
            ["--sandbox", "--config", "/dev/null"], options: command.options, command: command.name)
        let backend = try CommandDefinition.backend(arguments, isLocal: false, isReadOnly: true, timeout: 30).backend
        let session = try ReadSession(
            client: backend.client, clock: backend.clock, arguments: arguments, notes: Notes(isQuiet: true))
        let names = try await VendorsCommand.vendors(session)
        #expect(names.count > 1)
        #expect(names == names.sorted())
    }
}
