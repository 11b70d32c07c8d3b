import FoundationEssentials
import Marketplace
import MarketplaceClient
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Special prices and attributes of a subscription, by keys alone, checked by a plain read of the marketplace.
@Suite(.onComputingThreads) struct `Prices and attributes from the keyboard` {
    /// The subscriptions of Jørgensen & Søn A/S, the cursor on `id`.
    private func stage(
        on id: String = "1000917", _ columns: Int = 120, _ rows: Int = 40, isReadOnly: Bool = false,
        isLinear: Bool = false
    ) async -> Stage {
        let stage = await Stage(columns: columns, rows: rows, isReadOnly: isReadOnly, isLinear: isLinear)
        await stage.press("j<Right>j<Enter>/\(id)<Enter>")
        return stage
    }

    /// Somebody else at the same marketplace changes the subscription.
    private func change(_ changes: SubscriptionChanges, _ stage: Stage) async throws {
        let other = stage.witness()
        let row = try await other.subscriptions.value(for: "1000917").subscription
        let intent = WriteIntent.change(row, changes)
        guard case .done = await other.send(intent, agreed: try await other.dryRun(intent)) else {
            Issue.record("It was not changed.")
            return
        }
    }

    private static let sizes = [
        Size(columns: 80, rows: 24), Size(columns: 120, rows: 40), Size(columns: 200, rows: 60),
    ]

    @Test(
        arguments: [
            ("special-prices", "M1-9: 20.00, 10-: 18.50<Tab>16.00"), ("attributes", "EcostCentre<Tab>4711"),
        ], sizes)
    func `whole screens of form and review`(form: (name: String, keys: String), size: Size) async {
        let stage = await stage(size.columns, size.rows)
        await stage.press(form.keys)
        expectScreen(stage.screen, matches: "\(form.name)-\(size.columns)x\(size.rows)")
        await stage.press("<F10>")
        expectScreen(stage.screen, matches: "\(form.name)-review-\(size.columns)x\(size.rows)")
        #expect(stage.transport.writes.isEmpty)
    }

    private func stage(_ columns: Int, _ rows: Int) async -> Stage { await stage(on: "1000917", columns, rows) }

    // MARK: Prices

