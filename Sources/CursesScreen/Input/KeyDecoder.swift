import CNCurses
import Screen

/// Turns the bytes that a terminal or a pipe sends into keys, by the grammar of ECMA-48: what is no key, whatever it
/// says, is passed over whole. It keeps what is unfinished between two readings.
///
/// Promises: bytes of an answer, a report or a sequence that came apart for too long are never keys. What never ends
/// swallows keys only until a silence, an Esc or ^C; a paste without end until Esc or ^C after a silence.
struct KeyDecoder {
    /// Where the bytes come from. Nobody holds Alt in a pipe, and what comes at once is no paste there.
    enum Source { case terminal, pipe }

    /// Whether the terminal has the focus, as far as it reports that.
    private(set) var hasFocus: Bool
    private(set) var pause: EscapePause

    private let isUTF8: Bool
    private let takesMouse: Bool
    private let source: Source
    private let ownKeys: [[UInt8]: Key]
    private var entries: [TextBurst.Entry] = []
    private var burst = TextBurst()
    private var state = State.text
    /// What a control sequence or SS3 has before its final byte.
    private var body: [UInt8] = []
    /// Whether the sequence came apart for so long that it may not act any more.
    private var isLate = false
    private var cameApart: Int64 = 0
    private var stringLength = 0
    private var text = ScalarBytes()
    private var isAltText = false
    private var paste: PasteBytes?
    private var pasteMayBeLost = false
    private var lastAt: Int64 = 0
    /// Since when a lone Esc is taken for a key; nil when something else came.
    private var lastEscapeAt: Int64?

    init(
        isUTF8: Bool, takesMouse: Bool, source: Source = .terminal, pause: EscapePause = EscapePause(),
        ownKeys: [[UInt8]: Key] = [:], hasFocus: Bool = true
    ) {
        self.hasFocus = hasFocus
        self.isUTF8 = isUTF8
        self.takesMouse = takesMouse
        self.source = source
        self.pause = pause
        self.ownKeys = ownKeys
    }

    var isInPaste: Bool { paste != nil }
    /// Whether an Esc came last, of which only a pause can tell whether it is a key.
    var isUndecided: Bool { if case .escape = state { true } else { paste?.mayBeGivenUp ?? false } }
    /// Whether the rest of something may be on its way.
    var isUnfinished: Bool { state != .text || paste != nil || burst.isGoingOn }
    /// Whether what came in this reading may be the beginning of a paste.
    var mayGoOn: Bool { source == .terminal && paste == nil && TextBurst.mayGoOn(entries) }

    // MARK: Time

    /// Begins a reading at a time in milliseconds, whatever it counts from.
    mutating func begin(at now: Int64) {
        let silence = now - lastAt
        lastAt = now
        pasteMayBeLost = paste != nil && silence >= Self.pasteSilence
        burst.begin(after: silence)
        switch state {
        case .text: break
        case .escape:
            if source == .terminal, silence > Int64(pause.milliseconds) { settle() } else { noteGap(silence) }
        case .control, .console, .shift, .coordinates:
            fallBack(silence > Self.restSilence)
            noteGap(silence)
        case .string:
            fallBack(silence > (stringLength < 4 ? Self.restSilence : Self.stringSilence))
            noteGap(silence)
        case .escapeInString: noteGap(silence)
        case .flood: fallBack(silence > Int64(pause.forTheRest))
        }
        if state == .text, silence > Self.restSilence { text.drop() }
    }

    /// Time in which nothing was read because the program did something else: no silence of the terminal.
    mutating func wasBusy(until now: Int64) { lastAt = max(lastAt, now) }

    private mutating func fallBack(_ isOver: Bool) { if isOver { state = .text } }

    private mutating func noteGap(_ silence: Int64) {
        guard state != .text else { return }
        cameApart = max(cameApart, silence)
        if source == .terminal, silence > Int64(pause.forTheRest) { isLate = true }
    }

    /// Nothing more came within the pause: an Esc that stands alone is one.
    mutating func settle() {
        if paste?.mayBeGivenUp == true {
            paste = nil
            return add(.escape)
        }
        guard case .escape(let isDoubled) = state else { return }
        add(.escape)
        if isDoubled { add(.escape) }
        state = .text
        isLate = false
        lastEscapeAt = lastAt
    }

    /// Ends a reading.
    mutating func finish() -> [Key] {
        defer { entries.removeAll(keepingCapacity: true) }
        guard source == .terminal else { return entries.map(\.key) }
        return burst.keys(entries)
    }

    /// Forgets everything.
    mutating func reset() {
        self = KeyDecoder(
            isUTF8: isUTF8, takesMouse: takesMouse, source: source, pause: pause, ownKeys: ownKeys, hasFocus: hasFocus)
    }

    // MARK: Bytes

    /// Takes what one reading gave, or a part of it.
    mutating func take(_ bytes: some Collection<UInt8>) {
        guard let first = bytes.first else { return }
        takeLateTail(Array(bytes.prefix(64)))
        if pasteMayBeLost {
            pasteMayBeLost = false
            if first == 0x03 { paste = nil } else { paste?.mayBeGivenUp = first == 0x1B && bytes.count == 1 }
        } else {
            paste?.mayBeGivenUp = false
        }
        for byte in bytes { take(byte) }
    }

