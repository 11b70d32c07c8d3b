import ArgumentParser
import FoundationEssentials

/// A command of ArgumentParser as it describes itself: for commands that are defined there.
struct ParserTree: Decodable {
    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }

        var kind: String
        var shouldDisplay: Bool
        var isOptional: Bool
        var isRepeating: Bool
        var names: [Name]?
        var valueName: String?
        var allValueStrings: [String]?
        var abstract: String?

        /// Nil when it is no option.
        var definition: OptionDefinition? {
            guard kind != "positional", shouldDisplay, let name = names?.first(where: { $0.kind == "long" })?.name
            else {
                return nil
            }
            let short = names?.first { $0.kind == "short" }?.name.first
            return OptionDefinition(
                name, short: short, value: kind == "flag" ? nil : (valueName ?? "value").uppercased(),
                values: allValueStrings ?? [], repeats: isRepeating, abstract ?? "")
        }
    }

    var commandName: String
    var abstract: String?
    var arguments: [Argument]?
    var subcommands: [ParserTree]?

    private struct Whole: Decodable {
        var command: ParserTree
    }

    /// - Throws: When ArgumentParser describes it in another way than it did.
    static func of(_ type: (some ParsableArguments).Type) throws -> ParserTree {
        try JSONDecoder().decode(Whole.self, from: Data(type._dumpHelp().utf8)).command
    }

    var options: [OptionDefinition] { arguments?.compactMap(\.definition) ?? [] }
}

extension SandboxOptions {
    /// As the commands that read take them.
    static var definitions: [OptionDefinition] {
        // What it cannot say leaves only the options unknown, which is reported where they are used.
        ((try? ParserTree.of(SandboxOptions.self))?.options ?? []).filter { $0.name != "help" && $0.name != "version" }
    }

    /// - Throws: What is wrong with the words.
    static func reading(_ words: [String]) throws(CommandError) -> SandboxOptions {
        do {
            return try SandboxOptions.parse(words)
        } catch {
            throw CommandError(.badValue, SandboxOptions.message(for: error))
        }
    }
}
