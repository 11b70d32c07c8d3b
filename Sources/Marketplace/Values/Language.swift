/// A language, perhaps of one country, as the marketplace writes it: `da_DK`.
public struct Language: Hashable, Sendable {
    /// ISO 639-1, in small letters.
    public let code: String
    public let country: Country?

    /// Reads `da_DK`, `da-DK` or `da`.
    public init?(code text: String) {
        let parts = text.split { $0 == "_" || $0 == "-" }.map(String.init)
        guard let first = parts.first?.lowercased(), Self.names[first] != nil, parts.count <= 2 else { return nil }
        code = first
        guard parts.count > 1 else {
            country = nil
            return
        }
        guard let found = Country(code: parts[1]) else { return nil }
        country = found
    }

    /// Reads what a person types: a code, or a name such as `Danish`, without case and accents.
    /// - Parameter country: Of which country a language is that is typed without one.
    public init?(typed text: String, in country: Country? = nil) {
        let words = text.trimmed
        if let found = Language(code: words) {
            code = found.code
            self.country = found.country ?? country
            return
        }
        let wanted = Folding.folded(words)
        guard let found = Self.names.first(where: { Folding.folded($0.value) == wanted }) else { return nil }
        code = found.key
        self.country = country
    }

    /// `Danish (Denmark)`.
    public var name: String { (Self.names[code] ?? code) + (country.map { " (\($0.name))" } ?? "") }

    /// As the marketplace writes it.
    public var wire: String { code + (country.map { "_" + $0.code } ?? "") }

    /// The name for a code; the code itself where there is no such language.
    public static func name(of code: String) -> String { Language(code: code)?.name ?? code }

    private static let names = Dictionary(
        uniqueKeysWithValues: LanguageTable.rows.split(separator: "\n").map { row in
            (String(row.prefix(2)), String(row.dropFirst(3)))
        })
}
