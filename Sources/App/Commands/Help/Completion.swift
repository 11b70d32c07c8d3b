/// What may come next on a command line that is being typed. The shells' scripts ask the program for it, so that there is
/// one place that knows.
struct Completion {
    /// A word that may stand where the cursor is.
    struct Candidate: Equatable, Sendable {
        var text: String
        /// One line for people.
        var note = ""
    }

    enum Answer: Equatable, Sendable {
        case words([Candidate])
        /// The shell knows them.
        case files
        /// The marketplace knows them.
        case live(LiveCompletion)
    }

    /// The word with which scripts ask.
    static let word = "__complete"

    var commands: [CommandDescription]
    /// The names of profiles; asked only where one may stand.
    var profiles: () -> [String]

    /// - Parameter words: Those after `souk`, up to the one at the cursor, which may be empty.
    func answer(_ words: [String]) -> Answer {
        let typed = words.last ?? ""
        var line = Line(commands: commands)
        for word in words.dropLast() { line.take(word) }
        if let option = line.waiting { return values(of: option, line, typed: typed) }
        if !line.areOptionsOver, typed.hasPrefix("-") {
            let parts = typed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count > 1 else { return .words(options(line, typed: typed)) }
            guard let option = line.option(parts[0]), option.value != nil else { return .words([]) }
            switch values(of: option, line, typed: parts[1]) {
            case .files: return .files
            case .words(let found):
                return .words(found.map { Candidate(text: "\(parts[0])=\($0.text)", note: $0.note) })
            case .live(var live):
                live.before = parts[0] + "="
                return .live(live)
            }
        }
        let next = commands.filter { $0.path.count > line.path.count && $0.path.starts(with: line.path) }
        if line.arguments > 0 || next.isEmpty { return argument(line, typed: typed) }
        return .words(matching(typed, Self.nextWords(next, after: line.path.count)))
    }

    /// The value that a line gives an option, in one word with it or in the word after it; nil where it gives none.
    static func value(of option: String, in words: [String]) -> String? {
        for (place, word) in words.enumerated() {
            if word == option { return words.dropFirst(place + 1).first }
            if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
        }
        return nil
    }

    /// The words that go on, each once: with the summary of the only command, or with what may follow.
    private static func nextWords(_ commands: [CommandDescription], after count: Int) -> [Candidate] {
        var words: [String] = []
        for command in commands where !words.contains(command.path[count]) { words.append(command.path[count]) }
        return words.map { word in
            let same = commands.filter { $0.path[count] == word }
            let only = same.count == 1 && same[0].path.count == count + 1
            let verbs = same.compactMap { $0.path.dropFirst(count + 1).first }
            return Candidate(text: word, note: only ? same[0].summary : verbs.joined(separator: ", "))
        }
    }

    private func options(_ line: Line, typed: String) -> [Candidate] {
        let free = line.options.filter { $0.repeats || !line.used.contains($0.name) }
        return matching(typed, free.map { Candidate(text: "--" + $0.name, note: $0.summary) })
    }

    private func argument(_ line: Line, typed: String) -> Answer {
        guard let name = line.command?.arguments.dropFirst(line.arguments).first else { return .words([]) }
        if Self.isOfFiles(name) { return .files }
        if let subject = LiveCompletion.Subject(argument: name, of: line.path) { return live(subject, typed: typed) }
        // `on|off` is a choice, `ID` something of the marketplace.
        let choices = name == "SHELL" ? CompletionScript.shells : name.split(separator: "|").map(String.init)
        guard choices.allSatisfy({ $0 == $0.lowercased() }) else { return .words([]) }
        return .words(matching(typed, choices.map { Candidate(text: $0) }))
    }

    private func values(of option: OptionDefinition, _ line: Line, typed: String) -> Answer {
        switch option.name {
        case "profile": return .words(matching(typed, profiles().map { Candidate(text: $0) }))
        case "columns": return .words(listed(line.command?.columns ?? [], typed: typed))
        case "sort": return .words(listed(line.command?.filterColumns ?? [], typed: typed))
        default:
            if Self.isOfFiles(option.value ?? "") { return .files }
            if let subject = LiveCompletion.Subject(option: option.name, beside: line.values) {
                return live(subject, typed: typed)
            }
            return .words(matching(typed, option.values.map { Candidate(text: $0) }))
        }
    }

    private func live(_ subject: LiveCompletion.Subject, typed: String) -> Answer {
        LiveCompletion(of: subject, typed: typed).map { .live($0) } ?? .words([])
    }

    /// Names with commas between them: the last one is being typed.
    private func listed(_ names: [String], typed: String) -> [Candidate] {
        let parts = typed.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let before = parts.dropLast()
        let head = before.map { $0 + "," }.joined()
        let free = names.filter { !before.contains($0) }
        return matching(parts.last ?? "", free.map { Candidate(text: $0) }).map { Candidate(text: head + $0.text) }
    }

    private func matching(_ typed: String, _ candidates: [Candidate]) -> [Candidate] {
        candidates.filter { $0.text.hasPrefix(typed) }
    }

    private static func isOfFiles(_ name: String) -> Bool { ["FILE", "FOLDER", "PATH"].contains(name) }
}

extension Completion {
    /// The words before the cursor, as far as they say what may follow.
    private struct Line {
        let commands: [CommandDescription]
        var path: [String] = []
        /// How many words came after those of the command.
        var arguments = 0
        var used: Set<String> = []
        /// Of the options, by name.
        var values: [String: String] = [:]
        /// The option whose value comes next.
        var waiting: OptionDefinition?
        var areOptionsOver = false

        init(commands: [CommandDescription]) { self.commands = commands }

        var command: CommandDescription? { commands.first { $0.path == path } }

        /// Without a command those of the dashboard; with `--sandbox` also those of the embedded marketplace.
        var options: [OptionDefinition] {
            let named = path.isEmpty ? commands.first { $0.path == ["dashboard"] } : command
            return (named?.options ?? []) + (used.contains("sandbox") ? SandboxOptions.definitions : [])
        }

        /// - Parameter word: `--name` or `-n`.
        func option(_ word: String) -> OptionDefinition? {
            let own = options.first { Self.isNamed($0, word) }
            return own ?? (command == nil ? commands.lazy.flatMap(\.options).first { Self.isNamed($0, word) } : nil)
        }

        private static func isNamed(_ option: OptionDefinition, _ word: String) -> Bool {
            word == "--" + option.name || option.short.map { word == "-\($0)" } ?? false
        }

        mutating func take(_ word: String) {
            if let option = waiting {
                values[option.name] = word
                waiting = nil
            } else if word == "--" {
                areOptionsOver = true
            } else if !areOptionsOver, word.hasPrefix("-"), word != "-" {
                let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard let option = option(String(parts[0])) else { return }
                used.insert(option.name)
                if parts.count > 1 { values[option.name] = String(parts[1]) }
                if option.value != nil, parts.count == 1 { waiting = option }
            } else if arguments == 0, commands.contains(where: { $0.path.starts(with: path + [word]) }) {
                path.append(word)
            } else {
                arguments += 1
            }
        }
    }
}
