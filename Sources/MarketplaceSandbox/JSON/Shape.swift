/// What a value of a request has to look like (REFERENCE 18). A value of another type is refused with 400 and the name of
/// its field; names that a shape does not have are ignored, as the real service does.
indirect enum Shape: Sendable {
    case anything
    case text
    /// Text that says whether it will do: the words complete "must be …".
    case matching(_ words: String, _ test: @Sendable (String) -> Bool)
    case choice([String])
    case bool
    /// Any JSON number.
    case number
    /// A JSON number without fraction, of 32 bits.
    case integer
    /// A number, or decimal text such as `"2.0"` (REFERENCE 16, row 26).
    case quantity
    case list(Shape)
    /// An object with names of the caller's choice.
    case map(Shape)
    case object([Member])

    struct Member: Sendable {
        var name: String
        var shape: Shape
        var isRequired = false
        var isNullable = false

        static func required(_ name: String, _ shape: Shape) -> Member {
            Member(name: name, shape: shape, isRequired: true)
        }

        static func optional(_ name: String, _ shape: Shape) -> Member {
            Member(name: name, shape: shape)
        }

        static func nullable(_ name: String, _ shape: Shape) -> Member {
            Member(name: name, shape: shape, isNullable: true)
        }
    }

    /// - Throws: 400 with the path of the first field that does not have its shape.
    func check(_ value: JSONValue, at path: String) throws(Refusal) {
        switch (self, value) {
        case (.anything, _), (.text, .string), (.bool, .bool), (.number, .number): return
        case (.matching(let words, let test), .string(let text)):
            guard test(text) else { throw .badRequest("\(path): must be \(words)") }
        case (.choice(let words), .string(let text)):
            guard words.contains(text) else {
                throw .badRequest("\(path): must be one of \(words.joined(separator: ", "))")
            }
        case (.integer, .number(let text)):
            guard Int32(text) != nil else { throw complaint(path) }
        case (.quantity, .number): return
        case (.quantity, .string(let text)):
            guard Decimals.isDecimal(text) else { throw complaint(path) }
        case (.list(let shape), .array(let items)):
            for (index, item) in items.enumerated() { try shape.check(item, at: "\(path)[\(index)]") }
        case (.map(let shape), .object(let members)):
            for member in members { try shape.check(member.value, at: Shape.join(path, member.name)) }
        case (.object(let members), .object):
            for member in members { try member.check(in: value, at: path) }
        default: throw complaint(path)
        }
    }

    /// `value` with ids as text that came as whole numbers, where the shape has text.
    func withTextIDs(_ value: JSONValue) -> JSONValue {
        switch (self, value) {
        case (.list(let shape), .array(let items)): return .array(items.map(shape.withTextIDs))
        case (.object(let described), .object(let members)):
            return .object(
                members.map { member in
                    guard let shape = described.first(where: { $0.name == member.name })?.shape else { return member }
                    var member = member
                    if case (.text, .number(let text)) = (shape, member.value), Self.isIDName(member.name),
                        text.utf8.allSatisfy({ (48...57).contains($0) })
                    {
                        member.value = .string(text)
                    } else {
                        member.value = shape.withTextIDs(member.value)
                    }
                    return member
                })
        default: return value
        }
    }

    private static func isIDName(_ name: String) -> Bool { name == "id" || name.hasSuffix("Id") }

    private func complaint(_ path: String) -> Refusal {
        .badRequest("\(path): must be \(words)")
    }

    private var words: String {
        switch self {
        case .anything: "a value"
        case .text: "a text"
        case .matching(let words, _): words
        case .choice(let words): "one of " + words.joined(separator: ", ")
        case .bool: "true or false"
        case .number: "a number"
        case .integer: "a whole number"
        case .quantity: "a number"
        case .list: "a list"
        case .map, .object: "an object"
        }
    }

    static func join(_ path: String, _ name: String) -> String {
        if name.isEmpty { return path + "[\"\"]" }
        return path.isEmpty ? name : path + "." + name
    }
}

extension Shape.Member {
    fileprivate func check(in object: JSONValue, at path: String) throws(Refusal) {
        let path = Shape.join(path, name)
        switch object[name] {
        case nil:
            if isRequired { throw .missing(path) }
        case .null:
            guard isNullable else { throw .badRequest("\(path): must not be null") }
        case let value?: try shape.check(value, at: path)
        }
    }
}

extension Shape {
    static let day = matching("a day (YYYY-MM-DD)") { CalendarDay($0) != nil }
    static let moment = matching("a time (ISO 8601 with an offset)") { Moment($0) != nil }
    static let email = matching("an e-mail address") { text in
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !text.contains { $0.isWhitespace }
    }
    static let decimal = matching("a decimal number in text") { Decimals.isDecimal($0) }
    static let countryCode = matching("two capital letters (ISO 3166-1)") { text in
        text.utf8.count == 2 && text.utf8.allSatisfy { (65...90).contains($0) }
    }
    /// `^[A-Za-z0-9][A-Za-z0-9_.@-]{0,255}$`
    static let login = matching("a login: letters, digits, _ . @ - and first a letter or digit") { text in
        let bytes = Array(text.utf8)
        guard let first = bytes.first, bytes.count <= 256 else { return false }
        func isLetter(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        return isLetter(first) && bytes.allSatisfy { isLetter($0) || "_.@-".utf8.contains($0) }
    }
}

/// Decimal numbers as the API writes them in text.
enum Decimals {
    /// `^-?\d+(\.\d+)?$`
    static func isDecimal(_ text: String) -> Bool {
        let unsigned = text.utf8.first == UInt8(ascii: "-") ? Substring(text.dropFirst()) : Substring(text)
        let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in !part.isEmpty && part.utf8.allSatisfy { (48...57).contains($0) } }
    }
}
