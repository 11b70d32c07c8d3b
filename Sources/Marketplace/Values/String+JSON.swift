extension String {
    /// The text as a string of JSON, with its quotes.
    ///
    /// Lines of the journal carry a sum of these bytes, so they must not change: a line that an earlier version wrote
    /// would look damaged. (JSONEncoder writes U+0008 and U+000C in another way.)
    /// - Parameter escapingAllControls: Whether DEL and U+0080 to U+009F are escaped too. JSON takes them as they are;
    ///   terminals into which text is pasted may not.
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
            case "\u{7F}"..."\u{9F}" where escapingAllControls: quoted += scalar.jsonEscape
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension Unicode.Scalar {
    /// Only for scalars of up to four hexadecimal digits.
    fileprivate var jsonEscape: String {
        let digits = String(value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
