/// By which column a list is sorted. Rows without a value come last in both directions, and rows of equal value stay in
/// the list's own order.
public struct SortOrder: Hashable, Sendable {
    public var column: String
    public var isDescending: Bool

    /// By the column that a list has for its own order; see `ListColumn.ownOrder(_:)`.
    public static let own = SortOrder(column: "")

    public init(column: String, isDescending: Bool = false) {
        self.column = column
        self.isDescending = isDescending
    }

    /// Reads sort orders as they are typed: `renews`, `price:desc`, and several with commas between them, the most
    /// important first. Columns are named by their whole names, in small or capital letters; no text is no order.
    /// - Throws: The first word that names no column or no direction.
    public static func parse(_ text: String, columns: [FilterColumn]) throws(SortProblem) -> [SortOrder] {
        var orders: [SortOrder] = []
        for word in text.split(separator: ",", omittingEmptySubsequences: text.isEmpty) {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].lowercased()
            guard columns.contains(where: { $0.name == name }) else {
                throw SortProblem(
                    word: String(word),
                    reason: "there is no column \u{201C}\(parts[0])\u{201D}. Columns: "
                        + columns.map(\.name).joined(separator: ", ") + ".")
            }
            switch parts.count > 1 ? parts[1].lowercased() : "asc" {
            case "asc": orders.append(SortOrder(column: name))
            case "desc": orders.append(SortOrder(column: name, isDescending: true))
            default:
                throw SortProblem(
                    word: String(word),
                    reason: "\u{201C}\(parts[1])\u{201D} is no direction. Write \(name):asc or \(name):desc.")
            }
        }
        return orders
    }
}

/// A sort order that cannot be read: which word of it, and what to do.
public struct SortProblem: Hashable, Sendable, Error {
    public var word: String
    public var reason: String

    public var message: String { "Sort by \(word): \(reason)" }
}
