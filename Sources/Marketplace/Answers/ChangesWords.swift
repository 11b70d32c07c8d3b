import FoundationEssentials

extension Changes {
    /// From when on changes are asked for, as a person says it.
    public enum Since: Hashable, Sendable {
        /// Since the last session ended.
        case lastSession
        case day(CalendarDate)

        /// What ``init(_:today:)`` reads, for error messages.
        public static let forms = "yesterday, today, monday, 7d, 2026-11-20, or last for the last session"

        /// `last`, `today`, `yesterday`, the name of a day of the week (the latest such day before today), `7d`,
        /// `2026-11-20`; nil for anything else, and for a day that lies ahead.
        public init?(_ text: String, today: CalendarDate) {
            let words = text.lowercased().split(separator: " ")
            guard words.count == 1 else { return nil }
            let word = String(words[0])
            switch word {
            case "last": self = .lastSession
            case "today": self = .day(today)
            case "yesterday": self = .day(today.adding(days: -1))
            default:
                if word.utf8.count >= 3, let place = Self.weekdays.firstIndex(where: { $0.hasPrefix(word) }) {
                    let back = (today.daysSinceMonday - place + 7) % 7
                    self = .day(today.adding(days: back == 0 ? -7 : -back))
                } else if let days = Self.days(word) {
                    self = .day(today.adding(days: -days))
                } else if word.utf8.count == 10, let day = CalendarDate(word), !day.standsForNone, day <= today {
                    self = .day(day)
                } else {
                    return nil
                }
            }
        }

        private static let weekdays = [
            "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        ]

        /// `7d` or `-7d`: so many days back, of at most ten years.
        private static func days(_ word: String) -> Int? {
            guard word.last == "d", case let digits = word.dropLast().drop(while: { $0 == "-" }),
                word.count - digits.count <= 2, digits.allSatisfy({ $0.isASCII && $0.isNumber }),
                let count = Int(digits), count <= 3660
            else { return nil }
            return count
        }
    }

    /// From when on changes are shown, and why it is not what was asked for.
    public struct Choice: Hashable, Sendable {
        public var start: Start
        /// Whether it is the end of the last session.
        public var isLastSession: Bool
        /// As a sentence; nil where nothing is to be said.
        public var note: String?
    }
}

extension Changes.Choice {
    /// - Parameters:
    ///   - since: Nil for the last session, or yesterday where none is known.
    ///   - lastSession: When the last session ended, as it is kept; nil where nothing is kept.
    ///   - now: By the marketplace's clock.
    public init(_ since: Changes.Since?, lastSession: Instant?, now: Instant, zone: Zone) {
        let yesterday = zone.date(of: now).adding(days: -1)
        switch since {
        case .day(let day): self.init(start: .day(day), isLastSession: false)
        case .lastSession, nil:
            if let lastSession, !lastSession.utcDate.standsForNone, lastSession <= now {
                self.init(start: .moment(lastSession), isLastSession: true)
                return
            }
            var note: String?
            if lastSession != nil {
                note =
                    "The time kept of the last session lies ahead: a clock was set. These are the changes since yesterday."
            } else if since != nil {
                note = "No earlier session is known. These are the changes since yesterday."
            }
            self.init(start: .day(yesterday), isLastSession: false, note: note)
        }
    }

    /// `yesterday, 25 Nov 2026`, `the last session, 26 Nov 14:03`.
    public func words(today: CalendarDate, zone: Zone) -> String {
        switch start {
        case .moment(let moment): (isLastSession ? "the last session, " : "") + spoken(moment, today, zone)
        case .day(let day):
            switch today.days(since: day) {
            case 0: "today, \(day.spoken)"
            case 1: "yesterday, \(day.spoken)"
            default: "\(day.weekday) \(day.spoken)"
            }
        }
    }

    private func spoken(_ moment: Instant, _ today: CalendarDate, _ zone: Zone) -> String {
        let isThisYear = zone.date(of: moment).components.year == today.components.year
        return isThisYear ? zone.short(moment) : zone.spoken(moment)
    }

