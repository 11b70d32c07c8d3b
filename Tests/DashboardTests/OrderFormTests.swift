import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The order form` {
    private static let product = Product(
        id: "CAT-1", mpn: "AUR-1", vendor: "aurora", name: "Aurora", minimumQuantity: 2, maximumQuantity: 300,
        prices: [Charge(kind: .recurring, amount: Money(10, "EUR"))], billingPeriod: Period(1, .month),
        subscriptionPeriod: Period(1, .year))

    private static var model: Model {
        var model = Model(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true))
        model.now = Stage.start
        model.insert(Account(id: "1", kind: .customer, name: "Jørgensen", status: .active))
        model.insert(Account(id: "2", kind: .customer, name: "Brightwater", status: .creditHold))
        return model
    }

    private static func flow(customer: Account.ID? = "1") -> WriteFlow {
        WriteFlow(OrderForm(product: product, customer: customer, model), model)
    }

    private func intent(_ flow: WriteFlow) throws -> WriteIntent { try flow.form.intent(Self.model).get() }

    private func order(_ flow: WriteFlow) throws -> SalesOrder {
        guard case .place(.sales(let order)) = try intent(flow) else { throw FormProblem(field: "", text: "no order") }
        return order
    }

    private func type(_ keys: String, into flow: inout WriteFlow) -> [Reaction] {
        Stage.keys(keys).flatMap { flow.update(.key($0), Self.model) }
    }

    @Test func `it begins with the least that can be ordered`() throws {
        #expect(try order(Self.flow()).lines[0].quantity == 2)
    }

    @Test(arguments: [
        ("<BS>", "The units must be a whole number."),
        ("<BS>1", "This product is sold from 2 units."), ("<BS>301", "This product is sold up to 300 units."),
        ("<BS>-3", "Order at least 1 unit."), ("<BS>3.5", "The units must be a whole number."),
        ("<Tab><Tab><Tab><^U>", "Give a PO number: by it the order is found if the answer gets lost."),
        ("<Tab>x", "Write other parameters as name=value, separated by spaces."),
    ])
    func `what is wrong is said at the review's door`(keys: String, words: String) {
        var flow = Self.flow()
        #expect(type(keys + "<F10>", into: &flow) == [.say(Notice(.warning, words))])
        #expect(!flow.isReviewed)
    }

    @Test func `a customer on credit hold cannot order`() {
        var flow = Self.flow(customer: "2")
        let words = "Brightwater is on credit hold: it may not order more until its balance is paid."
        #expect(type("<F10>", into: &flow) == [.say(Notice(.warning, words))])
    }

    @Test func `parameters that the marketplace asks for become rows`() throws {
        var flow = Self.flow()
        let order = try order(flow)
        let verdict = ParameterVerdict(name: "domain", isAccepted: false, message: "is required")
        _ = flow.update(.validated(order, .success([verdict])), Self.model)
        #expect(type("<F10>", into: &flow) == [.say(Notice(.warning, "This product needs the parameter domain."))])
        _ = type("a.example", into: &flow)
        #expect(try self.order(flow).lines[0].parameters == [Parameter(name: "domain", value: "a.example")])
    }

    @Test func `what was typed stays in its row when rows come and go`() throws {
        var flow = Self.flow()
        let order = try order(flow)
        _ = type("<Tab><Tab><Tab><^U>PO-7", into: &flow)
        _ = flow.update(.validated(order, .success([ParameterVerdict(name: "x", isAccepted: true)])), Self.model)
        _ = type("8", into: &flow)
        #expect(try self.order(flow).poNumber == "PO-78")
    }

    @Test(arguments: [true, false]) func `a review on production says so`(isProduction: Bool) async {
        let stage = await Stage(isProduction: isProduction)
        await stage.press("j<Right>j5/AUR-365-BP<Enter>jo<F10>")
        #expect(stage.screen.contains("You are about to place a REAL order on prod as demo.api.") == isProduction)
        #expect(stage.screen.contains("Nothing is real here.") != isProduction)
    }

    @Test func `a read-only profile opens no form`() async {
        let stage = await Stage(isReadOnly: true)
        await stage.press("5o")
        #expect(stage.dashboard.flow == nil)
        #expect(stage.screen.contains("This profile is read-only"))
        #expect(stage.transport.writes.isEmpty)
    }

    @Test func `no single key of any view writes`() async {
        let stage = await Stage(columns: 120, rows: 40)
        let keys =
            (0x20...0x7E).map { Key.character(Character(Unicode.Scalar($0))) }
            + "abdefghijklmnopqrstuvwxy".map { Key.control($0) }
            + (1...12).map { Key.function($0) } + [.enter, .tab, .backTab, .delete, .backspace, .insert]
        for view in View.all {
            for key in keys {
                await stage.press("<Esc><Esc><Esc><Esc>\(view.number)j")
                await stage.send(.key(key))
            }
        }
        #expect(stage.transport.writes.isEmpty)
    }
}
