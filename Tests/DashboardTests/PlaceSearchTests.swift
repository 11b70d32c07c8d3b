import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Searching what was read` {
    private static let lists = CachedLists(
        accounts: [
            [
                Account(id: "1000412", kind: .customer, name: "Jørgensen & Søn A/S", status: .active),
                Account(id: "1000499", kind: .customer, name: "North Søndergaard", status: .creditHold),
                Account(id: "1000500", kind: .customer, name: "Masoneria", status: .active),
            ],
            [Account(id: "1000412", kind: .customer, name: "Jørgensen & Søn A/S", status: .active)],
        ],
        subscriptions: [
            [Subscription(id: "1000917", name: "Aurora", customer: "1000412", status: .active)]
        ],
        orders: [
            [
                Order(
                    id: "1000701", number: "SO000701", kind: .sales, customer: "1000412", status: .completed,
                    poNumber: "PO-7")
            ]
        ],
        products: [
            ["1", "2"].map { Product(id: .init($0), mpn: "AUR-365-BP", vendor: "aurora", name: "Aurora 365") }
        ])

    private func titles(_ text: String) -> [String] {
        PlaceSearch.places(for: text, in: Self.lists).places.map { "\($0.target.kind.word) \($0.title)" }
    }

    @Test func `the id itself comes first, then beginnings, beginnings of words and parts`() {
        #expect(titles("1000412") == ["account Jørgensen & Søn A/S"])
        #expect(
            titles("søn") == ["account Jørgensen & Søn A/S", "account North Søndergaard", "account Masoneria"])
        #expect(titles("SO0") == ["order SO000701  sales"])
        let ranks = PlaceSearch.places(for: "son", in: Self.lists).places.map(\.rank)
        #expect(ranks == [.wordBeginnings, .wordBeginnings, .within])
    }

    @Test func `words fit in any order, without case and accents`() {
        #expect(titles("jorgensen") == ["account Jørgensen & Søn A/S"])
        #expect(titles("A/S jørgen") == ["account Jørgensen & Søn A/S"])
        #expect(titles("JØRGEN") == ["account Jørgensen & Søn A/S"])
        #expect(titles("jørgen nobody").isEmpty)
        #expect(titles("joergensen son") == ["account Jørgensen & Søn A/S"])
        #expect(titles("soen jorg") == ["account Jørgensen & Søn A/S"])
    }

    @Test func `what is in several lists, or has several rows, is one place`() {
        #expect(titles("aur-365-bp") == ["product AUR-365-BP  Aurora 365"])
        #expect(titles("jørgensen").count == 1)
    }

    @Test(arguments: [
        ("mette@jorgensen.example", true), ("METTE@", true), ("jorgensen.example", true), ("+45 33 12 34 56", true),
        ("4533123456", true), ("33123456", true), ("045-33 12 34 56", true), ("DK-1234 5678", true),
        ("DK-12345678", true),
        ("dk12345678", true), ("dk 12 34 56 78", true), ("DK 12345679", false), ("0045 33 12 34 56", true),
        ("+45 (0)33 12 34 56", true), ("33-12-34-56", true), ("+46 33123456", false), ("33 12 34 57", false),
        ("crm-42", true), ("mette", false), ("@other", false), ("1234", true), ("99999", false),
    ])
    func `accounts are found by what callers give`(text: String, isFound: Bool) {
        let person = ContactPerson(
            role: .administrator, firstName: "Mette", lastName: "J", email: "mette@jorgensen.example",
            phone: "45#33#123456#")
        let account = Account(
            id: "7", kind: .customer, name: "Wren", status: .active, externalID: "CRM-42", contacts: [person],
            taxRegistration: "DK-12345678")
        let found = PlaceSearch.places(for: text, in: CachedLists(accounts: [[account]])).places
        #expect(found.map(\.title) == (isFound ? ["Wren"] : []))
    }

    @Test func `subscriptions are found by their tenant id and domain`() {
        let detail = SubscriptionDetail(
            subscription: Subscription(id: "1000917", name: "Aurora", customer: "7", status: .active),
            orderParameters: [Parameter(name: "microsoft_domain", value: "wren.example")],
            fulfillmentParameters: [Parameter(name: "ms_customer_id", value: "0A1b2c3d-0000-4000-8000-000000000001")])
        for text in ["0a1b2c3d-0000-4000-8000-000000000001", "0A1B2C3D", "wren.example"] {
            let found = PlaceSearch.places(for: text, in: CachedLists(details: [detail])).places
            #expect(found.map(\.target) == [.subscription("1000917", of: "7")], "\(text)")
        }
    }

    @Test func `names are found in all their spellings`() {
        for text in ["joergensen", "JOERGENSEN", "jo\u{308}rgensen", "soen"] {
            #expect(titles(text).first == "account Jørgensen & Søn A/S", "\(text)")
        }
    }

    @Test func `orders are found by number, id and PO number, subscriptions by id`() {
        #expect(titles("so000701") == ["order SO000701  sales"])
        #expect(titles("1000701") == ["order SO000701  sales"])
        #expect(titles("po-7") == ["order SO000701  sales"])
        #expect(titles("1000917") == ["subscription 1000917  Aurora"])
    }

    @Test func `the accounts of what was found come with it`() {
        #expect(PlaceSearch.places(for: "1000917", in: Self.lists).accounts.map(\.id) == ["1000412"])
    }

    @Test func `nothing typed finds nothing`() { #expect(titles("  ").isEmpty) }

    @Test func `no kind hides the others`() {
        let many = (0..<5000).map { Account(id: .init("\($0)"), kind: .customer, name: "A \($0)", status: .active) }
        let places = PlaceSearch.places(
            for: "a", in: CachedLists(accounts: [many], products: Self.lists.products)
        ).places
        #expect(places.count == PlaceSearch.limitOfKind + 1)
    }

    @Test func `whoever is not waited for stops`() {
        let many = (0..<50_000).map { Account(id: .init("\($0)"), kind: .customer, name: "Ab", status: .active) }
        var asked = 0
        let results = PlaceSearch.places(for: "zzz", in: CachedLists(accounts: [many])) {
            asked += 1
            return asked > 2
        }
        #expect(results.places.isEmpty)
        #expect(asked < 8)
    }
}

@Suite(.onComputingThreads) struct `Going to anything` {
    @Test func `an account by a part of its name`() async {
        let stage = await Stage()
        await stage.press("6:jørgen<Enter>")
        #expect(stage.dashboard.finder == nil)
        #expect(stage.dashboard.view == .subscriptions)
        #expect(stage.dashboard.model.scope == "1000412")
        #expect(stage.screen.contains("Citrine Mail Hosting"))
    }

    @Test func `a subscription by its id, with its customer in view`() async {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("61:1000917<Enter>")
        #expect(stage.dashboard.subscriptions.opened == "1000917")
        #expect(stage.dashboard.model.scope == "1000412")
        #expect(stage.screen.contains("Jørgensen & Søn A/S > 1000917"))
    }

    @Test func `a view, an action and an MPN`() async {
        let stage = await Stage()
        await stage.press(":orders<Enter>")
        #expect(stage.dashboard.view == .orders)
        await stage.press("<^P>drafts<Enter>")
        #expect(stage.dashboard.draftList != nil)
        await stage.press("<Esc>5:zx-1000<Enter>")
        #expect(stage.dashboard.view == .catalog)
        #expect(stage.dashboard.catalog.selected?.mpn == "ZX-1000")
        #expect(stage.screen.contains("exact 2"))
    }

    @Test func `an action that cannot run says why and stays`() async {
        let stage = await Stage()
        await stage.press(":new order<Enter>")
        #expect(stage.dashboard.finder != nil)
        #expect(stage.screen.contains("Not now: Choose a customer first: only customers buy."))
    }

    @Test func `Enter before the answer waits for it`() async {
        var dashboard = Dashboard(
            profile: ProfileSummary(name: "t", place: "t", user: "x", isReadOnly: false, isProduction: true),
            size: Size(columns: 80, rows: 24), now: Stage.start, at: .accounts)
        for key in Stage.keys(":nord<Enter>") { _ = dashboard.update(.key(key)) }
        #expect(dashboard.finder != nil)
        let nord = Account(id: "7", kind: .customer, name: "Nord", status: .active)
        let old = PlaceSearch.places(for: "no", in: CachedLists(accounts: [[nord]]))
        _ = dashboard.update(.found(old))
        #expect(dashboard.finder != nil)
        _ = dashboard.update(.found(PlaceSearch.places(for: "nord", in: CachedLists(accounts: [[nord]]))))
        #expect(dashboard.model.scope == "7")
        #expect(dashboard.view == .subscriptions)
    }

    @Test func `an id that was not read is asked for, a word is not`() async {
        let stage = await Stage()
        await stage.press(":1000917")
        #expect(stage.effects.contains(.watch(.subscription("1000917"), whenSettled: true)))
        #expect(stage.screen.contains("subscription  1000917"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.subscriptions.opened == "1000917")
        let before = stage.effects.count
        await stage.press(":10009")
        #expect(
            !stage.effects.dropFirst(before).contains { effect in
                if case .client(.watch(_, whenSettled: true)) = effect { true } else { false }
            })
    }

    @Test func `an order number that was not read is asked for by its number`() async throws {
        let stage = await Stage()
        await stage.press("4")
        let order = try #require(stage.dashboard.orders.list.first(40).last)
        let other = await Stage()
        await other.press(":\(order.number.lowercased())")
        #expect(other.effects.contains(.watch(.orders(OrderQuery(number: order.number)), whenSettled: true)))
        await other.press("<Enter>")
        #expect(other.dashboard.orders.opened == order.id)
    }

    @Test func `what the marketplace does not know is said`() async {
        let stage = await Stage()
        await stage.press(":9999999")
        #expect(
            stage.screen.contains(
                "Nothing read so far matches \u{201C}9999999\u{201D}."))
    }

    @Test func `names and MPNs that were not read yet are asked for, once typing rests`() async {
        let stage = await Stage()
        await stage.press(":jørgen")
        #expect(stage.effects.contains(.watch(.accounts(.customers), whenSettled: false)))
        #expect(stage.screen.contains("account       Jørgensen & Søn A/S"))
        await stage.press("<Esc>:zx-1000")
        #expect(stage.effects.contains(.watch(.products(ProductQuery(mpn: "ZX-1000")), whenSettled: true)))
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .catalog)
        #expect(stage.dashboard.catalog.selected?.mpn == "ZX-1000")
    }

    @Test func `nothing is asked for the name of a view, nor where everything was read`() async {
        func questions(_ stage: Stage, _ keys: String) async -> Int {
            let before = stage.effects.count
            await stage.press(keys)
            return stage.effects.dropFirst(before).count { effect in
                switch effect {
                case .client(.watch(.accounts(.customersNamed), _)), .client(.watch(.products, whenSettled: true)): true
                default: false
                }
            }
        }
        let stage = await Stage()
        #expect(await questions(stage, ":orders") == 0)
        #expect(await questions(stage, "<Esc>:xyz") > 0)
        await stage.press("<Esc>156")
        #expect(await questions(stage, ":xyzzy") == 0)
    }

    @Test func `a row that was seen stays on the cursor when more is found`() async throws {
        let stage = await Stage()
        await stage.press("6:s")
        let seen = try #require(stage.dashboard.finder?.rows(stage.dashboard.below(0).places(isTyped: true)).first)
        let better = Account(id: "s", kind: .customer, name: "The very id", status: .active)
        await stage.send(.found(PlaceSearch.places(for: "s", in: CachedLists(accounts: [[better]]))))
        let finder = try #require(stage.dashboard.finder)
        #expect(finder.rows(stage.dashboard.below(0).places(isTyped: true)).first?.title == "The very id")
        #expect(finder.selected == 1)
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .subscriptions)
        #expect(seen.target == .view(.subscriptions))
    }

    @Test func `Esc closes it and nothing else`() async {
        let stage = await Stage()
        await stage.press("3<Enter>:abc<Esc>")
        #expect(stage.dashboard.finder == nil)
        #expect(stage.dashboard.subscriptions.opened != nil)
    }
}

@Suite(.onComputingThreads) struct `The way back` {
    @Test func `back and forward go through views, accounts and opened rows`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter><Enter>")
        let opened = stage.dashboard.here
        #expect(opened.opened != nil)
        await stage.press("4[")
        #expect(stage.dashboard.here == opened)
        await stage.press("[")
        #expect(stage.dashboard.here == Place(view: .subscriptions, scope: "1000412"))
        await stage.press("[")
        #expect(stage.dashboard.here == Place(view: .accounts))
        await stage.press("[")
        #expect(stage.screen.contains("Nothing to go back to."))
        await stage.press("]]]")
        #expect(stage.dashboard.view == .orders)
        await stage.press("]")
        #expect(stage.screen.contains("Nothing to go forward to."))
    }

    @Test func `going elsewhere forgets what came after`() async {
        let stage = await Stage()
        await stage.press("34[[6")
        #expect(stage.dashboard.navigation.canGoForward == false)
        await stage.press("[")
        #expect(stage.dashboard.view == .accounts)
    }

    @Test func `the last view and again back`() async {
        let stage = await Stage()
        await stage.press("3<Enter>4-")
        #expect(stage.dashboard.view == .subscriptions)
        #expect(stage.dashboard.subscriptions.opened != nil)
        await stage.press("-")
        #expect(stage.dashboard.view == .orders)
    }

    @Test func `Esc keeps its meaning after going back`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>4[<Esc>")
        #expect(stage.dashboard.here == Place(view: .accounts))
    }

    @Test func `earlier places stand in go-to before anything is typed`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>4:")
        #expect(stage.screen.contains("before        Subscriptions, Jørgensen & Søn A/S"))
        await stage.press("<Enter>")
        #expect(stage.dashboard.here == Place(view: .subscriptions, scope: "1000412"))
    }

    @Test func `one step leads back from a row that was opened from elsewhere`() async {
        let stage = await Stage()
        await stage.press("1<Enter>")
        await stage.press("<Enter>")
        #expect(stage.dashboard.here.opened != nil)
        await stage.press("q")
        #expect(stage.dashboard.here == Place(view: .orders))
        await stage.press("q")
        #expect(stage.dashboard.here == Place(view: .home))
    }

    @Test func `the row that was opened from elsewhere is the one on the cursor`() async throws {
        let stage = await Stage(columns: 120, rows: 40)
        await stage.press("1<Enter><Enter>")
        let order = try #require(stage.dashboard.orders.opened)
        #expect(stage.dashboard.orders.list.selected?.id == order)
        await stage.press("4<Esc>3/status=hold<Enter>")
        #expect(stage.dashboard.subscriptions.list.position?.hasPrefix("1 of ") == true)
    }

    @Test func `a row opened over its own list goes back to the list`() async {
        let stage = await Stage()
        await stage.press("3<Enter>q")
        #expect(stage.dashboard.here == Place(view: .subscriptions))
    }

    @Test func `an order is open again on the way back from its subscription`() async throws {
        let stage = await Stage()
        await stage.press("4/change<Enter><Enter>")
        let order = stage.dashboard.here
        #expect(order.opened != nil)
        await stage.press("<Enter>")
        #expect(stage.dashboard.view == .subscriptions)
        await stage.press("q")
        #expect(stage.dashboard.here == order)
        await stage.press("q")
        #expect(stage.dashboard.here == Place(view: .orders))
    }

    @Test func `a hundred places are kept`() {
        var navigation = Navigation(at: .accounts)
        for number in 1...300 { navigation.arrive(at: Place(view: .orders, scope: .init("\(number)"))) }
        #expect(navigation.stops.count == Navigation.limit)
        #expect(navigation.here.scope == "300")
    }
}