    /// What came so long before was an Esc or the end of a string for all that one could tell then.
    private mutating func takeLateTail(_ bytes: [UInt8]) {
        if state == .escapeInString, isLate {
            if bytes.first == UInt8(ascii: "\\") { return }
            state = .text
            lastEscapeAt = lastEscapeAt ?? lastAt
        }
        guard let escape = lastEscapeAt else { return }
        lastEscapeAt = nil
        let gap = lastAt - escape
        guard state == .text, source == .terminal, LateTail.isOne(bytes, after: gap) else { return }
        pause.sawGap(gap)
        state = .escape(isDoubled: false)
        isLate = true
    }

    private mutating func take(_ byte: UInt8) {
        if paste != nil { return takePasted(byte) }
        switch state {
        case .text: takeText(byte)
        case .escape(let isDoubled): takeAfterEscape(byte, isDoubled: isDoubled)
        case .control(let isAlt): takeControl(byte, isAlt: isAlt)
        case .console:
            guard !cancels(byte) else { return }
            state = .text
            if let key = KeyCodes.console(byte) { finishSequence([key]) }
        case .shift(let isAlt): takeShift(byte, isAlt: isAlt)
        case .coordinates(let left): takeCoordinate(byte, left: left)
        case .string: takeInString(byte)
        case .escapeInString:
            state = .text
            isLate = false
            // Another sequence cuts the string off.
            if byte != UInt8(ascii: "\\") { takeAfterEscape(byte, isDoubled: false) }
        case .flood:
            if byte == 0x03 || byte == 0x1B {
                state = .text
                takeText(byte)
            }
        }
    }

    /// A control within a sequence ends it and is what it always is; CAN and SUB do nothing else.
    private mutating func cancels(_ byte: UInt8) -> Bool {
        guard byte < 0x20 || byte >= 0x80 else { return false }
        state = .text
        if byte != 0x18, byte != 0x1A { takeText(byte) }
        return true
    }

    private mutating func begin(_ new: State) {
        state = new
        body.removeAll(keepingCapacity: true)
        stringLength = 0
        text.drop()
    }

    private mutating func takeAfterEscape(_ byte: UInt8, isDoubled: Bool) {
        state = .text
        if let key = ownKeys[[0x1B, byte]] { return finishSequence([key]) }
        switch byte {
        case 0x1B:
            if isDoubled || source == .pipe { add(.escape) }
            state = .escape(isDoubled: source == .terminal)
        case UInt8(ascii: "["): begin(.control(isAlt: isDoubled))
        case UInt8(ascii: "O"): begin(.shift(isAlt: isDoubled))
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            if isDoubled { add(.escape) }
            begin(.string)
        // The end of a string that has ended already.
        case UInt8(ascii: "\\"): isLate = false
        default:
            if source == .pipe || isDoubled { add(.escape) }
            isAltText = source == .terminal
            takeText(byte)
        }
    }

    private mutating func takeControl(_ byte: UInt8, isAlt: Bool) {
        guard !cancels(byte) else { return }
        switch byte {
        case 0x7F: break
        case UInt8(ascii: "[") where body.isEmpty: state = .console
        // With nothing but a number before it no answer has it: so rxvt sends keys with Shift.
        case UInt8(ascii: "$") where !body.isEmpty && body.allSatisfy { (0x30...0x39).contains($0) }:
            finishSequence([])
        case 0x20..<0x40:
            body.append(byte)
            if body.count > Self.sequenceLimit { state = .flood }
        default: finishControl(byte, isAlt: isAlt)
        }
    }

    private mutating func finishControl(_ final: UInt8, isAlt: Bool) {
        if let key = ownKeys[[0x1B, 0x5B] + body + [final]] { return finishSequence([isAlt ? .alt(key) : key]) }
        // Old reports of the mouse, and of what it marked.
        switch final {
        case UInt8(ascii: "M") where body.isEmpty:
            state = .coordinates(3)
            return
        case UInt8(ascii: "t") where body.isEmpty:
            state = .coordinates(2)
            return
        case UInt8(ascii: "T") where body.isEmpty:
            state = .coordinates(6)
            return
        default: break
        }
        let meaning = ControlSequence(body, final: final)?.meaning ?? .nothing
        // What is no key at all came on its own, just behind an Esc that was pressed.
        if isAlt, !meaning.isKey, !isLate { add(.escape) }
        switch meaning {
        case .nothing: finishSequence([])
        case .keys(let keys): finishSequence(isAlt ? keys.map { .alt($0) } : keys)
        case .mouse(let mouse): finishSequence(takesMouse ? [.mouse(mouse)] : [])
        case .focus(let isThere):
            hasFocus = isThere
            finishSequence([])
        case .pasteStart:
            // However late, what follows is text and no keys.
            finishSequence([])
            paste = PasteBytes()
        }
    }

