import CNCurses

/// What the dashboard wants otherwise than the terminal's entry has it, for the screen that is current in curses.
enum TerminalEntry {
    /// A string of the entry as it is; empty when it has none.
    static func text(_ name: String) -> String {
        var name = Array(name.utf8CString)
        guard let value = tigetstr(&name), Int(bitPattern: value) != -1 else { return "" }
        return String(cString: value)
    }

    /// Takes out of the entry what nobody needs here.
    ///
    /// - The sequence with which curses ends, and which sets the whole palette back to the terminal's first colours: that
    ///   would take away those that a person has set, and nothing here changes them.
    /// - The choice of the ordinary characters with every change of attributes (`ESC ( B`, or `^O`): nothing here chooses
    ///   others, for lines are drawn in Unicode or ASCII.
    static func shorten() {
        _ = cn_shorten("oc", "")
        guard let short = withoutCharacterSets(attributes: text("sgr"), reset: text("sgr0")) else { return }
        // Either of them alone is right as well.
        _ = cn_shorten("sgr", short.attributes)
        _ = cn_shorten("sgr0", short.reset)
    }

    /// - Parameters:
    ///   - attributes: Of the entry (`sgr`), with `%?%p9%tLINES%eORDINARY%;` somewhere.
    ///   - reset: Of the entry (`sgr0`), with the same ORDINARY in it or without.
    /// - Returns: The two without that; nil where nothing is to be taken out.
    static func withoutCharacterSets(attributes: String, reset: String) -> (attributes: String, reset: String)? {
        guard let start = attributes.firstRange(of: "%?%p9%t"),
            let middle = attributes[start.upperBound...].firstRange(of: "%e"),
            let end = attributes[middle.upperBound...].firstRange(of: "%;")
        else { return nil }
        let lines = attributes[start.upperBound..<middle.lowerBound]
        let ordinary = attributes[middle.upperBound..<end.lowerBound]
        guard !ordinary.isEmpty, !lines.contains("%"), !ordinary.contains("%") else { return nil }
        let rest = reset.firstRange(of: ordinary).map { reset[..<$0.lowerBound] + reset[$0.upperBound...] }
        return (
            String(attributes[..<start.lowerBound] + attributes[end.upperBound...]), rest.map { String($0) } ?? reset
        )
    }
}
