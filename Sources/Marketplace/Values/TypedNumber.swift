import FoundationEssentials

/// A number as a person types it. A comma or a point is a decimal sign in one country and groups thousands in another;
/// what can be read in one way only is read so, everything else is refused: `1.000` is never guessed to be 1 or 1000.
public enum TypedNumber: Hashable, Sendable {
    case number(Decimal)
    /// May be two numbers: how to write either.
    case ambiguous(whole: String, fraction: String)
    case notANumber

    /// Reads `12`, `12.50`, `12,50`, `1,234.50`, `1.234,50`, `1,000,000` and the same with a sign before it.
    public init(_ text: String) {
        let sign = text.hasPrefix("-") ? "-" : ""
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
        let signs = digits.filter { !$0.isASCII || !$0.isNumber }
        guard signs.allSatisfy({ $0 == "," || $0 == "." }), let first = signs.first, let last = signs.last else {
            self = signs.isEmpty ? Self(plain: sign + digits) : .notANumber
            return
        }
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }.map(String.init)
        guard parts.allSatisfy({ !$0.isEmpty }) else {
            self = .notANumber
            return
        }
        let isOnlySign = signs.count == 1
        let hasDecimalSign = isOnlySign || first != last
        let groups = hasDecimalSign ? Array(parts.dropLast()) : parts
        let inner = signs.dropLast(hasDecimalSign ? 1 : 0)
        // Groups have three digits each, but the first, and one sign between them.
        guard inner.allSatisfy({ $0 == first }),
            groups.count == 1 || (groups[0].count <= 3 && groups.dropFirst().allSatisfy { $0.count == 3 })
        else {
            self = .notANumber
            return
        }
        if isOnlySign, parts[1].count == 3, parts[0].count <= 3, parts[0].first != "0" {
            self = .ambiguous(whole: sign + parts.joined(), fraction: "\(sign)\(parts[0]).\(parts[1])0")
            return
        }
        self = Self(plain: sign + groups.joined() + (hasDecimalSign ? "." + (parts.last ?? "") : ""))
    }

    private init(plain text: String) { self = Decimal(plain: text).map(TypedNumber.number) ?? .notANumber }

    public var decimal: Decimal? { if case .number(let value) = self { value } else { nil } }

    /// The number, when it is a whole one.
    public var whole: Int? { decimal.flatMap { Int($0.description) } }

    /// How to write what may be two numbers; nil when there is no doubt.
    public var howToWrite: String? {
        guard case .ambiguous(let whole, let fraction) = self else { return nil }
        return "may be two numbers: write \(whole) or \(fraction)."
    }
}
