/// What sending a whole list of contacts does to the list that is there: who is left out is removed (REFERENCE 16,
/// row 16).
public struct ContactsDifference: Hashable, Sendable {
    public enum Line: Hashable, Sendable {
        case kept(ContactPerson)
        case changed(from: ContactPerson, to: NewContact)
        case removed(ContactPerson)
        case added(NewContact)
    }

    /// Those that are there first, in their order; then the added ones.
    public private(set) var lines: [Line] = []

    /// A contact has no id: one counts as changed when the new list has one with its address or name instead of it.
    public init(from present: [ContactPerson], to wanted: [NewContact]) {
        var left = wanted
        func take(_ isIt: (NewContact) -> Bool) -> NewContact? {
            left.firstIndex(where: isIt).map { left.remove(at: $0) }
        }
        // Who stays exactly so first, so that nobody is taken for another's successor.
        let kept = present.map { person in take { $0.person == person && $0.login == nil && $0.password == nil } != nil
        }
        for (person, isKept) in zip(present, kept) {
            if isKept {
                lines.append(.kept(person))
            } else if let successor = take({ $0.person.email.lowercased() == person.email.lowercased() })
                ?? take({ $0.person.name == person.name })
            {
                lines.append(.changed(from: person, to: successor))
            } else {
                lines.append(.removed(person))
            }
        }
        lines += left.map { .added($0) }
    }

    public var removed: [ContactPerson] {
        lines.compactMap { if case .removed(let person) = $0 { person } else { nil } }
    }
}
