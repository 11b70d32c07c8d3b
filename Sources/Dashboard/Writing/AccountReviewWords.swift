import Marketplace

extension ReviewWords {
    mutating func describe(_ draft: AccountDraft) {
        switch draft.kind {
        case .customer: title = "new customer"
        case .customerOf(let reseller):
            title = "new customer"
            facts.append(("sold by", "reseller \(reseller)"))
        case .reseller(let currency):
            title = "new reseller"
            facts.append(("currency", currency))
        }
        act = "create an account"
        things = [Thing(name: draft.name, exact: draft.address.lines.joined(separator: ", "))]
        facts += draft.contacts.map { ($0.person.role.word, Self.words(of: $0)) }
        facts.append(("language", draft.language))
        if let id = draft.externalID { facts.append(("your id", id)) }
        if let tax = draft.taxRegistration { facts.append(("tax number", tax)) }
        isCommitment = false
        commits = "nothing is bought; it can order once it is active"
        undo = "none by this API: an account cannot be deleted"
        button = "Create it"
    }

    mutating func describe(_ wanted: AccountChanges, of account: Account) {
        let word = account.kind == .reseller ? "reseller" : "customer"
        title = "change of a \(word)"
        act = "change an account"
        func add(_ label: String, _ before: String?, _ after: String?) {
            guard let after, after != before else { return }
            changes.append(Change(label: label, before: before ?? "none", after: after))
        }
        add("name", account.name, wanted.name)
        add("your id", account.externalID, wanted.externalID)
        add("tax number", account.taxRegistration, wanted.taxRegistration)
        let status: AccountStatus? =
            switch wanted.status {
            case .active: .active
            case .creditHold: .creditHold
            case nil: nil
            }
        add("status", account.status.word, status?.word)
        add(
            "address", account.address?.lines.joined(separator: ", "), wanted.address?.lines.joined(separator: ", "))
        if let contacts = wanted.contacts {
            let people = contacts.map(\.person)
            for person in account.contacts where !people.contains(person) {
                changes.append(Change(label: person.role.word, before: Self.words(of: person), after: "removed"))
            }
            for contact in contacts where !account.contacts.contains(contact.person) {
                changes.append(Change(label: contact.person.role.word, before: "none", after: Self.words(of: contact)))
            }
        }
        isCommitment = false
        commits =
            wanted.status == .creditHold
            ? "no new orders of this \(word) until it is active again" : "nothing is bought"
        undo = "change it back in the same way"
        button = "Save"
    }

    private static func words(of person: ContactPerson) -> String {
        [person.name, person.email, person.phone].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func words(of contact: NewContact) -> String {
        words(of: contact.person) + (contact.login.map { ", login \($0)" } ?? "")
    }
}
