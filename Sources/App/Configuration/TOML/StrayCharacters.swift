/// Signs that copying, quoting and files of other systems leave in a value, and that nobody sees. Sent with a password they
/// look like a wrong password; sent with a key they could become a header.
enum StrayCharacters {
    /// What is wrong with the value of a variable of the profile, after its name; nil when nothing is. Shows nothing of the
    /// value but what nobody meant.
    static func words(for variable: String, _ value: String) -> String? {
        let scalars = Array(value.unicodeScalars)
        if let index = scalars.firstIndex(where: isInvisible) {
            return
                "holds \(name(of: scalars[index])) \(place(index, scalars.count)), which is invisible and would be "
                + "sent with it. It often comes from copying, or from a file saved on another system. Set it again without"
        }
        if let first = scalars.first, let last = scalars.last, first == " " || last == " " {
            return "\(first == " " ? "begins" : "ends") with a blank, which would be sent with it. Take the blank out"
        }
        if let first = value.first, let last = value.last, value.count >= 2, quotes.contains([first, last]) {
            return
                "is in quotes (\(first)…\(last)), which would be sent with it. Take them out. Files of variables, "
                + "as Docker and systemd read them, need none"
        }
        switch variable {
        case "SOUK_SUBSCRIPTION_KEY", "SOUK_MARKETPLACE":
            if let index = scalars.firstIndex(where: { !(0x21...0x7E).contains($0.value) }) {
                let what = scalars[index] == " " ? "a blank" : "a sign that is no plain letter"
                return "holds \(what) \(place(index, scalars.count)). Copy it again"
            }
        case "SOUK_USER":
            if scalars.contains(":") {
                return "holds a colon, which no user name can. Take out what follows it, which may be the password"
            }
        default: break
        }
        return nil
    }

    private static let quotes: Set<[Character]> = [
        ["\"", "\""], ["'", "'"], ["`", "`"], ["“", "”"], ["„", "“"], ["‘", "’"], ["«", "»"],
    ]

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F }
        let properties = scalar.properties
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned:
            return true
        default: return properties.isDefaultIgnorableCodePoint || scalar == "\u{2800}"
        }
    }

    private static func name(of scalar: Unicode.Scalar) -> String {
        let name =
            switch scalar {
            case "\n": "a line end"
            case "\r": "a carriage return"
            case "\t": "a tab"
            case "\0": "a null byte"
            case "\u{A0}": "a no-break space"
            case "\u{FEFF}": "a byte order mark"
            case "\u{200B}": "a zero-width space"
            default: "an invisible character"
            }
        return "\(name) (\(TOMLReader.code(scalar)))"
    }

    private static func place(_ index: Int, _ count: Int) -> String {
        index == 0 ? "at its start" : index == count - 1 ? "at its end" : "in it"
    }
}
