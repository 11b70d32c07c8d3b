/// The words of a command line, taken apart by the definitions of its options. Nothing is abbreviated.
struct ParsedArguments: Equatable, Sendable {
    private(set) var positionals: [String] = []
    private var values: [String: [String]] = [:]
    /// Words of options of the embedded marketplace, as they were typed.
    private(set) var sandboxWords: [String] = []

    init() {}

    /// - Parameters:
    ///   - options: Those of the command; with `--sandbox` among them and the words, also those of the embedded
    ///     marketplace are taken.
    ///   - command: For messages, for example `souk customers list`.
    /// - Throws: The first word that is wrong.
    init(_ words: [String], options: [OptionDefinition], command: String) throws(CommandError) {
        let takesSandbox = words.contains("--sandbox") && options.contains { $0.name == "sandbox" }
        let others = takesSandbox ? SandboxOptions.definitions : []
        var rest = words[...]
        var areOver = false
        while let word = rest.popFirst() {
            guard !areOver, word.hasPrefix("-"), word != "-" else {
                positionals.append(word)
                continue
            }
            if word == "--" {
                areOver = true
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            var option = Self.option(parts[0], options)
            var isOfSandbox = false
            if option == nil {
                option = Self.option(parts[0], others)
                isOfSandbox = option != nil
            }
            guard let option else { throw Self.unknown(parts[0], options + others, command) }
            var taken = [parts[0]]
            if option.value == nil {
                guard parts.count == 1 else { throw CommandError(.usage, "\(parts[0]) takes no value.") }
                values[option.name, default: []].append("")
            } else {
                guard let value = parts.count > 1 ? parts[1] : Self.value(from: &rest) else {
                    throw CommandError(
                        .usage, "\(parts[0]) needs a value: \(parts[0]) \(option.value ?? "").",
                        hint: "A value that begins with -- is written as \(parts[0])=VALUE.")
                }
                if !option.values.isEmpty, !option.values.contains(value) {
                    throw Self.wrongWord(value, parts[0], option.values)
                }
                values[option.name, default: []].append(value)
                taken.append(value)
            }
            if isOfSandbox { sandboxWords += taken }
            if values[option.name, default: []].count > 1, !option.repeats, option.value != nil {
                throw CommandError(.usage, "\(parts[0]) is given twice.", hint: "It takes one value.")
            }
        }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    func value(_ name: String) -> String? { values[name]?.last }
    /// Of an option that may be given several times.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// A word that is none of the values of an option.
    static func wrongWord(_ word: String, _ option: String, _ words: [String]) -> CommandError {
        let near = NearWords.nearest(to: word, among: words).map { "Did you mean \($0)? " } ?? ""
        return CommandError(
            .badValue, "'\(word)' is no value of \(option).",
            hint: near + "It takes \(words.joined(separator: ", ")).", details: ["values": .texts(words)])
    }

    private static func option(_ word: String, _ options: [OptionDefinition]) -> OptionDefinition? {
        options.first { option in
            word == "--" + option.name || option.short.map { word == "-\($0)" } ?? false
        }
    }

    /// The next word; not one that looks like an option of its own.
    private static func value(from rest: inout ArraySlice<String>) -> String? {
        guard let next = rest.first, !next.hasPrefix("--") else { return nil }
        return rest.popFirst()
    }

    private static func unknown(
        _ word: String, _ options: [OptionDefinition], _ command: String
    ) -> CommandError {
        if Self.option(word, SandboxOptions.definitions) != nil {
            return CommandError(
                .usage, "\(word) is an option of the embedded marketplace.",
                hint: "It is taken together with --sandbox.")
        }
        let names = options.map { "--" + $0.name }
        let near = NearWords.nearest(to: word, among: names)
        return CommandError(
            .usage, "there is no option \(word).",
            hint: (near.map { "Did you mean \($0)? " } ?? "") + "\(command) --help lists them.",
            details: ["nearest": .text(orNull: near)])
    }
}
