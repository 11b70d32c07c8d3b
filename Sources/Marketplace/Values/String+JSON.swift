extension String {
    /// The text as a string of JSON, with its quotes.
    ///
    /// Lines of the journal carry a sum of these bytes, so they must not change: a line that an earlier version wrote
    /// would look damaged. (JSONEncoder writes U+0008 and U+000C in another way.)
    /// - Parameter escapingAllControls: Whether DEL, U+0080 to U+009F, the controls of writing direction and the signs that
    ///   some programs take for line ends are escaped too. JSON takes them as they are; terminals into which text is pasted
    ///   may not.
    public func jsonQuoted(escapingAllControls: Bool = false) -> String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0"..."\u{1F}": quoted += scalar.jsonEscape
            case _ where escapingAllControls && scalar.isControl: quoted += scalar.jsonEscape
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// JSON text with an escape for every sign that `jsonQuoted(escapingAllControls:)` escapes.
    public var escapingControls: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        var result = ""
        for scalar in unicodeScalars {
            if scalar.isControl { result += scalar.jsonEscape } else { result.unicodeScalars.append(scalar) }
        }
        return result
    }
}

extension Unicode.Scalar {
    /// Whether a terminal or an editor may obey it where JSON lets it stand.
    fileprivate var isControl: Bool {
        switch value {
        case 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Only for scalars of up to four hexadecimal digits.
    fileprivate var jsonEscape: String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
