import Marketplace
import Screen

/// The account that a form is about, as it was read last.
struct AccountSubject: Sendable {
    let key: AccountKey

    init(_ account: Account) { key = AccountKey(kind: account.kind, id: account.id) }

    /// - Returns: nil when `fields` name no account.
    init?(_ fields: [String: String]) {
        guard let id = fields["account"], !id.isEmpty, let kind = fields["account.kind"] else { return nil }
        key = AccountKey(kind: kind == "reseller" ? .reseller : .customer, id: Account.ID(id))
    }

    /// As `init` reads it.
    var kept: [String: String] { ["account": key.id.rawValue, "account.kind": word] }

    var word: String { key.kind == .reseller ? "reseller" : "customer" }

    var requests: [DataQuery] { [.account(key)] }

    /// The account of an answer that is about this one.
    func account(in event: Event) -> Account? {
        guard case .account(key, let latest) = event else { return nil }
        return latest.value
    }

    /// The facts at the top of each form about an account.
    func rows(_ model: Model) -> [FormField] {
        let entry = model.accounts[key.id]
        return [
            .fact(
                "account", word, "\(model.name(of: key.id))  \(key.id)", note: model.standing(of: key.id),
                noteStyle: entry?.status.style ?? .faint)
        ]
    }

    /// Words of a list of drafts.
    func subject(_ model: Model) -> String { model.idFirst(key.id) }

    func isBeingRead(field: String) -> FormProblem {
        FormProblem(field: field, text: "The \(word) is being read; wait a moment.")
    }
}
