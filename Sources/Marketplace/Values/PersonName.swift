/// A person's name as it is typed into one box. What comes after the last space is the last name: `Ida Holm`. A comma puts
/// the last name in front where it has several words, or comes first in the person's language: `van den Berg, Lars`.
public struct PersonName: Hashable, Sendable {
    public var first: String
    public var last: String

    public init(first: String, last: String) {
        self.first = first
        self.last = last
    }

    /// Nil when either name is missing.
    public init?(typed: String) {
        let text = Self.trimmed(typed[...])
        let names: (first: Substring, last: Substring)
        if let comma = text.firstIndex(where: { $0 == "," || $0 == "、" || $0 == "，" }) {
            names = (text[text.index(after: comma)...], text[..<comma])
        } else if let space = text.lastIndex(where: \.isWhitespace) {
            names = (text[..<space], text[text.index(after: space)...])
        } else {
            return nil
        }
        first = String(Self.trimmed(names.first))
        last = String(Self.trimmed(names.last))
        if first.isEmpty || last.isEmpty { return nil }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }

    /// How it is typed so that it is read back as it is.
    public var typed: String {
        let plain = "\(first) \(last)"
        return PersonName(typed: plain) == self ? plain : "\(last), \(first)"
    }
}
