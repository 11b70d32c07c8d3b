import Marketplace

/// What stood in the boxes of a form before the person changed them: only what differs from it is a change. What nobody
/// touched follows what is read anew.
struct FormOriginals: Equatable, Sendable {
    private(set) var values: [String: String]
    private static let prefix = "was."

    /// As a draft kept them.
    init(_ fields: [String: String]) {
        values = Dictionary(
            uniqueKeysWithValues: fields.compactMap { name, value in
                name.hasPrefix(Self.prefix) ? (String(name.dropFirst(Self.prefix.count)), value) : nil
            })
    }

    func differs(_ row: String, in fields: FormFields) -> Bool {
        fields[row].trimmingSpaces() != values[row]?.trimmingSpaces()
    }

    /// For a draft; nothing where the person changed nothing.
    func kept(beside fields: FormFields) -> [String: String] {
        guard values.keys.contains(where: { differs($0, in: fields) }) else { return [:] }
        return Dictionary(uniqueKeysWithValues: values.map { (Self.prefix + $0.key, $0.value) })
    }

    /// The boxes stand for `latest` now: those that the person did not touch follow it.
    mutating func follow(_ latest: [String: String], _ fields: inout FormFields) {
        let typed = fields.values
        for (row, value) in latest where value != values[row] {
            if let text = typed[row], text == values[row] { fields.put(value, into: row) }
        }
        values = latest
    }
}
