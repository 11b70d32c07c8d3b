import FoundationEssentials
import Marketplace
import Testing

/// What a dry run says for and against a write, from the facts alone.
@Suite struct `The checks of a write` {
    private static let at = Instant(millisecondsSince1970: 1_795_183_452_000)

    private static let customer = Account(id: "7", kind: .customer, name: "Jørgensen & Søn", status: .active)
    private static let product = Product(
        id: "p1", mpn: "AUR", vendor: "aurora", name: "Aurora", minimumQuantity: 2, maximumQuantity: 300,
        billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year))
    private static let held = SubscriptionProduct(
        product: "p1", mpn: "AUR", vendor: "aurora", name: "Aurora", quantity: 25)

    private static func row(
        _ status: SubscriptionStatus = .active, autoRenews: Bool? = true
    ) -> Subscription {
        Subscription(
            id: "917", name: "Aurora", customer: "7", status: status, autoRenews: autoRenews,
            renews: CalendarDate("2026-11-30"), expires: CalendarDate("2026-12-01"), billingPeriod: Period(1, .month),
            subscriptionPeriod: Period(1, .year))
    }

    private static func detail(_ status: SubscriptionStatus = .active, autoRenews: Bool? = true) -> SubscriptionDetail {
        SubscriptionDetail(subscription: row(status, autoRenews: autoRenews), products: [held], plan: "1")
    }

    private static func sale(_ quantity: Int = 3, parameters: [Parameter] = [], poNumber: String = "PO-1")
        -> WriteIntent
    {
        .place(
            .sales(
                SalesOrder(
                    customer: "7", lines: [.init(product: product, quantity: quantity, parameters: parameters)],
                    poNumber: poNumber)))
    }

    private static func change(_ total: Int, waits: Bool = false) -> WriteIntent {
        .place(
            .change(
                ChangeOrder(
                    customer: "7", subscription: "917", lines: [.init(product: held, quantity: .init(total: total))],
                    poNumber: "PO-1", waitsForRenewal: waits)))
    }

    private static let renewal = WriteIntent.place(
        .renewal(SubscriptionOrder(customer: "7", subscription: "917", poNumber: "PO-1")))
    private static let cancellation = WriteIntent.place(
        .cancellation(SubscriptionOrder(customer: "7", subscription: "917", poNumber: "PO-1")))

    private static func order(
        _ kind: Order.Kind, _ status: OrderStatus, scheduledOn: String? = nil
    ) -> Order {
        Order(
            id: "42", number: "CH42", kind: kind, customer: "7", status: status, subscription: "917",
            scheduledOn: scheduledOn)
    }

    private func run(_ intent: WriteIntent, _ facts: WriteFacts) -> DryRun { DryRun(intent, at: Self.at, facts) }

    private func texts(_ verdict: DryRun.Check.Verdict, _ intent: WriteIntent, _ facts: WriteFacts) -> [String] {
        run(intent, facts).checks.filter { $0.verdict == verdict }.map(\.text)
    }

    @Test func `of a plain sale are few words when all is in order`() {
        let facts = WriteFacts(account: Self.customer, estimate: Estimate(total: Money(3, "EUR")))
        let found = run(Self.sale(), facts)
        #expect(found.checks.map(\.verdict).allSatisfy { $0 == .passed })
        #expect(found.checks.map(\.text) == ["customer active", "no equal order in 24 h", "PO number new"])
        #expect(found.refusal == nil && !found.asksForMore)
    }

    @Test func `put what forbids it first`() {
        var closed = Self.customer
        closed.status = .creditHold
        let facts = WriteFacts(
            account: closed, owned: [Self.detail()],
            poNumberUses: [.init(order: "1", number: "SO1", at: Self.at, poNumber: "PO-1")])
        let verdicts = run(Self.sale(1), facts).checks.map(\.verdict)
        #expect(verdicts == [.refused, .refused, .warning, .note, .passed])
        #expect(run(Self.sale(1), facts).refusal?.contains("credit hold") == true)
    }

    @Test func `hold no full stop at the end of a sentence`() {
        var closed = Self.customer
        closed.status = .adminHold
        let facts = WriteFacts(
            account: closed, estimateRefusal: "The marketplace refused: no such product.",
            verdicts: [.init(name: "domain", isAccepted: false, message: "is not known.")], owned: [Self.detail()])
        #expect(run(Self.sale(), facts).checks.allSatisfy { !$0.text.hasSuffix(".") })
    }

    @Test(arguments: [
        (1, ["AUR: This product is sold from 2 units"]), (301, ["AUR: This product is sold up to 300 units"]),
        (0, ["AUR: Order at least 1 unit"]), (2, []), (300, []),
    ])
    func `know how many units are sold`(quantity: Int, refusals: [String]) {
        #expect(texts(.refused, Self.sale(quantity), WriteFacts(account: Self.customer)) == refusals)
    }

    @Test func `ask for a PO number`() {
        let refused = texts(.refused, Self.sale(poNumber: ""), WriteFacts(account: Self.customer))
        #expect(refused.count == 1 && refused[0].hasPrefix("The order has no PO number"))
    }

    @Test func `say what the marketplace says of parameters`() {
        let given = Self.sale(parameters: [Parameter(name: "domain", value: "a.example")])
        var facts = WriteFacts(
            account: Self.customer,
            verdicts: [.init(name: "domain", isAccepted: false, message: "The domain is taken.")])
        #expect(texts(.refused, given, facts) == ["domain: The domain is taken"])
        facts.verdicts[0].isAccepted = true
        #expect(texts(.passed, given, facts).contains("parameters accepted"))
        facts = WriteFacts(account: Self.customer, validationRefusal: "The marketplace refused: no.")
        #expect(texts(.refused, given, facts) == ["The marketplace refused: no"])
        #expect(texts(.refused, Self.sale(), facts).isEmpty)
        #expect(
            texts(.note, Self.sale(), facts) == ["The parameters could not be checked: The marketplace refused: no"])
    }

    @Test func `point at what the customer has already`() {
        let facts = WriteFacts(account: Self.customer, owned: [Self.detail()])
        #expect(texts(.note, Self.sale(), facts) == ["Customer has 25 of these in 917: add units there instead"])
    }

    @Test func `ask for one more word before an equal order and a PO number used before`() {
        let equal = DryRun.EqualOrder(order: "1", number: "SO1", at: Self.at, poNumber: "PO-0")
        let facts = WriteFacts(account: Self.customer, equalOrders: [equal], uncompared: 0, poNumberUses: [equal])
        #expect(
            texts(.warning, Self.sale(), facts) == [
                "An equal order was placed on 20 Nov 2026 14:04 UTC: SO1, PO number PO-0",
                "The PO number PO-1 was used before, on 20 Nov 2026 14:04 UTC: SO1, PO number PO-0",
            ])
        #expect(run(Self.sale(), facts).asksForMore)
    }

    @Test func `refuse what is equal to something nobody knows the outcome of, and everything without a journal`() {
        #expect(run(Self.sale(), WriteFacts(openTwin: "An equal order was sent")).refusal == "An equal order was sent")
        #expect(run(Self.sale(), WriteFacts(obstacle: "The journal is gone.")).refusal == "The journal is gone")
    }

    private static let pending =
        "Subscription 917 is pending: it is still being set up; wait until it is active"
    private static let ended = "Subscription 917 has ended"

    @Test(arguments: [
        (
            Self.change(28), SubscriptionStatus.hold,
            "Subscription 917 is on hold: its services are disabled, so it cannot be changed"
        ),
        (Self.change(28), .pending, pending),
        (Self.change(28), .terminated, ended),
        (Self.renewal, .terminated, ended),
        (Self.cancellation, .terminated, ended),
        (Self.cancellation, .removed, ended),
        (Self.cancellation, .pending, pending),
        (.change(Self.row(.terminated), SubscriptionChanges(autoRenews: false)), .terminated, ended),
        (.change(Self.row(.pending), SubscriptionChanges(autoRenews: false)), .pending, pending),
    ])
    func `know what a subscription's state allows`(intent: WriteIntent, status: SubscriptionStatus, refusal: String) {
        let facts = WriteFacts(account: Self.customer, subscription: Self.detail(status))
        #expect(run(intent, facts).refusal == refusal)
        let active = WriteFacts(account: Self.customer, subscription: Self.detail())
        #expect(run(intent, active).refusal == nil)
    }

    @Test func `let a subscription on hold be ended, with a word more`() {
        let facts = WriteFacts(account: Self.customer, subscription: Self.detail(.hold))
        #expect(run(Self.cancellation, facts).refusal == nil)
        #expect(run(Self.cancellation, facts).asksForMore)
    }

    @Test(arguments: [
        Self.change(28), Self.renewal, Self.cancellation,
        .change(Self.row(.other("expired")), SubscriptionChanges(autoRenews: false)),
    ])
    func `let a subscription of a status that nobody knows be changed, with a word more`(intent: WriteIntent) {
        let facts = WriteFacts(account: Self.customer, subscription: Self.detail(.other("expired")))
        #expect(run(intent, facts).refusal == nil)
        #expect(
            texts(.warning, intent, facts) == [
                "Subscription 917 has a status that this program does not know: expired"
            ])
    }

    @Test(arguments: [Self.sale(), Self.cancellation])
    func `let a customer of a status that nobody knows order, with a word more`(intent: WriteIntent) {
        var customer = Self.customer
        customer.status = .other("paused")
        let facts = WriteFacts(account: customer, subscription: Self.detail())
        #expect(run(intent, facts).refusal == nil)
        #expect(run(intent, facts).asksForMore)
    }

    @Test func `refuse a change that changes nothing, and one beyond what is sold`() {
        let facts = WriteFacts(account: Self.customer, subscription: Self.detail(), products: [Self.product])
        #expect(run(Self.change(25), facts).refusal == "Subscription 917 holds 25 units already")
        #expect(run(Self.change(301), facts).refusal == "AUR: This product is sold up to 300 units")
        #expect(run(Self.change(28), facts).refusal == nil)
        var other = Self.product
        other.subscriptionPeriod = Period(1, .month)
        let twins = WriteFacts(account: Self.customer, subscription: Self.detail(), products: [other])
        #expect(run(Self.change(301), twins).refusal == "AUR: This product is sold up to 300 units", "the id decides")
    }

    @Test func `let a customer on credit hold give units back, not take more`() {
        var account = Self.customer
        account.status = .creditHold
        let facts = WriteFacts(account: account, subscription: Self.detail())
        #expect(run(Self.change(28), facts).refusal?.contains("credit hold") == true)
        #expect(run(Self.change(20), facts).refusal == nil)
        #expect(run(Self.cancellation, facts).refusal == nil)
    }

    @Test(arguments: [
        (Self.change(28), Self.order(.change, .processing), DryRun.Check.Verdict.refused),
        (Self.change(28), Self.order(.change, .processing, scheduledOn: "renewal"), .warning),
        (Self.change(28, waits: true), Self.order(.change, .processing, scheduledOn: "renewal"), .warning),
        (Self.change(28), Self.order(.renewal, .submitted), .warning),
        (Self.change(28), Self.order(.cancellation, .submitted), .refused),
        (Self.cancellation, Self.order(.cancellation, .submitted), .refused),
        (Self.cancellation, Self.order(.change, .processing), .warning),
        (Self.cancellation, Self.order(.change, .processing, scheduledOn: "renewal"), .note),
        (Self.renewal, Self.order(.renewal, .processing), .warning),
    ])
    func `know what an open order on the subscription forbids`(
        intent: WriteIntent, open: Order, verdict: DryRun.Check.Verdict
    ) {
        let facts = WriteFacts(account: Self.customer, subscription: Self.detail(), openOrders: [open])
        let found = run(intent, facts).checks.filter { $0.text.contains("CH42") }
        #expect(found.map(\.verdict) == [verdict])
        #expect(run(intent, facts).checks.allSatisfy { $0.text != "no open order on the subscription" })
    }

    @Test func `refuse a switch of automatic renewal to what it is already`() {
        func refusal(_ wanted: Bool, _ now: Bool) -> String? {
            run(
                .change(Self.row(), SubscriptionChanges(autoRenews: wanted)),
                WriteFacts(subscription: Self.detail(autoRenews: now))
            ).refusal
        }
        #expect(refusal(true, true) == "Auto-renew of subscription 917 is on already")
        #expect(refusal(false, false) == "Auto-renew of subscription 917 is off already")
        #expect(refusal(true, false) == nil && refusal(false, true) == nil)
    }

    @Test(arguments: [
        (OrderStatus.submitted, nil as String?), (.processing, nil), (.error, nil),
        (.completed, "Order CH42 is completed: it cannot be withdrawn any more"),
        (.cancelled, "Order CH42 is withdrawn already"),
    ])
    func `know which orders can be withdrawn`(status: OrderStatus, refusal: String?) {
        let before = Self.order(.change, .processing)
        #expect(run(.withdraw(before), WriteFacts(order: Self.order(.change, status))).refusal == refusal)
    }

    // MARK: Accounts

    private static let ada = ContactPerson(
        role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada@example.com", phone: "1")
    private static let address = Address(street: "Way 1", postalCode: "1", city: "Town", country: "DK")

    private func draft(_ contacts: [NewContact], name: String = "New") -> WriteIntent {
        .create(AccountDraft(kind: .customer, name: name, address: Self.address, contacts: contacts, language: "en"))
    }

    @Test func `know what a new account needs`() {
        #expect(run(draft([NewContact(Self.ada)]), WriteFacts()).refusal == nil)
        #expect(run(draft([]), WriteFacts()).refusal == "The customer has no contact person")
        #expect(run(draft([NewContact(Self.ada)], name: ""), WriteFacts()).refusal == "The customer has no name")
        for login in ["ab", "æther", "a b c d", ".first"] {
            #expect(
                run(draft([NewContact(Self.ada, login: login)]), WriteFacts()).refusal?.contains(
                    "Ada Sample: A login has") == true)
        }
        #expect(run(draft([NewContact(Self.ada, login: "ada@example.com")]), WriteFacts()).refusal == nil)
        var billing = Self.ada
        billing.role = .billing
        #expect(
            run(draft([NewContact(billing, password: Secret("x"))]), WriteFacts()).refusal?.contains("no admin") == true
        )
    }

    @Test func `ask for a word more before a second account of one name`() {
        let facts = WriteFacts(namesakes: [Self.customer])
        #expect(texts(.warning, draft([NewContact(Self.ada)]), facts) == ["A customer of this name exists: 7, active"])
        #expect(run(draft([NewContact(Self.ada)]), facts).namesakes == ["7"])
    }

    @Test func `refuse an edit that changes nothing, or would undo somebody else's`() {
        var now = Self.customer
        now.contacts = [Self.ada]
        let facts = WriteFacts(account: now)
        #expect(run(.edit(now, AccountChanges(name: now.name)), facts).refusal == "Nothing would be changed")
        #expect(run(.edit(now, AccountChanges(name: "Other")), facts).refusal == nil)
        var read = now
        read.contacts = []
        let changes = AccountChanges(contacts: [NewContact(Self.ada), NewContact(Self.ada)])
        #expect(
            run(.edit(read, changes), facts).refusal
                == "The contact persons of customer 7 were changed meanwhile; open the form again")
        #expect(run(.edit(now, changes), facts).refusal == nil)
    }

    // MARK: Differences

    @Test func `since the person looked are listed in sentences`() {
        let intent = Self.change(28)
        let facts = WriteFacts(
            account: Self.customer, subscription: Self.detail(), estimate: Estimate(total: Money(10, "EUR")))
        let agreed = run(intent, facts)
        #expect(run(intent, facts).differences(since: agreed).isEmpty)
        #expect(DryRun(intent, at: Self.at.adding(seconds: 600), facts).differences(since: agreed).isEmpty)

        var moved = facts
        moved.estimate = Estimate(total: Money(12, "EUR"))
        moved.subscription?.products[0].quantity = 26
        moved.subscription?.subscription.autoRenews = false
        moved.subscription?.subscription.expires = nil
        moved.account?.status = .creditHold
        #expect(
            run(intent, moved).differences(since: agreed) == [
                "The price is 12.00 EUR now; you saw 10.00 EUR.",
                "Subscription 917 holds 26 units of AUR now; you saw 25.",
                "Automatic renewal of subscription 917 is off now; you saw on.",
                "Subscription 917 ends on no day now; you saw 01 Dec 2026.",
                "The status of customer 7 is credit hold now; you saw active.",
                "Jørgensen & Søn is on credit hold: it may not order more until its balance is paid.",
            ])
    }

    @Test func `an equal order that came meanwhile is a difference, one that was seen is none`() {
        let seen = DryRun.EqualOrder(order: "1", number: "SO1", at: Self.at, poNumber: "PO-0")
        let other = DryRun.EqualOrder(order: "2", number: "SO2", at: Self.at, poNumber: "PO-9")
        let agreed = run(Self.sale(), WriteFacts(account: Self.customer, equalOrders: [seen]))
        let now = run(Self.sale(), WriteFacts(account: Self.customer, equalOrders: [seen, other]))
        #expect(
            now.differences(since: agreed) == [
                "An equal order was placed meanwhile, on 20 Nov 2026 14:04 UTC: SO2, PO number PO-9."
            ])
        #expect(agreed.differences(since: now).isEmpty)
    }

    @Test func `what speaks for it less loudly now is no difference`() {
        let facts = WriteFacts(account: Self.customer, owned: [Self.detail()])
        let agreed = run(Self.sale(), WriteFacts(account: Self.customer))
        #expect(run(Self.sale(), facts).differences(since: agreed).isEmpty)
    }

    // MARK: Changes

    @Test func `what a write changes is said part by part`() {
        let before = DryRun(Self.change(28), at: Self.at, WriteFacts(subscription: Self.detail()))
        #expect(Self.change(28).changes(since: before) == ["units 25 → 28"])
        #expect(Self.change(28, waits: true).changes() == ["units 25 → 28", "from the renewal on"])
        #expect(Self.sale().changes() == ["3 x Aurora (AUR)"])
        #expect(Self.renewal.changes(since: before) == ["one more term, after 01 Dec 2026"])
        #expect(Self.cancellation.changes(since: before) == ["status active → terminated"])
        #expect(
            WriteIntent.change(Self.row(), SubscriptionChanges(autoRenews: false, attributes: ["a": "1"])).changes()
                == [
                    "automatic renewal on → off", "attribute a none → 1",
                ])
        var account = Self.customer
        account.contacts = [Self.ada]
        #expect(
            WriteIntent.edit(account, AccountChanges(name: "B", status: .creditHold, contacts: [])).changes() == [
                "name Jørgensen & Søn → B", "status active → credit hold",
                "administrator Ada Sample, ada@example.com → removed",
            ])
        var (moved, called) = (Self.ada, Self.ada)
        moved.email = "new@example.com"
        called.phone = "2"
        func contacts(_ list: [ContactPerson]) -> [String] {
            WriteIntent.edit(account, AccountChanges(contacts: list.map { NewContact($0) })).changes()
        }
        #expect(contacts([Self.ada]) == [])
        #expect(
            contacts([moved]) == [
                "administrator Ada Sample, ada@example.com → administrator Ada Sample, new@example.com"
            ])
        #expect(contacts([called]) == ["administrator Ada Sample, ada@example.com → changed"])
        #expect(contacts([Self.ada, moved]) == ["administrator Ada Sample, new@example.com → added"])
    }
}
