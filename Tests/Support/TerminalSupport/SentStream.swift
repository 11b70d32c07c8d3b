/// What a program sends to a terminal, taken apart: characters, controls and sequences (ECMA-48). It knows what souk and
/// curses have reason to send, and counts everything else.
struct SentStream {
    /// What nobody should send, each with how often it came: controls, sequences and titles that are not listed here, bytes
    /// that are no UTF-8, and characters that a terminal would not show but act on.
    private(set) var unexpected: [String: Int] = [:]
    /// Private modes (`CSI ? n h`) as they were set last.
    private(set) var modes: [Int: Bool] = [:]
    /// The window's title as it was set last.
    private(set) var title: String?

    private enum State {
        case text
        /// After Esc, with what came of the sequence.
        case escape
        case control
        /// OSC, DCS, SOS, PM and APC: everything up to BEL or Esc \.
        case string
    }
    private var state = State.text
    private var sequence: [UInt8] = []
    private var scalar: UInt32 = 0
    private var scalarBytesLeft = 0
    private var scalarLeast: UInt32 = 0

    /// CAN ends what was cut off, and does nothing else (ECMA-48, 8.3.6).
    private static let cancel: UInt8 = 0x18

    /// Whether the next byte belongs to a sequence that has begun.
    var isInSequence: Bool { state != .text }

    /// - Returns: the sequence that ends with this byte, from Esc on; nil within one and outside of them.
    mutating func take(_ byte: UInt8) -> [UInt8]? {
        if byte == Self.cancel {
            sequence.removeAll(keepingCapacity: true)
            (state, scalarBytesLeft) = (.text, 0)
            return nil
        }
        switch state {
        case .text:
            takeText(byte)
            return nil
        case .escape:
            sequence.append(byte)
            switch byte {
            case UInt8(ascii: "["): state = .control
            case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
                state = .string
            case 0x20..<0x30: break
            default: return end(isKnown: Self.escapes.contains(tail(from: 1)))
            }
        case .control:
            sequence.append(byte)
            if byte >= 0x40 { return end(isKnown: isKnownControlSequence()) }
            if byte < 0x20 { note("control \(byte) within a sequence") }
        case .string:
            sequence.append(byte)
            let isEnded = byte == 0x07 || sequence.count > 3 && byte == 0x5C && sequence[sequence.count - 2] == 0x1B
            if isEnded { return end(isKnown: isKnownString()) }
        }
        return nil
    }

    private func tail(from start: Int) -> String { String(decoding: sequence[start...], as: UTF8.self) }

    private mutating func end(isKnown: Bool) -> [UInt8] {
        if !isKnown { note("Esc " + tail(from: 1)) }
        defer { sequence.removeAll(keepingCapacity: true) }
        state = .text
        return sequence
    }

    private mutating func note(_ what: String) { unexpected[what, default: 0] += 1 }

    /// Once a program takes no pastes any more it has left the screen, and the terminal's line echoes what is still typed:
    /// that text is not the program's.
    private mutating func noteText(_ what: String) { if modes[2004] != false { note(what) } }

    // MARK: Sequences

    /// Keypad modes, save and restore the cursor, one line on and back, character sets.
    private static let escapes: Set = ["=", ">", "7", "8", "D", "M", "(B", "(0", ")0"]
    /// Movement, erasing, inserting and deleting, regions, looks.
    private static let finals = Set("ABCDGHJKLMPX@dmrbl".utf8).union([
        UInt8(ascii: "h"), UInt8(ascii: "I"), UInt8(ascii: "Z"),
    ])
    private static let privateModes: Set = [
        1, 7, 12, 25, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1049, 2004, 2026,
    ]
    /// Flags of kitty's keyboard protocol are put on its stack, taken off and set to none; modifyOtherKeys is put off and
    /// to what it was.
    private static let keyboards: Set = [">0u", "<u", "=0u", ">4;0m", ">4m"]

