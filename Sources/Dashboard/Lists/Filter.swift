import Marketplace
import Screen

/// The box in which a person types what a list is narrowed to. It takes keys while it is edited.
struct Filter: Equatable {
    var field = TextField()
    var isEditing = false

    var isActive: Bool { !field.isEmpty }

    /// The plain words, as typed: what a marketplace can be asked for. No signs, no columns.
    var words: [String] {
        field.text.split(separator: " ").map(String.init).filter { word in
            !"!~<>=\"".contains(word[word.startIndex]) && !word.contains { ":<>=".contains($0) }
        }
    }

    /// Whether a text holds all words, in any order, case and accent: for short lists such as that of the keys.
    static func matches(_ text: String, words: [String]) -> Bool {
        words.allSatisfy { Folding.text(text, holds: $0) }
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
