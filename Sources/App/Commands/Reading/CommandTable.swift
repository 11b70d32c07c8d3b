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
        guard var place = firstWord(of: words) else {
            if words.contains(where: CommonOptions.isHelp) { return try printOutput(HelpText.program) }
            return try DashboardCommand.command.perform(words)
        }
        // `help customers` asks for what `customers --help` shows.
        if words[place] == "help" {
            words.remove(at: place)
            words.append("--help")
            guard let next = firstWord(of: words) else { return try perform(words) }
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
        guard let place = firstWord(of: words) else {
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
    private static func firstWord(of words: [String]) -> Int? {
        let withValue = Set(["--profile", "-p", "--config"])
        var place = 0
        while place < words.count {
            let word = words[place]
            if word == "--" { return place + 1 < words.count ? place + 1 : nil }
            if !word.hasPrefix("-") { return place }
            if withValue.contains(word) {
                place += 1
            } else if !word.contains("="), !flags.contains(word), place + 1 < words.count {
                // Whether other options take a value is found out later: only a command is surely none.
                place += isCommand(words[place + 1]) ? 0 : 1
            }
            place += 1
        }
        return nil
    }

    private static let flags: Set<String> = [
        "--sandbox", "--read-only", "--json", "--jsonl", "--csv", "--ids", "--bom", "--all", "--details", "--no-names",
        "--no-color", "-q", "--quiet", "-h", "--help", "--version", "--yes", "--at-renewal",
    ]

    private static let verbs: Set<String> = [
        "list", "show", "estimate", "place", "migrate", "withdraw", "credit-check", "set-units", "add-units",
        "auto-renew", "cancel", "renew", "switch-plan", "create", "edit", "hold", "activate", "add", "remove",
        "download", "schedule", "settle", "export", "check", "card", "special-prices",
    ]

    private static func isCommand(_ word: String) -> Bool {
        word.hasPrefix("-") || verbs.contains(word) || nouns.contains { $0.word == word }
    }
}
