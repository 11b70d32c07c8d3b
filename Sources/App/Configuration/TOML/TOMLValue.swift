/// A value of a TOML document, with its position.
struct TOMLValue: Equatable, Sendable {
    enum Content: Equatable, Sendable {
        case string(String)
        case integer(Int64)
        case float(Double)
        case boolean(Bool)
        case moment(TOMLMoment)
        case array([TOMLValue])
        case table(TOMLTable)
    }

    var content: Content
    /// Among the scalars of the text.
    var offset: Int
}

/// A date, a time, or both. Nothing in a configuration needs one, so that it stays text.
struct TOMLMoment: Equatable, Sendable {
    enum Kind: Equatable, Sendable { case offsetDateTime, localDateTime, localDate, localTime }

    var kind: Kind
    /// As RFC 3339 writes it, with `T` and `Z` as capitals.
    var text: String
}

/// Keys and values in the order of the document.
struct TOMLTable: Equatable, Sendable {
    struct Entry: Equatable, Sendable {
        var key: String
        /// Of the key, among the scalars of the text.
        var offset: Int
        var value: TOMLValue
    }

    var entries: [Entry] = []
}

/// A whole TOML 1.0 document (https://toml.io/en/v1.0.0).
///
/// A library for TOML exists; linking it would bring all of Foundation into the program: 40 MB, and twice the time to
/// start.
struct TOMLDocument: Sendable {
    let root: TOMLTable
    private let text: SourceText

    /// Tables and lists within one another.
    static let deepest = 100

    /// - Throws: What is wrong and where, the first of it.
    init(_ text: SourceText) throws(SourceText.Problem) {
        self.text = text
        var reader = TOMLReader(text.scalars)
        do throws(TOMLFlaw) {
            root = try reader.document()
        } catch {
            let earlier = error.earlier.map { " in line \(text.place(of: $0).line)" } ?? ""
            throw SourceText.Problem(place: text.place(of: error.offset), text: error.text + earlier)
        }
    }

    func line(of offset: Int) -> Int { text.place(of: offset).line }
}

/// What is wrong with a document.
struct TOMLFlaw: Error {
    var offset: Int
    var text: String
    /// The position of something that `text` ends with.
    var earlier: Int?
}
