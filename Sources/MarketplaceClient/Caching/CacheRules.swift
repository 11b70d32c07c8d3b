extension Cache {
    /// How values of a cache age, replace each other and weigh.
    public struct Rules: Sendable {
        /// Seconds for which a value read whole is served without asking again.
        public var freshness: @Sendable (Value) -> Double
        /// Whether a partial value may be shown in the place of one cached by an earlier read.
        public var replaces: @Sendable (_ partial: Value, _ cached: Value) -> Bool
        /// Bytes that a value takes, by estimate.
        public var cost: @Sendable (Value) -> Int

        public init(
            freshness: @escaping @Sendable (Value) -> Double,
            replaces: @escaping @Sendable (_ partial: Value, _ cached: Value) -> Bool = { _, _ in false },
            cost: @escaping @Sendable (Value) -> Int = { _ in MemoryLayout<Value>.size }
        ) {
            self.freshness = freshness
            self.replaces = replaces
            self.cost = cost
        }
    }
}
