import FoundationEssentials
import Marketplace

/// Finds secrets in text and puts `•••` in their place, however a server may have written them: as they are, in base 64
/// alone or within something longer, and with any of their bytes escaped as addresses, JSON and HTML do.
public struct SecretFilter: Sendable {
    private struct Needle: Hashable {
        var bytes: [UInt8]
        /// Of the secret that it spells.
        var secretLength: Int
    }

    private static let mask = Array("•••".utf8)
    /// What an escaped byte may begin with.
    private static let escapes = Set("%\\&+".utf8)
    /// Secrets that are shorter may be parts of ordinary words.
    private static let distinct = 8

    /// The longest first.
    private var needles: [Needle] = []
    /// Those that may begin with a byte, by that byte; the longest first.
    private var beginning = [[Needle]](repeating: [], count: 256)
    /// Whether any may begin with two bytes, by both: nearly all of a text is passed by with this alone.
    private var pairs = [Bool](repeating: false, count: 65_536)

    public init(user: String, password: Secret, subscriptionKey: Secret) {
        add(password)
        add(subscriptionKey)
        guard !password.isEmpty else { return }
        // As the header of a sign-in spells them (REFERENCE 3).
        add(Self.base64(Array("\(user):\(password.revealed)".utf8)), of: password.revealed.utf8.count)
    }

    public mutating func add(_ secret: Secret) {
        let bytes = Array(secret.revealed.utf8)
        guard !bytes.isEmpty else { return }
        add([bytes] + Self.base64(bytes) + Self.inBase64(bytes), of: bytes.count)
    }

    private mutating func add(_ spellings: [[UInt8]], of length: Int) {
        let new = spellings.map { Needle(bytes: $0, secretLength: length) }
        needles = Set(needles + new).sorted { $0.bytes.count > $1.bytes.count }
        beginning = [[Needle]](repeating: [], count: 256)
        for needle in needles { beginning[Int(needle.bytes[0])].append(needle) }
        for escape in Self.escapes { beginning[Int(escape)] = needles }
        // Needles are only added, so no pair is ever taken back.
        for first in beginning.indices where !beginning[first].isEmpty {
            let seconds = beginning[first].map { $0.bytes.dropFirst().first }
            let mayBeAny = Self.escapes.contains(UInt8(first)) || seconds.contains(nil)
            let following = mayBeAny ? Array(UInt8.min...UInt8.max) : seconds.compactMap(\.self) + Self.escapes
            for second in following { pairs[first << 8 | Int(second)] = true }
        }
    }

    /// `text` without any secret, short ones within words too.
    public func removed(from text: String) -> String {
        cleaned(Array(text.utf8)) { _, _ in true }.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// What a server sent without any secret. Of short ones only whole words are taken out, and only where `hasWords`
    /// says that it is something to read: elsewhere they may be parts of what was asked for.
    func cleaned(_ bytes: [UInt8], hasWords: Bool) -> [UInt8] {
        cleaned(bytes) { needle, range in
            needle.secretLength >= Self.distinct || hasWords && Self.isWord(range, in: bytes)
        } ?? bytes
    }

    /// - Returns: Nil when nothing was found.
    private func cleaned(_ bytes: [UInt8], _ counts: (Needle, Range<Int>) -> Bool) -> [UInt8]? {
        var result: [UInt8] = []
        var kept = 0
        pairs.withUnsafeBufferPointer { pairs in
            bytes.withUnsafeBufferPointer { text in
                var position = 0
                while position < text.count {
                    let second = position + 1 < text.count ? text[position + 1] : 0
                    guard pairs[Int(text[position]) << 8 | Int(second)], let end = end(at: position, in: text, counts)
                    else {
                        position += 1
                        continue
                    }
                    result += bytes[kept..<position]
                    result += Self.mask
                    position = end
                    kept = end
                }
            }
        }
        return kept == 0 ? nil : result + bytes[kept...]
    }

    private func end(
        at start: Int, in text: UnsafeBufferPointer<UInt8>, _ counts: (Needle, Range<Int>) -> Bool
    ) -> Int? {
        for needle in beginning[Int(text[start])] {
            if let end = EscapedBytes.end(of: needle.bytes, at: start, in: text), counts(needle, start..<end) {
                return end
            }
        }
        return nil
    }

    private static func isWord(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
        func isPart(_ index: Int) -> Bool {
            guard bytes.indices.contains(index) else { return false }
            return bytes[index] >= 0x80 || WebHost.isOfName(bytes[index] | 0x20) || bytes[index] == UInt8(ascii: "@")
        }
        return !isPart(range.lowerBound - 1) && !isPart(range.upperBound)
    }

    // MARK: Base 64

    /// Whole, with and without padding, in both alphabets.
    private static func base64(_ bytes: [UInt8]) -> [[UInt8]] {
        let padded = Array(Data(bytes).base64EncodedData())
        return [padded, padded.filter { $0 != UInt8(ascii: "=") }].flatMap { [$0, urlSafe($0)] }
    }

    /// As part of something longer, which may begin at any of three places: the signs that depend on these bytes alone.
    private static func inBase64(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<3).flatMap { offset -> [[UInt8]] in
            let all = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedData()
            let start = (offset * 8 + 5) / 6
            let end = (offset + bytes.count) * 8 / 6
            guard end - start >= distinct else { return [] }
            let part = Array(all[start..<end])
            return [part, urlSafe(part)]
        }
    }

