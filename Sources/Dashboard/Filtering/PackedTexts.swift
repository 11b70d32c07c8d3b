/// Many short texts in one block of bytes, numbered from 0 in the order they came. A text may have several lines; no
/// search crosses from one to the next.
struct PackedTexts: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each text ends in `bytes`; it begins where the one before ends.
    private(set) var ends: [UInt32] = []

    static let lineEnd = UInt8(ascii: "\n")

    var count: Int { ends.count }

    func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// The bytes of text `number`, valid inside `body` only.
    @inline(__always)
    func withText<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let range = range(number)
        return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    func text(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    func areEqual(_ one: Int, _ other: Int) -> Bool {
        withText(one) { left in withText(other) { right in left.elementsEqual(right) } }
    }

    /// Appends a text that `write` puts at the end of the bytes.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    mutating func append(folded text: String) { append { Folding.append(text, to: &$0) } }

    /// Takes back the last text.
    mutating func removeLast() {
        ends.removeLast()
        bytes.removeSubrange(Int(ends.last ?? 0)...)
    }

    mutating func reserve(texts: Int, bytes count: Int) {
        ends.reserveCapacity(texts)
        bytes.reserveCapacity(count)
    }
}

/// Gives equal texts the same number: a table from the bytes of a text to its place among `PackedTexts`.
struct TextNumbers: Sendable {
    private var slots: [UInt32] = Array(repeating: 0, count: 64)

    /// The number of the last text of `texts`: its own, or that of an equal one before it, which then takes its place.
    mutating func number(lastOf texts: inout PackedTexts) -> Int {
        if texts.count * 4 > slots.count * 3 { grow(texts) }
        let last = texts.count - 1
        let mask = slots.count - 1
        var slot = texts.withText(last, Self.hash) & mask
        while slots[slot] != 0 {
            let other = Int(slots[slot] - 1)
            if texts.areEqual(other, last) {
                texts.removeLast()
                return other
            }
            slot = (slot + 1) & mask
        }
        slots[slot] = UInt32(last + 1)
        return last
    }

    private mutating func grow(_ texts: PackedTexts) {
        slots = Array(repeating: 0, count: slots.count * 4)
        let mask = slots.count - 1
        for number in 0..<texts.count - 1 {
            var slot = texts.withText(number, Self.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number + 1)
        }
    }

    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF_FFFF)
    }
}
