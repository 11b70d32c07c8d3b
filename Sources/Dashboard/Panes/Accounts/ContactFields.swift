import Marketplace
import Screen

/// The rows that ask for a contact person, in whichever form they stand.
struct ContactFields {
    /// Before each row's id, so that a form can hold them beside its own.
    let prefix: String
    /// Whether a login comes with it: administrators that are to be created.
    var asksForLogin = false
    /// Whether first and last name are typed into one box; see ``PersonName``.
    var hasOneNameBox = false

    /// The contact that is changed, so that a phone number nobody touched stays as it is written there.
    var original: ContactPerson?

    /// The text after the password while nothing is typed there.
    var passwordNote = "empty: one is made"

    func rows(_ fields: FormFields) -> [FormField] { personRows(fields) + loginRows(fields) }

    func personRows(_ fields: FormFields) -> [FormField] {
        nameRows(fields) + [
            .text(prefix + "email", "e-mail", width: 34, note: fields.requirement(prefix + "email")),
            .text(
                prefix + "phone", "phone", width: 26,
                note: fields.requirement(prefix + "phone", else: "such as +45 33 550412")),
        ]
    }

    private func nameRows(_ fields: FormFields) -> [FormField] {
        guard hasOneNameBox else {
            return [
                .text(prefix + "first", "first name", note: fields.requirement(prefix + "first")),
                .text(prefix + "last", "last name", note: fields.requirement(prefix + "last")),
            ]
        }
        // How it will be written there stands beside it, as nobody can tell from the name alone.
        let note = name(in: fields).map { "first \($0.first), last \($0.last)" } ?? "first and last name"
        return [.text(prefix + "name", "full name", note: fields.requirement(prefix + "name", else: note))]
    }

    /// The names typed; nil when one is missing.
    private func name(in fields: FormFields) -> PersonName? {
        if hasOneNameBox { return PersonName(typed: fields[prefix + "name"]) }
        let (first, last) = (fields[prefix + "first"].trimmingSpaces(), fields[prefix + "last"].trimmingSpaces())
        return first.isEmpty || last.isEmpty ? nil : PersonName(first: first, last: last)
    }

    /// What a draft kept, with both names in the one box: older drafts have one for each.
    func withOneName(_ kept: [String: String]) -> [String: String] {
        guard kept[prefix + "name"] == nil else { return kept }
        let (first, last) = (kept[prefix + "first"] ?? "", kept[prefix + "last"] ?? "")
        var kept = kept
        if !first.isEmpty, !last.isEmpty {
            kept[prefix + "name"] = PersonName(first: first, last: last).typed
        } else if !first.isEmpty || !last.isEmpty {
            kept[prefix + "name"] = first + last
        }
        kept[prefix + "first"] = nil
        kept[prefix + "last"] = nil
        return kept
    }

    func loginRows(_ fields: FormFields) -> [FormField] {
        guard asksForLogin else { return [] }
        let password = fields[prefix + "password"]
        let note =
            password.isEmpty ? passwordNote : AccountRules.weakness(ofPassword: password) ?? "looks strong enough"
        return [
            .text(prefix + "login", "login", width: 26, note: "empty: one is made"),
            .secret(prefix + "password", "password", width: 26, note: note),
        ]
    }

    func put(_ person: ContactPerson, into fields: inout FormFields) {
        fields.put(person.firstName, into: prefix + "first")
        fields.put(person.lastName, into: prefix + "last")
        fields.put(person.email, into: prefix + "email")
        fields.put(person.phoneNumber.description, into: prefix + "phone")
    }

    /// As the marketplace writes it. What is no such number goes as it is typed: it takes any text.
    private func phone(_ typed: String, in fields: FormFields) -> String {
        if let original, typed == original.phoneNumber.description { return original.phone }
        return PhoneNumber(typed: typed, in: AddressFields.country(in: fields))?.wire ?? typed
    }

    /// All that is missing or wrong.
    func problems(_ role: ContactPerson.Role, in fields: FormFields) -> [FormProblem] {
        func text(_ row: String) -> String { fields[prefix + row].trimmingSpaces() }
        var problems: [FormProblem] = []
        func add(_ row: String, _ words: String?, _ short: String) {
            guard let words else { return }
            let isEmpty = text(row).isEmpty
            problems.append(FormProblem(field: prefix + row, text: words, short: isEmpty ? "required" : short))
        }
        if !hasOneNameBox {
            for (row, label) in [("first", "first name"), ("last", "last name")] where text(row).isEmpty {
                add(row, "The \(role.word) needs a \(label).", "required")
            }
        } else if name(in: fields) == nil {
            add(
                "name", "The \(role.word) needs a first and a last name, such as Ida Holm, or Holm, Ida.",
                "first and last name")
        }
        add("email", AccountRules.refusal(ofEmail: text("email")), "like name@company.example")
        add("phone", AccountRules.refusal(ofPhone: text("phone")), "such as +45 33 550412")
        if asksForLogin, role == .administrator, !text("login").isEmpty {
            let short = "5 or more letters, digits, _ . @ -"
            add("login", AccountRules.refusal(ofLogin: text("login")), short)
        }
        return problems
    }

    /// The contact as the rows say it, or the first thing that is missing or wrong.
    func contact(_ role: ContactPerson.Role, in fields: FormFields) -> Result<NewContact, FormProblem> {
        func text(_ row: String) -> String { fields[prefix + row].trimmingSpaces() }
        if let problem = problems(role, in: fields).first { return .failure(problem) }
        let name = name(in: fields) ?? PersonName(first: "", last: "")
        var contact = NewContact(
            ContactPerson(
                role: role, firstName: name.first, lastName: name.last, email: text("email"),
                phone: phone(text("phone"), in: fields)))
        guard asksForLogin, role == .administrator else { return .success(contact) }
        if !text("login").isEmpty { contact.login = text("login") }
        let password = fields[prefix + "password"]
        if !password.isEmpty { contact.password = Secret(password) }
        return .success(contact)
    }
}
