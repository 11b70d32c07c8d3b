/// What comes from a terminal while a person types: keys, and between them what is no key, all of it in pieces that come
/// one after the other.
public struct TerminalTraffic<Meaning> {
    public struct Piece {
        /// Milliseconds without anything before it.
        public var silence: Int64
        public var bytes: [UInt8]
    }

    public struct Event {
        public var pieces: [Piece]
        /// What the pieces mean together.
        public var meaning: [Meaning]
        /// Whether nothing follows for so long that an Esc at the end is one.
        public var rests = false
        /// What comes after that rest and belongs to the Esc all the same.
        public var tail: [UInt8] = []
    }

    private let keys: [(bytes: [UInt8], meaning: [Meaning])]
    private let escape: [Meaning]
    private let paste: (String) -> Meaning
    private var dice: Dice
    private var isRested = false

    /// - Parameters:
    ///   - keys: Bytes that terminals send for keys, but for Esc alone.
    ///   - escape: What Esc alone means.
    ///   - paste: What a pasted text means.
    public init(
        seed: UInt64, keys: [(String, [Meaning])], escape: [Meaning], paste: @escaping (String) -> Meaning
    ) {
        self.keys = keys.map { (Array($0.utf8), $1) }
        self.escape = escape
        self.paste = paste
        dice = Dice(seed: seed)
    }

    private static var pasted: [String] { ["25", "AUR-365-BP\ntwo", "q\u{1B}[A5", "]11;作ě", "\u{3}j[O"] }

    public mutating func next() -> Event {
        var event = Event(pieces: [], meaning: [])
        // Whoever typed Esc types the next key later; what comes at once belongs to the Esc.
        let first: Int64 = isRested ? 1100 : 0
        isRested = false
        switch dice.below(100) {
        case 0..<45:
            let key = dice.one(of: keys)
            event = Event(pieces: split(key.bytes, rest: 0..<60), meaning: key.meaning)
        case 45..<48:
            let text = dice.one(of: Self.pasted)
            event = Event(
                pieces: split(Array("\u{1B}[200~\(text)\u{1B}[201~".utf8), rest: 0..<900), meaning: [paste(text)])
        case 48..<52:
            event = Event(pieces: [Piece(silence: 0, bytes: [0x1B])], meaning: escape, rests: true)
        case 52..<56: event = late()
        default: event.pieces = split(TerminalAnswers.random(&dice), rest: 0..<900)
        }
        event.pieces[0].silence += first
        isRested = event.rests
        return event
    }

    /// A key whose bytes come so late that they may not act any more.
    private mutating func late() -> Event {
        let sequences = keys.filter {
            $0.bytes.count > 2 && [0x5B, 0x4F].contains($0.bytes[1]) && !$0.bytes.dropFirst().contains(0x1B)
        }
        guard !sequences.isEmpty else { return Event(pieces: split([0x1B, 0x5B, 0x63], rest: 0..<1), meaning: []) }
        let bytes = dice.one(of: sequences).bytes
        // Behind an Esc that was taken for one, the rest does nothing more.
        let place = dice.below(3) == 0 ? 1 : 2 + dice.below(bytes.count - 2)
        // No link is so slow that the pause is longer than this.
        let pieces = [
            Piece(silence: 0, bytes: Array(bytes[..<place])),
            Piece(silence: place == 1 ? 0 : Int64(510 + dice.below(390)), bytes: Array(bytes[place...])),
        ]
        guard place == 1 else { return Event(pieces: pieces, meaning: []) }
        return Event(pieces: [pieces[0]], meaning: escape, rests: true, tail: pieces[1].bytes)
    }

    /// In pieces, with silences in `rest` between them; behind an Esc the next byte comes within the shortest pause.
    private mutating func split(_ bytes: [UInt8], rest: Range<Int>) -> [Piece] {
        var pieces = [Piece(silence: Int64(dice.below(40)), bytes: [])]
        for byte in bytes {
            if let last = pieces[pieces.count - 1].bytes.last, dice.below(4) == 0 {
                let silence = last == 0x1B ? dice.below(20) : rest.lowerBound + dice.below(rest.count)
                pieces.append(Piece(silence: Int64(silence), bytes: []))
            }
            pieces[pieces.count - 1].bytes.append(byte)
        }
        return pieces
    }
}
