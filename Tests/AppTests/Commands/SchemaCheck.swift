import FoundationEssentials

/// JSON as it was printed, for checks.
indirect enum PrintedJSON: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([PrintedJSON])
    case object([String: PrintedJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let list = try? container.decode([PrintedJSON].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: PrintedJSON].self))
        }
    }

    init(_ text: String) throws { self = try JSONDecoder().decode(PrintedJSON.self, from: Data(text.utf8)) }

    subscript(_ name: String) -> PrintedJSON? { if case .object(let members) = self { members[name] } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var elements: [PrintedJSON] { if case .list(let elements) = self { elements } else { [] } }

    fileprivate var type: String {
        switch self {
        case .null: "null"
        case .flag: "boolean"
        case .number(let number): number.rounded() == number ? "integer" : "number"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }
}

/// As much of JSON Schema as the schemas of this program use. Members that a schema does not name are reported too: the
/// program itself prints none.
struct SchemaCheck {
    /// Whether members may have come since the schema was written.
    var isOpen = false
    private(set) var problems: [String] = []

    /// What is wrong with an output by the schema of that name, and by those that releases had of it.
    static func problems(of text: String, _ schema: String) throws -> [String] {
        let json = try PrintedJSON(text)
        var check = SchemaCheck()
        let path = "\(SourceNames.package)/assets/schemas/v1/\(schema).json"
        check.check(json, against: try PrintedJSON(try String(contentsOfFile: path, encoding: .utf8)))
        for release in Contract.releases {
            guard let earlier = try Contract.schema(schema, of: release) else { continue }
            var older = SchemaCheck(isOpen: true)
            older.check(json, against: earlier, at: "\(release):")
            check.problems += older.problems
        }
        return check.problems
    }

    mutating func check(_ json: PrintedJSON, against schema: PrintedJSON, at place: String = "") {
        switch schema["type"] {
        case .text(let type)?: expect(json.type == type, "\(place) is \(json.type), not \(type)")
        case .list(let types)?:
            expect(types.contains(.text(json.type)), "\(place) is \(json.type), which is none of its types")
        default: break
        }
        if let pattern = schema["pattern"]?.text, let text = json.text, let regex = try? Regex(pattern) {
            expect(text.wholeMatch(of: regex) != nil, "\(place) is '\(text)', which is not of the form \(pattern)")
        }
        if case .list(let elements) = json, let items = schema["items"] {
            for (index, element) in elements.enumerated() { check(element, against: items, at: "\(place)[\(index)]") }
        }
        guard case .object(let members) = json else { return }
        for name in schema["required"]?.elements.compactMap(\.text) ?? [] where members[name] == nil {
            problems.append("\(place).\(name) is missing")
        }
        guard case .object(let properties)? = schema["properties"] else {
            if let any = schema["additionalProperties"] {
                for (name, value) in members { check(value, against: any, at: "\(place).\(name)") }
            }
            return
        }
        for (name, value) in members {
            guard let property = properties[name] else {
                if !isOpen { problems.append("\(place).\(name) is not in the schema") }
                continue
            }
            check(value, against: property, at: "\(place).\(name)")
        }
    }

    private mutating func expect(_ holds: Bool, _ problem: String) { if !holds { problems.append(problem) } }
}
