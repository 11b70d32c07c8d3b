/// A country by its name, with the code by which the marketplace writes it.
public struct Country: Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    public let code: String
    /// In English.
    public let name: String
    /// Before its telephone numbers, without the plus.
    public let callingCode: String

    /// - Parameter code: In small or capital letters.
    public init?(code: String) {
        guard let found = Self.byCode[code.uppercased()] else { return nil }
        self = found
    }

    /// Reads what a person types: a code, a name, or the beginning that one name alone has; without case and accents.
    public init?(typed text: String) {
        let words = text.trimmed
        if let found = Country(code: words) ?? Self.others[words.uppercased()].flatMap({ Country(code: $0) }) {
            self = found
            return
        }
        let wanted = Folding.folded(words)
        guard wanted.count > 2 else { return nil }
        let fitting = Self.all.filter { Folding.folded($0.name).starts(with: wanted) }
        guard let found = fitting.first(where: { Folding.folded($0.name) == wanted }) ?? fitting.first,
            fitting.count == 1 || Folding.folded(found.name) == wanted
        else { return nil }
        self = found
    }

    private init(code: String, name: String, callingCode: String) {
        self.code = code
        self.name = name
        self.callingCode = callingCode
    }

    /// The name for a code; the code itself where there is no such country.
    public static func name(of code: String) -> String { Country(code: code)?.name ?? code }

    /// By their names.
    public static let all: [Country] = CountryTable.rows.split(separator: "\n").map { row in
        let parts = row.split(separator: " ", maxSplits: 2).map(String.init)
        return Country(code: parts[0], name: parts[2], callingCode: parts[1])
    }.sorted { $0.name < $1.name }

    private static let byCode = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
    private static let callingCodes = Set(all.map(\.callingCode))

    /// Other names that people type.
    private static let others = [
        "UK": "GB", "GREAT BRITAIN": "GB", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "USA": "US",
        "UNITED STATES OF AMERICA": "US", "UAE": "AE", "HOLLAND": "NL", "THE NETHERLANDS": "NL", "TURKEY": "TR",
        "CZECH REPUBLIC": "CZ", "IVORY COAST": "CI", "CAPE VERDE": "CV", "EAST TIMOR": "TL", "MACAU": "MO",
        "SWAZILAND": "SZ", "BURMA": "MM", "MACEDONIA": "MK", "RUSSIAN FEDERATION": "RU",
    ]

    /// The calling code that these digits begin with; no code begins with another.
    static func callingCode(beginning digits: String) -> String? {
        (1...3).lazy.map { String(digits.prefix($0)) }.first { callingCodes.contains($0) }
    }
}
