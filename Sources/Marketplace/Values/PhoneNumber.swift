/// A telephone number. The marketplace writes it `country#area#number#extension`, people write `+45 33 550412`
/// (REFERENCE 7).
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// The calling code of its country, digits alone; empty when the number does not say.
    public let callingCode: String
    /// Empty where there are no areas, or where the number does not say which part of it is one.
    public let area: String
    public let subscriber: String
    public let `extension`: String
    /// A number that is not written in parts, or a text that is none: as it was reported.
    private let whole: String?

    /// Reads what the marketplace reports. Any text will do: what is not written in parts is shown as it is.
    public init(_ reported: String) {
        let parts = reported.split(separator: "#", omittingEmptySubsequences: false).map(Self.digits)
        guard reported.contains("#"), (3...5).contains(parts.count), parts.allSatisfy({ $0 != nil }),
            let subscriber = parts[2], !subscriber.isEmpty
        else {
            let text = String(reported.map { $0 == "#" ? " " : $0 }).trimmed
            self.init(whole: text.hasPrefix("00") ? "+" + text.dropFirst(2) : text)
            return
        }
        self.init(
            callingCode: parts[0] ?? "", area: parts[1] ?? "", subscriber: subscriber,
            extension: (parts.count > 3 ? parts[3] : nil) ?? "")
    }

    /// Reads what a person types: `+45 33 550412`, `0045 33550412`, `+1 (503) 555-0110 ext. 12`; with the country to add
    /// also `33 550412` or `040 5550100`; and the marketplace's own way of writing it. Nil when it is no such number.
    /// - Parameter country: Whose calling code a number without one gets.
    public init?(typed text: String, in country: Country? = nil) {
        if text.contains("#") {
            self.init(text)
            if whole != nil { return nil }
            return
        }
        let (number, ending) = Self.withoutExtension(text.replacing("(0)", with: "").trimmed)
        guard
            number.enumerated().allSatisfy({ place, sign in
                sign.isDigit || " ()-./\u{A0}".contains(sign) || (sign == "+" && place == 0)
            })
        else { return nil }
        var groups = number.split { !$0.isDigit }.map(String.init)
        let joined = groups.joined()
        let code: String
        if number.hasPrefix("+") || joined.hasPrefix("00") {
            groups = Self.dropping(number.hasPrefix("+") ? 0 : 2, from: groups)
            guard let found = Country.callingCode(beginning: groups.joined()) else { return nil }
            code = found
            groups = Self.dropping(found.count, from: groups)
        } else {
            guard let country, let first = groups.first else { return nil }
            code = country.callingCode
            if first.hasPrefix("0"), !Self.keepZero.contains(code) { groups = Self.dropping(1, from: groups) }
        }
        // North American numbers have three digits of area however they are written.
        if code == "1", groups.joined().count == 10 {
            let digits = groups.joined()
            groups = [String(digits.prefix(3)), String(digits.dropFirst(3))]
        }
        let area = groups.count > 1 ? groups[0] : ""
        let subscriber = groups.dropFirst(area.isEmpty ? 0 : 1).joined()
        guard (4...15).contains(code.count + area.count + subscriber.count), subscriber.count > 1 else { return nil }
        self.init(callingCode: code, area: area, subscriber: subscriber, extension: ending)
    }

    private init(callingCode: String, area: String, subscriber: String, extension: String) {
        self.callingCode = callingCode
        self.area = area
        self.subscriber = subscriber
        self.extension = `extension`
        whole = nil
    }

    private init(whole: String) {
        (callingCode, area, subscriber, `extension`) = ("", "", "", "")
        self.whole = whole
    }

    public var isEmpty: Bool { whole?.isEmpty ?? false }

    /// As people write it: `+45 33 550412`, `+1 503 5550110 ext. 12`.
    public var description: String {
        if let whole { return whole }
        let code = callingCode.isEmpty ? "" : "+" + callingCode
        return [code, area, subscriber, `extension`.isEmpty ? "" : "ext. " + `extension`]
            .filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// As the marketplace writes it: `45#33#550412#`.
    public var wire: String { whole ?? "\(callingCode)#\(area)#\(subscriber)#\(`extension`)" }

    /// Its spellings, for searches: with blanks and without, with `+`, with `00`, and without its country, with the zero
    /// that is dialled there.
    public var searchText: String {
        let shown = description
        guard whole == nil else {
            let digits = String(shown.filter(\.isDigit))
            return shown.hasPrefix("+") ? "\(shown) +\(digits) 00\(digits)" : "\(shown) \(digits)"
        }
        let national = area + subscriber
        let international = callingCode.isEmpty ? "" : " +\(callingCode)\(national) 00\(callingCode)\(national)"
        return "\(shown)\(international) 0\(national)"
    }

    /// Where the zero before a number is part of it and is dialled from abroad too.
    private static let keepZero: Set<String> = ["39", "225", "242", "378"]

    /// The digits of a part; nil when it holds a letter.
    private static func digits(_ part: Substring) -> String? {
        part.contains { !$0.isDigit && !" +()-./".contains($0) } ? nil : String(part.filter(\.isDigit))
    }

    /// What stands before `x 12` or `ext. 12` at the end, and that extension.
    private static func withoutExtension(_ text: String) -> (number: String, ending: String) {
        guard let place = text.firstIndex(where: \.isLetter) else { return (text, "") }
        let ending = text[place...].lowercased()
        for word in ["ext.", "ext", "x"] where ending.hasPrefix(word) {
            let digits = String(ending.dropFirst(word.count)).trimmed
            guard !digits.isEmpty, digits.allSatisfy(\.isDigit) else { continue }
            return (String(text[..<place]).trimmed, digits)
        }
        return (text, "")
    }

    private static func dropping(_ count: Int, from groups: [String]) -> [String] {
        var groups = groups
        var rest = count
        while rest > 0, let first = groups.first {
            groups[0] = String(first.dropFirst(rest))
            rest -= min(rest, first.count)
            if groups[0].isEmpty { groups.removeFirst() }
        }
        return groups
    }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
}

extension String {
    /// Without blanks at both ends.
    var trimmed: String { String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()) }
}

extension ContactPerson {
    /// `phone` as people write it.
    public var phoneNumber: PhoneNumber { PhoneNumber(phone) }
}
