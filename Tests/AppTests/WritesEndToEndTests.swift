import Glibc
import TerminalSupport
import TestSupport
import Testing

/// Each kind of write by keys on the real program, over HTTP to a served sandbox, and then read there by plain requests.
@Suite(.onOwnThreads, .timeLimit(.minutes(30))) struct `Writes of the real program` {
    private let server: Served
    private let terminal: PseudoTerminal
    private let plain: PlainHTTP

    init() throws {
        // Orders are done at once, so that what they changed can be read without waiting.
        server = try Served(["--order-seconds", "0"])
        terminal = try PseudoTerminal(
            running: `The real program`.program,
            environment: `The real program`.profile.merging([
                "SOUK_BASE_URL": server.baseURL, "XDG_STATE_HOME": try TestFolder.make(),
            ]) { $1 }, columns: 120, rows: 40)
        plain = try PlainHTTP(server.baseURL)
    }

    /// What a subscription's detail says.
    private struct Detail: Decodable {
        struct Product: Decodable {
            var quantity: Int?
        }
        var status: String
        var expirationDate: String?
        var renewalStatus: Bool?
        var products: [Product]
    }

    private struct Order: Decodable {
        var id: String
        var type: String
        var status: String
        var poNumber: String?
        var planId: String?
    }

    private struct Rows<Row: Decodable>: Decodable {
        var data: [Row]
    }

    private func subscription(_ id: String) throws -> Detail { try plain.get("/subscriptions/\(id)", as: Detail.self) }

    /// The orders that act on a subscription and were placed by the program under test.
    private func orders(of subscription: String, _ type: String) throws -> [Order] {
        try plain.get("/orders?subscriptionId=\(subscription)&limit=100", as: Rows<Order>.self).data
            .filter { $0.type == type }
    }

    /// The list of Jørgensen & Søn's subscriptions, the cursor on `id`.
    private func open(_ id: String) throws {
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
        terminal.send("jl")
        try #require(terminal.wait(for: "Jørgensen & Søn A/S"), "\(terminal.screen.text)")
        terminal.send("j\r")
        try #require(terminal.wait(for: "Citrine Mail Hosting"))
        terminal.send("/\(id)\r")
        // The preview of the right row with all that its detail says.
        try #require(
            terminal.wait { screen in
                !screen.contains("Loading…")
                    && ["1 match of 4", "subscription \(id)", "PRODUCTS"].allSatisfy(screen.contains)
            },
            "\(terminal.screen.text)")
    }

    /// Goes from the form to the review, and sends once it asks for `phrase`.
    private func review(_ phrase: String, showing words: [String] = []) throws {
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "REVIEW"), "\(terminal.screen.text)")
        try confirm(phrase, showing: words)
    }

    private func confirm(_ phrase: String, showing words: [String] = []) throws {
        try #require(terminal.wait(for: "Type \(phrase)"), "\(terminal.screen.text)")
        for words in words { #expect(terminal.screen.contains(words), "\(terminal.screen.text)") }
        terminal.agree(phrase)
    }

    // MARK: Orders

    @Test func `25 units become 28`() throws {
        let before = try orders(of: "1000917", "change").count
        try open("1000917")
        terminal.send("c28")
        try #require(terminal.wait(for: "25 → 28, +3"), "\(terminal.screen.text)")
        try review("28", showing: ["+61.80", "Jørgensen & Søn A/S 1000412", "AUR-365-BP"])
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        #expect(try subscription("1000917").products.map(\.quantity) == [28])
        #expect(try orders(of: "1000917", "change").count == before + 1)
    }

    @Test func `a subscription is cancelled`() throws {
        try open("1000917")
        terminal.send("x")
        try #require(terminal.wait(for: "Cancel subscription"), "\(terminal.screen.text)")
        try review("1000917")
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        #expect(try subscription("1000917").status == "terminated")
        #expect(try orders(of: "1000917", "cancellation").count == 1)
    }

    @Test func `automatic renewal is switched off`() throws {
        #expect(try subscription("1000917").renewalStatus == true)
        try open("1000917")
        terminal.send("A")
        try #require(terminal.wait(for: "Auto-renew"), "\(terminal.screen.text)")
        try review("off", showing: ["auto-renew            on         off"])
        try #require(terminal.wait(for: "Auto-renew of subscription 1000917 is off now."), "\(terminal.screen.text)")
        #expect(try subscription("1000917").renewalStatus == false)
    }

    @Test func `a subscription is renewed`() throws {
        let before = try #require(try subscription("1000920").expirationDate)
        try open("1000920")
        terminal.send("R")
        try #require(terminal.wait(for: "1 FILL IN"), "\(terminal.screen.text)")
        try review("renew")
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        let after = try #require(try subscription("1000920").expirationDate)
        #expect(Int(after.prefix(4)) == Int(before.prefix(4)).map { $0 + 1 })
        #expect(after.dropFirst(4) == before.dropFirst(4))
    }

    @Test func `a plan is switched`() throws {
        let before = try Set(orders(of: "1000917", "change").map(\.id))
        try open("1000917")
        terminal.send("P")
        try #require(terminal.wait(for: "Aurora 365, 1 month"), "\(terminal.screen.text)")
        terminal.send(KeyText.down)
        try #require(terminal.wait(for: "the period changes"), "\(terminal.screen.text)")
        try review("switch")
        try #require(terminal.wait(for: "accepted; souk follows it"), "\(terminal.screen.text)")
        let made = try orders(of: "1000917", "change").filter { !before.contains($0.id) }
        try #require(made.count == 1)
        // It waits for the next billing period.
        let order = try plain.get("/orders/\(made[0].id)", as: Order.self)
        #expect(order.planId != nil && order.status == "processing")
    }

    // MARK: Accounts

    @Test func `a new customer comes with its administrator`() throws {
        try #require(terminal.wait(for: "NEEDS YOU NOW"), "\(terminal.screen.text)")
        terminal.send("2")
        try #require(terminal.wait(for: "Nordwind Handel GmbH"), "\(terminal.screen.text)")
        terminal.send("jn")
        try #require(terminal.wait(for: "New customer"), "\(terminal.screen.text)")
        // More at once would be taken for a paste.
        for (keys, awaited) in [
            ("Fjord Kaffe ApS\tHavnegade 7\t8000\tAarhus C\t", "Aarhus C"),
            ("Ida Holm\tida@fjordkaffe.example\t+45 86 120000\t", "+45 86 120000"),
            ("dk\tda\t\t\tDK00009999\tCRM-9", "CRM-9"),
        ] {
            terminal.send(keys)
            try #require(terminal.wait(for: awaited), "\(terminal.screen.text)")
        }
        try review("create", showing: ["Nordwind Handel GmbH 1000100", "Ida Holm"])
        try #require(terminal.wait { $0.contains("Customer Fjord Kaffe ApS created: 1") && !$0.contains("REVIEW") })
        struct Account: Decodable {
            struct Person: Decodable {
                var firstName: String
                var lastName: String
                var email: String
            }
            var id: String
            var name: String
            var contactPersons: [Person]?
        }
        let rows = try plain.get("/customers?externalId=CRM-9", as: Rows<Account>.self).data
        try #require(rows.map(\.name) == ["Fjord Kaffe ApS"])
        let made = try plain.get("/customers/\(rows[0].id)", as: Account.self)
        #expect(made.contactPersons?.map(\.email) == ["ida@fjordkaffe.example"])
        #expect(made.contactPersons?.map(\.lastName) == ["Holm"])
    }

    // MARK: Somebody else

    @Test func `units that somebody else changed under the form are in the review`() throws {
        try open("1000917")
        terminal.send("c28")
        try #require(terminal.wait(for: "25 → 28, +3"), "\(terminal.screen.text)")
        try plain.send("POST", "/orders", Self.change(to: 30))
        #expect(try subscription("1000917").products.map(\.quantity) == [30])
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "30          28          -2"), "\(terminal.screen.text)")
        #expect(try subscription("1000917").products.map(\.quantity) == [30])
    }

    @Test func `what somebody else changed under the review starts it again`() throws {
        try open("1000917")
        terminal.send("c28")
        try #require(terminal.wait(for: "25 → 28, +3"), "\(terminal.screen.text)")
        terminal.send(KeyText.f10)
        try #require(terminal.wait(for: "Type 28"), "\(terminal.screen.text)")
        try plain.send("PATCH", "/subscriptions/1000917", #"{"renewalStatus":false}"#)
        let before = try orders(of: "1000917", "change").count
        terminal.agree("28")
        try #require(terminal.wait(for: "This changed since you looked; read it again:"), "\(terminal.screen.text)")
        #expect(terminal.screen.contains("Automatic renewal of subscription 1000917 is off now; you saw on."))
        #expect(try orders(of: "1000917", "change").count == before, "nothing was sent")
        #expect(try subscription("1000917").products.map(\.quantity) == [25])
        try confirm("28")
        try #require(terminal.wait(for: "COMPLETED"), "\(terminal.screen.text)")
        #expect(try subscription("1000917").products.map(\.quantity) == [28])
        #expect(try orders(of: "1000917", "change").count == before + 1)
    }

    private static func change(to total: Int) -> String {
        #"{"type":"change","customerId":"1000412","subscriptionId":"1000917","poNumber":"OTHER-1","#
            + #""products":[{"mpn":"AUR-365-BP","quantity":\#(total)}]}"#
    }
}
