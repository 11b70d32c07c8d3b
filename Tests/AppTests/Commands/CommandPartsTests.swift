import FoundationEssentials
import Marketplace
import TestSupport
import Testing

@testable import App

/// The parts that commands are made of, without a marketplace.
@Suite struct `The parts of a command` {
    private let options = [
        OptionDefinition("customer", value: "CUSTOMER", "Of this customer."),
        OptionDefinition("limit", short: "n", value: "N", "At most so many."),
        OptionDefinition("status", value: "STATUS", values: ["active", "hold"], "In this state."),
        OptionDefinition("json", "JSON."),
    ]

    private func parse(_ words: String...) throws -> ParsedArguments {
        try ParsedArguments(words, options: options, command: "souk things list")
    }

    private func problem(_ words: String...) -> CommandError? {
        do throws(CommandError) {
            _ = try ParsedArguments(words, options: options, command: "souk things list")
            return nil
        } catch {
            return error
        }
    }

    @Test func `options stand anywhere, and two dashes end them`() throws {
        let parsed = try parse("7", "--customer=a b", "-n", "3", "--", "--json")
        #expect(parsed.positionals == ["7", "--json"])
        #expect(parsed.value("customer") == "a b")
        #expect(parsed.value("limit") == "3")
        #expect(!parsed.has("json"))
    }

    @Test func `a value may begin with one dash, not with two`() throws {
        #expect(try parse("--customer", "-7d").value("customer") == "-7d")
        #expect(problem("--customer", "--json")?.code == .usage)
        #expect(try parse("--customer=--json").value("customer") == "--json")
    }

    @Test func `nothing is abbreviated and nothing is guessed`() {
        #expect(problem("--custmer", "7")?.message == "there is no option --custmer.")
        #expect(problem("--custmer", "7")?.hint == "Did you mean --customer? souk things list --help lists them.")
        #expect(problem("--cust", "7")?.code == .usage)
        #expect(problem("--status", "activ")?.hint?.hasPrefix("Did you mean active?") == true)
        #expect(problem("--limit", "1", "--limit", "2")?.message == "--limit is given twice.")
        #expect(problem("--json=yes")?.code == .usage)
    }

    @Test(arguments: [
        ("custmers", "customers"), ("customer", "customers"), ("ordesr", "orders"), ("xyzzy", nil), ("o", nil),
    ])
    func `the nearest word is one that could be meant`(typed: String, meant: String?) {
        #expect(NearWords.nearest(to: typed, among: ["customers", "orders", "users", "plans"]) == meant)
    }

    // MARK: Values

    private static let today = CalendarDate("2026-11-20")!

    @Test(arguments: [
        ("today", "2026-11-20"), ("+30d", "2026-12-20"), ("-7d", "2026-11-13"), ("2026-12-01", "2026-12-01"),
    ])
    func `days are dates or counted from today`(text: String, day: String) throws {
        #expect(try TypedValue.day(text, today: Self.today).description == day)
    }

    @Test(arguments: ["1/12/2026", "2026-02-30", "2026-12-01T00:00:00Z", "tomorrow", "", "+d", "12"])
    func `any other day is refused`(text: String) {
        #expect(throws: CommandError.self) { try TypedValue.day(text, today: Self.today) }
    }

