import Marketplace

/// What a person wants to do to the contacts of an account, apart from who they are: the same edits fit a list that
/// was read anew.
struct ContactEdits: Equatable {
    enum Edit: Equatable {
        case change(ContactPerson, NewContact)
        case remove(ContactPerson)
        case add(NewContact)
    }

    private(set) var edits: [Edit] = []

    /// A contact in the form: as it is there, and what shall become of it.
    enum Line: Equatable {
        case kept(ContactPerson)
        case changed(ContactPerson, NewContact)
        case removed(ContactPerson)
        case added(NewContact)
    }

    var isEmpty: Bool { edits.isEmpty }

    /// The contacts of `present` with what shall become of each, then the added ones.
    func lines(of present: [ContactPerson]) -> [Line] {
        var open = edits
        var lines = present.map { person in
            let place = open.firstIndex { edit in
                switch edit {
                case .change(let before, _), .remove(let before): before == person
                case .add: false
                }
            }
            guard let place else { return Line.kept(person) }
            if case .change(_, let after) = open.remove(at: place) { return .changed(person, after) }
            return .removed(person)
        }
        for case .add(let contact) in open { lines.append(.added(contact)) }
        return lines
    }

    /// The whole list to send.
    func result(of present: [ContactPerson]) -> [NewContact] {
        lines(of: present).compactMap { line in
            switch line {
            case .kept(let person): NewContact(person)
            case .changed(_, let contact), .added(let contact): contact
            case .removed: nil
            }
        }
    }

    /// Forgets edits of people whose entry has changed or gone.
    /// - Returns: those people.
    mutating func settle(on present: [ContactPerson]) -> [ContactPerson] {
        var left = present
        var gone: [ContactPerson] = []
        edits.removeAll { edit in
            let person: ContactPerson
            switch edit {
            case .change(let before, _), .remove(let before): person = before
            case .add: return false
            }
            if let place = left.firstIndex(of: person) {
                left.remove(at: place)
                return false
            }
            gone.append(person)
            return true
        }
        return gone
    }

    mutating func add(_ contact: NewContact) { edits.append(.add(contact)) }

    /// What stood in `line` shall become `contact`.
    mutating func replace(_ line: Line, with contact: NewContact) {
        switch line {
        case .kept(let person), .removed(let person), .changed(let person, _):
            forget(line)
            if NewContact(person) != contact { edits.append(.change(person, contact)) }
        case .added(let before):
            if let place = edits.firstIndex(of: .add(before)) { edits[place] = .add(contact) }
        }
    }

    /// Removes the contact in `line`, or restores one that was to be removed.
    mutating func toggleRemoval(of line: Line) {
        switch line {
        case .kept(let person): edits.append(.remove(person))
        case .changed(let person, _):
            forget(line)
            edits.append(.remove(person))
        case .removed, .added: forget(line)
        }
    }

    private mutating func forget(_ line: Line) {
        let place = edits.firstIndex { edit in
            switch (edit, line) {
            case (.remove(let before), .removed(let person)): before == person
            case (.change(let before, _), .changed(let person, _)): before == person
            case (.add(let contact), .added(let added)): contact == added
            default: false
            }
        }
        if let place { edits.remove(at: place) }
    }
}

// MARK: Drafts

extension ContactEdits {
    /// What a draft keeps of it; passwords are not kept.
    var kept: [String: String] {
        var kept: [String: String] = [:]
        for (place, edit) in edits.enumerated() {
            let name = "edit.\(place)"
            switch edit {
            case .change(let before, let after):
                kept[name] = "change"
                kept.merge(Self.words(before, name + ".was")) { $1 }
                kept.merge(Self.words(after, name)) { $1 }
            case .remove(let before):
                kept[name] = "remove"
                kept.merge(Self.words(before, name + ".was")) { $1 }
            case .add(let after):
                kept[name] = "add"
                kept.merge(Self.words(after, name)) { $1 }
            }
        }
        return kept
    }

    init(kept: [String: String]) {
        for place in 0... {
            let name = "edit.\(place)"
            guard let act = kept[name] else { return }
            let before = Self.person(kept, name + ".was")
            let after = NewContact(Self.person(kept, name), login: kept["\(name).login"])
            switch act {
            case "change": edits.append(.change(before, after))
            case "remove": edits.append(.remove(before))
            default: edits.append(.add(after))
            }
        }
    }

    private static func words(_ contact: NewContact, _ name: String) -> [String: String] {
        var words = words(contact.person, name)
        words["\(name).login"] = contact.login
        return words
    }

    private static func words(_ person: ContactPerson, _ name: String) -> [String: String] {
        [
            "\(name).role": person.role.value, "\(name).first": person.firstName, "\(name).last": person.lastName,
            "\(name).email": person.email, "\(name).phone": person.phone,
        ]
    }

    private static func person(_ kept: [String: String], _ name: String) -> ContactPerson {
        ContactPerson(
            role: ContactPerson.Role(value: kept["\(name).role"] ?? ""), firstName: kept["\(name).first"] ?? "",
            lastName: kept["\(name).last"] ?? "", email: kept["\(name).email"] ?? "", phone: kept["\(name).phone"] ?? ""
        )
    }
}

extension ContactPerson.Role {
    /// What choices and drafts know it by.
    var value: String {
        switch self {
        case .administrator: "administrator"
        case .billing: "billing"
        case .technical: "technical"
        case .other(let text): text
        }
    }

    init(value: String) {
        self =
            switch value {
            case "administrator": .administrator
            case "billing": .billing
            case "technical": .technical
            default: .other(value)
            }
    }
}
