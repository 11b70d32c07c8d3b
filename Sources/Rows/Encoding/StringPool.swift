import Marketplace

/// Many short texts in one block of bytes, numbered from 0 in the order they were added (a string pool). A text may
/// have several lines; no search goes across the end of a line.
struct StringPool: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Where each text ends in `bytes`; it begins where the one before ends.
    private(set) var ends: [UInt32] = []

    static let lineEnd = Folding.lineEnd

    var count: Int { ends.count }

    func range(_ number: Int) -> Range<Int> {
        (number == 0 ? 0 : Int(ends[number - 1]))..<Int(ends[number])
    }

    /// The bytes of text `number`, valid inside `body` only.
    @inline(__always)
    func withText<Result>(_ number: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withTexts { text in body(text(number)) }
    }

    /// A function from numbers to the bytes of texts, valid inside `body` only: for loops over many of them.
    @inline(__always)
    func withTexts<Result>(_ body: ((Int) -> UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { bytes in
            ends.withUnsafeBufferPointer { ends in
                body { number in
                    let start = number == 0 ? 0 : Int(ends[number - 1])
                    return UnsafeBufferPointer(rebasing: bytes[start..<Int(ends[number])])
                }
            }
        }
    }

    func text(_ number: Int) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

    /// Appends a text that `write` puts at the end of the bytes.
    mutating func append(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
        ends.append(UInt32(truncatingIfNeeded: bytes.count))
    }

    mutating func append(_ text: UnsafeBufferPointer<UInt8>) { append { $0.append(contentsOf: text) } }

    mutating func append(folded text: String) { append { Folding.append(text, to: &$0) } }

    mutating func reserve(texts: Int, bytes count: Int) {
        ends.reserveCapacity(texts)
        bytes.reserveCapacity(count)
    }

    /// Adds to `used` which bytes occur in the texts from `start` on.
    func addBytes(from start: Int, to used: inout [Bool]) {
        let first = start == 0 ? 0 : Int(ends[start - 1])
        used.withUnsafeMutableBufferPointer { used in
            bytes.withUnsafeBufferPointer { bytes in
                for byte in bytes[first...] { used[Int(byte)] = true }
            }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Whether both are the same bytes.
    @inline(__always)
    func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        let (left, right) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(other))
        var place = 0
        while place + 8 <= count {
            guard
                left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    == right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            else { return false }
            place += 8
        }
        while place < count {
            if left[place] != right[place] { return false }
            place += 1
        }
        return true
    }
}
