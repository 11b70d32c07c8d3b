/// One thing that goes wrong on purpose: which calls, what, and how often.
///
/// Written as `METHOD PATH: KIND [EFFECT] [WHEN]`, for example
///
///     POST /orders: 504 after-effect every 3
///     GET /customers: html first 2
///     PATCH /subscriptions/*: status 503 platform at 50%
///     * : slow 5 at 10%
///
/// **Calls.** `METHOD` is a method or `*`, and may be left out. `PATH` lies below the base URL; a segment `*` or `{id}` stands
/// for any one segment, a last segment `**` for any number of them, and `*` alone for every path. Sign-in is `/token`,
/// files of reports lie below `/rde`.
///
/// **Kinds.** `N` is a number; brackets mark what may be left out.
///
/// | kind | the caller gets |
/// |---|---|
/// | `status N [platform\|gateway\|html]`, or only `N` | that status (200 to 599) with an error body in the words of the API, of the gateway, or as a page of HTML; without a word 429 is the gateway's, 502 to 504 are pages |
/// | `html [N]` | a page of HTML with status 200 or N |
/// | `empty [N]` | no body, with status 200 or N |
/// | `reset [N]` | a connection that is torn down, at once or after N bytes of the body |
/// | `truncate [N]` | a connection that ends after N bytes of the body (else half) although more were announced |
/// | `cut [N]` | only N bytes of the body (else half), announced as all |
/// | `slow S` | the answer byte by byte over S seconds |
/// | `delay S` | the whole answer after S seconds |
/// | `duplicate-rows` | lists whose first row comes again at the end, in addition |
/// | `shifted-rows [N]` | lists as if N rows (else 1) had arrived at the top since the first page |
/// | `ignored-range` | all of a file, although a part of it was asked for |
/// | `odd-types` | numbers as text, ids as numbers, unknown words, nulls, new fields, and one row that is no object |
/// | `wrong-charset` | a body in ISO 8859-1 that claims to be JSON |
/// | `gzip-broken` | a body that claims to be compressed, and is not |
///
/// **Effect.** `before-effect`: the call never reaches the marketplace. `after-effect`: it is done, then the answer is lost. It
/// is a choice for `status`, `html`, `empty` and `reset` (without N), which are before the effect by default, and
/// for `delay`, which is after it: `delay S before-effect` is a call that reaches the marketplace S seconds late. All other
/// kinds spoil the real answer and so come after it.
///
/// **When.** `every N`: each Nth call that matches. `first N`: the first N. `at P%`: by dice that follow from the seed. Without:
/// always. Of several rules the first that applies to a call counts.
public struct FaultRule: Sendable, Equatable, CustomStringConvertible {
    /// Why a text is no rule, and where.
    public struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
        public var text: String
        /// The place in the text, counted in characters from 1.
        public var column: Int
        public var message: String

        /// Three lines: the text, a mark below the place, the words.
        public var description: String {
            text + "\n" + String(repeating: " ", count: max(0, column - 1)) + "^\nColumn \(column): " + message
        }
    }

    enum Body: String, Sendable {
        case platform, gateway, html
    }

    enum Kind: Equatable, Sendable {
        case status(Int, Body)
        case html(Int)
        case empty(Int)
        case reset(Int)
        case truncate(Int?)
        case cut(Int?)
        case slow(Double)
        case delay(Double)
        case duplicateRows
        case shiftedRows(Int)
        case ignoredRange
        case oddTypes
        case wrongCharset
        case gzipBroken
    }

    enum When: Equatable, Sendable {
        case always
        case every(Int)
        case first(Int)
        /// In a million.
        case share(Int)
    }

    /// The rule as it was written.
    public let description: String
    /// Nil for any.
    var method: String?
    /// Nil for every path.
    var path: [String]?
    var kind: Kind
    var isAfterEffect: Bool
    var when: When

    /// Reads one rule.
    /// - Throws: `Problem`, which says where the text stops being a rule.
    public init(fault text: String) throws(Problem) {
        var reader = FaultReader(text)
        self = try reader.rule()
    }

    /// Reads rules that stand on lines of their own or have semicolons between them; a line may begin with `#`.
    public static func rules(in text: String) throws(Problem) -> [FaultRule] {
        var rules: [FaultRule] = []
        for line in text.split(whereSeparator: { $0.isNewline || $0 == ";" }) {
            guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { continue }
            rules.append(try FaultRule(fault: String(line)))
        }
        return rules
    }

    init(_ text: String, method: String?, path: [String]?, kind: Kind, isAfterEffect: Bool, when: When) {
        description = text
        self.method = method
        self.path = path
        self.kind = kind
        self.isAfterEffect = isAfterEffect
        self.when = when
    }

    func matches(_ method: String, _ segments: [String]) -> Bool {
        guard self.method == nil || self.method == method else { return false }
        guard let path else { return true }
        let isOpen = path.last == "**"
        let wanted = isOpen ? path.dropLast() : path[...]
        guard isOpen ? segments.count >= wanted.count : segments.count == wanted.count else { return false }
        return zip(wanted, segments).allSatisfy { $0 == "*" || ($0.hasPrefix("{") && $0.hasSuffix("}")) || $0 == $1 }
    }
}
