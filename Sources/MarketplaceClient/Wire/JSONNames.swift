/// The names of members that somebody reads, found by their bytes. A class, so that one reference is all that a reader
/// takes and gives back for each member.
final class JSONNames: Sendable {
    private static let slots = 256

    /// Of every page, and of the error that replaces it when something fails.
    static let page = [
        "data", "pagination", "offset", "limit", "total", "message", "error", "status", "statusCode", "correlationId",
    ]

    /// Where the names of a slot begin in `names`; one entry more than there are slots.
    private let starts: [Int]
    private let names: [(text: String, bytes: [UInt8])]

    init(_ names: [String]) {
        var table: [[String]] = Array(repeating: [], count: Self.slots)
        for name in Set(names) {
            var name = name
            let slot = name.withUTF8 { Self.slot($0) }
            table[slot].append(name)
        }
        var starts = [0]
        for slot in table { starts.append(starts[starts.count - 1] + slot.count) }
        self.starts = starts
        self.names = table.joined().map { ($0, Array($0.utf8)) }
    }

    /// The name, shared by all who ask for it; nil when nobody reads it.
    func name(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let slot = Self.slot(bytes)
        for index in starts[slot]..<starts[slot + 1] where names[index].bytes.are(bytes) { return names[index].text }
        return nil
    }

    func name(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { name($0) }
    }

    private static func slot(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
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

    private var table: [(text: String, bytes: [UInt8])] = []

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        guard Self.lengths.contains(bytes.count) else { return String(decoding: bytes, as: UTF8.self) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let slot = Int(truncatingIfNeeded: (hash ^ (hash >> 32)) & UInt64(Self.slots - 1))
        if table.isEmpty { table = Array(repeating: ("", []), count: Self.slots) }
        if table[slot].bytes.are(bytes) { return table[slot].text }
        let text = String(decoding: bytes, as: UTF8.self)
        table[slot] = (text, Array(bytes))
        return text
    }
}

extension [UInt8] {
    fileprivate func are(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == bytes.count else { return false }
        return withUnsafeBufferPointer { own in
            for index in own.indices where own[index] != bytes[index] { return false }
            return true
        }
    }
}
