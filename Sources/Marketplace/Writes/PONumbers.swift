/// Proposes PO numbers by which the orders of this program are recognised: `SOUK-261120-140412-K7Q1`, the moment in UTC
/// and then what distinguishes the orders of one second.
///
/// No two proposals are alike: one session counts them, and sessions, which do not share a counter, have names.
/// Two programs would have to bear the same name, one of 32,768, and to make their proposal of the same number in the
/// same second.
public struct PONumbers: Hashable, Sendable {
    /// Without letters that look like digits or like each other, in the order of their value.
    private static let signs = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")

    /// Three signs that name the session.
    public let session: String

    /// Of a session named by `number`; only its lowest 15 bits count.
    public init(session number: Int) {
        session = String([10, 5, 0].map { Self.signs[number >> $0 & 31] })
    }

    /// Of a session without a name.
    public init() { self.init(session: .random(in: 0..<1 << 15)) }

    /// - Parameter count: How many were proposed in this session; each only once.
    public func number(_ count: Int, at now: Instant) -> String {
        let digits = now.description.filter(\.isNumber).dropFirst(2)
        return "SOUK-\(digits.prefix(6))-\(digits.dropFirst(6))-\(session)\(Self.spelled(count))"
    }

    private static func spelled(_ count: Int) -> String {
        var rest = max(0, count)
        var text = ""
        repeat {
            text = String(signs[rest & 31]) + text
            rest >>= 5
        } while rest > 0
        return text
    }
}
