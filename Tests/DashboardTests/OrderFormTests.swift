import FoundationEssentials
import Marketplace
import Screen
import Testing

@testable import Dashboard

@Suite struct `The order form and its review` {
    private static let product = Product(
        id: "CAT-1", mpn: "AUR-1", vendor: "aurora", name: "Aurora", minimumQuantity: 2, maximumQuantity: 300,
        prices: [Charge(kind: .recurring, amount: Money(10, "EUR"))], billingPeriod: Period(1, .month),
        subscriptionPeriod: Period(1, .year))

    private static var known: Known {
        var known = Known(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true))
        known.now = Stage.start
        known.learn(Account(id: "1", kind: .customer, name: "Jørgensen", status: .active))
        known.learn(Account(id: "2", kind: .customer, name: "Brightwater", status: .creditHold))
        return known
    }

    private static func form(customer: Account.ID? = "1") -> OrderForm {
        OrderForm(product: product, customer: customer, now: Stage.start)
    }

    private func type(_ keys: String, into form: inout OrderForm) -> [Reaction] {
        Stage.keys(keys).flatMap { form.update(.key($0), Self.known) }
    }

    /// A form at its review, with the price answered.
    private func reviewed(total: Decimal = 20) throws -> (OrderForm, SalesOrder) {
        var form = Self.form()
        let order = try form.order(Self.known).get()
        _ = type("<F10>", into: &form)
        _ = form.update(.estimated(order, .success(Estimate(total: Money(total, "EUR")))), Self.known)
        return (form, order)
    }

    @Test func `it begins with the least that can be ordered`() throws {
        #expect(try Self.form().order(Self.known).get().lines[0].quantity == 2)
    }

    @Test(arguments: [
        ("<BS>", "The quantity must be a whole number of units."),
        ("<BS>1", "This product is sold from 2 units."), ("<BS>301", "This product is sold up to 300 units."),
        ("<BS>-3", "Order at least 1 unit."), ("<BS>3.5", "The quantity must be a whole number of units."),
        ("<Tab><^U>", "Give a PO number: it is how the order is recognised if the answer gets lost."),
        ("<Tab><Tab>x", "Write other parameters as name=value, separated by spaces."),
    ])
    func `what is wrong is said at the review's door`(keys: String, words: String) {
        var form = Self.form()
        #expect(type(keys + "<F10>", into: &form) == [.say(Notice(.warning, words))])
        if case .reviewing = form.stage { Issue.record("the review opened") }
    }

    @Test func `a customer on credit hold cannot order`() {
        var form = Self.form(customer: "2")
        let reactions = type("<F10>", into: &form)
        #expect(
            reactions == [
                .say(
                    Notice(
                        .warning,
                        "Brightwater is on credit hold: it may not order more until its balance is paid."))
            ])
    }

    @Test func `the review asks for a fresh price and drops keys typed ahead`() throws {
        var form = Self.form()
        let order = try form.order(Self.known).get()
        #expect(type("<F10>", into: &form) == [.effect(.estimate(order)), .effect(.dropTypeAhead)])
    }

    @Test func `Enter with nothing typed goes back`() throws {
        var (form, _) = try reviewed()
        #expect(type("<Enter>", into: &form) == [])
        guard case .filling = form.stage else { return #expect(Bool(false), "still at the review") }
    }

    @Test func `another number does not place the order`() throws {
        var (form, _) = try reviewed()
        let reactions = type("3<Enter>", into: &form)
        #expect(
            reactions == [.say(Notice(.warning, "That is not 2. Type 2 to place the order, or Esc to go back."))])
    }

    @Test func `a pasted number does not place the order`() throws {
        var (form, _) = try reviewed()
        let reactions = form.update(.key(.paste("2")), Self.known) + type("<Enter>", into: &form)
        #expect(!reactions.contains { if case .effect(.place) = $0 { true } else { false } })
    }

    @Test func `the number of units and Enter place the order once`() throws {
        var (form, order) = try reviewed()
        #expect(type("2<Enter>", into: &form) == [.effect(.place(order))])
        let more = type("2<Enter><Enter><Esc>", into: &form)
        #expect(!more.contains { if case .effect = $0 { true } else { false } })
    }

    @Test func `without a fresh price nothing is placed`() throws {
        var form = Self.form()
        let reactions = type("<F10>2<Enter>", into: &form)
        #expect(reactions.last == .say(Notice(.warning, "The price is being asked for once more; wait for it.")))
    }

    @Test func `an estimate of another order is not shown as this one's`() throws {
        var (form, order) = try reviewed()
        var other = order
        other.lines[0].quantity = 200
        _ = form.update(.estimated(other, .success(Estimate(total: Money(1, "EUR")))), Self.known)
        guard case .reviewing(let review) = form.stage, case .success(let estimate) = review.estimate?.result else {
            return #expect(Bool(false), "no estimate")
        }
        #expect(estimate.total == Money(20, "EUR"))
    }

    @Test func `a price that moved since the form is told`() throws {
        var form = Self.form()
        let order = try form.order(Self.known).get()
        _ = form.questions(Self.known)
        _ = form.update(.estimated(order, .success(Estimate(total: Money(20, "EUR")))), Self.known)
        _ = type("<F10>", into: &form)
        _ = form.update(.estimated(order, .success(Estimate(total: Money(21, "EUR")))), Self.known)
        guard case .reviewing(let review) = form.stage else { return #expect(Bool(false), "no review") }
        #expect(review.movedTotal == Money(21, "EUR"))
    }

    @Test func `a refusal comes back to the form with its reason`() throws {
        var (form, order) = try reviewed()
        _ = type("2<Enter>", into: &form)
        let refusal = MarketplaceError.rejected(message: "No more seats.", status: 500, correlationID: "a8n-1")
        _ = form.update(.placed(order, .failure(refusal)), Self.known)
        #expect(form.refusal == refusal)
        guard case .filling = form.stage else { return #expect(Bool(false), "not back at the form") }
    }

    @Test func `an unknown outcome is not a failure and cannot be sent again from here`() throws {
        var (form, order) = try reviewed()
        _ = type("2<Enter>", into: &form)
        _ = form.update(.placed(order, .failure(.outcomeUnknown(reason: "x", correlationID: nil))), Self.known)
        guard case .unknown = form.stage else { return #expect(Bool(false), "not unknown") }
        #expect(type("2<F10>", into: &form).allSatisfy { if case .say = $0 { true } else { false } })
        #expect(type("<Enter>", into: &form) == [.open(.orders(of: "1"))])
    }

    @Test func `parameters that the marketplace asks for become fields`() throws {
        var form = Self.form()
        let order = try form.order(Self.known).get()
        let verdict = ParameterVerdict(name: "domain", isAccepted: false, message: "is required")
        _ = form.update(.validated(order, .success([verdict])), Self.known)
        #expect(form.fields.contains(.parameter(0)))
        #expect(type("<F10>", into: &form) == [.say(Notice(.warning, "This product needs the parameter domain."))])
        _ = type("a.example", into: &form)
        #expect(
            try form.order(Self.known).get().lines[0].parameters == [Parameter(name: "domain", value: "a.example")])
    }

    @Test(arguments: [true, false]) func `a review on production says so`(isProduction: Bool) async {
        let stage = await Stage(isProduction: isProduction)
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F10>")
        #expect(stage.screen.contains("PRODUCTION") == isProduction)
        #expect(stage.screen.contains("a REAL order") == isProduction)
    }

    @Test func `a read-only profile opens no form`() async {
        let stage = await Stage(isReadOnly: true)
        await stage.press("5o")
        #expect(stage.dashboard.form == nil)
        #expect(stage.screen.contains("This profile is read-only"))
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `no single key of any view writes`() async {
        let stage = await Stage(columns: 120, rows: 40)
        let keys =
            (0x20...0x7E).map { Key.character(Character(Unicode.Scalar($0))) }
            + "abdefghijklmnopqrstuvwxy".map { Key.control($0) }
            + (1...12).map { Key.function($0) } + [.enter, .tab, .backTab, .delete, .backspace, .insert]
        for view in View.allCases {
            for key in keys {
                await stage.press("<Esc><Esc><Esc><Esc>\(view.rawValue)j")
                await stage.send(.key(key))
            }
        }
        #expect(stage.transport.writes.isEmpty)
    }
}
