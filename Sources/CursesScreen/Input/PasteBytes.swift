/// A bracketed paste while it comes: everything up to its end, whatever is in it.
struct PasteBytes {
    /// Whether an Esc came after a silence: alone it means that the end of the paste got lost.
    var mayBeGivenUp = false

    private var bytes: [UInt8] = []
    private var tooMany = 0
    /// The last eight bytes.
    private var recent: UInt64 = 0

    private static let start: UInt64 = 0x1B5B_3230_307E
    private static let end: UInt64 = 0x1B5B_3230_317E
    private static let shortEnd: UInt64 = 0x9B_3230_317E

    /// - Returns: the text, when this byte ends it.
    mutating func take(_ byte: UInt8) -> String? {
        if bytes.count < KeyDecoder.pasteLimit { bytes.append(byte) } else { tooMany += 1 }
        recent = recent << 8 | UInt64(byte)
        guard byte == UInt8(ascii: "~") else { return nil }
        let long = recent & 0xFFFF_FFFF_FFFF
        if long == Self.end {
            drop(6)
            return text
        }
        // The beginning of another paste: the end of the one before got lost.
        if long == Self.start { drop(6) }
        // With controls of eight bits; within a character of UTF-8 the byte is none.
        let before = UInt8(truncatingIfNeeded: recent >> 40)
        if recent & 0xFF_FFFF_FFFF == Self.shortEnd, before < 0x80 || before == 0xC2 {
            drop(before == 0xC2 ? 6 : 5)
            return text
        }
        return nil
    }

    private mutating func drop(_ count: Int) {
        bytes.removeLast(min(bytes.count, max(0, count - tooMany)))
        tooMany = max(0, tooMany - count)
    }

    /// Terminals send a line end of a paste as the Enter key does.
    private var text: String {
        var text = String.UnicodeScalarView()
        var last: Unicode.Scalar?
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "\r" {
                text.append("\n")
            } else if !(scalar == "\n" && last == "\r") {
                text.append(scalar)
            }
            last = scalar
        }
        return String(text)
    }
}
