import Marketplace
import Rows

/// What a person types to go somewhere, ready to be held against many texts, without case and accents.
struct Needle: Sendable {
    private let words: [[UInt8]]
    private let whole: [UInt8]

    init(_ text: String) {
        whole = Folding.folded(text.trimmingSpaces())
        words = whole.split(separator: UInt8(ascii: " ")).map(Array.init)
    }

    var isEmpty: Bool { whole.isEmpty }

    var isOneWord: Bool { words.count == 1 }

    /// Whether it can be a part of a tenant id, a domain or whatever else is given for a subscription.
    var mayBeParameter: Bool {
        isOneWord && FilterTerm(condition: .holds(whole, column: nil)).isContact
    }

    /// How well a name fits; nil when it does not hold every word. Each word may be spelled in another of the usual ways.
    func rank(inName name: String) -> FoundPlace.Rank? {
        let spellings = Folding.searchable(name).split(separator: Folding.lineEnd).map(Array.init)
        if spellings.contains(where: { $0.starts(with: whole) }) { return .beginning }
        var worst = FoundPlace.Rank.wordBeginnings
        for word in words {
            guard let rank = spellings.compactMap({ Self.rank(of: word, in: $0) }).min() else { return nil }
            worst = max(worst, rank)
        }
        return worst
    }

    private static func rank(of word: [UInt8], in bytes: [UInt8]) -> FoundPlace.Rank? {
        guard find(word, in: bytes) != nil else { return nil }
        if beginsWord(word, in: bytes) { return .wordBeginnings }
        // One letter is in nearly every name.
        return word.count == 1 ? nil : .within
    }

    /// How well an id, a number or an MPN fits: it is that, or begins so, or, from three characters on, holds it.
    func rank(inCode code: String) -> FoundPlace.Rank? {
        guard words.count == 1 else { return nil }
        let bytes = Folding.folded(code)
        if bytes == whole { return .exact }
        if bytes.starts(with: whole) { return .beginning }
        return whole.count > 2 && Self.find(whole, in: bytes) != nil ? .within : nil
    }

    /// How well a number fits that people write with blanks and signs in between, such as a tax number: by its letters and
    /// digits alone, from five on, of which one is a digit.
    func rank(inNumber number: String) -> FoundPlace.Rank? {
        if let rank = rank(inCode: number) { return rank }
        let typed = Self.lettersAndDigits(whole)
        guard typed.count >= 5, typed.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        let bytes = Self.lettersAndDigits(Folding.folded(number))
        if bytes == typed { return .exact }
        return Self.find(typed, in: bytes) == nil ? nil : .within
    }

    private static func lettersAndDigits(_ bytes: [UInt8]) -> [UInt8] {
        bytes.filter { $0 >= 0x80 || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    }

    /// How well an e-mail address fits: typed as one, or by its domain. Names that repeat in it are found as names.
    func rank(inEmail email: String) -> FoundPlace.Rank? {
        guard words.count == 1 else { return nil }
        if whole.contains(UInt8(ascii: "@")) { return rank(inCode: email) }
        guard whole.count > 2, let at = email.lastIndex(of: "@") else { return nil }
        let domain = Folding.folded(String(email[email.index(after: at)...]))
        if domain == whole { return .beginning }
        return Self.find(whole, in: domain) == nil ? nil : .within
    }

    /// How well a phone number fits by its digits alone, however either is written: with `+45`, `0045` or without its
    /// country. One that was reported without its country is found by its end.
    func rank(inPhone phone: String) -> FoundPlace.Rank? {
        guard let digits, digits.count >= 5 else { return nil }
        let bytes = Array(phone.utf8.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 })
        if bytes == digits { return .exact }
        if Self.find(digits, in: bytes) != nil { return .within }
        return namesCountry && bytes.count >= 6 && digits.suffix(bytes.count).elementsEqual(bytes) ? .within : nil
    }

    /// Whether a phone number is typed with the code of its country.
    private var namesCountry: Bool { whole.first == UInt8(ascii: "+") || whole.starts(with: "00".utf8) }

    /// The digits of what can be a phone number; nil when it holds a letter. Zeros before a number, and the plus of one
    /// with its country, are no part of it.
    private var digits: [UInt8]? {
        // The zero that is dialled within the country only.
        let whole = Self.withoutTrunkZero(whole)
        let signs = whole.filter { !(0x30...0x39).contains($0) }
        guard signs.allSatisfy({ "+-()./# ".utf8.contains($0) }) else { return nil }
        return Array(whole.filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 })
    }

    private static func withoutTrunkZero(_ bytes: [UInt8]) -> [UInt8] {
        guard let place = find(Array("(0)".utf8), in: bytes) else { return bytes }
        return Array(bytes[..<place] + bytes[(place + 3)...])
    }

    private static func find(_ word: [UInt8], in bytes: [UInt8], from start: Int = 0) -> Int? {
        guard let first = word.first else { return start }
        var place = start
        while place + word.count <= bytes.count {
            if bytes[place] == first, bytes[place..<place + word.count].elementsEqual(word) { return place }
            place += 1
        }
        return nil
    }

    private static func beginsWord(_ word: [UInt8], in bytes: [UInt8]) -> Bool {
        var place = find(word, in: bytes)
        while let here = place {
            if here == 0 || !isWordByte(bytes[here - 1]) { return true }
            place = find(word, in: bytes, from: here + 1)
        }
        return false
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
