import Marketplace
import Screen

@testable import Dashboard

/// Lets a subscription end: the form of the contributors' page, which shows this file. It stands in for the kind whose
/// write it makes; a form of the program has a kind of its own.
struct StopRenewalForm: WriteForm {
    static let kind = FormKind.autoRenew
    let title = "end of the automatic renewal"
    var fields: FormFields
    private let target: SubscriptionSubject

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = SubscriptionSubject(fields) else { return nil }
        self.target = target
        self.fields = FormFields(restoring: fields)
        self.fields.lay(out: rows(model))
    }

    var kept: [String: String] { target.kept }
    func subject(_ model: Model) -> String { target.subject(model) }
    func queries(_ model: Model) -> [DataQuery] { target.queries(model) }

    func rows(_ model: Model) -> [FormField] {
        target.rows(model) + [.choice("renews", "auto-renew", [.init(value: "off", label: "off: it ends")])]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        target.target(for: .autoRenew(false), field: "renews", model).map { detail in
            .change(detail.subscription, SubscriptionChanges(autoRenews: false))
        }
    }
}