    /// The same in few words: `yesterday`, `26 Nov 14:03`.
    public func shortWords(today: CalendarDate, now: Instant, zone: Zone) -> String {
        switch start {
        case .moment(let moment): zone.brief(moment, now: now)
        case .day(let day):
            switch today.days(since: day) {
            case 0: "today"
            case 1: "yesterday"
            default: day.spoken
            }
        }
    }
}

extension Changes.Kind {
    /// `new order`, `failed`.
    public var word: String {
        switch self {
        case .newOrder: "new order"
        case .completedOrder: "completed"
        case .failedOrder: "failed"
        case .withdrawnOrder: "withdrawn"
        case .newSubscription: "new subscription"
        case .modifiedSubscription: "modified"
        case .endedSubscription: "ended"
        case .newCustomer: "new customer"
        case .perhapsNewCustomer: "perhaps new customer"
        }
    }

    /// What is counted: `3 new orders`.
    fileprivate func counted(_ count: Int) -> String {
        let noun =
            switch self {
            case .newOrder: "new order"
            case .completedOrder: "completed order"
            case .failedOrder: "failed order"
            case .withdrawnOrder: "withdrawn order"
            case .newSubscription: "new subscription"
            case .modifiedSubscription: "modified subscription"
            case .endedSubscription: "ended subscription"
            case .newCustomer: "new customer"
            case .perhapsNewCustomer: "perhaps new customer"
            }
        return "\(Changes.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
    }
}

extension Changes.Change {
    /// `new order, failed`, `order completed`, `subscription modified`.
    public var what: String {
        let words = kinds.map(\.word).joined(separator: ", ")
        switch (row, kinds.first) {
        case (_, .newOrder), (_, .newSubscription), (.customer, _): return words
        case (.order, _): return "order \(words)"
        case (.subscription, _): return "subscription \(words)"
        }
    }

    /// The order's number, or the id.
    public var label: String {
        switch row {
        case .order(let order): order.number.isEmpty ? order.id.rawValue : order.number
        case .subscription(let subscription): subscription.id.rawValue
        case .customer(let account): account.id.rawValue
        }
    }

    /// The id, of an order too.
    public var rawID: String {
        switch row {
        case .order(let order): order.id.rawValue
        case .subscription(let subscription): subscription.id.rawValue
        case .customer(let account): account.id.rawValue
        }
    }

    /// What more its list says of it: the kind of the order or why it failed, or the product of the subscription.
    public var about: String {
        switch row {
        case .order(let order):
            return order.status == .error ? order.reason ?? "\(order.kind.word) order" : "\(order.kind.word) order"
        case .subscription(let subscription): return subscription.title
        case .customer: return ""
        }
    }

    /// Its status now.
    public var status: String {
        switch row {
        case .order(let order): order.status.word
        case .subscription(let subscription): subscription.status.word
        case .customer(let account): account.status.word
        }
    }
}

extension Changes {
    /// `3 new orders, 1 failed order, 2 modified subscriptions`; empty when nothing changed.
    public var countWords: String {
        Kind.allCases.compactMap { kind in counts[kind].map { kind.counted($0) } }.joined(separator: ", ")
    }

    /// What it rests on, as sentences, the most important first.
    public var restWords: [String] {
        let parts = [
            ("orders", ordersRead), ("subscriptions", subscriptionsRead), ("customers", customersRead),
        ]
        let lacks = parts.compactMap { $0.1.lack(of: $0.0) }
        let read = parts.map { part in
            "\(Self.grouped(part.1.rows)) \(part.1.rows == 1 ? String(part.0.dropLast()) : part.0)"
        }.joined(separator: ", ")
        var words = [lacks.isEmpty ? "Of \(read), all read." : "PARTLY READ: \(lacks.joined(separator: "; "))."]
        let ends: [(Kind, String)] = [
            (.failedOrder, "failed"), (.completedOrder, "completed"), (.withdrawnOrder, "withdrawn"),
        ]
        let unknown = ends.compactMap { kind, word in undatedEnds[kind].map { "\(Self.grouped($0)) \(word)" } }
        if !unknown.isEmpty {
            words.append(
                "Not counted: older orders that do not say when they ended (\(unknown.joined(separator: ", "))).")
        }
        if undated > 0 { words.append("\(Self.grouped(undated)) without any date are not counted.") }
        if case .moment = start { words.append("Subscriptions carry days and no times: the whole first day counts.") }
        if counts[.perhapsNewCustomer] != nil {
            words.append(
                "Customers carry no date: those that may be new are listed before all that had anything earlier.")
        } else if isComplete, !knowsNewCustomers {
            words.append("Customers carry no date, and nothing here says which are new.")
        }
        return words
    }

    fileprivate static func grouped(_ number: Int) -> String { Decimal(number).grouped(fractionDigits: 0) }
}
