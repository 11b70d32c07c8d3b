/// How long orders take, by those that were read.
public struct OrderTimes: Hashable, Sendable {
    /// Seconds within which 95 of 100 orders were done; nil while too few were read to show it.
    public private(set) var usual: Double?
    /// Seconds after which an open order is slower than nearly all others: twice the usual time, but an hour at least.
    public var overdueAfter: Double { usual.map { max(Self.leastOverdueAfter, 2 * $0) } ?? Self.standardOverdueAfter }

    /// The time after which an order is overdue while nothing shows what is usual.
    private static let standardOverdueAfter = 24 * 3600.0
    private static let leastOverdueAfter = 3600.0
    private static let minimumSample = 20

    public init() {}

    /// - Parameter orders: Of all states; those that are done count.
    public init(of orders: [Order]) {
        let times = orders.compactMap { order -> Double? in
            guard order.status == .completed, let created = order.created, let done = order.provisioned else {
                return nil
            }
            return done.seconds(since: created)
        }.sorted()
        if times.count >= Self.minimumSample { usual = times[(times.count - 1) * 95 / 100] }
    }
}
