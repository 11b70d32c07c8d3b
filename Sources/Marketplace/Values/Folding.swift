/// Texts as filters and sorting see them: without case, accents and invisible signs, every line end a space. No locale
/// has a say, so the same words find the same rows everywhere.
public enum Folding {
    public static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    /// `text` as it is searched: folded, and on lines of their own the other usual spellings of its letters.
    public static func searchable(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        appendSearchable(text, to: &bytes)
        return bytes
    }

    /// Whether `part` is found in `text`, in any of the usual spellings.
    public static func text(_ text: String, holds part: String) -> Bool {
        let wanted = folded(part)
        guard let first = wanted.first else { return true }
        let bytes = searchable(text)
        return bytes.indices.contains { place in
            bytes[place] == first && place + wanted.count <= bytes.count
                && bytes[place..<place + wanted.count].elementsEqual(wanted)
        }
    }

    /// The longest part of a word without letters that have several spellings: what a marketplace can be asked for that
    /// knows one spelling only. The word itself when that part is too short.
    public static func plainPart(of word: String) -> String {
        var best = ""
        var part = ""
        let letters = Array(word)
        for (place, letter) in letters.enumerated() {
            let value = letter.unicodeScalars.first?.value ?? 0
            let pair = place + 1 < letters.count ? String(letters[place...place + 1]).lowercased() : ""
            let before = place > 0 ? String(letters[place - 1...place]).lowercased() : ""
            let isDoubtful =
                (0x80..<0x250).contains(value) || letter.unicodeScalars.count > 1
                || digraphs.contains(pair) || digraphs.contains(before)
            part = isDoubtful ? "" : part + String(letter)
            if part.count > best.count { best = part }
        }
        return best.count >= 3 ? best : word
    }

    private static let digraphs: Set<String> = ["ae", "oe", "ue", "aa", "ss"]

    /// Separates the spellings of a searchable text; no folded text holds it.
    public static let lineEnd = UInt8(ascii: "\n")

    /// Appends `text` folded, then its other spellings: `Schäfer` is found as `schafer` and `schaefer`, `Schaefer` too,
    /// `Jørgensen` as `joergensen`, `Håkan` as `haakan`. Only what is searched is spelled in several ways: what a person
    /// types stays what it is, so that more letters always find less. Words with digits have one spelling.
    public static func appendSearchable(_ text: String, to bytes: inout [UInt8]) {
        let start = bytes.count
        append(text, to: &bytes)
        let end = bytes.count
        // The letters in question begin with one of these two bytes, combining marks with the second.
        if text.utf8.contains(where: { $0 == 0xC3 || $0 == 0xCC }) {
            bytes.append(lineEnd)
            appendExpanded(text, to: &bytes)
            if bytes[(end + 1)...].elementsEqual(bytes[start..<end]) { bytes.removeSubrange(end...) }
        }
        let last = bytes.count
        bytes.append(lineEnd)
        if !appendContracted(start..<end, to: &bytes) { bytes.removeSubrange(last...) }
    }

    /// `ä` as `ae`, `ö` and `ø` as `oe`, `ü` as `ue`, `å` as `aa`, composed or not; everything else folded.
    private static func appendExpanded(_ text: String, to bytes: inout [UInt8]) {
        var before: Unicode.Scalar?
        func appendBefore() { if let before { append(before, to: &bytes) } }
        for scalar in text.unicodeScalars {
            let pair: StaticString? =
                switch (before, scalar) {
                case ("a", "\u{308}"), ("A", "\u{308}"): "ae"
                case ("o", "\u{308}"), ("O", "\u{308}"), ("o", "\u{338}"), ("O", "\u{338}"): "oe"
                case ("u", "\u{308}"), ("U", "\u{308}"): "ue"
                case ("a", "\u{30A}"), ("A", "\u{30A}"): "aa"
                default: nil
                }
            if let pair {
                pair.withUTF8Buffer { bytes.append(contentsOf: $0) }
                before = nil
                continue
            }
            appendBefore()
            before = nil
            switch scalar {
            case "ä", "Ä": bytes.append(contentsOf: "ae".utf8)
            case "ö", "Ö", "ø", "Ø": bytes.append(contentsOf: "oe".utf8)
            case "ü", "Ü": bytes.append(contentsOf: "ue".utf8)
            case "å", "Å": bytes.append(contentsOf: "aa".utf8)
            default: before = scalar
            }
        }
        appendBefore()
    }

