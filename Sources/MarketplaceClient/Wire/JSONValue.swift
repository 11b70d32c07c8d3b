import Marketplace

/// A JSON document as the marketplace wrote it. Numbers keep their decimal text, so that no amount passes through
/// binary floating point; members keep their order.
enum JSONValue: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        var name: String
        var value: JSONValue
    }

    case null
    case bool(Bool)
    /// The number's own text, in JSON's grammar.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])
}

extension JSONValue {
    /// The member called `name`; `.null` when there is none, or when this is no object.
    subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    var isNull: Bool { self == .null }

    /// An object of the members that have a value.
    static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
        .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
    }

    /// The document as JSON text, with the keys of every object sorted, and without a line break.
    var encoded: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .number(let digits): text += digits
        case .string(let value): text += value.jsonQuoted()
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.sorted(by: { $0.name < $1.name }).enumerated() {
                if index > 0 { text += "," }
                text += member.name.jsonQuoted() + ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }
}
