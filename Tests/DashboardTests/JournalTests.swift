import Marketplace
import MarketplaceClient
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The journal's view` {
    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]

    private static func entry(
        _ id: String, minutes: Double, _ outcome: JournalEntry.Outcome, name: String = "change order",
        customer: Account.ID? = "1000412", changes: [String] = ["units 25 → 28"], path: String = "/orders",
        method: String = "POST", warning: String? = nil, settledBy: String? = nil
    ) -> JournalEntry {
        JournalEntry(
            id: .init(id), at: Stage.start.adding(seconds: -60 * minutes),
            endedAt: outcome == .sending ? nil : Stage.start.adding(seconds: 42 - 60 * minutes), profile: "sandbox",
            name: name, customer: customer, subscription: "1000917", poNumber: "SOUK-20261120-\(id)", changes: changes,
            method: method, path: path,
            request:
                #"{"customerId":"1000412","poNumber":"x","products":[{"mpn":"AUR-365-BP","quantity":28}],"type":"change"}"#,
            outcome: outcome, correlationID: "a8n-7f0c9a1e-33d1-4b0e-9a27-\(id)", settledBy: settledBy,
            group: id == "4" ? "run-1" : nil, warning: warning)
    }

    private static let entries = [
        entry("5", minutes: 1, .sending, name: "sales order", changes: ["3 x Aurora 365 Business Premium"]),
        entry("4", minutes: 3, .taken(made: "5000123")),
        entry(
            "3", minutes: 20, .unknown(reason: "The marketplace did not answer within 3 min."),
            name: "cancellation order",
            changes: ["status active → terminated"]),
        entry(
            "2", minutes: 50, .refused(reason: "The marketplace refused: already an order. (Correlation ID a8n-1)")),
        entry(
            "1", minutes: 60 * 30, .taken(made: "1000412"), name: "change of customer 1000412",
            changes: ["name Jørgensen → Jørgensen & Søn A/S"], path: "/customers/1000412", method: "PATCH",
            settledBy: "reading the customer"),
    ]

    private func stage(_ size: Size = sizes[0]) async -> Stage {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.send(.journal(Self.entries))
        return stage
    }

    private func rows(_ stage: Stage) -> [String] {
        (0..<stage.dashboard.journal.list.count).compactMap { stage.dashboard.journal.list.row($0)?.id.rawValue }
    }

    @Test(arguments: sizes) func `the list and an entry without a known outcome`(size: Size) async {
        let stage = await stage(size)
        await stage.press("7")
        await stage.send(.journal(Self.entries))
        expectScreen(stage.screen, matches: "journal-\(size.columns)x\(size.rows)")
        await stage.press("<Enter>")
        expectScreen(stage.screen, matches: "journal-entry-\(size.columns)x\(size.rows)")
    }

    @Test func `unknown outcomes are on top, then the newest`() async {
        let stage = await stage()
        #expect(rows(stage) == ["3", "5", "4", "2", "1"])
    }

    @Test func `an unknown outcome is reported in every view`() async {
        let stage = await stage()
        #expect(stage.screen.contains("1 outcome unknown"))
    }

    @Test func `a warning that comes to a write is said, once`() async {
        let stage = await stage()
        var entries = Self.entries
        entries[0].warning = "There are two."
        let words = "The \(entries[0].name): There are two."
        await stage.send(.journal(entries))
        #expect(stage.screen.contains(words))
        // Another line takes its place, and the same journal does not bring it back.
        await stage.send(.draftsLost("No drafts."))
        await stage.send(.journal(entries))
        #expect(stage.screen.contains("No drafts.") && !stage.screen.contains(words))
    }

    @Test func `what is sent is listed at once, and Enter goes to what it made`() async {
        let stage = await Stage()
        await stage.press("j<Right>jH<F10>hold 1000412<Enter>7")
        #expect(stage.screen.contains("   customer  "))
        #expect(stage.screen.contains("taken"))
        await stage.press("<Enter>")
        #expect(stage.screen.contains("PATCH /customers/1000412"))
        #expect(stage.screen.contains("\"status\": \"creditHold\""))
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .accounts)
        #expect(stage.dashboard.accounts.selected?.id == "1000412")
    }

    @Test func `an order's entry opens the order`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F10>3<Enter>7<Enter><Enter>")
        #expect(stage.dashboard.view == .orders)
        #expect(stage.dashboard.orders.opened != nil)
    }

    /// A stage whose journal holds an order that an earlier session sent and never got an answer to.
    private func stage(lostMinutesAgo minutes: Double) async throws -> Stage {
        let journal = MemoryJournal()
        let at = Stage.start.adding(seconds: -60 * minutes)
        let intent = JournalRecord.Intent(
            profile: "sandbox", method: "POST", path: "/orders", name: "sales order", customer: "1000412",
            poNumber: "SOUK-LOST",
            request:
                #"{"customerId":"1000412","poNumber":"SOUK-LOST","products":[{"mpn":"AUR-365-BP","quantity":7}],"type":"sales"}"#,
            existing: [])
        try await journal.append(JournalRecord(id: "1", at: at, event: .intended(intent)))
        try await journal.append(
            JournalRecord(id: "1", at: at, event: .ended(.unknown(reason: "No answer came.")), secondsAhead: 0))
        return await Stage(journal: journal)
    }

    @Test func `u looks up what became of a lost write, and writes nothing`() async throws {
        let stage = try await stage(lostMinutesAgo: 20)
        await stage.press("7")
        #expect(stage.screen.contains("UNKNOWN"))
        await stage.press("u")
        #expect(stage.screen.contains("not taken"))
        #expect(stage.screen.contains("No outcome is unknown any more."))
        #expect(stage.transport.writes.isEmpty)
        await stage.press("u")
        #expect(stage.screen.contains("No outcome is unknown."))
    }

    @Test func `what cannot be found is not called not taken too early`() async throws {
        let stage = try await stage(lostMinutesAgo: 5)
        await stage.press("7u")
        #expect(stage.dashboard.model.unknownWrites == 1)
        #expect(stage.screen.contains("1 outcome still unknown; souk keeps checking."))
    }

    @Test func `what differs from what was asked for asks for a look`() async {
        let stage = await Stage()
        await stage.press("7")
        await stage.send(
            .journal([Self.entry("9", minutes: 3, .taken(made: "5000123"), warning: "It holds 27 units, not 28.")]))
        #expect(stage.screen.contains("CHECK"))
        await stage.press("<Enter>")
        #expect(stage.screen.contains("It holds 27 units, not 28."))
    }

    @Test func `the filter looks into what, customer, change and number`() async {
        let stage = await stage()
        await stage.press("7")
        await stage.send(.journal(Self.entries))
        for (words, expected) in [("terminated", ["3"]), ("5000123", ["4"]), ("run-1", ["4"]), ("søn name", ["1"])] {
            await stage.press("/<^U>\(words)<Enter>")
            #expect(rows(stage) == expected, "\(words)")
        }
    }

    @Test func `e writes what is shown as CSV and as JSON lines`() async throws {
        let stage = await stage()
        await stage.press("7")
        await stage.send(.journal(Self.entries))
        await stage.press("/terminated<Enter>e")
        #expect(
            stage.exports.map(\.name) == [
                "souk-journal-sandbox-20261120-140412.csv", "souk-journal-sandbox-20261120-140412.jsonl",
            ])
        let csv = try #require(stage.exports.first).text
        #expect(csv.hasPrefix("\u{FEFF}at,ended at,profile,what,customer,customer's name,"))
        #expect(csv.split(separator: "\r\n").count == 2)
        #expect(csv.contains("Jørgensen & Søn A/S"))
        #expect(csv.contains(#""{""customerId"":""1000412""#))
        let json = try #require(stage.exports.last).text
        #expect(json.split(separator: "\n").count == 1)
        #expect(json.hasPrefix(#"{"at":"2026-11-20T13:44:12Z","changes":["status active → terminated"],"#))
        #expect(json.contains(#""request":{"customerId":"1000412""#))
        #expect(stage.screen.contains("Written: /home/me/souk-journal-sandbox-20261120-140412.jsonl"))
    }

    private static var others: [JournalEntry] {
        let senders: [JournalEntry.Sender] = [
            .user("b.api"), .elsewhere(place: "https://api.example/eu eu", user: "demo.api"), .profile("acme eu"),
        ]
        return senders.enumerated().map { number, sender in
            var entry = entry(
                "\(number + 6)", minutes: Double(number + 30), .unknown(reason: "No answer came."), name: "sales order")
            entry.sender = sender
            entry.user = number == 2 ? nil : number == 0 ? "b.api" : "demo.api"
            return entry
        }
    }

    @Test(arguments: sizes) func `what others sent is listed as theirs`(size: Size) async {
        let stage = await Stage(columns: size.columns, rows: size.rows)
        await stage.press("7")
        await stage.send(.journal(Self.entries.filter { !$0.isUnknown } + Self.others))
        expectScreen(stage.screen, matches: "journal-others-\(size.columns)x\(size.rows)")
        await stage.press("G<Up><Up><Enter>")
        expectScreen(stage.screen, matches: "journal-other-entry-\(size.columns)x\(size.rows)")
    }

    @Test func `what others sent is neither counted nor looked up, and leads nowhere`() async {
        let stage = await Stage()
        await stage.send(.journal(Self.others))
        #expect(stage.dashboard.model.unknownWrites == 0)
        #expect(!stage.screen.contains("outcome unknown"))
        await stage.press("7")
        await stage.send(.journal(Self.others))
        await stage.press("u")
        #expect(stage.screen.contains("No outcome is unknown."))
        #expect(!stage.effects.contains(.settle))
        await stage.press("<Enter><Enter>")
        #expect(stage.dashboard.view == .journal)
        #expect(stage.screen.contains("It was sent by b.api: its ids may mean something else here."))
    }

    @Test func `what an older version wrote down says that it may be another user's`() async {
        let stage = await Stage(columns: 80, rows: 30)
        await stage.press("7")
        var entry = Self.entries[2]
        entry.isTakenOver = true
        await stage.send(.journal([entry]))
        await stage.press("<Enter>")
        #expect(stage.screen.contains("another user's.") && !stage.screen.contains("counts as not taken"))
        #expect(stage.screen.contains("not recorded (older version)"))
        #expect(stage.dashboard.model.unknownWrites == 1)
    }

    @Test func `what others sent is no correlation id of an order here`() async {
        var own = Self.entries[1]
        own.correlationID = "own-id"
        var other = own
        other.correlationID = "other-id"
        other.sender = .elsewhere(place: "https://api.example/eu eu", user: nil)
        var model = Model(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: false))
        _ = model.receive(.journal([other]))
        #expect(model.lastWrite(to: .order("5000123")) == nil)
        _ = model.receive(.journal([other, own]))
        #expect(model.lastWrite(to: .order("5000123"))?.correlationID == "own-id")
    }

    @Test func `W writes a support bundle and says where`() async {
        let stage = await Stage()
        await stage.press("7W")
        #expect(stage.effects.contains(.supportBundle))
        #expect(stage.screen.contains("Written: /home/me/souk-support.txt"))
    }

    @Test func `a cell is no formula and no control character`() {
        var entry = Self.entries[1]
        entry.name = "=1+1,\"x\"\u{1B}[2J"
        let model = Model(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: false))
        let csv = JournalExport.csv([entry], model)
        #expect(csv.contains("\"'=1+1,\"\"x\"\"\u{FFFD}[2J\""))
    }

    @Test func `a journal that cannot be read says so, with what it means`() async {
        let stage = await Stage()
        await stage.press("7")
        await stage.send(.journalUnreadable("Permission denied"))
        #expect(stage.screen.contains("the journal cannot be read: Permission denied"))
    }
}

@Suite(.onComputingThreads) struct `JSON in lines` {
    @Test func `members stand one a line`() {
        #expect(
            JSONText.lines(of: #"{"a":[1,{"b":"x{,}\""}],"c":{},"d":[]}"#) == [
                "{", "  \"a\": [", "    1,", "    {", "      \"b\": \"x{,}\\\"\"", "    }", "  ],", "  \"c\": {},",
                "  \"d\": []", "}",
            ])
    }

    @Test func `what is no JSON stays as it is`() {
        #expect(JSONText.lines(of: "12 bytes that are no JSON") == ["12 bytes that are no JSON"])
        #expect(JSONText.lines(of: "").isEmpty)
    }

    @Test func `no control character is left in a copied text`() {
        #expect(JSONText.quoted("a\"\u{9B}é") == #""a\"\u009bé""#)
    }
}
