import Screen

/// Finds keys in what a terminal or a pipe sends, without curses: known sequences become key codes, the rest bytes.
struct KeyBytes {
    private var decoder = KeyDecoder(isUTF8: true, takesMouse: false)
    private var waiting: [UInt8] = []
    private static let sequences = KeySequences.known.map { (bytes: Array($0.sequence.utf8), code: $0.code) }

    /// Whether what waits may be the beginning of a sequence.
    var isUnfinished: Bool { !waiting.isEmpty }

    /// - Parameter isOver: Whether nothing more can belong to what waits: then an Esc that stands alone is one.
    mutating func take(_ bytes: some Sequence<UInt8>, isOver: Bool) -> [Key] {
        waiting += bytes
        decoder.begin(at: 0)
        while let first = waiting.first {
            guard first == 0x1B else {
                decoder.take(Int32(first))
                waiting.removeFirst()
                continue
            }
            if let known = Self.sequences.first(where: { waiting.starts(with: $0.bytes) }) {
                decoder.take(known.code)
                waiting.removeFirst(known.bytes.count)
            } else if !isOver, Self.sequences.contains(where: { $0.bytes.starts(with: waiting) }) {
                break
            } else {
                decoder.take(Int32(first))
                waiting.removeFirst()
            }
        }
        return decoder.finish()
    }

    /// Forgets what waits.
    mutating func drop() { self = KeyBytes() }
}
