import FoundationEssentials
import Glibc
import TerminalSupport
import TestSupport
import Testing

/// Commands that write, at a marketplace over HTTP: what is sent, what is not, and what they say of it.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Commands that write`: ServedMarketplace {
    let server: Served
    let plain: PlainHTTP
    let state: String

    init() throws {
        server = try Served(["--order-seconds", "0", "--gateway-timeout-seconds", "0"])
        plain = try PlainHTTP(server.baseURL)
        state = try TestFolder.make()
    }

    private static let order = "orders place --customer 1000412 --mpn AUR-365-BP --term 1y --billing 1m --units 3"

    /// Each with a wrong expectation of what is so.
    static let writes = [
        (order, "--expect-total 1.00EUR"), ("subscriptions set-units 1000917 28", "--expect-total 1.00EUR"),
        ("subscriptions add-units 1000917 3", "--expect-total 1.00EUR --expect units=24"),
        ("subscriptions auto-renew 1000917 off", "--expect status=active --expect auto=off"),
        ("subscriptions renew 1000920", "--expect-total 1.00EUR"),
        ("subscriptions cancel 1000917", "--expect-total 1.00EUR --expect units=24"),
        ("subscriptions switch-plan 1000917 --plan 1 --term 1y", "--expect-total 1.00EUR"),
        ("orders withdraw SO000704", "--expect status=submitted"),
        (
            "orders migrate --customer 1000412 --product CAT-000002 --units 3 --starts 2026-01-31 --expires 2036-01-31",
            "--expect-total 1.00EUR"
        ),
        ("orders credit-check SO000704 off", "--expect status=processing --expect credit=off"),
        ("customers hold 1000412", "--expect status=creditHold"),
        ("customers activate 1000414", "--expect status=active"),
    ]

    private static let variables =
        Dictionary(
            uniqueKeysWithValues: [
                "YES", "ACCEPT", "INTENT", "EXPECT", "EXPECT_TOTAL", "WRITE", "CONFIRM", "FORCE", "ASSUME_YES", "WAIT",
            ].map { ("SOUK_" + $0, "yes") })

    // MARK: Nothing is sent

    @Test(arguments: writes) func `send nothing without --yes, whatever stdin and the environment say`(
        command: String, wrong: String
    ) throws {
        let before = try world()
        let file = state + "/answers"
        try String(repeating: "y\nyes\n\n", count: 500).write(toFile: file, atomically: true, encoding: .utf8)
        for words in [command, "\(command) --json", "\(command) --accept duplicate \(wrong)"] {
            let block = try run("\(words) < '\(file)'", Self.variables)
            #expect([0, 9].contains(block.exit), "\(block.text)")
        }
        for words in ["\(command) --yes", "\(command) --yes --accept duplicate"] {
            #expect(try run(words).exit == 64)
        }
        #expect(try run("\(command) --yes \(wrong)").exit == 9)
        #expect(try run("\(command) --read-only").exit == 9)
        #expect(try run("\(command) --read-only --yes \(wrong)").exit == 9)
        #expect(try run("\(command) --yes \(wrong)", ["SOUK_READ_ONLY": "on"]).exit == 9)
        #expect(try run("\(command) --yes --intent 0000-0000").exit == 9)
        #expect(try run("\(command) --yes --intent none").exit == 64)
        #expect(try world() == before)
        #expect(try json("journal list --json")["rows"] == .list([]))
    }

    @Test func `refuse an intent of another profile, another command, and of other words`() throws {
        let before = try world()
        let id = try intent(Self.order)
        let foreign = try run("orders place --intent \(id) --yes --json", ["SOUK_USER": "reseller.api"])
        #expect(foreign.exit == 9)
        #expect(try PrintedJSON(foreign.errors.joined())["code"]?.text == "intentForeign")
        #expect(try run("orders withdraw --intent \(id) --yes").exit == 64)
        let other = try run("\(Self.order.replacing("--units 3", with: "--units 4")) --intent \(id) --yes")
        #expect(other.exit == 64)
        #expect(try world() == before)
        #expect(try run("\(Self.order) --intent \(id.lowercased()) --yes").exit == 0)
    }

    @Test func `refuse an intent that was made 15 minutes ago`() throws {
        let before = try world()
        let id = try intent(Self.order)
        let path = "\(state)/souk/intents/\(id).json"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let number = try #require(text.firstMatch(of: /"expiresAt":\{"millisecondsSince1970":(\d+)\}/))
        let over = String((Int(number.output.1) ?? 0) - 901_000)
        try text.replacing(number.output.1, with: over).write(toFile: path, atomically: false, encoding: .utf8)
        let block = try run("orders place --intent \(id) --yes --json")
        #expect(try PrintedJSON(block.errors.joined())["code"]?.text == "intentExpired", "\(block.text)")
        #expect(try world() == before)
    }

    @Test func `keep an intent for its owner alone, without a secret`() throws {
        let id = try intent(Self.order)
        let path = "\(state)/souk/intents/\(id).json"
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains(String(repeating: "0", count: 32)) && !text.contains("\"demo\""))
        let secret = try run(
            "orders place --customer 1000412 --mpn CIT-MAIL-1 --units 1 --param domain=a.example --param password=hush1234 "
                + "--json")
        #expect(!secret.output.joined().contains("hush1234"))
        #expect(try PrintedJSON(secret.output.joined())["intent"] == .null)
    }

    /// Those that only an intent can send.
    @Test(arguments: [
        "customers edit 1000412 --street 'Kajen 1'", "contacts remove 1000412/billing/faktura@jorgensen.example",
        "contacts edit 1000412/admin/mette@jorgensen.example --last-name Holm",
        "contacts add 1000412 --role billing --first-name I --last-name H --email i@h.example --phone 12345678",
        "customers create --name Havn --street K --postal-code 8 --city A --country DK --first-name I --last-name H "
            + "--email i@h.example --phone 12345678",
    ])
    func `take no --yes without an intent where nothing short says what was seen`(command: String) throws {
        let before = try world()
        for words in [command, "\(command) --json"] { #expect(try run(words, Self.variables).exit == 0) }
        #expect(try run("\(command) --yes").exit == 64)
        #expect(try run("\(command) --yes --expect-total 1EUR").exit == 64)
        #expect(try run("\(command) --read-only").exit == 9)
        #expect(try world() == before)
        let id = try intent(command)
        let block = try run("\(command) --intent \(id) --yes")
        #expect(block.exit == 0, "\(block.text)")
        #expect(try world() != before)
    }

    @Test func `have a report made once for one intent`() throws {
        struct Reports: Decodable {
            struct Row: Decodable { var name: String }
            var data: [Row]
        }
        func count() throws -> Int {
            try plain.get("/reports?limit=100", as: Reports.self).data.count { $0.name == "Havn" }
        }
        let command = "reports schedule --name Havn --from 2026-10-01 --to 2026-10-31 --format csv"
        #expect(try run(command, Self.variables).exit == 0)
        #expect(try run("\(command) --yes").exit == 64)
        #expect(try run("\(command.replacing("2026-10-31", with: "2026-09-01"))").exit == 9)
        let id = try intent(command)
        #expect(try count() == 0)
        for _ in 0..<2 {
            let block = try run("reports schedule --intent \(id) --yes --json")
            #expect(block.exit == 0, "\(block.text)")
        }
        #expect(try count() == 1)
    }

    @Test func `keep no password, and ask for it again`() throws {
        let file = state + "/password"
        try "Hush-1234\n".write(toFile: file, atomically: true, encoding: .utf8)
        let command =
            "customers create --name Havn --street K --postal-code 8 --city A --country DK --first-name I --last-name H "
            + "--email i@h.example --phone 12345678 --login ida.holm"
        let id = try intent("\(command) --password-file '\(file)'")
        let folder = try FileManager.default.subpathsOfDirectory(atPath: state + "/souk")
        for path in folder {
            let text = (try? String(contentsOfFile: "\(state)/souk/\(path)", encoding: .utf8)) ?? ""
            #expect(!text.contains("Hush-1234"))
        }
        #expect(try run("customers create --intent \(id) --yes").exit == 64)
        let block = try run("customers create --intent \(id) --yes --password-file '\(file)'")
        #expect(block.exit == 0, "\(block.text)")
        #expect(!block.text.contains("Hush-1234"))
    }

    @Test func `want each warning agreed to by its name, with an intent too`() throws {
        let before = try world()
        let command = "contacts remove 1000412/admin/mette@jorgensen.example"
        let id = try intent(command)
        let block = try run("\(command) --intent \(id) --yes --json --accept duplicate")
        #expect(block.exit == 9)
        let error = try PrintedJSON(block.errors.joined())
        #expect(error["code"]?.text == "needsAccept")
        #expect(error["details"]?["accepts"] == .list([.text("noAdministrator")]))
        #expect(try world() == before)
    }

    @Test func `warn by the rule of a vendor that the person wrote, and send once it is agreed to`() throws {
        let file = state + "/rules.toml"
        let rule = "[rules.aurora]\ncancel = \"7d\"\ntake-away = \"7d\"\nsource = \"x\"\ndate = 2026-03-01\n"
        try rule.write(toFile: file, atomically: true, encoding: .utf8)
        let before = try world()
        let rules = ["SOUK_CONFIG": file]
        let shown = try run("subscriptions show 1000917 --json", rules)
        let windows = try PrintedJSON(shown.output.joined())["windows"]
        #expect(windows?["lockedUnits"] == .number(25))
        #expect(windows?["ruleOf"]?.text == "2026-03-01")
        let cancel = "subscriptions cancel 1000917 --yes --expect units=25 --expect-total 0EUR"
        let refused = try run("\(cancel) --json", rules)
        #expect(refused.exit == 9)
        let details = try PrintedJSON(refused.errors.joined())["details"]
        #expect(details?["accepts"] == .list([.text("windowClosed")]), "\(refused.text)")
        let fewer = try PrintedJSON(run("subscriptions set-units 1000917 20 --json", rules).output.joined())
        #expect(fewer["accepts"] == .list([.text("windowClosed")]))
        #expect(try world() == before)
        #expect(try run("\(cancel) --accept windowClosed", rules).exit == 0)
        #expect(try world() != before)
    }

    // MARK: Once

    @Test func `place one order for one intent, however often it is given`() throws {
        let before = try orders()
        let id = try intent(Self.order)
        let first = try run("orders place --intent \(id) --yes --json")
        #expect(first.exit == 0, "\(first.text)")
        #expect(try PrintedJSON(first.output.joined())["repeated"] == .flag(false))
        let number = try PrintedJSON(first.output.joined())["made"]?["number"]?.text
        for words in ["orders place --intent \(id) --yes --json", "\(Self.order) --intent \(id) --yes --json"] {
            let again = try run(words)
            #expect(again.exit == 0, "\(again.text)")
            let result = try PrintedJSON(again.output.joined())
            #expect(result["repeated"] == .flag(true))
            #expect(result["made"]?["number"]?.text == number)
        }
        let spoken = try run("orders place --intent \(id) --yes")
        #expect(spoken.output.joined().contains("was placed by this intent at"), "\(spoken.text)")
        #expect(try orders() == before + 1)
    }

    @Test func `place one order when two processes have one intent`() throws {
        let before = try orders()
        let id = try intent(Self.order)
        let one = line("orders place --intent \(id) --yes --json")
        let block = try TranscriptBlock(
            command: "{ \(one) & P1=$!; \(one) & P2=$!; wait $P1; A=$?; wait $P2; echo \"$A $?\"; }", columns: nil
        ).played()
        #expect(block.output.last == "0 0", "\(block.text)")
        #expect(try orders() == before + 1)
        let repeated = try block.output.dropLast().map { try PrintedJSON($0)["repeated"] == .flag(true) }
        #expect(repeated.filter { $0 }.count == 1)
    }

    @Test func `say that an equal order was placed, and place another only when that is meant`() throws {
        let before = try orders()
        let words = "\(Self.order) --yes --expect-total 61.80EUR"
        #expect(try run(words).exit == 0)
        let again = try run("\(words) --json")
        #expect(again.exit == 9)
        let error = try PrintedJSON(again.errors.joined())
        #expect(error["code"]?.text == "duplicate")
        #expect(error["outcome"]?.text == "notSent")
        #expect(error["hint"]?.text == "If a second one is meant, add --accept duplicate.")
        #expect(try orders() == before + 1)
        #expect(try run("\(words) --accept duplicate").exit == 0)
        #expect(try orders() == before + 2)
    }

    @Test func `never add units twice for one expectation`() throws {
        let words = "subscriptions add-units 1000917 3 --yes --expect-total 24.72EUR --expect units=25"
        let first = try run(words)
        // The price of a change depends on the day.
        let price = first.errors.joined().firstMatch(of: /price is ([0-9.]+) EUR now/)?.output.1 ?? "24.72"
        let right = words.replacing("24.72", with: String(price))
        if first.exit != 0 { #expect(try run(right).exit == 0) }
        let held = try plain.get("/subscriptions/1000917")
        #expect(held.contains("28"))
        let again = try run("\(right) --accept duplicate --json")
        #expect(again.exit == 9)
        #expect(try PrintedJSON(again.errors.joined())["code"]?.text == "changed", "\(again.text)")
        #expect(try plain.get("/subscriptions/1000917") == held)
    }

    @Test func `say what moved since the intent was made, and show the new review`() throws {
        let before = try orders()
        let id = try intent("subscriptions set-units 1000917 28")
        try plain.send("PATCH", "/subscriptions/1000917", #"{"renewalStatus":false}"#)
        let block = try run("subscriptions set-units --intent \(id) --yes --json")
        #expect(block.exit == 9)
        let error = try PrintedJSON(block.errors.joined())
        #expect(error["code"]?.text == "changed")
        #expect(error["message"]?.text?.contains("you saw on") == true, "\(block.text)")
        let review = try PrintedJSON(block.output.joined())
        #expect(review["differences"]?.elements.isEmpty == false)
        #expect(try orders() == before)
    }

    // MARK: Outcomes

    @Test func `answer with what is known of an intent whose outcome was unknown`() throws {
        let before = try orders()
        let id = try intent("orders place --customer 1000412 --product CAT-000018 --mpn TIMEOUT-1 --units 1")
        let first = try run("orders place --intent \(id) --yes --json")
        #expect(first.exit == 8)
        #expect(try PrintedJSON(first.errors.joined())["outcome"]?.text == "unknown")
        let again = try run("orders place --intent \(id) --yes --json")
        #expect(again.exit == 0, "\(again.text)")
        #expect(try PrintedJSON(again.output.joined())["repeated"] == .flag(true))
        #expect(try orders() == before + 1)
    }

    @Test func `settle what is unknown, and say what became of it`() throws {
        let id = try intent("orders place --customer 1000412 --product CAT-000018 --mpn TIMEOUT-1 --units 1")
        #expect(try run("orders place --intent \(id) --yes").exit == 8)
        let block = try run("journal settle --json")
        #expect(block.exit == 0, "\(block.text)")
        let result = try PrintedJSON(block.output.joined())
        #expect(result["settled"] == .number(1))
        #expect(result["entries"]?.elements.first?["outcome"]?.text == "taken")
        let file = state + "/journal.jsonl"
        #expect(try run("journal export --to '\(file)'").exit == 0)
        #expect(try run("journal export --to '\(file)'").exit == 1, "nothing is overwritten")
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 1)
    }

    @Test func `follow an order to its end, and say what its subscription holds`() throws {
        let id = try intent("subscriptions set-units 1000917 28")
        let block = try run("subscriptions set-units 1000917 28 --intent \(id) --yes --wait 30s")
        #expect(block.exit == 0, "\(block.text)")
        #expect(block.output.count == 2)
        #expect(block.output.last?.contains("Subscription 1000917 holds 28 units.") == true, "\(block.text)")
    }

    @Test func `end a wait with 10 when the order ends in error`() throws {
        let block = try run(
            "orders place --customer 1000412 --mpn FAIL-1 --units 1 --yes --expect-total 18.00EUR --wait 30s --json")
        #expect(block.exit == 10, "\(block.text)")
        #expect(try PrintedJSON(block.errors.joined())["code"]?.text == "orderEnded")
        #expect(try PrintedJSON(block.errors.joined())["outcome"]?.text == "taken")
        #expect(try PrintedJSON(block.output.joined())["waited"]?["status"]?.text == "error")
    }

    @Test func `end a wait with 11 when the order is still open`() throws {
        let id = try intent("orders place --customer 1000412 --mpn SLOW-1 --units 1")
        let block = try run("orders place --intent \(id) --yes --wait 1s --json")
        #expect(block.exit == 11, "\(block.text)")
        #expect(try PrintedJSON(block.errors.joined())["code"]?.text == "stillOpen")
    }

    @Test func `send nothing when ^C comes before the request leaves`() throws {
        let before = try orders()
        let slow = try Served(["--order-seconds", "0", "--fault", "GET /products: delay 20"])
        let terminal = try self.terminal(slow, "\(Self.order) --yes --expect-total 61.80EUR")
        try #require(terminal.wait(for: "^C stops."), "\(terminal.sentText)")
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(130), "\(terminal.sentText)")
        #expect(terminal.sentText.contains("nothing was sent"), "\(terminal.sentText)")
        #expect(try orders() == before)
    }

    @Test func `stop only the waiting at ^C when the order was taken`() throws {
        let slow = try Served(["--order-seconds", "600"])
        let terminal = try self.terminal(slow, "\(Self.order) --yes --expect-total 61.80EUR --wait 10m")
        try #require(terminal.wait(for: "It is submitted."), "\(terminal.sentText)")
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(11), "\(terminal.sentText)")
        #expect(try PlainHTTP(slow.baseURL).get("/orders?limit=1").contains(#""status":"submitted""#))
    }

    @Test func `leave a sent order to the journal at the second ^C`() throws {
        let slow = try Served(["--order-seconds", "0", "--gateway-timeout-seconds", "60"])
        let command =
            "orders place --customer 1000412 --product CAT-000018 --mpn TIMEOUT-1 --units 1 --yes --expect-total 8.40EUR"
        let terminal = try self.terminal(slow, command)
        let journal = "\(state)/souk"
        try #require(
            terminal.wait { _ in
                let names = (try? FileManager.default.contentsOfDirectory(atPath: journal)) ?? []
                return names.contains { name in
                    (try? String(contentsOfFile: "\(journal)/\(name)", encoding: .utf8))?.contains("intended") == true
                }
            })
        terminal.send(KeyText.control("c"))
        try #require(terminal.wait(for: "^C again leaves it to the journal."), "\(terminal.sentText)")
        terminal.send(KeyText.control("c"))
        #expect(terminal.exitStatus() == .code(8), "\(terminal.sentText)")
    }

    @Test func `journal a write whose output nobody takes`() throws {
        let before = try orders()
        let id = try intent(Self.order)
        let block = try run("orders place --intent \(id) --yes --json >/dev/full")
        #expect(block.exit == 1)
        #expect(try PrintedJSON(block.errors.joined())["outcome"]?.text == "taken", "\(block.text)")
        #expect(try orders() == before + 1)
        let entries = try json("journal list --json")["rows"]?.elements
        #expect(entries?.first?["outcome"]?.text == "taken")
        #expect(entries?.first?["intent"]?.text?.count == 9 || entries?.first?["intent"]?.text == "INTENT")
    }
}
