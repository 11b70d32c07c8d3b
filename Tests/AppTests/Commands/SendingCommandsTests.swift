import FoundationEssentials
import TerminalSupport
import TestSupport
import Testing

/// What commands say of an order that they send or find.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Commands that send an order`: ServedMarketplace {
    let server: Served
    let plain: PlainHTTP
    let state: String

    init() throws {
        server = try Served(["--order-seconds", "0"])
        plain = try PlainHTTP(server.baseURL)
        state = try TestFolder.make()
    }

    private static let order = "orders place --customer 1000412 --mpn AUR-365-BP --term 1y --billing 1m --units 3"

    @Test func `move a subscription to another plan, once`() throws {
        let before = try orders()
        let id = try intent("subscriptions switch-plan 1002454 --plan 10134 --term 1y")
        let block = try run("subscriptions switch-plan --intent \(id) --yes --wait 30s --json")
        #expect(block.exit == 0, "\(block.text)")
        let result = try PrintedJSON(block.output.joined())
        #expect(result["outcome"]?.text == "taken" && result["waited"]?["status"]?.text == "completed")
        #expect(result["order"]?["subscriptionId"]?.text == "1002454")
        #expect(try json("subscriptions show 1002454 --json")["planId"]?.text == "10134")
        #expect(try run("subscriptions switch-plan --intent \(id) --yes").exit == 0)
        #expect(try orders() == before + 1)
    }

    @Test func `say on a terminal that the answer to what was sent is late, unless they are to be quiet`() throws {
        let words = "no answer for 3 s; the journal keeps what becomes of it."
        for option in ["", " --quiet"] {
            let slow = try Served(["--order-seconds", "0", "--fault", "POST /orders: delay 4"])
            let terminal = try self.terminal(
                slow, "\(Self.order) --yes --expect-total 61.80EUR --accept duplicate\(option)")
            #expect(terminal.exitStatus(within: 60) == .code(0), "\(terminal.sentText)")
            #expect(terminal.sentText.contains(words) == option.isEmpty, "\(terminal.sentText)")
        }
    }

    @Test func `know an order by its PO number, from the journal or from its details`() throws {
        let placed = try run("\(Self.order) --po HAVN-7 --yes --expect-total 61.80EUR --json")
        let id = try #require(try PrintedJSON(placed.output.joined())["order"]?["id"]?.text)
        let calls = ["--max-calls", "9"].joined(separator: " ")
        #expect(try json("orders show po:HAVN-7 --json \(calls)")["id"]?.text == id)
        #expect(try run("orders show po:HAVN-8 \(calls)").exit == 6, "all orders would have to be read")
        let other = try TestFolder.make()
        let small = try Served(["--orders", "30", "--order-seconds", "0"])
        func ask(_ words: String, _ state: String) throws -> TranscriptBlock {
            try run(words, ["SOUK_BASE_URL": small.baseURL, "XDG_STATE_HOME": state])
        }
        let first = try ask("\(Self.order) --po HAVN-7 --yes --expect-total 61.80EUR --json", state)
        let number = try #require(try PrintedJSON(first.output.joined())["order"]?["id"]?.text)
        let found = try ask("orders show po:HAVN-7 --json", other)
        #expect(try PrintedJSON(found.output.joined())["id"]?.text == number, "\(found.text)")
        #expect(try ask("orders withdraw po:HAVN-8", other).exit == 4)
        let words = Self.order.replacing("--units 3", with: "--units 4") + " --po HAVN-7 --yes --expect-total 82.40EUR"
        #expect(try ask("\(words) --accept poUsed --accept duplicate", state).exit == 0)
        let several = try ask("orders withdraw po:HAVN-7 --json", other)
        #expect(several.exit == 64)
        #expect(try PrintedJSON(several.errors.joined())["code"]?.text == "ambiguous", "\(several.text)")
    }
}