    @Test func `a price is set after the review said what it makes, and the amount was typed`() async throws {
        let stage = await stage()
        await stage.press("M20.00<F10>")
        for words in [
            "unit price 20.60 20.00 -0.60 EUR", "rate 515.00 500.00 -15.00 EUR a month",
            "rate 6,180.00 6,000.00 -180.00 EUR a term", "margin 77.25 62.25 -15.00 12.5 %, before 15.0 %",
            "Type 20.00, the new unit price:", "from which charge on, the marketplace does not say",
        ] { #expect(stage.words.contains(words), "\(words)") }
        await stage.press("<Enter>")
        #expect(stage.transport.writes.isEmpty, "nothing typed goes back")
        await stage.press("<F10>20.00<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/subscriptions/1000917/specialPricing"])
        #expect(stage.screen.contains("Prices of subscription 1000917 are set."))
        #expect(
            try await stage.plain("/subscriptions/1000917").contains(#""unitPrice":{"currency":"EUR","amount":"20"#))
        let entry = try #require(try await stage.client.journalEntries().first)
        #expect(entry.outcome == .taken(made: "1000917"))
        #expect(entry.changes == ["unit price of AUR-365-BP 20.60 EUR → 20.00 EUR"])
    }

    @Test func `tiers are set, shown again as they are typed, and made one amount`() async throws {
        let stage = await stage()
        await stage.press("M1-9: 20.00, 10-: 18.50<F10>prices<Enter>")
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""lowerLimit":"10","amount":"18.5""#))
        await stage.press("M")
        #expect(stage.screen.contains("1-9: 20.00, 10-: 18.50"))
        await stage.press("19<F10>")
        #expect(stage.words.contains("1-9: 20.00, 10-: 18.50 EUR → 19.00 EUR"))
        await stage.press("19.00<Enter>")
        #expect(stage.transport.writes.count == 2)
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""lowerLimit":"1","amount":"19""#))
    }

    @Test(arguments: [
        ("M<F10>", "No amount is another one yet: nothing would be sent."),
        ("M20.60<F10>", "No amount is another one yet: nothing would be sent."),
        ("M20.6<F10>", "No amount is another one yet: nothing would be sent."),
        ("M<BS><F10>", "This API takes no amount away"),
        ("M1-9: 20.00, 15-: 18.50<F10>", "nothing is said of 10 units: begin with 10."),
        ("M1.000<F10>", "may be two numbers"),
    ]) func `what is no other amount does not come to a review`(keys: String, words: String) async {
        let stage = await stage()
        await stage.press(keys)
        #expect(stage.words.contains(words), "\(stage.screen)")
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `a price below the cost asks for a word more`() async {
        let stage = await stage()
        await stage.press("M17<F10>")
        #expect(
            stage.words.contains("WARNING A unit of AUR-365-BP would be sold at 17.00 EUR, below its cost of 17.51 EUR")
        )
        await stage.press("17.00<Enter>")
        #expect(stage.transport.writes.isEmpty)
        await stage.press(" anyway<Enter>")
        #expect(stage.transport.writes.count == 1)
    }

    @Test func `prices that moved meanwhile are taken into the form, and what was typed stays`() async throws {
        let stage = await stage()
        await stage.press("M20.00")
        try await change(
            SubscriptionChanges(
                prices: [SpecialPrice(product: .mpn("AUR-365-BP"), unitCost: TieredMoney(Money(17, "EUR")))]), stage)
        await stage.press("<F10>")
        #expect(stage.words.contains("The prices of subscription 1000917 were changed meanwhile: look at them again."))
        #expect(stage.words.contains("17.00 ]") && stage.words.contains("20.00"))
        await stage.press("<F10>")
        #expect(stage.words.contains("unit price 20.60 20.00 -0.60 EUR"))
        #expect(!stage.words.contains("unit cost 17"))
    }

    // MARK: Attributes

    @Test func `attributes are given and changed, and those that are there stay`() async throws {
        let stage = await stage()
        await stage.press("EcostCentre<Tab>4711<F10>")
        #expect(stage.words.contains("costCentre none → 4711"))
        #expect(stage.words.contains("nothing is bought, and no price changes"))
        await stage.press("change<Enter>")
        #expect(stage.transport.writes == ["PATCH /marketplace/us/subscriptions/1000917"])
        await stage.press("E")
        #expect(stage.words.contains("costCentre [ 4711"))
        await stage.press("4712<Tab>project<Tab>New office<F10>")
        #expect(stage.words.contains("costCentre 4711 → 4712") && stage.words.contains("project none → New office"))
        await stage.press("change<Enter>")
        #expect(
            try await stage.plain("/subscriptions/1000917").contains(
                #""attributes":{"costCentre":"4712","project":"New office"}"#))
        await stage.press("<Enter>")
        await stage.press("E<Down>more<Tab>1<F10>change<Enter>")
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""costCentre":"4712""#))
    }

    @Test(arguments: [
        ("E<F10>", "Nothing is changed yet."), ("Ea<F10>", "The attribute a needs a value."),
        ("Ea<Tab>1<Tab>a<Tab>2<F10>", "There is an attribute a above"),
    ]) func `what changes no attribute does not come to a review`(keys: String, words: String) async {
        let stage = await stage()
        await stage.press(keys)
        #expect(stage.words.contains(words), "\(stage.screen)")
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `an attribute is not taken away`() async throws {
        let stage = await stage()
        await stage.press("Ea<Tab>1<F10>change<Enter>E<BS><F10>")
        #expect(stage.words.contains("This API does not say how an attribute is taken away"), "\(stage.screen)")
        #expect(stage.dashboard.flow?.isReviewed == false)
    }

    @Test func `attributes that others changed meanwhile are not set back`() async throws {
        let stage = await stage()
        await stage.press("EcostCentre<Tab>4711")
        try await change(SubscriptionChanges(attributes: ["owner": "Mette"]), stage)
        await stage.press("<F10>")
        #expect(stage.words.contains("The attributes of subscription 1000917 were changed meanwhile"))
        await stage.press("<F10>change<Enter>")
        #expect(
            try await stage.plain("/subscriptions/1000917").contains(
                #""attributes":{"costCentre":"4711","owner":"Mette"}"#))
    }

    // MARK: Both

    @Test(arguments: ["M", "E"]) func `nothing is changed on a read-only profile`(key: String) async {
        let stage = await stage(isReadOnly: true)
        await stage.press(key)
        #expect(stage.words.contains("read-only"))
        #expect(stage.dashboard.flow == nil)
    }

    @Test(arguments: ["M", "E"]) func `what has not begun or has ended takes neither`(key: String) async {
        let stage = await stage(on: "1000919")
        await stage.press(key)
        #expect(stage.words.contains("still being set up"))
        #expect(stage.dashboard.flow == nil)
    }

    @Test(arguments: [("M20.00", "20.00"), ("EcostCentre<Tab>4711", "4711")])
    func `a form that is left is kept with what was typed`(keys: String, words: String) async {
        let stage = await stage()
        await stage.press("\(keys)<Esc>")
        #expect(stage.drafts.count == 1)
        await stage.press("B<Enter>")
        #expect(stage.words.contains(words) && stage.dashboard.flow != nil)
    }

    @Test func `the words of form and review are spoken`() async {
        let stage = await stage(isLinear: true)
        await stage.press("M20.00<F10>")
        let words = stage.dashboard.sentences.flatMap(\.lines).joined(separator: " ")
        #expect(words.contains("unit price: 20.60 → 20.00, -0.60 EUR"), "\(words)")
        #expect(words.contains("rate: 515.00 → 500.00, -15.00 EUR a month"), "\(words)")
    }
}
