/// All commands with a parser of their own, by their nouns.
enum CommandTable {
    /// The first words of all of them, each with what makes its commands: only those of the word that was typed are made.
    static let nouns: [(word: String, commands: @Sendable () -> [CommandDefinition])] =
        readingNouns + SetupCommands.nouns + otherNouns

    private static let otherNouns: [(word: String, commands: @Sendable () -> [CommandDefinition])] = [
        ("dashboard", { [DashboardCommand.command] }), ("api", { [APICommand.command] }),
        ("sandbox", { [SandboxCommand.command] }), ("support-bundle", { [SupportBundleCommand.command] }),
    ]

    private static let readingNouns: [(word: String, commands: @Sendable () -> [CommandDefinition])] = [
        ("status", { [StatusRun.command] }), ("accounts", { both(AccountsNoun.self) }),
        ("resellers", { both(ResellersNoun.self) + ResellerCommands.all }),
        ("customers", { both(CustomersNoun.self) + [CardRun.command] + CustomerCommands.all }),
        ("contacts", { ContactCommands.all }),
        ("users", { both(UsersNoun.self) }), ("products", { both(ProductsNoun.self) }),
        ("plans", { both(PlansNoun.self) }),
        ("subscriptions", { both(SubscriptionsNoun.self) + SubscriptionCommands.all }),
        ("renewals", { [.list(RenewalsNoun.self, verb: nil)] }),
        ("orders", { both(OrdersNoun.self) + OrderCommands.all }),
        ("reports", { both(ReportsNoun.self) + ReportCommands.all }),
        ("money", { [MoneyRun.command] }), ("changes", { [ChangesRun.command] }),
        ("journal", { both(JournalNoun.self) + JournalCommands.all }), ("watch", { WatchCommands.all }),
        ("commands", { [CommandList.command] }),
        ("completions", { [CompletionScript.command] }),
    ]

    private static func both<N: Noun>(_ noun: N.Type) -> [CommandDefinition] { [.list(noun), .show(noun)] }

    static var all: [CommandDefinition] { nouns.flatMap { $0.commands() } }

    /// Does what the words say; without a command it is the dashboard.
    static func perform(_ words: [String]) throws {
        var words = words
        guard var place = firstWord(of: words, among: { all }) else {
            if words.contains(where: CommonOptions.isHelp) { return try printOutput(HelpText.program) }
            return try DashboardCommand.command.perform(words)
        }
        // `help customers` asks for what `customers --help` shows.
        if words[place] == "help" {
            words.remove(at: place)
            words.append("--help")
            guard let next = firstWord(of: words, among: { all }) else { return try perform(words) }
            place = next
        }
        let first = words[place]
        guard let noun = nouns.first(where: { $0.word == first }) else {
            let near = NearWords.nearest(to: first, among: nouns.map(\.word))
            throw CommandError(
                .usage, "there is no command '\(first)'.",
                hint: (near.map { "Did you mean souk \($0)? " } ?? "") + "souk --help lists them.",
                details: ["nearest": .text(orNull: near)])
        }
        let rest = Array(words[..<place] + words[(place + 1)...])
        try perform(noun.commands(), of: first, rest)
    }

    private static func perform(_ commands: [CommandDefinition], of noun: String, _ words: [String]) throws {
        if let only = commands.first, commands.count == 1, only.path.count == 1 { return try only.perform(words) }
        guard let place = firstWord(of: words, among: { commands + [SandboxCommand.command] }) else {
            let lines = commands.map { command in
                let usage = [command.name, command.argument ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
                return "\(usage)  \(command.summary)"
            }
            if words.contains(where: CommonOptions.isHelp) {
                return try printOutput(
                    (commands.flatMap { $0.examples.prefix(1) } + [""] + lines).joined(separator: "\n"))
            }
            throw CommandError(.usage, "souk \(noun) needs one of these words after it.", lines: lines)
        }
        let verb = words[place]
        guard let command = commands.first(where: { $0.path.last == verb }) else {
            let verbs = commands.compactMap(\.path.last)
            let near = NearWords.nearest(to: verb, among: verbs)
            throw CommandError(
                .usage, "souk \(noun) has no '\(verb)'.",
                hint: (near.map { "Did you mean \($0)? " } ?? "")
                    + "It has \(verbs.count < 3 ? verbs.joined(separator: " and ") : verbs.joined(separator: ", ")).",
                details: ["nearest": .text(orNull: near)])
        }
        try command.perform(Array(words[..<place] + words[(place + 1)...]))
    }

    /// Options may stand before the words of a command; those that take a value are skipped with it.
    /// - Parameter commands: Those that it may be.
    private static func firstWord(of words: [String], among commands: () -> [CommandDefinition]) -> Int? {
        var place = 0
        while place < words.count {
            let word = words[place]
            if word == "--" { return place + 1 < words.count ? place + 1 : nil }
            if !word.hasPrefix("-") { return place }
            place += takesNextWord(word, among: commands) ? 2 : 1
        }
        return nil
    }

    /// An option has a value in all commands or in none. Most of the time it is one that all have.
    private static func takesNextWord(_ word: String, among commands: () -> [CommandDefinition]) -> Bool {
        let isIt: (OptionDefinition) -> Bool = { word == "--\($0.name)" || $0.short.map { word == "-\($0)" } == true }
        let option =
            (CommonOptions.marketplace + CommonOptions.help).first(where: isIt)
            ?? commands().lazy.flatMap(\.options).first(where: isIt)
        return option?.value != nil
    }
}
