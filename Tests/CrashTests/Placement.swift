import TestSupport

/// One order, when the program that sends it is killed, and what goes wrong besides.
struct Placement: Sendable {
    /// When the program is killed.
    enum Moment: String, CaseIterable, Sendable {
        case beforeIntent = "before the intent is written"
        case inIntent = "with half of the intent written"
        case afterIntent = "after the intent is written"
        case underWay = "while the request is under way"
        case afterAnswer = "after the answer"
        case afterOutcome = "after the outcome is written"
    }

    /// What becomes of the request.
    enum Fate: String, Sendable {
        case answered = "answered"
        case gatewayGivesUp = "504 after the effect"
        case refusedByGateway = "504 before the effect"
        case reset = "connection reset before the effect"
        case resetAfter = "connection reset after the effect"
        case truncated = "answer cut off"
        case tooMany = "429, then answered"
        case slow = "answer slower than the time-out"
        /// The order comes to be when the program that sent it is gone, between two looks of the next one.
        case late = "effect after the program is gone"
        case none = "never sent"

        var rules: [String] {
            switch self {
            case .answered, .none: []
            case .gatewayGivesUp: ["POST /orders: 504 after-effect"]
            case .refusedByGateway: ["POST /orders: 504"]
            case .reset: ["POST /orders: reset"]
            case .resetAfter: ["POST /orders: reset after-effect"]
            case .truncated: ["POST /orders: truncate"]
            case .tooMany: ["POST /orders: 429 first 1"]
            case .slow: ["POST /orders: delay 1"]
            case .late: ["POST /orders: delay 1 before-effect"]
            }
        }

        /// Whether the test, not the marketplace, says when the answer comes.
        var isHeld: Bool { self == .slow || self == .late }
    }

    var seed: Int
    var moment: Moment
    var fate: Fate
    /// Whether it changes a subscription instead of buying a new one.
    var isChange: Bool
    /// What goes wrong while the order is looked up.
    var lookup: [String]
    /// After which look a late order comes to be.
    var lateBy: Int

    var number: String { "CRASH-\(seed)" }

    private static let lookupFaults = [
        [], ["GET /orders: 503 first 2"], ["GET /orders: reset first 1"], ["GET /orders: html first 1"],
        ["GET /orders: cut first 1"], ["GET /orders/*: 504 first 1"], ["GET /orders/*: truncate first 1"],
    ]

    init(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        self.seed = seed
        // Each moment as often as the others, whatever the dice say.
        moment = Moment.allCases[seed % Moment.allCases.count]
        switch moment {
        case .beforeIntent, .inIntent, .afterIntent: fate = .none
        case .underWay: fate = dice.one(of: [.slow, .late])
        case .afterAnswer, .afterOutcome:
            fate = dice.one(of: [
                .answered, .gatewayGivesUp, .refusedByGateway, .reset, .resetAfter, .truncated, .tooMany, .slow, .late,
            ])
        }
        isChange = dice.below(4) == 0
        lookup = dice.one(of: Self.lookupFaults)
        lateBy = 1 + dice.below(4)
    }
}
