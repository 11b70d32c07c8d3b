import Marketplace
import Screen

/// Puts an account on credit hold, or sets it active again: the only states that may be asked for (REFERENCE 7).
struct HoldForm: WriteForm {
    static let kind = FormKind.hold
    var fields = FormFields()
    private let target: AccountSubject
    private var base: Account?
    private var subscriptions = Snapshot<Listing<Subscription>>()

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = AccountSubject(fields) else { return nil }
        self.target = target
        base = model.inFull[target.key.id]
        self.fields.lay(out: rows(model))
    }

    var title: String { wanted == .active ? "end credit hold" : "credit hold" }
    func account(_ model: Model) -> Account.ID? { target.key.id }
    var kept: [String: String] { target.kept }
    func subject(_ model: Model) -> String { target.subject(model) }

    private var wanted: AccountChanges.Status { base?.status == .active ? .creditHold : .active }

    func rows(_ model: Model) -> [FormField] {
        guard let base else { return target.rows(model) + [.fact("reading", "", "being read…")] }
        let word = wanted == .active ? AccountStatus.active.word : AccountStatus.creditHold.word
        return target.rows(model) + [
            .fact("now", "now", base.status.word, note: base.status.meaning),
            .fact("then", "then", word),
        ]
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        guard let base else { return .failure(target.isBeingRead(field: "")) }
        if let reason = model.refusal(of: .status, on: base) { return .failure(FormProblem(field: "", text: reason)) }
        return .success(.edit(base, AccountChanges(status: wanted)))
    }

    func queries(_ model: Model) -> [DataQuery] {
        let held: [DataQuery] =
            target.key.kind == .customer ? [.subscriptions(SubscriptionQuery(customer: target.key.id))] : []
        return target.requests + held
    }

    mutating func receive(_ event: Event, _ model: Model) {
        if let account = target.account(in: event) { base = account }
        if case .subscriptions(SubscriptionQuery(customer: target.key.id), let latest) = event {
            subscriptions = latest
        }
    }

    func append(to page: inout Page, _ model: Model) {
        page.heading("WHAT IT MEANS")
        guard wanted == .creditHold else {
            page.paragraph("It may order again, as far as its credit goes.")
            return
        }
        page.paragraph(
            target.key.kind == .customer
                ? "It may not order more until it is active again: no new orders and no more units."
                : "The reseller may not order more until it is active again, for none of its customers.")
        page.paragraph("What it holds keeps running.")
        guard target.key.kind == .customer else { return }
        guard let listing = subscriptions.value else {
            page.paragraph("Its subscriptions are being read…", style: .faint)
            return
        }
        let active = listing.rows.filter { $0.status == .active }
        let soon = active.filter { row in
            row.autoRenews == true && (0...30).contains((row.renews ?? row.expires)?.days(since: model.today) ?? -1)
        }
        let more = listing.isComplete ? "" : " among those read so far"
        page.paragraph("It has \(counted(active.count, "active subscription"))\(more).")
        guard !soon.isEmpty else { return }
        page.paragraph(
            "\(grouped(soon.count)) of them \(soon.count == 1 ? "renews" : "renew") by "
                + "\(soon.count == 1 ? "itself" : "themselves") within 30 days. This API does not say whether a "
                + "renewal goes on while the account is held.", style: .warning)
    }
}
