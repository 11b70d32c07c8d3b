import Screen

/// Something of a row that can be copied: chosen by one letter from a ``CopyMenu``.
public struct CopyOffer: Equatable, Sendable {
    /// The letter that chooses it.
    var key: Character
    /// What it is, as the menu names it: `order number`, `order numbers of 3 rows`.
    var what: String
    public var text: String

    /// Nil when there is nothing to copy.
    init?(_ key: Character, _ what: String, _ text: String?) {
        guard let text, !text.isEmpty else { return nil }
        self.key = key
        self.what = what
        self.text = text
    }

    /// The same of several rows: one row a line, JSON as an array. Rows that lack something are left out there.
    static func joined(_ rows: [[CopyOffer]]) -> [CopyOffer] {
        var keys: [Character] = []
        var all: [Character: [CopyOffer]] = [:]
        for offer in rows.joined() {
            if all[offer.key] == nil { keys.append(offer.key) }
            all[offer.key, default: []].append(offer)
        }
        return keys.compactMap { key in
            guard let offers = all[key], let first = offers.first else { return nil }
            let texts = offers.map(\.text)
            let text =
                key == JSON.key ? "[\n" + texts.joined(separator: ",\n") + "\n]" : texts.joined(separator: "\n")
            return CopyOffer(key, "\(first.what) of \(counted(offers.count, "row"))", text)
        }
    }

    /// The whole row for programs.
    enum JSON {
        static let key: Character = "j"

        static func offer(_ object: JSONObject) -> CopyOffer? { CopyOffer(key, "JSON", object.text) }
    }

    /// What the message line says of it.
    func notice(_ copied: Copied) -> Notice {
        switch copied {
        case .sent:
            let isShort = !text.contains("\n") && text.utf8.count <= 60
            return Notice(
                .done, isShort ? "Copied: \(text) (\(what))." : "Copied: \(what), \(grouped(text.utf8.count)) bytes.")
        case .tooLong(let limit):
            return Notice(
                .problem,
                "Not copied: \(grouped(text.utf8.count)) bytes; terminals take \(grouped(limit)) at most.")
        case .notPossible: return Notice(.problem, "Not copied: this terminal does not take texts for its clipboard.")
        }
    }
}
