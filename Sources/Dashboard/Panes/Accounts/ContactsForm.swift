import Marketplace
import Screen

/// The contacts of an account. The marketplace takes the whole list and removes who is left out (REFERENCE 16, row
/// 16), so the form keeps the edits apart from the contacts, and applies them to the list as it was read last.
struct ContactsForm: WriteForm {
    static let kind = FormKind.contacts
    let title = "contacts"
    var fields: FormFields
    private let target: AccountSubject
    private var base: Account?
    private var edits: ContactEdits
    private var editor: ContactEditor?
    /// People whose entry was edited here and has changed or gone in the meantime.
    private var gone: [ContactPerson] = []
    /// What to begin with, once the list is there.
    private var start: Start?

    /// What a key in a list of contacts begins with.
    enum Start: Equatable {
        case add
        case change(place: Int)
        case remove(place: Int)
    }

    /// What `init` reads, for a form that begins so.
    static func fields(_ target: AccountSubject, _ start: Start? = nil) -> [String: String] {
        var fields = target.kept
        switch start {
        case .add: fields["start"] = "add"
        case .change(let place): fields["start"] = "change \(place)"
        case .remove(let place): fields["start"] = "remove \(place)"
        case nil: break
        }
        return fields
    }

    init?(_ fields: [String: String], _ model: Model) {
        guard let target = AccountSubject(fields) else { return nil }
        self.target = target
        edits = ContactEdits(kept: fields)
        let words = fields["start"]?.split(separator: " ") ?? []
        let place = words.last.flatMap { Int($0) }
        switch words.first {
        case "add": start = .add
        case "change": start = place.map { .change(place: $0) }
        case "remove": start = place.map { .remove(place: $0) }
        default: break
        }
        self.fields = FormFields()
        if let account = model.inFull[target.key.id] { rebase(on: account) }
        self.fields.lay(out: rows(model))
        begin(model)
    }

    func account(_ model: Model) -> Account.ID? { target.key.id }
    var kept: [String: String] { target.kept.merging(edits.kept) { _, latest in latest } }
    func subject(_ model: Model) -> String { target.subject(model) }

    private var lines: [ContactEdits.Line] { base.map { edits.lines(of: $0.contacts) } ?? [] }

    private var focused: ContactEdits.Line? {
        guard let row = fields.focus, row.hasPrefix("contact."), let place = Int(row.dropFirst(8)),
            lines.indices.contains(place)
        else { return nil }
        return lines[place]
    }

    func rows(_ model: Model) -> [FormField] {
        guard base != nil else { return target.rows(model) + [.fact("reading", "", "being read…")] }
        var rows = target.rows(model)
        for (place, line) in lines.enumerated() {
            let person = line.contact.person
            let (note, style): (String, Style) =
                switch line {
                case .kept: ("", .faint)
                case .changed: ("~ changed", .warning)
                case .removed: ("- removed", .bad)
                case .added: ("+ added", .good)
                }
            rows.append(
                .opens(
                    "contact.\(place)", person.role == .administrator ? "admin" : person.role.value,
                    "\(person.name)  \(person.email)", note: note,
                    noteStyle: style))
        }
        rows.append(.opens("more", "", "+ another contact"))
        return rows
    }

    /// Does what the key that opened the form asked for.
    private mutating func begin(_ model: Model) {
        guard let start, base != nil else { return }
        self.start = nil
        switch start {
        case .add: editor = ContactEditor(model: model)
        case .change(let place):
            fields.focus(on: "contact.\(place)")
            if let focused { editor = ContactEditor(focused) }
        case .remove(let place):
            fields.focus(on: "contact.\(place)")
            if let focused { edits.toggleRemoval(of: focused) }
        }
    }

    private mutating func rebase(on account: Account) {
        guard account != base else { return }
        base = account
        gone += edits.settle(on: account.contacts)
    }

    func intent(_ model: Model) -> Result<WriteIntent, FormProblem> {
        guard let base else { return .failure(target.isBeingRead(field: "more")) }
        if let reason = model.refusal(of: .contacts, on: base) {
            return .failure(FormProblem(field: "more", text: reason))
        }
        guard !edits.isEmpty else {
            return .failure(FormProblem(field: fields.focus ?? "more", text: "Nothing is changed yet."))
        }
        let contacts = edits.result(of: base.contacts)
        guard !contacts.isEmpty else {
            return .failure(FormProblem(field: "contact.0", text: "At least one contact stays."))
        }
        return .success(.edit(base, AccountChanges(contacts: contacts)))
    }

    func queries(_ model: Model) -> [DataQuery] { target.requests }

    mutating func receive(_ event: Event, _ model: Model) {
        guard let account = target.account(in: event) else { return }
        rebase(on: account)
        fields.lay(out: rows(model))
        begin(model)
    }

    mutating func outdated(by run: DryRun) -> String? {
        guard let account = run.account, let base, account.contacts != base.contacts else { return nil }
        rebase(on: account)
        return "The contacts were changed by somebody else meanwhile. This is the list as it is now; look at it again."
    }

    // MARK: Keys

    var isChoosing: Bool { editor != nil }

    mutating func open(_ row: String, _ model: Model) -> [Reaction] {
        editor = focused.map { ContactEditor($0) } ?? ContactEditor(model: model)
        return []
    }

    mutating func take(_ key: Key, _ model: Model) -> [Reaction]? {
        guard var editor else { return takeInList(key, model) }
        let outcome = editor.take(key)
        self.editor = editor
        switch outcome {
        case .done(let contact):
            self.editor = nil
            if let line = editor.line {
                edits.replace(line, with: contact)
            } else {
                edits.add(contact)
            }
        case .left: self.editor = nil
        case nil: break
        }
        return []
    }

    private mutating func takeInList(_ key: Key, _ model: Model) -> [Reaction]? {
        switch key {
        case "x", .delete:
            guard let focused else { return [.say(Notice(.info, "Choose a contact to remove first."))] }
            edits.toggleRemoval(of: focused)
            return []
        case "n":
            editor = ContactEditor(model: model)
            return []
        default: return nil
        }
    }

    func drawChoice(on canvas: inout Canvas, in area: PaneArea, _ model: Model) {
        editor?.draw(on: &canvas, in: area.whole)
    }

    func append(to page: inout Page, _ model: Model) {
        for person in gone {
            page.paragraph(
                "\(person.name) is no longer there as before; what you wanted of that contact is dropped.",
                style: .warning)
        }
        if !gone.isEmpty { page.blank() }
        page.heading("HOW IT WORKS")
        page.paragraph(
            "The marketplace takes the whole list and removes who is not in it. The list is read once more before the "
                + "review, which shows who stays, comes, goes or changes.", style: .faint)
        let staying = base.map { edits.result(of: $0.contacts) } ?? []
        if base != nil, !staying.contains(where: { $0.person.role == .administrator }) {
            page.paragraph(
                "No administrator is left: nobody could manage the account, and the marketplace may refuse it.",
                style: .warning)
        }
    }

    func help() -> [KeyHelp] {
        if editor != nil { return ContactEditor.help }
        return [
            KeyHelp("Enter", "change this contact", "change"), KeyHelp("n", "another contact", "new"),
            KeyHelp("x", "remove this contact, or keep it after all", "remove"),
        ]
    }
}
