/// Of how many subscriptions the details were read. What only details hold, such as tenant ids and domains, is not found
/// of the others.
public struct DetailCoverage: Hashable, Sendable {
    public var read: Int
    /// How many subscriptions there are; nil as long as that was not read.
    public var total: Int?

    public init(read: Int, total: Int? = nil) {
        self.read = read
        self.total = total
    }

    /// Whether nothing can be among the others, because there are none.
    public var isComplete: Bool { total.map { read >= $0 } ?? false }
}