    @Test func `a moment needs its zone, and a day stands for its first or last one`() throws {
        #expect(
            try TypedValue.moment("2026-11-20T15:00:00+01:00", today: Self.today, atEnd: false).description
                == "2026-11-20T14:00:00Z")
        #expect(throws: CommandError.self) {
            try TypedValue.moment("2026-11-20T14:00:00", today: Self.today, atEnd: false)
        }
        #expect(try TypedValue.moment("today", today: Self.today, atEnd: true).description == "2026-11-20T23:59:59Z")
    }

    @Test func `digits are an id and nothing else`() {
        #expect(Identity("1000412") == .id("1000412"))
        #expect(Identity("7 Eleven") == .name("7 Eleven"))
        #expect(Identity("name:1000412") == .name("1000412"))
        #expect(Identity("id:CAT-1") == .id("CAT-1"))
        #expect(Identity("email:a@b") == .email("a@b"))
        #expect(Identity("po:HAVN-7") == .poNumber("HAVN-7"))
    }

    // MARK: Writes

    @Test(arguments: [("61.80EUR", "61.8"), ("61.80 EUR", "61.8"), ("0USD", "0"), ("-5.00EUR", "-5")])
    func `money has a point and a currency`(text: String, amount: String) throws {
        #expect(try Expectation.money(text).amount == Decimal(string: amount))
    }

    @Test(arguments: ["61,80EUR", "1,234.50EUR", "61.80", "EUR", "61.80eur", "61.80€", "1e3EUR", ""])
    func `any other money is refused`(text: String) {
        #expect(throws: CommandError.self) { try Expectation.money(text) }
    }

    @Test func `a comma in money is answered with the point`() {
        do throws(CommandError) {
            _ = try Expectation.money("61,80EUR")
        } catch {
            #expect(error.hint == "Write 61.80.")
        }
    }

    @Test(arguments: [("1y", Period(1, .year)), ("12m", Period(12, .month)), ("1m", Period(1, .month))])
    func `a period is a number and a letter`(text: String, period: Period) throws {
        #expect(try OrderLines.period(text, option: "--term") == period)
        #expect(throws: CommandError.self) { try OrderLines.period("1 \(text)", option: "--term") }
    }

    @Test func `intents are eight signs in any case, and no two are alike`() {
        #expect(IntentStore.id("7k3q-9m2d") == "7K3Q-9M2D")
        for text in ["7K3Q9M2D", "7K3Q-9M2", "7K3U-9M2D", "../../x-y", ""] { #expect(IntentStore.id(text) == nil) }
        let ids = Set((0..<200).map { _ in IntentStore.newID() })
        #expect(ids.count == 200 && ids.allSatisfy { IntentStore.id($0) == $0 })
    }

    @Test func `an intent comes back from the disk as it was, for 15 minutes`() throws {
        let store = IntentStore(folder: try TestFolder.make() + "/intents")
        let now = Instant(millisecondsSince1970: 1_795_183_452_000)
        let contact = NewContact(
            ContactPerson(role: .administrator, firstName: "I", lastName: "H", email: "i@h.example", phone: "1"),
            login: "ida", password: Secret("hush"))
        let write = WriteIntent.edit(account("1", "Nord"), AccountChanges(status: .creditHold, contacts: [contact]))
        let run = DryRun(intent: write, at: now, account: account("1", "Nord"))
        let intent = StoredIntent(
            id: "7K3Q-9M2D", act: ["customers", "hold"], words: ["arguments": ["1"]], write: write, seen: run.compared,
            madeAt: now, expiresAt: now.adding(seconds: 900), address: "a", marketplace: "m", user: "u", profile: "p",
            passwordOf: write.passwordOf)
        try store.keep(intent)
        let found = try #require(try store.intent("7K3Q-9M2D"))
        #expect(found.write != write, "the password is not on the disk")
        #expect(found.passwordOf.map { found.write.with(Secret("hush"), of: $0) } == write)
        #expect(found.seen.account == run.account)
        #expect(found.isValid(at: now.adding(seconds: 899)) && !found.isValid(at: now.adding(seconds: 900)))
        #expect(!found.isValid(at: now.adding(seconds: -61)), "a clock that was set back makes nothing younger")
        #expect(try store.intent("0000-0000") == nil)
    }

    @Test func `the journal takes an intent once, whatever is sent with it`() async throws {
        let backend = try Backend.embedded(
            SandboxOptions(words: ["--now", "2026-11-20T14:04:12Z"]), Settings(environment: [:]), isReadOnly: false)
        let client = backend.client
        let account = try await client.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        func send(_ id: String, as entry: JournalEntry.ID) async -> WriteEnding {
            await client.send(
                .edit(account, AccountChanges(externalID: id)), entry: entry, intentID: "7K3Q-9M2D", unless: { _ in [] }
            )
        }
        guard case .done = await send("first", as: "1") else {
            Issue.record("the first was not taken")
            return
        }
        #expect(await send("second", as: "2") == .failed(.writeRefused(reason: "this intent was sent already.")))
        let entries = try await client.journalEntries()
        #expect(entries.map(\.id) == ["1"] && entries.map(\.intent) == ["7K3Q-9M2D"])
        let now = try await client.accounts.value(for: AccountKey(kind: .customer, id: "1000412"))
        #expect(now.externalID == "first")
    }

    private func account(_ id: String, _ name: String) -> Account {
        Account(id: .init(id), kind: .customer, name: name, status: .active)
    }

    @Test func `a whole name goes before whole words, and these before parts`() {
        let accounts = [account("1", "Nord"), account("2", "Nord Handel"), account("3", "Nordwind")]
        #expect(NameMatch.best(of: accounts, "NORD").map(\.id) == ["1"])
        #expect(NameMatch.best(of: Array(accounts[1...]), "nord").map(\.id) == ["2"])
        #expect(NameMatch.best(of: Array(accounts[2...]), "nord").map(\.id) == ["3"])
        #expect(NameMatch.best(of: [account("4", "Jørgensen & Søn")], "jorgensen").map(\.id) == ["4"])
        #expect(NameMatch.best(of: accounts, "sud").isEmpty)
    }

    // MARK: Output

    @Test func `JSON has its keys sorted and no sign that a terminal obeys`() {
        let json: JSON = ["b": .number(1), "a": "x\u{1B}\u{9B}\u{202E}\u{2028}\"", "c": .list([.null, .flag(true)])]
        #expect(json.line == #"{"a":"x\u001b\u009b\u202e\u2028\"","b":1,"c":[null,true]}"#)
        #expect(
            json.indented
                == "{\n  \"a\": \"x\\u001b\\u009b\\u202e\\u2028\\\"\",\n  \"b\": 1,\n  \"c\": [\n    null,\n    true\n  ]\n}"
        )
        #expect(JSON.stored("{\"a\":\"\u{202E}\"}").line == #"{"a":"\u202e"}"#)
    }

    @Test func `amounts have two places or more, and are never numbers`() {
        let money = FieldValue.amount(Money(Decimal(string: "515")!, "EUR"))
        #expect(money.json?.line == #"{"amount":"515.00","currency":"EUR"}"#)
        let large = FieldValue.amount(Money(Decimal(string: "100000000000000000000.125")!, "EUR"))
        #expect(large.plain == "100000000000000000000.125 EUR")
        #expect(FieldValue.money(nil).json == .null)
        #expect(FieldValue.absent.json == nil)
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-7", "'-7"), ("@x", "'@x"), ("\tx", "' x"), ("a;b", "\"a;b\""),
        ("say \"x\"", "\"say \"\"x\"\"\""), ("2026-11-20", "2026-11-20"), ("a\u{9B}b", "a\u{FFFD}b"),
    ])
    func `no text of a spreadsheet is a formula`(text: String, cell: String) {
        #expect(CSVLine.line([CSVLine.Cell(text: text)], separator: ";") == cell + "\r\n")
    }

    @Test func `numbers of a spreadsheet stay numbers, and money is two cells`() {
        let cells = CSVLine.cells(.amount(Money(Decimal(string: "-7.5")!, "EUR")), isMoney: true)
        #expect(CSVLine.line(cells, separator: ",") == "-7.50,EUR\r\n")
        #expect(CSVLine.cells(.null, isMoney: true).count == 2)
    }

    @Test func `a table fits its terminal, and cuts names before ids`() {
        let table = TableText(
            columns: [
                .init(title: "ID"), .init(title: "NAME", isFlexible: true), .init(title: "N", isRightAligned: true),
            ],
            width: 24, isColoured: false)
        let lines = table.lines([
            [("1000412", .plain), ("A very long name of a customer", .plain), ("7", .plain)],
            [("1", .plain), ("作者出版株式会社", .plain), ("1,000", .plain)],
        ])
        #expect(lines == ["ID       NAME          N", "1000412  A very …      7", "1        作者出…   1,000"])
        #expect(lines.allSatisfy { $0.count <= 24 })
    }

    @Test func `an error always has every key`() {
        let error = CommandError(.notFound, "no.", details: ["id": "7"])
        #expect(
            error.json.line
                == #"{"code":"notFound","correlationId":null,"details":{"id":"7"},"exit":4,"hint":null,"message":"no.","outcome":null,"status":null}"#
        )
    }

    @Test func `too many calls in a minute say when to come again`() {
        let error = CommandError(MarketplaceError.rateLimited(retryAfter: 12.2))
        #expect(error.sentences == "too many calls for now. Try again in 12 s.")
        #expect(
            error.json.line
                == #"{"code":"rateLimited","correlationId":null,"details":{"retryAfterSeconds":13},"exit":6,"#
                + #""hint":"Try again in 12 s.","message":"too many calls for now.","outcome":null,"status":null}"#)
    }

    @Test func `a certificate that is not trusted sends nobody on`() {
        let error = CommandError(MarketplaceError.untrusted(host: "api.cloud.im", reason: "it is for another host"))
        #expect(error.sentences.hasPrefix("the certificate of api.cloud.im is not trusted: it is for another host. "))
        #expect(error.code == .untrusted && error.code.exit == 7)
    }

    @Test func `errors of commands never speak of keys`() {
        let errors: [MarketplaceError] = [
            .wrongPassword(status: 401), .wrongSubscriptionKey(message: "x"), .wrongMarketplace(code: "x", message: ""),
            .forbidden(message: "", correlationID: "c"), .notFound(what: "order 7", correlationID: "c"),
            .rejected(message: "no", status: 400, correlationID: nil), .rateLimited(retryAfter: nil),
            .quotaExhausted(retryAfter: 90), .serverFailed(status: 502, message: "", correlationID: nil),
            .unreachable(host: "h", reason: "r"), .untrusted(host: "h", reason: "r"), .timedOut(seconds: 30),
            .unreadable(what: "x", reason: "y", status: 200, correlationID: nil), .cancelled,
        ]
        for error in errors {
            let words = CommandError(error).sentences
            #expect(!words.contains("press") && !words.contains("Esc"), "\(words)")
            #expect(ExitStatus.of(error) == CommandError(error).code.exit)
        }
    }

    @Test func `the nearest of several matching ids sort as numbers`() {
        #expect(ListRun<OrdersNoun>.precedes("99", "100"))
        #expect(!ListRun<OrdersNoun>.precedes("100", "99"))
        #expect(ListRun<OrdersNoun>.precedes("CAT-1", "CAT-2"))
    }
}
