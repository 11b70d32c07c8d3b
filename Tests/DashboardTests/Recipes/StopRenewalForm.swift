import Marketplace
import Screen

@testable import Dashboard

/// Lets a subscription end: the form of the contributors' page, which shows this file. It stands in for the kind whose
/// write it makes; a form of the program has a kind of its own.
struct StopRenewalForm: SubscriptionForm {
    static let kind = FormKind.autoRenew
    let title = "end of the automatic renewal"
    var fields: FormFields
    let target: SubscriptionSubject

    func rows(_ model: Model) -> [FormField] {
        target.rows(model) + [.choice("renews", "auto-renew", [.init(value: "off", label: "off: it ends")])]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.target(for: .autoRenew(false), field: "renews", model).map { detail in
            .change(detail.subscription, SubscriptionChanges(autoRenews: false))
        }
    }
}
