import FoundationEssentials
import Marketplace

// What the requests are made of: each draft once with little and once with all it can hold, and so that every request
// example of the description is said by one of them.

extension AccountDraft {
    static func small(_ kind: Kind) -> AccountDraft {
        AccountDraft(
            kind: kind, name: "Sample Bakery Ltd",
            address: Address(street: "1 Sample Street", postalCode: "00000", city: "Sampleton", country: "US"),
            contacts: [NewContact(.sample)], language: "en_US")
    }

    static func full(_ kind: Kind) -> AccountDraft {
        let isReseller = if case .reseller = kind { true } else { false }
        var draft = small(kind)
        draft.name = isReseller ? "Sample Reseller" : "Sample Bakery Ltd"
        draft.address = .full
        if !isReseller {
            draft.contacts = [
                NewContact(.sample, login: "ada.sample@example.com", password: Secret("Fake-Passw0rd!"))
            ]
            draft.taxRegistration = "00-0000000"
        }
        draft.externalID = isReseller ? "R-1" : "CRM-0042"
        draft.taxationProvider = isReseller ? "Vertex" : nil
        draft.customerClass = isReseller ? "Default" : nil
        draft.attributes = ["segment": "small business"]
        return draft
    }
}

extension Address {
    fileprivate static let full = Address(
        street: "1 Sample Street", addition: "Floor 2", postalCode: "00000", city: "Sampleton", state: "CA",
        country: "US")
}

extension ContactPerson {
    fileprivate static let sample = ContactPerson(
        role: .administrator, firstName: "Ada", lastName: "Sample", email: "ada.sample@example.com",
        phone: "1#555#5550100#")
}

extension AccountChanges {
    static let full = AccountChanges(
        name: "Jørgensen & Søn A/S", externalID: "CRM-0043", taxRegistration: "11", status: .active, address: .full,
        contacts: [
            NewContact(.sample, login: "ada.sample", password: Secret("Fake-Passw0rd!")),
            NewContact(
                ContactPerson(
                    role: .billing, firstName: "Bea", lastName: "Sample", email: "bea@example.com", phone: "1")),
            NewContact(
                ContactPerson(
                    role: .technical, firstName: "Cem", lastName: "Sample", email: "cem@example.com", phone: "2")),
        ])
}

extension Order {
    static let sample = Order(
        id: "1000702", number: "CH000702", kind: .change, customer: "1000412", status: .processing,
        subscription: "1000917")
}

extension Subscription {
    static let sample = Subscription(id: "1000917", name: "", customer: "1000412", status: .active)
}

extension SpecialPrice {
    static let full = [
        SpecialPrice(
            product: .product("CAT-000002"),
            unitPrice: TieredMoney(
                Money(Decimal(79) / 10, "EUR"),
                tiers: [
                    TieredMoney.Tier(from: 1, amount: Decimal(79) / 10), TieredMoney.Tier(from: 10, amount: 7),
                ]), unitCost: TieredMoney(Money(5, "EUR")), unitProviderCost: TieredMoney(Money(4, "EUR")))
    ]
}

extension ReportDraft {
    static let small = ReportDraft(name: "Daily", from: Instant(millisecondsSince1970: 1_925_000_000_000))
    static let full = ReportDraft(
        name: "Daily", view: "Marketplace API", format: .xlsx, from: Instant(millisecondsSince1970: 1_925_000_000_000),
        to: Instant(millisecondsSince1970: 1_926_000_000_123))
    /// As the description has it.
    static let named = ReportDraft(
        name: "One-time January", format: .json, from: Instant(millisecondsSince1970: 1_924_992_000_000),
        to: Instant(millisecondsSince1970: 1_927_670_399_000))
}

extension Product {
    fileprivate static let monthly = Product(
        id: "CAT-000002", mpn: "AUR-365-BP", vendor: "aurora", name: "Aurora 365 Business Premium",
        billingPeriod: Period(1, .month), subscriptionPeriod: Period(1, .year))
    fileprivate static let bare = Product(id: "CAT-000003", mpn: "", vendor: "", name: "")
    fileprivate static let mail = Product(id: "CAT-000004", mpn: "CIT-MAIL-1", vendor: "", name: "")
}

