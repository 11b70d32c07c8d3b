/// Why bytes are not a JSON document, in words for people.
struct JSONProblem: Error, Hashable {
    var reason: String
}

extension JSONValue {
    /// Reads one JSON document. The only place where bytes become values.
    ///
    /// Strict about structure and numbers; lenient about text: broken UTF-8 becomes U+FFFD and raw control characters
    /// pass, because neither is worth a page of rows.
    /// - Parameter names: The members to keep; others are checked and left out, at any depth. Nil keeps all.
    init(parsing bytes: [UInt8], keeping names: JSONNames? = nil) throws(JSONProblem) {
        self = try bytes.withUnsafeBufferPointer { (bytes) throws(JSONProblem) in
            var parser = JSONParser(bytes: bytes, names: names)
            return try parser.document()
        }
    }
}

/// Looks at the bytes where they lie, and never past their end: as an array, they would be retained and released for
/// every text of a page.
private struct JSONParser {
    private static let deepest = 64

    private let bytes: UnsafeBufferPointer<UInt8>
    private let names: JSONNames?
    private var texts = RecentTexts()
    private var at = 0

    init(bytes: UnsafeBufferPointer<UInt8>, names: JSONNames?) {
        self.bytes = bytes
        self.names = names
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    mutating func document() throws(JSONProblem) -> JSONValue {
        skipSpace()
        guard at < bytes.count else { throw JSONProblem(reason: "it is empty") }
        if bytes[at] == UInt8(ascii: "<") { throw JSONProblem(reason: "it is a web page, not JSON") }
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw unexpected() }
        return value
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
        guard depth < Self.deepest else { throw JSONProblem(reason: "it is nested too deeply") }
        guard at < bytes.count else { throw unexpected() }
        switch bytes[at] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
        at += 1
        var members: [JSONValue.Member] = []
        skipSpace()
        if take(UInt8(ascii: "}")) { return .object(members) }
        // A row has about so many members; what it holds has few.
        members.reserveCapacity(depth < 3 ? 14 : 2)
        while true {
            skipSpace()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try memberName()
            skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            skipSpace()
            if let name {
                members.append(JSONValue.Member(name: name, value: try value(depth: depth + 1)))
            } else {
                try skip(depth: depth + 1)
            }
            skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    /// Nil when the member is not wanted.
    private mutating func memberName() throws(JSONProblem) -> String? {
        guard let names else { return try string() }
        let start = at + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return names.name(try string()) }
        at = end + 1
        return names.name(part(start, end))
    }

    /// Passes over a value that nobody wants, checking it as if somebody did.
    private mutating func skip(depth: Int) throws(JSONProblem) {
        guard at < bytes.count else { throw unexpected() }
        switch bytes[at] {
        case UInt8(ascii: "{"), UInt8(ascii: "["): _ = try value(depth: depth)
        case UInt8(ascii: "\""):
            var end = at + 1
            while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\") { end += 1 }
            if end < bytes.count, bytes[end] == UInt8(ascii: "\"") { at = end + 1 } else { _ = try string() }
        default: _ = try value(depth: depth)
        }
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
        at += 1
        var elements: [JSONValue] = []
        skipSpace()
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            skipSpace()
            elements.append(try value(depth: depth + 1))
            skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
        }
    }

    private mutating func string() throws(JSONProblem) -> String {
        at += 1
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
        guard at < bytes.count else { throw unexpected() }
        if bytes[at] == UInt8(ascii: "\"") {
            defer { at += 1 }
            return texts.text(part(start, at))
        }
        var text = Array(bytes[start..<at])
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text.append(contentsOf: String(try escaped()).utf8)
            default: text.append(byte)
            }
        }
        throw unexpected()
    }

    private mutating func escaped() throws(JSONProblem) -> Unicode.Scalar {
        guard at < bytes.count else { throw unexpected() }
        let byte = bytes[at]
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            let unit = try codeUnit()
            guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) ?? "\u{FFFD}" }
            let afterFirst = at
            if take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
                let second = try codeUnit()
                if (0xDC00..<0xE000).contains(second) {
                    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
                }
            }
            at = afterFirst
            return "\u{FFFD}"
        default:
            at -= 1
            throw unexpected()
        }
    }

    private mutating func codeUnit() throws(JSONProblem) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue else {
                throw unexpected()
            }
            unit = unit << 4 + UInt32(digit)
            at += 1
        }
        return unit
    }

    private mutating func number() throws(JSONProblem) -> String {
        let start = at
        _ = take(UInt8(ascii: "-"))
        // A zero before other digits is no number of JSON: what was meant by `007` is not known.
        if take(UInt8(ascii: "0")) {
            if at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { throw unexpected() }
        } else {
            try digits()
        }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
            try digits()
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func digits() throws(JSONProblem) {
        let start = at
        while at < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[at]) { at += 1 }
        guard at > start else { throw unexpected() }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard take(word.utf8Start[index]) else { throw unexpected() }
        }
        return value
    }

    private func part(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<end])
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipSpace() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x09, 0x0A, 0x0D: at += 1
            default: return
            }
        }
    }

    private func unexpected() -> JSONProblem {
        at >= bytes.count
            ? JSONProblem(reason: "it ends in the middle")
            : JSONProblem(reason: "it is not JSON from byte \(at) on")
    }
}
