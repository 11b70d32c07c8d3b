import Marketplace
import Testing

@Suite struct `The words of a service plan` {
    @Test(arguments: [
        ("chargeBeforeBillingPeriod", "prepaid, before each billing period"),
        ("chargeAfterBillingPeriod", "postpaid, after each billing period"),
        ("chargeBeforeSubscriptionPeriod", "prepaid for the whole term"),
        ("chargeExternalRating", "rated outside the marketplace"), ("chargeByTheMoon", "chargeByTheMoon"),
    ]) func `say how it is charged, and an unknown model as it is written`(model: String, words: String) {
        #expect(Plan(id: "1", name: "A", billingModel: model).billingModelWords == words)
    }

    @Test func `say of a period what is special about it`() {
        #expect(Plan.Term(Period(1, .year)).words == "1 year")
        #expect(Plan.Term(Period(1, .month), isTrial: true).words == "1 month, trial")
        #expect(Plan.Term(Period(3, .year), isTrial: true, isActive: false).words == "3 years, trial, not active")
    }

    @Test func `claim nothing that the marketplace does not report`() {
        #expect(Plan(id: "1", name: "A").billingModelWords == nil)
        #expect(Plan(id: "1", name: "A").publishedWord == "not reported whether published")
        #expect(Plan(id: "1", name: "A", isPublished: false).publishedWord == "not published")
        #expect(Plan(id: "1", name: "A", isPublished: true).publishedWord == "published")
    }
}
