import FoundationEssentials
import Marketplace

/// How well a text matches words that are typed as its beginning.
enum PrefixMatch: Int { case whole, beginning, none }

// The order of a column's values.
extension EncodedColumn {
    /// Whether the text of a row is these words, or begins with them.
    func prefixMatch(of words: [UInt8], inRow row: Int) -> PrefixMatch {
        guard case .texts(let texts) = values else { return .none }
        return texts.withText(code(ofRow: row)) { text in
            text.starts(with: words) ? (text.count == words.count ? .whole : .beginning) : .none
        }
    }

    /// The dense rank of each value in the column's ascending order, equal for equal ones; `UInt32.max` for none.
    func ranks() -> [UInt32] {
        switch values {
        case .numbers(let numbers): Self.ranks(numbers.count, isPresent: { $0 != 0 }, of: { Int64(numbers[$0]) })
        case .dates(let dates):
            Self.ranks(dates.count, isPresent: { $0 != 0 }, of: { Int64(dates[$0].daysSince1970) })
        case .instants(let instants):
            Self.ranks(instants.count, isPresent: { instants[$0] != Self.noInstant }, of: { instants[$0] })
        case .money(let money): Self.ranks(of: money)
        case .texts(let texts), .lookup(_, let texts): ranks(of: texts)
        case .moved: []
        }
    }

    private static func ranks(_ count: Int, isPresent: (Int) -> Bool, of number: (Int) -> Int64) -> [UInt32] {
        RadixRanking.ranks(
            count: count, isPresent: isPresent, key: { value, _ in key(number(value)) }, isLast: { _, _ in true })
    }

    /// Signed numbers in the order of unsigned ones.
    private static func key(_ number: Int64) -> UInt64 { UInt64(bitPattern: number) ^ 1 << 63 }

    private static func ranks(of money: [Money]) -> [UInt32] {
        func precedes(_ left: Int, _ right: Int) -> Bool {
            money[left].currency == money[right].currency
                ? money[left].amount < money[right].amount : money[left].currency < money[right].currency
        }
        var ranks = Array(repeating: UInt32.max, count: money.count)
        var rank: UInt32 = 0
        var before: Int?
        for number in money.indices.dropFirst().sorted(by: precedes) {
            if let before, precedes(before, number) { rank += 1 }
            ranks[number] = rank
            before = number
        }
        return ranks
    }

    /// By the column's own order, when it has one; unique texts that are all digits as numbers; then by their bytes.
    private func ranks(of texts: StringPool) -> [UInt32] {
        let ownLevels = isUnique || !ownRanks.isEmpty ? 1 : 0
        return texts.withTexts { text in
            RadixRanking.ranks(
                count: texts.count, isPresent: { !text($0).isEmpty },
                key: { number, level in
                    if level >= ownLevels { return text(number).word(level - ownLevels) }
                    return isUnique ? text(number).numberKey : Self.key(Int64(ownRanks[number]))
                },
                isLast: { key, level in
                    // No folded text holds a zero byte: one in the key means that the texts have ended.
                    level >= ownLevels ? key & 0xFF == 0 : isUnique && key < UnsafeBufferPointer<UInt8>.noNumberKey
                })
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Eight bytes from place `8 * number` on, the first most important; zero after the end.
    fileprivate func word(_ number: Int) -> UInt64 {
        let start = number * 8
        if start + 8 <= count {
            return UInt64(bigEndian: UnsafeRawPointer(baseAddress! + start).loadUnaligned(as: UInt64.self))
        }
        var word: UInt64 = 0
        for place in start..<start + 8 { word = word << 8 | (place < count ? UInt64(self[place]) : 0) }
        return word
    }

    fileprivate static var noNumberKey: UInt64 { 1 << 63 }

    /// Orders texts of digits alone by their number of digits, then as numbers; up to 18 digits no two have the same
    /// key. From `noNumberKey` on: more digits, by their number, and texts with anything else after all of them.
    fileprivate var numberKey: UInt64 {
        // A leading 1 keeps numbers of different length apart.
        var key: UInt64 = 1
        for byte in self {
            guard (48...57).contains(byte) else { return .max }
            if count <= 18 { key = key * 10 + UInt64(byte - 48) }
        }
        return count <= 18 ? key : Self.noNumberKey + UInt64(count)
    }
}
