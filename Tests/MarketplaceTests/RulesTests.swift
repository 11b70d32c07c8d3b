import Marketplace
import Testing

/// What may be done in which state: one table for keys, forms, bulk rows and dry runs.
@Suite struct `The rule book` {
    private static func row(_ status: SubscriptionStatus, autoRenews: Bool? = true) -> Subscription {
        Subscription(id: "917", name: "Aurora", customer: "7", status: status, autoRenews: autoRenews)
    }

    private static func order(_ kind: Order.Kind, waits: Bool = false, _ status: OrderStatus = .processing) -> Order {
        Order(
            id: "42", number: "CH42", kind: kind, customer: "7", status: status, subscription: "917",
            scheduledOn: waits ? "renewal" : nil)
    }

    private static func account(_ status: AccountStatus) -> Account {
        Account(id: "7", kind: .customer, name: "Jørgensen & Søn A/S", status: status)
    }

    private static let acts: [SubscriptionAct] = [
        .units, .planSwitch, .autoRenew(false), .renewal, .cancellation, .attributes,
    ]

    /// The weight for each of `acts`, nil where nothing speaks against it.
    private func weights(_ row: Subscription, _ orders: [Order] = []) -> [Objection.Weight?] {
        Self.acts.map { Rules.objections(to: $0, on: row, orders: orders).first?.weight }
    }

