extension TOMLReader {
    /// `"…"` on one line.
    mutating func basicString() throws(TOMLFlaw) -> String {
        let start = position
        var text = String.UnicodeScalarView()
        _ = take("\"")
        while !take("\"") {
            let scalar = try scalarOfLine(of: "\"", begun: start)
            if scalar == "\\" { text.append(try escape()) } else { text.append(scalar) }
        }
        return String(text)
    }

    /// `'…'` on one line: every character is literal.
    mutating func literalString() throws(TOMLFlaw) -> String {
        let start = position
        var text = String.UnicodeScalarView()
        _ = take("'")
        while !take("'") { text.append(try scalarOfLine(of: "'", begun: start)) }
        return String(text)
    }

    /// `"""…"""`
    mutating func multilineBasicString() throws(TOMLFlaw) -> String {
        try multiline("\"") { (reader, text) throws(TOMLFlaw) in
            guard reader.next == "\\" else { return false }
            reader.position += 1
            if !reader.skipBrokenLine() { text.append(try reader.escape()) }
            return true
        }
    }

    /// `'''…'''`
    mutating func multilineLiteralString() throws(TOMLFlaw) -> String { try multiline("'") { _, _ in false } }

    private mutating func scalarOfLine(of quote: String, begun start: Int) throws(TOMLFlaw) -> Unicode.Scalar {
        guard let scalar = next, scalar != "\n", !(scalar == "\r" && self.scalar(1) == "\n") else {
            throw flaw("this text has no closing \(quote)", at: start)
        }
        try checkIsText(scalar)
        position += 1
        return scalar
    }

    /// - Parameter takeEscape: Takes what begins with a backslash, where that means something.
    private mutating func multiline(
        _ quote: Unicode.Scalar,
        takeEscape: (inout TOMLReader, inout String.UnicodeScalarView) throws(TOMLFlaw) -> Bool
    ) throws(TOMLFlaw) -> String {
        let start = position
        position += 3
        _ = takeLineEnd()
        var text = String.UnicodeScalarView()
        while let scalar = next {
            if scalar == quote {
                // Up to two quotes may stand before the three that close it.
                var count = 1
                while count < 5, self.scalar(count) == quote { count += 1 }
                position += count
                let isClosed = count >= 3
                for _ in 0..<(isClosed ? count - 3 : count) { text.append(quote) }
                if isClosed { return String(text) }
            } else if takeLineEnd() {
                text.append("\n")
            } else if try !takeEscape(&self, &text) {
                try checkIsText(scalar)
                text.append(scalar)
                position += 1
            }
        }
        let closing = String(repeating: String(Character(quote)), count: 3)
        throw flaw("this text has no closing \(closing)", at: start)
    }

    /// A backslash at the end of a line: the line goes on with the next text.
    private mutating func skipBrokenLine() -> Bool {
        let start = position
        skipBlanks()
        guard takeLineEnd() else {
            position = start
            return false
        }
        repeat { skipBlanks() } while takeLineEnd()
        return true
    }

    /// What follows a backslash.
    private mutating func escape() throws(TOMLFlaw) -> Unicode.Scalar {
        let start = position
        defer { position = max(position, start + 1) }
        switch next {
        case "b": return "\u{8}"
        case "t": return "\t"
        case "n": return "\n"
        case "f": return "\u{C}"
        case "r": return "\r"
        case "\"": return "\""
        case "\\": return "\\"
        case "u": return try escapedScalar(digits: 4)
        case "U": return try escapedScalar(digits: 8)
        default:
            throw flaw(
                #"only \b \t \n \f \r \" \\ \uXXXX and \UXXXXXXXX are understood after a backslash; in 'single quotes' it "#
                    + "is itself")
        }
    }

    private mutating func escapedScalar(digits: Int) throws(TOMLFlaw) -> Unicode.Scalar {
        let start = position
        var number: UInt32 = 0
        position += 1
        for _ in 0..<digits {
            guard let scalar = next, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
                throw flaw("\(digits) hexadecimal digits are expected here", at: start)
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        guard let scalar = Unicode.Scalar(number) else { throw flaw("there is no such character", at: start) }
        return scalar
    }
}
