import Marketplace
import Screen

/// One contact being filled in, in the place of the list it belongs to.
struct ContactEditor: Sendable {
    /// The line of the list it replaces; nil for a new contact.
    let line: ContactEdits.Line?
    private(set) var fields = FormFields()
    private(set) var problem: String?

    /// A new contact.
    init(model: Model) {
        line = nil
        layOut()
    }

    /// The contact in `line`, to change.
    init(_ line: ContactEdits.Line) {
        self.line = line
        layOut()
        let contact = line.contact
        fields.put(contact.person.role.value, into: "role")
        ContactFields(prefix: "").put(contact.person, into: &fields)
        layOut()
        if let login = contact.login { fields.put(login, into: "login") }
        fields.focus(on: "first")
    }

    private var role: ContactPerson.Role { ContactPerson.Role(value: fields["role"]) }

    /// Only administrators who are still to be created get a login (REFERENCE 7).
    private var rowsOfPerson: ContactFields {
        var isNew = true
        if let line, case .added = line {} else if line != nil { isNew = false }
        return ContactFields(
            prefix: "", asksForLogin: isNew && role == .administrator, original: line?.contact.person,
            passwordNote: line?.contact.password == nil ? "empty: one is made" : "empty: the one typed before")
    }

    private mutating func layOut() {
        var roles: [ContactPerson.Role] = [.administrator, .billing, .technical]
        if case .other(let text)? = line?.contact.person.role { roles.append(.other(text)) }
        let choices = roles.map { FormField.Choice(value: $0.value, label: $0.word) }
        let role = FormField.choice("role", "role", choices, first: line == nil ? "technical" : nil)
        // What else is asked for depends on the role, which is there from the second time on.
        if fields.rows.isEmpty { fields.lay(out: [role]) }
        fields.lay(out: [role] + rowsOfPerson.rows(fields))
    }

    enum Outcome: Equatable {
        case done(NewContact)
        case left
    }

    /// - Returns: what was decided, or nil while the person is still typing.
    mutating func take(_ key: Key) -> Outcome? {
        if key == .escape { return .left }
        problem = nil
        switch fields.take(key) {
        case .taken, .unused, .opened:
            layOut()
            return nil
        case .finished:
            switch rowsOfPerson.contact(role, in: fields) {
            case .success(var contact):
                if contact.password == nil, contact.person.role == .administrator {
                    contact.password = line?.contact.password
                }
                return .done(contact)
            case .failure(let wrong):
                fields.focus(on: wrong.field)
                problem = wrong.text
                return nil
            }
        }
    }

    func draw(on canvas: inout Canvas, in rect: Rect) {
        var head = Page(width: rect.width)
        head.heading(line == nil ? "NEW CONTACT" : "CONTACT")
        head.draw(on: &canvas, in: rect)
        let top = rect.y + (rect.height < 10 ? 1 : 2)
        let height = min(fields.height, max(1, rect.maxY - top))
        fields.draw(on: &canvas, in: Rect(x: rect.x, y: top, width: rect.width, height: height))
        guard let problem else { return }
        var page = Page(width: rect.width)
        page.paragraph(problem, style: .warning)
        page.draw(
            on: &canvas,
            in: Rect(x: rect.x, y: top + height + 1, width: rect.width, height: rect.maxY - top - height - 1))
    }

    static let help = [
        KeyHelp("Tab", "next row", "next"), KeyHelp("Space", "choose the role"),
        KeyHelp("F10 ^O", "into the list (Enter in the last row too)", "into the list"),
        KeyHelp("Esc", "back to the list; this contact stays as it was", "leave it"),
    ]
}

extension ContactEdits.Line {
    /// The contact as it shall be, or as it was when it shall go.
    var contact: NewContact {
        switch self {
        case .kept(let person), .removed(let person): NewContact(person)
        case .changed(_, let contact), .added(let contact): contact
        }
    }
}
