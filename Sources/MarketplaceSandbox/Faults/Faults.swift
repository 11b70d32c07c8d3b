/// The rules of a sandbox, and how often each has been met.
struct Faults: Sendable {
    private let seed: UInt64
    private var rules: [(rule: FaultRule, met: Int)]

    init(seed: UInt64, _ rules: [FaultRule]) {
        self.seed = seed
        self.rules = rules.map { ($0, 0) }
    }

    /// The rule that applies to this call; every rule that matches counts it.
    mutating func next(_ method: String, _ segments: [String]) -> FaultRule? {
        var chosen: FaultRule?
        for index in rules.indices where rules[index].rule.matches(method, segments) {
            rules[index].met += 1
            if chosen == nil, applies(index) { chosen = rules[index].rule }
        }
        return chosen
    }

    private func applies(_ index: Int) -> Bool {
        let met = rules[index].met
        switch rules[index].rule.when {
        case .always: return true
        case .every(let count): return met % count == 0
        case .first(let count): return met <= count
        case .share(let share):
            var dice = Dice(seed: seed &+ UInt64(index), .fault, met)
            return dice.roll(1_000_000) < share
        }
    }
}
