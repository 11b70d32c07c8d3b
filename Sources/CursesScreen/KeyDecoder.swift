import CNCurses
import Screen

/// Turns what curses reads, bytes and key codes, into keys. It keeps what is unfinished between two readings: a
/// scalar whose bytes come apart, a paste that comes in pieces.
struct KeyDecoder {
    static let pasteStart: Int32 = 2000
    static let pasteEnd: Int32 = 2001
    /// A longer paste is cut; no text that a person means to paste here comes near it.
    static let pasteLimit = 1 << 20
    /// A paste whose end got lost is given up when, after this many milliseconds of silence, ^C or Esc comes first.
    static let pastePatience: Int64 = 1000

    /// The rest of a sequence that comes apart, as over a slow line, is waited for this many milliseconds.
    static let sequencePatience: Int64 = 100

    private enum Sequence: Equatable {
        case none, escape, control, singleShift
        /// The three bytes of a mouse report in the old form, of which so many are left.
        case oldMouse(Int)
    }

    /// Whether the person looks at the terminal, as far as it told.
    private(set) var hasFocus = true

    private let isUTF8: Bool
    private let takesMouse: Bool
    private var keys: [Key] = []
    private var sequence = Sequence.none
    private var parameters: [UInt8] = []
    private var lastAt: Int64 = 0
    private var partial: [UInt8] = []
    private var paste: [UInt8]?
    private var lastPasteAt: Int64 = 0
    private var pasteMayBeLost = false

    init(isUTF8: Bool, takesMouse: Bool) {
        self.isUTF8 = isUTF8
        self.takesMouse = takesMouse
    }

    var isInPaste: Bool { paste != nil }

    /// Begins a reading at a time in milliseconds, whatever it counts from.
    mutating func begin(at now: Int64) {
        pasteMayBeLost = paste != nil && now - lastPasteAt >= Self.pastePatience
        lastPasteAt = now
        if now - lastAt > Self.sequencePatience { sequence = .none }
        lastAt = now
    }

    mutating func take(_ code: Int32) {
        if paste != nil, !takePasted(code) { return }
        // Sequences are made of printable bytes: a control, or a key or paste that curses knows, ends one that was cut off.
        if sequence != .escape, !(0x20...0xFF).contains(code) { sequence = .none }
        switch sequence {
        case .none: break
        case .escape:
            sequence = .none
            if code == 0x5B {
                sequence = .control
                parameters = []
                return
            }
            if code == 0x4F {
                sequence = .singleShift
                return
            }
            keys.append(.escape)
        case .control:
            // A sequence that curses does not know ends with its first byte from @ on.
            if (0x20..<0x40).contains(code) {
                if parameters.count < 32 { parameters.append(UInt8(code)) }
            } else {
                sequence = .none
                takeControl(code)
            }
            return
        case .oldMouse(let left):
            sequence = left > 1 ? .oldMouse(left - 1) : .none
            return
        case .singleShift:
            sequence = .none
            return
        }
        if code > 0xFF {
            takeKeyCode(code)
        } else {
            takeByte(UInt8(truncatingIfNeeded: code))
        }
    }

    /// Ends a reading: nothing more waits, so an Esc that stands alone is one.
    mutating func finish() -> [Key] {
        if sequence == .escape {
            keys.append(.escape)
            sequence = .none
        }
        defer { keys = [] }
        return keys
    }

    /// - Returns: whether `code` is no part of the paste after all.
    private mutating func takePasted(_ code: Int32) -> Bool {
        if pasteMayBeLost {
            pasteMayBeLost = false
            if code == 0x03 || code == 0x1B {
                paste = nil
                return true
            }
        }
        if code == Self.pasteEnd {
            keys.append(.paste(Self.text(paste ?? [])))
            paste = nil
        } else if code <= 0xFF, paste!.count < Self.pasteLimit {
            paste!.append(UInt8(truncatingIfNeeded: code))
        }
        return false
    }

