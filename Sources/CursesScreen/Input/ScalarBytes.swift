/// Puts scalars together from UTF-8 that comes byte by byte.
struct ScalarBytes {
    enum Outcome: Equatable {
        case more
        case whole(Unicode.Scalar)
        /// A byte that belongs to no scalar.
        case none(UInt8)
    }

    private var bytes: [UInt8] = []

    mutating func drop() { bytes.removeAll(keepingCapacity: true) }

    mutating func take(_ byte: UInt8) -> Outcome {
        if !bytes.isEmpty {
            // What was begun and does not go on is dropped.
            guard (0x80...0xBF).contains(byte) else {
                drop()
                return take(byte)
            }
            bytes.append(byte)
            guard bytes.count == Self.length(bytes[0]) else { return .more }
            defer { drop() }
            guard let text = String(validating: bytes, as: UTF8.self), let scalar = text.unicodeScalars.first else {
                // Three bytes that make a surrogate, or the like.
                return .whole("\u{FFFD}")
            }
            return .whole(scalar)
        }
        switch byte {
        case ..<0x80: return .whole(Unicode.Scalar(byte))
        case 0xC2...0xF4:
            bytes.append(byte)
            return .more
        default: return .none(byte)
        }
    }

    private static func length(_ lead: UInt8) -> Int { lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }
}
