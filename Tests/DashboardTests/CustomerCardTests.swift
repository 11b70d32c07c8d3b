import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The customer card` {
    /// A subscription of Jørgensen & Søn A/S on the cursor, in the list of all.
    private static let toSubscription = "3/1000917<Enter>"

    private func stage(_ columns: Int, _ rows: Int, _ keys: String, isLinear: Bool = false) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isLinear: isLinear)
        await stage.press(keys)
        return stage
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60), (80, 16), (40, 10)])
    func `it shows how a customer stands, whom to call, and what it holds`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows, Self.toSubscription + "i")
        expectScreen(stage.screen, matches: "card-\(columns)x\(rows)")
    }

    @Test(arguments: [(80, 24), (120, 40)])
    func `a customer on hold with many subscriptions keeps its orders in view`(columns: Int, rows: Int) async {
        let stage = await stage(columns, rows, "3/brightwater<Enter>iG")
        expectScreen(stage.screen, matches: "card-on-hold-\(columns)x\(rows)")
    }

    @Test func `it opens from a row of every view, and Esc leads back to that row`() async {
        for (keys, view) in [
            ("3/1000917<Enter>", View.subscriptions), ("3/1000917<Enter><Enter>", .subscriptions),
            ("4/jørgensen<Enter>", .orders), ("6/jørgensen<Enter>", .users), ("2j<Right>j", .accounts),
        ] {
            let stage = await stage(120, 40, keys)
            let position = stage.dashboard.panes[view].position
            let here = stage.dashboard.here
            await stage.press("i")
            #expect(stage.dashboard.card != nil, "\(keys)")
            #expect(stage.screen.contains(" > card"))
            await stage.press("<Esc>")
            #expect(stage.dashboard.card == nil)
            #expect(stage.dashboard.view == view)
            #expect(stage.dashboard.here == here)
            #expect(stage.dashboard.panes[view].position == position, "\(keys)")
        }
    }

    @Test func `each line opens what it names, and Esc returns to the line`() async throws {
        let stage = await stage(120, 40, Self.toSubscription + "i")
        let card = try #require(stage.dashboard.card)
        let lines = card.shownBlocks(stage.dashboard.model).flatMap(\.lines)
        #expect(lines.count > 7)
        for (place, line) in lines.enumerated() {
            await stage.press("g" + String(repeating: "j", count: place))
            #expect(stage.dashboard.card?.cursor.selected == line)
            await stage.press("<Enter>")
            #expect(stage.dashboard.card == nil)
            switch line {
            case .contact(let place):
                #expect(stage.dashboard.view == .users)
                #expect(stage.dashboard.users.list.selected?.id.place == place)
            case .holding(let id), .next(let id):
                #expect(stage.dashboard.view == .subscriptions)
                #expect(stage.dashboard.subscriptions.opened == id)
            case .order(let id): #expect(stage.dashboard.orders.opened == id)
            case .write(let id): #expect(stage.dashboard.journal.opened == id)
            }
            await stage.press("<Esc>")
            #expect(stage.dashboard.card?.cursor.selected == line)
            #expect(stage.dashboard.view == .subscriptions)
        }
    }

    @Test func `a write from here stands on it and opens in the journal`() async {
        let stage = await stage(120, 40, Self.toSubscription + "c28<F10>28<Enter>")
        await stage.pass(seconds: 3)
        #expect(stage.dashboard.orders.opened != nil)
        await stage.press("iG")
        #expect(stage.words.contains("FROM HERE"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .journal)
        #expect(stage.dashboard.journal.opened != nil)
    }

    @Test func `on a reseller it says why there is no card`() async {
        let stage = await stage(80, 24, "2ji")
        #expect(stage.dashboard.card == nil)
        #expect(stage.screen.contains("is a reseller; the card shows customers."))
        await stage.press("gi")
        #expect(stage.screen.contains("No customer is named here."))
    }

    @Test func `o E C and H act on its customer, and come back to it`() async {
        let stage = await stage(120, 40, Self.toSubscription + "i")
        for key in ["E", "C", "H"] {
            await stage.press(key)
            #expect(stage.dashboard.flow != nil, "\(key)")
            #expect(stage.screen.contains("1000412"))
            await stage.press("<Esc>")
            #expect(stage.dashboard.card?.id == "1000412")
        }
        await stage.press("o")
        #expect(stage.dashboard.view == .catalog)
        #expect(stage.dashboard.model.scope == "1000412")
        await stage.press("<Esc>")
        #expect(stage.dashboard.card?.id == "1000412")
        await stage.press("t")
        #expect(stage.dashboard.view == .accounts)
        #expect(stage.dashboard.accounts.selected?.id == "1000412")
    }

    @Test func `y copies what the line names`() async {
        let stage = await stage(120, 40, Self.toSubscription + "iyt")
        #expect(stage.copied == ["+45 33 550412"])
        await stage.press("yx")
        #expect(stage.copied.last == "CRM-0412")
    }

    @Test func `w watches what the line names, else the customer`() async {
        let stage = await stage(120, 40, Self.toSubscription + "iw")
        #expect(stage.screen.contains("Jørgensen & Søn A/S"))
        #expect(stage.dashboard.card?.watchable(stage.dashboard.model)?.id == WatchedRow.ID(Account.ID("1000412")))
        await stage.press("jjj")
        #expect(stage.dashboard.card?.watchable(stage.dashboard.model)?.id.kind == .subscription)
    }

    @Test func `history goes back to the card`() async {
        let stage = await stage(120, 40, Self.toSubscription + "i4[")
        #expect(stage.dashboard.card?.id == "1000412")
        await stage.press("]")
        #expect(stage.dashboard.card == nil)
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `a key asks for nothing and makes nothing anew`() async {
        let stage = await stage(120, 40, Self.toSubscription + "i")
        let effects = stage.effects.count
        await stage.press("jjjGgkj")
        #expect(stage.effects.count == effects)
    }

    @Test func `it is read aloud line by line`() async {
        let stage = await stage(80, 24, Self.toSubscription + "i", isLinear: true)
        let lines = stage.dashboard.sentences.flatMap(\.lines)
        #expect(lines.contains("Customer card, Jørgensen & Søn A/S 1000412."))
        #expect(lines.contains("Jørgensen & Søn A/S, 1000412, ACTIVE, may order."))
        #expect(lines.contains("Mette Jørgensen, administrator, +45 33 550412, mette@jorgensen.example."))
        #expect(lines.contains { $0.hasPrefix("renews, 25 units, Aurora 365 Business Premium, 515.00 EUR a month") })
        #expect(
            lines.contains(
                "1 of 8, selected: Mette Jørgensen, administrator, +45 33 550412, "
                    + "mette@jorgensen.example."))
    }
}
