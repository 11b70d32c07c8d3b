import Screen

/// A whole control sequence (ECMA-48: CSI, parameters, intermediate bytes, a final byte), taken apart.
struct ControlSequence: Equatable {
    /// `<`, `=`, `>` or `?` before the parameters: then it is a report or an answer, and no key.
    var prefix: UInt8?
    /// Separated by semicolons; each has parts separated by colons. What is left out is nil.
    var parameters: [[Int?]]
    var hasIntermediates: Bool
    var final: UInt8

    /// Nil for what does not follow the grammar, or has a number that no terminal sends.
    init?(_ body: some Collection<UInt8>, final: UInt8) {
        self.final = final
        var rest = body[...]
        if let first = rest.first, (0x3C...0x3F).contains(first) {
            prefix = first
            rest = rest.dropFirst()
        }
        let numbers = rest.prefix { (0x30...0x3B).contains($0) }
        rest = rest.dropFirst(numbers.count)
        hasIntermediates = !rest.isEmpty
        guard rest.allSatisfy({ (0x20...0x2F).contains($0) }) else { return nil }
        parameters = []
        guard !numbers.isEmpty else { return }
        for parameter in numbers.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false) {
            var parts: [Int?] = []
            for part in parameter.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
                if part.isEmpty {
                    parts.append(nil)
                } else {
                    guard part.count <= 9, let number = Int(String(decoding: part, as: UTF8.self)) else { return nil }
                    parts.append(number)
                }
            }
            parameters.append(parts)
        }
    }

    /// The first part of a parameter; nil where there is none.
    func number(_ place: Int) -> Int? {
        guard parameters.indices.contains(place) else { return nil }
        return parameters[place].first ?? nil
    }

    enum Meaning: Equatable {
        case keys([Key])
        case mouse(Mouse)
        case focus(Bool)
        case pasteStart
        /// An answer, a report, or a key that means nothing here.
        case nothing

        /// Whether it has the form of a key, though perhaps of one that means nothing here.
        var isKey: Bool { if case .keys = self { true } else { false } }
    }

    var meaning: Meaning {
        guard !hasIntermediates else { return .nothing }
        if prefix == UInt8(ascii: "<"), final == UInt8(ascii: "M") { return mouse.map { .mouse($0) } ?? .nothing }
        guard prefix == nil else { return .nothing }
        switch final {
        case UInt8(ascii: "I") where parameters.isEmpty: return .focus(true)
        case UInt8(ascii: "O") where parameters.isEmpty: return .focus(false)
        case UInt8(ascii: "~"): return tilde
        case UInt8(ascii: "u"): return .keys(keys(code: 0, modifiers: 1, isEncoded: true))
        // With parameters it is the answer where the cursor is.
        case UInt8(ascii: "R"): return parameters.isEmpty ? .keys([.function(3)]) : .nothing
        default:
            guard let key = KeyCodes.letters[final], parameters.count <= 3, [nil, 1].contains(number(0)) else {
                return .nothing
            }
            return .keys(special(key))
        }
    }

    private var tilde: Meaning {
        switch (number(0), parameters.count) {
        case (200, 1): return .pasteStart
        case (27, 3): return .keys(keys(code: 2, modifiers: 1, isEncoded: false))
        case (let number?, 1...3): return .keys(KeyCodes.numbers[number].map(special) ?? [])
        default: return .nothing
        }
    }

    private func special(_ key: Key) -> [Key] {
        guard let modifiers = KeyModifiers(self, at: 1) else { return [] }
        return modifiers.applied(to: key).map { [$0] } ?? []
    }

    /// What the keyboard protocol of kitty (`isEncoded`) and xterm's modifyOtherKeys say of a key.
    private func keys(code place: Int, modifiers modifiersPlace: Int, isEncoded: Bool) -> [Key] {
        guard let code = number(place), parameters.count <= 3, let modifiers = KeyModifiers(self, at: modifiersPlace)
        else { return [] }
        let isText = modifiers.isPlain || modifiers.isShift
        if isEncoded, parameters.count == 3, isText, KeyCodes.special(code) == nil {
            // The text that the key makes with Shift, locks and layout.
            let scalars = parameters[2].map { $0.flatMap { Unicode.Scalar(UInt32($0)) } }
            let isWhole =
                !scalars.isEmpty && scalars.allSatisfy { $0.map { $0.value >= 0x20 && $0.value != 0x7F } ?? false }
            if isWhole {
                var text = String.UnicodeScalarView()
                text.append(contentsOf: scalars.compactMap { $0 })
                return String(text).map { .character($0) }
            }
        }
        let shifted = isEncoded && parameters[place].count > 1 ? parameters[place][1] : nil
        return KeyCodes.key(code, shifted: shifted, modifiers, isShiftedAlready: !isEncoded).map { [$0] } ?? []
    }

    /// `< button ; column ; row`, both counted from 1. Only the left button and the wheel mean something; what was held
    /// on the keyboard meanwhile does not change it.
    private var mouse: Mouse? {
        guard parameters.count == 3, parameters.allSatisfy({ $0.count == 1 }), let button = number(0),
            let column = number(1), let row = number(2), (1..<100_000).contains(column), (1..<100_000).contains(row)
        else { return nil }
        let action: Mouse.Action
        switch button & ~0x1C {
        case 0: action = .click
        case 64: action = .wheelUp
        case 65: action = .wheelDown
        default: return nil
        }
        return Mouse(action, x: column - 1, y: row - 1)
    }
}
