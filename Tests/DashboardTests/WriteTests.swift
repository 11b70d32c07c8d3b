import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

/// Every write, by keys alone from the list's row, checked by a plain read of the marketplace.
@Suite(.onComputingThreads) struct `Writes from the keyboard` {
    /// The subscriptions of Jørgensen & Søn A/S, the cursor on `id`.
    private func stage(on id: String, isReadOnly: Bool = false, isLarge: Bool = false) async -> Stage {
        let stage = await Stage(columns: isLarge ? 120 : 80, rows: isLarge ? 40 : 24, isReadOnly: isReadOnly)
        await stage.press("j<Right>j<Enter>/\(id)<Enter>")
        return stage
    }

    @Test(arguments: ["28", "+3"]) func `25 units become 28, shown with from, to and by how many`(typed: String)
        async throws
    {
        let stage = await stage(on: "1000917")
        await stage.press("c\(typed)")
        #expect(stage.screen.contains("25 → 28, +3"))
        await stage.press("<F10>")
        #expect(stage.words.contains("units 25 28 +3"))
        #expect(stage.words.contains("rate 515.00 576.80 +61.80 EUR a month"))
        await stage.press("28<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("COMPLETED"))
        #expect(stage.screen.contains("completed: subscription 1000917 holds 28 units now."))
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""quantity":28"#))
    }

    @Test func `units are taken away by a difference`() async throws {
        let stage = await stage(on: "1000917")
        await stage.press("<Enter>c-2<F10>23<Enter>")
        await stage.pass(seconds: 3)
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""quantity":23"#))
    }

    @Test func `auto-renew is switched off and on again`() async throws {
        let stage = await stage(on: "1000917")
        await stage.press("A<F10>")
        #expect(stage.words.contains("auto-renew on off"))
        await stage.press("off<Enter>")
        #expect(stage.screen.contains("Auto-renew of subscription 1000917 is off now."))
        #expect(stage.transport.writes == ["PATCH /marketplace/us/subscriptions/1000917"])
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""renewalStatus":false"#))
        await stage.press("A<F10>on<Enter>")
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""renewalStatus":true"#))
    }

    @Test func `a subscription is cancelled after its id was typed`() async throws {
        let stage = await stage(on: "1000917")
        await stage.press("x<F10><PgDn>cancel<Enter>")
        #expect(stage.transport.writes.isEmpty)
        await stage.press("<^U>1000917<Enter>")
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("completed: subscription 1000917 is terminated."))
        #expect(try await stage.plain("/subscriptions/1000917").contains(#""status":"terminated""#))
    }

    @Test func `a subscription is renewed`() async throws {
        let stage = await stage(on: "1000920")
        let before = try await stage.plain("/subscriptions/1000920")
        await stage.press("R<F10>renew<Enter>")
        await stage.pass(seconds: 3)
        let after = try await stage.plain("/subscriptions/1000920")
        #expect(before.contains(#""expirationDate":"2026-11-25""#))
        #expect(after.contains(#""expirationDate":"2027-11-25""#))
    }

    @Test func `a plan is switched by one of the ways it offers`() async throws {
        let stage = await stage(on: "1000917")
        await stage.press("P<Down>")
        for words in ["Aurora 365, 1 month", "with the next billing period", "the period changes"] {
            #expect(stage.screen.contains(words), "\(words)")
        }
        await stage.press("<F10>")
        #expect(stage.words.contains("Switch plan 1 fill in 2 REVIEW"))
        await stage.press("<PgDn>switch<Enter>")
        #expect(stage.transport.writes.count == 1)
        #expect(try await stage.plain("/orders?subscriptionId=1000917").contains(#""type":"change""#))
    }