    private mutating func isKnownControlSequence() -> Bool {
        guard let final = sequence.last else { return false }
        let body = sequence[2..<sequence.count - 1]
        if body.first == UInt8(ascii: "?") {
            // The console of Linux hides and shows its cursor so.
            if final == UInt8(ascii: "c") { return body.elementsEqual("?0".utf8) || body.elementsEqual("?1".utf8) }
            guard final == UInt8(ascii: "h") || final == UInt8(ascii: "l") else { return false }
            return noteModes(body.dropFirst(), isSet: final == UInt8(ascii: "h"))
        }
        // Titles are saved and restored.
        if final == UInt8(ascii: "t") {
            return ["22;2", "23;2", "22;0;0", "23;0;0"].contains(String(decoding: body, as: UTF8.self))
        }
        if Self.keyboards.contains(tail(from: 2)) { return true }
        let isPlain = body.allSatisfy { (0x30...0x3B).contains($0) }
        return isPlain && Self.finals.contains(final)
    }

    private mutating func noteModes(_ numbers: ArraySlice<UInt8>, isSet: Bool) -> Bool {
        var areKnown = true
        for number in numbers.split(separator: UInt8(ascii: ";")) {
            guard let mode = Int(String(decoding: number, as: UTF8.self)) else { return false }
            modes[mode] = isSet
            areKnown = areKnown && Self.privateModes.contains(mode)
        }
        return areKnown
    }

    /// The window's title and the clipboard. `7777` is the mark that a pseudo-terminal of these tests sends itself.
    private mutating func isKnownString() -> Bool {
        guard sequence[1] == UInt8(ascii: "]") else { return false }
        let isShort = sequence.last == 0x07
        let content = String(decoding: sequence[2..<sequence.count - (isShort ? 1 : 2)], as: UTF8.self)
        if content.unicodeScalars.contains(where: { $0.value < 0x20 || Self.isActedOn($0.value) }) { return false }
        if content.hasPrefix("2;") {
            title = String(content.dropFirst(2))
            return true
        }
        if content.hasPrefix("52;c;") {
            return content.dropFirst(5).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+/=".contains($0)) }
        }
        return content == "7777;settled"
    }

    // MARK: Characters

    private mutating func takeText(_ byte: UInt8) {
        if scalarBytesLeft > 0 {
            guard byte & 0xC0 == 0x80 else {
                noteText("a broken character before byte \(byte)")
                scalarBytesLeft = 0
                return takeText(byte)
            }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
            scalarBytesLeft -= 1
            if scalarBytesLeft == 0 { checkScalar() }
            return
        }
        switch byte {
        case 0x1B:
            state = .escape
            sequence.append(byte)
        case 0x20..<0x7F, 0x08, 0x09, 0x0A, 0x0D, 0x0E, 0x0F: break
        case 0xC2..<0xE0: begin(byte & 0x1F, 1, least: 0x80)
        case 0xE0..<0xF0: begin(byte & 0x0F, 2, least: 0x800)
        case 0xF0..<0xF5: begin(byte & 0x07, 3, least: 0x10000)
        default: noteText(byte < 0x80 ? "control \(byte)" : "byte \(byte) of no character")
        }
    }

    private mutating func begin(_ bits: UInt8, _ more: Int, least: UInt32) {
        scalar = UInt32(bits)
        scalarBytesLeft = more
        scalarLeast = least
    }

    private mutating func checkScalar() {
        guard scalar >= scalarLeast, Unicode.Scalar(scalar) != nil else { return noteText("a broken character") }
        if Self.isActedOn(scalar) { noteText("U+" + String(scalar, radix: 16, uppercase: true)) }
    }

    /// C1 controls, line ends, directions and their overrides, joiners and other characters without a look.
    private static func isActedOn(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x7F..<0xA0, 0xAD, 0x34F, 0x61C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFE00...0xFE0F,
            0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