    /// Appends the folded text at `range` with `ae`, `oe`, `ue` and `aa` as the one letter that they may stand for, except
    /// in words with digits.
    /// - Returns: Whether there is such a letter.
    private static func appendContracted(_ range: Range<Int>, to bytes: inout [UInt8]) -> Bool {
        var isOther = false
        var word = range.lowerBound
        while word < range.upperBound {
            let end = bytes[word..<range.upperBound].firstIndex(of: UInt8(ascii: " ")) ?? range.upperBound
            let isCode = bytes[word..<end].contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            var place = word
            while place < end {
                bytes.append(bytes[place])
                place += 1
                if !isCode, place < end, standsForOneLetter(bytes, place - 1, from: word) {
                    isOther = true
                    place += 1
                }
            }
            if end < range.upperBound { bytes.append(UInt8(ascii: " ")) }
            word = end + 1
        }
        return isOther
    }

    /// Whether the bytes at `place` and after it may be the two letters that people write for one. After a vowel, or in
    /// `que`, they are letters of their own.
    private static func standsForOneLetter(_ bytes: [UInt8], _ place: Int, from start: Int) -> Bool {
        if place > start, "aeioquy".utf8.contains(bytes[place - 1]) { return false }
        return switch (bytes[place], bytes[place + 1]) {
        case (UInt8(ascii: "a"), UInt8(ascii: "e")), (UInt8(ascii: "o"), UInt8(ascii: "e")),
            (UInt8(ascii: "u"), UInt8(ascii: "e")), (UInt8(ascii: "a"), UInt8(ascii: "a")):
            true
        default: false
        }
    }

    /// Appends `text` folded, as UTF-8.
    public static func append(_ text: String, to bytes: inout [UInt8]) {
        var text = text
        if text.withUTF8({ appendPlain($0, to: &bytes) }) { return }
        let letters = Self.letters
        for scalar in text.unicodeScalars {
            if scalar.value < 0x80 {
                bytes.append(folded(ascii: UInt8(scalar.value)))
            } else if Int(scalar.value) < letters.ends.count {
                let start = Int(letters.ends[Int(scalar.value) - 1])
                for place in start..<Int(letters.ends[Int(scalar.value)]) { bytes.append(letters.bytes[place]) }
            } else {
                append(scalar, to: &bytes)
            }
        }
    }

    /// Appends a text of ASCII alone.
    /// - Returns: Whether it is one.
    private static func appendPlain(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        var signs: UInt8 = 0
        for byte in text { signs |= byte }
        if signs >= 0x80 { return false }
        let start = bytes.count
        bytes.append(contentsOf: text)
        bytes.withUnsafeMutableBufferPointer { bytes in
            for place in start..<bytes.count { bytes[place] = folded(ascii: bytes[place]) }
        }
        return true
    }

    /// What the letters of Latin, Greek and Cyrillic become, which most names are written in.
    private static let letters: (ends: [UInt32], bytes: [UInt8]) = {
        var letters: (ends: [UInt32], bytes: [UInt8]) = ([], [])
        for value in UInt32(0)..<0x600 {
            if let scalar = Unicode.Scalar(value) { append(scalar, to: &letters.bytes) }
            letters.ends.append(UInt32(letters.bytes.count))
        }
        return letters
    }()

    private static func folded(ascii byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        case ..<0x20, 0x7F: UInt8(ascii: " ")
        default: byte
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar.value {
        case ..<0x80: bytes.append(folded(ascii: UInt8(scalar.value)))
        // Combining marks of Latin, Greek and Cyrillic letters, wherever a text keeps them apart.
        case 0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: return
        // Letters and signs that east Asian texts write as wide as their own.
        case 0xFF01...0xFF5E: bytes.append(folded(ascii: UInt8(scalar.value - 0xFEE0)))
        case 0x85, 0xA0, 0x2028, 0x2029, 0x3000: bytes.append(UInt8(ascii: " "))
        // The signs and letters that Japanese and Korean texts may keep apart: the syllable that they make is searched.
        case 0x1161...0x1175, 0x11A8...0x11C2, 0x3099, 0x309A:
            if !compose(scalar.value, &bytes) { bytes.append(contentsOf: UTF8.encode(scalar)!) }
        // Scripts without case: nothing to look up.
        case 0x2E80...0xD7FF: bytes.append(contentsOf: UTF8.encode(scalar)!)
        default:
            if scalar.properties.generalCategory == .format { return }
            for lowered in scalar.properties.lowercaseMapping.unicodeScalars {
                if (0x0300...0x036F).contains(lowered.value) { continue }
                if let base = bases[lowered.value] {
                    bytes.append(contentsOf: base.utf8)
                } else if let encoded = UTF8.encode(lowered) {
                    bytes.append(contentsOf: encoded)
                }
            }
        }
    }

