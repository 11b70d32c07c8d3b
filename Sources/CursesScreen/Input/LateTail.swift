/// What looks like the rest of a sequence whose Esc came so long before that it was taken for a key.
enum LateTail {
    /// Nobody types Esc and another key so soon after it; and hardly one of the two that begin the sequences of keys.
    private static let soon: Int64 = 150
    private static let soonForKeys: Int64 = 250

    /// - Parameters:
    ///   - bytes: What a reading gave first, after a lone Esc.
    ///   - gap: Milliseconds since that Esc.
    static func isOne(_ bytes: [UInt8], after gap: Int64) -> Bool {
        guard let first = bytes.first, gap <= KeyDecoder.restSilence else { return false }
        let rest = bytes.dropFirst()
        switch first {
        case UInt8(ascii: "["):
            guard !rest.isEmpty else { return gap <= soonForKeys }
            let final = rest.first { !(0x20..<0x40).contains($0) }
            return final.map { (0x40..<0x7F).contains($0) } ?? true
        case UInt8(ascii: "O"):
            guard let second = rest.first else { return gap <= soonForKeys }
            return KeyCodes.afterShift[second] != nil
        case UInt8(ascii: "]"):
            guard let second = rest.first else { return gap <= soon }
            return (0x30...0x39).contains(second) || [UInt8(ascii: "l"), UInt8(ascii: "L")].contains(second)
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            // Typed, such a letter comes alone or with few others.
            return rest.count >= 3 || rest.contains(0x1B) || (rest.isEmpty && gap <= soon)
        case UInt8(ascii: "\\"): return rest.isEmpty && gap <= soon
        default: return false
        }
    }
}
