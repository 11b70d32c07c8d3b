/// The query of a request. Names nobody asks for are ignored, silently, as the real service does (REFERENCE 4).
struct Query: Sendable {
    private var items: [(name: String, value: String)]

    init(_ text: Substring) {
        items = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (
                Percent.decoded(parts[0], plusIsSpace: true),
                Percent.decoded(parts.dropFirst().first ?? "", plusIsSpace: true)
            )
        }
    }

    var names: [String] { items.map(\.name) }

    /// The value of that name, nil when missing or empty; of several, all of them with commas between.
    subscript(name: String) -> String? {
        typed(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The same for a value that cannot be empty: a number, a day, a word of a list.
    func typed(_ name: String) -> String? {
        let values = items.filter { $0.name == name }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ",")
    }
}

enum Percent {
    /// Text with its percent escapes resolved; what is no escape stays as it is.
    static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(text)
        }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
            {
                result.append(byte)
                index += 3
            } else {
                result.append(plusIsSpace && bytes[index] == UInt8(ascii: "+") ? 0x20 : bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