    /// Puts in the place of the last letter, of three bytes, the syllable that it makes with the part after it: Korean
    /// vowels and finals (Unicode, "Hangul syllable composition"), Japanese signs of voice.
    /// - Returns: Whether they make one.
    private static func compose(_ part: UInt32, _ bytes: inout [UInt8]) -> Bool {
        guard bytes.count >= 3, bytes[bytes.count - 3] & 0xF0 == 0xE0 else { return false }
        let (first, second, third) = (bytes[bytes.count - 3], bytes[bytes.count - 2], bytes[bytes.count - 1])
        let last = UInt32(first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
        let syllable: UInt32? =
            switch (last, part) {
            case (0x1100...0x1112, 0x1161...0x1175): 0xAC00 + ((last - 0x1100) * 21 + part - 0x1161) * 28
            case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (last - 0xAC00) % 28 == 0: last + part - 0x11A7
            case (0x3046, 0x3099), (0x30A6, 0x3099): last + 0x4E
            case (0x304B...0x307B, 0x3099), (0x30AB...0x30DB, 0x3099): last + 1
            case (0x306F...0x307B, 0x309A), (0x30CF...0x30DB, 0x309A): last + 2
            default: nil
            }
        guard let syllable, let scalar = Unicode.Scalar(syllable), let encoded = UTF8.encode(scalar) else {
            return false
        }
        bytes.replaceSubrange((bytes.count - 3)..., with: encoded)
        return true
    }

    /// Letters without their accents, and letters that people write as two when their keyboard lacks them.
    private static let bases: [UInt32: String] = {
        var bases: [UInt32: String] = [:]
        for (base, letters) in groups {
            for letter in letters.unicodeScalars { bases[letter.value] = base }
        }
        return bases
    }()

    /// From the Unicode character database: small letters whose canonical decomposition begins with the letter before
    /// them; by hand those that have none, such as `ø`, `ł`, `ß`.
    private static let groups: [(base: String, letters: String)] = [
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"), ("ae", "æǣǽ"), ("b", "ƀḃḅḇ"), ("c", "çćĉċčḉ"), ("d", "ðďđḋḍḏḑḓ"),
        ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"), ("f", "ḟ"), ("g", "ĝğġģǧǵḡ"), ("h", "ĥħȟḣḥḧḩḫẖ"),
        ("i", "ìíîïĩīĭįıǐȉȋɨḭḯỉị"), ("ij", "ĳ"), ("j", "ĵǰ"), ("k", "ķǩḱḳḵ"), ("l", "ĺļľŀłḷḹḻḽ"), ("m", "ḿṁṃ"),
        ("n", "ñńņňŉǹṅṇṉṋ"), ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"), ("oe", "œ"), ("p", "ṕṗ"),
        ("r", "ŕŗřȑȓṙṛṝṟ"),
        ("s", "śŝşšſșṡṣṥṧṩẛ"), ("ss", "ß"), ("t", "ţťŧțṫṭṯṱẗ"), ("th", "þ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"),
        ("v", "ṽṿ"), ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"), ("y", "ýÿŷȳẏẙỳỵỷỹ"), ("z", "źżžƶẑẓẕ"),
        ("α", "άἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ"),
        ("ε", "έἐἑἒἓἔἕὲέ"), ("η", "ήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ"), ("ι", "ΐίϊἰἱἲἳἴἵἶἷὶίιῐῑῒΐῖῗ"), ("ο", "όὀὁὂὃὄὅὸό"),
        ("ρ", "ῤῥ"),
        ("σ", "ς"), ("υ", "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"), ("ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"), ("а", "ӑӓ"), ("г", "ѓ"),
        ("е", "ёѐӗ"), ("ж", "ӂӝ"), ("з", "ӟ"), ("и", "йѝӣӥ"), ("і", "ї"), ("к", "ќ"), ("о", "ӧ"), ("у", "ўӯӱӳ"),
        ("ч", "ӵ"),
        ("ы", "ӹ"), ("э", "ӭ"), ("ә", "ӛ"), ("ө", "ӫ"),
    ]
}
