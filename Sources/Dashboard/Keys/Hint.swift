import Screen

/// A key as the footer names it. Made for every frame, so it holds short words alone, and no text has to be made for it.
struct Hint: Hashable, Sendable {
    /// The action's name; nil for keys that belong to one form or choice alone and cannot be changed.
    var action: ActionName?
    /// Of several keys for one action the first, unless many terminals lack it.
    var key: String
    var word: String
    /// Whether what is on the cursor does not allow it.
    var isRefused = false

    init(_ key: String, _ word: String, action: ActionName? = nil) {
        self.action = action
        self.key = key
        self.word = word
    }

    /// Nil for what the footer does not name.
    init?(_ row: KeyAction) {
        guard let word = row.hint else { return nil }
        let all = row.keys.map(\.name).joined(separator: " ")
        self.init(row.keys.first == .lackedByMany ? all : row.keys.first?.name ?? "", word, action: row.name)
    }
}

extension Sequence<KeyHelp> {
    /// Of these rows those that the footer names: all, or what can act just now.
    func hints(all: Bool = false) -> [Hint] {
        compactMap { row in
            guard all || row.unavailable == nil else { return nil }
            return row.hint.map { Hint(row.keyInFooter, $0, action: row.action) }
        }
    }
}
