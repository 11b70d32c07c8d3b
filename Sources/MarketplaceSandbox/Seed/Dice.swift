/// Repeatable random numbers: the same seed, stream and index give the same throws on every machine (SplitMix64).
///
/// A row is made from its own dice, so any row can be made without making those before it.
struct Dice {
    /// One independent series per purpose, so that a new throw in one kind of row leaves the others as they were.
    enum Stream: UInt64 {
        case reseller = 1
        case customer, company, service, item, subscription, subscriptionLine, order, extraOrder, orderDetail
        case token, correlation, report, fault
    }

    private var state: UInt64

    init(seed: UInt64, _ stream: Stream, _ index: Int) {
        state = Dice.mix(seed &+ stream.rawValue &* 0x9E37_79B9_7F4A_7C15)
        state = Dice.mix(state ^ UInt64(truncatingIfNeeded: index) &* 0xD1B5_4A32_D192_ED03)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Dice.mix(state)
    }

    /// A number from 0 up to, not including, `bound`; 0 when there is nothing to choose from.
    mutating func roll(_ bound: Int) -> Int {
        bound > 1 ? Int(next().multipliedFullWidth(by: UInt64(bound)).high) : 0
    }

    /// True this often in a thousand throws.
    mutating func perMille(_ share: Int) -> Bool {
        roll(1_000) < share
    }

    /// One of our own word lists' entries; they are never empty.
    mutating func pick<Item>(_ items: [Item]) -> Item {
        items[roll(items.count)]
    }

    /// A number from 0 up to `bound` that is small far more often than large.
    mutating func skewed(_ bound: Int) -> Int {
        let a = roll(1 << 20)
        let b = Double(a) / Double(1 << 20)
        return min(max(bound - 1, 0), Int(b * b * Double(bound)))
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Dice {
    /// A UUID (version 4) made of two throws.
    mutating func uuid() -> String {
        let high = next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let low = next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for place in 0..<32 {
            if place == 8 || place == 12 || place == 16 || place == 20 { bytes.append(UInt8(ascii: "-")) }
            let half = place < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - place % 16 * 4) & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
