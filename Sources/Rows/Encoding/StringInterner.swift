import Marketplace

/// Interns texts: equal texts get the same number, which is their place in a `StringPool`. An open-addressing hash
/// table with linear probing.
struct StringInterner: Sendable {
    /// A slot in use holds the number plus one in its low half and the high half of the text's hash above it; 0 is
    /// free.
    private var slots: [UInt64] = Array(repeating: 0, count: 64)

    /// The number of `text` in `texts`, to which it is added when it is new.
    mutating func number(of text: UnsafeBufferPointer<UInt8>, in texts: inout StringPool) -> Int {
        let hash = Self.hash(text)
        let mask = slots.count - 1
        var slot = Int(hash >> 32) & mask
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if texts.withText(number, { $0.isSame(as: text) }) { return number }
            }
            slot = (slot + 1) & mask
        }
        let number = texts.count
        texts.append(text)
        slots[slot] = (hash & ~0xFFFF_FFFF) | UInt64(number + 1)
        if (number + 1) * 4 > slots.count * 3 { grow() }
        return number
    }

    mutating func number(of text: String, in texts: inout StringPool) -> Int {
        var text = text
        return text.withUTF8 { number(of: $0, in: &texts) }
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 4)
        let mask = slots.count - 1
        for entry in old where entry != 0 {
            var slot = Int(entry >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = entry
        }
    }

    @inline(__always)
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        let bytes = UnsafeRawBufferPointer(text)
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        var place = 0
        while place + 8 <= bytes.count {
            mix(&hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(bytes[place])
            place += 1
        }
        mix(&hash, rest)
        return hash
    }

    @inline(__always)
    private static func mix(_ hash: inout UInt64, _ word: UInt64) {
        let product = (hash ^ word ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        hash = product.high ^ product.low
    }
}

/// Interns folded texts. A text that was interned before is not folded again: its number is remembered by its bytes as
/// they came.
struct FoldedInterner: Sendable {
    private var originals = StringPool()
    private var originalNumbers = StringInterner()
    /// For each original the number of its folded text.
    private var numbers: [UInt32] = []
    private var foldedNumbers = StringInterner()
    private var folded: [UInt8] = []

    /// The number of the folded text in `texts`, to which it is added when it is new.
    mutating func number(of text: String, in texts: inout StringPool) -> UInt32 {
        let original = originalNumbers.number(of: text, in: &originals)
        if original < numbers.count { return numbers[original] }
        let number = number(in: &texts) { Folding.appendSearchable(text, to: &$0) }
        numbers.append(number)
        return number
    }

    /// As above, for a text that `write` writes, folded.
    mutating func number(in texts: inout StringPool, _ write: (inout [UInt8]) -> Void) -> UInt32 {
        folded.removeAll(keepingCapacity: true)
        write(&folded)
        return UInt32(folded.withUnsafeBufferPointer { foldedNumbers.number(of: $0, in: &texts) })
    }
}
