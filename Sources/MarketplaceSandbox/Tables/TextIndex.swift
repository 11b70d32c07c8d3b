import Glibc

/// Many texts in lower case, stored one after another, so that one pass searches them all.
struct TextIndex {
    private var bytes: [UInt8] = []
    private var starts: [Int] = []
    /// Ends each text; no text contains it.
    private static let end = UInt8(ascii: "\n")

    var count: Int { starts.count }

    mutating func append(_ text: String) {
        starts.append(bytes.count)
        bytes.append(contentsOf: text.lowercased().utf8)
        bytes.append(TextIndex.end)
    }

    /// The numbers of all texts that contain it, in ascending order; the empty text is in every one.
    func matches(_ wanted: [UInt8]) -> [Int] {
        guard let first = wanted.first else { return Array(starts.indices) }
        guard !wanted.contains(TextIndex.end) else { return [] }
        var found: [Int] = []
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return }
            var number = 0
            var position = 0
            while position + wanted.count <= all.count,
                let hit = memchr(base + position, Int32(first), all.count - position)
            {
                position = base.distance(to: UnsafeRawPointer(hit))
                guard position + wanted.count <= all.count else { return }
                guard memcmp(base + position, wanted, wanted.count) == 0 else {
                    position += 1
                    continue
                }
                while number + 1 < starts.count, starts[number + 1] <= position { number += 1 }
                found.append(number)
                // One hit in a text is enough.
                position = number + 1 < starts.count ? starts[number + 1] : all.count
            }
        }
        return found
    }
}

enum Text {
    /// Whether the bytes occur in the text; the empty text always does.
    static func contains(_ text: String, _ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first else { return true }
        let bytes = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        for start in 0...(bytes.count - wanted.count)
        where bytes[start] == first && bytes[start..<(start + wanted.count)].elementsEqual(wanted) {
            return true
        }
        return false
    }
}
