/// Accounts (REFERENCE 7).
extension WriteChecks {
    mutating func check(_ draft: AccountDraft) {
        let word = draft.isReseller ? "reseller" : "customer"
        for (value, name) in [
            (draft.name, "name"), (draft.language, "language"), (draft.address.street, "street"),
            (draft.address.postalCode, "postal code"), (draft.address.city, "city"),
            (draft.address.country, "country"),
        ] where value.isEmpty {
            refuse("The \(word) has no \(name)")
        }
        if draft.contacts.isEmpty { refuse("The \(word) has no contact person") }
        for contact in draft.contacts { check(contact) }
        for account in facts.namesakes {
            warn("A \(word) of this name exists: \(account.id), \(account.status.word)", .namesake)
        }
        if facts.namesakes.isEmpty { pass("no other \(word) of this name") }
    }

    mutating func check(_ changes: AccountChanges, of now: Account, read: Account) {
        let word = now.kind == .reseller ? "reseller" : "customer"
        if changes.isEmpty || changes.alters(now) == false {
            refuse("Nothing would be changed", .unchanged)
        }
        if changes.name?.isEmpty == true { refuse("The \(word) needs a name") }
        if let contacts = changes.contacts {
            // The whole list is sent: what somebody else changed since would be undone.
            if now.contacts != read.contacts {
                refuse("The contact persons of \(word) \(now.id) were changed meanwhile; open the form again")
            }
            if contacts.isEmpty { refuse("The \(word) needs a contact person") }
            if !contacts.contains(where: { $0.person.role == .administrator }) {
                warn("No administrator would be left", .noAdministrator)
            }
            for contact in contacts { check(contact) }
        }
        object(
            Rules.objections(to: changes.status != nil ? .status : changes.contacts != nil ? .contacts : .edit, on: now)
        )
    }

    private mutating func check(_ contact: NewContact) {
        let name = contact.person.name.isEmpty ? "A contact person" : contact.person.name
        if contact.person.firstName.isEmpty || contact.person.lastName.isEmpty {
            refuse("\(name) needs a first and a last name")
        }
        for reason in [
            AccountRules.refusal(ofEmail: contact.person.email), AccountRules.refusal(ofPhone: contact.person.phone),
            contact.login.flatMap(AccountRules.refusal(ofLogin:)),
        ] {
            if let reason { refuse("\(name): \(reason)") }
        }
        if contact.login != nil || contact.password != nil, contact.person.role != .administrator {
            refuse("\(name) is no administrator, and only administrators get a login")
        }
    }
}

extension AccountChanges {
    /// Whether the account would differ afterwards, as far as it can be read.
    fileprivate func alters(_ account: Account) -> Bool {
        name.map { $0 != account.name } ?? false || externalID.map { $0 != account.externalID ?? "" } ?? false
            || taxRegistration.map { $0 != account.taxRegistration ?? "" } ?? false
            || status.map { $0.asked != account.status } ?? false || address.map { $0 != account.address } ?? false
            || contacts.map { list in
                list.map(\.person) != account.contacts || list.contains { $0.login != nil || $0.password != nil }
            } ?? false
    }
}
