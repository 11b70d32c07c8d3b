/// The names of members that somebody reads, found by their bytes.
struct JSONNames: Sendable {
    private static let slots = 256

    /// Of every page, and of what stands in its place when something fails.
    static let page = [
        "data", "pagination", "offset", "limit", "total", "message", "error", "status", "statusCode", "correlationId",
    ]

    private var table: [[String]]

    init(_ names: [String]) {
        table = Array(repeating: [], count: Self.slots)
        for name in Set(names) { table[Self.slot(Array(name.utf8)[...])].append(name) }
    }

    /// The name, shared by all who ask for it; nil when nobody reads it.
    func name(_ bytes: ArraySlice<UInt8>) -> String? {
        for name in table[Self.slot(bytes)] where name.has(bytes) { return name }
        return nil
    }

    func name(_ text: String) -> String? { name(Array(text.utf8)[...]) }

    private static func slot(_ bytes: ArraySlice<UInt8>) -> Int {
        guard let first = bytes.first, let last = bytes.last else { return 0 }
        return (bytes.count &* 41 &+ Int(first) &* 7 &+ Int(last)) & (slots - 1)
    }
}

/// Texts of a document that came lately. One that comes again is the same text in memory: the rows of a list repeat
/// the names of products and models.
struct RecentTexts {
    private static let slots = 256
    /// Shorter texts stand in the value itself; longer ones hardly repeat.
    private static let lengths = 16...80

    private var table: [String] = []

    mutating func text(_ bytes: ArraySlice<UInt8>) -> String {
        guard Self.lengths.contains(bytes.count) else { return String(decoding: bytes, as: UTF8.self) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let slot = Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & UInt64(Self.slots - 1))
        if table.isEmpty { table = Array(repeating: "", count: Self.slots) }
        if table[slot].has(bytes) { return table[slot] }
        let text = String(decoding: bytes, as: UTF8.self)
        table[slot] = text
        return text
    }
}

extension String {
    fileprivate func has(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard utf8.count == bytes.count else { return false }
        return utf8.elementsEqual(bytes)
    }
}
