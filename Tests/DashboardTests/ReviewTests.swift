import FoundationEssentials
import Marketplace
import Screen
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `The review` {
    private static let product = Product(
        id: "CAT-1", mpn: "AUR-1", vendor: "aurora", name: "Aurora",
        prices: [Charge(kind: .recurring, amount: Money(10, "EUR"))], billingPeriod: Period(1, .month),
        subscriptionPeriod: Period(1, .year))

    private static var model: Model {
        var model = Model(
            profile: ProfileSummary(
                name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: true))
        model.now = Stage.start
        model.insert(Account(id: "1", kind: .customer, name: "Jørgensen", status: .active))
        return model
    }

    private static let area = PaneArea(main: Rect(x: 0, y: 0, width: 80, height: 18))

    private func press(_ keys: String, on flow: inout WriteFlow) -> [Reaction] {
        Stage.keys(keys).flatMap { key in
            let reactions = flow.update(.key(key), Self.model)
            flow.layout(Self.area, Self.model)
            return reactions
        }
    }

    private func answer(_ event: Event, to flow: inout WriteFlow) -> [Reaction] {
        let reactions = flow.update(event, Self.model)
        flow.layout(Self.area, Self.model)
        return reactions
    }

    private static func run(
        _ intent: WriteIntent, total: Decimal = 20, checks: [DryRun.Check] = []
    ) -> DryRun {
        DryRun(intent: intent, at: Stage.start, estimate: Estimate(total: Money(total, "EUR")), checks: checks)
    }

    /// A flow at its review, before the marketplace answered.
    private func asked() throws -> (WriteFlow, WriteIntent) {
        var flow = WriteFlow(OrderForm(product: Self.product, customer: "1", Self.model), Self.model)
        let intent = try flow.form.intent(Self.model).get()
        _ = press("<BS>2<F10>", on: &flow)
        guard case .reviewing(let review) = flow.stage else { return (flow, intent) }
        return (flow, review.intent)
    }

    private func reviewed(
        total: Decimal = 20, checks: [DryRun.Check] = []
    ) throws -> (WriteFlow, WriteIntent, DryRun) {
        var (flow, intent) = try asked()
        let run = Self.run(intent, total: total, checks: checks)
        _ = answer(.dryRan(intent, .success(run)), to: &flow)
        return (flow, intent, run)
    }

    private func review(_ flow: WriteFlow) throws -> Review {
        guard case .reviewing(let review) = flow.stage else { throw FormProblem(field: "", text: "no review") }
        return review
    }

    private func sends(_ reactions: [Reaction]) -> Bool {
        reactions.contains { if case .effect(.client(.send)) = $0 { true } else { false } }
    }

    @Test func `it asks everything anew and drops keys typed ahead, once more when the answers came`() throws {
        var flow = WriteFlow(OrderForm(product: Self.product, customer: "1", Self.model), Self.model)
        let intent = try flow.form.intent(Self.model).get()
        #expect(press("<F10>", on: &flow) == [.effect(.dryRun(intent)), .effect(.dropTypeAhead)])
        #expect(answer(.dryRan(intent, .success(Self.run(intent))), to: &flow) == [.effect(.dropTypeAhead)])
    }

    @Test func `before the answers are there nothing typed counts`() throws {
        var (flow, intent) = try asked()
        #expect(!sends(press("2<Enter>", on: &flow)))
        _ = answer(.dryRan(intent, .success(Self.run(intent))), to: &flow)
        #expect(try review(flow).confirmation.isEmpty)
    }

    @Test func `Enter with nothing typed goes back`() throws {
        var (flow, _, _) = try reviewed()
        #expect(press("<Enter>", on: &flow) == [])
        #expect(!flow.isReviewed)
    }

    @Test func `another number does not send it`() throws {
        var (flow, _, _) = try reviewed()
        #expect(
            press("3<Enter>", on: &flow) == [
                .say(Notice(.warning, "That is not 2. Type 2 to go on, or Esc to go back."))
            ])
    }

    @Test func `a pasted phrase does not send it`() throws {
        var (flow, _, _) = try reviewed()
        #expect(!sends(answer(.key(.paste("2")), to: &flow) + press("<Enter>", on: &flow)))
    }

    @Test func `the phrase and Enter send it once`() throws {
        var (flow, intent, run) = try reviewed()
        #expect(press("2<Enter>", on: &flow) == [.effect(.send(intent, agreed: run))])
        #expect(press("2<Enter><Enter><F5>", on: &flow).allSatisfy { !self.sends([$0]) })
        #expect(press("<Esc>", on: &flow) == [.open(.back)])
    }

    @Test func `a warning asks for one more word`() throws {
        var (flow, _, _) = try reviewed(checks: [DryRun.Check(.warning, "An equal order was placed today")])
        #expect(!sends(press("2<Enter>", on: &flow)))
        #expect(sends(press(" anyway<PgDn><Enter>", on: &flow)))
    }

    @Test func `what is refused cannot be sent and says why`() throws {
        var (flow, _, _) = try reviewed(checks: [DryRun.Check(.refused, "No more units are sold")])
        var canvas = Canvas(size: Size(columns: 80, rows: 18))
        flow.draw(on: &canvas, in: Self.area, Self.model)
        #expect(canvas.text.contains("No more units are sold"))
        #expect(!sends(press("2<Enter>", on: &flow)))
    }

    @Test func `what could not be asked cannot be sent`() throws {
        var (flow, intent) = try asked()
        _ = answer(.dryRan(intent, .failure(.timedOut(seconds: 60))), to: &flow)
        #expect(!sends(press("2<Enter>", on: &flow)))
    }

    @Test func `answers about another order are not shown as this one's`() throws {
        var (flow, intent, _) = try reviewed()
        _ = press("<F5>", on: &flow)
        guard case .place(.sales(var order)) = intent else { return }
        order.lines[0].quantity = 200
        _ = answer(.dryRan(.place(.sales(order)), .success(Self.run(.place(.sales(order)), total: 1))), to: &flow)
        #expect(try review(flow).run == nil)
    }

    @Test func `a price that moved since the form is at the top`() throws {
        var flow = WriteFlow(OrderForm(product: Self.product, customer: "1", Self.model), Self.model)
        let intent = try flow.form.intent(Self.model).get()
        guard case .place(let order) = intent else { return }
        _ = flow.questions(Self.model)
        _ = answer(.estimated(order, .success(Estimate(total: Money(20, "EUR")))), to: &flow)
        _ = press("<F10>", on: &flow)
        _ = answer(.dryRan(intent, .success(Self.run(intent, total: 21))), to: &flow)
        #expect(try review(flow).differences == ["The price was 20.00 EUR on the form; it is 21.00 EUR now."])
    }

    @Test func `what moved on meanwhile starts the review again with the differences at its top`() throws {
        var (flow, intent, _) = try reviewed()
        _ = press("2<Enter>", on: &flow)
        let moved = Self.run(intent, total: 30)
        let reactions = answer(.sent(intent, .movedOn(moved, differences: ["It costs 30.00 EUR now."])), to: &flow)
        #expect(reactions.first == .effect(.dropTypeAhead))
        let review = try review(flow)
        #expect(review.differences == ["It costs 30.00 EUR now."])
        #expect(review.confirmation.isEmpty)
        #expect(press("2<Enter>", on: &flow) == [.effect(.send(intent, agreed: moved))])
    }

    @Test func `a refusal comes back to the form with its reason`() throws {
        var (flow, intent, _) = try reviewed()
        _ = press("2<Enter>", on: &flow)
        let refusal = MarketplaceError.rejected(message: "No more seats.", status: 500, correlationID: "a8n-1")
        _ = answer(.sent(intent, .failed(refusal)), to: &flow)
        #expect(flow.refusal == refusal)
        #expect(!flow.isReviewed)
        #expect(try flow.form.intent(Self.model).get() == intent)
    }

    @Test func `an unknown outcome is not a failure and cannot be sent again from here`() throws {
        var (flow, intent, _) = try reviewed()
        _ = press("2<Enter>", on: &flow)
        _ = answer(.sent(intent, .failed(.outcomeUnknown(reason: "x", correlationID: "a8n-2"))), to: &flow)
        guard case .unknown = flow.stage else { return #expect(Bool(false), "not unknown") }
        #expect(press("<F10><F5>", on: &flow).allSatisfy { if case .say = $0 { true } else { false } })
        #expect(press("<Enter>", on: &flow) == [.open(.whereToLook(intent))])
    }

    @Test func `a review longer than the window is read to its end first`() throws {
        let notes = (1...20).map { DryRun.Check(.note, "Note \($0)") }
        var (flow, _, _) = try reviewed(checks: notes)
        #expect(
            press("2<Enter>", on: &flow) == [
                .say(Notice(.warning, "18 more rows: PgDn first."))
            ])
        #expect(sends(press("<PgDn><PgDn><PgDn><Enter>", on: &flow)))
    }
}