    /// Terminals send a line end of a paste as the Enter key does.
    private static func text(_ bytes: [UInt8]) -> String {
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

    /// A whole control sequence: a report of the mouse or of the focus. What others mean is dropped.
    private mutating func takeControl(_ final: Int32) {
        switch (parameters.first, UInt8(truncatingIfNeeded: final)) {
        case (UInt8(ascii: "<")?, UInt8(ascii: "M")): takeMouse()
        case (nil, UInt8(ascii: "M")): sequence = .oldMouse(3)
        case (nil, UInt8(ascii: "I")): hasFocus = true
        case (nil, UInt8(ascii: "O")): hasFocus = false
        default: break
        }
    }

    /// `< button ; column ; row`, both counted from 1. Only the left button and the wheel mean something; what was held
    /// on the keyboard meanwhile does not change it.
    private mutating func takeMouse() {
        let numbers = parameters.dropFirst().split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            .map { Int(String(decoding: $0, as: UTF8.self)) ?? -1 }
        guard takesMouse, numbers.count == 3, numbers.allSatisfy({ (0..<100_000).contains($0) }) else { return }
        let action: Mouse.Action
        switch numbers[0] & ~0x1C {
        case 0: action = .click
        case 64: action = .wheelUp
        case 65: action = .wheelDown
        default: return
        }
        keys.append(.mouse(Mouse(action, x: numbers[1] - 1, y: numbers[2] - 1)))
    }

    private mutating func takeKeyCode(_ code: Int32) {
        switch code {
        case Self.pasteStart: paste = []
        case KEY_UP: keys.append(.up)
        case KEY_DOWN: keys.append(.down)
        case KEY_LEFT: keys.append(.left)
        case KEY_RIGHT: keys.append(.right)
        case KEY_HOME, KEY_A1, KEY_FIND: keys.append(.home)
        case KEY_END, KEY_C1, KEY_SELECT: keys.append(.end)
        case KEY_PPAGE, KEY_A3: keys.append(.pageUp)
        case KEY_NPAGE, KEY_C3: keys.append(.pageDown)
        case KEY_DC: keys.append(.delete)
        case KEY_IC: keys.append(.insert)
        case KEY_BACKSPACE: keys.append(.backspace)
        case KEY_BTAB: keys.append(.backTab)
        case KEY_ENTER: keys.append(.enter)
        case KEY_F0 + 1...KEY_F0 + 63: keys.append(.function(Int(code - KEY_F0)))
        default: break
        }
    }

    private mutating func takeByte(_ byte: UInt8) {
        if byte < 0x80 {
            partial = []
            takeASCII(byte)
        } else if !isUTF8 {
            let scalar = btowc(Int32(byte))
            if scalar != WEOF, let scalar = Unicode.Scalar(scalar) { append(scalar) }
        } else {
            partial.append(byte)
            takePartial()
        }
    }

    private mutating func takePartial() {
        let length =
            switch partial[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        let isFollowed = partial.dropFirst().allSatisfy { (0x80...0xBF).contains($0) }
        guard length > 0, isFollowed else {
            // Not UTF-8. A lead byte in the wrong place may begin something that is.
            partial = isFollowed ? [] : [partial[partial.count - 1]]
            if partial.count == 1, !(0xC2...0xF4).contains(partial[0]) { partial = [] }
            return
        }
        guard partial.count == length else { return }
        if let text = String(validating: partial, as: UTF8.self), let scalar = text.unicodeScalars.first {
            append(scalar)
        }
        partial = []
    }

    private mutating func takeASCII(_ byte: UInt8) {
        switch byte {
        case 0x09: keys.append(.tab)
        case 0x0A, 0x0D: keys.append(.enter)
        case 0x08, 0x7F: keys.append(.backspace)
        case 0x1B: sequence = .escape
        case 0x00: keys.append(.control(" "))
        case 0x01...0x1A: keys.append(.control(Character(Unicode.Scalar(byte + 0x60))))
        case 0x1C...0x1F: keys.append(.control(Character(Unicode.Scalar(byte + 0x40))))
        default: keys.append(.character(Character(Unicode.Scalar(byte))))
        }
    }

    /// Adds a scalar that is not ASCII; a mark joins the character before it.
    private mutating func append(_ scalar: Unicode.Scalar) {
        if case .character(let before)? = keys.last, !before.isWhitespace {
            let joined = String(before) + String(Character(scalar))
            if joined.count == 1 {
                keys[keys.count - 1] = .character(Character(joined))
                return
            }
        }
        keys.append(.character(Character(scalar)))
    }
}
