import FoundationEssentials
import Marketplace
import TestSupport
import Testing

@testable import Dashboard

@Suite(.onComputingThreads) struct `Rules and totals of bulk changes` {
    private static let model = Model(
        profile: ProfileSummary(name: "test", place: "test", user: "x.api", isReadOnly: false, isProduction: false))

    private static func detail(
        _ id: String, units: Int? = 5, price: Decimal = 10, currency: String = "EUR",
        rhythm: Period = Period(1, .month),
        customer: String = "7"
    ) -> SubscriptionDetail {
        let money = Money(price, currency)
        return SubscriptionDetail(
            subscription: Subscription(
                id: .init(id), name: "P", customer: .init(customer), status: .active, autoRenews: true,
                billingPeriod: rhythm),
            products: [
                SubscriptionProduct(
                    mpn: "M", vendor: "v", name: "P", quantity: units, unitPrice: money,
                    extendedPrice: units.map { money.times(Decimal($0)) })
            ], totalPrice: units.map { money.times(Decimal($0)) })
    }

    private static func row(_ detail: SubscriptionDetail, _ rule: BulkRule, price: Money? = nil) -> BulkRow {
        var row = BulkRow(id: detail.subscription.id, place: 1, subscription: detail.subscription)
        row.figures = rule.figures(of: detail)
        row.figures?.price = price
        return row
    }

    private static func units(_ typed: String) throws -> BulkRule {
        .units(try #require(UnitsRule(typed)), waitsForRenewal: false, numbers: "N")
    }

    @Test(arguments: [("28", 25, 28), ("+3", 25, 28), ("-2", 25, 23), (" +0 ", 25, 25)])
    func `a number is the total, with a sign it is a difference`(typed: String, held: Int, total: Int) {
        #expect(UnitsRule(typed)?.total(from: held) == total)
    }

    @Test(arguments: ["", "three", "2.5", "+", "9999999", "1,000"]) func `other texts are no number of units`(
        typed: String
    ) { #expect(UnitsRule(typed) == nil) }

    @Test func `each row has a PO number of its own, the same however often it is asked`() throws {
        let rule = try Self.units("+1")
        func number(_ place: Int) throws -> String? {
            try rule.intent(on: Self.detail("1"), place: place, Self.model).get().poNumber
        }
        #expect(try number(1) == "N-1")
        #expect(try number(2) == "N-2")
        #expect(try number(1) == "N-1")
        #expect(Set(try (1...1000).map { try number($0) }).count == 1000)
    }

    @Test func `a row for which the rule means nothing says why`() throws {
        func reason(_ rule: BulkRule, _ detail: SubscriptionDetail) -> String? {
            if case .failure(let refusal) = rule.intent(on: detail, place: 1, Self.model) { refusal.text } else { nil }
        }
        #expect(reason(try Self.units("5"), Self.detail("1")) == "It holds 5 units already.")
        #expect(
            reason(try Self.units("-5"), Self.detail("1"))
                == "At least 1 unit stays: only a cancellation order ends a subscription. x on it asks for one.")
        #expect(
            reason(try Self.units("+1"), Self.detail("1", units: nil))
                == "The present number of units is not reported.")
        #expect(reason(.autoRenew(true), Self.detail("1")) == "Auto-renew is on already.")
        var two = Self.detail("1")
        two.products += two.products
        #expect(reason(try Self.units("+1"), two) == "It holds 2 products: change their units one by one.")
        two.products = []
        #expect(
            reason(try Self.units("+1"), two) == "No products of it are reported, so no units can be changed.")
    }

    @Test func `amounts of two currencies, and of two rhythms, stand beside each other`() throws {
        let rule = try Self.units("+1")
        let totals = BulkTotals([
            Self.row(Self.detail("1"), rule, price: Money(10, "EUR")),
            Self.row(Self.detail("2", customer: "8"), rule, price: Money(5, "EUR")),
            Self.row(Self.detail("3", currency: "USD"), rule, price: Money(7, "USD")),
            Self.row(Self.detail("4", rhythm: Period(1, .year)), rule),
        ])
        #expect(totals.count == 4)
        #expect(totals.customers == 2)
        #expect((totals.before, totals.after) == (20, 24))
        #expect(totals.prices == [Money(15, "EUR"), Money(7, "USD")])
        #expect(totals.unpriced == 1)
        #expect(totals.charges.map(\.before) == [Money(100, "EUR"), Money(50, "EUR"), Money(50, "USD")])
        #expect(totals.charges.map(\.after) == [Money(120, "EUR"), Money(60, "EUR"), Money(60, "USD")])
    }

    @Test func `a charge that does not follow from the unit price is not guessed`() throws {
        var detail = Self.detail("1")
        detail.totalPrice = Money(49, "EUR")
        let totals = BulkTotals([Self.row(detail, try Self.units("+1"))])
        #expect(totals.charges.isEmpty)
        #expect(totals.uncharged == 1)
    }

    @Test func `the phrase grows with the harm`() throws {
        func phrase(_ rule: BulkRule, _ details: [SubscriptionDetail]) -> String {
            BulkTotals(details.map { Self.row($0, rule) }).phrase(of: rule)
        }
        let two = [Self.detail("1"), Self.detail("2", units: 12)]
        #expect(phrase(try Self.units("+3"), two) == "add 6")
        #expect(phrase(try Self.units("-2"), two) == "remove 4")
        #expect(phrase(try Self.units("8"), two) == "add 3 remove 4")
        #expect(phrase(.autoRenew(false), two) == "off 2")
        #expect(phrase(.cancellation(numbers: "N"), two) == "cancel 2 subscriptions")
    }

    @Test func `what the journal says of a row outweighs what was thought of it`() {
        func entry(_ outcome: JournalEntry.Outcome, at: Int64) -> JournalEntry {
            JournalEntry(
                id: .init("\(at)"), at: Instant(millisecondsSince1970: at), profile: "p", name: "change order",
                subscription: "1", method: "POST", path: "/orders", request: "{}", outcome: outcome, group: "G")
        }
        func state(_ entries: [JournalEntry]) -> BulkRow {
            var row = BulkRow(id: "1", place: 1)
            row.settle(entries)
            return row
        }
        #expect(state([]).isSent == false)
        #expect(state([entry(.taken(made: "9"), at: 1)]).isTaken)
        #expect(state([entry(.unknown(reason: "no answer"), at: 1)]).isUnknown)
        #expect(state([entry(.sending, at: 1)]).isUnknown)
        // Refused, then sent again and taken; or sent again and unknown: newest first.
        #expect(state([entry(.taken(made: nil), at: 2), entry(.refused(reason: "no"), at: 1)]).isTaken)
        #expect(state([entry(.refused(reason: "no"), at: 2), entry(.unknown(reason: "?"), at: 1)]).isUnknown)
        var refused = state([entry(.refused(reason: "no more units"), at: 1)])
        refused.reset()
        #expect(refused.isLeftOut)
        #expect(refused.caution?.words == "It was refused before: no more units")
    }
}