    @Test func `a copied order takes its lines' parameters and periods along, but no password`() {
        var line = OrderLine(mpn: "M", vendor: "v", quantity: 2)
        line.subscriptionPeriod = Period(1, .year)
        line.billingPeriod = Period(1, .month)
        line.parameters = [
            Parameter(name: "domain", value: "x.example"), Parameter(name: "seats", value: "5", form: .json),
            Parameter(name: "admin_password", value: "hidden"),
        ]
        var order = Order(id: "1", number: "SO1", kind: .sales, customer: "7", status: .completed, lines: [line])
        #expect(order.copyLoss == "Not copied: passwords.")
        let fields = OrderForm.fields(like: order)
        #expect(!fields.values.contains("hidden"))
        var copied = OrderFormLine(number: 1, fields)
        let twins = [Period(1, .year), Period(3, .year)].enumerated().map { place, term in
            Product(
                id: .init(String(place)), mpn: "M", vendor: "v", name: "n", billingPeriod: Period(1, .month),
                subscriptionPeriod: term)
        }
        copied?.find(in: twins)
        #expect(copied?.product?.id == "0")
        var form = FormFields(restoring: fields)
        form.lay(out: copied?.rows(label: "line", form, held: nil, addingKey: "c", isOpen: true) ?? [])
        guard case .success(let made) = copied?.line(form) else {
            Issue.record("no line")
            return
        }
        #expect(
            made.parameters == [
                Parameter(name: "domain", value: "x.example"), Parameter(name: "seats", value: "5", form: .json),
            ])
        #expect(made.quantity == 2)
        order.alignment = "MATCH_END_OF_CALENDAR_MONTH"
        order.lines = Array(repeating: line, count: OrderForm.mostLines + 1)
        #expect(order.copyRefusal == "It has 21 lines; an order form holds 20.")
        #expect(order.copyLoss == "Not copied: co-terming, passwords.")
    }

    @Test func `an open order is withdrawn`() async throws {
        let stage = await Stage()
        await stage.press("4/processing<Enter>")
        let order = try #require(stage.dashboard.orders.focused(stage.dashboard.model))
        await stage.press("x<F10>withdraw<Enter>")
        #expect(stage.screen.contains("CANCELLED"))
        #expect(try await stage.plain("/orders/\(order.id)").contains(#""status":"cancelled""#))
    }

    @Test func `the credit check of an open order is switched off and on again`() async throws {
        let stage = await Stage()
        await stage.press("4/processing<Enter><Enter>")
        let order = try #require(stage.dashboard.orders.focused(stage.dashboard.model))
        #expect(stage.words.contains("credit check on: credit is checked while it is processed"))
        await stage.press("H<F10>")
        #expect(stage.words.contains("credit check on off"))
        #expect(stage.transport.writes.isEmpty)
        await stage.press("off<Enter>")
        #expect(stage.transport.writes == ["PATCH /marketplace/us/orders/\(order.id)"])
        #expect(stage.screen.contains("The credit check of order \(order.label) is off now."))
        #expect(stage.words.contains("credit check off: it is processed without a check"))
        #expect(try await stage.plain("/orders/\(order.id)").contains(#""creditCheck":false"#))
        let entry = try #require(try await stage.client.journalEntries().first)
        #expect(entry.changes == ["credit check on → off"])
        await stage.press("H<F10>on<Enter>")
        #expect(try await stage.plain("/orders/\(order.id)").contains(#""creditCheck":true"#))
        #expect(try await stage.plain("/orders/\(order.id)").contains(#""status":"processing""#))
    }

    @Test func `no credit check is switched of an order that has ended, or by a profile that is read-only`() async {
        let stage = await Stage()
        await stage.press("4/completed<Enter>H")
        #expect(stage.words.contains("is completed: no credit is checked for it any more."))
        #expect(stage.dashboard.flow == nil)
        let readOnly = await Stage(isReadOnly: true)
        await readOnly.press("4/processing<Enter>H")
        #expect(readOnly.dashboard.flow == nil)
        #expect(readOnly.screen.contains("read-only"))
    }

    @Test func `an order is made again from an old one`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j4/sales<Enter>G")
        let order = try #require(stage.dashboard.orders.focused(stage.dashboard.model))
        #expect(order.customer == "1000412")
        await stage.press("d")
        #expect(stage.screen.contains("Citrine Mail Hosting"))
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `a subscription is ordered anew with its parameters`() async throws {
        let stage = await stage(on: "1000920")
        await stage.press("d")
        #expect(stage.screen.contains("jorgensen.example"))
        await stage.press("<F10>8<Enter>")
        await stage.pass(seconds: 3)
        #expect(stage.screen.contains("COMPLETED"))
    }

    @Test(arguments: [
        ("1000918", "c", "is on hold"), ("1000919", "c", "is pending"), ("1000919", "A", "is pending"),
        ("1000919", "x", "is pending"), ("1000918", "P", "is on hold"),
    ])
    func `a key that cannot act says why`(id: String, key: String, words: String) async {
        let stage = await stage(on: id)
        await stage.press(key)
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains(words))
    }

    @Test func `an open change stops the next one, and asks for a word more before the end`() async throws {
        let stage = await stage(on: "1000917", isLarge: true)
        try await stage.changeUnits(of: "1000917", to: 30, isCarriedOut: false)
        await stage.press("<Enter>c")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("is still open: it must end first, or be withdrawn."))
        await stage.press("x<F10>")
        #expect(stage.screen.contains("(change, submitted) is still open on this subscription"))
        #expect(stage.screen.contains("Type 1000917 anyway"))
    }

    @Test func `two lines and a common end date are ordered at once`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>3<F2>AUR-365-BB<Enter>jo<BS>2")
        #expect(stage.screen.contains("line 2"))
        #expect(stage.screen.contains("3 x Aurora 365 Business Premium"))
        #expect(stage.screen.contains("co-terms with 1000917, ends 02 Dec 2026"))
        await stage.press("<F10>")
        #expect(stage.screen.contains("2 x Aurora 365 Business Basic"))
        await stage.press("<PgDn>5<Enter>")
        #expect(stage.transport.writes == ["POST /marketplace/us/orders"])
    }

    @Test func `units are added to what the customer holds instead of a new order`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j3<Enter>5/AUR-365-BP<Enter>jo<BS>3")
        #expect(stage.screen.contains("1000917 holds 25: F6 adds there"))
        await stage.press("<F6>")
        #expect(stage.screen.contains("Change units"))
        #expect(stage.screen.contains("25 → 28, +3"))
    }

    @Test func `from the catalogue the units are changed of what the customer holds of the product`() async {
        let stage = await Stage()
        await stage.press("j<Right>j3<Enter>5/AUR-365-BP<Enter>c+3")
        #expect(stage.screen.contains("25 → 28, +3"))
        await stage.press("<Esc>5/<^U>HEX<Enter>c")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("No subscription read so far of Jørgensen & Søn A/S"))
    }

    // MARK: What goes wrong

    @Test func `a change made by somebody else meanwhile is seen`() async throws {
        let stage = await stage(on: "1000917")
        await stage.press("c28")
        try await stage.changeUnits(of: "1000917", to: 30)
        await stage.press("<F10>")
        #expect(stage.words.contains("units 30 28 -2"))
    }

    @Test func `what the marketplace refuses keeps the form with the reason`() async throws {
        let stage = await Stage()
        await stage.press("j<Right>j5/CIT-MAIL-1<Enter>o")
        await stage.press("<Tab>not a domain")
        #expect(stage.screen.contains("domain"))
        await stage.press("<F10>")
        #expect(stage.dashboard.flow != nil)
        #expect(stage.transport.writes.isEmpty)
    }

    // MARK: Read-only

    @Test func `no key of any table writes in read-only mode`() async {
        let stage = await Stage(columns: 120, rows: 40, isReadOnly: true)
        for view in View.all {
            await stage.press("<Esc><Esc><Esc><Esc>2j<Right>j\(view.number)")
            let keys = stage.dashboard.panes[view].help(stage.dashboard.model)
                .flatMap { $0.key.split(separator: " ").map(String.init) }
            for key in keys where key != "q" {
                let name = key.count == 1 ? key : "<\(key)>"
                await stage.press("<Esc><Esc><Esc>2j<Right>j\(view.number)\(name)")
                #expect(stage.dashboard.flow == nil, "\(view) \(key)")
                await stage.press("<F10>1<Enter>")
            }
        }
        #expect(stage.transport.writes.isEmpty)
        #expect(!stage.effects.contains { if case .client(.send) = $0 { true } else { false } })
    }

    @Test func `no key of any list writes marked rows in read-only mode`() async {
        let stage = await Stage(columns: 120, rows: 40, isReadOnly: true)
        for view in [View.subscriptions, .orders, .catalog, .users] {
            func mark() async { await stage.press("<Esc><Esc><Esc><Esc>2j<Right>j\(view.number)*") }
            await mark()
            let keys = stage.dashboard.panes[view].help(stage.dashboard.model)
                .flatMap { $0.key.split(separator: " ").map(String.init) }
            for key in keys where key != "q" {
                let name = key.count == 1 ? key : "<\(key)>"
                await stage.press("\(name)")
                #expect(stage.dashboard.flow == nil && stage.dashboard.bulk == nil, "\(view) \(key)")
                await stage.press("<F10>1<Enter>")
                await mark()
            }
        }
        #expect(stage.transport.writes.isEmpty)
        #expect(!stage.effects.contains { if case .client(.send) = $0 { true } else { false } })
    }

    @Test(arguments: ["c", "A", "R", "P", "x", "d"])
    func `a key that would write says that the profile is read-only`(key: String) async {
        let stage = await stage(on: "1000917", isReadOnly: true)
        await stage.press(key)
        #expect(stage.screen.contains("This profile is read-only"))
        #expect(stage.dashboard.flow == nil)
    }
}

