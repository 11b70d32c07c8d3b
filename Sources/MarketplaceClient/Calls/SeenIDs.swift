/// The ids that a reading of a list has seen.
struct SeenIDs<ID: Hashable & Sendable>: Sendable {
    /// The number that stands for an id; nil for those that are no numbers. Of ids that are numbers one bit each is kept,
    /// 64 in a word: the rows of a marketplace are numbered nearly without gaps.
    var number: (@Sendable (ID) -> UInt64?)?
    private(set) var count = 0
    private var words: [UInt64: UInt64] = [:]
    private var others: Set<ID> = []

    /// - Returns: Whether the id was not there.
    mutating func insert(_ id: ID) -> Bool {
        let isNew: Bool
        if let number = number?(id) {
            let bit = UInt64(1) << (number & 63)
            isNew = words[number >> 6, default: 0] & bit == 0
            if isNew { words[number >> 6, default: 0] |= bit }
        } else {
            isNew = others.insert(id).inserted
        }
        if isNew { count += 1 }
        return isNew
    }
}
