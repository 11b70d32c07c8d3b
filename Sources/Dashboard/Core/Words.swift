import Marketplace
import Screen

/// `1,500`.
func grouped(_ number: Int) -> String {
    // 20 digits, 6 commas and a sign at most, from the last one on.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 27) { bytes in
        var place = bytes.endIndex
        func put(_ byte: UInt8) {
            place -= 1
            bytes[place] = byte
        }
        var rest = number.magnitude
        var digits = 0
        repeat {
            if digits > 0, digits.isMultiple(of: 3) { put(UInt8(ascii: ",")) }
            put(UInt8(ascii: "0") + UInt8(rest % 10))
            digits += 1
            rest /= 10
        } while rest > 0
        if number < 0 { put(UInt8(ascii: "-")) }
        return String(decoding: UnsafeBufferPointer(rebasing: bytes[place...]), as: UTF8.self)
    }
}

/// `1 customer`, `12 customers`.
func counted(_ number: Int, _ word: String) -> String { "\(grouped(number)) \(word)\(number == 1 ? "" : "s")" }

extension Notice {
    var style: Style {
        switch kind {
        case .info: .plain
        case .done: .good
        case .warning: .warning
        case .problem: .bad
        }
    }
}

extension String {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
