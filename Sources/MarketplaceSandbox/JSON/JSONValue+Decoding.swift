import FoundationEssentials
import Synchronization

extension JSONValue: Decodable {
    /// Reads one JSON document; nil when it is anything else, or nested too deeply.
    init?(_ bytes: [UInt8]) {
        guard JSONValue.isDecodable(bytes) else { return nil }
        let decoder = JSONDecoder()
        let names = MemberName.Numbering()
        decoder.keyDecodingStrategy = .custom { path in names.next(path.last?.stringValue ?? "") }
        guard let value = try? decoder.decode(JSONValue.self, from: Data(bytes)) else { return nil }
        self = value
    }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let text = try? value.decode(String.self) {
            self = .string(text)
        } else if let object = try? decoder.container(keyedBy: MemberName.self) {
            self = .object(
                try object.allKeys.sorted { $0.number < $1.number }.map { key in
                    Member(name: key.name, value: try object.decode(JSONValue.self, forKey: key))
                })
        } else if var list = try? decoder.unkeyedContainer() {
            var items: [JSONValue] = []
            while !list.isAtEnd { items.append(try list.decode(JSONValue.self)) }
            self = .array(items)
        } else if let number = try? value.decode(Decimal.self) {
            self = .number("\(number)")
        } else if let bool = try? value.decode(Bool.self) {
            self = .bool(bool)
        } else {
            // A number with an exponent that no Decimal has.
            self = .number("\(try value.decode(Double.self))")
        }
    }

    private static let deepest = 64

    /// Whether the bytes may go to JSONDecoder, which differs from JSON's grammar: it takes UTF-16, it takes a comma
    /// before a closing bracket, and it can trap on a body that breaks off more than 512 brackets deep.
    private static func isDecodable(_ bytes: [UInt8]) -> Bool {
        // Text in UTF-16 has a zero byte in its first bracket, quote or digit; JSON in UTF-8 has none anywhere.
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.contains(0) else { return false }
        var depth = 0
        var isInString = false
        var isEscaped = false
        var previous: UInt8?
        for byte in bytes {
            if isInString {
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                if depth > deepest { return false }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if previous == UInt8(ascii: ",") { return false }
            default: break
            }
            previous = byte
        }
        return true
    }
}

/// A member's name behind its number in the document. JSONDecoder keeps the members of an object without their order, and
/// of several with one name only the first; numbered as they are read, all are different and can be put in order.
private struct MemberName: CodingKey {
    let number: Int
    let name: String

    init(number: Int, name: String) {
        self.number = number
        self.name = name
    }

    init(stringValue: String) {
        // The space is sought as a byte: with an accent that begins the name it would make one character.
        let space = stringValue.utf8.firstIndex(of: UInt8(ascii: " ")) ?? stringValue.startIndex
        number = Int(stringValue[..<space]) ?? 0
        name = String(stringValue[space...].unicodeScalars.dropFirst())
    }

    init?(intValue: Int) { nil }

    var stringValue: String { "\(number) \(name)" }
    var intValue: Int? { nil }

    final class Numbering: Sendable {
        private let last = Atomic(0)

        func next(_ name: String) -> MemberName {
            MemberName(number: last.wrappingAdd(1, ordering: .relaxed).newValue, name: name)
        }
    }
}
