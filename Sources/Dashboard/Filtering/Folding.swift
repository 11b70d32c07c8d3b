/// Texts as filters and sorting see them: without case, accents and invisible signs, every line end a space. No locale
/// has a say, so the same words find the same rows everywhere.
enum Folding {
    static func folded(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return bytes
    }

    /// Appends `text` folded, as UTF-8.
    static func append(_ text: String, to bytes: inout [UInt8]) {
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
        ("σ", "ς"), ("υ", "ΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ"), ("ω", "ώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ"), ("е", "ё"),
    ]
}
