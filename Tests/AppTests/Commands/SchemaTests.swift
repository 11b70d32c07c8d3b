import FoundationEssentials
import Glibc
import Marketplace
import TerminalSupport
import TestSupport
import Testing

@testable import App

/// What commands print as JSON, and the schemas that say so.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `The schemas of commands` {
    private static let assets = SourceNames.package + "/assets/"

    /// SOUK_RECORD_GOLDEN=1 writes them anew: they only grow.
    @Test func `are in assets as the definitions make them`() throws {
        for (name, schema) in Schemas.files {
            let path = Self.assets + name
            if getenv("SOUK_RECORD_GOLDEN") != nil {
                let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
                    separator: "/")
                try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
                try (schema.indented + "\n").write(toFile: path, atomically: true, encoding: .utf8)
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == schema.indented + "\n", "\(name)")
        }
    }

    /// Commands with a row of every kind that the default marketplace has; ORDER and others are the first ids of lists.
    static let commands = [
        ("accounts list --all", "accounts-list"), ("accounts list --short-customer-rows --no-names", "accounts-list"),
        ("resellers list", "resellers-list"), ("customers list", "customers-list"),
        ("customers list --name nosuchname", "customers-list"), ("customers card 1000412", "customers-card"),
        ("customers card 1000415 --no-names", "customers-card"), ("users list", "users-list"),
        ("products list", "products-list"), ("plans list --details", "plans-list"),
        ("subscriptions list", "subscriptions-list"),
        ("subscriptions list --customer 1000412 --details", "subscriptions-list"),
        ("subscriptions list --limit 3 --columns reseller --no-names", "subscriptions-list"),
        ("orders list", "orders-list"), ("orders list --limit 200 --details", "orders-list"),
        ("reports list", "reports-list"), ("journal list", "journal-list"), ("status", "status"),
        ("money --customer 1000412", "money"), ("money --by product --customer 1000412 --no-names", "money"),
        ("money --by reseller --customer 1000412", "money"),
        ("accounts show 1000100", "accounts-show"), ("resellers show 1000100", "resellers-show"),
        ("customers show 1000415", "customers-show"),
        ("users show 1000412/admin/mette@jorgensen.example", "users-show"),
        ("products show CAT-000002", "products-show"), ("subscriptions show 1000917", "subscriptions-show"),
        ("subscriptions show 1000919 --no-names", "subscriptions-show"), ("plans show PLAN", "plans-show"),
        ("orders show ORDER", "orders-show"), ("reports show REPORT", "reports-show"), ("commands", "commands"),
        ("orders estimate --customer 1000412 --mpn CIT-MAIL-1 --units 1 --param domain=a.example", "orders-estimate"),
        ("orders place --customer 1000412 --mpn CIT-MAIL-1 --units 1 --param domain=a.example", "orders-place"),
        (
            "orders place --customer 1000412 --product CAT-000002 --mpn AUR-365-BP --units 3 --yes --expect-total 61.80EUR",
            "orders-place"
        ),
        ("orders withdraw SO000704", "orders-withdraw"),
        ("orders withdraw SO000704 --yes --expect status=processing", "orders-withdraw"),
        ("orders credit-check SO000704 off", "orders-credit-check"),
        (
            "orders migrate --customer 1000412 --product CAT-000002 --units 3 --starts 2026-01-31 --expires 2036-01-31",
            "orders-migrate"
        ),
        ("orders credit-check SO000704 off --yes --expect status=processing --expect credit=on", "orders-credit-check"),
        ("subscriptions set-units 1000917 28", "subscriptions-set-units"),
        ("subscriptions add-units 1000917 3", "subscriptions-add-units"),
        ("subscriptions auto-renew 1000917 off", "subscriptions-auto-renew"),
        (
            "subscriptions auto-renew 1000917 off --yes --expect status=active --expect auto=on",
            "subscriptions-auto-renew"
        ),
        ("subscriptions special-prices 1000917 --price 20.00", "subscriptions-special-prices"),
        (
            "subscriptions special-prices 1000917 --price '1-9: 20.00, 10-: 18.50' --provider-cost 9",
            "subscriptions-special-prices"
        ),
        ("subscriptions edit 1000917 --attribute costCentre=4711", "subscriptions-edit"),
        ("subscriptions renew 1000920", "subscriptions-renew"),
        ("subscriptions cancel 1000917", "subscriptions-cancel"),
        ("subscriptions switch-plan 1000917 --plan PLAN --term 3y --no-names", "subscriptions-switch-plan"),
        (
            "customers create --name H --street K --postal-code 8 --city A --country DK --first-name I --last-name H "
                + "--email i@h.example --phone 12345678", "customers-create"
        ),
        (
            "resellers create --name H --street K --postal-code 8 --city A --country DK --currency DKK --first-name I "
                + "--last-name H --email i@h.example --phone 12345678", "resellers-create"
        ), ("resellers edit 1000100 --street Kajen", "resellers-edit"),
        ("renewals --customer 1000412", "renewals"),
        ("changes --since 7d", "changes"), ("changes --customer 1000412 --since 2026-11-20", "changes"),
        ("customers edit 1000412 --street Kajen", "customers-edit"), ("customers hold 1000412", "customers-hold"),
        ("customers hold 1000412 --yes --expect status=active", "customers-hold"),
        ("customers activate 1000414", "customers-activate"),
        (
            "contacts add 1000412 --role billing --first-name I --last-name H --email i@h.example --phone 12345678",
            "contacts-add"
        ), ("contacts edit 1000412/admin/mette@jorgensen.example --last-name H", "contacts-edit"),
        ("contacts remove 1000412/admin/mette@jorgensen.example", "contacts-remove"),
        ("reports schedule --name Usage --from 2026-10-01 --to 2026-10-31 --format csv", "reports-schedule"),
        ("journal settle", "journal-settle"),
        ("reports download DONE --to report.csv", "reports-download"),
    ]

    @Test(arguments: commands) func `describe what is printed`(command: String, schema: String) throws {
        var command = command
        for (word, list) in [("PLAN", "plans"), ("ORDER", "orders"), ("REPORT", "reports")] where command.contains(word)
        {
            let ids = TranscriptBlock(command: "souk \(list) list --limit 1 --ids", columns: nil)
            command = command.replacing(word, with: try ids.played().output.first ?? "none")
        }
        if command.contains("DONE") {
            let done = TranscriptBlock(command: "souk reports list --status completed --limit 1 --ids", columns: nil)
            command = command.replacing("DONE", with: try done.played().output.first ?? "none")
        }
        let program = command == "commands" ? "bare" : "souk"
        let block = try TranscriptBlock(command: "\(program) \(command) --json", columns: nil).played()
        // A review that cannot be sent is printed whole too, and its error beside it.
        let isRefused = schema == "subscriptions-switch-plan"
        #expect(block.exit == (isRefused ? 9 : 0))
        #expect(isRefused || block.errors == [])
        try check(block.output.joined(separator: "\n"), schema)
    }

    @Test(arguments: [#"{"type":"sales"}"#, "", "no JSON"])
    func `describe an entry of the journal`(request: String) throws {
        var entry = JournalEntry(
            id: "4F1C09A2", at: Instant(millisecondsSince1970: 0), profile: "nordwind", name: "sales order",
            customer: "1000412", changes: ["3 x Aurora"], method: "POST", path: "/orders", request: request,
            outcome: .unknown(reason: "No answer."))
        let facts = Facts(now: entry.at)
        try check(JournalNoun.json(entry, facts).line, "journal-show")
        #expect(try PrintedJSON(JournalNoun.json(entry, facts).line)["outcome"]?.text == "unknown")
        entry.outcome = .taken(made: "1000701")
        try check(JournalNoun.json(entry, facts).line, "journal-show")
    }

    @Test func `describe every row of a stream too`() throws {
        let block = try TranscriptBlock(
            command: "souk subscriptions list --customer 1000412 --details --jsonl", columns: nil
        ).played()
        #expect(block.output.count == 4)
        for line in block.output { try check(line, "subscriptions-show") }
    }

    @Test(arguments: [
        "orders show 99 --json", "customers show nord --json", "orders list --nosuch --json", "nosuch --json",
        "customers list --fault 'GET /customers: 400' --json",
        "subscriptions list --all --details --max-calls 3 --jsonl",
        "customers list --ids-from nosuch --json",
    ])
    func `describe errors, which are one line alone`(command: String) throws {
        let block = try TranscriptBlock(command: "souk \(command)", columns: nil).played()
        #expect(block.errors.count == 1)
        try check(block.errors.joined(), "error")
        let error = try PrintedJSON(block.errors.joined())
        #expect(error["exit"] == .number(Double(block.exit ?? 0)))
        #expect(ErrorCode(rawValue: error["code"]?.text ?? "") != nil)
    }

    /// Codes that no transcript shows as JSON, and what shows them: a suite of this folder's parent, or a sentence.
    private static let shownElsewhere: [ErrorCode: String] = [
        .duplicate: "Commands/WritingCommandsTests.swift", .intentExpired: "Commands/WritingCommandsTests.swift",
        .intentForeign: "Commands/WritingCommandsTests.swift", .orderEnded: "Commands/WritingCommandsTests.swift",
        .stillOpen: "Commands/WritingCommandsTests.swift", .cancelled: "Commands/CommandsEndToEndTests.swift",
        .proxyRefused: "Setup/LoginTests.swift", .rateLimited: "Commands/CommandPartsTests.swift",
        .untrusted: "Commands/CommandPartsTests.swift",
    ]

    @Test(arguments: ErrorCode.allCases) func `have a test of every code of errors`(code: ErrorCode) throws {
        // Commands without JSON.
        let sentences: [ErrorCode: String] = [
            .terminalUnusable: "This system does not know the terminal", .internal: "99999 is not a port.",
        ]
        let text: String
        if let suite = Self.shownElsewhere[code] {
            text = try String(contentsOfFile: "\(SourceNames.package)/Tests/AppTests/\(suite)", encoding: .utf8)
        } else {
            let folder = SourceNames.package + "/Tests/Transcripts/"
            text = try `Transcripts`.names.map { try String(contentsOfFile: folder + $0, encoding: .utf8) }.joined()
        }
        let shown = [sentences[code] ?? "\"code\":\"\(code.rawValue)\"", "\"\(code.rawValue)\"", ".\(code.rawValue)"]
        #expect(text.contains(shown[0]) || Self.shownElsewhere[code] != nil && shown.contains(where: text.contains))
    }

    private func check(_ text: String, _ schema: String) throws {
        let problems = try SchemaCheck.problems(of: text, schema)
        #expect(problems.isEmpty, "\(problems.prefix(5))")
    }

    @Test func `are there for every command, which also has examples and its calls`() throws {
        // The journal of the embedded marketplace is empty at the start.
        let tried = Set(
            Self.commands.map { $0.1 } + [
                "journal-show", "journal-export", "watch-list", "watch-check", "watch-add", "watch-remove",
            ] + `The set-up's schemas`.tried)
        for command in CommandTable.all {
            #expect(
                command.schema == nil || tried.contains { command.schema == "schemas/v1/\($0).json" }, "\(command.name)"
            )
            #expect(command.examples.count > 1 && !command.calls.isEmpty && !command.summary.isEmpty)
            #expect(!command.name.contains("--"))
            for option in command.options { #expect(option.summary.hasSuffix("."), "\(command.name) --\(option.name)") }
            #expect(Set(command.options.map(\.name)).count == command.options.count, "\(command.name)")
        }
    }

    @Test func `name what the sentences of commands name`() throws {
        let names = try PrintedJSON(CommandList.json.line)["commands"]?.elements.compactMap { command in
            command["path"]?.elements.compactMap(\.text).joined(separator: " ")
        }
        #expect(names?.contains("customers list") == true)
        #expect(names?.contains("api") == true)
        #expect(names?.contains("help") == false)
    }

    @Test func `columns that panes and commands both have bear the same names`() {
        let facts = Facts(now: .init(millisecondsSince1970: 0))
        func unknown<N: Noun>(_ noun: N.Type) -> [String] {
            let panes = Set(N.paneColumns(facts).map(\.name))
            return N.columns.compactMap { $0.column?.name }.filter { !panes.contains($0) }.sorted()
        }
        #expect(unknown(CustomersNoun.self) == ["kind", "reseller-id"])
        #expect(unknown(SubscriptionsNoun.self) == ["billing", "customer-id", "decide-by"])
        #expect(
            unknown(OrdersNoun.self) == ["code", "customer-id", "id", "mpn", "provisioned", "subscription", "type"])
        #expect(unknown(ProductsNoun.self) == ["billing", "id"])
        #expect(unknown(UsersNoun.self) == ["account-id"])
        #expect(unknown(JournalNoun.self) == ["ended", "id", "subscription"])
    }
}
