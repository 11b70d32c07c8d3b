/// The type of a field, as `commands --json` names it and as its schema describes it.
indirect enum FieldType: Equatable, Sendable {
    case id, text, integer, decimal, flag, money, date, moment, period
    /// A word of the marketplace's own. These are the documented ones; others pass through unchanged.
    case word([String])
    case list(FieldType)
    case object([FieldDefinition])
    /// An object with any names, whose values are texts.
    case attributes
    /// Whatever somebody else wrote.
    case any

    /// What a JSON schema says of it.
    /// - Parameter isNullable: Whether null may stand in its place.
    func schema(isNullable: Bool) -> JSON {
        let types: JSON? = jsonType.map { isNullable ? .texts([$0, "null"]) : .text($0) }
        var members = types.map { [("type", $0)] } ?? []
        switch self {
        case .id: members.append(("description", "An id: opaque, digits in practice."))
        case .decimal: members.append(("pattern", #"^-?[0-9]+(\.[0-9]+)?$"#))
        case .date: members.append(("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        case .moment: members.append(("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"))
        case .word(let words):
            members.append(("examples", .texts(words)))
            members.append(("description", "One of the examples; others may come."))
        case .money:
            members += Self.members(of: [
                FieldDefinition("amount", .decimal, isNullable: false),
                FieldDefinition("currency", .text, isNullable: false),
            ])
        case .period:
            members += Self.members(of: [
                FieldDefinition("count", .integer, isNullable: false),
                FieldDefinition("unit", .word(["day", "month", "year", "statement_day"]), isNullable: false),
            ])
        case .list(let element): members.append(("items", element.schema(isNullable: false)))
        case .object(let fields): members += Self.members(of: fields)
        case .attributes: members.append(("additionalProperties", ["type": "string"]))
        default: break
        }
        return JSON.object([]).adding(members)
    }

    /// What a schema says of an object with these fields: those that are always there are required, others may come.
    /// - Parameter isWhole: Whether what comes only with the details is there too.
    static func members(of fields: [FieldDefinition], isWhole: Bool = true) -> [(String, JSON)] {
        let required = fields.filter { $0.presence == .always || isWhole && $0.presence == .withDetails }.map(\.name)
        let properties = fields.map { field in
            JSON.Member(name: field.name, value: field.type.schema(isNullable: field.isNullable))
        }
        return [("properties", .object(properties)), ("required", .texts(required.sorted()))]
    }

    private var jsonType: String? {
        switch self {
        case .id, .text, .decimal, .date, .moment, .word: "string"
        case .integer: "integer"
        case .flag: "boolean"
        case .money, .period, .object, .attributes: "object"
        case .list: "array"
        case .any: nil
        }
    }
}

/// A field of a JSON object: its name, type and null rule.
struct FieldDefinition: Equatable, Sendable {
    enum Presence: Equatable, Sendable {
        case always
        /// Absent where it was not read: in short rows, or because it was not asked for.
        case whenRead
        /// Absent unless the details of the row were read.
        case withDetails
    }

    var name: String
    var type: FieldType
    /// Whether it is null where the marketplace gave none.
    var isNullable: Bool
    var presence: Presence

    init(_ name: String, _ type: FieldType, isNullable: Bool = true, presence: Presence = .always) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.presence = presence
    }
}