@Suite(.onComputingThreads) struct Drafts {
    @Test func `Esc keeps a form, and it comes back as it was`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>7<BTab><BTab><BTab><^U>PO-77<Esc>")
        #expect(stage.screen.contains("Kept as a draft"))
        #expect(
            stage.drafts.map(\.title) == [
                "new order: 7 x Aurora 365 Business Premium for 1000412 Jørgensen & Søn A/S, of Nordwind Handel GmbH"
            ])
        await stage.press("B<Enter>")
        #expect(stage.screen.contains("PO-77"))
        #expect(stage.screen.contains("7 x") || stage.screen.contains("[ 7"))
    }

    @Test func `a form that was left is called a draft as soon as it is on the disk`() async {
        let stage = await Stage()
        stage.isDiskSlow = true
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<BS>7<Esc>")
        #expect(stage.screen.contains("Kept until souk ends, nothing was sent. B lists the drafts."))
        await stage.send(.draftsKept(["another"]))
        #expect(stage.screen.contains("Kept until souk ends"))
        await stage.send(.draftsKept(Set(stage.drafts.map(\.id))))
        #expect(stage.screen.contains("Kept as a draft, nothing was sent. B lists the drafts."))
    }

    @Test func `a form that nobody touched is not kept`() async {
        let stage = await Stage()
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<Esc>")
        #expect(stage.drafts.isEmpty)
        await stage.press("2j<Enter>/1000917<Enter>c<Esc>A<Esc>x<Esc>P<Esc>")
        #expect(stage.drafts.isEmpty)
    }

    @Test func `what was taken is no draft any more`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter>c28")
        #expect(stage.drafts.count == 1)
        await stage.press("<F10>28<Enter>")
        #expect(stage.drafts.isEmpty)
    }

    @Test func `forms of an earlier session are offered at the start`() async throws {
        let first = await Stage()
        await first.press("j<Right>j<Enter>/1000917<Enter>c28")
        let kept = first.drafts
        let stage = await Stage()
        await stage.send(.drafts(kept))
        #expect(stage.screen.contains("A form is kept from before"))
        await stage.press("B<Enter>")
        #expect(stage.screen.contains("25 → 28, +3"))
    }

    @Test func `a draft is dropped only by a second x`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter>c28<Esc>Bx")
        #expect(stage.drafts.count == 1)
        await stage.press("jx")
        #expect(stage.drafts.count == 1)
        await stage.press("x")
        #expect(stage.drafts.isEmpty)
        #expect(stage.screen.contains("No drafts."))
    }

    @Test func `a draft survives being written down`() throws {
        let draft = FormDraft(
            id: "units-1", title: "change of units", savedAt: Stage.start, kind: "units", fields: ["units": "+3"])
        let data = try JSONEncoder().encode(draft)
        #expect(try JSONDecoder().decode(FormDraft.self, from: data) == draft)
    }
}

@Suite(.onComputingThreads) struct `PO numbers of forms` {
    @Test func `each form proposes another, also within one second`() async {
        let stage = await Stage()
        await stage.press("j<Right>j<Enter>/1000917<Enter>")
        var proposed: [String] = []
        for key in ["c", "R", "x", "c"] {
            await stage.press(key)
            proposed.append(stage.dashboard.flow?.form.fields["po"] ?? "")
            await stage.press("<Esc>")
        }
        #expect(Set(proposed).count == 4)
        #expect(proposed.allSatisfy { $0.hasPrefix("SOUK-261120-140412-") })
    }
}
