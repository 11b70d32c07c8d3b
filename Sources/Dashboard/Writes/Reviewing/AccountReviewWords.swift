import Marketplace
import Screen

extension ReviewWords {
    mutating func describe(_ draft: AccountDraft, _ model: Model) {
        switch draft.kind {
        case .customer: noun = "customer"
        case .customerOf(let reseller):
            noun = "customer"
            facts.append(("sold by", "\(model.name(of: reseller)) \(reseller)"))
        case .reseller(let currency):
            noun = "reseller"
            facts.append(("currency", currency))
        }
        (verb, thingLabel) = ("create", "name")
        things = [Thing(name: draft.name, exact: draft.address.lines.joined(separator: ", "))]
        for contact in draft.contacts {
            facts.append((contact.person.role.word, Self.words(of: contact.person)))
            if contact.person.role == .administrator { facts.append(("", Self.login(of: contact))) }
        }
        facts.append(("language", Language.name(of: draft.language)))
        if let id = draft.externalID { facts.append(("your id", id)) }
        if let tax = draft.taxRegistration { facts.append(("tax number", tax)) }
        button = "Create it"
    }

    mutating func describe(_ wanted: AccountChanges, of account: Account) {
        let word = account.kind == .reseller ? "reseller" : "customer"
        noun = word
        button = "Save"
        func add(_ label: String, _ before: String?, _ after: String?) {
            guard let after, after != before ?? "" else { return }
            changes.append(
                Change(label: label, before: before ?? "none", after: after.isEmpty ? "none" : after))
        }
        add("name", account.name, wanted.name)
        add("your id", account.externalID, wanted.externalID)
        add("tax number", account.taxRegistration, wanted.taxRegistration)
        add("address", account.address?.lines.joined(separator: ", "), wanted.address?.lines.joined(separator: ", "))
        if let contacts = wanted.contacts { describe(ContactsDifference(from: account.contacts, to: contacts)) }
        if let status = wanted.status { describe(status, of: account) }
    }

    private mutating func describe(_ status: AccountChanges.Status, of account: Account) {
        switch status {
        case .creditHold:
            (verb, rest) = ("put", "on credit hold")
            table.add("status", account.status.word, AccountStatus.creditHold.word)
            button = "Hold it"
        case .active:
            (verb, rest) = ("set", "active")
            table.add("status", account.status.word, AccountStatus.active.word)
            button = "Set active"
        }
    }

    /// Who stays, comes, goes and changes, one a line.
    private mutating func describe(_ difference: ContactsDifference) {
        verb = "change the contacts of"
        for line in difference.lines {
            switch line {
            case .kept(let person): marked.append(("", Self.roleAndWords(of: person) + "; kept", .faint))
            case .added(let contact):
                marked.append(("+", Self.roleAndWords(of: contact.person), .good))
                if contact.person.role == .administrator { marked.append(("", Self.login(of: contact), .good)) }
            case .removed(let person): marked.append(("-", Self.roleAndWords(of: person), .bad))
            case .changed(let before, let after):
                marked.append(("~", Self.roleAndWords(of: before), .warning))
                marked.append(("", "→ " + Self.differing(after.person, from: before), .warning))
            }
        }
    }

    /// What must be typed before an account is changed: more for what stops business or takes people away.
    static func phrase(of wanted: AccountChanges, _ account: Account) -> String {
        switch wanted.status {
        case .creditHold: return "hold \(account.id)"
        case .active: return "active"
        case nil: break
        }
        let gone = wanted.contacts.map { ContactsDifference(from: account.contacts, to: $0).removed.count } ?? 0
        return gone > 0 ? "remove \(gone)" : "save"
    }

    private static func words(of person: ContactPerson) -> String {
        [person.name, person.email, person.phoneNumber.description].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private static func roleAndWords(of person: ContactPerson) -> String {
        "\(person.role.word) \(words(of: person))"
    }

    /// Only what differs from before: the rest is in the line above.
    private static func differing(_ after: ContactPerson, from before: ContactPerson) -> String {
        var parts: [String] = []
        if after.role != before.role { parts.append(after.role.word) }
        if after.name != before.name { parts.append(after.name) }
        if after.email != before.email { parts.append(after.email) }
        if after.phone != before.phone { parts.append(after.phoneNumber.description) }
        return parts.isEmpty ? "a new login" : parts.joined(separator: ", ")
    }

    /// How an administrator will log in; never the password itself.
    private static func login(of contact: NewContact) -> String {
        let login = contact.login.map { "login \($0)" } ?? "a login made by the marketplace"
        return login + (contact.password == nil ? "" : ", with the password you typed")
    }
}
