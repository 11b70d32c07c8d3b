import Screen

/// Words that a row must hold, in any order and any case. The box takes keys while it is edited.
struct Filter: Equatable {
    var field = TextField()
    var isEditing = false

    var isActive: Bool { !field.isEmpty }

    var words: [String] { field.text.lowercased().split(separator: " ").map(String.init) }

    static func matches(_ text: String, words: [String]) -> Bool {
        let lowered = text.lowercased()
        return words.allSatisfy { lowered.contains($0) }
    }

    /// Takes a key while edited.
    /// - Returns: whether the text changed.
    mutating func take(_ key: Key) -> Bool {
        switch key {
        case .enter, .down, .up:
            isEditing = false
            return false
        case .escape:
            isEditing = false
            field.text = ""
            return true
        default:
            let before = field.characters
            _ = field.take(key)
            return field.characters != before
        }
    }
}
