import Marketplace

/// A sliding-window rate limit: how many calls may leave, adapted to the marketplace's refusals. A pure value, which is given
/// the time.
///
/// The gateway counts calls in a moving minute, so this does too: a call takes its place for a minute and a second,
/// the second because a request takes a while to arrive. A part of the minute is kept for what is more urgent: a
/// twentieth for writes, a quarter for what is on screen, and the index never takes more than its share.
struct SlidingWindow {
    /// Seconds for which a call counts.
    static let length = 61.0
    /// Seconds; nobody waits longer for a pause, except the index.
    static let longestWait = 120.0
    /// Seconds between two calls that try whether a long pause is over.
    private static let probeDistance = 60.0
    private static let day = 86_400.0

    /// A call that left: a number that grows, and where it counts.
    struct Departure {
        var number: Int
        var at: Instant
        var isIndex: Bool
        /// Of another program with the same key; its number is 0.
        var isForeign = false
    }

    let pacing: Pacing
    /// The part of minute and day that the index may use, from 0 to 1.
    var indexShare = 1.0 / 3
    /// Calls in a minute, lowered by refusals and raised again by calls that pass; nil for no limit.
    private(set) var limit: Int?
    private(set) var pause: Waiting?
    private(set) var usedToday = 0
    private var indexToday = 0
    private var dayBegan: Instant?
    /// In the last minute, oldest first; kept only while there is a limit.
    private var departures: [Departure] = []
    private var indexInWindow = 0
    private var lastNumber = 0
    /// The newest call when the last refusal came: refusals of calls that left before it change nothing more.
    private var newestAtRefusal = 0
    private var passed = 0
    private var lastProbe: Instant?
    /// Whether a person insists on one call although there is a pause.
    private var mayTry = false

    init(_ pacing: Pacing) {
        self.pacing = pacing
        limit = pacing.perMinute
    }

    // MARK: Leaving

    /// Calls of the minute that a call of this priority may fill up.
    private func ceiling(_ priority: CallPriority) -> Int {
        guard let limit else { return .max }
        let kept =
            switch priority {
            case .write: 0
            case .onScreen: limit / 20
            case .likelyNext, .index: limit / 4
            }
        return max(1, limit - kept)
    }

    private var indexCeiling: Int { limit.map { max(1, Int(Double($0) * indexShare)) } ?? .max }

    /// Calls that have left since the beginning.
    var sent: Int { lastNumber }
    var left: Int? { limit.map { max(0, $0 - departures.count) } }
    var refillsAt: Instant? { departures.last?.at.adding(seconds: Self.length) }

    /// Whether the day's calls are used up as far as this priority may use them.
    func isDayOver(for priority: CallPriority) -> Bool {
        guard let perDay = pacing.perDay else { return false }
        switch priority {
        case .write, .onScreen: return false
        case .likelyNext: return usedToday >= perDay
        case .index: return usedToday >= perDay || indexToday >= max(1, Int(Double(perDay) * indexShare))
        }
    }

    var dayEnds: Instant? { dayBegan?.adding(seconds: Self.day) }

    func mayLeave(_ priority: CallPriority, now: Instant) -> Bool {
        if let pause { return isProbeDue(pause, priority, now: now) }
        if isDayOver(for: priority) { return false }
        if departures.count >= ceiling(priority) { return false }
        return priority != .index || indexInWindow < indexCeiling
    }

    /// When a call of this priority may leave with `ahead` others before it, by what has left so far.
    func chance(_ priority: CallPriority, ahead: Int, now: Instant) -> Waiting {
        var waiting = Waiting(until: now, reason: .pace)
        waiting.until = max(now, free(in: departures.map(\.at), below: ceiling(priority), ahead: ahead) ?? now)
        if priority == .index {
            let places = departures.filter(\.isIndex).map(\.at)
            waiting.until = max(waiting.until, free(in: places, below: indexCeiling, ahead: ahead) ?? now)
        }
        if isDayOver(for: priority), let dayEnds { waiting = Waiting(until: dayEnds, reason: .dailyQuota) }
        if let pause, pause.until > waiting.until { waiting = pause }
        return waiting
    }

