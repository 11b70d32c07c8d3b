/// The text of a file that a person wrote, whatever editor saved it: in UTF-8, with or without a byte order mark, its
/// lines ended by a line feed or, as on Windows, by carriage return and line feed.
struct SourceText: Sendable {
    struct Place: Equatable, Sendable {
        /// From 1.
        var line: Int
        /// In characters, from 1.
        var column: Int
    }

    struct Problem: Error, Equatable {
        var place: Place
        /// What is wrong there, without a full stop.
        var text: String

        /// As a sentence, after the name of what was read.
        func sentence(_ name: String) -> String {
            "\(name), line \(place.line), column \(place.column): \(text)."
        }
    }

    /// Without a byte order mark, with the line ends of the file.
    let scalars: [Unicode.Scalar]
    /// Where each line begins among the scalars.
    private let starts: [Int]

    init(_ text: String) {
        let all = Array(text.unicodeScalars)
        self.init(all)
    }

    /// - Throws: What is no text in UTF-8, with its place.
    init(_ bytes: [UInt8]) throws(Problem) {
        if Self.isUTF16(bytes) {
            throw Problem(
                place: Place(line: 1, column: 1),
                text: "this is written in UTF-16. Save it as UTF-8, or convert it: iconv -f UTF-16 -t UTF-8")
        }
        if let text = String(validating: bytes, as: UTF8.self) {
            self.init(text)
            return
        }
        let start = SourceText(Self.validStart(of: bytes))
        throw Problem(
            place: start.place(of: start.scalars.count),
            text: "this is no text in UTF-8. Save the file in that encoding")
    }

    private init(_ all: [Unicode.Scalar]) {
        scalars = all.first == "\u{FEFF}" ? Array(all.dropFirst()) : all
        starts = [0] + scalars.indices.lazy.filter { [scalars] in scalars[$0] == "\n" }.map { $0 + 1 }
    }

    /// The lines with no more than a line feed between them.
    var text: String {
        var view = String.UnicodeScalarView()
        for (index, scalar) in scalars.enumerated() {
            let endsLine = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            if !endsLine { view.append(scalar) }
        }
        return String(view)
    }

    /// - Parameter offset: Of a scalar, or of the end.
    func place(of offset: Int) -> Place {
        // The last line that begins at or before it.
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        var before = String.UnicodeScalarView()
        before.append(contentsOf: scalars[starts[low]..<max(starts[low], min(offset, scalars.count))])
        return Place(line: low + 1, column: String(before).count + 1)
    }

    private static func isUTF16(_ bytes: [UInt8]) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        guard bytes.count >= 2 else { return false }
        // Without a mark: every other byte of plain letters is zero.
        return (bytes[0] == 0) != (bytes[1] == 0)
    }

    /// Everything before the first byte that is no UTF-8.
    private static func validStart(of bytes: [UInt8]) -> [Unicode.Scalar] {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        var scalars: [Unicode.Scalar] = []
        while case .scalarValue(let scalar) = decoder.decode(&rest) { scalars.append(scalar) }
        return scalars
    }
}
