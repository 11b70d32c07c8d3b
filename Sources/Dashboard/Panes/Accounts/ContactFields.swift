import Marketplace
import Screen

/// The rows that ask for a contact person, in whichever form they stand.
struct ContactFields {
    /// Before each row's id, so that a form can hold them beside its own.
    let prefix: String
    /// Whether a login comes with it: administrators that are to be created.
    var asksForLogin = false

    /// The text after the password while nothing is typed there.
    var passwordNote = "empty: one is made"

    func rows(_ fields: FormFields) -> [FormField] {
        var rows: [FormField] = [
            .text(prefix + "first", "first name"), .text(prefix + "last", "last name"),
            .text(prefix + "email", "e-mail", width: 34),
            .text(prefix + "phone", "phone", width: 26, note: "45#33#… or +4533…"),
        ]
        if asksForLogin {
            let password = fields[prefix + "password"]
            let note =
                password.isEmpty ? passwordNote : AccountRules.weakness(ofPassword: password) ?? "looks strong enough"
            rows += [
                .text(prefix + "login", "login", width: 26, note: "empty: one is made"),
                .secret(prefix + "password", "password", width: 26, note: note),
            ]
        }
        return rows
    }

    func put(_ person: ContactPerson, into fields: inout FormFields) {
        fields.put(person.firstName, into: prefix + "first")
        fields.put(person.lastName, into: prefix + "last")
        fields.put(person.email, into: prefix + "email")
        fields.put(person.phone, into: prefix + "phone")
    }

    /// The contact as the rows say it, or the first thing that is missing or wrong.
    func contact(_ role: ContactPerson.Role, in fields: FormFields) -> Result<NewContact, FormProblem> {
        func text(_ row: String) -> String { fields[prefix + row].trimmingSpaces() }
        func problem(_ row: String, _ words: String) -> Result<NewContact, FormProblem> {
            .failure(FormProblem(field: prefix + row, text: words))
        }
        for (row, label) in [("first", "first name"), ("last", "last name")] where text(row).isEmpty {
            return problem(row, "The \(role.word) needs a \(label).")
        }
        if let words = AccountRules.refusal(ofEmail: text("email")) { return problem("email", words) }
        if let words = AccountRules.refusal(ofPhone: text("phone")) { return problem("phone", words) }
        var contact = NewContact(
            ContactPerson(
                role: role, firstName: text("first"), lastName: text("last"), email: text("email"),
                phone: text("phone")))
        guard asksForLogin, role == .administrator else { return .success(contact) }
        if !text("login").isEmpty {
            if let words = AccountRules.refusal(ofLogin: text("login")) { return problem("login", words) }
            contact.login = text("login")
        }
        let password = fields[prefix + "password"]
        if !password.isEmpty { contact.password = Secret(password) }
        return .success(contact)
    }
}