extension SalesOrder {
    static let needingNothing = SalesOrder(
        customer: "1000412", lines: [Line(product: .bare, quantity: 1), Line(product: .monthly, quantity: 2)],
        poNumber: "")
    static let needingADomain = SalesOrder(
        customer: "1000412",
        lines: [
            Line(
                product: .mail, quantity: 10, parameters: [Parameter(name: "domain", value: "jorgensen.example")])
        ], poNumber: "PO")

    fileprivate static func full(alignment: EndDateAlignment?) -> SalesOrder {
        SalesOrder(
            customer: "1000412",
            lines: [
                Line(
                    product: .monthly, quantity: 10,
                    parameters: [Parameter(name: "domain", value: "jorgensen.example")])
            ], poNumber: "PO-2031-001", alignment: alignment)
    }
}

extension OrderDraft {
    static let samples: [(name: String, draft: OrderDraft)] = [
        ("a small sale", .sales(.needingNothing)),
        ("a full sale", .sales(.full(alignment: nil))),
        ("a sale ending with another", .sales(.full(alignment: .onSubscription("1000917")))),
        ("a sale ending with the month", .sales(.full(alignment: .endOfMonth))),
        ("a small change", .change(change(lines: [heldBare], poNumber: ""))),
        ("a change", .change(change(lines: [held], poNumber: "PO-2031-002"))),
        ("a change at renewal", .change(change(lines: [held], poNumber: "PO-2031-002", waits: true))),
        (
            "a change ending with another",
            .change(change(lines: [held, heldBare], poNumber: "P", alignment: .partialUpgrade))
        ),
        (
            "a small switch",
            .planSwitch(
                PlanSwitchOrder(
                    customer: "1000412", subscription: "1000917", plan: "10002", period: Period(1, .month),
                    poNumber: ""))
        ),
        (
            "a full switch",
            .planSwitch(
                PlanSwitchOrder(
                    customer: "1000412", subscription: "1000917", plan: "10002", period: Period(1, .year),
                    start: .oldStart, waitsForRenewal: true, poNumber: "PO"))
        ),
        (
            "a switch from its day on",
            .planSwitch(
                PlanSwitchOrder(
                    customer: "1000412", subscription: "1000917", plan: "10002", period: Period(30, .day),
                    start: .dayOfSwitch, poNumber: "PO"))
        ),
        ("a small renewal", .renewal(SubscriptionOrder(customer: "1000412", subscription: "1000917", poNumber: ""))),
        ("a full renewal", .renewal(SubscriptionOrder(customer: "1000412", subscription: "1000917", poNumber: "PO"))),
        (
            "a small cancellation",
            .cancellation(SubscriptionOrder(customer: "1000412", subscription: "1000917", poNumber: ""))
        ),
        (
            "a full cancellation",
            .cancellation(SubscriptionOrder(customer: "1000412", subscription: "1000917", poNumber: "PO"))
        ),
        ("a small migration", .migration(migration(program: nil, poNumber: ""))),
        ("a full migration", .migration(migration(program: "count_migration_billing_period", poNumber: "PO"))),
    ]

    private static let held = ChangeOrder.Line(
        product: SubscriptionProduct(
            product: "CAT-000002", mpn: "AUR-365-BP", vendor: "aurora", name: "Aurora", quantity: 10),
        quantity: TotalQuantity(total: 12), parameters: [Parameter(name: "domain", value: "jorgensen.example")])
    private static let heldBare = ChangeOrder.Line(
        product: SubscriptionProduct(mpn: "AUR-365-BP", vendor: "", name: ""), quantity: TotalQuantity(total: 0))

    private static func change(
        lines: [ChangeOrder.Line], poNumber: String, waits: Bool = false, alignment: EndDateAlignment? = nil
    ) -> ChangeOrder {
        let isBare = poNumber.isEmpty
        return ChangeOrder(
            customer: "1000412", subscription: "1000917", billingPeriod: isBare ? nil : Period(1, .month),
            subscriptionPeriod: isBare ? nil : Period(1, .year), lines: lines, poNumber: poNumber,
            waitsForRenewal: waits, alignment: alignment)
    }

    private static func migration(program: String?, poNumber: String) -> MigrationOrder {
        MigrationOrder(
            customer: "1000412", lines: [SalesOrder.Line(product: .monthly, quantity: 2)],
            starts: CalendarDate(daysSince1970: 20_000), migrates: CalendarDate(daysSince1970: 20_100),
            expires: CalendarDate(daysSince1970: 20_365), autoRenews: true, program: program, poNumber: poNumber)
    }
}