    private mutating func takeShift(_ byte: UInt8, isAlt: Bool) {
        guard !cancels(byte) else { return }
        if (0x30...0x3B).contains(byte), body.count < 8 { return body.append(byte) }
        var keys: [Key] = []
        if let key = ownKeys[[0x1B, 0x4F] + body + [byte]] {
            keys = [key]
        } else if body.isEmpty || body.elementsEqual("1".utf8) || body.elementsEqual("1;1".utf8) {
            keys = KeyCodes.afterShift[byte].map { [$0] } ?? []
        }
        finishSequence(isAlt ? keys.map { .alt($0) } : keys)
    }

    /// Some terminals send each as a byte, others as a character of two bytes from 128 on.
    private mutating func takeCoordinate(_ byte: UInt8, left: Int) {
        if let lead = body.last, (0xC2...0xDF).contains(lead), (0x80...0xBF).contains(byte) {
            body = []
            if left == 0 { finishSequence([]) }
            return
        }
        if left == 0 || byte < 0x20 {
            finishSequence([])
            return take(byte)
        }
        body = [byte]
        state = .coordinates(left - 1)
        if left == 1, !(0xC2...0xDF).contains(byte) { finishSequence([]) }
    }

    private mutating func takeInString(_ byte: UInt8) {
        stringLength += 1
        if stringLength > Self.stringLimit { state = .flood }
        switch text.take(byte) {
        case .more: return
        // The string terminator, where controls have eight bits; within a character it is none.
        case .whole(let scalar) where scalar == "\u{9C}": return finishSequence([])
        case .whole(let scalar) where scalar.value >= 0x20: return
        case .none(let byte) where byte == 0x9C: return finishSequence([])
        case .none, .whole: break
        }
        switch byte {
        case 0x07: finishSequence([])
        case 0x1B:
            state = .escapeInString
            isLate = false
        case 0x08...0x0D: break
        case ..<0x20: _ = cancels(byte)
        default: break
        }
    }

    private mutating func finishSequence(_ keys: [Key]) {
        state = .text
        if !isLate { for key in keys { entries.append(TextBurst.Entry(key: key, isText: false)) } }
        if cameApart > 2 { pause.sawGap(cameApart) } else { pause.sawWhole() }
        isLate = false
        cameApart = 0
    }

    // MARK: Text

    private mutating func takeText(_ byte: UInt8) {
        guard byte >= 0x80 else {
            text.drop()
            if byte == 0x1B {
                isAltText = false
                isLate = false
                cameApart = 0
                return begin(.escape(isDoubled: false))
            }
            return takeASCII(byte)
        }
        if isUTF8 {
            switch text.take(byte) {
            case .more: break
            case .none(let byte): takeHighControl(UInt32(byte))
            case .whole(let scalar): takeScalar(scalar)
            }
        } else if case let scalar = btowc(Int32(byte)), scalar != WEOF, let scalar = Unicode.Scalar(scalar) {
            takeScalar(scalar)
        } else {
            takeHighControl(UInt32(byte))
        }
    }

    private mutating func takeScalar(_ scalar: Unicode.Scalar) {
        guard scalar.value >= 0xA0 else { return takeHighControl(scalar.value) }
        if isAltText { return add(.character(Character(scalar))) }
        // A mark joins the character before it.
        if let last = entries.last, last.isText, case .character(let before) = last.key, !before.isWhitespace {
            let joined = String(before) + String(Character(scalar))
            if joined.count == 1 {
                entries[entries.count - 1].key = .character(Character(joined))
                return
            }
        }
        entries.append(TextBurst.Entry(key: .character(Character(scalar)), isText: true))
    }

    /// Controls of eight bits begin sequences as Esc and a letter do. No keyboard has them.
    private mutating func takeHighControl(_ value: UInt32) {
        isAltText = false
        isLate = false
        cameApart = 0
        switch value {
        case 0x9B: begin(.control(isAlt: false))
        case 0x8F: begin(.shift(isAlt: false))
        case 0x90, 0x98, 0x9D, 0x9E, 0x9F: begin(.string)
        default: break
        }
    }

    private mutating func takeASCII(_ byte: UInt8) {
        switch byte {
        case 0x09: add(.tab, isText: true)
        case 0x0A, 0x0D: add(.enter, isText: true)
        case 0x08, 0x7F: add(.backspace)
        case 0x00: add(.control(" "))
        case 0x01...0x1A: add(.control(Character(Unicode.Scalar(byte + 0x60))))
        case 0x1C...0x1F: add(.control(Character(Unicode.Scalar(byte + 0x40))))
        default: add(.character(Character(Unicode.Scalar(byte))), isText: true)
        }
    }

    private mutating func add(_ key: Key, isText: Bool = false) {
        let isAlt = isAltText
        isAltText = false
        entries.append(TextBurst.Entry(key: isAlt ? .alt(key) : key, isText: isText && !isAlt))
    }

    private mutating func takePasted(_ byte: UInt8) {
        guard let text = paste?.take(byte) else { return }
        paste = nil
        entries.append(TextBurst.Entry(key: .paste(text), isText: false))
    }
}