    /// When a place is free again for the call after `ahead` others; nil when there is one now.
    private func free(in places: [Instant], below ceiling: Int, ahead: Int) -> Instant? {
        guard ceiling != .max, !places.isEmpty else { return nil }
        let place = places.count + ahead - ceiling
        guard place >= 0 else { return nil }
        return places[place % places.count].adding(seconds: Self.length * Double(place / places.count + 1))
    }

    /// - Returns: The number of the call that leaves.
    mutating func depart(_ priority: CallPriority, now: Instant) -> Int {
        lastNumber += 1
        usedToday += 1
        if priority == .index { indexToday += 1 }
        if dayBegan == nil { dayBegan = now }
        if pause != nil { lastProbe = now }
        if priority >= .onScreen { mayTry = false }
        if limit != nil {
            departures.append(Departure(number: lastNumber, at: now, isIndex: priority == .index))
            if priority == .index { indexInWindow += 1 }
        }
        return lastNumber
    }

    /// Takes over what other programs have sent with the same key.
    /// - Parameters:
    ///   - calls: Those of the last minute, which take the place of those that were taken over before.
    ///   - day: Since when the calls of the day are counted, and how many there were.
    mutating func take(others calls: [Instant], day: (began: Instant, used: Int)?) {
        if !calls.isEmpty || departures.contains(where: \.isForeign) {
            departures.removeAll(where: \.isForeign)
            departures += calls.map { Departure(number: 0, at: $0, isIndex: false, isForeign: true) }
            departures.sort { $0.at < $1.at }
        }
        guard let day else { return }
        dayBegan = dayBegan ?? day.began
        usedToday = max(usedToday, day.used)
    }

    /// Lets go of what is over by now.
    mutating func pass(to now: Instant) {
        if let pause, pause.until <= now { self.pause = nil }
        if pause == nil { mayTry = false }
        if let dayEnds, dayEnds <= now {
            dayBegan = nil
            usedToday = 0
            indexToday = 0
        }
        var gone = 0
        while gone < departures.count, departures[gone].at.adding(seconds: Self.length) <= now {
            if departures[gone].isIndex { indexInWindow -= 1 }
            gone += 1
        }
        if gone > 0 { departures.removeFirst(gone) }
    }

    /// During a pause: the next call that somebody waits for may leave.
    mutating func allowTry() { mayTry = pause != nil }

    // MARK: Adapting to answers

    /// A call was answered, with whatever but a refusal of its number.
    mutating func answered(_ number: Int) {
        if pause != nil, number > newestAtRefusal { pause = nil }
        guard let limit, let agreed = pacing.perMinute, limit < agreed, number > newestAtRefusal else { return }
        passed += 1
        // Only what was tried is evidence: a whole minute's calls must have passed before there are more.
        if passed >= limit {
            self.limit = min(agreed, limit + max(1, agreed / 10))
            passed = 0
        }
    }

    /// The marketplace answered 429: nothing is sent for so many seconds, and fewer calls a minute after that.
    mutating func refused(_ number: Int, pauseFor seconds: Double, now: Instant) {
        extendPause(Waiting(until: now.adding(seconds: seconds), reason: .rateLimit), now: now)
        passed = 0
        guard number > newestAtRefusal else { return }
        newestAtRefusal = lastNumber
        guard let limit, let agreed = pacing.perMinute else { return }
        let taken = min(limit, departures.count)
        self.limit = max(1, agreed / 4, taken * 3 / 4)
    }

    /// The marketplace answered that the day's calls are used up.
    mutating func usedUp(_ number: Int, pauseFor seconds: Double, now: Instant) {
        extendPause(Waiting(until: now.adding(seconds: seconds), reason: .dailyQuota), now: now)
        newestAtRefusal = max(newestAtRefusal, lastNumber)
        // The end of the pause is the end of the marketplace's day.
        dayBegan = now.adding(seconds: seconds - Self.day)
    }

    private mutating func extendPause(_ new: Waiting, now: Instant) {
        lastProbe = now
        if let pause, pause.until >= new.until { return }
        pause = new
    }

    /// A long pause may end sooner than was said; what a person asks for tries it once a minute.
    private func isProbeDue(_ pause: Waiting, _ priority: CallPriority, now: Instant) -> Bool {
        if mayTry, priority >= .onScreen { return true }
        guard priority >= .onScreen, pause.until.seconds(since: now) > Self.longestWait else { return false }
        return lastProbe.map { now.seconds(since: $0) >= Self.probeDistance } ?? true
    }
}
