import FoundationEssentials
import Marketplace

// The order of a column's values.
extension CodedColumn {
    /// How the text of a row stands to words: 0 is them, 1 begins with them, 2 neither.
    func standing(of words: [UInt8], inRow row: Int) -> Int {
        guard case .texts(let texts) = values else { return 2 }
        return texts.withText(code(ofRow: row)) { text in
            text.starts(with: words) ? (text.count == words.count ? 0 : 1) : 2
        }
    }

    /// For each value its place in the column's order, equal for equal ones; `UInt32.max` for none.
    func ranks() -> [UInt32] {
        switch values {
        case .numbers(let numbers): ranks(of: numbers.indices.dropFirst()) { numbers[$0] < numbers[$1] }
        case .dates(let dates): ranks(of: dates.indices.dropFirst()) { dates[$0] < dates[$1] }
        case .money(let money):
            ranks(of: money.indices.dropFirst()) { left, right in
                money[left].currency == money[right].currency
                    ? money[left].amount < money[right].amount : money[left].currency < money[right].currency
            }
        case .instants(let instants):
            ranks(of: instants.indices.lazy.filter { instants[$0] != Self.noInstant }) { instants[$0] < instants[$1] }
        case .texts(let texts), .linked(_, let texts): ranks(of: texts)
        case .taken: []
        }
    }

    private func ranks(of numbers: some Sequence<Int>, by precedes: (Int, Int) -> Bool) -> [UInt32] {
        var ranks = Array(repeating: UInt32.max, count: valueCount)
        var rank: UInt32 = 0
        var before: Int?
        for number in numbers.sorted(by: precedes) {
            if let before, precedes(before, number) { rank += 1 }
            ranks[number] = rank
            before = number
        }
        return ranks
    }

    private func ranks(of texts: PackedTexts) -> [UInt32] {
        let told = (0..<texts.count).filter { !texts.range($0).isEmpty }
        // The first eight bytes as one number settle most comparisons.
        var keys: [(own: Int, head: UInt64, number: Int)] = []
        keys.reserveCapacity(told.count)
        for number in told {
            let own = ownRanks.isEmpty ? (isUnique ? texts.digitCount(number) : 0) : ownRanks[number]
            keys.append((own, texts.head(number), number))
        }
        keys.sort { left, right in
            if left.own != right.own { return left.own < right.own }
            if left.head != right.head { return left.head < right.head }
            return texts.precedes(left.number, right.number)
        }
        var ranks = Array(repeating: UInt32.max, count: texts.count)
        var rank: UInt32 = 0
        for place in keys.indices {
            let number = keys[place].number
            if place > 0, !texts.areEqual(keys[place - 1].number, number) { rank += 1 }
            ranks[number] = rank
        }
        return ranks
    }
}

extension PackedTexts {
    /// The first eight bytes, most important first.
    fileprivate func head(_ number: Int) -> UInt64 {
        withText(number) { text in
            var head: UInt64 = 0
            for place in 0..<8 { head = head << 8 | (place < text.count ? UInt64(text[place]) : 0) }
            return head
        }
    }

    /// How many digits a text of digits alone has; texts with anything else come after all of them.
    fileprivate func digitCount(_ number: Int) -> Int {
        withText(number) { text in text.allSatisfy { (48...57).contains($0) } ? text.count : Int.max }
    }

    fileprivate func precedes(_ left: Int, _ right: Int) -> Bool {
        withText(left) { one in withText(right) { other in one.lexicographicallyPrecedes(other) } }
    }
}
