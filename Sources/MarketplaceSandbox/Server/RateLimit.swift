/// How many calls the gateway lets through (REFERENCE 14): so many a minute with a burst, and so many a day.
struct RateLimit: Sendable {
    private let perMinute: Int?
    private let burst: Int
    private let perDay: Int?
    private let sendsRetryAfter: Bool
    private var left: Double
    private var filled: Double?
    private var dayStart: Double?
    private var callsOfDay = 0

    init(_ configuration: SandboxConfiguration) {
        perMinute = configuration.callsPerMinute.map { max(1, $0) }
        burst = max(1, configuration.burst ?? configuration.callsPerMinute ?? 1)
        perDay = configuration.callsPerDay.map { max(0, $0) }
        sendsRetryAfter = configuration.sendsRetryAfter
        left = Double(burst)
    }

    /// Counts a call.
    /// - Throws: 429 when there were too many in the last minute, 403 when the day's quota is used up. Calls that are
    ///   refused do not count.
    mutating func take(at now: Double) throws(Refusal) {
        if let perDay {
            let day = 86_400.0
            if let start = dayStart, now >= start, now < start + day {
                guard callsOfDay < perDay else { throw quota(seconds: Int((start + day - now).rounded(.up))) }
            } else {
                dayStart = now
                callsOfDay = 0
                guard perDay > 0 else { throw quota(seconds: Int(day)) }
            }
        }
        if let perMinute {
            let perSecond = Double(perMinute) / 60
            let elapsed = max(0, now - (filled ?? now))
            left = min(Double(burst), left + elapsed * perSecond)
            filled = now
            // Slightly less than a whole call counts as one, because sums of seconds are inexact.
            guard left > 0.999_999 else {
                throw refusal(429, RateLimit.message, seconds: Int(((1 - left) / perSecond).rounded(.up)))
            }
            left -= 1
        }
        callsOfDay += 1
    }

    static func message(seconds: Int) -> String {
        "Rate limit is exceeded. Try again in \(seconds) seconds."
    }

    private func quota(seconds: Int) -> Refusal {
        refusal(
            403,
            { seconds in
                let clock = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { Digits.padded($0, 2) }
                return "Out of call volume quota. Quota will be replenished in \(clock.joined(separator: ":"))."
            }, seconds: seconds)
    }

    private func refusal(_ status: Int, _ words: (Int) -> String, seconds: Int) -> Refusal {
        var refusal = Refusal.gateway(status, words(max(1, seconds)))
        if sendsRetryAfter { refusal.headers = [(name: "Retry-After", value: String(max(1, seconds)))] }
        return refusal
    }
}
