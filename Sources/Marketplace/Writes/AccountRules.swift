/// What the marketplace asks of the parts of an account, as far as it says so (REFERENCE 7 and 18). Each says in a
/// sentence what is wrong, or nil when nothing is.
public enum AccountRules {
    /// ISO 3166-1 alpha-2, upper case.
    public static func refusal(ofCountry code: String) -> String? {
        code.utf8.count == 2 && code.utf8.allSatisfy { (65...90).contains($0) }
            ? nil : "The country is two letters, such as DK or US."
    }

    public static func refusal(ofEmail address: String) -> String? {
        let sides = address.split(separator: "@", omittingEmptySubsequences: false)
        return sides.count == 2 && sides.allSatisfy { !$0.isEmpty } && !address.contains { $0.isWhitespace }
            ? nil : "The e-mail address must look like name@company.example."
    }

    /// Any text will do: `country#area#number#extension` and `+49…` were both seen to be taken (REFERENCE 16, row 31).
    public static func refusal(ofPhone number: String) -> String? {
        number.contains { $0.isNumber } ? nil : "Give a phone number, such as +45 33 550412."
    }

    public static func refusal(ofLogin login: String) -> String? {
        let bytes = Array(login.utf8)
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        guard (5...256).contains(bytes.count) else { return "A login has at least 5 characters." }
        guard isLetterOrDigit(bytes[0]), bytes.allSatisfy({ isLetterOrDigit($0) || "_.@-".utf8.contains($0) }) else {
            return "A login has letters, digits, _ . @ and -, and begins with a letter or digit."
        }
        return nil
    }

    /// What a password lacks of what is usually asked for; marketplaces differ, so it is advice.
    public static func weakness(ofPassword text: String) -> String? {
        var lacks: [String] = []
        if text.count < 7 { lacks.append("7 characters") }
        if !text.contains(where: \.isUppercase) { lacks.append("a capital letter") }
        if !text.contains(where: \.isLowercase) { lacks.append("a small letter") }
        if !text.contains(where: \.isNumber) { lacks.append("a digit") }
        if !text.contains(where: { !$0.isLetter && !$0.isNumber }) { lacks.append("another sign") }
        return lacks.isEmpty ? nil : "usually needs " + lacks.joined(separator: ", ")
    }

    /// Upper-case ISO 4217.
    public static func refusal(ofCurrency code: String) -> String? {
        code.utf8.count == 3 && code.utf8.allSatisfy { (65...90).contains($0) }
            ? nil : "The currency is three letters, such as EUR."
    }
}