    @Test(
        arguments: [
            (.active, [nil, nil, nil, nil, nil, nil]),
            (.hold, [.refused, .refused, .noted, .warned, .warned, .noted]),
            (.pending, [.refused, .refused, .refused, .refused, .refused, .refused]),
            (.terminated, [.refused, .refused, .refused, .refused, .refused, .refused]),
            (.removed, [.refused, .refused, .refused, .refused, .refused, .refused]),
            (.other("odd"), [.warned, .warned, .warned, .warned, .warned, .warned]),
        ] as [(SubscriptionStatus, [Objection.Weight?])])
    func `knows for each status what can be done to a subscription`(
        status: SubscriptionStatus, expected: [Objection.Weight?]
    ) { #expect(weights(Self.row(status)) == expected) }

    @Test(
        arguments: [
            (order(.change), [.refused, .refused, nil, .warned, .warned, nil]),
            (order(.change, waits: true), [.warned, .warned, nil, .noted, .noted, nil]),
            (order(.cancellation), [.refused, .refused, .noted, .refused, .refused, nil]),
            (order(.renewal), [.warned, .warned, nil, .warned, .warned, nil]),
            (order(.sales), [.warned, .warned, nil, .warned, .warned, nil]),
            (order(.change, .completed), [nil, nil, nil, nil, nil, nil]),
            (order(.cancellation, .cancelled), [nil, nil, nil, nil, nil, nil]),
            (order(.change, .error), [nil, nil, nil, nil, nil, nil]),
        ] as [(Order, [Objection.Weight?])])
    func `knows what an order on the subscription forbids`(order: Order, expected: [Objection.Weight?]) {
        #expect(weights(Self.row(.active), [order]) == expected)
    }

    @Test func `lets automatic renewal be switched off, not on, while a cancellation is open`() {
        let row = Self.row(.active, autoRenews: nil)
        func weight(_ wanted: Bool?) -> Objection.Weight? {
            Rules.objections(to: .autoRenew(wanted), on: row, orders: [Self.order(.cancellation)]).first?.weight
        }
        #expect(weight(true) == .refused)
        #expect(weight(false) == .noted)
        #expect(weight(nil) == .noted, "which way is chosen in the form")
    }

    @Test(arguments: [(true, true), (false, false)])
    func `refuses a switch to what is so already`(wanted: Bool, now: Bool) {
        let row = Self.row(.active, autoRenews: now)
        let found = Rules.objections(to: .autoRenew(wanted), on: row, orders: [])
        #expect(found == [.refused(.autoRenewIsAlready("917", on: now))])
        #expect(Rules.objections(to: .autoRenew(!wanted), on: row, orders: []).isEmpty)
        #expect(Rules.objections(to: .autoRenew(nil), on: row, orders: []).isEmpty)
    }

    @Test func `says what refuses first`() {
        let found = Rules.objections(
            to: .cancellation, on: Self.row(.hold), orders: [Self.order(.change), Self.order(.cancellation)])
        #expect(found.map(\.weight) == [.refused, .warned, .warned])
        #expect(found.refusal == .isEndedBy(Self.order(.cancellation)))
    }

    @Test(arguments: [
        (25, 25 as Int?, Objection.refused(.holdsAlready("917", units: [25])) as Objection?),
        (0, 25, .refused(.keepsOneUnit)), (-3, nil, .refused(.keepsOneUnit)), (1, 25, nil), (28, nil, nil),
    ])
    func `knows which totals change something and leave a unit`(total: Int, held: Int?, expected: Objection?) {
        #expect(Rules.objection(toTotal: total, from: held, on: "917") == expected)
    }

    @Test(
        arguments: [
            (.submitted, nil), (.processing, nil), (.error, nil), (.completed, .refused), (.cancelled, .refused),
            (.other("odd"), .warned),
        ] as [(OrderStatus, Objection.Weight?)])
    func `knows which orders can be withdrawn`(status: OrderStatus, expected: Objection.Weight?) {
        #expect(Rules.objections(toWithdrawing: Self.order(.change, status)).first?.weight == expected)
    }

    @Test(
        arguments: [
            (.submitted, nil), (.processing, nil), (.error, nil), (.completed, .refused), (.cancelled, .refused),
            (.other("odd"), .warned),
        ] as [(OrderStatus, Objection.Weight?)])
    func `knows of which orders the credit check can be switched`(status: OrderStatus, expected: Objection.Weight?) {
        let order = Self.order(.change, status)
        for wanted in [true, false, nil] {
            #expect(Rules.objections(toCreditCheck: wanted, of: order).first?.weight == expected)
        }
    }

    @Test(
        arguments: [
            (.active, nil, nil, nil), (.creditHold, nil, nil, .refused), (.pending, nil, .warned, .refused),
            (.adminHold, nil, .refused, .refused), (.error, nil, .refused, .refused),
            (.cancelled, .refused, .refused, .refused), (.other("odd"), nil, .warned, .warned),
        ] as [(AccountStatus, Objection.Weight?, Objection.Weight?, Objection.Weight?)])
    func `knows for each status what can be done to an account`(
        status: AccountStatus, edit: Objection.Weight?, hold: Objection.Weight?, order: Objection.Weight?
    ) {
        let account = Self.account(status)
        #expect(Rules.objections(to: .edit, on: account).first?.weight == edit)
        #expect(Rules.objections(to: .contacts, on: account).first?.weight == edit)
        #expect(Rules.objections(to: .status, on: account).first?.weight == hold)
        #expect(Rules.objections(toOrderOf: account, adds: true).first?.weight == order)
    }

    @Test(arguments: [
        (AccountStatus.active, nil as Objection.Weight?), (.creditHold, .noted), (.adminHold, .noted),
        (.other("odd"), .warned),
    ])
    func `takes what does not order more from an account on hold too`(
        status: AccountStatus, expected: Objection.Weight?
    ) { #expect(Rules.objections(toOrderOf: Self.account(status), adds: false).first?.weight == expected) }

    @Test func `refuses everything where the profile is read-only`() {
        #expect(Rules.objection(isReadOnly: true) == .refused(.readOnly))
        #expect(Rules.objection(isReadOnly: false) == nil)
    }

    @Test func `is what the advice beside each status rests on`() {
        // "Until it is active nothing of it can be changed."
        #expect(SubscriptionStatus.pending.advice != nil)
        #expect(weights(Self.row(.pending)).allSatisfy { $0 == .refused })
        // "It can still be renewed or cancelled."
        #expect(SubscriptionStatus.hold.advice != nil)
        #expect(Rules.objections(to: .renewal, on: Self.row(.hold), orders: []).refusal == nil)
        #expect(Rules.objections(to: .cancellation, on: Self.row(.hold), orders: []).refusal == nil)
        // "Once its balance is paid it can be set active here."
        #expect(AccountStatus.creditHold.advice != nil)
        #expect(Rules.objections(to: .status, on: Self.account(.creditHold)).isEmpty)
    }

    // MARK: Words

    private static let reasons: [Objection.Reason] = [
        .readOnly, .pending("917"), .ended("917"), .heldFromChange("917"), .onHold("917"),
        .unknownSubscriptionStatus("917", word: "odd"), .holdsAlready("917", units: [25]), .keepsOneUnit,
        .hasPlanAlready("917"), .autoRenewIsAlready("917", on: true), .changeIsOpen(order(.change)),
        .changeWaits(order(.change, waits: true)), .isEndedBy(order(.cancellation)), .isRenewedBy(order(.renewal)),
        .orderIsOpen(order(.sales)), .orderIsCompleted(order(.sales)), .orderIsWithdrawn(order(.sales)),
        .orderHasEnded(order(.sales)), .creditCheckIsAlready(order(.sales), on: true),
        .unknownOrderStatus(order(.sales, .other("odd"))), .mayNotOrder("Søn", .pending), .mayNotOrder("Søn", .error),
        .mayNotOrder("Søn", .creditHold), .mayNotOrder("Søn", .adminHold), .mayNotOrder("Søn", .cancelled),
        .isNotActive("Søn", .adminHold), .unknownAccountStatus("Søn", word: "odd"), .isClosed("Søn"),
        .isOnAdministrativeHold("Søn"), .isInError("Søn"), .statusIsTheMarketplaces("Søn", .pending),
    ]

    @Test(arguments: reasons) func `says every reason in a sentence without a full stop`(reason: Objection.Reason) {
        #expect(reason.words.first?.isUppercase == true)
        #expect(reason.words.last != ".")
        #expect(!reason.wordsInRow.contains("917"), "the row has its id beside it")
    }

    @Test func `says no two reasons in the same words`() {
        #expect(Set(Self.reasons.map(\.words)).count == Self.reasons.count)
    }

    @Test(arguments: [
        (Objection.Reason.holdsAlready("917", units: [1]), "Subscription 917 holds 1 unit already"),
        (.holdsAlready("917", units: [1500, 3]), "Subscription 917 holds 1,500, 3 units already"),
        (.autoRenewIsAlready("917", on: false), "Auto-renew of subscription 917 is off already"),
        (
            .changeIsOpen(order(.change)),
            "Order CH42 (change, processing) is still open: it must end first, or be withdrawn"
        ),
    ])
    func `names what it is about`(reason: Objection.Reason, words: String) { #expect(reason.words == words) }

    @Test func `names no subscription in its own row`() {
        #expect(Objection.Reason.heldFromChange("917").wordsInRow.hasPrefix("on hold: "))
        #expect(Objection.Reason.ended("917").wordsInRow == "It has ended")
        #expect(Objection.Reason.autoRenewIsAlready("917", on: true).wordsInRow == "Auto-renew is on already")
    }
}