    private static func urlSafe(_ bytes: [UInt8]) -> [UInt8] {
        bytes.map { byte in
            switch byte {
            case UInt8(ascii: "+"): UInt8(ascii: "-")
            case UInt8(ascii: "/"): UInt8(ascii: "_")
            default: byte
            }
        }
    }
}

/// Text in which any byte may be escaped: `%2B`, `%252B`, `\u002b`, `\/`, `&#43;`, `&#x2b;`, `&amp;`, and `+` for a blank.
private enum EscapedBytes {
    typealias Text = UnsafeBufferPointer<UInt8>

    /// Where `bytes` end in the text, when they stand at `start`.
    static func end(of bytes: [UInt8], at start: Int, in text: Text) -> Int? {
        var position = start
        var index = 0
        while index < bytes.count {
            guard position < text.count else { return nil }
            if let (meant, next) = escape(at: position, in: text), bytes[index...].starts(with: meant) {
                index += meant.count
                position = next
            } else if text[position] == bytes[index]
                || text[position] == UInt8(ascii: "+") && bytes[index] == UInt8(ascii: " ")
            {
                index += 1
                position += 1
            } else {
                return nil
            }
        }
        return position
    }

    private static func escape(at position: Int, in text: Text) -> (bytes: [UInt8], end: Int)? {
        switch text[position] {
        case UInt8(ascii: "%"): percent(position, text)
        case UInt8(ascii: "\\"): backslash(position, text)
        case UInt8(ascii: "&"): entity(position, text)
        default: nil
        }
    }

    private static func percent(_ position: Int, _ text: Text) -> ([UInt8], Int)? {
        guard let number = number(position + 1, digits: 2, text) else { return nil }
        if number == UInt32(UInt8(ascii: "%")), let inner = self.number(position + 3, digits: 2, text) {
            return ([UInt8(inner)], position + 5)
        }
        return ([UInt8(number)], position + 3)
    }

    private static func backslash(_ position: Int, _ text: Text) -> ([UInt8], Int)? {
        guard position + 1 < text.count else { return nil }
        switch text[position + 1] {
        case UInt8(ascii: "u"):
            guard let unit = number(position + 2, digits: 4, text) else { return nil }
            if let scalar = Unicode.Scalar(unit) { return (Array(String(Character(scalar)).utf8), position + 6) }
            // The first half of a pair.
            guard position + 7 < text.count, text[position + 6] == UInt8(ascii: "\\"),
                let second = number(position + 8, digits: 4, text), (0xDC00...0xDFFF).contains(second), unit < 0xDC00,
                let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (second - 0xDC00))
            else { return nil }
            return (Array(String(Character(scalar)).utf8), position + 12)
        case UInt8(ascii: "n"): return ([0x0A], position + 2)
        case UInt8(ascii: "t"): return ([0x09], position + 2)
        case let byte where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/"):
            return ([byte], position + 2)
        default: return nil
        }
    }

    private static let entities: [(name: [UInt8], byte: UInt8)] = [
        ("amp", "&"), ("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)[0]) }

    private static func entity(_ position: Int, _ text: Text) -> ([UInt8], Int)? {
        let name = text[(position + 1)..<min(position + 10, text.count)].prefix { $0 != UInt8(ascii: ";") }
        guard name.endIndex < text.count, text[name.endIndex] == UInt8(ascii: ";") else { return nil }
        if let entity = entities.first(where: { name.elementsEqual($0.name) }) {
            return ([entity.byte], name.endIndex + 1)
        }
        guard name.first == UInt8(ascii: "#") else { return nil }
        let digits = String(decoding: name.dropFirst(), as: UTF8.self)
        let code =
            digits.hasPrefix("x") || digits.hasPrefix("X") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let scalar = code.flatMap({ Unicode.Scalar($0) }) else { return nil }
        return (Array(String(Character(scalar)).utf8), name.endIndex + 1)
    }

    private static func number(_ position: Int, digits: Int, _ text: Text) -> UInt32? {
        guard position + digits <= text.count else { return nil }
        var number: UInt32 = 0
        for index in position..<(position + digits) {
            guard let digit = Character(Unicode.Scalar(text[index])).hexDigitValue, text[index] < 0x80 else {
                return nil
            }
            number = number << 4 | UInt32(digit)
        }
        return number
    }
}
