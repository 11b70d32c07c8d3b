/// A JSON document as it was sent: members keep their order, numbers their value.
indirect enum JSONValue: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        var name: String
        var value: JSONValue
    }

    case null
    case bool(Bool)
    /// The number as decimal text: `2.50` and `25e-1` are both `2.5`. It is exact to 38 digits.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// The member of that name; the last one counts, as most readers have it.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    subscript(index: Int) -> JSONValue? {
        guard case .array(let items) = self, items.indices.contains(index) else { return nil }
        return items[index]
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}
