import Screen

/// Keys by the letters and numbers that terminals give them.
enum KeyCodes {
    /// Final bytes of control sequences, and of what follows SS3.
    static let letters: [UInt8: Key] = [
        UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
        UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "P"): .function(1),
        UInt8(ascii: "Q"): .function(2), UInt8(ascii: "S"): .function(4), UInt8(ascii: "Z"): .backTab,
    ]

    /// After SS3: the numeric keypad in its application mode types what is printed on it.
    static let afterShift: [UInt8: Key] = {
        var keys = letters
        keys[UInt8(ascii: "R")] = .function(3)
        keys[UInt8(ascii: "M")] = .enter
        keys[UInt8(ascii: "I")] = .tab
        keys[UInt8(ascii: " ")] = " "
        let printed: [(UInt8, Character)] = [
            (UInt8(ascii: "X"), "="), (UInt8(ascii: "j"), "*"), (UInt8(ascii: "k"), "+"), (UInt8(ascii: "l"), ","),
            (UInt8(ascii: "m"), "-"), (UInt8(ascii: "n"), "."), (UInt8(ascii: "o"), "/"),
        ]
        for (letter, character) in printed { keys[letter] = .character(character) }
        for digit in UInt8(0)...9 {
            keys[UInt8(ascii: "p") + digit] = .character(Character(Unicode.Scalar(UInt8(ascii: "0") + digit)))
        }
        return keys
    }()

    /// Numbers before `~`.
    static let numbers: [Int: Key] = {
        var keys: [Int: Key] = [
            1: .home, 2: .insert, 3: .delete, 4: .end, 5: .pageUp, 6: .pageDown, 7: .home, 8: .end,
        ]
        let functions = [
            11...15: 1, 17...21: 6, 23...26: 11, 28...29: 15, 31...34: 17,
        ]
        for (numbers, first) in functions {
            for number in numbers { keys[number] = .function(first + number - numbers.lowerBound) }
        }
        return keys
    }()

    /// After `CSI [`, on the console of Linux.
    static func console(_ letter: UInt8) -> Key? {
        (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(letter)
            ? .function(Int(letter - UInt8(ascii: "A")) + 1) : nil
    }

    /// Keys that make no text, by their numbers in the keyboard protocol of kitty, today's and the first ones.
    static func special(_ code: Int) -> Key? {
        switch code {
        case 27, 57344: .escape
        case 13, 57345, 57414: .enter
        case 9, 57346: .tab
        case 8, 127, 57347: .backspace
        case 57348, 57425: .insert
        case 57349, 57426: .delete
        case 57350, 57417: .left
        case 57351, 57418: .right
        case 57352, 57419: .up
        case 57353, 57420: .down
        case 57354, 57421: .pageUp
        case 57355, 57422: .pageDown
        case 57356, 57423: .home
        case 57357, 57424: .end
        case 57364...57398: .function(code - 57363)
        default: nil
        }
    }

    /// What is printed on the numeric keypad.
    private static func keypad(_ code: Int) -> Character? {
        switch code {
        case 57399...57408: Character(Unicode.Scalar(UInt8(code - 57399) + UInt8(ascii: "0")))
        case 57409: "."
        case 57410: "/"
        case 57411: "*"
        case 57412: "-"
        case 57413: "+"
        case 57415: "="
        case 57416: ","
        default: nil
        }
    }

    /// The key with this code, which is a scalar of Unicode or one of kitty's numbers.
    /// - Parameters:
    ///   - shifted: The scalar that the key makes with Shift, where the terminal says so.
    ///   - isShiftedAlready: Whether the code is that scalar.
    static func key(_ code: Int, shifted: Int?, _ modifiers: KeyModifiers, isShiftedAlready: Bool) -> Key? {
        guard !modifiers.hasOthers else { return nil }
        if modifiers.hasAlt {
            let base = key(code, shifted: shifted, modifiers.withoutAlt, isShiftedAlready: isShiftedAlready)
            return base.map { .alt($0) }
        }
        if let special = special(code) { return modifiers.applied(to: special) }
        if let printed = keypad(code) { return modifiers.isPlain ? .character(printed) : nil }
        guard code >= 0x20, !(0x7F..<0xA0).contains(code), !(57344...63743).contains(code),
            let scalar = Unicode.Scalar(UInt32(code))
        else { return nil }
        if modifiers.hasControl { return modifiers.hasShift ? nil : control(scalar) }
        guard modifiers.hasShift else { return .character(Character(scalar)) }
        if let shifted, shifted >= 0x20, let scalar = Unicode.Scalar(UInt32(shifted)) {
            return .character(Character(scalar))
        }
        let upper = String(scalar).uppercased()
        if upper.count == 1, upper != String(scalar) || scalar.properties.isUppercase {
            return .character(Character(upper))
        }
        // What Shift makes of another key only the layout can say: no key is better than a wrong one.
        return isShiftedAlready || scalar == " " || Self.onlyWithShift.contains(scalar)
            ? .character(Character(scalar)) : nil
    }

    private static let onlyWithShift = Set("!\"#$%&()*+:<>?@^_{|}~".unicodeScalars)

    /// Control with a key, as terminals without such protocols send it.
    private static func control(_ scalar: Unicode.Scalar) -> Key? {
        switch scalar {
        case "[": return .escape
        case " ", "@", "`": return .control(" ")
        case "\\", "]", "^", "_": return .control(Character(scalar))
        default: break
        }
        guard let letter = String(scalar).lowercased().unicodeScalars.first, ("a"..."z").contains(letter) else {
            return nil
        }
        switch letter {
        case "h": return .backspace
        case "i": return .tab
        case "j", "m": return .enter
        default: return .control(Character(letter))
        }
    }
}
