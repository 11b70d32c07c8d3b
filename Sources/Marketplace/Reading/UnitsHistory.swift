import FoundationEssentials

/// The units of a subscription over its current term, counted back from what it holds today by its orders, the only record
/// of them (REFERENCE 10.2).
public struct UnitsHistory: Equatable, Sendable {
    public struct Step: Equatable, Sendable {
        /// The first day with so many units; of the first step, the term's first day or the day it was ordered.
        public var day: CalendarDate
        public var units: Int

        public init(day: CalendarDate, units: Int) { (self.day, self.units) = (day, units) }
    }

    /// The term's first and last day.
    public var term: ClosedRange<CalendarDate>
    public var today: CalendarDate
    /// Oldest first, never empty. The last one's units are those held today.
    public var steps: [Step]
    /// Whether they reach back to the first day. They do not where an order does not state its units, or states others
    /// than those counted back.
    public var isWhole: Bool

    /// - Parameters:
    ///   - orders: All of the subscription, with their lines.
    ///   - day: The day of a moment, where the person is.
    /// - Returns: Nil without one number of units, an end, or a term that is made of days.
    public init?(
        of detail: SubscriptionDetail, orders: [Order], today: CalendarDate, day: (Instant) -> CalendarDate
    ) {
        let row = detail.subscription
        guard let held = detail.quantity, let end = row.expires, let start = row.termStart, start < end else {
            return nil
        }
        term = start...end
        self.today = today
        var (steps, units) = ([Step](), held)
        var isWhole = true
        // The marketplace numbers orders in the order of their making: those of one day too are taken apart newest first.
        let ended = orders.filter { $0.status == .completed }
        let dated = ended.compactMap { order in
            order.carriedOut.map { (day: day($0), order: order) }
        }
        if dated.count < ended.count { isWhole = false }
        search: for (moment, order) in dated.sorted(by: { ($0.day, $0.order.number) > ($1.day, $1.order.number) }) {
            guard isWhole, moment > start || order.kind == .sales else { break }
            switch order.kind {
            // A switch of the plan keeps the units.
            case .change where order.plan != nil: continue
            case .change:
                guard order.lines.count == 1,
                    case .difference(let difference)? = order.lines.first.flatMap({ order.meaning(ofQuantityIn: $0) }),
                    let moved = Int(difference.units.description), units - moved >= 0
                else {
                    isWhole = false
                    break search
                }
                if moved == 0 { continue }
                // Of two changes on one day only the outcome is a step.
                if steps.last?.day != moment { steps.append(Step(day: moment, units: units)) }
                units -= moved
            case .sales:
                let ordered = order.lines.count == 1 ? order.lines[0].quantity : nil
                isWhole = ordered == Decimal(units)
                break search
            case .renewal, .cancellation, .migration, .other: continue
            }
        }
        if isWhole {
            steps.append(Step(day: start, units: units))
        } else if steps.isEmpty {
            steps.append(Step(day: today, units: held))
        }
        self.steps = steps.reversed()
        self.isWhole = isWhole
    }

    /// Days of the term until today, counting today's.
    public var daysGone: Int { min(max(0, today.days(since: term.lowerBound)), daysInAll) }
    public var daysInAll: Int { term.upperBound.days(since: term.lowerBound) }
}
